"""Section 8 and law 17: errors, missing input and an exhausted budget make NO-GO, with a code."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance import checks
from safeconduct.clearance.budget import Budget
from safeconduct.errors import BudgetExhausted, UnknownReference
from safeconduct.policy import Level, Organisation, Rule
from safeconduct.vocabulary import Direction
from tests.worlds.two_towns import POLICY, TOWNS, leg

MOVEMENT = "relief-to-birch"


def raising(error):
    def check(bench):
        raise error

    return check


@pytest.mark.parametrize("rule", [rule.id for rule in POLICY.rules if not rule.only_for])
def test_a_check_that_raises_makes_its_rule_unknown_and_the_verdict_no_go(monkeypatch, rule):
    monkeypatch.setitem(checks.CHECKS, rule, raising(ValueError("a wire came loose")))
    whose = min(POLICY.rule(rule).only_for, default=Organisation.ANY, key=str)
    world = TOWNS.of(whose)
    assert world.verdict() == "no-go"
    finding = world.only(rule)
    assert (finding.status.value, finding.code, finding.level) == ("unknown", "ERROR", Level.HARD)
    assert finding.says == f"Rule {rule} could not be checked: a wire came loose"
    assert {one for one in world.failing() if one[0] == rule} == {(rule, "ERROR")}
    assert whose is not Organisation.ANY or world.failing() == {(rule, "ERROR")}


@pytest.mark.parametrize("error", [ZeroDivisionError(), KeyError("x"), RecursionError("deep")])
def test_whatever_it_raises(monkeypatch, error):
    monkeypatch.setitem(checks.CHECKS, "T5", raising(error))
    assert TOWNS.verdict() == "no-go"


def test_a_rule_without_a_check_is_unknown():
    extra = Rule(
        id="Z9",
        title="New",
        level=Level.WARN,
        phase=POLICY.rule("A1").phase,
        origin=POLICY.rule("A1").origin,
        says="Something.",
        remedy="Something.",
        reads=frozenset(),
    )
    world = replace(TOWNS, policy=replace(POLICY, rules=(*POLICY.rules, extra)))
    assert world.failing() == {("Z9", "NO-CHECK")}
    assert world.verdict() == "no-go"


def test_an_exhausted_budget_is_no_go_with_its_code():
    judgement = TOWNS.judge(steps=10).judge(MOVEMENT)
    assert judgement.verdict.value == "no-go"
    assert judgement.codes == ("STEP-BUDGET",)
    (finding,) = judgement.findings
    assert "needs more than its budget of 10 steps" in finding.says
    assert dict(judgement.versions)["steps"] == "10"


def test_the_budget_counts_the_same_steps_every_time():
    # One step for each class visited and one for each key it asks for; the least that suffices
    # suffices, and one less never does.
    least = next(
        steps
        for steps in range(1, 200)
        if TOWNS.judge(steps=steps).judge(MOVEMENT).verdict.value == "go"
    )
    assert TOWNS.judge(steps=least - 1).judge(MOVEMENT).codes == ("STEP-BUDGET",)
    assert TOWNS.judge(steps=least).judge(MOVEMENT).verdict.value == "go"


def test_a_budget_refuses_the_step_that_it_does_not_have():
    budget = Budget(3)
    budget.spend(3)
    with pytest.raises(BudgetExhausted, match="budget of 3 steps") as caught:
        budget.spend(1)
    assert "until then the answer is NO-GO" in str(caught.value)


def test_a_route_that_cannot_be_driven_is_no_go_and_says_where():
    broken = TOWNS.but(MOVEMENT, legs=(leg("in", Direction.IN, "hill-road", "bridge-road"),))
    assert broken.failing() == {("A1", "ERROR")}
    assert "The route does not join" in broken.only("A1").says


def test_a_road_that_the_network_does_not_have_is_no_go():
    broken = TOWNS.but(MOVEMENT, legs=(leg("in", Direction.IN, "hil-road"),))
    assert broken.failing() == {("A1", "ERROR")}
    assert "the edge 'hil-road', which is not defined. Did you mean" in broken.only("A1").says


def test_a_profile_that_the_policy_does_not_have_fails_closed():
    with pytest.raises(UnknownReference, match="has no profile generous"):
        TOWNS.policy.profile("generous")
    assert TOWNS.judge().bench_of(MOVEMENT).profile.id == "default"


def test_a_movement_that_nobody_knows_is_refused_with_those_that_are():
    with pytest.raises(UnknownReference, match="No movement nowhere is known at that moment") as e:
        TOWNS.judge().judge("nowhere")
    assert "Known movements: relief-to-birch." in str(e.value)


def test_no_records_at_all_know_no_movement():
    with pytest.raises(UnknownReference, match="Known movements: none"):
        replace(TOWNS, records=()).judged()


def test_two_records_of_one_id_that_differ_are_a_doubt_about_everything():
    # One of the two might have been a limit; neither is believed, and their ids are named.
    other = replace(TOWNS.record("south-acknowledges"), paraphrase="another reading")
    world = TOWNS.plus(other)
    assert ("A1", "DOUBLED-ID") in world.failing()
    finding = next(f for f in world.findings("A1") if f.code == "DOUBLED-ID")
    assert finding.statements == ("south-acknowledges",)
    assert world.verdict() == "no-go"


def test_a_version_told_in_two_ways_does_not_bring_the_older_one_back():
    second = replace(TOWNS.movement(), version=2)
    world = TOWNS.plus(second, replace(second, title="Seeds"))
    assert world.verdict() == "no-go"


@pytest.mark.parametrize("gone", [r.id for r in TOWNS.records if r.id != MOVEMENT])
def test_no_record_of_the_two_towns_is_there_for_nothing(gone):
    # The names of the parties, what only binds us, and receipts can go: nobody asks the south for
    # one, and the last word of the north is for this very movement. Everything else is needed.
    verdict = TOWNS.without(gone).verdict()
    receipts = {"north-acknowledges", "south-acknowledges"}
    spare = {"north", "south", "notice-to-the-north", "bridge-post"} | receipts
    assert (verdict == "go") is (gone in spare)

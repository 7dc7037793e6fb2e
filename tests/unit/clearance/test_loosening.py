"""Section 10: a named person loosens one rule, for one profile and a time; everybody sees it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance import checks
from safeconduct.policy import Level
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Loosening
from tests.worlds.two_towns import NOW, POLICY, TOWNS, Towns, may

# Departure is a day and less after the last word: preparation (T2) is too short, nothing else is.
HURRIED = TOWNS.but("relief-to-birch", preparation_s=3 * 86_400)


def loosening(rule: str = "T2", **changes: object) -> Loosening:
    fields: dict[str, object] = {
        "id": f"less-{rule}",
        "profile": "default",
        "by": "head of mission",
        "why": "the trucks stand loaded since Friday",
        "decided_at": may(6, 6),
        "valid": Span(may(6, 6), may(6, 14)),
    }
    return Loosening(rule=rule, **(fields | changes))  # type: ignore[arg-type]


def loosened(world: Towns, **changes: object) -> Towns:
    return world.plus(loosening(**changes))  # type: ignore[arg-type]


def test_without_it_the_rule_stands_in_the_way():
    assert HURRIED.failing() == {("T2", "PREPARATION-TOO-SHORT")}
    assert HURRIED.verdict() == "no-go"


def test_it_turns_a_hard_finding_into_one_for_sign_off():
    finding = loosened(HURRIED).only("T2")
    assert (finding.level, finding.loosened) == (Level.COND, "less-T2")
    judgement = loosened(HURRIED).judged()
    assert judgement.verdict.value == "conditional"
    assert judgement.codes == ("LOOSENED", "SIGN-OFF")


def test_every_verdict_names_rule_who_why_and_until_when():
    for world in (HURRIED, TOWNS, TOWNS.without("north-passage")):
        body = loosened(world).judged().as_json()
        assert body["loosened"] == [
            {
                "id": "less-T2",
                "rule": "T2",
                "profile": "default",
                "by": "head of mission",
                "why": "the trucks stand loaded since Friday",
                "until": "2030-05-06T14:00:00Z",
                "in_force": True,
                "says": "Rule T2 was loosened for default by head of mission until 2030-05-06 "
                "14:00 UTC (14:00Z): the trucks stand loaded since Friday.",
            }
        ]
        assert "LOOSENED" in body["codes"]
        assert b"the trucks stand loaded" in loosened(world).judged().sealed


def test_where_all_was_met_it_costs_the_go():
    assert TOWNS.verdict() == "go"
    assert loosened(TOWNS).verdict() == "conditional"


def test_other_rules_stay_as_hard_as_they_were():
    world = loosened(HURRIED.without("quiet-in-the-morning").at(may(6, 8)))
    assert ("G4", "NOT-CHECKED") in world.failing()
    assert world.verdict() == "no-go"


@pytest.mark.parametrize(
    "changes",
    [
        {"valid": Span(may(6, 6), NOW)},
        {"valid": Span(NOW + 1, may(6, 14))},
        {"decided_at": NOW + 1},
        {"profile": "un"},
    ],
    ids=["over", "not yet", "decided later", "another profile"],
)
def test_outside_its_time_and_its_profile_it_is_not_there(changes):
    judgement = loosened(HURRIED, **changes).judged()
    assert (judgement.verdict.value, judgement.loosened) == ("no-go", ())


def test_a_verdict_does_not_outlast_it():
    assert TOWNS.judged().expires == may(6, 8)  # an hour before departure
    ends = Span(may(6, 6), may(6, 7, 45))
    assert loosened(TOWNS, valid=ends).judged().expires == may(6, 7, 45)


@pytest.mark.parametrize("rule", sorted(set(POLICY.never_loosened) & {r.id for r in POLICY.rules}))
def test_some_rules_are_never_loosened_and_the_verdict_says_why(rule):
    world = TOWNS.without("north-passage")
    judgement = loosened(world, rule=rule).judged()
    assert judgement.verdict.value == "no-go" and "LOOSENED" not in judgement.codes
    (told,) = judgement.loosened
    assert told.says.endswith(f"It has no effect: it may never be loosened. {_why(rule)}")
    assert judgement.findings == world.judged().findings


def _why(rule: str) -> str:
    return POLICY.never_loosened[rule]


def test_what_is_refused_costs_nothing():
    assert loosened(TOWNS, rule="A1").verdict() == "go"


@pytest.mark.parametrize(
    ("rule", "says"),
    [("N2", "it is a promise of the program"), ("Z9", "the policy has no such rule")],
)
def test_an_invariant_and_an_unknown_rule_are_not_loosened(rule, says):
    (told,) = loosened(TOWNS, rule=rule).judged().loosened
    assert says in told.says and not told.as_json()["in_force"]


def test_a_fault_of_the_program_is_never_loosened(monkeypatch):
    monkeypatch.setitem(checks.CHECKS, "T2", lambda bench: 1 / 0)
    assert loosened(TOWNS).verdict() == "no-go"
    assert loosened(TOWNS).only("T2").level is Level.HARD


def test_a_rule_without_a_check_is_never_loosened():
    extra = replace(POLICY.rule("T2"), id="Z9")
    world = replace(TOWNS, policy=replace(POLICY, rules=(*POLICY.rules, extra)))
    assert loosened(world, rule="Z9").verdict() == "no-go"


def test_a_later_one_whose_time_is_over_ends_an_earlier_one():
    end = loosening(id="no-more", decided_at=may(6, 7), valid=Span(may(6, 6), may(6, 7)))
    assert loosened(HURRIED).plus(end).verdict() == "no-go"


def test_of_two_decided_at_one_moment_the_one_that_is_over_sooner_counts():
    sooner = loosening(id="sooner", valid=Span(may(6, 6), may(6, 7)))
    assert loosened(HURRIED).plus(sooner).verdict() == "no-go"


def test_the_order_in_which_they_arrive_changes_nothing():
    later = loosening(id="later", decided_at=may(6, 7), why="again")
    one, two = loosened(HURRIED).plus(later), HURRIED.plus(later, loosening())
    assert one.judged().sealed == two.judged().sealed
    assert one.judged().loosened[0].id == "later"

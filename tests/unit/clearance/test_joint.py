"""Section 10: a joint convoy is as strict as the strictest, and each organisation sees its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import WrongField
from safeconduct.planning import plan
from safeconduct.policy import Level
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Accept, ActorKind, Form, Link, Loosening, Order
from tests.worlds.two_towns import POLICY, TOWNS, Towns, may, said

STRICT = "written-and-unconditional"
# What the north gave is oral, noted by a named officer with a call-back: enough for some only.
ORAL = TOWNS.but("north-guarantees", form=Form.ORAL, noted="an officer's note", call_back=True)


def joint(world: Towns, *profiles: str) -> Towns:
    return world.but("relief-to-birch", joint=profiles)


def test_the_oral_word_is_enough_for_one_and_not_for_the_other():
    assert ORAL.verdict() == "go"
    assert ORAL.under(STRICT).verdict() == "no-go"


def test_a_joint_convoy_is_as_strict_as_the_strictest():
    judgement = joint(ORAL, STRICT).judged()
    assert judgement.verdict.value == "no-go" and judgement.expires is None


def test_each_organisation_sees_its_own_verdict():
    body = joint(ORAL, STRICT).judged().as_json()
    told = body["by_profile"]
    assert {profile: one["verdict"] for profile, one in told.items()} == {
        "default": "go",
        STRICT: "no-go",
    }
    assert told["default"]["expires"] == "2030-05-06T08:00:00Z"
    assert body["versions"]["profile"] == f"default + {STRICT}"


def test_a_finding_that_only_some_make_names_them_and_what_all_make_stands_once():
    findings = joint(ORAL, STRICT).judged().findings
    missing = [f for f in findings if f.rule == "A1" and f.code]
    assert {f.profiles for f in missing} == {(STRICT,)}
    assert [f.profiles for f in findings if f.rule == "A1" and not f.code] == [("default",)]
    assert [f.profiles for f in findings if f.rule == "N5"] == [()]


def test_the_findings_stay_in_the_order_of_the_policy():
    order = [rule.id for rule in POLICY.rules]
    places = [order.index(f.rule) for f in joint(ORAL, STRICT).judged().findings]
    assert places == sorted(places)


def test_two_profiles_that_agree_say_everything_once():
    twin = replace(POLICY.profile("default"), id="twin")
    towns = replace(TOWNS, policy=replace(POLICY, profiles=(*POLICY.profiles, twin)))
    alone, both = towns.judged(), joint(towns, "twin").judged()
    assert both.verdict.value == "go"
    assert {f.profiles for f in both.findings} == {()}
    assert both.findings == alone.findings


@pytest.mark.parametrize("own", ["default", STRICT])
def test_it_does_not_matter_whose_profile_is_named_first(own):
    (other,) = {"default", STRICT} - {own}
    judgement = joint(ORAL.under(own), other).judged()
    assert judgement.verdict.value == "no-go"
    assert [one.profile for one in judgement.by_profile] == [own, other]


def test_asking_under_one_profile_judges_that_one_alone():
    judgement = joint(ORAL, STRICT).judge().judge("relief-to-birch", profile="default")
    assert judgement.verdict.value == "go"
    assert [one.profile for one in judgement.by_profile] == ["default"]


def test_a_profile_that_nobody_knows_is_a_doubt():
    judgement = joint(TOWNS, "generous").judged()
    assert judgement.verdict.value == "no-go"
    (failed,) = [f for f in judgement.findings if f.code == "ERROR"]
    assert failed.profiles == ("generous",) and "no profile generous" in failed.says


def test_a_profile_named_twice_is_refused():
    with pytest.raises(WrongField, match="names a profile twice: default, default") as caught:
        joint(TOWNS, "default")
    assert "Name each once" in str(caught.value)


def test_a_loosening_for_one_changes_nothing_for_the_other():
    hurried = joint(TOWNS.but("relief-to-birch", preparation_s=3 * 86_400), "ngo")
    less = Loosening(
        id="less",
        rule="T2",
        profile="ngo",
        by="country director",
        why="the trucks stand loaded",
        decided_at=may(6, 6),
        valid=Span(may(6, 6), may(6, 14)),
    )
    told = {one.profile: one.verdict.value for one in hurried.plus(less).judged().by_profile}
    assert told == {"default": "no-go", "ngo": "conditional"}
    assert hurried.plus(less).verdict() == "no-go"
    levels = {f.profiles: f.level for f in hurried.plus(less).findings("T2")}
    assert levels == {("default",): Level.HARD, ("ngo",): Level.COND}


def test_the_bench_is_that_of_the_strictest():
    assert joint(ORAL, STRICT).bench().profile.id == STRICT
    assert joint(TOWNS, STRICT).bench().profile.id == "default"


def test_a_rule_of_one_organisation_is_told_as_such():
    only_un = replace(POLICY.rule("T2"), only_for=frozenset({_un()}))
    rules = tuple(only_un if rule.id == "T2" else rule for rule in POLICY.rules)
    world = joint(replace(TOWNS, policy=replace(POLICY, rules=rules)), "un")
    told = {f.profiles: f.status.value for f in world.findings("T2")}
    assert told == {("default",): "not-applicable", ("un",): "met"}


def _un():
    return POLICY.profile("un").organisation


def test_the_bytes_are_the_same_in_any_order_of_the_records():
    world = joint(ORAL, STRICT, "icrc")
    backwards = replace(world, records=tuple(reversed(world.records)))
    assert world.judged().sealed == backwards.judged().sealed
    assert TOWNS.record("relief").kind is ActorKind.HUMANITARIAN


def test_what_any_of_them_misses_is_asked_for():
    judge = joint(ORAL.without("south-consent"), STRICT).judge()
    benches = judge.benches_of("relief-to-birch")
    found = plan(judge.judge("relief-to-birch"), *benches)
    asked = {(ask.party, ask.kind.value) for ask in found.asks}
    # The consent is missing for both, the north's word for the one that wants it in writing.
    assert asked == {("south", "consent"), ("north", "restraint"), ("north", "passage")}
    alone = plan(judge.judge("relief-to-birch", profile="default"), benches[0])
    assert {(ask.party, ask.kind.value) for ask in alone.asks} == {("south", "consent")}


def test_a_linked_joint_movement_is_held_against_its_strictest():
    link = Link(
        id="both",
        order=Order.TOGETHER,
        concerned=("south",),
        movements=("relief-to-birch", "second"),
        what="in one morning",
    )
    yes = said("south", may(5), Accept(id="yes", party="south", of=("both",)))
    second = replace(ORAL.movement(), id="second", joint=(STRICT,))
    world = ORAL.plus(link, yes, second)
    assert ("A7", "OTHER-LEG") in world.failing()
    assert ORAL.plus(link, yes, replace(second, joint=())).only("A7").status.value == "met"

"""Section 7, phases: what is not due yet is not unknown, and is due from its second on."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.policy import Phase
from safeconduct.vocabulary import Departure, Incident, Report
from tests.worlds.two_towns import DAY, DEPART, HOUR, POLICY, TOWNS, may, said

CHECK = "quiet-in-the-morning"
# Everything was said early, so that all but the phases is in order from 2 May on.
EARLY = TOWNS
for _id in ("north-guarantees", "south-guarantees", "north-acknowledges", "south-acknowledges"):
    EARLY = EARLY.but(_id, said_at=may(2))
for _id in ("notice-north", "notice-south"):
    EARLY = EARLY.but(_id, sent_at=may(2))
EARLY = EARLY.but("at-the-gate", checked_at=may(2))
for _id in ("north-calls", "south-calls"):
    EARLY = EARLY.but(_id, said_at=may(2))
# A last word counts however early, so that rule X5 stands aside.
_PATIENT = tuple(replace(p, final_reconfirmation_s=10 * DAY) for p in POLICY.profiles)
EARLY = replace(EARLY, policy=replace(POLICY, profiles=_PATIENT))


def phased(rule, phase):
    """The policy in which one rule falls due in another phase."""
    rules = tuple(replace(r, phase=phase) if r.id == rule else r for r in POLICY.rules)
    return replace(EARLY.policy, rules=rules)


def test_the_check_of_the_way_is_due_a_day_before_departure_to_the_second():
    world = EARLY.without(CHECK)
    before, at = world.at(DEPART - DAY - 1), world.at(DEPART - DAY)
    assert (before.waiting(), before.failing()) == ({("G4", "NOT-CHECKED")}, set())
    assert before.verdict() == "conditional"
    assert (at.waiting(), at.failing()) == (set(), {("G4", "NOT-CHECKED")})
    assert at.verdict() == "no-go"


def test_who_was_told_is_due_three_days_before_departure_to_the_second():
    world = EARLY.without("notice-south", CHECK)
    assert ("N4", "TOLD-UNKNOWN") in world.at(DEPART - 3 * DAY - 1).waiting()
    assert world.at(DEPART - 3 * DAY - 1).failing() == set()
    assert world.at(DEPART - 3 * DAY).failing() == {("N4", "TOLD-UNKNOWN")}


def test_an_open_ended_word_is_due_to_be_reconfirmed_a_day_before():
    world = EARLY.given("north-passage", open_ended=True)
    assert ("T5", "RECONFIRM") in world.at(DEPART - DAY - 1).waiting()
    assert ("T5", "RECONFIRM") in world.at(DEPART - DAY).failing()


def test_what_is_not_due_yet_is_conditional_on_track_with_the_next_moment():
    judgement = EARLY.without(CHECK).at(may(4)).judged()
    assert judgement.codes == ("ON-TRACK",)
    assert judgement.next_due == DEPART - DAY
    (finding,) = [f for f in judgement.findings if f.rule == "G4"]
    assert (finding.status.value, finding.due_at) == ("not-yet-due", DEPART - DAY)


def test_the_next_moment_is_the_earliest_of_those_that_wait():
    world = EARLY.without(CHECK, "notice-south").at(DEPART - 4 * DAY)
    assert world.judged().next_due == DEPART - 3 * DAY


def test_a_rule_of_the_plan_is_due_at_once():
    assert EARLY.without("north-passage").at(may(3)).verdict() == "no-go"


def test_a_rule_that_is_met_early_is_met():
    # On 4 May at 07:00 the way was checked within the day before.
    world = EARLY.but(CHECK, checked_at=may(4, 7)).at(may(4, 8))
    assert world.waiting() == set()
    assert world.verdict() == "go"


def test_what_has_already_gone_wrong_does_not_wait_for_its_rule():
    # G4 is due from 5 May 09:00 on; a clash reported on 4 May holds the movement at once. Without
    # a known means it touches no restraint.
    clash = Incident(id="clash", what="a clash", at=may(4, 6), areas=("north-bank",))
    world = EARLY.but(CHECK, checked_at=may(4, 7)).plus(
        said("relief", may(4, 7), Report(id="r", party="relief", incident=clash))
    )
    assert world.at(may(4, 8)).failing() == {("G4", "HOLD")}


@pytest.mark.parametrize("phase", [Phase.UNDER_WAY, Phase.AFTER])
def test_a_rule_for_the_road_is_not_due_before_departure(phase):
    world = replace(EARLY.without("notice-south"), policy=phased("N4", phase))
    assert world.failing() == set()


def test_a_policy_may_ask_for_something_earlier():
    world = replace(EARLY.without(CHECK), policy=phased("G4", Phase.T72))
    assert world.at(DEPART - 3 * DAY - 1).waiting() == {("G4", "NOT-CHECKED")}
    assert world.at(DEPART - 3 * DAY).failing() == {("G4", "NOT-CHECKED")}


def test_the_last_hour_is_a_phase_of_its_own():
    world = replace(EARLY.without("notice-south"), policy=phased("N4", Phase.T1))
    assert world.at(DEPART - HOUR - 1).waiting() == {("N4", "TOLD-UNKNOWN")}
    assert world.at(DEPART - HOUR).failing() == {("N4", "TOLD-UNKNOWN")}


def test_under_way_every_rule_is_due():
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader"
    )
    world = EARLY.without(CHECK).plus(left).at(DEPART)
    assert world.waiting() == set()
    assert world.failing() == {("G4", "NOT-CHECKED")}

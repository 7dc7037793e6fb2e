"""Rules T3, N1, N2, N4 and N5: who was told what, when, in which version.

The north asks for 24 h notice; the column leaves on Monday 6 May 2030 at 09:00.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    AckLevel,
    Acknowledge,
    Confirm,
    Movement,
    NotTold,
    Specificity,
)
from tests.worlds.two_town_papers import gate_check, list_of
from tests.worlds.two_towns import DAY, DEPART, HOUR, TOWNS, may, notice, said

A_DAY_BEFORE = DEPART - DAY
ARRANGEMENT = "notice-to-the-north"
SUNDAY, MONDAY = 6, 0
# No direct confirmation of this very movement that could stand in for the notice.
PLAIN = TOWNS
for _grant in ("north-restraint", "north-passage"):
    PLAIN = PLAIN.given(_grant, specificity=Specificity.AREA_AND_TIME)


def told(at, world=PLAIN):
    return world.but("notice-north", sent_at=at)


def received(party, of, at, level=AckLevel.OFFICE):
    act = Acknowledge(id=f"{of}-received", party=party, notice=of, level=level)
    return said(party, at, act)


def version(number, world=PLAIN):
    first = next(r for r in world.records if isinstance(r, Movement))
    at_the_gate = gate_check(f"at-the-gate-{number}", version=number)
    return world.plus(replace(first, version=number), *list_of(number), at_the_gate)


# -- T3


@pytest.mark.parametrize(("sent_at", "in_time"), [(A_DAY_BEFORE, True), (A_DAY_BEFORE + 1, False)])
def test_a_notice_keeps_the_lead_time_to_the_second(sent_at, in_time):
    world = told(sent_at).but("north-acknowledges", said_at=may(5, 20))
    assert world.failing() == (set() if in_time else {("T3", "NOTICE-TOO-LATE")})


def test_a_notice_that_was_never_sent_is_named():
    world = PLAIN.without("notice-north")
    assert ("T3", "NOT-NOTIFIED") in world.failing()
    assert "The North asks for 24 h notice; no notice of this version was sent." in (
        world.only("T3").says
    )


@pytest.mark.parametrize(
    "broken",
    [
        lambda world: world.without("north-received"),
        lambda world: world.but("north-received", level=AckLevel.RELAY),
        lambda world: world.but("north-received", party="south"),
        lambda world: world.but("north-received", notice="notice-south"),
    ],
    ids=["nobody", "a relay", "another party", "another notice"],
)
def test_the_office_of_the_party_must_have_acknowledged_it(broken):
    assert broken(PLAIN).failing() == {("T3", "NOT-ACKNOWLEDGED")}


def test_one_notice_must_be_in_time_and_acknowledged():
    # In time but unacknowledged, and acknowledged but too late, do not add up.
    second = notice("north", 1, may(6, 7), id="late-notice")
    world = PLAIN.without("north-received").plus(
        second, received("north", "late-notice", may(6, 7, 10))
    )
    assert world.failing() == {("T3", "NOT-ACKNOWLEDGED")}


@pytest.mark.parametrize(("days", "taken"), [({SUNDAY}, True), ({MONDAY}, False), (set(), True)])
def test_a_notice_counts_on_a_submission_day_of_the_party(days, taken):
    world = told(may(5, 8)).but(ARRANGEMENT, weekdays=frozenset(days))  # Sunday 5 May
    world = world.but("north-acknowledges", said_at=may(5, 20))
    assert world.failing() == (set() if taken else {("T3", "NOTICE-TOO-LATE")})


def test_the_day_is_the_day_in_the_zone_of_the_party():
    # 4 May 23:00 UTC is Sunday 5 May, 02:00, in Damascus.
    world = told(may(4, 23)).but(ARRANGEMENT, weekdays=frozenset({SUNDAY}))
    world = world.but("north-acknowledges", said_at=may(5, 20))
    assert world.failing() == {("T3", "NOTICE-TOO-LATE")}
    assert world.but(ARRANGEMENT, zone="Asia/Damascus").failing() == set()


def test_a_clearance_must_not_have_run_out_before_the_trip_ends():
    # Sent on 4 May at 12:00; the tail is clear on 6 May at 13:02: 49 h 2 min later.
    lasts = 49 * HOUR + 120
    assert PLAIN.but(ARRANGEMENT, clearance_lasts_s=lasts).failing() == set()
    short = PLAIN.but(ARRANGEMENT, clearance_lasts_s=lasts - 1)
    assert short.failing() == {("T3", "CLEARANCE-RUN-OUT")}


@pytest.mark.parametrize(
    ("at", "after"),
    [(may(4, 12) - 1, False), (may(4, 12), False), (may(4, 12) + 1, True)],
    ids=["before the notice", "the same second", "after it"],
)
def test_a_word_for_this_movement_said_after_the_notice_replaces_the_arrangement(at, after):
    bare = PLAIN.without("north-received", "north-calls")
    bare = bare.given("north-passage", specificity=Specificity.MOVEMENT)
    confirm = said("north", at, Confirm(id="again", party="north", of=("north-passage",)))
    assert (bare.plus(confirm).failing() == set()) is after


def test_a_word_for_area_and_time_does_not_replace_the_arrangement():
    confirm = Confirm(id="again", party="north", of=("north-passage",))
    world = PLAIN.without("north-received").plus(said("north", may(5), confirm))
    assert world.failing() == {("T3", "NOT-ACKNOWLEDGED")}


@pytest.mark.parametrize(
    "changes",
    [{"areas": ("far-hills",)}, {"valid": Span(may(1), DEPART)}],
    ids=["elsewhere", "ended at departure"],
)
def test_an_arrangement_counts_where_and_when_it_is_in_force(changes):
    world = PLAIN.without("north-received").but(ARRANGEMENT, **changes)
    assert world.verdict() == "go"
    assert world.only("T3").status.value == "not-applicable"


# -- N1 and N2


def test_an_imposed_arrangement_is_shown_as_a_constraint_and_not_as_law():
    finding = PLAIN.but(ARRANGEMENT, imposed=True).only("N1")
    assert (finding.status.value, finding.code) == ("met", "IMPOSED")
    assert "kept as a constraint, not as law" in finding.says


def test_no_key_is_turned_by_an_acknowledgement():
    world = PLAIN.without("north-guarantees")
    assert ("A1", "RESTRAINT-MISSING") in world.failing()
    assert world.only("N2").says == "No key rests on an acknowledgement of receipt."


# -- N4 and N5


@pytest.mark.parametrize("party", ["north", "south"])
def test_each_party_on_the_way_was_told_or_the_reason_is_recorded(party):
    silent = PLAIN.without(f"notice-{party}", ARRANGEMENT)
    assert silent.failing() == {("N4", "TOLD-UNKNOWN")}
    reason = NotTold(
        id="not-told",
        movement="relief-to-birch",
        party=party,
        reason="it would be in danger",
        by="head of office",
    )
    assert silent.plus(reason).verdict() == "go"
    assert silent.plus(replace(reason, movement="other")).failing() == {("N4", "TOLD-UNKNOWN")}


def test_not_telling_a_party_needs_a_reason():
    without = NotTold(
        id="not-told", movement="relief-to-birch", party="south", reason="", by="head of office"
    )
    world = PLAIN.without("notice-south").plus(without)
    assert world.failing() == {("N4", "TOLD-UNKNOWN")}


def test_a_notice_of_an_older_version_is_for_n5_alone():
    world = version(2).plus(notice("north", 2, may(4, 12)))
    world = world.plus(received("north", "notice-north-2", may(4, 15)))
    assert world.failing() == {("N5", "OLD-VERSION")}
    assert world.only("N5").party == "south"


def test_a_new_version_is_told_to_everyone_who_knows_an_older_one():
    world = version(2)
    assert {f.party for f in world.findings("N5")} == {"north", "south"}
    says = next(f for f in world.findings("N5") if f.party == "north").says
    assert says == (
        "The North was told of version 1 only; the movement is now version 2, and what changed "
        "is not covered."
    )
    again = world.plus(
        *(notice(party, 2, may(4, 12)) for party in ("north", "south")),
        *(received(party, f"notice-{party}-2", may(4, 15)) for party in ("north", "south")),
    )
    assert again.verdict() == "go"


def test_a_notice_of_another_movement_tells_nobody_of_this_one():
    world = PLAIN.but("notice-south", movement="another")
    assert world.failing() == {("N4", "TOLD-UNKNOWN")}

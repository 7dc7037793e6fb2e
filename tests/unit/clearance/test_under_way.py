"""Section 2: once the column has left, only what is still ahead of it is judged."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Confirm, Departure, Hazard, Suspend, Withdraw
from tests.worlds.two_towns import CLEAR, DEPART, TOWNS, may, said, window

LEFT = Departure(id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader")
NOON = may(6, 12)


def under_way(at, world=TOWNS):
    return world.plus(LEFT).at(at)


def test_a_departure_puts_the_movement_under_way_from_its_own_second():
    assert not TOWNS.plus(LEFT).at(DEPART - 1).judged().under_way
    judgement = under_way(DEPART).judged()
    assert judgement.under_way
    assert judgement.codes == ("UNDER-WAY",)
    assert judgement.verdict.value == "go"


def test_the_departure_of_another_version_or_movement_is_none_of_this():
    for changes in ({"version": 2}, {"movement": "another"}):
        assert not TOWNS.plus(replace(LEFT, **changes)).at(NOON).judged().under_way


def test_what_is_behind_the_column_is_not_judged():
    # At 10:03 the tail is off the hill road (10:02); the trucks unload in Birch until noon.
    entries = under_way(may(6, 10, 3)).bench().itinerary.entries
    assert [entry.place or entry.edge for entry in entries] == [
        *("birch", "hill-road", "bridge", "bridge-road", "alder")
    ]
    assert entries[0].enter == may(6, 10, 3)  # not 09:40: from now on


def test_an_entry_that_ends_this_second_is_behind():
    just, gone = (
        {e.edge for e in under_way(may(6, 9, 44) + s).bench().itinerary.entries if e.leg == "in"}
        for s in (-1, 0)
    )
    assert "bridge-road" in just
    assert "bridge-road" not in gone


def test_a_word_that_has_ended_behind_the_column_is_not_missed():
    # The south's passage is asked at the bridge at 09:12 and again from 11:58 on.
    morning = window(may(6, 6), may(6, 10))
    back = window(may(6, 11, 58), may(6, 18))
    world = TOWNS.given("south-passage", windows=(morning, back))
    assert under_way(NOON, world).verdict() == "go"
    gone = TOWNS.given("south-passage", windows=(back,))
    assert under_way(DEPART, gone).verdict() == "no-go"
    assert under_way(may(6, 10), gone).verdict() == "go"


def test_a_word_withdrawn_on_the_way_is_missed_at_once():
    gone = said("north", NOON, Withdraw(id="gone", party="north", of=("north-restraint",)))
    world = TOWNS.plus(gone)
    assert under_way(NOON - 1, world).verdict() == "go"
    assert under_way(NOON, world).verdict() == "no-go"
    assert under_way(NOON, world).judged().codes[0] == "UNDER-WAY"
    finding = next(f for f in under_way(NOON, world).findings("A1") if f.party == "north")
    assert finding.span == Span(NOON, CLEAR)


def test_a_suspension_of_ground_behind_the_column_changes_nothing():
    # At 12:50 the column has left the north bank for good; only the bridge road is ahead.
    north = TOWNS.given("north-restraint", areas=("south-bank",)).plus(
        said("north", may(6, 12, 50), Suspend(id="over", party="north", what="over"))
    )
    again = TOWNS.but("north-still", of=("north-restraint",))
    mortars = under_way(may(6, 12, 50), again.without("north-passage"))
    assert mortars.verdict() == "go"
    assert under_way(may(6, 12, 50), north).verdict() == "no-go"  # its mortars reach Alder


def test_the_margin_is_kept_for_what_is_ahead():
    # With the margin everything must hold until 14:02; of what is ahead and of nothing else.
    ends = may(6, 14, 2)
    world = TOWNS.given("north-restraint", windows=(window(may(6, 6), ends - 1),))
    assert under_way(NOON, world).failing() == {("T1", "MARGIN-TOO-SHORT")}
    hazard = Hazard(id="rubble", hazard="rubble", areas=("south-bank",), from_at=ends)
    assert under_way(NOON, TOWNS.plus(hazard)).verdict() == "go"


def test_when_the_plan_is_over_nothing_is_left_to_judge():
    assert under_way(CLEAR - 1).verdict() == "go"
    over = under_way(CLEAR)
    assert over.failing() == {("A1", "TRIP-OVER")}
    assert over.verdict() == "no-go"


def test_a_word_suspended_and_reconfirmed_on_the_way_carries_the_rest_of_it():
    over = said("south", may(6, 10), Suspend(id="over", party="south", what="over"))
    words = tuple(f"south-{kind}" for kind in ("restraint", "passage", "consent"))
    again = said("south", may(6, 10, 30), Confirm(id="again", party="south", of=words))
    world = TOWNS.plus(over, again)
    assert under_way(may(6, 10, 29), world).verdict() == "no-go"
    assert under_way(may(6, 10, 30), world).verdict() == "go"

"""Rule T1: the window holds driving, holds, unloading, the way back and the margin, to the second.

The column is clear of Alder at 13:02; with the margin of one hour everything must hold to 14:02.
"""

from __future__ import annotations

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Checkpoint, Crossing, CrossingOpen
from tests.worlds.two_towns import (
    CLEAR,
    CLEAR_WITH_MARGIN,
    DEPART,
    HOUR,
    TOWNS,
    may,
    window,
)

MOVEMENT = "relief-to-birch"
GRANTS = ("north-restraint", "north-passage", "south-restraint", "south-passage", "south-consent")


def given(start, end, *grants, world=TOWNS):
    """These grants, or all, hold from `start` to `end`."""
    for grant in grants or GRANTS:
        world = world.given(grant, windows=(window(start, end),))
    return world


def test_a_window_that_ends_with_the_margin_to_the_second_is_enough():
    # The mortars reach both banks, so their restraint is needed until the tail is clear of Alder.
    assert given(DEPART, CLEAR_WITH_MARGIN).verdict() == "go"
    for start, end in ((DEPART, CLEAR_WITH_MARGIN - 1), (DEPART + 1, CLEAR_WITH_MARGIN)):
        assert given(start, end, "north-restraint").verdict() == "no-go"


def test_a_second_short_of_the_margin_is_t1_and_a_second_short_of_the_trip_is_a1():
    short_of_margin = given(DEPART, CLEAR_WITH_MARGIN - 1, "north-restraint")
    assert short_of_margin.failing() == {("T1", "MARGIN-TOO-SHORT")}
    assert given(DEPART, CLEAR, "north-restraint").failing() == {("T1", "MARGIN-TOO-SHORT")}
    short_of_trip = given(DEPART, CLEAR - 1, "north-restraint")
    assert ("A1", "RESTRAINT-MISSING") in short_of_trip.failing()


def test_the_finding_says_what_would_have_ended_and_when():
    world = given(DEPART, CLEAR_WITH_MARGIN - 1, "north-restraint")
    finding = next(f for f in world.findings("T1") if "indirect fire" in f.says)
    assert finding.party == "north"
    assert "A delay of up to 1 h would find the column on" in finding.says
    assert "after restraint from indirect fire of The North has ended" in finding.says
    assert finding.span == Span(CLEAR_WITH_MARGIN - 1, CLEAR_WITH_MARGIN)


def test_each_road_needs_its_key_only_while_the_column_is_on_it():
    # On the hill road from 09:22 until the tail leaves it at 12:50; with the margin until 13:50.
    # The passage of the north is asked at the bridge from 09:12 on.
    first, last = may(6, 9, 12), may(6, 13, 50)
    assert given(first, last, "north-passage").verdict() == "go"
    assert given(first + 1, last, "north-passage").verdict() == "no-go"
    assert given(first, last - 1, "north-passage").failing() == {("T1", "MARGIN-TOO-SHORT")}


def test_without_a_margin_the_trip_itself_is_enough():
    exact = given(DEPART, CLEAR, world=TOWNS.but(MOVEMENT, margin_s=0))
    assert exact.verdict() == "go"
    assert given(DEPART, CLEAR - 1, world=exact).verdict() == "no-go"


def test_a_gap_inside_the_window_is_a_gap():
    noon = may(6, 12)
    windows = (window(DEPART, noon), window(noon + 1, CLEAR_WITH_MARGIN))
    world = TOWNS.given("north-restraint", windows=windows)
    assert ("A1", "RESTRAINT-MISSING") in world.failing()
    joined = (window(DEPART, noon), window(noon, CLEAR_WITH_MARGIN))
    assert TOWNS.given("north-restraint", windows=joined).verdict() == "go"


@pytest.mark.parametrize("what", ["both-banks", "consent-of-the-south"])
def test_the_assessment_and_the_consent_need_must_last_through_the_margin_too(what):
    exact = TOWNS.but(what, valid=Span(may(1), CLEAR_WITH_MARGIN))
    assert exact.verdict() == "go"
    short = TOWNS.but(what, valid=Span(may(1), CLEAR_WITH_MARGIN - 1))
    assert short.failing() == {("T1", "MARGIN-TOO-SHORT")}


def test_a_hold_of_unknown_length_leaves_the_trip_unknown():
    world = TOWNS.but("bridge-post", hold_max_s=None)
    assert world.failing() == {("T1", "HOLD-UNKNOWN")}
    finding = world.only("T1")
    assert (finding.status.value, finding.party) == ("unknown", "south")
    assert "how long a column is held at checkpoint bridge-post of The South" in finding.says


def test_the_longest_hold_counts_both_ways():
    # Held 30 min each way the trip ends at 13:02; held 40 min, at 13:22.
    world = TOWNS.but("bridge-post", hold_max_s=40 * 60)
    longer = CLEAR_WITH_MARGIN + 20 * 60
    assert given(DEPART, longer, "north-restraint", world=world).verdict() == "go"
    assert given(DEPART, longer - 1, "north-restraint", world=world).verdict() == "no-go"


def test_a_checkpoint_elsewhere_holds_nobody():
    elsewhere = Checkpoint(id="far", place="far-away", party="south")
    assert TOWNS.plus(elsewhere).verdict() == "go"


def test_the_trip_with_its_margin_ends_by_the_latest_time():
    assert TOWNS.but(MOVEMENT, latest_at=CLEAR_WITH_MARGIN).verdict() == "go"
    late = TOWNS.but(MOVEMENT, latest_at=CLEAR_WITH_MARGIN - 1)
    assert late.failing() == {("T1", "TOO-LATE")}
    assert "later than the latest time planned, 2030-05-06 14:01" in late.only("T1").says


# -- the window that the operation says it needs; the words hold from 06:00 to 18:00, 12 hours


def needing(hours, world=TOWNS):
    seconds = hours * HOUR
    return world.but(MOVEMENT, window_needed_s=seconds, window_basis="the loaders")


def test_the_longest_span_in_which_the_whole_way_is_open_counts():
    assert needing(12).verdict() == "go"
    world = needing(12).but(MOVEMENT, window_needed_s=12 * HOUR + 1)
    assert world.failing() == {("T1", "WINDOW-TOO-SHORT")}
    assert "needs a window of 12 h 01 min (the loaders); the longest is 12 h." in (
        world.only("T1").says
    )


def test_the_shortest_word_bounds_the_window():
    world = given(may(6, 8), may(6, 16), "south-consent", world=needing(9))
    assert world.failing() == {("T1", "WINDOW-TOO-SHORT")}
    assert given(may(6, 8), may(6, 16), "south-consent", world=needing(8)).verdict() == "go"


def test_a_crossing_bounds_the_window_too():
    bridge = Crossing(id="crossing", name="the bridge", place="bridge", sides=("north", "south"))
    valid = Span(may(6, 9), may(6, 14))  # open for 5 of the 12 hours
    sides = [
        CrossingOpen(id=f"open-{side}", crossing="crossing", side=side, valid=valid)
        for side in bridge.sides
    ]
    assert needing(5).plus(bridge, *sides).verdict() == "go"
    assert needing(6).plus(bridge, *sides).failing() == {("T1", "WINDOW-TOO-SHORT")}


def test_the_longest_span_may_begin_after_the_departure():
    # The north lets pass from 09:12 on, when the column comes to the bridge; that leaves 8 h 48
    # min in which the whole way is open at once, though it is not yet at 09:00.
    world = given(may(6, 9, 12), may(6, 18), "north-passage", world=needing(8))
    assert world.failing() == set()
    assert given(may(6, 9, 12), may(6, 18), "north-passage", world=needing(9)).failing() == {
        ("T1", "WINDOW-TOO-SHORT")
    }


def test_where_the_way_is_not_whole_the_longest_window_offered_counts():
    # The restraint of the north is for the wrong bank; what it offers is 12 h long.
    world = TOWNS.given("north-restraint", areas=("south-bank",))
    assert ("T1", "WINDOW-TOO-SHORT") not in needing(12, world).failing()
    assert ("T1", "WINDOW-TOO-SHORT") in needing(13, world).failing()
    assert needing(13, world).only("T1").party == "north"


def test_a_window_that_does_not_meet_the_trip_is_no_offer_for_it():
    days = (window(may(6, 6), may(6, 18)), window(may(8), may(9)))  # 12 h then, 24 h too late
    world = TOWNS.given("north-restraint", areas=("south-bank",), windows=days)
    assert ("T1", "WINDOW-TOO-SHORT") in needing(13, world).failing()
    assert "the longest of The North is 12 h." in needing(13, world).only("T1").says


def test_where_keys_are_missing_the_window_to_ask_for_holds_trip_and_margin():
    # 4 h 02 min from 09:00 to 13:02, and one hour of margin.
    finding = TOWNS.without("north-passage").only("T1")
    assert (finding.status.value, finding.code) == ("unknown", "NO-WINDOW")
    assert finding.remedy == "Ask for one window of 5 h 02 min or more."


def test_where_nobody_offers_any_window_none_is_long_enough():
    world = needing(1, TOWNS.without("north-guarantees", "south-guarantees"))
    assert "T1" in {rule for rule, _ in world.failing()}


def test_a_departure_that_passed_without_being_recorded_is_a_doubt():
    assert TOWNS.at(DEPART).failing() == set()
    late = TOWNS.at(DEPART + 1)
    assert late.failing() == {("T1", "DEPARTURE-PASSED")}
    assert "It was to leave at 2030-05-06 09:00" in late.only("T1").says

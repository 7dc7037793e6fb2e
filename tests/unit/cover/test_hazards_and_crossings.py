"""Section 4: hazards that no party answers for, and crossings that need both their sides."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import OPEN_END, Span, Spans
from safeconduct.vocabulary import Crossing, CrossingOpen, Hazard, HazardCleared
from tests.worlds.two_towns import CLEAR, CLEAR_WITH_MARGIN, HOUR, MOVEMENT, NOW, TOWNS, may

RUBBLE = Hazard(id="rubble", hazard="a wall fell on it", areas=("north-bank",), from_at=may(5))
CLEARED = HazardCleared(
    id="cleared", of="rubble", cleared_at=may(6, 7), by="engineer", evidence="photograph"
)
BRIDGE = Crossing(id="crossing", name="the bridge", place="bridge", sides=("north", "south"))


def closed(world, on="hill-road"):
    found = world.cover().ground(world.on(on)).hazards
    return [spans for _, spans in found]


def side(name, start, end):
    valid = Span(start, end)
    return CrossingOpen(id=f"open-{name}-{start}", crossing="crossing", side=name, valid=valid)


def open_both(start, end):
    return side("north", start, end), side("south", start, end)


def test_a_hazard_closes_the_road_it_touches_for_good():
    world = TOWNS.plus(RUBBLE)
    assert closed(world) == [Spans.one(may(5), OPEN_END)]
    assert closed(world, "bridge-road") == []
    assert world.failing() >= {("A1", "HAZARD")}


def test_a_report_with_evidence_clears_a_hazard_from_its_own_moment():
    world = TOWNS.plus(RUBBLE, CLEARED)
    assert closed(world) == [Spans.one(may(5), may(6, 7))]
    assert world.verdict() == "go"


@pytest.mark.parametrize(
    "changes",
    [{"evidence": ""}, {"of": "another"}, {"cleared_at": may(4)}, {"cleared_at": NOW + 1}],
    ids=["without evidence", "of another hazard", "before the hazard", "not yet"],
)
def test_what_does_not_clear_a_hazard(changes):
    world = TOWNS.plus(RUBBLE, replace(CLEARED, **changes))
    assert closed(world) == [Spans.one(may(5), OPEN_END)]


def test_a_new_hazard_needs_a_new_report():
    again = replace(RUBBLE, id="rubble-again", from_at=may(6, 8))
    assert TOWNS.plus(RUBBLE, CLEARED, again).failing() >= {("A1", "HAZARD")}


def test_a_hazard_that_begins_after_the_trip_does_not_close_it_but_the_margin_feels_it():
    # The tail is off the hill road at 12:50: the latest head leaves it at 12:18, is held at the
    # bridge until 12:48, and the tail follows 2 min later. The margin reaches to 13:50.
    late = may(6, 12, 50)
    assert TOWNS.plus(replace(RUBBLE, from_at=late + HOUR)).verdict() == "go"
    assert TOWNS.plus(replace(RUBBLE, from_at=late)).failing() == {("T1", "MARGIN-TOO-SHORT")}
    assert ("A1", "HAZARD") in TOWNS.plus(replace(RUBBLE, from_at=late - 1)).failing()


def test_a_crossing_with_both_sides_open_is_open_while_both_are():
    sides = (side("north", may(6, 8), may(6, 12)), side("south", may(6, 10), may(6, 16)))
    ((_, spans),) = TOWNS.plus(BRIDGE, *sides).cover().crossings_at("bridge")
    assert spans == Spans.one(may(6, 10), may(6, 12))


@pytest.mark.parametrize("missing", ["north", "south"])
def test_a_crossing_needs_both_its_sides(missing):
    sides = [s for s in open_both(may(6, 6), may(6, 18)) if s.side != missing]
    world = TOWNS.plus(BRIDGE, *sides)
    assert ("A8", "CROSSING-SHUT") in world.failing()
    assert "the bridge is not recorded as open on both its sides" in world.findings("A8")[0].says


def test_a_crossing_must_be_open_for_as_long_as_the_column_is_on_it():
    # First at the bridge at 09:12; the tail leaves it for the last time at 12:50.
    exact = TOWNS.but(MOVEMENT, margin_s=0).plus(BRIDGE)
    first, last = may(6, 9, 12), may(6, 12, 50)
    assert exact.plus(*open_both(first, last)).verdict() == "go"
    assert exact.plus(*open_both(first + 1, last)).failing() >= {("A8", "CROSSING-SHUT")}
    assert exact.plus(*open_both(first, last - 1)).failing() >= {("A8", "CROSSING-SHUT")}


def test_a_crossing_that_shuts_within_the_margin_leaves_too_little_time():
    world = TOWNS.plus(BRIDGE, *open_both(may(6, 6), CLEAR))
    assert world.failing() == {("T1", "MARGIN-TOO-SHORT")}
    assert TOWNS.plus(BRIDGE, *open_both(may(6, 6), CLEAR_WITH_MARGIN)).verdict() == "go"


def test_a_crossing_elsewhere_is_no_concern():
    assert TOWNS.plus(replace(BRIDGE, place="nowhere-near")).verdict() == "go"


def test_a_crossing_counts_at_a_place_that_the_column_only_passes():
    # Without the post the column does not stop at the bridge, but it still crosses there.
    passing = TOWNS.without("bridge-post").plus(BRIDGE)
    assert passing.failing() >= {("A8", "CROSSING-SHUT")}

"""Windows keep off closed roads and go by recorded speeds: the two towns, planned."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.planning.timing import Timing, timing
from safeconduct.spacetime import OPEN_END, Span, Spans
from safeconduct.vocabulary import Closure, Record, RoadSpeed, SpeedBasis
from tests.worlds.two_towns import HOUR, MOVEMENT, TOWNS, may

DAY = Span(may(6, 6), may(6, 18))
#: In order, the trip and its margin take 5 h 02 min of the twelve hours that were given.
LATEST = may(6, 18)
SLIDE = Closure(id="slide", why="mud", edges=("hill-road",), valid=Span(may(6, 6), may(6, 9)))
MUD = RoadSpeed(
    id="mud", speed_kmh=15, valid=Span(may(6, 9), OPEN_END), basis=SpeedBasis.CONVOY_LOG
)


def timed(*records: Record) -> Timing:
    world = TOWNS.plus(*records)
    return timing(world.movement(), world.network, [world.cover()])


def leaving(*records: Record) -> Spans:
    return timed(*records).departures(DAY, LATEST)


def test_without_closures_the_column_can_leave_until_the_trip_no_longer_fits() -> None:
    assert leaving() == Spans.one(may(6, 6), LATEST - (5 * HOUR + 120) + 1)


def test_no_window_leads_over_a_road_while_it_is_closed() -> None:
    # The head comes to the hill road 22 min after leaving, with the shortest hold at the bridge.
    assert leaving(SLIDE) == leaving() & Spans.one(may(6, 8, 38), LATEST)
    assert not leaving(replace(SLIDE, valid=DAY))


def test_a_speed_that_begins_during_the_day_holds_for_the_departures_from_then_on() -> None:
    before, after = leaving(), leaving(replace(MUD, valid=Span(may(1), OPEN_END)))
    assert after != before
    assert leaving(MUD) == (before & Spans.one(may(6), may(6, 9))) | (
        after & Spans.one(may(6, 9), OPEN_END)
    )


def test_the_margin_of_a_departure_goes_by_the_speeds_of_its_own_hour() -> None:
    found = timed(MUD)
    assert found.margin(may(6, 8)) == timed().margin(may(6, 8))
    # 30 km at half the speed: the column is back an hour later, and its tail 4 min behind, not 2.
    assert found.margin(may(6, 9)) == (timed().margin(may(6, 9)) or 0) - HOUR - 120
    assert found.closest(DAY) == timed().closest(DAY)


def test_the_relief_of_the_two_towns_is_what_is_planned_here() -> None:
    assert timed().movement.id == MOVEMENT

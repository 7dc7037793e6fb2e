"""How long to halt: by hand, on the two towns, where the column halts at the bridge on its way in.

Leaving at 09:00 the head is at the bridge from 09:12; it goes on 10 to 30 min later. The hill road
opens at 10:10, so leaving at 09:00 it waits 48 min: 09:22 and 48 min are 10:10. It goes on at 10:30
at the latest, which is 48 min later than without a halt: clear at 13:50, with the margin 14:50.
"""

from __future__ import annotations

from dataclasses import replace

from safeconduct.app.roadmap import drawn
from safeconduct.planning.halting import waits_at
from safeconduct.planning.shortest.proposing import propose
from safeconduct.planning.timing import Timing, timing
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Closure, Halt, WaitingPlace
from tests.worlds.two_towns import DEPART, HOUR, TOWNS, may

YARD = WaitingPlace(
    id="yard", place="bridge", holds_m=1_000, by="driver", checked_at=may(1),
    valid=Span(may(6, 9), may(6, 18)),
)  # fmt: skip
SHUT = Closure(id="slide", why="slide", edges=("hill-road",), valid=Span(may(5), may(6, 10, 10)))
LATEST, WAIT_S = may(6, 15), 48 * 60
DAY = Span(may(6, 8), may(6, 12))


def timed(wait_s: int, **yard: object) -> Timing:
    world = TOWNS.plus(SHUT, replace(YARD, **yard))
    inwards, back = world.movement().legs
    halts = (Halt(place="bridge", wait_s=wait_s),)
    movement = replace(world.movement(), legs=(replace(inwards, halts=halts), back))
    return timing(movement, world.network, [world.judge().cover("default")])


def test_a_wait_is_as_short_as_the_road_ahead_allows_or_as_long_as_the_end_does() -> None:
    for planned_s in (1, WAIT_S, 5 * HOUR):  # whatever was planned before
        assert waits_at(timed(planned_s), DEPART, LATEST) == [WAIT_S]
        # Ten minutes more, and it is back with its margin at 15:00.
        assert waits_at(timed(planned_s), DEPART, LATEST, longest=True) == [WAIT_S + 600]


def test_the_waits_that_are_told_are_those_with_which_the_departure_fits() -> None:
    assert timed(WAIT_S).departures(DAY, LATEST).contains(DEPART)
    assert not timed(WAIT_S - 1).departures(DAY, LATEST).contains(DEPART)
    assert timed(WAIT_S + 600).departures(DAY, LATEST).contains(DEPART)
    assert not timed(WAIT_S + 601).departures(DAY, LATEST).contains(DEPART)


def test_where_no_wait_helps_none_is_told() -> None:
    # Gone from the bridge by 10:32 with its tail, and 11:32 with the margin.
    assert waits_at(timed(1, valid=Span(may(6, 9), may(6, 11, 32))), DEPART, LATEST) == [WAIT_S]
    assert waits_at(timed(1, valid=Span(may(6, 9), may(6, 11, 31))), DEPART, LATEST) is None
    assert waits_at(timed(1, valid=Span(may(6, 9, 13), may(6, 18))), DEPART, LATEST) is None
    assert waits_at(timed(1, holds_m=999), DEPART, LATEST) is None
    assert waits_at(timed(1), DEPART, may(6, 14, 49)) is None


def test_where_the_road_is_open_it_need_not_wait() -> None:
    assert waits_at(timed(600), may(6, 9, 50), LATEST) == [0]


def test_a_departure_fits_only_while_the_waiting_place_is_good() -> None:
    good = timed(WAIT_S, valid=Span(may(6, 9, 12), may(6, 11, 32)))
    assert good.departures(DAY, LATEST).bounds[:2] == (DEPART, DEPART + 1)
    for valid in (Span(may(6, 9, 12) + 1, may(6, 11, 32)), Span(may(6, 9), may(6, 11, 32) - 1)):
        assert not timed(WAIT_S, valid=valid).departures(DAY, LATEST).contains(DEPART)


def test_the_shortest_list_of_asks_of_a_movement_that_halts_is_for_trips_that_do_not() -> None:
    inwards, back = TOWNS.movement().legs
    halts = (Halt(place="bridge", wait_s=600),)
    world = TOWNS.but(
        "relief-to-birch", preparation_s=0, legs=(replace(inwards, halts=halts), back)
    )
    world = world.plus(YARD).without("north-passage")
    judge, movement = world.judge(), world.movement()
    told = propose(drawn(judge, movement), judge, movement)
    assert [one.parties for one in told.proposals] == [("north",)]
    assert not told.proposals[0].movement.halts
    assert told.adopted is not None and told.adopted.movement.halts == halts

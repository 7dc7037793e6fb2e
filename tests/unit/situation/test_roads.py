"""What planning may take from the records of roads: closed edges, and places to wait."""

from __future__ import annotations

import pytest

from safeconduct.errors import WrongField
from safeconduct.situation import ClosedEdges, Situation, picture, waiting_places
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import (
    Closure,
    Record,
    RoadReopened,
    RoadSpeed,
    SpeedBasis,
    WaitingPlace,
)

ROADS = frozenset({"e1", "e2"})


def then(*records: Record) -> Situation:
    return picture(records, as_of=1_000, known_at=1_000)


def shut(id: str, start: int, end: int, *edges: str) -> Closure:
    return Closure(id=id, why="snow", edges=edges, valid=Span(start, end))


def yard(id: str, holds_m: int, start: int, end: int, checked_at: int = 0) -> WaitingPlace:
    return WaitingPlace(
        id=id, place="yard", holds_m=holds_m, by="x", checked_at=checked_at, valid=Span(start, end)
    )


def test_an_edge_has_its_closures_with_the_time_that_is_left_of_each() -> None:
    report = RoadReopened(id="r", of="a", reopened_at=50, by="x", evidence="seen")
    closed = ClosedEdges(then(shut("a", 0, 90, "e1"), shut("b", 70, 80, "e1", "e2"), report),
                         ROADS.__contains__)  # fmt: skip
    assert [(c.id, spans) for c, spans in closed.on("e1")] == [
        ("a", Spans.one(0, 50)),
        ("b", Spans.one(70, 80)),
    ]
    assert [c.id for c, _ in closed.on("e2")] == ["b"]


def test_a_plan_may_leave_out_what_is_closed_at_some_moment_of_its_horizon() -> None:
    closed = ClosedEdges(then(shut("a", 0, 50, "e1"), shut("b", 70, 80, "e2")), ROADS.__contains__)
    assert closed.during(Span(49, 71)) == {"e1", "e2"}
    assert closed.during(Span(50, 70)) == frozenset()


def test_a_closure_of_an_unknown_edge_is_on_every_edge() -> None:
    closed = ClosedEdges(then(shut("a", 0, 50, "e1", "strange")), ROADS.__contains__)
    assert [c.id for c, _ in closed.on("e2")] == ["a"]
    assert [c.id for c, _ in closed.everywhere] == ["a"]


def test_a_place_holds_a_column_that_fits_while_the_check_is_valid() -> None:
    known = then(yard("w", 500, 0, 100))
    assert waiting_places(known, 500) == {"yard": Spans.one(0, 100)}
    assert waiting_places(known, 501) == {}
    assert waiting_places(then(yard("w", 500, 0, 100, 1_001)), 9) == {}


def test_two_checks_that_follow_one_another_hold_together() -> None:
    known = then(yard("w", 500, 0, 60), yard("v", 700, 60, 100, 1))
    assert waiting_places(known, 500) == {"yard": Spans.one(0, 100)}
    assert waiting_places(known, 600) == {"yard": Spans.one(60, 100)}


def test_a_later_check_that_finds_less_room_is_not_outlived_by_an_earlier_one() -> None:
    known = then(yard("w", 900, 0, 100, 5), yard("v", 300, 40, 60, 6))
    assert waiting_places(known, 300) == {"yard": Spans.one(0, 60)}
    assert waiting_places(known, 301) == {"yard": Spans.one(0, 40)}


def test_of_two_checks_of_one_moment_the_one_that_finds_less_room_counts() -> None:
    known = then(yard("w", 900, 0, 100, 5), yard("v", 300, 0, 100, 5))
    assert waiting_places(known, 301) == {}
    assert waiting_places(known, 300) == {"yard": Spans.one(0, 100)}


def test_records_of_roads_that_say_nothing_are_refused() -> None:
    with pytest.raises(WrongField, match="names no road"):
        shut("a", 0, 9)
    with pytest.raises(WrongField, match="0 km/h"):
        RoadSpeed(id="v", speed_kmh=0, valid=Span(0, 1), basis=SpeedBasis.POLICY)
    with pytest.raises(WrongField, match="a column of 0 m"):
        yard("w", 0, 0, 9)

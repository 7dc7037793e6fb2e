"""A road that is recorded as closed stops the column like a hazard does: rule A1, and T1's margin.

The column is on the hill road from 09:22 to 12:50 with all holds and its stay in Birch, twice; its
first drive lasts until 10:02 at the latest, its second begins at 11:40 at the earliest.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.planning.asks import plan
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import Closure, RoadReopened, RoadSpeed, SpeedBasis
from tests.worlds.two_towns import DEPART, HOUR, MOVEMENT, NOW, TOWNS, Towns, may

SLIDE = Closure(id="slide", why="a landslide", edges=("hill-road",), valid=Span(may(5), may(7)))
CLEARED = RoadReopened(
    id="ploughed", of="slide", reopened_at=may(6, 7), by="engineer", evidence="photograph"
)


def closed(**changes: Any) -> Towns:
    return TOWNS.plus(replace(SLIDE, **changes))


def test_a_closed_road_on_the_way_is_no_go_and_says_which_road_when_and_why() -> None:
    found = next(one for one in closed().findings("A1") if one.code == "ROAD-CLOSED")
    assert closed().verdict() == "no-go"
    assert "Hill road is recorded as closed" in found.says
    assert "a landslide" in found.says and "No undertaking opens it." in found.says
    assert {stretch.name for stretch in found.place} == {"hill-road"}
    assert found.statements == ("slide",)
    assert "reopened" in found.remedy


def test_a_closed_road_is_the_offices_own_task_and_nobody_is_asked_for_it() -> None:
    world = closed()
    asked = plan(world.judged(), world.bench())
    assert asked.asks == ()
    assert ("A1", "ROAD-CLOSED") in {(task.rule, task.code) for task in asked.own_tasks}


@pytest.mark.parametrize(
    ("valid", "failing"),
    [
        (Span(may(5), may(6, 9, 22)), set()),  # open as the head comes
        (Span(may(5), may(6, 9, 22) + 1), {("A1", "ROAD-CLOSED")}),
        (Span(may(6, 12, 50) - 1, OPEN_END), {("A1", "ROAD-CLOSED")}),
        (Span(may(6, 12, 50), OPEN_END), {("T1", "MARGIN-TOO-SHORT")}),
        (Span(may(6, 13, 50) - 1, OPEN_END), {("T1", "MARGIN-TOO-SHORT")}),
        (Span(may(6, 13, 50), OPEN_END), set()),  # the margin of an hour is over
    ],
)
def test_a_road_counts_as_closed_to_the_second(valid: Span, failing: set[tuple[str, str]]) -> None:
    found = closed(valid=valid).failing()
    assert failing <= found
    assert bool(found) == bool(failing)


def test_between_two_drives_over_it_a_road_may_be_closed() -> None:
    without_margin = TOWNS.but(MOVEMENT, margin_s=0)
    between = replace(SLIDE, valid=Span(may(6, 10, 2), may(6, 11, 40)))
    assert without_margin.plus(between).verdict() == "go"
    longer = replace(SLIDE, valid=Span(may(6, 10, 2), may(6, 11, 40) + 1))
    assert without_margin.plus(longer).failing() >= {("A1", "ROAD-CLOSED")}


def test_what_the_margin_meets_is_said_with_the_road_and_the_reason() -> None:
    found = next(f for f in closed(valid=Span(may(6, 13), OPEN_END)).findings("T1"))
    assert "on Hill road when that is recorded as closed" in found.says
    assert "a landslide" in found.says


def test_a_road_elsewhere_may_be_closed() -> None:
    assert closed(edges=("river-road",)).verdict() == "go"
    assert closed(edges=(), areas=("far-hills",)).verdict() == "go"


def test_an_area_closes_all_its_roads_and_places() -> None:
    found = closed(edges=(), areas=("north-bank",)).findings("A1")
    names = {s.name for one in found if one.code == "ROAD-CLOSED" for s in one.place}
    assert names == {"hill-road", "bridge", "birch"}


@pytest.mark.parametrize("changes", [{"edges": ("x",)}, {"edges": (), "areas": ("x",)}])
def test_what_the_network_does_not_know_may_be_anywhere(changes: dict[str, Any]) -> None:
    assert closed(**changes).failing() >= {("A1", "ROAD-CLOSED")}


def test_a_report_with_evidence_opens_the_road_again() -> None:
    assert TOWNS.plus(SLIDE, CLEARED).verdict() == "go"


@pytest.mark.parametrize(
    "changes",
    [{"evidence": ""}, {"of": "another"}, {"reopened_at": may(4)}, {"reopened_at": NOW + 1}],
    ids=["without evidence", "of another closure", "before it", "not yet"],
)
def test_what_does_not_open_a_road(changes: dict[str, Any]) -> None:
    assert TOWNS.plus(SLIDE, replace(CLEARED, **changes)).verdict() == "no-go"


def test_a_closure_ends_with_the_first_report() -> None:
    later = replace(CLEARED, id="again", reopened_at=NOW)
    assert TOWNS.plus(SLIDE, later, CLEARED).verdict() == "go"


def test_a_closed_road_leaves_no_window_that_the_operation_needs() -> None:
    needs = TOWNS.but(MOVEMENT, window_needed_s=9 * HOUR, window_basis="unloading")
    assert needs.verdict() == "go"
    # It opens when the column comes: 09:22 to 18:00 is less than nine hours.
    shut = needs.plus(replace(SLIDE, valid=Span(may(5), may(6, 9, 22))))
    assert shut.failing() == {("T1", "WINDOW-TOO-SHORT")}


def test_a_closed_area_leaves_no_window_that_the_operation_needs() -> None:
    needs = TOWNS.but(MOVEMENT, window_needed_s=9 * HOUR, window_basis="unloading")
    shut = replace(SLIDE, edges=(), areas=("north-bank",), valid=Span(may(5), may(6, 9)))
    assert needs.plus(shut).failing() == set()  # 09:00 to 18:00 is nine hours
    longer = replace(shut, valid=Span(may(5), may(6, 9) + 1))
    assert needs.plus(longer).failing() == {("T1", "WINDOW-TOO-SHORT")}


def test_a_slower_road_moves_the_column_and_may_make_it_too_late() -> None:
    slow = RoadSpeed(
        id="mud", speed_kmh=10, valid=Span(DEPART, DEPART + 1), basis=SpeedBasis.CONVOY_LOG,
        edges=("hill-road",),
    )  # fmt: skip
    # 9 km at 10 km/h take 54 min instead of 18, twice: clear at 14:14, or later with the tail.
    assert TOWNS.plus(slow).failing() == {("T1", "TOO-LATE")}
    assert TOWNS.plus(replace(slow, edges=("river-road",))).verdict() == "go"
    assert TOWNS.plus(replace(slow, valid=Span(may(1), DEPART))).verdict() == "go"


def test_a_slower_road_may_also_let_a_column_arrive_when_the_road_is_open() -> None:
    # Why no law says that a slower road never raises a verdict.
    snow = replace(SLIDE, valid=Span(may(5), may(6, 9, 23)))
    assert TOWNS.plus(snow).verdict() == "no-go"
    crawl = RoadSpeed(
        id="crawl", speed_kmh=25, valid=Span(DEPART, DEPART + 1), basis=SpeedBasis.POLICY,
        edges=("bridge-road",),
    )  # fmt: skip
    assert TOWNS.plus(snow, crawl).verdict() == "go"

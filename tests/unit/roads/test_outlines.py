"""Shapes of areas: holes, parts, composites with closed gaps, what overlaps what."""

from __future__ import annotations

import pytest
from shapely import get_coordinates

from safeconduct.errors import AreaRefused, EmptyArea, SelfCrossingArea
from safeconduct.roads.composites import members_of
from safeconduct.roads.outlines import areas_at, overlapping, shapes_of
from safeconduct.spacetime import Area, AreaKind
from tests.unit.roads.drawing import (
    at,
    box,
    composite,
    cut_edge,
    declared,
    network,
    ring,
    road,
    square,
    stretches,
)

THROUGH = road((0, 0), (100, 0))


def gap_areas(gap_m: float) -> tuple[Area, Area]:
    """Two boxes around a road of 100 m, with a gap from its middle on."""
    return box("west", -50, -50, 50, 50), box("east", 50 + gap_m, -50, 150, 50)


def test_a_gap_as_wide_as_recorded_is_closed() -> None:
    east_city = composite("city", "west", "east", closed_by_m=25)
    edge = cut_edge(*gap_areas(24.8), east_city, edge=THROUGH)
    assert ("city", 0, 1000) in stretches(edge)[1]


def test_a_gap_wider_than_recorded_stays_open() -> None:
    east_city = composite("city", "west", "east", closed_by_m=25)
    drawn = network(*gap_areas(25.2), east_city, edge=THROUGH)
    within = [s for s in stretches(drawn.edge("e"))[1] if s[0] == "city"]
    assert within == [("city", 0, 500), ("city", 752, 1000)]
    assert drawn.notes == (
        "uncovered sliver of 25.2 m on edge e between West and East, in area city",
    )


def test_without_a_recorded_width_the_smallest_gap_stays_open_and_is_reported() -> None:
    drawn = network(*gap_areas(5.7), composite("city", "west", "east"), edge=THROUGH)
    assert drawn.notes == (
        "uncovered sliver of 5.7 m on edge e between West and East, in area city",
    )
    assert [set(piece.within) for piece in drawn.pieces("e")] == [
        {"west", "city"},
        set(),
        {"east", "city"},
    ]


def test_a_gap_of_a_hundred_metres_is_no_sliver() -> None:
    far = (box("west", -50, -50, 50, 50), box("east", 150.1, -50, 250, 50))
    drawn = network(*far, composite("city", "west", "east"), edge=road((0, 0), (200, 0)))
    assert drawn.notes == ()


def test_closing_gaps_never_takes_away_ground_of_a_member() -> None:
    # A thin spike and a sharp corner are what widening and narrowing would grind off.
    spike = Area("spike", "Spike", AreaKind.POLYGON, ((ring((0, -1), (100, 0), (0, 1)),),))
    city = composite("city", "spike", closed_by_m=25)
    edge = cut_edge(spike, city, edge=THROUGH)
    within = stretches(edge)[1]
    assert [s[1:] for s in within if s[0] == "city"] == [s[1:] for s in within if s[0] == "spike"]
    shapes = shapes_of([spike, city], members_of([spike, city]))
    assert areas_at(at(98, 0), shapes)[1] == {"spike", "city"}


def test_united_shapes_keep_their_corners_on_whole_numbers() -> None:
    # Two borders that cross between the points of the grid, and rounded ends of a closed gap.
    slope = Area("slope", "Slope", AreaKind.POLYGON, ((ring((0, 0), (60, 7), (60, 31)),),))
    areas = [slope, box("x", 10, 3, 40, 20), box("y", 45, -20, 70, -3)]
    city = composite("city", "slope", "x", "y", closed_by_m=9)
    shape = shapes_of([*areas, city], members_of([*areas, city]))["city"]
    corners = [number for corner in get_coordinates(shape).tolist() for number in corner]
    assert len(corners) > 40
    assert all(number.is_integer() for number in corners)


def test_a_composite_of_composites_holds_what_its_parts_hold() -> None:
    west, east = gap_areas(0)
    whole = composite("whole", "half", "east")
    edge = cut_edge(whole, east, composite("half", "west"), west, edge=THROUGH)
    assert ("whole", 0, 1000) in stretches(edge)[1]
    assert ("half", 0, 500) in stretches(edge)[1]


def test_a_composite_of_declared_areas_alone_has_no_shape() -> None:
    areas = [declared("d"), composite("c", "d", closed_by_m=25)]
    assert shapes_of(areas, members_of(areas)) == {}


def test_a_corridor_may_have_an_outline() -> None:
    lane = Area("lane", "Lane", AreaKind.CORRIDOR, ((square(10, -5, 30, 5),),))
    assert stretches(cut_edge(lane, edge=THROUGH))[1] == [("lane", 100, 300)]


def test_areas_overlap_by_surface_and_not_by_a_border_or_a_corner() -> None:
    areas = [
        box("x", 0, 0, 20, 20),
        box("neighbour", 20, 0, 40, 20),
        box("corner", 20, 20, 40, 40),
        box("over", 19.9, 0, 40, 20),
        box("inside", 5, 5, 6, 6),
    ]
    pairs = overlapping(shapes_of(areas, {}))
    assert {other for pair in pairs if "x" in pair for other in pair} == {"x", "over", "inside"}


def test_a_point_on_a_border_is_touched_and_not_inside() -> None:
    shapes = shapes_of([box("x", 0, 0, 20, 20), box("y", 20, 0, 40, 20)], {})
    assert areas_at(at(20, 10), shapes) == ({"x", "y"}, set())
    assert areas_at(at(10, 10), shapes) == ({"x"}, {"x"})
    assert areas_at(at(50, 10), shapes) == (set(), set())


def test_an_outline_that_crosses_itself_is_refused() -> None:
    bow = Area("x", "X", AreaKind.POLYGON, ((ring((0, 0), (10, 10), (10, 0), (0, 10)),),))
    with pytest.raises(SelfCrossingArea, match="'x'"):
        shapes_of([bow], {})


def test_an_outline_without_surface_is_refused() -> None:
    flat = Area("x", "X", AreaKind.POLYGON, ((ring((0, 0), (10, 0), (20, 0)),),))
    with pytest.raises(EmptyArea, match="encloses no surface"):
        shapes_of([flat], {})


def test_a_hole_outside_its_outline_is_refused() -> None:
    stray = Area("x", "X", AreaKind.POLYGON, ((square(0, 0, 9, 9), square(20, 0, 25, 5)),))
    with pytest.raises(AreaRefused) as refused:
        shapes_of([stray], {})
    assert "rings of the area 'x' make no polygon: Hole lies outside shell" in str(refused.value)
    assert "followed by holes that lie inside it" in refused.value.remedy

"""Roads cut by outlines, in metres on a drawing board; decimetres come out."""

from __future__ import annotations

import pytest

from safeconduct.roads.cutting import Cut, cut
from safeconduct.spacetime import Area, AreaKind
from tests.unit.roads.drawing import box, cut_edge, network, ring, road, square, stretches


def test_a_road_through_an_area_is_cut_at_both_borders() -> None:
    edge = cut_edge(box("x", 10, -5, 30, 5), edge=road((0, 0), (50, 0)))
    assert edge.length_dm == 500
    assert stretches(edge) == ([("x", 100, 300)], [("x", 100, 300)])


def test_a_road_inside_an_area_is_within_it_from_end_to_end() -> None:
    edge = cut_edge(box("x", -5, -5, 60, 5), edge=road((0, 0), (20, 1), (50, 0)))
    assert stretches(edge) == ([("x", 0, edge.length_dm)], [("x", 0, edge.length_dm)])


def test_a_road_past_an_area_has_nothing_of_it() -> None:
    assert stretches(cut_edge(box("x", 10, 1, 30, 5), edge=road((0, 0), (50, 0)))) == ([], [])


def test_two_areas_that_share_a_border_end_and_begin_at_one_number() -> None:
    west, east = box("west", -5, -5, 23.456, 5), box("east", 23.456, -5, 60, 5)
    edge = cut_edge(west, east, edge=road((0, 0), (50, 1)))
    assert stretches(edge)[1] == [("east", 235, 500), ("west", 0, 235)]


def test_a_border_with_more_corners_on_one_side_is_still_one_border() -> None:
    east = Area("east", "East", AreaKind.POLYGON, ((ring((20, -5), (60, -5), (60, 5), (22, 5)),),))
    for step in range(200):
        # A corner of the west on the east's straight border; rounded, it lies millimetres off it,
        # and in one of some thirty steps the two would be rounded to different decimetres.
        north = -4 + 0.037 * step
        corner = (21 + north / 5, north)
        outline = ring((-5, -5), (20, -5), corner, (22, 5), (-5, 5))
        west = Area("west", "West", AreaKind.POLYGON, ((outline,),))
        edge = cut_edge(west, east, edge=road((0, north + 0.03), (50, north + 0.03)))
        after, before = edge.within
        assert (before.area, after.area) == ("west", "east")
        assert before.end_dm == after.start_dm


def test_a_road_along_a_border_is_touched_and_not_within() -> None:
    edge = cut_edge(box("x", 10, 0, 30, 5), edge=road((0, 0), (50, 0)))
    assert stretches(edge) == ([("x", 100, 300)], [])


def test_a_road_that_follows_a_border_and_turns_in_is_within_from_there_on() -> None:
    edge = cut_edge(box("x", 0, 0, 40, 40), edge=road((10, 0), (30, 0), (30, 20)))
    assert stretches(edge) == ([("x", 0, 400)], [("x", 200, 400)])


def test_a_road_that_goes_back_over_itself_is_cut_each_time() -> None:
    edge = cut_edge(box("x", 10, -5, 60, 5), edge=road((0, 0), (30, 0), (0, 0)))
    assert stretches(edge) == ([("x", 100, 500)], [("x", 100, 500)])


def test_a_contact_at_a_point_is_dropped_and_said_so() -> None:
    tip = Area("x", "X", AreaKind.POLYGON, ((ring((20, 0), (30, 9), (10, 9)),),))
    touching = network(tip, edge=road((0, 0), (20, 0), (50, 0)))
    assert stretches(touching.edge("e")) == ([], [])
    (note,) = touching.notes
    assert note == "dropped: edge e touches area x at a point, 20.0 m from its start"


def test_a_road_that_ends_at_a_border_only_touches_it_at_a_point() -> None:
    arriving = network(box("x", 30, -5, 50, 5), edge=road((0, 0), (30, 0)))
    assert stretches(arriving.edge("e")) == ([], [])
    assert arriving.notes == ("dropped: edge e touches area x at a point, 30.0 m from its start",)


def test_a_border_met_from_inside_at_a_point_cuts_nothing() -> None:
    edge = cut_edge(box("x", -5, -5, 60, 5), edge=road((0, 0), (20, 5), (40, 0)))
    assert stretches(edge)[1] == [("x", 0, edge.length_dm)]


@pytest.mark.parametrize(("tip_m", "decimetre"), [(20.03, 200), (20.07, 200), (20.13, 201)])
def test_a_corner_cut_by_centimetres_touches_its_decimetre_and_holds_none(
    tip_m: float, decimetre: int
) -> None:
    # The tip reaches 1 cm over the road, so less than 3 cm of road lie inside it.
    outline = ring((tip_m, -0.01), (tip_m + 10, 9), (tip_m - 10, 9))
    tip = Area("x", "X", AreaKind.POLYGON, ((outline,),))
    edge = cut_edge(tip, edge=road((0, 0), (50, 0)))
    assert stretches(edge) == ([("x", decimetre, decimetre + 1)], [])


def test_a_hole_in_an_area_is_outside() -> None:
    yard = Area("x", "X", AreaKind.POLYGON, ((square(0, -20, 60, 20), square(20, -5, 30, 5)),))
    edge = cut_edge(yard, edge=road((5, 0), (55, 0)))
    parts = [("x", 0, 150), ("x", 250, 500)]
    assert stretches(edge) == (parts, parts)


def test_parts_of_one_area_that_share_a_border_have_none_between_them() -> None:
    halves = Area("x", "X", AreaKind.POLYGON, ((square(0, -5, 20, 5),), (square(20, -5, 60, 5),)))
    edge = cut_edge(halves, edge=road((5, 0), (55, 0)))
    assert stretches(edge)[1] == [("x", 0, 500)]


def test_a_stated_length_stretches_the_cuts_with_the_road() -> None:
    edge = cut_edge(box("x", 10, -5, 30, 5), edge=road((0, 0), (50, 0), length_dm=1000))
    assert edge.length_dm == 1000
    assert stretches(edge)[1] == [("x", 200, 600)]


def test_repeated_points_do_no_harm() -> None:
    edge = cut_edge(box("x", 10, -5, 30, 5), edge=road((0, 0), (0, 0), (20, 0), (20, 0), (50, 0)))
    assert stretches(edge)[1] == [("x", 100, 300)]


@pytest.mark.parametrize("length_m", [0.012, 0.03, 0.06, 0.2])
def test_the_shortest_roads_are_within_what_holds_them(length_m: float) -> None:
    edge = cut_edge(box("x", -5, -5, 5, 5), edge=road((0, 0), (length_m, 0)))
    assert stretches(edge)[1] == [("x", 0, edge.length_dm)]


def test_a_road_that_turns_inside_an_area_has_its_length_along_the_road() -> None:
    # 20 m up and 20 m down inside; the crossings are 10 m and 50 m along the road.
    edge = cut_edge(box("x", 10, -5, 50, 25), edge=road((0, 0), (30, 0), (30, 20), (60, 20)))
    assert edge.length_dm == 800
    assert stretches(edge)[1] == [("x", 100, 700)]


def test_without_lines_or_without_shapes_nothing_is_cut() -> None:
    assert cut((), {}) == {}
    edge = cut_edge(edge=road((0, 0), (50, 0)))
    assert stretches(edge) == ([], [])
    assert Cut() == Cut((), (), ())

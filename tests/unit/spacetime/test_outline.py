"""Outlines: clear ones pass, doubtful ones are refused with ring and place.

The last test compares the exact test with an independent one: the faces into which a ring cuts the
plane (found by the geometry library) and how often the ring winds round each of them.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry.base import BaseGeometry as Geometry
from shapely.ops import polygonize

from safeconduct.errors import AreaRefused, EmptyArea, SelfCrossingArea
from safeconduct.spacetime import Area, AreaKind, Point, Ring, check_outline
from tests.shared_material import shared_dir

Corner = tuple[int, int]


def ring(*corners: Corner) -> Ring:
    """The ring through these corners, closed."""
    return tuple(Point(*corner) for corner in (*corners, corners[0]))


def area(*polygons: tuple[Ring, ...]) -> Area:
    """An area with these polygons."""
    return Area("a", "A", AreaKind.POLYGON, polygons)


# At (4, 4) one way turns back below, the other leaves upwards beside it without crossing.
BESIDE = ring((0, 0), (4, 4), (8, 0), (8, 4), (4, 4), (4, 8))
SQUARE = ring((0, 0), (8, 0), (8, 8), (0, 8))
INNER = ring((2, 2), (4, 2), (4, 4), (2, 4))


@pytest.mark.parametrize(
    "polygons",
    [
        ((SQUARE,),),
        ((SQUARE[::-1],),),  # clockwise
        ((SQUARE, INNER),),
        ((INNER,), (SQUARE,)),  # polygons of one area may overlap: together they are one area
        ((ring((0, 0), (4, 0), (4, 0), (4, 0), (8, 0), (8, 8)),),),  # repeated, and in line
        ((ring((0, 0), (4, 4), (8, 0), (8, 8), (4, 4), (0, 8)),),),  # touches itself at 4, 4
        ((ring((0, 0), (8, 0), (8, 8), (4, 0), (0, 8)),),),  # a corner touches the side 0-8
        ((BESIDE,),),
        ((BESIDE[::-1],),),
        ((SQUARE, ring((0, 0), (4, 2), (2, 4))),),  # a hole touches the corner of its ring
        ((SQUARE, ring((0, 4), (4, 2), (4, 6))),),  # a hole touches the side of its ring
    ],
)
def test_an_outline_with_a_clear_inside_passes(polygons: tuple[tuple[Ring, ...], ...]) -> None:
    check_outline(area(*polygons))


def test_an_area_without_an_outline_passes() -> None:
    check_outline(Area("east", "East", AreaKind.DECLARED))


def test_an_outline_that_crosses_itself_is_refused_with_ring_and_place() -> None:
    bow_tie = ring((0, 0), (80_000_000, 80_000_000), (80_000_000, 0), (0, 80_000_000))
    with pytest.raises(SelfCrossingArea) as refused:
        check_outline(area((SQUARE,), (bow_tie,)))
    assert (
        "Ring 1 of polygon 2 of the area 'a' crosses itself at 4.0000000, 4.0000000 (longitude, "
        "latitude)." in str(refused.value)
    )
    assert "Draw the outline again near that place" in refused.value.remedy
    assert refused.value.facts["rings"] == [1]
    assert (refused.value.facts["lon_e7"], refused.value.facts["lat_e7"]) == (40_000_000,) * 2


def test_the_place_of_a_crossing_is_rounded_to_the_nearest_unit() -> None:
    # (0,0)-(8,3) and (3,0)-(3,8) meet at lat 3 x 3/8 = 1.125, rounded 1.
    crossing = ring((0, 0), (8, 3), (8, 8), (3, 8), (3, 0))
    with pytest.raises(SelfCrossingArea) as refused:
        check_outline(area((crossing,)))
    assert (refused.value.facts["lon_e7"], refused.value.facts["lat_e7"]) == (3, 1)


@pytest.mark.parametrize(
    ("corners", "says"),
    [
        (
            ((0, 0), (4, 4), (8, 8), (8, 0), (4, 4), (0, 8)),
            "crosses itself at 0.0000004, 0.0000004",
        ),
        (((0, 0), (8, 8), (8, 0), (4, 4), (0, 8)), "crosses itself at 0.0000004, 0.0000004"),
        (((0, 0), (8, 0), (8, 8), (8, 4)), "runs along itself"),  # a spike on the side
        (((0, 0), (8, 0), (4, 0), (4, 4)), "runs along itself at 0.0000004, 0.0000000"),
        (((0, 0), (8, 0), (0, 8), (0, 0), (8, 0), (0, 8)), "runs along itself"),  # wound twice
    ],
)
def test_crossing_at_a_corner_and_running_back_are_refused(
    corners: Sequence[Corner], says: str
) -> None:
    with pytest.raises(SelfCrossingArea, match=says):
        check_outline(area((ring(*corners),)))


@pytest.mark.parametrize(
    ("hole", "says"),
    [
        (
            ring((4, 4), (12, 4), (12, 6), (4, 6)),
            "Ring 1 .* crosses ring 2 at 0.0000008, 0.0000004",
        ),
        (ring((0, 2), (4, 2), (4, 4), (0, 4)), "Ring 1 .* runs along ring 2"),
    ],
)
def test_a_hole_that_meets_its_outer_ring_otherwise_than_at_a_point_is_refused(
    hole: Ring, says: str
) -> None:
    with pytest.raises(SelfCrossingArea, match=says):
        check_outline(area((SQUARE, hole)))


@pytest.mark.parametrize(
    "corners",
    [
        ((3, 3), (3, 3), (3, 3)),
        ((0, 0), (4, 4), (8, 8)),
        ((0, 0), (8, 0), (4, 0), (6, 0)),
    ],
)
def test_an_outline_on_one_line_is_empty(corners: Sequence[Corner]) -> None:
    with pytest.raises(EmptyArea, match="Ring 1 of polygon 1 of the area 'a' encloses no surface"):
        check_outline(area((ring(*corners),)))


@pytest.mark.parametrize("hole", [SQUARE, ring((10, 2), (12, 2), (12, 4), (10, 4))])
def test_holes_that_leave_nothing_are_refused(hole: Ring) -> None:
    with pytest.raises(EmptyArea, match=r"nothing is left of it.*outer ring first"):
        check_outline(area((INNER, hole)))


def test_all_neighbourhoods_of_aleppo_have_clear_outlines() -> None:
    places = shared_dir() / "data" / "places" / "aleppo-neighbourhoods.geojson"
    features = json.loads(places.read_text(encoding="utf-8"))["features"]
    assert len(features) == 133
    for feature in features:
        assert feature["geometry"]["type"] == "MultiPolygon"
        check_outline(area(*(tuple(map(_ring_of, p)) for p in feature["geometry"]["coordinates"])))


def _ring_of(positions: Sequence[Sequence[float]]) -> Ring:
    return tuple(Point(round(lon * 10**7), round(lat * 10**7)) for lon, lat, *_ in positions)


corners_on_a_grid = st.lists(
    st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=3, max_size=9
)


@given(corners_on_a_grid)
@settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)
def test_an_outline_passes_exactly_when_it_winds_once_round_what_it_encloses(
    corners: list[Corner],
) -> None:
    lines = [shapely.LineString(pair) for pair in pairwise([*corners, corners[0]])]
    noded = shapely.unary_union(lines)
    runs_along_itself = noded.length < sum(line.length for line in lines) - 1e-9
    winds_once = _windings(corners, noded) in ({1}, {-1})
    clear = winds_once and not runs_along_itself
    if _most_ways_through_a_place(noded) <= 2:
        assert _passes(corners) == clear
    else:
        # Three ways that cross in one place can leave windings that look as if none had crossed.
        assert clear or not _passes(corners)


def _passes(corners: list[Corner]) -> bool:
    try:
        check_outline(area((ring(*corners),)))
    except AreaRefused:
        return False
    return True


def _windings(corners: list[Corner], noded: Geometry) -> set[int]:
    """How often the ring goes round each face that it cuts out of the plane, 0 left out."""
    closed = [*corners, corners[0]]
    faces = [face.representative_point() for face in polygonize(noded)]
    return {_winding(closed, face.x, face.y) for face in faces} - {0}


def _most_ways_through_a_place(noded: Geometry) -> int:
    """The largest number of ways through one place; each comes and goes, so it has two ends."""
    # Rounded, for the geometry library finds a shared crossing once for each pair of lines.
    ends = Counter(
        (round(x, 9), round(y, 9))
        for line in shapely.get_parts(noded)
        for x, y in (*line.coords[:1], *line.coords[-1:])
    )
    return max(ends.values(), default=0) // 2


def _winding(closed: list[Corner], x: float, y: float) -> int:
    """How often a closed line goes round a place off the line: up-crossings less down-crossings."""
    count = 0
    for (x0, y0), (x1, y1) in pairwise(closed):
        left = (x1 - x0) * (y - y0) - (x - x0) * (y1 - y0)
        if y0 <= y < y1 and left > 0:
            count += 1
        elif y1 <= y < y0 and left < 0:
            count -= 1
    return count

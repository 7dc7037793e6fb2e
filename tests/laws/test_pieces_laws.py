"""Pieces of road: nothing left out, never more inside an area, never less touched by one.

The oracles are slow and plain: an edge looked at decimetre by decimetre, and a line on the map
sampled every decimetre with the geometry library's own answer for each point.
"""

from __future__ import annotations

import math
import os
from collections.abc import Sequence
from itertools import pairwise

import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.roads import Edge, Network, Piece, RawEdge, RawNetwork, RawPlace, Stretch
from safeconduct.roads.build import build
from safeconduct.roads.pieces import pieces_of
from safeconduct.roads.pin import pinned, unpinned
from safeconduct.spacetime import Area, AreaKind, Point

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)

LONGEST_DM = 40
AREAS = ("x", "y", "z")


@st.composite
def stretches(draw: st.DrawFn) -> tuple[Stretch, ...]:
    """A few stretches of a few areas, which may overlap, meet and repeat one another."""
    starts = st.integers(0, LONGEST_DM - 1)
    return tuple(
        Stretch(draw(st.sampled_from(AREAS)), start, draw(st.integers(start + 1, LONGEST_DM)))
        for start in draw(st.lists(starts, max_size=6))
    )


@st.composite
def edges(draw: st.DrawFn) -> Edge:
    """An edge whose areas hold less of it than they touch."""
    within = draw(stretches())
    return Edge("e", "A", "B", LONGEST_DM, draw(stretches()) + within, within)


def areas_at(stretches: Sequence[Stretch], dm: int) -> set[str]:
    """The areas of all stretches that have the decimetre from `dm` to `dm + 1`."""
    return {s.area for s in stretches if s.start_dm <= dm < s.end_dm}


@pytest.mark.law(16)
@examples
@given(edges())
def test_the_pieces_of_an_edge_are_the_edge(edge: Edge) -> None:
    pieces = pieces_of(edge)
    assert (pieces[0].start_dm, pieces[-1].end_dm) == (0, edge.length_dm)
    assert all(before.end_dm == after.start_dm for before, after in pairwise(pieces))
    assert all(piece.length_dm > 0 for piece in pieces)


@pytest.mark.law(16)
@examples
@given(edges())
def test_a_piece_has_the_areas_of_every_one_of_its_decimetres(edge: Edge) -> None:
    for piece in pieces_of(edge):
        for dm in range(piece.start_dm, piece.end_dm):
            assert areas_at(edge.touched, dm) == piece.touched
            assert areas_at(edge.within, dm) == piece.within


@examples
@given(edges())
def test_an_edge_is_cut_nowhere_without_need(edge: Edge) -> None:
    for before, after in pairwise(pieces_of(edge)):
        assert (before.touched, before.within) != (after.touched, after.within)


@examples
@given(st.permutations(range(6)), st.lists(edges(), min_size=6, max_size=6))
def test_class_numbers_do_not_depend_on_the_order_of_edges(
    order: list[int], met: list[Edge]
) -> None:
    named = [
        Edge(f"e{n}", "A", "B", edge.length_dm, edge.touched, edge.within)
        for n, edge in enumerate(met)
    ]
    ends = build((), RawNetwork((RawPlace("A"), RawPlace("B")))).places
    straight = Network("n", ends, tuple(named), frozenset(AREAS))
    shuffled = Network("n", ends[::-1], tuple(named[n] for n in order), frozenset(AREAS))
    assert straight.version == shuffled.version
    assert straight.classes == shuffled.classes
    for edge in named:
        for piece, number in zip(
            straight.pieces(edge.id), straight.edge_classes(edge.id), strict=True
        ):
            assert straight.classes[number] == (piece.touched, piece.within)


# On the map. One metre is about 90 of these units north and 111 east at 36 degrees north.

EAST, NORTH = 371_000_000, 362_000_000
METRES_EAST = 0.0111320 * math.cos(math.radians(36.2))
METRES_NORTH = 0.0110958
REACH = 800


def corner(x: int, y: int) -> Point:
    """A point some units east and north of the middle of the drawing."""
    return Point(EAST + x, NORTH + y)


# A coarse grid, so that lines often run through corners and along borders.
grid = st.integers(-8, 8).map(lambda step: step * REACH // 8)
corners = st.builds(corner, grid, grid)


@st.composite
def lines(draw: st.DrawFn) -> tuple[Point, ...]:
    """A line of a few metres, which may cross itself and go back the way it came."""
    line = draw(st.lists(corners, min_size=2, max_size=5))
    assume(len(set(line)) > 1)
    return tuple(line)


@st.composite
def outlines(draw: st.DrawFn, name: str = "x") -> Area:
    """A star-shaped polygon of three to seven corners around one of its own."""
    x, y = draw(grid) // 2, draw(grid) // 2
    turns = sorted(draw(st.sets(st.integers(0, 15), min_size=3, max_size=7)))
    # Less than half a turn between neighbours keeps the middle inside.
    assume(all((b - a) % 16 < 8 for a, b in zip(turns, turns[1:] + turns[:1], strict=True)))
    ring = []
    for turn in turns:
        reach, angle = draw(st.integers(1, 7)) * 100, turn * math.pi / 8
        ring.append(corner(x + round(reach * math.cos(angle)), y + round(reach * math.sin(angle))))
    assume(shapely.Polygon([(at.lon_e7, at.lat_e7) for at in ring]).is_valid)
    return Area(name, name, AreaKind.POLYGON, (((*ring, ring[0]),),))


def network_of(areas: Sequence[Area], line: tuple[Point, ...]) -> Network:
    """The network of one edge along this line."""
    ends = (RawPlace("A", at=line[0]), RawPlace("B", at=line[-1]))
    return build(areas, RawNetwork(ends, (RawEdge("e", "A", "B", line=line),)))


def shape(area: Area) -> shapely.Polygon:
    """The outline for the oracle, in metres east and north of the middle."""
    return shapely.Polygon([_metres(at) for at in area.polygons[0][0]])


def _metres(at: Point) -> tuple[float, float]:
    return (at.lon_e7 - EAST) * METRES_EAST, (at.lat_e7 - NORTH) * METRES_NORTH


@pytest.mark.law(16)
@examples
@given(lines(), st.lists(outlines(), min_size=1, max_size=1))
def test_every_decimetre_on_the_map_is_touched_and_within_as_drawn(
    line: tuple[Point, ...], areas: list[Area]
) -> None:
    network, drawn = network_of(areas, line), shape(areas[0])
    road = shapely.LineString([_metres(at) for at in line])
    border = road.intersection(drawn.exterior)
    ends = [shapely.Point(end) for end in shapely.get_coordinates(border)]
    for piece in network.pieces("e"):
        for dm in range(piece.start_dm, piece.end_dm):
            sample = road.interpolate((dm + 0.5) / 10)
            # Half a decimetre of rounding here, half in the cut: nothing is claimed so near to it.
            if any(sample.distance(end) < 0.1 for end in ends):
                continue
            on_border = drawn.exterior.distance(sample) < 1e-6
            assert ("x" in piece.touched) == (on_border or drawn.contains(sample))
            assert ("x" in piece.within) == (drawn.contains(sample) and not on_border)


@st.composite
def neighbours(draw: st.DrawFn) -> tuple[Area, Area]:
    """Two areas that share a crooked border and together make a square."""
    knees = sorted(draw(st.sets(st.integers(-7, 7), max_size=4)))
    border = [(draw(grid) // 2, y * REACH // 8) for y in (-9, *knees, 9)]
    far = 10 * REACH // 8
    out = []
    for name, side in (("west", -far), ("east", far)):
        ring = [corner(x, y) for x, y in [*border, (side, border[-1][1]), (side, border[0][1])]]
        out.append(Area(name, name, AreaKind.POLYGON, (((*ring, ring[0]),),)))
    return out[0], out[1]


@pytest.mark.law(16)
@examples
@given(neighbours(), lines())
def test_two_areas_with_one_border_leave_no_road_between_them(
    areas: tuple[Area, Area], line: tuple[Point, ...]
) -> None:
    pieces = network_of(areas, line).pieces("e")
    assert all(piece.touched for piece in pieces)
    # Only along the border itself is a road in neither, and then it is touched by both.
    for piece in pieces:
        assert piece.within or piece.touched == {"west", "east"}


@examples
@given(neighbours(), lines(), st.integers(0, 3))
def test_two_areas_with_one_border_hold_all_road_once_put_together(
    areas: tuple[Area, Area], line: tuple[Point, ...], closed_by_m: int
) -> None:
    both = Area("both", "both", AreaKind.COMPOSITE, (), ("east", "west"), closed_by_m)
    network = network_of((both, *areas), line)
    assert all("both" in piece.within for piece in network.pieces("e"))


@examples
@given(lines(), outlines("x"), outlines("y"))
def test_areas_that_both_hold_a_piece_share_ground(
    line: tuple[Point, ...], one: Area, other: Area
) -> None:
    network = network_of((one, other), line)
    # Square metres. Corners on the grid can share a sliver of some 1e-9, and rounding makes one of
    # 1e-14 where two outlines only meet: in between the oracle does not know.
    shared = shape(one).intersection(shape(other)).area
    if not 1e-13 < shared < 1e-6:
        assert network.overlap("x", "y") == (shared >= 1e-6)
    if any(piece.within == {"x", "y"} for piece in network.pieces("e")):
        assert network.overlap("x", "y")


@examples
@given(lines(), outlines("x"), outlines("y"), st.integers(0, 2))
def test_a_stored_network_is_the_network(
    line: tuple[Point, ...], one: Area, other: Area, closed_by_m: int
) -> None:
    both = Area("both", "both", AreaKind.COMPOSITE, (), ("x", "y"), closed_by_m)
    network = network_of((both, one, other), line)
    again = unpinned(pinned(network))
    assert again == network
    assert (again.version, again.classes) == (network.version, network.classes)
    assert pieces_by_class(again) == pieces_by_class(network)


def pieces_by_class(network: Network) -> list[tuple[int, Piece]]:
    """Every piece with its class number, in order."""
    return [(network.piece_class(piece), piece) for piece in network.pieces("e")]

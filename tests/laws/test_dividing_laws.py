"""Dividing a graph by areas: quick, and to the decimetre what cutting every road by hand gives.

The oracles: `build`, which cuts every line exactly, and for single points the geometry library's
own answer. Coordinates lie on a coarse grid, so that lines run along borders, end on them and
touch them at points far more often than on any map.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import fields, replace
from random import Random

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.roads import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.roads.dividing import divide, division_of, graph_of, redivide
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph
from safeconduct.spacetime import Area, AreaKind, Point, Ring

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "150")), deadline=None)
seeds = st.integers(0, 2**32)

WEST, SOUTH = 371_000_000, 362_000_000
STEP = 1_000  # about 10 m
GRID = 12


def spot(rng: Random) -> Point:
    """A point of the grid, or now and then one that is not on it."""
    off = rng.choice((0, 0, 0, 0, 1, 137))
    x, y = (STEP * rng.randrange(GRID) + off for _ in range(2))
    return Point(WEST + x, SOUTH + y)


def roads(rng: Random) -> RawNetwork:
    """Some roads of a few corners between points of the grid; some have a length of their own."""
    places: dict[Point, str] = {}
    edges = []
    for number in range(rng.randint(1, 12)):
        line = [spot(rng) for _ in range(rng.choice((2, 2, 3, 5)))]
        if len({*line}) < 2:
            continue
        a, b = (places.setdefault(end, f"p{len(places):02}") for end in (line[0], line[-1]))
        stated = rng.randrange(1, 4_000) if rng.random() < 0.2 else None
        edges.append(RawEdge(f"e{number:02}", a, b, line=tuple(line), length_dm=stated))
    return RawNetwork(tuple(RawPlace(id, at=at) for at, id in places.items()), tuple(edges))


def ring(corners: Sequence[tuple[int, int]]) -> Ring:
    points = [Point(WEST + STEP * x, SOUTH + STEP * y) for x, y in corners]
    return (*points, points[0])


def outline(rng: Random) -> tuple[Ring, ...]:
    """A triangle, a rectangle, or a rectangle with a hole."""
    while True:
        (a, b), (c, d) = ((rng.randrange(-1, GRID + 1) for _ in range(2)) for _ in range(2))
        west, east, south, north = min(a, c), max(a, c), min(b, d), max(b, d)
        if west == east or south == north:
            continue
        box = [(west, south), (east, south), (east, north), (west, north)]
        kind = rng.choice(("box", "box", "triangle", "hole"))
        if kind == "triangle":
            return (ring(rng.sample(box, 3)),)
        if kind == "hole" and east - west > 2 and north - south > 2:
            inner = [(x + (1 if x == west else -1), y + (1 if y == south else -1)) for x, y in box]
            return ring(box), ring(inner)
        return (ring(box),)


def areas(rng: Random) -> tuple[Area, ...]:
    """Some areas; composites of them, with gaps closed or not; and one without an outline."""
    plain = [
        Area(f"a{number}", f"A {number}", AreaKind.POLYGON, (outline(rng),))
        for number in range(rng.randint(1, 6))
    ]
    ids = [one.id for one in plain]
    found = [*plain]
    for number in range(rng.choice((0, 0, 1, 2))):
        members = tuple(rng.sample(ids, rng.randint(1, len(ids))))
        closed_by_m = rng.choice((0, 0, 5, 25))
        found.append(
            Area(f"c{number}", f"C {number}", AreaKind.COMPOSITE, (), members, closed_by_m)
        )
        ids.append(f"c{number}")
    if rng.random() < 0.3:
        found.append(Area("word", "Word", AreaKind.DECLARED))
    rng.shuffle(found)
    return tuple(found)


def shown(division: Division) -> dict[str, object]:
    """Everything that a division says, as plain values."""
    said = {one.name: getattr(division, one.name) for one in fields(division)}
    del said["graph"], said["survey"]
    return {name: v.tolist() if isinstance(v, np.ndarray) else v for name, v in said.items()}


def of_build(division: Division, notes: Sequence[str]) -> dict[str, object]:
    """The same, with these notes."""
    return shown(replace(division, notes=tuple(notes)))


def undivided(raw: RawNetwork) -> Graph:
    """The roads as arrays, before anybody has said anything of areas."""
    return graph_of(build((), raw))


@pytest.mark.law(16)
@examples
@given(seeds)
def test_a_divided_graph_is_the_network_that_was_built_from_the_same_lines(seed: int) -> None:
    rng = Random(seed)
    raw, some = roads(rng), areas(rng)
    network = build(some, raw)
    wanted = division_of(network)
    found = divide(undivided(raw), some)
    # A stated length is a word of the source, of which a graph knows nothing.
    cuts = [note for note in network.notes if not note.startswith("length")]
    silent = [note for note in found.notes if note.startswith("area word has no outline")]
    assert shown(found) == of_build(wanted, [*cuts, *silent])


@pytest.mark.law(16)
@examples
@given(seeds)
def test_dividing_anew_near_what_changed_gives_what_dividing_it_all_gives(seed: int) -> None:
    rng = Random(seed)
    graph, before, after = undivided(roads(rng)), areas(rng), areas(rng)
    kept = [one for one in before if one.kind is AreaKind.POLYGON and rng.random() < 0.7]
    now = {one.id: one for one in (*after, *kept)}
    again = redivide(divide(graph, before), tuple(now.values()))
    whole = divide(graph, tuple(now.values()))
    assert shown(again) == shown(whole)
    assert shown(redivide(again, before)) == shown(divide(graph, before))


@pytest.mark.law(16)
@examples
@given(seeds)
def test_no_piece_is_within_more_or_touched_by_less_than_each_of_its_points(seed: int) -> None:
    rng = Random(seed)
    raw = roads(rng)
    plain = tuple(one for one in areas(rng) if one.polygons)
    division = divide(undivided(raw), plain)
    shapes = {one.id: _shape(one) for one in plain}
    for number, edge in enumerate(sorted(raw.edges, key=lambda edge: edge.id)):
        line = shapely.LineString([(at.lon_e7, at.lat_e7) for at in edge.line])
        if edge.length_dm is not None or len(edge.line) > 2:
            continue  # along one straight segment, parts of length are parts of the line
        length_dm = division.graph.length_dm[number]
        start = 0
        for piece in range(*division.piece_first[number : number + 2]):
            end = division.piece_end_dm[piece].item()
            touched, within = division.classes[division.piece_class[piece]]
            # A decimetre inside its ends, which were rounded to it.
            for at_dm in {(start + end) / 2, start + 1.5, end - 1.5}:
                if start + 1.5 <= at_dm <= end - 1.5:
                    # Three points near one another, since a contact in one point is none.
                    points = [
                        line.interpolate((at_dm + aside) / length_dm, normalized=True)
                        for aside in (-0.4, 0, 0.4)
                    ]
                    here = {
                        id: [s.distance(at) < 1e-3 for at in points] for id, s in shapes.items()
                    }
                    assert {id for id, near in here.items() if all(near)} <= touched
                    assert all(shapes[id].buffer(1e-3).contains(points[1]) for id in within)
            start = end


def _shape(area: Area) -> shapely.Polygon:
    rings = [[(at.lon_e7, at.lat_e7) for at in each] for each in area.polygons[0]]
    return shapely.Polygon(rings[0], rings[1:])

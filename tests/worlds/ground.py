"""Made-up roads: one road of a few edges, cut by areas that seldom end where the edges do."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from safeconduct.roads.network import Edge, Network, Place, Stretch
from safeconduct.vocabulary import Step

FAR = "far"  # an area that no road comes near


@dataclass(frozen=True, slots=True)
class Reach:
    """An area on the road, in decimetres from the road's beginning.

    It touches `[start, end)` and holds `[held_from, held_to)` of it; nothing if these are equal.
    """

    area: str
    start: int
    end: int
    held_from: int
    held_to: int


@dataclass(frozen=True, slots=True)
class Ground:
    """A network, the way through it from end to end, and the areas that hold all of that way."""

    network: Network
    way: tuple[Step, ...]
    bases: tuple[str, ...]


def ground(rng: Random) -> Ground:
    """A road of 2 to 8 edges, held from end to end by 1 to 3 areas, among 2 to 6 areas in all.

    Areas end inside edges or at a place; some overlap another, some only touch the road (a hill
    beside it), and one touches nothing. Some edges are drawn against the way.
    """
    marks = [0]
    for _ in range(rng.choice((2, 2, 3, 3, 4, 5, 6, 8))):
        marks.append(marks[-1] + rng.randrange(2_000, 40_000))
    end = marks[-1]
    borders = {0, end}
    for _ in range(rng.choice((0, 1, 1, 2))):
        borders.add(rng.choice(marks) if rng.random() < 0.3 else rng.randrange(1, end))
    cuts = sorted(borders)
    reaches = [_base(rng, f"land-{n}", *cuts[n : n + 2], end) for n in range(len(cuts) - 1)]
    bases = tuple(reach.area for reach in reaches)
    for name in rng.sample(("valley", "ridge"), rng.choice((0, 1, 1, 2))):
        start, stop = sorted(rng.sample(range(end), 2))
        held = (start, stop) if name == "valley" else (start, start)
        reaches.append(Reach(name, start, stop, *held))
    edges, way = zip(*(_edge(rng, n, marks, reaches) for n in range(len(marks) - 1)), strict=True)
    places = tuple(_place(f"p{n}", mark, end, reaches) for n, mark in enumerate(marks))
    overlaps = frozenset(
        (one.area, other.area)
        for one in reaches
        for other in reaches
        if one.area != other.area and one.start < other.end and other.start < one.end
    )
    areas = frozenset({FAR, *(reach.area for reach in reaches)})
    return Ground(Network("roads", places, edges, areas, overlaps), way, bases)


def _base(rng: Random, area: str, start: int, stop: int, end: int) -> Reach:
    # Now and then an area also runs along the road beyond its border: touched, but not within.
    beyond = rng.choice((0, 0, 0, 1, 5_000))
    return Reach(area, max(0, start - beyond), min(end, stop + beyond), start, stop)


def _edge(rng: Random, n: int, marks: list[int], reaches: list[Reach]) -> tuple[Edge, Step]:
    first, last = marks[n], marks[n + 1]
    against = rng.random() < 0.3

    def stretches(which: list[tuple[str, int, int]]) -> tuple[Stretch, ...]:
        out = []
        for area, start, stop in which:
            on_edge = max(start, first) - first, min(stop, last) - first
            if on_edge[0] < on_edge[1]:
                flip = (last - first - on_edge[1], last - first - on_edge[0])
                out.append(Stretch(area, *(flip if against else on_edge)))
        return tuple(out)

    edge = Edge(
        id=f"e{n}",
        a=f"p{n + against}",
        b=f"p{n + 1 - against}",
        length_dm=last - first,
        touched=stretches([(r.area, r.start, r.end) for r in reaches]),
        within=stretches([(r.area, r.held_from, r.held_to) for r in reaches]),
    )
    return edge, Step(edge=edge.id, backwards=against)


def _place(id: str, mark: int, end: int, reaches: list[Reach]) -> Place:
    touched = frozenset(r.area for r in reaches if r.start <= mark <= r.end)
    # A place on the border of two lands counts as inside both: whoever drew the map declared it.
    lands = {r.area for r in reaches if r.held_from <= mark <= r.held_to and "land" in r.area}
    inside = {r.area for r in reaches if r.held_from < mark < r.held_to}
    return Place(id, touched=touched, within=frozenset(lands | inside))

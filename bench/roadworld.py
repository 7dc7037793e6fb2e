"""Roads with seeded windows on them: what the searches are measured on.

A grid of square cells lies over the towns. Cells are drawn until about 40 % of the edges touch one,
and each of those is one of a hundred areas; an area is open in one to three windows of each day. An
edge between two cells must keep to both. A town has one day of windows; a country has two, since
much of it is more than a day away. Every fifth node is a place where a column may stand.
The rest is as it is in a plan: `ways_of` a division, and gates made smaller by the column.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

import numpy as np
from floor import plain  # the script's own folder is on the path

from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph, Ints
from safeconduct.roads.pace import Pace
from safeconduct.roads.search import Gates, Limits, Ways
from safeconduct.roads.ways import ways_of
from safeconduct.spacetime import Span, Spans

__all__ = ["BIG", "DAY", "NOVELTY_S", "SHARE", "WAITING", "World", "world"]

HOUR_S = 3_600
BEGIN = 1_800_000_000 // 86_400 * 86_400
DAY = Span(BEGIN, BEGIN + 24 * HOUR_S)
"""An arbitrary day in 2027: that of the departures."""
BIG = 500_000
"""From so many nodes on it is a country."""

SHARE, WAITING, AREAS = 0.4, 0.2, 100
CELL_E7 = 100_000
"""A hundredth of a degree: about a kilometre."""
TOWN_NODES = 10
"""A cell with fewer nodes is open country, and has no windows."""

COLUMN_S, STOP_S = 120, 4 * HOUR_S
PACE = Pace(
    leg_kmh=50,
    by_kind={"residential": 20, "living_street": 10, "service": 10, "unclassified": 25, "track": 15}
    | {"tertiary": 30, "secondary": 40},
)
NOVELTY_S = 600


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """One network with its windows, and the junctions that searches begin at.

    Parameters
    ----------
    horizon : no moment outside it is looked at.
    sources : junctions of the largest part, from each of which nearly all is reached.
    stops : for each source a junction to deliver to, at most four hours' driving away.
    restricted : the share of edges that are not open all day.
    """

    graph: Graph
    ways: Ways
    gates: Gates
    horizon: Span
    sources: tuple[int, ...]
    stops: dict[int, int]
    restricted: float

    @property
    def limits(self) -> Limits:
        """Those of every set search here."""
        return Limits(until=self.horizon.end, novelty_s=NOVELTY_S)


def world(graph: Graph, *, seed: int, sources: int) -> World:
    """The world of this seed; the same roads, seed and count give the same world."""
    random = np.random.default_rng(seed)
    days = 2 if graph.nodes >= BIG else 1
    horizon = Span(BEGIN, BEGIN + days * 24 * HOUR_S)
    division, restricted = _division(graph, random)
    waits = np.flatnonzero(random.random(graph.nodes) < WAITING).tolist()
    ways = ways_of(division, PACE, waits=waits)
    hours = [
        _hours(random, horizon) if touched else Spans.of([horizon])
        for touched, _ in division.classes
    ]
    rows = [*(_all_open(hours, bundle) for bundle in division.bundles), *hours]
    gates = Gates.of([[*_closed(spans)] for spans in rows])
    inside = (graph.component == 0) & (graph.junction == np.arange(graph.nodes))
    chosen = random.choice(np.flatnonzero(inside), sources, replace=False).tolist()
    stops = {}
    for source in chosen:
        seconds = plain(ways.first, ways.head, ways.seconds, source)
        stops[source] = int(random.choice(np.flatnonzero(inside & (seconds <= STOP_S))))
    return World(graph, ways, gates, horizon, tuple(chosen), stops, restricted)


def _division(graph: Graph, random: np.random.Generator) -> tuple[Division, float]:
    """The graph with an area, or none, for each cell of the grid: class 0 is none."""
    column, row = graph.lon_e7 // CELL_E7, graph.lat_e7 // CELL_E7
    _, cell = np.unique(column.astype(np.int64) << 32 | row, return_inverse=True)
    area = _areas(cell, graph, random)
    low = np.minimum(area[cell[graph.a]], area[cell[graph.b]])
    high = np.maximum(area[cell[graph.a]], area[cell[graph.b]])
    pairs, bundle = np.unique(low.astype(np.int64) << 32 | high, return_inverse=True)
    bundles = tuple((a, b) if a != b else (a,) for a, b in ((p >> 32, p & 0xFFFF) for p in pairs))
    names = [frozenset({f"area-{number}"}) for number in range(AREAS)]
    division = Division(
        graph=graph,
        areas=frozenset().union(*names),
        classes=((frozenset(), frozenset()), *((name, name) for name in names)),
        overlaps=frozenset(),
        # One piece an edge: what a search asks of an edge is its bundle.
        piece_first=np.arange(graph.edges + 1, dtype=np.int32),
        piece_end_dm=graph.length_dm,
        piece_class=high.astype(np.int32),
        edge_bundle=bundle.astype(np.int32),
        bundles=tuple(tuple(int(one) for one in each) for each in bundles),
        node_class=area[cell].astype(np.int32),
    )
    return division, float((high > 0).mean())


def _areas(cell: Ints, graph: Graph, random: np.random.Generator) -> Ints:
    """The class of each cell; restricted ones are drawn until their edges are the wanted share."""
    cells = int(cell.max()) + 1
    area = np.zeros(cells, np.int32)
    towns = np.flatnonzero(np.bincount(cell) >= TOWN_NODES)
    order = random.permutation(towns)
    rank = np.full(cells, cells)
    rank[order] = np.arange(len(order))
    # An edge is restricted as soon as one of its two cells has been drawn.
    soonest = np.sort(np.minimum(rank[cell[graph.a]], rank[cell[graph.b]]))
    drawn = int(soonest[int(SHARE * graph.edges)])
    area[order[:drawn]] = random.integers(1, AREAS + 1, drawn)
    return area


def _all_open(hours: Sequence[Spans], bundle: Iterable[int]) -> Spans:
    return reduce(and_, (hours[number] for number in bundle))


def _closed(spans: Spans) -> Iterator[tuple[int, int]]:
    """The closed spans in which the head may be, so that the whole column is inside."""
    for span in spans:
        if span.start <= span.end - COLUMN_S:
            yield span.start, span.end - COLUMN_S


def _hours(random: np.random.Generator, horizon: Span) -> Spans:
    """On each day one to three windows of three to nine hours, on whole ten minutes."""
    found = []
    for day in range(horizon.start, horizon.end, 24 * HOUR_S):
        for _ in range(int(random.integers(1, 4))):
            start = day + 600 * int(random.integers(0, 21 * 6))
            found.append(Span(start, start + 600 * int(random.integers(18, 55))))
    return Spans.of(found).within(horizon)

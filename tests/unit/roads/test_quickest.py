"""The quickest way, arc by arc, against networkx."""

from __future__ import annotations

import networkx
import numpy as np

from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.quickest import quickest, undivided
from safeconduct.roads.reference import Reference
from safeconduct.roads.search import Ways
from safeconduct.roads.ways import Pace, ways_of
from tests.unit.roads.test_graphing import tracks


def random_ways(rng: np.random.Generator) -> Ways:
    nodes, count = int(rng.integers(2, 12)), int(rng.integers(1, 40))
    tail = np.sort(rng.integers(0, nodes, count))
    numbers = np.arange(count, dtype=np.int32)
    return Ways(
        np.searchsorted(tail, np.arange(nodes + 1)).astype(np.int32),
        rng.integers(0, nodes, count).astype(np.int32),
        rng.integers(1, 50, count).astype(np.int32),
        np.zeros(count, np.int32),
        numbers,
        numbers,
        np.zeros(nodes, np.int32),
        np.zeros(nodes, np.uint8),
    )


def test_a_way_is_as_quick_as_networkx_says_and_hangs_together() -> None:
    rng = np.random.default_rng(3)
    found = 0
    for _ in range(300):
        ways = random_ways(rng)
        nodes = len(ways.first) - 1
        graph = networkx.MultiDiGraph()
        graph.add_nodes_from(range(nodes))
        tails = np.repeat(np.arange(nodes), np.diff(ways.first)).tolist()
        for tail, head, seconds in zip(
            tails, ways.head.tolist(), ways.seconds.tolist(), strict=True
        ):
            graph.add_edge(tail, head, seconds=seconds)
        starts = rng.choice(nodes, min(2, nodes), replace=False).tolist()
        ends = rng.choice(nodes, min(2, nodes), replace=False).tolist()
        each = networkx.multi_source_dijkstra_path_length(graph, set(starts), weight="seconds")
        expected = min((each[end] for end in ends if end in each), default=None)
        way = quickest(Reference(), ways, starts, ends)
        assert (way.seconds if way else None) == expected
        if way is None or not way.arcs:
            continue
        found += 1
        assert tails[way.arcs[0]] in starts
        assert int(ways.head[way.arcs[-1]]) in ends
        for one, other in zip(way.arcs, way.arcs[1:], strict=False):
            assert int(ways.head[one]) == tails[other]
        assert sum(int(ways.seconds[arc]) for arc in way.arcs) == way.seconds
    assert found > 50


def test_a_graph_divided_by_nothing_is_one_class_that_nothing_gates() -> None:
    graph = graph_of_tracks(tracks({"w1": "abc", "w2": "nb"}))
    division = undivided(graph)
    assert division.classes == ((frozenset(), frozenset()),)
    ways = ways_of(division, Pace(40))
    assert not ways.flags.any()
    assert len(ways.head) == graph.arcs

"""Restricted turns, worked into copies of junctions, leave exactly the ways that they allow.

Held against a search that knows of turns by itself: its states are bits of road just driven.
"""

from __future__ import annotations

import heapq
import random
from itertools import pairwise

import numpy as np
import pytest

from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_tracks
from tests.unit.roads.test_graphing import tracks

WORLDS = 300
#: A grid of 3 by 3, 111 m apart; letters by rows.
AT = {"abcdefghi"[3 * y + x]: (10_000 * x, 10_000 * y) for x in range(3) for y in range(3)}
STEPS = ((0, 1), (1, 0), (0, -1), (-1, 0))
TURNS = ("no", "only", "back")

Bit = tuple[str, int, str, str]
"""A bit of road driven: its way, the number of its edge, from which point to which."""

Ways = dict[str, str]
Turns = list[tuple[str, str, str, str]]


def world(rng: random.Random) -> tuple[Ways, list[str], str, Turns]:
    """Ways along the grid, some of them one way, some points blocked, some turns restricted."""
    ways: Ways = {}
    for n in range(rng.randint(4, 9)):
        line = [rng.choice("abcdefghi")]
        while len(line) < rng.randint(2, 4):
            x, y = (value // 10_000 for value in AT[line[-1]])
            nexts = [
                p for p, (u, v) in AT.items() if abs(u // 10_000 - x) + abs(v // 10_000 - y) == 1
            ]
            line.append(rng.choice([p for p in nexts if p not in line[-1:]]))
        ways[f"w{n}"] = "".join(line)
    oneway = [way for way in ways if rng.random() < 0.3]
    blocked = rng.choice("abcdefghi") if rng.random() < 0.3 else ""
    turns: Turns = []
    for _ in range(rng.randint(0, 8)):
        kind, a, b = rng.choice(TURNS), rng.choice(list(ways)), rng.choice(list(ways))
        via = rng.choice(ways[a])
        turns.append((a, via, a if kind == "back" else b, kind))
    return ways, oneway, blocked, turns


def by_states(
    ways: Ways, oneway: list[str], blocked: str, turns: Turns, start: str
) -> dict[str, int]:
    """How many bits of road it takes to each junction; a bit lies between two points of a way."""
    bits = [
        (way, edge, here, there)
        for way, line in ways.items()
        for edge, (p, q) in _edges(line, _junctions(ways, blocked, turns))
        for here, there in ((p, q), (q, p))[: 1 if way in oneway else 2]
    ]
    junctions = {p for way in ways.values() for p in _cuts(way, _junctions(ways, blocked, turns))}
    best: dict[str, int] = {start: 0}
    queue = [(1, n) for n, bit in enumerate(bits) if bit[2] == start]
    seen: set[int] = set()
    while queue:
        steps, n = heapq.heappop(queue)
        if n in seen:
            continue
        seen.add(n)
        here = bits[n][3]
        best.setdefault(here, steps)
        for m, bit in enumerate(bits):
            if bit[2] == here and here not in blocked and _goes_on(bits[n], bit, junctions, turns):
                heapq.heappush(queue, (steps + 1, m))
    return {point: steps for point, steps in best.items() if point in junctions}


def _junctions(ways: Ways, blocked: str, turns: Turns) -> set[str]:
    """Where ways meet, barriers stand or turns are restricted; the ends of a way come on top."""
    counted = [p for line in ways.values() for p in line]
    return {p for p in counted if counted.count(p) > 1} | {*blocked} | {via for _, via, *_ in turns}


def _cuts(line: str, junctions: set[str]) -> dict[str, list[int]]:
    """The points at which a way is cut, and where on it; a circle is cut in its middle as well."""
    at = [k for k, p in enumerate(line) if p in junctions or k in (0, len(line) - 1)]
    at += [(i + k) // 2 for i, k in pairwise(at) if line[i] == line[k]]
    found: dict[str, list[int]] = {}
    for k in sorted(at):
        found.setdefault(line[k], []).append(k)
    return found


def _edges(line: str, junctions: set[str]) -> list[tuple[int, tuple[str, str]]]:
    """The bits of a way, each with the number of its edge."""
    cuts = {k for at in _cuts(line, junctions).values() for k in at}
    return [(sum(c <= k for c in cuts), bit) for k, bit in enumerate(pairwise(line))]


def _goes_on(now: Bit, onward: Bit, junctions: set[str], turns: Turns) -> bool:
    """Whether one bit may be driven after another."""
    same_edge = now[:2] == onward[:2]
    if now[3] not in junctions:  # in the middle of an edge nobody turns
        return same_edge and now[2] != onward[3]
    for a, via, b, kind in turns:
        if (a, via) == (now[0], now[3]) and (
            (kind == "only" and onward[0] != b)
            or (kind == "no" and onward[0] == b)
            or (kind == "back" and same_edge)
        ):
            return False
    return True


def by_graph(graph: Graph, start: str) -> dict[str, float]:
    """The shortest way to each junction in decimetres, over arcs alone."""
    ids = list(graph.node_ids)
    queue = [(0, node) for node in range(graph.nodes) if ids[node].partition("~")[0] == start]
    queue = [one for one in queue if graph.junction[one[1]] == one[1]]
    best: dict[str, float] = {}
    seen: set[int] = set()
    heapq.heapify(queue)
    while queue:
        dm, node = heapq.heappop(queue)
        if node in seen:
            continue
        seen.add(node)
        best.setdefault(ids[node].partition("~")[0], dm)
        for arc in range(int(graph.first[node]), int(graph.first[node + 1])):
            further = dm + int(graph.length_dm[graph.edge[arc]])
            heapq.heappush(queue, (further, int(graph.head[arc])))
    return best


@pytest.mark.parametrize("seed", range(WORLDS))
def test_turns_leave_exactly_the_ways_that_they_allow(seed: int) -> None:
    rng = random.Random(seed)
    ways, oneway, blocked, turns = world(rng)
    graph = graph_of_tracks(tracks(ways, oneway=oneway, blocked=blocked, turns=turns, at=AT))
    nodes = {id.partition("~")[0] for id in graph.node_ids}
    for start in sorted(nodes):
        steps = by_states(ways, oneway, blocked, turns, start)
        found = by_graph(graph, start)
        # Every bit is 110.6 m or 111.3 m long, so their number can be told from the length.
        ours = {id: round(dm / 1_110) for id, dm in found.items()}
        assert ours == {id: n for id, n in steps.items() if id in nodes}, f"seed {seed}, {start}"
    assert np.all(graph.junction[graph.junction] == graph.junction)

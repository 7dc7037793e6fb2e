"""Random small worlds of ways and gates for the search kernels."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.search import GATED, WAIT, Gates, Labels, Start, Ways

Spans = list[tuple[int, int]]


@dataclass(frozen=True)
class Timed:
    """A world, where a search in it starts, and until when it goes."""

    ways: Ways
    gates: Gates
    starts: tuple[Start, ...]
    until: int


def ways_of_arcs(
    arcs: Iterable[tuple[int, int, int, int, int]], node_gate: list[int], flags: list[int]
) -> Ways:
    """Ways from (tail, head, seconds, gate, edge) of each arc."""
    arcs = sorted(arcs)
    tails = [arc[0] for arc in arcs]
    first = np.zeros(len(flags) + 1, np.int32)
    np.cumsum(np.bincount(tails, minlength=len(flags)), out=first[1:])
    columns = np.array([arc[1:] for arc in arcs], np.int32).reshape(-1, 4).T
    head, seconds, gate, edge = (column.copy() for column in columns)
    return Ways(
        first,
        head,
        seconds,
        gate,
        edge,
        np.arange(len(arcs), dtype=np.int32),
        np.array(node_gate, np.int32),
        np.array(flags, np.uint8),
    )


def some_spans(chance: random.Random, horizon: int) -> Spans:
    """Up to four closed spans, sorted and apart; neighbours may be a single second apart."""
    if chance.random() < 0.15:
        return [(-5, horizon + 5)]
    cuts = sorted(chance.sample(range(horizon + 1), 2 * chance.randint(0, 4)))
    return [(cuts[at], cuts[at + 1]) for at in range(0, len(cuts), 2)]


def shorter(spans: Spans, column_s: int) -> Spans:
    """Spans for the head of a column: the tail needs `column_s` more."""
    return [(opens, closes - column_s) for opens, closes in spans if closes - column_s >= opens]


def random_world(chance: random.Random, *, waiting: bool, column_s: int = 0) -> Timed:
    """A world of two to seven nodes; without `waiting` nobody may stand anywhere."""
    horizon = chance.randint(20, 60)
    nodes = chance.randint(2, 7)
    rows = [shorter(some_spans(chance, horizon), column_s) for _ in range(chance.randint(1, 6))]
    arcs = []
    for edge in range(chance.randint(1, 2 * nodes)):
        tail, head = chance.sample(range(nodes), 2)
        gate, seconds = chance.randrange(len(rows)), chance.randint(1, 9)
        arcs.append((tail, head, seconds, gate, edge))
        if chance.random() < 0.7:  # otherwise one-way; a hill may take longer upwards
            up = seconds if chance.random() < 0.8 else chance.randint(1, 9)
            arcs.append((head, tail, up, gate, edge))
    flags = [
        (WAIT if waiting and chance.random() < 0.4 else 0) + (GATED if chance.random() < 0.3 else 0)
        for _ in range(nodes)
    ]
    node_gate = [chance.randrange(len(rows)) for _ in range(nodes)]
    starts = []
    for _ in range(chance.randint(1, 2)):
        earliest = chance.randint(0, horizon)
        latest = min(horizon, earliest + chance.choice((0, 3, horizon)))
        starts.append(Start(chance.randrange(nodes), earliest, latest))
    ways = ways_of_arcs(arcs, node_gate, flags)
    return Timed(ways, Gates.of(rows), tuple(starts), horizon)


def moments(labels: Labels) -> set[tuple[int, int]]:
    """Every (node, moment) that labels hold."""
    columns = (labels.node.tolist(), labels.earliest.tolist(), labels.latest.tolist())
    return {
        (node, moment)
        for node, earliest, latest in zip(*columns, strict=True)
        for moment in range(earliest, latest + 1)
    }

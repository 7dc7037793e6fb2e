"""The quickest way from one junction to another when nothing is closed, arc by arc.

It looks at no guarantee and is no plan: it tells how far it is, for a look at imported roads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph
from safeconduct.roads.search import UNREACHED, SearchKernel, Ways

__all__ = ["Quickest", "quickest", "undivided"]


@dataclass(frozen=True, slots=True)
class Quickest:
    """The arcs of a way, numbered as in the ways that were searched, and the seconds it takes."""

    arcs: tuple[int, ...]
    seconds: int


def quickest(
    kernel: SearchKernel, ways: Ways, starts: Sequence[int], ends: Sequence[int]
) -> Quickest | None:
    """The quickest way from any of `starts` to any of `ends`; None when there is none."""
    left = kernel.static(ways.reversed(), ends)
    node = min(starts, key=lambda one: (int(left[one]), one))
    seconds = int(left[node])
    if seconds == UNREACHED:
        return None
    arcs: list[int] = []
    while left[node]:
        leaving = np.arange(ways.first[node], ways.first[node + 1])
        ahead = left[ways.head[leaving]]
        # Unreached is the largest number there is, and must not be added to.
        right = (ahead < left[node]) & (ahead == left[node] - ways.seconds[leaving])
        arc = int(leaving[np.flatnonzero(right)[0]])
        arcs.append(arc)
        node = int(ways.head[arc])
    return Quickest(tuple(arcs), seconds)


def undivided(graph: Graph) -> Division:
    """The graph divided by no area: every edge one piece, all of one class."""
    edges = graph.edges
    return Division(
        graph=graph,
        areas=frozenset(),
        classes=((frozenset(), frozenset()),),
        overlaps=frozenset(),
        piece_first=np.arange(edges + 1, dtype=np.int32),
        piece_end_dm=graph.length_dm,
        piece_class=np.zeros(edges, np.int32),
        edge_bundle=np.zeros(edges, np.int32),
        bundles=((0,),),
        node_class=np.zeros(graph.nodes, np.int32),
    )

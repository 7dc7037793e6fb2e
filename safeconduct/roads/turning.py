"""Forbidden and compulsory turns, put into the graph itself.

Where a turn is restricted a junction becomes several nodes: who arrives by a road from which some
turns are not allowed arrives at a copy of the junction that only the allowed ones leave. A search
then needs to know nothing of turns. The junction itself keeps every way out: who starts there, or
has arrived without a restriction, may take any.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from safeconduct.roads.graph import Longs, Octets
from safeconduct.roads.tracks import Turn

__all__ = ["Arcs", "with_turns"]


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Arcs from node `tail` to node `head`, each driving `edge`; all of one shape (M,)."""

    tail: Longs
    head: Longs
    edge: Longs
    backwards: Octets


def with_turns(
    arcs: Arcs, nodes: int, edge_way: Longs, turns: Iterable[Turn]
) -> tuple[Arcs, Longs]:
    """The arcs with copies of the junctions where turns are restricted; the junction of each copy.

    Copies are numbered from `nodes` on. Several restrictions hold together: what any of them
    forbids is forbidden.

    Parameters
    ----------
    edge_way : the way of each edge, as the turns number them.
    turns : with `via` as the number of a node.
    """
    at_node: defaultdict[int, list[Turn]] = defaultdict(list)
    for turn in turns:
        at_node[turn.via].append(turn)
    if not at_node:
        return arcs, np.zeros(0, np.int64)
    into = _by_node(arcs.head, at_node)
    out_of = _by_node(arcs.tail, at_node)
    head = arcs.head.copy()
    copies: list[int] = []
    tails: list[int] = []
    taken: list[int] = []
    for node, here in sorted(at_node.items()):
        every = frozenset(out_of[node])
        known = {every: node}
        for arriving in into[node]:
            allowed = _allowed(arcs, edge_way, arriving, every, here)
            if allowed not in known:
                known[allowed] = nodes + len(copies)
                tails += [known[allowed]] * len(allowed)
                taken += sorted(allowed)
                copies.append(node)
            head[arriving] = known[allowed]
    # The copies' ways out are made from the heads as they are now: a road between two restricted
    # junctions leads to the right copy at its other end.
    more = np.array(taken, np.int64)
    return (
        Arcs(
            np.concatenate([arcs.tail, np.array(tails, np.int64)]),
            np.concatenate([head, head[more]]),
            np.concatenate([arcs.edge, arcs.edge[more]]),
            np.concatenate([arcs.backwards, arcs.backwards[more]]),
        ),
        np.array(copies, np.int64),
    )


def _by_node(ends: Longs, wanted: Iterable[int]) -> dict[int, list[int]]:
    order = np.argsort(ends, kind="stable")
    nodes = np.array(sorted(wanted), np.int64)
    low = np.searchsorted(ends, nodes, "left", sorter=order)
    high = np.searchsorted(ends, nodes, "right", sorter=order)
    spans = zip(nodes.tolist(), low.tolist(), high.tolist(), strict=True)
    return {node: order[a:b].tolist() for node, a, b in spans}


def _allowed(
    arcs: Arcs, edge_way: Longs, arriving: int, every: frozenset[int], here: Iterable[Turn]
) -> frozenset[int]:
    allowed = set(every)
    by_edge = arcs.edge[arriving]
    for turn in here:
        if turn.from_way != edge_way[by_edge]:
            continue
        named = {arc for arc in every if edge_way[arcs.edge[arc]] == turn.to_way}
        if turn.back and turn.from_way == turn.to_way:
            named = {arc for arc in named if arcs.edge[arc] == by_edge}
        if turn.only:
            allowed &= named
        else:
            allowed -= named
    return frozenset(allowed)

"""The places between two legs, as nodes of their own.

Between two legs the column is at a place twice over. For the judge that place belongs to the leg
that ends there; of the next leg it asks only that it be let pass, for all the time the column is
there (rule G2). Whoever drives through the same place on the way does not stop, and keeps to the
place as it is. So a stop is a node beside that of the place, with a gate of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from safeconduct.roads.graph import Ints
from safeconduct.roads.search import WAIT, Ways

__all__ = ["with_arrivals", "with_departures"]


def with_arrivals(ways: Ways, ends: Sequence[int], gates: Sequence[int]) -> Ways:
    """The ways with a node more for each of `ends`, to which every arc into it leads as well.

    Parameters
    ----------
    gates : of each of these stops, the row of the gates that holds its service.

    Returns
    -------
    The stops are the last nodes, in the order of `ends`. Nothing leaves them.
    """
    nodes = len(ways.first) - 1
    copied, stops = [], []
    for number, end in enumerate(ends):
        arcs = np.flatnonzero(ways.head == end)
        copied.append(arcs)
        stops.append(np.full(len(arcs), nodes + number, ways.head.dtype))
    arcs, heads = np.concatenate(copied), np.concatenate(stops)
    tails = (np.searchsorted(ways.first, arcs, side="right") - 1).astype(np.int64)
    at = ways.first[tails + 1]
    first = ways.first.copy()
    first[1:] += np.cumsum(np.bincount(tails, minlength=nodes)).astype(first.dtype)

    def more(values: Ints, added: Ints) -> Ints:
        return np.insert(values, at, added)

    return Ways(
        np.concatenate([first, np.repeat(first[-1:], len(ends))]),
        more(ways.head, heads),
        more(ways.seconds, ways.seconds[arcs]),
        more(ways.gate, ways.gate[arcs]),
        more(ways.edge, ways.edge[arcs]),
        more(ways.arc, ways.arc[arcs]),
        np.concatenate([ways.node_gate, np.array(gates, ways.node_gate.dtype)]),
        np.concatenate([ways.flags, ways.flags[list(ends)] & np.uint8(WAIT)]),
    )


def with_departures(ways: Ways, starts: Sequence[int]) -> Ways:
    """The ways with a node more for each of `starts`, from which the same arcs lead.

    Returns
    -------
    The stops are the last nodes, in the order of `starts`. Nothing leads to them, and they can be
    left at any moment: whether the column may be there is asked of the leg that ended there.
    """
    leaving = [np.arange(ways.first[start], ways.first[start + 1]) for start in starts]
    arcs = np.concatenate(leaving)
    counts = np.cumsum([len(each) for each in leaving]).astype(ways.first.dtype)
    there = list(starts)
    return replace(
        ways,
        first=np.concatenate([ways.first, ways.first[-1] + counts]),
        head=np.concatenate([ways.head, ways.head[arcs]]),
        seconds=np.concatenate([ways.seconds, ways.seconds[arcs]]),
        gate=np.concatenate([ways.gate, ways.gate[arcs]]),
        edge=np.concatenate([ways.edge, ways.edge[arcs]]),
        arc=np.concatenate([ways.arc, ways.arc[arcs]]),
        node_gate=np.concatenate([ways.node_gate, ways.node_gate[there]]),
        flags=np.concatenate([ways.flags, ways.flags[there] & np.uint8(WAIT)]),
    )

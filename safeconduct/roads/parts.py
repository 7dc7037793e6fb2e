"""The strongly connected parts of a directed network: between which places is there a way?"""

from __future__ import annotations

import numpy as np

from safeconduct.roads.graph import Ints, Longs

__all__ = ["strong_parts"]

#: Below this many arcs plain Python is quicker than loading scipy (0.2 s).
_SMALL = 20_000


def strong_parts(first: Ints, head: Ints) -> Ints:
    """The number of the part of each node: 0 for the largest, at a tie the one with node least.

    Parameters
    ----------
    first, head : the arcs that leave node `v` lead to `head[first[v]:first[v + 1]]`.

    >>> strong_parts(np.array([0, 1, 2, 3]), np.array([1, 0, 1])).tolist()
    [0, 0, 1]
    """
    labels = _by_scipy(first, head) if len(head) > _SMALL else None
    return _by_size(_by_hand(first.tolist(), head.tolist()) if labels is None else labels)


def _by_size(labels: Longs) -> Ints:
    if not len(labels):
        return np.zeros(0, np.int32)
    names, least, sizes = np.unique(labels, return_index=True, return_counts=True)
    rank = np.empty(len(names), np.int32)
    rank[np.lexsort((least, -sizes))] = np.arange(len(names))
    return rank[np.searchsorted(names, labels)]


def _by_scipy(first: Ints, head: Ints) -> Longs | None:
    try:
        from scipy.sparse import csr_array  # heavy, and an extra
        from scipy.sparse.csgraph import connected_components  # heavy, and an extra
    except ImportError:
        return None
    nodes = len(first) - 1
    matrix = csr_array((np.ones(len(head), np.int8), head, first), shape=(nodes, nodes))
    _, labels = connected_components(matrix, directed=True, connection="strong")
    return np.asarray(labels, np.int64)


def _by_hand(first: list[int], head: list[int]) -> Longs:
    """Tarjan's algorithm (SIAM Journal on Computing 1972), with a stack in place of calls."""
    nodes = len(first) - 1
    found = [0] * nodes  # in which order nodes were met, from 1; 0 for not yet
    low = [0] * nodes
    part = [-1] * nodes
    waiting: list[int] = []
    count = parts = 0
    for root in range(nodes):
        if found[root]:
            continue
        path = [(root, first[root])]
        while path:
            node, arc = path.pop()
            if arc == first[node]:
                count += 1
                found[node] = low[node] = count
                waiting.append(node)
            elif part[head[arc - 1]] < 0:
                low[node] = min(low[node], low[head[arc - 1]])
            while arc < first[node + 1]:
                onward = head[arc]
                arc += 1
                if not found[onward]:
                    path += [(node, arc), (onward, first[onward])]
                    break
                if part[onward] < 0:
                    low[node] = min(low[node], found[onward])
            else:
                if low[node] == found[node]:
                    while True:
                        member = waiting.pop()
                        part[member] = parts
                        if member == node:
                            break
                    parts += 1
    return np.array(part, np.int64)

"""The floor that searches are held against: the shortest plain Dijkstra, compiled the same way.

Distances from one node to all, and nothing else: no gates, no labels, no early stop. It has the
four-ary heap of single integers that `safeconduct/roads/kernels.py` has, so that a ratio to it
says what windows cost and not what a better heap would save.
"""

from __future__ import annotations

import numba
import numpy as np
from numba import types

from safeconduct.roads.graph import Ints, Longs

__all__ = ["UNREACHED", "plain"]

UNREACHED = np.iinfo(np.int64).max
_LOW = 0xFFFFFFFF
_INTS = types.Array(types.int32, 1, "C", readonly=True)


@numba.njit((_INTS, _INTS, _INTS, types.int64), nogil=True, cache=True)  # type: ignore[misc]  # numba has no types
def plain(first: Ints, head: Ints, seconds: Ints, source: int) -> Longs:
    """The seconds from `source` to every node; UNREACHED where no road leads."""
    found = np.full(len(first) - 1, UNREACHED, np.int64)
    heap = np.empty(len(head) + 1, np.int64)
    found[source] = 0
    heap[0], size = source, 1
    while size > 0:
        key = heap[0]
        size -= 1
        last, at = heap[size], 0
        while True:
            child = 4 * at + 1
            if child >= size:
                break
            least = child
            for other in range(child + 1, min(child + 4, size)):
                if heap[other] < heap[least]:
                    least = other
            if heap[least] >= last:
                break
            heap[at] = heap[least]
            at = least
        heap[at] = last
        so_far, node = key >> 32, key & _LOW
        if found[node] < so_far:
            continue
        for arc in range(first[node], first[node + 1]):
            there, reached = so_far + seconds[arc], head[arc]
            if there < found[reached]:
                found[reached] = there
                new = there << 32 | reached
                at = size
                size += 1
                while at > 0:
                    above = (at - 1) >> 2
                    if heap[above] <= new:
                        break
                    heap[at] = heap[above]
                    at = above
                heap[at] = new
    return found

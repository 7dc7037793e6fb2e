"""The compiled search kernel: the same searches as `reference.py`, for whole countries.

Everything that is compiled stands in this one file, because a kept compilation is only made anew
when its own file changes. Importing this module loads the compiler (0.5 s), so only `choosing.py`
imports it, and only for ways that are worth it. How the set search works and why it loses nothing
is said in `reference.py`; what is done here beyond that is for speed:

- the heap of the screen has eight children to an entry, which is one line of the cache. It holds
  one integer for each, the moment above a number, so that a comparison reads nothing else;
- the other two have no heap but a bucket for each second (Dial, Communications of the ACM 1969).
  In the set search labels wait for hours and a heap of them is deep; what lies beyond its last
  bucket is kept aside until its time comes;
- what waits there stands in slots of half a line of the cache that are used again;
- of each node, beside the end of what it has, the best label still waiting is known: what lies
  inside that is never put there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar, cast

import numba
import numpy as np
from numba import types

from safeconduct.roads.graph import Ints, Longs, Octets
from safeconduct.roads.reference import last_moment, standing
from safeconduct.roads.search import (
    GATED,
    UNREACHED,
    WAIT,
    Gates,
    Labels,
    Limits,
    Start,
    Stopped,
    Ways,
)

__all__ = ["Compiled"]

_Any = Callable[..., Any]
_Function = TypeVar("_Function", bound=_Any)

_INTS = types.Array(types.int32, 1, "C", readonly=True)
_LONGS = types.Array(types.int64, 1, "C", readonly=True)
_OCTETS = types.Array(types.uint8, 1, "C", readonly=True)
_LONG = types.int64
_TABLE = types.Array(types.int64, 2, "C")
_PLACES = types.Array(types.int32, 2, "C")
_BUCKETS = types.Array(types.int32, 1, "C")

#: A heap entry is `moment << 32 | number`, the moment counted from the first start.
_LOW = 0xFFFFFFFF
_LAST = 2**31 - 1
_NEVER = -(2**31)
#: What is known of a node: the end of what it has, the interval of the best label of its that is
#: still waiting, and its flags, to which a target has its number times `_TARGET` added.
_COVERED, _WAITS_FROM, _WAITS_TO, _FLAGS = range(4)
_TARGET = 4
#: In a slot, which one stands below it in its bucket, and its moment where that has no bucket yet.
_NEXT, _BEGINS = 6, 7
#: How many seconds have a bucket at a time: three days, in one megabyte.
_SECONDS = 2**18
_THRESHOLD, _NO_U_TURNS = int(Stopped.THRESHOLD), int(Stopped.NO_U_TURNS)
_LABELS, _DRIVING_TIME = int(Stopped.LABELS), int(Stopped.DRIVING_TIME)


def _part(function: _Function) -> _Function:
    """A function that kernels call; it is compiled into each of them."""
    return cast("_Function", numba.njit(nogil=True)(function))


def _kernel(*arguments: types.Type) -> Callable[[_Any], _Any]:
    """A kernel for exactly these types of arguments, compiled once and kept where that is possible.

    Arrays are declared as read-only, so that those mapped from files pass.
    """

    def compiled(function: _Any) -> _Any:
        try:
            return cast("_Any", numba.njit(arguments, nogil=True, cache=True)(function))
        except RuntimeError:  # no folder for it can be written to
            return cast("_Any", numba.njit(arguments, nogil=True)(function))

    return compiled


@_part
def _push(heap: Longs, size: int, key: int) -> int:
    at = size
    while at > 0:
        above = (at - 1) >> 3
        if heap[above] <= key:
            break
        heap[at] = heap[above]
        at = above
    heap[at] = key
    return size + 1


@_part
def _pop(heap: Longs, size: int) -> int:
    """Takes the least entry away; what it was the caller has read from `heap[0]`."""
    size -= 1
    key = heap[size]
    at, child = 0, 1
    while child + 7 < size:
        # The least of eight, without a branch that could be guessed wrong.
        c0, c1, c2, c3 = heap[child], heap[child + 1], heap[child + 2], heap[child + 3]
        c4, c5, c6, c7 = heap[child + 4], heap[child + 5], heap[child + 6], heap[child + 7]
        least = min(min(min(c0, c1), min(c2, c3)), min(min(c4, c5), min(c6, c7)))
        if least >= key:
            heap[at] = key
            return size
        heap[at] = least
        at = child + (
            (least == c1)
            + 2 * (least == c2)
            + 3 * (least == c3)
            + 4 * (least == c4)
            + 5 * (least == c5)
            + 6 * (least == c6)
            + 7 * (least == c7)
        )
        child = 8 * at + 1
    while child < size:
        last = child
        for other in range(child + 1, min(child + 8, size)):
            if heap[other] < heap[last]:
                last = other
        if heap[last] >= key:
            break
        heap[at] = heap[last]
        at = last
        child = 8 * at + 1
    heap[at] = key
    return size


@_part
def _from(closes: Longs, low: int, high: int, moment: int) -> int:
    """The first span between `low` and `high` that ends at `moment` or later."""
    while high - low > 8:
        middle = (low + high) >> 1
        if closes[middle] < moment:
            low = middle + 1
        else:
            high = middle
    while low < high and closes[low] < moment:
        low += 1
    return low


@_part
def _open_for(opens: Longs, closes: Longs, low: int, high: int, moment: int, seconds: int) -> int:
    """The first moment from `moment` on after which one span is open for so long."""
    for span in range(_from(closes, low, high, moment + seconds), high):
        enter = max(moment, int(opens[span]))
        if enter + seconds <= closes[span]:
            return enter
    return UNREACHED


@_kernel(_INTS, _INTS, _INTS, _INTS, _LONG, _INTS)
def _static(
    first: Ints, head: Ints, seconds: Ints, starts: Ints, limit: int, targets: Ints
) -> Longs:
    nodes = len(first) - 1
    soonest = np.full(nodes, _LAST, np.int32)
    awaited = np.zeros(nodes, np.uint8)
    left = 0
    for target in targets:
        left += 1 - awaited[target]
        awaited[target] = 1
    # What waits lies within the longest arc's seconds of what is taken, so that buckets are used
    # in a circle. Where that would be too many, each stands for several seconds: then a node can
    # be taken again from the same bucket, and is right when that is empty.
    longest = 0
    for takes in seconds:
        longest = max(longest, takes)
    coarse, size = 0, 1
    while longest >> coarse >= _SECONDS - 1:
        coarse += 1
    while size < (longest >> coarse) + 2:
        size *= 2
    buckets = np.full(size, -1, np.int32)
    # A node that waits, and which slot lies below it in its bucket, or is free after it.
    slots = np.empty((len(head) + len(starts), 2), np.int32)
    used, free, waiting = 0, -1, 0
    for start in starts:
        if soonest[start] != 0:
            soonest[start] = 0
            slots[used, 0], slots[used, 1] = start, buckets[0]
            buckets[0] = used
            used += 1
            waiting += 1
    number, until = 0, _LAST - 1
    while waiting > 0:
        at = number & (size - 1)
        while buckets[at] >= 0:
            slot = buckets[at]
            node = slots[slot, 0]
            buckets[at] = slots[slot, 1]
            slots[slot, 1] = free
            free = slot
            waiting -= 1
            so_far = int(soonest[node])
            if so_far >> coarse != number:
                continue  # it was reached sooner, and taken then
            if awaited[node]:
                awaited[node] = 0
                left -= 1
            for arc in range(first[node], first[node + 1]):
                there = so_far + seconds[arc]
                if there < soonest[head[arc]] and there <= limit:
                    soonest[head[arc]] = there
                    slot = free
                    if free >= 0:
                        free = slots[slot, 1]
                    else:
                        slot = used
                        used += 1
                    place = (there >> coarse) & (size - 1)
                    slots[slot, 0], slots[slot, 1] = head[arc], buckets[place]
                    buckets[place] = slot
                    waiting += 1
        if len(targets) > 0 and left == 0:
            until = 0
            for target in targets:
                until = max(until, int(soonest[target]))
            break
        number += 1
    found = np.full(nodes, UNREACHED, np.int64)
    for node in range(nodes):
        if soonest[node] <= until:
            found[node] = soonest[node]
    return found


@_kernel(
    *(_INTS, _INTS, _INTS, _INTS, _INTS, _OCTETS),
    *(_LONGS, _LONGS, _LONGS, _INTS, _LONGS, _LONG, _INTS),
)
def _screen(
    first: Ints,
    head: Ints,
    seconds: Ints,
    gate: Ints,
    node_gate: Ints,
    flags: Octets,
    gate_first: Longs,
    opens: Longs,
    closes: Longs,
    starts: Ints,
    earliest: Longs,
    until: int,
    targets: Ints,
) -> Longs:
    nodes = len(first) - 1
    found = np.full(nodes, UNREACHED, np.int64)
    awaited = np.zeros(nodes, np.uint8)
    left = 0
    for target in targets:
        left += 1 - awaited[target]
        awaited[target] = 1
    heap = np.empty(len(head) + len(starts) + 1, np.int64)
    size = 0
    base = earliest.min() if len(earliest) else 0
    until = min(until, base + _LAST)
    for number in range(len(starts)):
        node, moment = starts[number], earliest[number]
        if flags[node] & GATED:
            row = node_gate[node]
            moment = _open_for(opens, closes, gate_first[row], gate_first[row + 1], moment, 0)
        if moment <= until and moment < found[node]:
            found[node] = moment
            size = _push(heap, size, (moment - base) << 32 | node)
    while size > 0:
        key = heap[0]
        moment, node = (key >> 32) + base, key & _LOW
        if moment > until:
            break
        size = _pop(heap, size)
        if found[node] < moment:
            continue
        if awaited[node]:
            awaited[node] = 0
            left -= 1
            if left == 0:
                until = moment
        for arc in range(first[node], first[node + 1]):
            there, takes = head[arc], int(seconds[arc])
            if moment + takes >= found[there]:
                continue
            row = gate[arc]
            enter = _open_for(opens, closes, gate_first[row], gate_first[row + 1], moment, takes)
            if enter == UNREACHED:
                continue
            arrival = enter + takes
            if flags[there] & GATED:
                row = node_gate[there]
                arrival = _open_for(opens, closes, gate_first[row], gate_first[row + 1], arrival, 0)
            if arrival <= until and arrival < found[there]:
                found[there] = arrival
                size = _push(heap, size, (arrival - base) << 32 | there)
    if len(targets) > 0 and left == 0:
        for node in range(nodes):
            if found[node] > until:
                found[node] = UNREACHED
    return found


@_kernel(
    *(_INTS, _INTS, _INTS, _INTS, _INTS, _INTS, _LONGS, _LONGS, _LONGS),
    *(_TABLE, _LONGS, _LONG, _LONG, _LONG, _LONG, _LONG, _LONG, _LONG),
    *(_PLACES, _PLACES, _BUCKETS, _PLACES, _TABLE),
)
def _sets(
    first: Ints,
    head: Ints,
    seconds: Ints,
    gate: Ints,
    edge: Ints,
    node_gate: Ints,
    gate_first: Longs,
    opens: Longs,
    closes: Longs,
    starts: Longs,
    goals: Longs,
    base: int,
    until: int,
    novelty: int,
    u_turns: int,
    most_labels: int,
    driving: int,
    awaited: int,
    nodes: Ints,
    slots: Ints,
    buckets: Ints,
    places: Ints,
    times: Longs,
) -> tuple[int, int]:
    """How many labels were kept, and what was dropped; -1 when the arrays are too short."""
    used, free, kept, stopped = 0, -1, 0, 0
    window, at, waiting, far = 0, 0, 0, -1
    for number in range(len(starts)):
        slots[used, 0], slots[used, 1], slots[used, 2] = starts[number, 0], -1, -1
        slots[used, 3], slots[used, 4] = starts[number, 2] - base, starts[number, 3] - base
        slots[used, 5] = 0
        begins = starts[number, 1] - base
        if begins < len(buckets):
            slots[used, _NEXT] = buckets[begins]
            buckets[begins] = used
            waiting += 1
        else:
            slots[used, _NEXT], slots[used, _BEGINS] = far, begins
            far = used
        used += 1
    until -= base
    while waiting > 0 or far >= 0:
        if waiting == 0:
            # The buckets are empty: they are moved to the soonest of what lies beyond them.
            window, at, slot = _LAST, 0, far
            while slot >= 0:
                window = min(window, int(slots[slot, _BEGINS]))
                slot = int(slots[slot, _NEXT])
            slot, far = far, -1
            while slot >= 0:
                following, place = int(slots[slot, _NEXT]), int(slots[slot, _BEGINS]) - window
                if place < len(buckets):
                    slots[slot, _NEXT] = buckets[place]
                    buckets[place] = slot
                    waiting += 1
                else:
                    slots[slot, _NEXT] = far
                    far = slot
                slot = following
        while buckets[at] < 0:
            at += 1
        slot = int(buckets[at])
        buckets[at] = slots[slot, _NEXT]
        waiting -= 1
        earliest = window + at
        node, arc = int(slots[slot, 0]), int(slots[slot, 1])
        parent, latest = slots[slot, 2], int(slots[slot, 3])
        arrived, driven = slots[slot, 4], int(slots[slot, 5])
        slots[slot, 0] = free
        free = slot
        if nodes[node, _WAITS_FROM] == earliest and nodes[node, _WAITS_TO] == latest:
            nodes[node, _WAITS_FROM], nodes[node, _WAITS_TO] = _LAST, _NEVER
        covered = int(nodes[node, _COVERED])
        earliest = max(earliest, covered + 1)
        added = latest - earliest + 1
        if added < 1:
            continue
        if added < novelty and arc >= 0 and covered != _NEVER:
            stopped |= _THRESHOLD
            continue
        if kept == most_labels:
            stopped |= _LABELS
            break
        if kept == places.shape[1]:
            return -1, 0
        places[0, kept], places[1, kept], places[2, kept] = node, parent, arc
        times[0, kept], times[1, kept] = earliest + base, latest + base
        times[2, kept] = arrived + base
        kept += 1
        nodes[node, _COVERED] = latest
        flag = nodes[node, _FLAGS]
        if flag >= _TARGET and latest >= goals[flag // _TARGET - 1]:
            nodes[node, _FLAGS] = flag % _TARGET
            awaited -= 1
            if awaited == 0:
                break
        came_by = -1
        if arc >= 0 and u_turns == 0 and flag & WAIT == 0:
            came_by = edge[arc]
        for arc in range(first[node], first[node + 1]):
            there, takes = int(head[arc]), int(seconds[arc])
            soonest, last = earliest + takes, min(latest + takes, until)
            covered = int(nodes[there, _COVERED])
            if last <= covered:
                continue
            if nodes[there, _WAITS_FROM] <= soonest and last <= nodes[there, _WAITS_TO]:
                continue
            refused = 0
            if edge[arc] == came_by:
                refused |= _NO_U_TURNS
            if driven + takes > driving:
                refused |= _DRIVING_TIME
            if refused != 0 and refused & stopped == refused:
                continue
            flag = nodes[there, _FLAGS]
            row = gate[arc]
            spans = gate_first[row + 1]
            for span in range(_from(closes, gate_first[row], spans, soonest + base), spans):
                # What this span of the arc lets arrive.
                opened = opens[span] - base
                since, till = max(soonest, opened + takes), min(last, closes[span] - base)
                if opened > latest:
                    break
                if since > till or till <= covered:
                    continue
                inner, inners = 0, 0
                if flag & (GATED | WAIT):
                    row = node_gate[there]
                    inners = gate_first[row + 1]
                    look = since if flag & GATED else till
                    inner = _from(closes, gate_first[row], inners, look + base)
                while True:
                    # What the gate of the node leaves of it, and the standing.
                    begins, arrives, ends = since, till, till
                    if flag & GATED:
                        if inner >= inners or opens[inner] - base > till:
                            break
                        begins, arrives = (
                            max(since, opens[inner] - base),
                            min(till, closes[inner] - base),
                        )
                        ends = arrives
                    if flag & WAIT and inner < inners and opens[inner] - base <= ends:
                        ends = min(closes[inner] - base, until)
                    inner += 1
                    begins = max(begins, covered + 1)
                    if ends <= covered:
                        pass
                    elif refused != 0:
                        stopped |= refused
                    elif ends - begins + 1 < novelty and covered != _NEVER:
                        stopped |= _THRESHOLD
                    elif nodes[there, _WAITS_FROM] > begins or nodes[there, _WAITS_TO] < ends:
                        if nodes[there, _WAITS_TO] <= ends:
                            nodes[there, _WAITS_FROM], nodes[there, _WAITS_TO] = begins, ends
                        slot = free
                        if free >= 0:
                            free = int(slots[slot, 0])
                        elif used == len(slots):
                            return -1, 0
                        else:
                            slot = used
                            used += 1
                        slots[slot, 0], slots[slot, 1], slots[slot, 2] = there, arc, kept - 1
                        slots[slot, 3], slots[slot, 4] = ends, arrives
                        slots[slot, 5] = driven + takes
                        place = begins - window
                        if place < len(buckets):
                            slots[slot, _NEXT] = buckets[place]
                            buckets[place] = slot
                            waiting += 1
                        else:
                            slots[slot, _NEXT], slots[slot, _BEGINS] = far, begins
                            far = slot
                    if flag & GATED == 0:
                        break
    return kept, stopped


class Compiled:
    """Searches over ways and gates, compiled."""

    def static(
        self, ways: Ways, starts: Sequence[int], limit_s: int = 0, targets: Sequence[int] = ()
    ) -> Longs:
        """Seconds to every node by the quickest way, gates ignored; UNREACHED beyond `limit_s`."""
        found: Longs = _static(
            *_ints(ways.first, ways.head, ways.seconds, starts), limit_s or _LAST, *_ints(targets)
        )
        return found

    def screen(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        until: int,
        targets: Sequence[int] = (),
    ) -> Longs:
        """The earliest arrival at every node if the column could wait anywhere; never an answer."""
        found: Longs = _screen(
            *_ints(ways.first, ways.head, ways.seconds, ways.gate, ways.node_gate),
            np.asarray(ways.flags),
            *_longs(gates.first, gates.opens, gates.closes),
            *_ints([start.node for start in starts]),
            *_longs([start.earliest for start in starts]),
            until,
            *_ints(targets),
        )
        return found

    def sets(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        limits: Limits,
        targets: Sequence[int] = (),
    ) -> Labels:
        """Every moment at which each node can be reached, waiting only where that is allowed."""
        parts = [
            (start.node, *part)
            for start in starts
            for part in standing(ways, gates, start, limits.until)
        ]
        given = np.array(parts, np.int64).reshape(-1, 4)
        base = int(given[:, 1].min()) if len(given) else 0
        room = 1
        while True:
            nodes = np.empty((len(ways.flags), 4), np.int32)
            nodes[:, _COVERED], nodes[:, _WAITS_TO] = _NEVER, _NEVER
            nodes[:, _WAITS_FROM], nodes[:, _FLAGS] = _LAST, ways.flags
            awaited = list(dict.fromkeys(targets))
            ends = [last_moment(ways, gates, node, limits.until) for node in awaited]
            goals = np.minimum(np.array(ends, np.int64) - base, _LAST)
            nodes[awaited, _FLAGS] += np.arange(1, len(awaited) + 1, dtype=np.int32) * _TARGET
            # Memory that is not written to is not taken.
            slots = np.empty((room * len(ways.head) + len(given) + 1024, 8), np.int32)
            places = np.empty((3, 2 * room * len(nodes) + 1024), np.int32)
            times = np.empty(places.shape, np.int64)
            kept, stopped = _sets(
                *_ints(ways.first, ways.head, ways.seconds, ways.gate, ways.edge, ways.node_gate),
                *_longs(gates.first, gates.opens, gates.closes),
                given,
                goals,
                base,
                min(limits.until, base + _LAST),
                limits.novelty_s,
                int(limits.u_turns),
                limits.labels or _LAST,
                limits.driving_s or _LAST,
                len(awaited) or -1,
                nodes,
                slots,
                np.full(max(1, min(limits.until - base + 1, _SECONDS)), -1, np.int32),
                places,
                times,
            )
            if kept >= 0:
                break
            room *= 4
        return Labels(
            node=places[0, :kept],
            earliest=times[0, :kept],
            latest=times[1, :kept],
            arrived=times[2, :kept],
            parent=places[1, :kept],
            arc=places[2, :kept],
            stopped=Stopped(stopped),
        )


def _ints(*arrays: Ints | Sequence[int]) -> tuple[Ints, ...]:
    return tuple(np.asarray(array, np.int32) for array in arrays)


def _longs(*arrays: Longs | Sequence[int]) -> tuple[Longs, ...]:
    return tuple(np.asarray(array, np.int64) for array in arrays)

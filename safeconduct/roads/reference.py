"""The search kernel that is written to be read: plain lists and a heap.

It answers for small networks, where it needs no compiler, and it is what the compiled kernel is
held against. How it searches:

A *label* says that the column can be at a node at every moment of an interval. Labels are taken
from one heap in the order of their earliest moment. An arc takes at least a second, so a label that
is still to come, at whatever node, begins no earlier than the one in hand. Hence all that a node
has of moments from `a` on, when a label that begins at `a` is taken, is one stretch without a gap,
from `a` to the latest end of any label it has. That end is the one number kept for a node, and
what a label adds is what lies beyond it: no moment is lost by this, and none is searched twice.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

import numpy as np

from safeconduct.roads.graph import Longs
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

__all__ = ["Reference", "last_moment", "standing"]

_Spans = list[tuple[int, int]]


class Reference:
    """Searches over ways and gates, in plain Python."""

    def static(
        self, ways: Ways, starts: Sequence[int], limit_s: int = 0, targets: Sequence[int] = ()
    ) -> Longs:
        """Seconds to every node by the quickest way, gates ignored; UNREACHED beyond `limit_s`."""
        roads = _Roads(ways)
        found, awaited, last = [UNREACHED] * roads.nodes, set(targets), limit_s or UNREACHED
        heap = sorted((0, node) for node in starts)
        while heap and heap[0][0] <= last:
            so_far, node = heappop(heap)
            if found[node] != UNREACHED:
                continue
            found[node] = so_far
            if awaited and not (awaited := awaited - {node}):
                last = so_far
            for arc in roads.leaving(node):
                if found[roads.head[arc]] == UNREACHED:
                    heappush(heap, (so_far + roads.seconds[arc], roads.head[arc]))
        return np.array(found, np.int64)

    def screen(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        until: int,
        targets: Sequence[int] = (),
    ) -> Longs:
        """The earliest arrival at every node if the column could wait anywhere; never an answer."""
        roads, rows = _Roads(ways), gates.rows()
        found, awaited = [UNREACHED] * roads.nodes, set(targets)
        heap: list[tuple[int, int]] = []

        def arrive(node: int, moment: int) -> None:
            if roads.flags[node] & GATED:
                moment = _open_for(rows[roads.node_gate[node]], moment, 0)
            heappush(heap, (moment, node))

        for start in starts:
            arrive(start.node, start.earliest)
        while heap and heap[0][0] <= until:
            moment, node = heappop(heap)
            if found[node] != UNREACHED:
                continue
            found[node] = moment
            if awaited and not (awaited := awaited - {node}):
                until = moment
            for arc in roads.leaving(node):
                if found[roads.head[arc]] == UNREACHED:
                    enter = _open_for(rows[roads.gate[arc]], moment, roads.seconds[arc])
                    if enter != UNREACHED:
                        arrive(roads.head[arc], enter + roads.seconds[arc])
        return np.array(found, np.int64)

    def sets(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        limits: Limits,
        targets: Sequence[int] = (),
    ) -> Labels:
        """Every moment at which each node can be reached, waiting only where that is allowed."""
        return _SetSearch(ways, gates, limits, targets).run(starts)


class _Roads:
    """The ways as plain lists, which Python reads faster than arrays."""

    def __init__(self, ways: Ways) -> None:
        self.nodes = len(ways.first) - 1
        self.first: list[int] = ways.first.tolist()
        self.head: list[int] = ways.head.tolist()
        self.seconds: list[int] = ways.seconds.tolist()
        self.gate: list[int] = ways.gate.tolist()
        self.edge: list[int] = ways.edge.tolist()
        self.node_gate: list[int] = ways.node_gate.tolist()
        self.flags: list[int] = ways.flags.tolist()

    def leaving(self, node: int) -> range:
        return range(self.first[node], self.first[node + 1])


def _open_for(spans: _Spans, moment: int, seconds: int) -> int:
    """The first moment from `moment` on after which one span is open for so long."""
    for opens, closes in _from(spans, moment):
        enter = max(moment, opens)
        if enter + seconds <= closes:
            return enter
    return UNREACHED


def _from(spans: _Spans, moment: int) -> Iterator[tuple[int, int]]:
    """The spans that end at `moment` or later."""
    at = bisect_left(spans, moment, key=lambda span: span[1])
    return (spans[number] for number in range(at, len(spans)))


class _SetSearch:
    """One run of the set search."""

    def __init__(self, ways: Ways, gates: Gates, limits: Limits, targets: Sequence[int]) -> None:
        self.roads, self.rows, self.limits = _Roads(ways), gates.rows(), limits
        self.covered = [-UNREACHED] * self.roads.nodes
        self.goals = {node: last_moment(ways, gates, node, limits.until) for node in targets}
        self.stopped = Stopped(0)
        # Tentative: earliest, -latest, node, arrived, parent, arc, seconds driven.
        self.heap: list[tuple[int, int, int, int, int, int, int]] = []
        # Kept: node, earliest, latest, arrived, parent, arc.
        self.kept: list[tuple[int, int, int, int, int, int]] = []

    def run(self, starts: Sequence[Start]) -> Labels:
        for start in starts:
            for part in self._at_node(start.node, start.earliest, start.latest):
                self._push(start.node, part, -1, -1, 0)
        while self.heap and self._goes_on():
            earliest, latest, node, arrived, parent, arc, driven = heappop(self.heap)
            earliest, latest = max(earliest, self.covered[node] + 1), -latest
            if not self._is_new(node, earliest, latest, arc):
                continue
            if self.limits.labels and len(self.kept) >= self.limits.labels:
                self.stopped |= Stopped.LABELS
                break
            self.kept.append((node, earliest, latest, arrived, parent, arc))
            self.covered[node] = latest
            self._leave(node, earliest, latest, arc, driven)
        kept = np.array(self.kept, np.int64).reshape(-1, 6)
        return Labels(
            node=kept[:, 0].astype(np.int32),
            earliest=kept[:, 1].copy(),
            latest=kept[:, 2].copy(),
            arrived=kept[:, 3].copy(),
            parent=kept[:, 4].astype(np.int32),
            arc=kept[:, 5].astype(np.int32),
            stopped=self.stopped,
        )

    def _goes_on(self) -> bool:
        """Whether a target may still gain a moment.

        Gaps before the label in hand stay gaps, so a target covered up to its last moment is
        complete.
        """
        if not self.goals:
            return True
        return any(self.covered[node] < goal for node, goal in self.goals.items())

    def _is_new(self, node: int, earliest: int, latest: int, arc: int) -> bool:
        """Whether what is left of a label is worth keeping; what is first at a node always is."""
        added = latest - earliest + 1
        if added < 1:
            return False
        first = arc < 0 or self.covered[node] == -UNREACHED
        if added < self.limits.novelty_s and not first:
            self.stopped |= Stopped.THRESHOLD
            return False
        return True

    def _leave(self, node: int, earliest: int, latest: int, came_by: int, driven: int) -> None:
        """Puts what can be reached from a label by one arc into the heap."""
        roads, label = self.roads, len(self.kept) - 1
        may_turn = self.limits.u_turns or came_by < 0 or roads.flags[node] & WAIT
        for arc in roads.leaving(node):
            refused = Stopped(0)
            if not may_turn and roads.edge[arc] == roads.edge[came_by]:
                refused |= Stopped.NO_U_TURNS
            seconds, head = roads.seconds[arc], roads.head[arc]
            if 0 < self.limits.driving_s < driven + seconds:
                refused |= Stopped.DRIVING_TIME
            for opens, closes in _from(self.rows[roads.gate[arc]], earliest + seconds):
                if opens > latest:
                    break
                enter, leave = max(earliest, opens), min(latest, closes - seconds)
                if enter > leave:
                    continue
                for part in self._at_node(head, enter + seconds, leave + seconds):
                    if not refused:
                        self._push(head, part, label, arc, driven + seconds)
                    elif part[1] > self.covered[head]:
                        self.stopped |= refused

    def _at_node(self, node: int, earliest: int, latest: int) -> Iterator[tuple[int, int, int]]:
        flags, spans = self.roads.flags[node], self.rows[self.roads.node_gate[node]]
        return _parts(flags, spans, earliest, min(latest, self.limits.until), self.limits.until)

    def _push(
        self, node: int, part: tuple[int, int, int], parent: int, arc: int, driven: int
    ) -> None:
        earliest, latest, arrived = part
        if latest > self.covered[node]:
            heappush(self.heap, (earliest, -latest, node, arrived, parent, arc, driven))


def _parts(
    flags: int, spans: _Spans, earliest: int, latest: int, until: int
) -> Iterator[tuple[int, int, int]]:
    """What a node leaves of an interval of arrivals, as (earliest, latest, arrived).

    A gated node cuts it; where the column may wait, a part lasts to the end of the node's span in
    which it ends.
    """
    if earliest > latest:
        return
    if flags & GATED:
        for opens, closes in _from(spans, earliest):
            if opens > latest:
                return
            arrived = min(latest, closes)
            stays = min(closes, until) if flags & WAIT else arrived
            yield max(earliest, opens), stays, arrived
    elif flags & WAIT:
        ends = [closes for opens, closes in _from(spans, latest) if opens <= latest]
        yield earliest, min(max([latest, *ends]), until), latest
    else:
        yield earliest, latest, latest


def standing(ways: Ways, gates: Gates, start: Start, until: int) -> Iterator[tuple[int, int, int]]:
    """The intervals in which a search may begin at a start, as (earliest, latest, arrived)."""
    spans = gates.row(int(ways.node_gate[start.node]))
    flags = int(ways.flags[start.node])
    return _parts(flags, spans, start.earliest, min(start.latest, until), until)


def last_moment(ways: Ways, gates: Gates, node: int, until: int) -> int:
    """No node is reached after this moment, `until` or the last one at which its gate is open."""
    if not ways.flags[node] & GATED:
        return until
    spans = gates.row(int(ways.node_gate[node]))
    return max((min(closes, until) for opens, closes in spans if opens <= until), default=until)

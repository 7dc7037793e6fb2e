"""What a search is asked, and what it answers: the one contract that every kernel passes.

Two kernels keep it: `reference.py`, written to be read, and `kernels.py`, compiled. Times are
whole UTC seconds. Spans here are *closed*, `[opens, closes]`, and already made smaller by the
length of the column: a search moves a point, and the spans see to it that its tail is covered.

**The model.** The head of the column enters an arc at `t` and arrives at `t + seconds`. It may when
one span `[o, c]` of the arc's gate has `o <= t` and `t + seconds <= c`: the edge is open for the
whole traversal. A node with the flag GATED may be arrived at, passed or started from only at
moments inside a span of the node's own gate; others may be passed at any moment. At a node with
the flag WAIT the column may stand, as long as one span of the node's gate contains all of the
standing. Nowhere else does it wait: it leaves at the very second of its arrival.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntFlag
from typing import Protocol

import numpy as np

from safeconduct.roads.graph import Ints, Longs, Octets

__all__ = [
    "GATED",
    "UNREACHED",
    "WAIT",
    "Gates",
    "Hop",
    "Labels",
    "Limits",
    "SearchKernel",
    "Start",
    "Stopped",
    "Ways",
]

WAIT, GATED = 1, 2
"""Flags of a node, to be added up."""

UNREACHED = np.iinfo(np.int64).max
"""The time of arrival at a node that was not reached."""


@dataclass(frozen=True, slots=True, eq=False)
class Gates:
    """When each gate is open: row `g` is `opens[first[g]:first[g + 1]]` with its `closes`.

    The spans of a row are closed, sorted and apart: `closes[i] < opens[i + 1]`.

    >>> Gates.of([[(0, 5), (9, 12)], []]).rows()
    [[(0, 5), (9, 12)], []]
    """

    first: Longs
    opens: Longs
    closes: Longs

    @classmethod
    def of(cls, rows: Iterable[Sequence[tuple[int, int]]]) -> Gates:
        """The gates of these rows of closed spans."""
        rows = [list(row) for row in rows]
        first = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=first[1:])
        flat = np.array([span for row in rows for span in row], np.int64).reshape(-1, 2)
        return cls(first, flat[:, 0].copy(), flat[:, 1].copy())

    def rows(self) -> list[list[tuple[int, int]]]:
        """The rows as plain lists."""
        spans = list(zip(self.opens.tolist(), self.closes.tolist(), strict=True))
        first = self.first.tolist()
        return [spans[first[g] : first[g + 1]] for g in range(len(first) - 1)]

    def row(self, number: int) -> list[tuple[int, int]]:
        """The spans of one row."""
        low, high = self.first[number : number + 2].tolist()
        spans = (self.opens[low:high].tolist(), self.closes[low:high].tolist())
        return list(zip(*spans, strict=True))

    def mirrored(self) -> Gates:
        """The same gates with time running backwards: span `[o, c]` becomes `[-c, -o]`."""
        order = np.arange(len(self.opens))
        lengths = np.diff(self.first)
        starts = np.repeat(self.first[:-1], lengths)
        ends = np.repeat(self.first[1:], lengths)
        turned = starts + (ends - 1 - order)
        return Gates(self.first, -self.closes[turned], -self.opens[turned])


@dataclass(frozen=True, slots=True, eq=False)
class Ways:
    """The arcs that a search may drive, and the gates on them. Arcs of closed roads are left out.

    Parameters
    ----------
    first : the arcs that leave node `v` are `first[v]` up to `first[v + 1]`; shape (N + 1,).
    head, seconds, gate : of each arc: where it leads, how long it takes (at least 1), the row of
        the gates that it must keep to; (M,).
    edge : of each arc, the edge it drives, so that turning back into it can be told; (M,).
    arc : of each arc, its number in the `Graph` it was made from; (M,).
    node_gate, flags : of each node: its row of the gates, and WAIT and GATED; (N,).
    """

    first: Ints
    head: Ints
    seconds: Ints
    gate: Ints
    edge: Ints
    arc: Ints
    node_gate: Ints
    flags: Octets

    # Kept, since every question about the same ways turns them.
    _turned: list[tuple[Ways, Ints]] = field(default_factory=list, init=False, repr=False)

    def reversed(self) -> Ways:
        """Every arc turned round; with mirrored gates a search goes backwards in time."""
        return self.turned()[0]

    def turned(self) -> tuple[Ways, Ints]:
        """The reversed ways, and of each of their arcs its number here; the work is done once."""
        if not self._turned:
            self._turned.append(self._turn())
        return self._turned[0]

    def _turn(self) -> tuple[Ways, Ints]:
        nodes = len(self.first) - 1
        tail = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(self.first))
        order = np.argsort(self.head, kind="stable").astype(np.int32)
        first = np.zeros(nodes + 1, np.int32)
        np.cumsum(np.bincount(self.head, minlength=nodes), out=first[1:])
        turned = Ways(
            first,
            tail[order],
            self.seconds[order],
            self.gate[order],
            self.edge[order],
            self.arc[order],
            self.node_gate,
            self.flags,
        )
        return turned, order


@dataclass(frozen=True, slots=True)
class Start:
    """Where a search begins: at `node`, at any moment of the closed span `[earliest, latest]`."""

    node: int
    earliest: int
    latest: int


class Stopped(IntFlag):
    """Why a search may have missed an option; it never invents one. 0: it missed none."""

    THRESHOLD = 1
    """An interval that added less than the novelty threshold was dropped."""
    NO_U_TURNS = 2
    """A way that came back by the road it went was dropped."""
    LABELS = 4
    """There were more labels than allowed."""
    DRIVING_TIME = 8
    """A way that drives longer than the cap was dropped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How far a set search goes.

    Parameters
    ----------
    until : no moment after this is looked at.
    novelty_s : an interval that adds fewer seconds than this to what a node has is dropped, unless
        it is the first at its node or a start; 0 or 1 drop none.
    u_turns : whether the column may turn back into the edge it came by at a node where it cannot
        wait. Where it can wait it may always turn.
    labels : how many labels may be kept; 0 for as many as there are.
    driving_s : how long a way may drive, waiting left out; 0 for any time.
    """

    until: int
    novelty_s: int = 0
    u_turns: bool = False
    labels: int = 0
    driving_s: int = 0


@dataclass(frozen=True, slots=True)
class Hop:
    """One arc of a trip: its number in the `Ways`, when it is entered, when its end is reached."""

    arc: int
    enter: int
    arrive: int


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Labels:
    """What a set search found: at which moments each node can be left (or arrived at).

    Label `i` says that the column can be at `node[i]` at every moment of `[earliest[i],
    latest[i]]`. It arrived there at a moment of `[earliest[i], arrived[i]]`; later ones it reaches
    by standing. It came from label `parent[i]` by arc `arc[i]` of the ways (both -1 at a start).
    A label names a parent with a smaller number.
    """

    node: Ints
    earliest: Longs
    latest: Longs
    arrived: Longs
    parent: Ints
    arc: Ints
    stopped: Stopped = field(default=Stopped(0))


class SearchKernel(Protocol):
    """Searches over ways and gates.

    Kernels give the same times and, where nothing stopped them, the same moments. Which of several
    ways they give for a moment, and what they drop where they drop, may differ.
    """

    def static(
        self, ways: Ways, starts: Sequence[int], limit_s: int = 0, targets: Sequence[int] = ()
    ) -> Longs:
        """Seconds to every node by the quickest way, gates ignored; UNREACHED beyond `limit_s`.

        Parameters
        ----------
        limit_s : how far to go; 0 for as far as there is road.
        targets : when given, nodes farther away than the farthest of these are UNREACHED.
        """
        ...

    def screen(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        until: int,
        targets: Sequence[int] = (),
    ) -> Longs:
        """The earliest arrival at every node if the column could wait anywhere; never an answer.

        It waits also where the gate is closed, before a gated node too: there it arrives when the
        node's own gate opens. What it does not reach by `until` (UNREACHED), no search reaches.

        Parameters
        ----------
        targets : when given, nodes reached after the last of these are UNREACHED.
        """
        ...

    def sets(
        self,
        ways: Ways,
        gates: Gates,
        starts: Sequence[Start],
        limits: Limits,
        targets: Sequence[int] = (),
    ) -> Labels:
        """Every moment at which each node can be reached, waiting only where that is allowed.

        Parameters
        ----------
        targets : when given, only what is said of these nodes must be complete.
        """
        ...

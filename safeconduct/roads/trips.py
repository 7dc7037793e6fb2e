"""When can a trip of one or several runs begin, so that all of it can be driven?

Answered backwards, from the last end to the first start: from which moments can the last run still
be completed, then when must the run before it have ended, and so on. One concrete trip for a moment
of departure is read off the same labels.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from safeconduct.errors import WrongField
from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.search import (
    UNREACHED,
    WAIT,
    Gates,
    Hop,
    Labels,
    Limits,
    SearchKernel,
    Start,
    Stopped,
    Ways,
)

__all__ = ["Departures", "Run", "Span", "departures"]

Span = tuple[int, int]
"""A closed span of moments."""


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """One leg to drive: from any of its starts to any of its ends, and what is done there.

    At the end the column stands for `service_s` seconds, also where the end has no WAIT flag, and
    one span of the end's own gate holds all of that, the moment of arrival included. Then the next
    run begins, at any of its starts.
    """

    ways: Ways
    gates: Gates
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    service_s: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class _Searched:
    """A run searched backwards: labels on mirrored time over reversed arcs."""

    run: Run
    labels: Labels
    arcs: Ints
    """Of each reversed arc, its number in the ways of the run."""

    def moments(self) -> list[Span]:
        """When the run can be begun at one of its starts."""
        found = self._at_starts()
        latest, earliest = self.labels.latest[found], self.labels.earliest[found]
        return _merged(zip((-latest).tolist(), (-earliest).tolist(), strict=True))

    def _at_starts(self) -> NDArray[np.bool_]:
        starts = np.zeros(len(self.run.ways.flags), bool)
        starts[list(self.run.starts)] = True
        return starts[self.labels.node]

    def scanned(self) -> Longs:
        """The rows of the gates that the search looked at."""
        reached = np.zeros(len(self.run.ways.flags), bool)
        reached[self.labels.node] = True
        return _rows(self.run, self.run.ways.reversed(), reached, self.run.ends)

    def trip(self, at: int) -> tuple[tuple[Hop, ...], int]:
        """The hops when it begins at `at`, and when the service at their end begins."""
        labels, hops = self.labels, list[Hop]()
        holds = (labels.earliest <= -at) & (-at <= labels.latest)
        label = int(np.flatnonzero(holds & self._at_starts())[0])
        moment = -at
        while True:
            # Backwards in time it came here by `arrived` and then stood; so forwards it stands,
            # and leaves at that moment.
            moment = min(moment, int(labels.arrived[label]))
            if labels.parent[label] < 0:
                return tuple(hops), -moment
            arc = int(self.arcs[labels.arc[label]])
            there = moment - int(self.run.ways.seconds[arc])
            hops.append(Hop(arc, -moment, -there))
            label, moment = int(labels.parent[label]), there


@dataclass(frozen=True, slots=True, eq=False)
class Departures:
    """From when to when a chain of runs can be begun, and how.

    Parameters
    ----------
    spans : closed, sorted and apart; every moment in them is a departure that works. Without a
        `stopped` there is no other.
    stopped : why departures may be missing.
    """

    spans: tuple[Span, ...]
    stopped: Stopped
    _runs: tuple[Run, ...]
    _screened: tuple[Longs, ...]
    _searched: tuple[_Searched, ...]

    @property
    def scanned(self) -> tuple[Longs, ...]:
        """Of each run, the rows of its gates that were looked at, sorted.

        A longer opening of any other row changes nothing in the answer.
        """
        rows = [np.zeros(0, np.int64) for _ in self._runs]
        for number, (run, found) in enumerate(zip(self._runs, self._screened, strict=False)):
            rows[number] = _rows(run, run.ways, found < UNREACHED, run.starts)
        for number, one in enumerate(self._searched, start=len(rows) - len(self._searched)):
            rows[number] = np.union1d(rows[number], one.scanned())
        return tuple(rows)

    def trip(self, at: int) -> tuple[tuple[Hop, ...], ...]:
        """The hops of each run, for a departure at this moment.

        Raises
        ------
        WrongField : no trip departs then.
        """
        if not any(opens <= at <= closes for opens, closes in self.spans):
            raise WrongField(
                f"No trip departs at {at}; there are {len(self.spans)} spans of departures.",
                "Choose a moment inside one of the spans.",
                at=at,
            )
        trips = []
        for searched in self._searched:
            hops, arrival = searched.trip(at)
            trips.append(hops)
            at = arrival + searched.run.service_s
        return tuple(trips)


def departures(
    kernel: SearchKernel, runs: Sequence[Run], *, earliest: int, latest: int, limits: Limits
) -> Departures:
    """All moments from `earliest` on from which these runs can be driven one after another.

    The last service ends by `latest`. At the start of the first run nobody stands: the column
    leaves at the moment of departure.

    Parameters
    ----------
    limits : its `until` is not used.
    """
    # No run begins before the screen could have come to it: that is where the search back ends.
    begins, screened = _earliest_begins(kernel, runs, earliest, latest)
    stopped, searched = Stopped(0), list[_Searched]()
    moments: list[Span] = [(earliest, latest)] if len(begins) == len(runs) else []
    for number in reversed(range(len(runs))):
        if not moments:
            break
        run = runs[number]
        one = _backwards(
            kernel,
            run,
            _arrivals(run, moments),
            replace(limits, until=-begins[number]),
            stands=number > 0,
        )
        searched.insert(0, one)
        stopped |= one.labels.stopped
        moments = one.moments()
    return Departures(tuple(moments), stopped, tuple(runs), tuple(screened), tuple(searched))


def _earliest_begins(
    kernel: SearchKernel, runs: Sequence[Run], earliest: int, latest: int
) -> tuple[list[int], list[Longs]]:
    """The moment before which each run cannot begin, and the screens that say so.

    Fewer moments than runs where a run cannot be driven at all.
    """
    begins, screened = [earliest], list[Longs]()
    for run in runs[:-1]:
        starts = [Start(node, begins[-1], latest) for node in run.starts]
        found = kernel.screen(run.ways, run.gates, starts, latest, run.ends)
        screened.append(found)
        served = [
            max(opens, int(found[end])) + run.service_s
            for end in run.ends
            for opens, closes in run.gates.row(int(run.ways.node_gate[end]))
            if max(opens, int(found[end])) + run.service_s <= min(closes, latest)
        ]
        if not served:
            break
        begins.append(min(served))
    return begins, screened


def _rows(run: Run, ways: Ways, reached: NDArray[np.bool_], starts: Sequence[int]) -> Longs:
    """The rows that a search looked at which began at `starts` and reached these nodes.

    Those of the nodes themselves, of the arcs that leave them, and of where those lead.
    """
    leaving = np.repeat(reached, np.diff(ways.first))
    looked_at = reached.copy()
    looked_at[ways.head[leaving]] = True
    looked_at[list(starts)] = True
    rows = np.zeros(len(run.gates.first) - 1, bool)
    rows[ways.gate[leaving]] = True
    rows[ways.node_gate[looked_at]] = True
    return np.flatnonzero(rows)


def _arrivals(run: Run, begins: Sequence[Span]) -> list[tuple[int, Span]]:
    """At each end, when the head may arrive so that after the service the rest can begin."""
    found: list[tuple[int, Span]] = []
    for end in dict.fromkeys(run.ends):
        for opens, closes in run.gates.row(int(run.ways.node_gate[end])):
            for first, last in begins:
                arrival = max(opens, first - run.service_s)
                until = min(closes, last) - run.service_s
                if arrival <= until:
                    found.append((end, (arrival, until)))
    return found


def _backwards(
    kernel: SearchKernel,
    run: Run,
    arrivals: Iterable[tuple[int, Span]],
    limits: Limits,
    *,
    stands: bool,
) -> _Searched:
    """A run searched from its ends; `stands` says whether it may be waited for at its starts."""
    starts = [Start(end, -last, -first) for end, (first, last) in arrivals]
    ways, arcs = run.ways.turned()
    if not stands:
        flags = ways.flags.copy()
        flags[list(run.starts)] &= np.uint8(255 - WAIT)
        ways = replace(ways, flags=flags)
    labels = kernel.sets(ways, run.gates.mirrored(), starts, limits, run.starts)
    return _Searched(run, labels, arcs)


def _merged(spans: Iterable[Span]) -> list[Span]:
    """The same moments in spans that are sorted and apart."""
    merged: list[Span] = []
    for opens, closes in sorted(spans):
        if merged and opens <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return merged

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
        """The rows that the search looked at.

        Those of the nodes it reached or began at, of the arcs that leave them, and of where these
        lead.
        """
        ways = self.run.ways.reversed()
        nodes = np.zeros(len(ways.flags), bool)
        nodes[self.labels.node] = True
        leaving = np.repeat(nodes, np.diff(ways.first))
        nodes[ways.head[leaving]] = True
        nodes[list(self.run.ends)] = True
        rows = np.zeros(len(self.run.gates.first) - 1, bool)
        rows[ways.gate[leaving]] = True
        rows[ways.node_gate[nodes]] = True
        return np.flatnonzero(rows)

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
    _searched: tuple[_Searched, ...]

    @property
    def scanned(self) -> tuple[Longs, ...]:
        """Of each run, the rows of its gates that were looked at, sorted.

        A longer opening of any other row changes nothing in the answer. A run that was not
        searched, because what comes after it cannot be done, has none.
        """
        rows = [np.zeros(0, np.int64) for _ in self._runs]
        for number, one in enumerate(self._searched, start=len(rows) - len(self._searched)):
            rows[number] = one.scanned()
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
    begins, far = _bounds(kernel, runs, earliest, latest)
    stopped, searched = Stopped(0), list[_Searched]()
    moments: list[Span] = [(earliest, latest)] if begins else []
    for number in reversed(range(len(runs))):
        if not moments:
            break
        run = runs[number]
        one = _backwards(
            kernel,
            run,
            _arrivals(run, moments),
            replace(limits, until=-begins[number]),
            far[number],
            stands=number > 0,
        )
        searched.insert(0, one)
        stopped |= one.labels.stopped
        moments = one.moments()
    return Departures(tuple(moments), stopped, tuple(runs), tuple(searched))


def _bounds(
    kernel: SearchKernel, runs: Sequence[Run], earliest: int, latest: int
) -> tuple[list[int], list[Longs]]:
    """Of each run, when it begins at the soonest, and how far every node is from its starts.

    As if every gate were open: so far need no run be searched back, and no further. Empty where
    the runs do not fit between `earliest` and `latest` even so.
    """
    begins, far = [earliest], list[Longs]()
    for run in runs:
        if begins[-1] > latest:
            return [], []
        found = kernel.static(run.ways, run.starts, latest - begins[-1] + 1, run.ends)
        # What was not looked at is farther away than what was.
        far.append(np.minimum(found, found[found < UNREACHED].max()))
        nearest = int(found[list(run.ends)].min())
        if nearest == UNREACHED:
            return [], []
        begins.append(begins[-1] + nearest + run.service_s)
    return (begins[:-1], far) if begins[-1] <= latest else ([], [])


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
    remaining: Longs,
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
    labels = kernel.sets(ways, run.gates.mirrored(), starts, limits, run.starts, remaining)
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

"""Which routes a movement could drive: the search over roads, and nothing that is judged.

What is found here is a candidate. Whether a trip by it is covered is worked out exactly afterwards,
on the judge's own network and occupancy (`timing.py`); the search only has to lead there. Its gates
never ask for more than the judge does, so where it finds nothing and nothing stopped it, there is
nothing by any road.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product, repeat
from math import prod

from safeconduct.errors import RouteRefused
from safeconduct.planning.drives import Drive, Route
from safeconduct.planning.legroads import NO_PADS, LegRoads, Pads, Roads
from safeconduct.roads.search import (
    UNREACHED,
    WAIT,
    Gates,
    Hop,
    Limits,
    Start,
    Stopped,
)
from safeconduct.roads.trips import Departures, Run, departures
from safeconduct.roads.ways import numbers_of
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Halt, Leg, Movement, Step

__all__ = ["Finder", "Found"]

_Begun = tuple[int, tuple[int, ...], frozenset[int]]
"""The beginning of a way: where it has come to, by which arcs, and past which junctions."""

#: A leg may take so many times as long as its quickest way, and a quarter of an hour more: without
#: a place to wait at, driving in circles would otherwise count as a way to let time go by.
_DETOUR, _DETOUR_S = 3, 900

#: So many beginnings of ways are looked at for each way that may be found.
_PARTS = 20

#: Hundredths of seconds that no way takes: eight months.
_AGES = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """When a trip could leave, by the search, and what to drive for any such moment.

    Parameters
    ----------
    unused : waiting places at which nobody was let wait: their check is good for a part of the
        time only, and the road there is open by more than the roads that lead there.
    """

    departures: Departures
    drive: Callable[[int], Drive]
    unused: frozenset[str] = frozenset()

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Closed spans of moments, sorted and apart."""
        return self.departures.spans

    @property
    def stopped(self) -> Stopped:
        """Why moments may be missing."""
        return self.departures.stopped


@dataclass(frozen=True)
class Finder:
    """Searches the roads for one movement between the earliest departure and the latest end.

    Raises
    ------
    RouteRefused : no road leads from one of its places to the next.
    """

    roads: Roads
    movement: Movement
    within: Span

    @cached_property
    def _legs(self) -> LegRoads:
        return LegRoads(self.roads, self.movement, self.within)

    def found(
        self,
        pads: Pads = NO_PADS,
        without: frozenset[int] = frozenset(),
        *,
        waits: bool = False,
        at_ends: bool = False,
    ) -> Found:
        """All moments at which a trip could leave, kept to the gates.

        Parameters
        ----------
        without : edges that it must not use, by number.
        waits : let the column wait at waiting places that hold it, while their check is valid.
        at_ends : also at the end of a leg where the check is good for a part of the time only; then
            the column is served there within that time too.
        """
        runs = tuple(
            self._legs.run(leg, pads, without, waits, at_ends) for leg in self.movement.legs
        )
        kernel = self.roads.kernel(runs[0].ways)
        gone = departures(
            kernel,
            runs,
            earliest=self.within.start,
            latest=self.within.end,
            limits=Limits(until=self.within.end, driving_s=self.longest_s),
        )

        def drive(at: int) -> Drive:
            trip = gone.trip(at)
            route = tuple(
                self._legs.steps(run.ways, [hop.arc for hop in hops])
                for run, hops in zip(runs, trip, strict=True)
            )
            halts = tuple(self._halted(runs, trip)) if waits else ()
            return Drive(route, halts if any(halts) else ())

        unused = {place for run in runs for node, (place, _) in self._legs.room.items()
                  if not run.ways.flags[node] & WAIT}  # fmt: skip
        return Found(departures=gone, drive=drive, unused=frozenset(unused if waits else ()))

    @property
    def may_wait(self) -> bool:
        """Whether some waiting place on the way holds the column at some time."""
        return bool(self._legs.room)

    @property
    def may_wait_at_ends(self) -> bool:
        """Whether one that does so for a part of the time only is at the end of some leg."""
        return any(
            node in self._legs.all_ends and not room.holds(self.within)
            for node, (_, room) in self._legs.room.items()
        )

    def check_joined(self) -> None:
        """Refuses a leg whose places no road joins, whatever its hours.

        Raises
        ------
        RouteRefused : there is such a leg; it is named.
        """
        for leg in self.movement.legs:
            self._quickest_s(leg)

    @cached_property
    def is_hopeless(self) -> bool:
        """Whether no trip ends in time even if the column could wait anywhere on its way.

        Never claimed where what is recorded of speeds changes meanwhile: only one of them is
        searched.
        """
        changes = {at for one in self._legs.speeds for at in (one.valid.start, one.valid.end)}
        if any(self.within.contains(at) for at in changes):
            return False
        moment = self.within.start
        for leg in self.movement.legs:
            run = self._legs.run(leg, NO_PADS, frozenset())
            starts = [Start(node, moment, self.within.end) for node in run.starts]
            kernel = self.roads.kernel(run.ways)
            reached = kernel.screen(run.ways, run.gates, starts, self.within.end)
            moment = min(int(reached[end]) for end in run.ends)
            if moment == UNREACHED:
                return True
            moment += leg.service_s
        return moment > self.within.end

    def every(self, most: int) -> tuple[Route, ...] | None:
        """Every route that passes no place twice on a leg; None where there are more than `most`.

        Whatever their hours, so that what is found by them is all there is by such routes.
        """
        legs: list[list[tuple[Step, ...]]] = []
        for leg in self.movement.legs:
            found = list(islice(self._every(leg, most), most + 1))
            legs.append(found)
            if prod(map(len, legs)) > most:
                return None
        return tuple(product(*legs))

    def quickest(
        self, dearer: Mapping[int, int] | None = None, *, ever_open: bool = False
    ) -> Route | None:
        """The quickest route with no regard to when; None where there is none.

        Parameters
        ----------
        dearer : edges that count for more than they take: hundredths of their seconds, by number.
        ever_open : keep off roads that are never open to the leg.
        """
        found = []
        for leg in self.movement.legs:
            steps = self._quickest(leg, dearer or {}, ever_open)
            if not steps:
                return None
            found.append(steps)
        return tuple(found)

    @cached_property
    def longest_s(self) -> int:
        """How long a leg may be driven, holds included, before it counts as driving in circles."""
        quickest = max(self._quickest_s(leg) for leg in self.movement.legs)
        return quickest * _DETOUR + _DETOUR_S + sum(self._legs.holds.values())

    def edges(self, route: Route) -> Iterator[int]:
        """The numbers of the edges of a route, leg by leg, in driving order."""
        ids = [step.edge for steps in route for step in steps]
        if not self.roads.numbers.keys() >= {*ids}:
            names = self.roads.division.graph.edge_ids
            self.roads.numbers.update(numbers_of(names, {*ids} - self.roads.numbers.keys(), "edge"))
        return (self.roads.numbers[id] for id in ids)

    # -- what is told of halts

    def _halted(
        self, runs: Sequence[Run], trip: Sequence[Sequence[Hop]]
    ) -> Iterator[tuple[Halt, ...]]:
        """Where the column stands on each leg of a trip, and how long."""
        junction = self.roads.division.graph.junction
        places = {int(junction[node]): place for node, (place, _) in self._legs.room.items()}
        for number, (run, hops) in enumerate(zip(runs, trip, strict=True)):
            goes_on = [hop.enter for hop in hops[1:]]
            served = [0] * len(goes_on)
            if number + 1 < len(runs):
                goes_on.append(trip[number + 1][0].enter)
                served.append(run.service_s)
            waits = [
                (int(junction[int(run.ways.head[hop.arc])]), leaves - hop.arrive - stays)
                for hop, leaves, stays in zip(hops, goes_on, served, strict=False)
            ]
            yield tuple(Halt(place=places[at], wait_s=wait) for at, wait in waits if wait > 0)

    # -- without gates

    def _every(self, leg: Leg, most: int) -> Iterator[tuple[Step, ...]]:
        """The ways of a leg, the fewest roads first; it gives up by giving too many."""
        ways = self._legs.ways(leg, self.roads.closed, self._legs.table(leg))
        (start, *_), ends = self._legs.ends(leg)
        junction = self.roads.division.graph.junction
        first, head = ways.first.tolist(), ways.head.tolist()
        begun: _Begun = (start, (), frozenset({int(junction[start])}))
        looked, open_ways = 0, deque([begun])
        while open_ways:
            node, arcs, been = open_ways.popleft()
            looked += 1
            if looked > most * _PARTS:
                yield from repeat((), most + 1)
                return
            for arc in range(first[node], first[node + 1]):
                there = head[arc]
                if there in ends:
                    yield self._legs.steps(ways, (*arcs, arc))
                elif int(junction[there]) not in been:
                    open_ways.append((there, (*arcs, arc), been | {int(junction[there])}))

    def _quickest_s(self, leg: Leg) -> int:
        ways = self._legs.ways(leg, self.roads.closed, self._legs.table(leg))
        starts, ends = self._legs.ends(leg)
        seconds = self.roads.kernel(ways).static(ways, starts[:1])
        least = min(int(seconds[end]) for end in ends)
        if least == UNREACHED:
            raise RouteRefused(
                f"No road leads from {leg.origin} to {leg.destination} (leg {leg.id}).",
                "Check the places, and whether a closed road or a missing one lies between them.",
                leg=leg.id,
            )
        return least

    def _quickest(
        self, leg: Leg, dearer: Mapping[int, int], ever_open: bool
    ) -> tuple[Step, ...] | None:
        import numpy as np  # arrays; judging never comes here

        told = self._legs.table(leg)
        shut_now = self._legs.shut if ever_open else frozenset()
        ways = self._legs.ways(leg, self.roads.closed | shut_now, told)
        seconds = ways.seconds.astype(np.int64) * 100
        if dearer:
            counts = np.full(self.roads.division.graph.edges, 100, np.int64)
            counts[list(dearer)] = list(dearer.values())
            seconds = seconds * counts[ways.edge] // 100
        everywhere = Gates.of([[(0, _AGES)], []])
        shut = np.array([not spans for spans in told.gates().rows()], np.int32)
        gate = shut[ways.gate] if ever_open else np.zeros_like(ways.gate)
        free = replace(
            ways,
            seconds=np.minimum(seconds, _AGES).astype(np.int32),
            gate=gate.astype(np.int32),
            node_gate=np.zeros_like(ways.node_gate),
            flags=np.zeros_like(ways.flags),
        )
        starts, ends = self._legs.ends(leg)
        kernel = self.roads.kernel(free)
        # A threshold beyond any time keeps the first label of every node, which is the quickest.
        limits = Limits(until=_AGES, novelty_s=_AGES, u_turns=True)
        labels = kernel.sets(free, everywhere, [Start(starts[0], 0, 0)], limits, ends)
        at = [int(i) for i in np.flatnonzero(np.isin(labels.node, ends))]
        if not at:
            return None
        label = min(at, key=lambda i: int(labels.earliest[i]))
        arcs: list[int] = []
        while int(labels.parent[label]) >= 0:
            arcs.append(int(labels.arc[label]))
            label = int(labels.parent[label])
        return self._legs.steps(free, reversed(arcs))

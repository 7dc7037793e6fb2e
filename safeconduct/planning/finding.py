"""Which routes a movement could drive: the search over roads, and nothing that is judged.

What is found here is a candidate. Whether a trip by it is covered is worked out exactly afterwards,
on the judge's own network and occupancy (`timing.py`); the search only has to lead there. Its gates
never ask for more than the judge does, so where it finds nothing and nothing stopped it, there is
nothing by any road.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice, product, repeat
from math import prod

from safeconduct.clearance import Judge
from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import Table, table
from safeconduct.errors import RouteRefused
from safeconduct.planning.pacing import pace_of
from safeconduct.roads import Network
from safeconduct.roads.division import Division
from safeconduct.roads.pace import driving_s
from safeconduct.roads.search import (
    UNREACHED,
    WAIT,
    Gates,
    Hop,
    Limits,
    SearchKernel,
    Start,
    Stopped,
    Ways,
)
from safeconduct.roads.trips import Departures, Run, departures
from safeconduct.roads.ways import Vehicle, numbers_among, numbers_of, ways_of
from safeconduct.situation import closures, waiting_places
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Checkpoint, Halt, Leg, Movement, RoadSpeed, Step

__all__ = ["Drive", "Finder", "Found", "Pads", "Roads", "Route", "ended", "routed"]

Route = tuple[tuple[Step, ...], ...]
"""The steps of every leg, in driving order."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A route, and where and for how long the column halts on each of its legs.

    Where it halts nowhere `halts` is empty, so that equal ways are equal.
    """

    route: Route
    halts: tuple[tuple[Halt, ...], ...] = ()

    @classmethod
    def of(cls, movement: Movement) -> Drive:
        """What a movement with a route drives."""
        return cls(
            tuple(leg.route for leg in movement.legs),
            tuple(leg.halts for leg in movement.legs) if movement.halts else (),
        )


_Begun = tuple[int, tuple[int, ...], frozenset[int]]
"""The beginning of a way: where it has come to, by which arcs, and past which junctions."""

#: A leg may take so many times as long as its quickest way, and a quarter of an hour more: without
#: a place to wait at, driving in circles would otherwise count as a way to let time go by.
_DETOUR, _DETOUR_S = 3, 900

#: So many beginnings of ways are looked at for each way that may be found.
_PARTS = 20

#: Hundredths of seconds that no way takes: eight months.
_AGES = 2**31 - 1


@dataclass(frozen=True, kw_only=True)
class Roads:
    """The roads that a movement may be led over.

    Parameters
    ----------
    division : what is searched.
    covers : who is bound on it, one for each profile the movement is judged under.
    nodes : of each place that a leg begins or ends at, the nodes that stand for it, the junction
        itself first.
    judge_on : the judge on a network that has these edges exactly, and no geometry.
    numbers : of the edges that were met so far, by id; filled as they are met.
    kernel : which kernel searches these ways.
    closed : edges that are not to be driven, by number.
    vehicle : the largest of the column; without one no posted limit closes anything.
    notes : what could not be told, such as limits that nobody knows.
    """

    division: Division
    covers: tuple[Cover, ...]
    nodes: Mapping[str, tuple[int, ...]]
    judge_on: Callable[[frozenset[str]], Judge]
    kernel: Callable[[Ways], SearchKernel]
    closed: frozenset[int] = frozenset()
    vehicle: Vehicle | None = None
    notes: tuple[str, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Pads:
    """By how much more than the least the gates of a search are narrowed, in seconds."""

    early_s: int = 0
    late_s: int = 0


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
    _tables: dict[str, Table] = field(default_factory=dict, compare=False)
    _left: dict[tuple[object, ...], Ways] = field(default_factory=dict, compare=False)

    def found(
        self,
        pads: Pads = Pads(),
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
        runs = tuple(self._run(leg, pads, without, waits, at_ends) for leg in self.movement.legs)
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
                self._steps(run.ways, [hop.arc for hop in hops])
                for run, hops in zip(runs, trip, strict=True)
            )
            halts = tuple(self._halted(runs, trip)) if waits else ()
            return Drive(route, halts if any(halts) else ())

        unused = {place for run in runs for node, (place, _) in self._room.items()
                  if not run.ways.flags[node] & WAIT}  # fmt: skip
        return Found(departures=gone, drive=drive, unused=frozenset(unused if waits else ()))

    @property
    def may_wait(self) -> bool:
        """Whether some waiting place on the way holds the column at some time."""
        return bool(self._room)

    @property
    def may_wait_at_ends(self) -> bool:
        """Whether one that does so for a part of the time only is at the end of some leg."""
        return any(
            node in self._all_ends and not room.holds(self.within)
            for node, (_, room) in self._room.items()
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
        changes = {at for one in self._speeds for at in (one.valid.start, one.valid.end)}
        if any(self.within.contains(at) for at in changes):
            return False
        moment = self.within.start
        for leg in self.movement.legs:
            run = self._run(leg, Pads(), frozenset())
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

    @staticmethod
    def goes_round(drive: Drive, network: Network) -> bool:
        """Whether a leg passes a place twice: a circle to let time go by, where nobody may wait.

        It is none where the column halts between the two, at a place that it passes once.
        """
        for steps, halts in zip(drive.route, drive.halts or ((),) * len(drive.route), strict=True):
            edges = [(network.edge(step.edge), step.backwards) for step in steps]
            places = [edges[0][0].b if edges[0][1] else edges[0][0].a]
            places += [edge.a if backwards else edge.b for edge, backwards in edges]
            halted = [places.index(halt.place) for halt in halts]
            if any(places.count(places[at]) > 1 for at in halted):
                return True
            last: dict[str, int] = {}
            for at, place in enumerate(places):
                if place in last and not any(last[place] < one < at for one in halted):
                    return True
                last[place] = at
        return False

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
        return quickest * _DETOUR + _DETOUR_S + sum(self._holds.values())

    def edges(self, route: Route) -> Iterator[int]:
        """The numbers of the edges of a route, leg by leg, in driving order."""
        ids = [step.edge for steps in route for step in steps]
        if not self.roads.numbers.keys() >= {*ids}:
            names = self.roads.division.graph.edge_ids
            self.roads.numbers.update(numbers_of(names, {*ids} - self.roads.numbers.keys(), "edge"))
        return (self.roads.numbers[id] for id in ids)

    # -- the ways and gates of a leg

    def _run(
        self,
        leg: Leg,
        pads: Pads,
        without: frozenset[int],
        waits: bool = False,
        at_ends: bool = False,
    ) -> Run:
        told = self._table(leg)
        column = driving_s(max(1, self.movement.convoy.column_m * 10), leg.speed_kmh)
        late_s = column + self.movement.margin_s + pads.late_s
        gates = told.gates(pads.early_s, late_s)
        always, stands = [], dict[int, int]()
        for node, (_, room) in self._room.items() if waits else ():
            if room.holds(self.within):
                always.append(node)
            elif at_ends or node not in self._all_ends:
                stands[node] = len(gates.first) - 1
                gates = _with_row(gates, self._standing(told, node) & room, pads.early_s, late_s)
        closed = self.roads.closed | self._shut | without
        ways = self._ways(leg, closed, told, always, stands)
        if self._shut_partly:
            gate = ways.gate.copy()
            for edge, shut in self._shut_partly.items():
                gate[ways.edge == edge] = len(gates.first) - 1
                own = told.row(int(self.roads.division.edge_bundle[edge])) - shut
                gates = _with_row(gates, own, pads.early_s, late_s)
            ways = replace(ways, gate=gate)
        starts, ends = self._ends(leg)
        return Run(ways, gates, starts[:1], ends, leg.service_s)

    def _standing(self, told: Table, node: int) -> Spans:
        """When the place of a node itself is open."""
        own = told.bundles + int(self.roads.division.node_class[node])
        return told.row(told.own_gates.get(node, own))

    @cached_property
    def _room(self) -> dict[int, tuple[str, Spans]]:
        """The nodes at which the whole column can stand, with the place of each and when.

        Not those where the whole trip begins or ends: there it leaves later, or has arrived.
        """
        found = waiting_places(self.roads.covers[0].situation, self.movement.convoy.column_m)
        meeting = {place: spans.within(self.within) for place, spans in found.items()}
        inner = {leg.destination for leg in self.movement.legs[:-1]}
        outer = {self.movement.legs[0].origin, self.movement.legs[-1].destination} - inner
        return {
            self.roads.nodes[place][0]: (place, spans)
            for place, spans in meeting.items()
            if spans and place in self.roads.nodes and place not in outer
        }

    @cached_property
    def _all_ends(self) -> frozenset[int]:
        """The nodes at which some leg begins or ends."""
        return frozenset(n for leg in self.movement.legs for some in self._ends(leg) for n in some)

    def _halted(
        self, runs: Sequence[Run], trip: Sequence[Sequence[Hop]]
    ) -> Iterator[tuple[Halt, ...]]:
        """Where the column stands on each leg of a trip, and how long."""
        junction = self.roads.division.graph.junction
        places = {int(junction[node]): place for node, (place, _) in self._room.items()}
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

    def _ways(
        self,
        leg: Leg,
        closed: Collection[int],
        told: Table,
        waits: Collection[int] = (),
        stands: Mapping[int, int] | None = None,
    ) -> Ways:
        # Every search asks for them, and there are as many as legs differ in speed and in waits.
        gates, stood = tuple(told.own_gates.items()), tuple((stands or {}).items())
        wanted = leg.speed_kmh, frozenset(closed), gates, frozenset(waits), stood
        if wanted not in self._left:
            self._left[wanted] = ways_of(
                self.roads.division,
                pace_of(leg.speed_kmh, self.roads.division.graph, self._speeds, self.within.start),
                vehicle=self.roads.vehicle,
                closed_edges=closed,
                holds=self._holds,
                own_gates=told.own_gates,
                waits=waits,
                stands=stands,
            )
        return self._left[wanted]

    def _table(self, leg: Leg) -> Table:
        """When each class is open to the leg under all of the profiles."""
        if leg.id not in self._tables:
            first, *others = (
                table(cover, self.roads.division, LegProfile.of(leg), self.movement, self.within)
                for cover in self.roads.covers
            )
            for other in others:
                first = _both(first, other)
            self._tables[leg.id] = first
        return self._tables[leg.id]

    @cached_property
    def _holds(self) -> dict[int, int]:
        """The longest holds at the nodes of checkpoints; one that nobody knows counts as none."""
        held: dict[int, int] = {}
        for post in self.roads.covers[0].situation.facts(Checkpoint):
            for node in self.roads.nodes.get(post.place, ())[:1]:
                held[node] = held.get(node, 0) + (post.hold_max_s or 0)
        return held

    def _ends(self, leg: Leg) -> tuple[tuple[int, ...], tuple[int, ...]]:
        return self.roads.nodes[leg.origin], self.roads.nodes[leg.destination]

    @cached_property
    def _speeds(self) -> tuple[RoadSpeed, ...]:
        """What is recorded of roads; where it changes meanwhile, the first of it is searched."""
        return self.roads.covers[0].situation.facts(RoadSpeed)

    @cached_property
    def _shut(self) -> frozenset[int]:
        """The edges that closures name and close for as long as is looked at."""
        return frozenset(n for n, shut in self._closed.items() if shut.holds(self.within))

    @cached_property
    def _shut_partly(self) -> dict[int, Spans]:
        """The edges that closures name and close for a part of that time, and when."""
        return {n: shut for n, shut in self._closed.items() if n not in self._shut}

    @cached_property
    def _closed(self) -> dict[int, Spans]:
        """When closures close each edge that they name, within what is looked at."""
        named: dict[str, Spans] = {}
        for closure, spans in closures(self.roads.covers[0].situation):
            for edge in closure.edges if (meets := spans.within(self.within)) else ():
                named[edge] = named.get(edge, NEVER) | meets
        found = numbers_among(self.roads.division.graph.edge_ids, named)
        return {found[name]: shut for name, shut in named.items() if name in found}

    # -- without gates

    def _every(self, leg: Leg, most: int) -> Iterator[tuple[Step, ...]]:
        """The ways of a leg, the fewest roads first; it gives up by giving too many."""
        ways = self._ways(leg, self.roads.closed, self._table(leg))
        (start, *_), ends = self._ends(leg)
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
                    yield self._steps(ways, (*arcs, arc))
                elif int(junction[there]) not in been:
                    open_ways.append((there, (*arcs, arc), been | {int(junction[there])}))

    def _quickest_s(self, leg: Leg) -> int:
        ways = self._ways(leg, self.roads.closed, self._table(leg))
        starts, ends = self._ends(leg)
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

        told = self._table(leg)
        shut_now = self._shut if ever_open else frozenset()
        ways = self._ways(leg, self.roads.closed | shut_now, told)
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
        starts, ends = self._ends(leg)
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
        return self._steps(free, reversed(arcs))

    def _steps(self, ways: Ways, arcs: Iterable[int]) -> tuple[Step, ...]:
        graph, steps = self.roads.division.graph, []
        for arc in arcs:
            number = int(ways.edge[arc])
            id = graph.edge_ids[number]
            self.roads.numbers[id] = number
            steps.append(Step(edge=id, backwards=bool(graph.backwards[int(ways.arc[arc])])))
        return tuple(steps)


def _both(one: Table, other: Table) -> Table:
    """When each row is open in both of two tables of the same roads."""
    import numpy as np  # arrays; judging never comes here

    rows = [one.row(number) & other.row(number) for number in range(len(one.kinds))]
    first = np.zeros(len(rows) + 1, np.int64)
    np.cumsum([len(row) for row in rows], out=first[1:])
    spans = [span for row in rows for span in row]
    return replace(
        one,
        kinds=np.arange(len(rows)),
        first=first,
        starts=np.array([span.start for span in spans], np.int64),
        ends=np.array([span.end for span in spans], np.int64),
    )


def _with_row(gates: Gates, spans: Spans, early_s: int, late_s: int) -> Gates:
    """The gates with one row more, made of these spans as `Table.gates` does."""
    import numpy as np  # arrays; judging never comes here

    closed = [(one.start + early_s, one.end - late_s) for one in spans]
    more = np.array([span for span in closed if span[0] <= span[1]], np.int64).reshape(-1, 2)
    return Gates(
        np.append(gates.first, gates.first[-1] + len(more)),
        np.append(gates.opens, more[:, 0]),
        np.append(gates.closes, more[:, 1]),
    )


def routed(movement: Movement, drive: Route | Drive) -> Movement:
    """The movement with these roads and halts."""
    if not isinstance(drive, Drive):
        drive = Drive(drive)
    halts = drive.halts or ((),) * len(drive.route)
    legs = (
        replace(leg, route=steps, halts=some)
        for leg, steps, some in zip(movement.legs, drive.route, halts, strict=True)
    )
    return replace(movement, legs=tuple(legs))


def ended(movement: Movement, network: Network) -> Movement:
    """The movement with the places of its legs named, and no roads; as it is where it has none."""
    if not movement.has_route:
        return movement
    legs = []
    for leg in movement.legs:
        first, last = (network.edge(step.edge) for step in (leg.route[0], leg.route[-1]))
        start = first.b if leg.route[0].backwards else first.a
        end = last.a if leg.route[-1].backwards else last.b
        legs.append(replace(leg, route=(), halts=(), origin=start, destination=end))
    return replace(movement, legs=tuple(legs))

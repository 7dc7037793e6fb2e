"""The roads of a movement's legs as arrays: which ways there are, and when each is open to a leg.

What is recorded is turned here into what a kernel searches; the search itself is in `finding.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from safeconduct.clearance import Judge
from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import Table, table
from safeconduct.planning.pacing import pace_of
from safeconduct.roads.division import Division
from safeconduct.roads.pace import driving_s
from safeconduct.roads.search import Gates, SearchKernel, Ways
from safeconduct.roads.trips import Run
from safeconduct.roads.ways import Vehicle, numbers_among, ways_of
from safeconduct.situation import closures, waiting_places
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Checkpoint, Leg, Movement, RoadSpeed, Step

__all__ = ["NO_PADS", "LegRoads", "Pads", "Roads"]


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


NO_PADS = Pads()
"""The least that the judge asks for."""


@dataclass(frozen=True)
class LegRoads:
    """The ways and gates of one movement's legs, for departures and ends within a span."""

    roads: Roads
    movement: Movement
    within: Span
    _tables: dict[str, Table] = field(default_factory=dict, compare=False)
    _left: dict[tuple[object, ...], Ways] = field(default_factory=dict, compare=False)

    def run(
        self,
        leg: Leg,
        pads: Pads,
        without: frozenset[int],
        waits: bool = False,
        at_ends: bool = False,
    ) -> Run:
        """A leg as a search takes it; `waits`, `at_ends` and `without` as `Finder.found`."""
        told = self.table(leg)
        column = driving_s(max(1, self.movement.convoy.column_m * 10), leg.speed_kmh)
        late_s = column + self.movement.margin_s + pads.late_s
        gates = told.gates(pads.early_s, late_s)
        always, stands = [], dict[int, int]()
        for node, (_, room) in self.room.items() if waits else ():
            if room.holds(self.within):
                always.append(node)
            elif at_ends or node not in self.all_ends:
                stands[node] = len(gates.first) - 1
                gates = _with_row(gates, self._standing(told, node) & room, pads.early_s, late_s)
        closed = self.roads.closed | self.shut | without
        ways = self.ways(leg, closed, told, always, stands)
        if self._shut_partly:
            gate = ways.gate.copy()
            for edge, shut in self._shut_partly.items():
                gate[ways.edge == edge] = len(gates.first) - 1
                own = told.row(int(self.roads.division.edge_bundle[edge])) - shut
                gates = _with_row(gates, own, pads.early_s, late_s)
            ways = replace(ways, gate=gate)
        starts, ends = self.ends(leg)
        return Run(ways, gates, starts[:1], ends, leg.service_s)

    def _standing(self, told: Table, node: int) -> Spans:
        """When the place of a node itself is open."""
        own = told.bundles + int(self.roads.division.node_class[node])
        return told.row(told.own_gates.get(node, own))

    @cached_property
    def room(self) -> dict[int, tuple[str, Spans]]:
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
    def all_ends(self) -> frozenset[int]:
        """The nodes at which some leg begins or ends."""
        return frozenset(n for leg in self.movement.legs for some in self.ends(leg) for n in some)

    def ways(
        self,
        leg: Leg,
        closed: Collection[int],
        told: Table,
        waits: Collection[int] = (),
        stands: Mapping[int, int] | None = None,
    ) -> Ways:
        """The ways of a leg without some edges; where to wait always, and by a gate of its own.

        Parameters
        ----------
        closed : edges, by number. waits : nodes at which a column may stand at any time.
        stands : nodes at which it may stand while a gate is open, with the gate's row.
        """
        # Every search asks for them, and there are as many as legs differ in speed and in waits.
        gates, stood = tuple(told.own_gates.items()), tuple((stands or {}).items())
        wanted = leg.speed_kmh, frozenset(closed), gates, frozenset(waits), stood
        if wanted not in self._left:
            self._left[wanted] = ways_of(
                self.roads.division,
                pace_of(leg.speed_kmh, self.roads.division.graph, self.speeds, self.within.start),
                vehicle=self.roads.vehicle,
                closed_edges=closed,
                holds=self.holds,
                own_gates=told.own_gates,
                waits=waits,
                stands=stands,
            )
        return self._left[wanted]

    def table(self, leg: Leg) -> Table:
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
    def holds(self) -> dict[int, int]:
        """The longest holds at the nodes of checkpoints; one that nobody knows counts as none."""
        held: dict[int, int] = {}
        for post in self.roads.covers[0].situation.facts(Checkpoint):
            for node in self.roads.nodes.get(post.place, ())[:1]:
                held[node] = held.get(node, 0) + (post.hold_max_s or 0)
        return held

    def ends(self, leg: Leg) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """The nodes that stand for the beginning of a leg, and those for its end."""
        return self.roads.nodes[leg.origin], self.roads.nodes[leg.destination]

    @cached_property
    def speeds(self) -> tuple[RoadSpeed, ...]:
        """What is recorded of roads; where it changes meanwhile, the first of it is searched."""
        return self.roads.covers[0].situation.facts(RoadSpeed)

    @cached_property
    def shut(self) -> frozenset[int]:
        """The edges that closures name and close for as long as is looked at."""
        return frozenset(n for n, shut in self._closed.items() if shut.holds(self.within))

    @cached_property
    def _shut_partly(self) -> dict[int, Spans]:
        """The edges that closures name and close for a part of that time, and when."""
        return {n: shut for n, shut in self._closed.items() if n not in self.shut}

    @cached_property
    def _closed(self) -> dict[int, Spans]:
        """When closures close each edge that they name, within what is looked at."""
        named: dict[str, Spans] = {}
        for closure, spans in closures(self.roads.covers[0].situation):
            for edge in closure.edges if (meets := spans.within(self.within)) else ():
                named[edge] = named.get(edge, NEVER) | meets
        found = numbers_among(self.roads.division.graph.edge_ids, named)
        return {found[name]: shut for name, shut in named.items() if name in found}

    def steps(self, ways: Ways, arcs: Iterable[int]) -> tuple[Step, ...]:
        """The steps that some arcs of these ways are, in their order."""
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

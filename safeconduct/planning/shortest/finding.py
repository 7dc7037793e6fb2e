"""The shortest lists of asks for a movement, by any road: what to ask of whom, and over what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import Table
from safeconduct.planning.shortest.chores import chores_of
from safeconduct.planning.shortest.openings import openings
from safeconduct.planning.shortest.puzzle import Chosen, Puzzle, Steps, members
from safeconduct.planning.shortest.solving import AtLeast, solve
from safeconduct.planning.shortest.stops import with_arrivals, with_departures
from safeconduct.planning.shortest.trying import NONE_MISSED, AnyTrial, Course, RoadTrial
from safeconduct.planning.shortest.wanted import (
    Lock,
    Wanted,
    locks_of,
    numbered,
    passage_only,
    weights_of,
)
from safeconduct.roads.division import Division
from safeconduct.roads.search import Hop, Limits, SearchKernel, Stopped, Ways
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import Leg, Movement

__all__ = ["DEFAULT_STEPS", "AskList", "Passage", "Shortest", "Stage", "shortest_asks"]

DEFAULT_STEPS = 60_000_000
"""Places looked at in all searches together: about ten seconds on two cores of 2025."""

_Row = tuple[tuple[int, ...], Spans | None]

_TRIPS = 8
"""Of how many spans of departure a trip is looked at before one is proposed."""


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """One leg as it may be driven on any road.

    Parameters
    ----------
    table : when each class of road is open to it, as things are (`cover.table`).
    ways : the roads that are left to the column, made with `table.own_gates`.
    starts, ends : the nodes of its two places; of a junction with copies, all of them.
    """

    leg: Leg
    table: Table
    ways: Ways
    starts: tuple[int, ...]
    ends: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Stage:
    """Departures in which everything is driven at the same speeds.

    Parameters
    ----------
    passages : of each leg of the movement, in order.
    earliest : the first moment of departure. What is asked now cannot be relied on before the time
        for preparation has passed (rule T2), so nothing earlier than that is of use.
    leaves_by : the last moment of departure; any at all when left out.
    latest : by when the head has to have arrived and been served at the last place, so that the
        tail is clear, with the margin, in time.
    behind_s : how long after its head the last of the column is off a road at the latest: the time
        that it takes to pass at its slowest, and the margin.
    early_s : how much sooner than the search has it the head may be anywhere.
    """

    passages: tuple[Passage, ...]
    earliest: int
    latest: int
    limits: Limits
    behind_s: int
    early_s: int = 0
    leaves_by: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskList:
    """One list of candidates which, all granted, open a trip; and that trip.

    Parameters
    ----------
    seconds_dm : what is asked for, in seconds times decimetres of road, over the whole horizon.
    trip : for each leg the arcs of the graph that it drives, with their times.
    """

    wanted: tuple[Wanted, ...]
    seconds_dm: int
    trip: tuple[tuple[Hop, ...], ...]

    @property
    def parties(self) -> tuple[str, ...]:
        """Whom something is asked of."""
        return tuple(sorted({one.party for one in self.wanted}))

    @property
    def departs_at(self) -> int:
        """When the head of the column leaves, UTC seconds."""
        return self.trip[0][0].enter


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortest:
    """The shortest lists, or what has to be done before any list can help.

    Parameters
    ----------
    lists : the shortest first; one empty list where the trip can be made as things are.
    proven : how many of them are proven to be the next shortest.
    bound : where the search was stopped, the parties and asks that every other list has at least.
    chores : where no list opens a trip, the fewest tasks of our own that would, if all were granted
        that can be asked (kinds in `chores.py`); where not even they do, none.
    opens : whether some list opens a trip.
    stopped : why the searches may have missed a trip. They never invent one.
    candidates, searches, steps : how large the question was, and what the answer took.
    """

    lists: tuple[AskList, ...]
    proven: int
    opens: bool
    candidates: int
    searches: int
    steps: int
    bound: AtLeast | None = None
    chores: tuple[Wanted, ...] = ()
    stopped: Stopped = NONE_MISSED


def shortest_asks(
    covers: Sequence[Cover],
    division: Division,
    movement: Movement,
    stages: Sequence[Stage],
    *,
    kernel: SearchKernel,
    lists: int = 1,
    steps: int = DEFAULT_STEPS,
) -> Shortest:
    """Which guarantees, from whom and where, would open the whole trip by any road.

    Fewest parties, then fewest asks, then least road times time, then the names. A candidate is a
    party, a kind and an area; it is asked for all the time there is and for all legs, and trimmed
    afterwards (`trimming.py`). Instruments other than a guarantee, risk owners and legal bases stay
    as they are recorded. Road that is not assessed, whose consent holder is not known, or that is
    under a hazard stays closed; where nothing opens without it, the fewest own tasks are named.

    Parameters
    ----------
    covers : of the division (or of the network that it was made from), one for each profile that
        the movement is judged under.
    stages : at least one; the trip may leave in any of them.
    kernel : `choosing.kernel_for` says which.
    lists : how many; those after the first are each the next shortest that holds none of them.
    steps : the budget, in places looked at; the same on every machine.
    """
    quests = [_Quest(covers, division, movement, stage, kernel) for stage in stages]
    locks = [
        {
            LegProfile.of(one.leg): locks_of(
                covers, LegProfile.of(one.leg), movement, one.table.horizon
            )
            for one in stage.passages
        }
        for stage in stages
    ]
    every = tuple(of_leg for stage in locks for of_leg in stage.values())
    budget = Steps(steps)
    numbers = numbered(every)
    weights = weights_of(every, _road_of_each_class(division), numbers)
    trial = _trial(quests, locks, numbers, budget)
    found = solve(_puzzle(numbers, weights), trial, budget, lists)
    names = tuple(numbers)
    shortest = Shortest(
        lists=tuple(_list(one, names, weights, trial) for one in found.lists),
        proven=found.proven,
        opens=found.opens,
        bound=found.bound,
        candidates=len(names),
        searches=trial.searches,
        steps=budget.taken,
        stopped=trial.stopped,
    )
    if found.opens or found.bound is not None:
        return shortest
    return _with_chores(quests, shortest, steps)


def _trial(
    quests: Sequence[_Quest],
    locks: Sequence[Mapping[LegProfile, Sequence[Lock]]],
    numbers: Mapping[Wanted, int],
    budget: Steps,
) -> AnyTrial:
    return AnyTrial(
        [
            quest.trial(of_stage, numbers, budget)
            for quest, of_stage in zip(quests, locks, strict=True)
        ]
    )


def _with_chores(quests: Sequence[_Quest], shortest: Shortest, steps: int) -> Shortest:
    """The same, with the fewest tasks of our own that would open a trip."""
    locks = [
        {
            LegProfile.of(one.leg): chores_of(quest.covers, one.table.horizon)
            for one in quest.stage.passages
        }
        for quest in quests
    ]
    numbers = numbered(of_leg for stage in locks for of_leg in stage.values())
    if not numbers:
        return shortest
    budget = Steps(steps)
    trial = _trial(quests, locks, numbers, budget)
    found = solve(_puzzle(numbers, (0,) * len(numbers)), trial, budget)
    names = tuple(numbers)
    return replace(
        shortest,
        chores=tuple(names[number] for one in found.lists for number in members(one)),
        searches=shortest.searches + trial.searches,
        steps=shortest.steps + budget.taken,
        stopped=shortest.stopped | trial.stopped,
    )


@dataclass(frozen=True, slots=True)
class _Quest:
    """One stage: what stays the same whatever is granted."""

    covers: Sequence[Cover]
    division: Division
    movement: Movement
    stage: Stage
    kernel: SearchKernel

    def trial(
        self,
        locks: Mapping[LegProfile, Sequence[Lock]],
        numbers: Mapping[Wanted, int],
        steps: Steps,
    ) -> RoadTrial:
        """The trial of choices among these candidates."""
        courses = []
        stage = self.stage
        for number, one in enumerate(stage.passages):
            ways, starts = one.ways, one.starts
            if number:
                nodes = len(ways.first) - 1
                ways = with_departures(ways, starts)
                starts = tuple(range(nodes, nodes + len(starts)))
            ways, ends, rows, more = self._taken_over(number, ways, locks)
            opened = openings(
                [*locks[LegProfile.of(one.leg)], *more],
                [*self._rows(one.table), *rows],
                numbers,
                early_s=stage.early_s,
                column_s=stage.behind_s,
            )
            courses.append(Course(ways, opened, starts, ends, one.leg.service_s))
        return RoadTrial(
            self.kernel,
            courses,
            stage.earliest,
            stage.latest,
            stage.limits,
            (1 << len(numbers)) - 1,
            steps,
            leaves_by=stage.leaves_by,
        )

    def _rows(self, table: Table) -> list[_Row]:
        """The rows of `Table.gates`: bundles, classes, and nodes with a crossing of their own."""
        division = self.division
        return [
            *((bundle, None) for bundle in division.bundles),
            *(((cls,), None) for cls in range(len(division.classes))),
            *(((int(division.node_class[node]),), self._crossed(node)) for node, _ in table.own),
        ]

    def _crossed(self, node: int) -> Spans | None:
        """When the crossings at a node are open; None where there is none."""
        both = None
        for _, hours in self.covers[0].crossings_at(self.division.graph.node_ids[node]):
            both = hours if both is None else both & hours
        return both

    def _taken_over(
        self, number: int, ways: Ways, locks: Mapping[LegProfile, Sequence[Lock]]
    ) -> tuple[Ways, tuple[int, ...], list[_Row], list[Lock]]:
        """The ways of a leg with the stops at its end, and a row of the gates for each of them.

        The next leg must be let pass there while the column is there, margin left out: so much
        later than its head the passage may begin to be missing.
        """
        one = self.stage.passages[number]
        if number + 1 == len(self.stage.passages):
            return ways, one.ends, [], []
        after = locks[LegProfile.of(self.stage.passages[number + 1].leg)]
        classes, own = len(self.division.classes), {node for node, _ in one.table.own}
        rows: list[_Row] = []
        more: list[Lock] = []
        for end in one.ends:
            cls = int(self.division.node_class[end])
            hours = self._crossed(end) if end in own else None
            rows.append(((cls, classes + len(more)), hours))
            more.append(passage_only(after[cls], one.table.horizon, self.movement.margin_s))
        first = len(self.division.bundles) + classes + len(own)
        nodes = len(ways.first) - 1
        ways = with_arrivals(ways, one.ends, range(first, first + len(rows)))
        return ways, tuple(range(nodes, nodes + len(rows))), rows, more


def _puzzle(numbers: Mapping[Wanted, int], weights: Sequence[int]) -> Puzzle:
    parties = {one.party: None for one in numbers}
    order = {party: number for number, party in enumerate(parties)}
    return Puzzle(tuple(order[one.party] for one in numbers), tuple(weights))


def _road_of_each_class(division: Division) -> list[int]:
    """How many decimetres of road each class has, every road counted once."""
    first, ends = division.piece_first[:-1], division.piece_end_dm.astype(np.int64)
    starts = np.zeros_like(ends)
    starts[1:] = ends[:-1]
    starts[first[first < len(ends)]] = 0
    road = np.zeros(len(division.classes), np.int64)
    np.add.at(road, division.piece_class, ends - starts)
    return [int(one) for one in road]


def _list(one: Chosen, names: Sequence[Wanted], weights: Sequence[int], trial: AnyTrial) -> AskList:
    numbers = tuple(members(one))
    return AskList(
        wanted=tuple(names[number] for number in numbers),
        seconds_dm=sum(weights[number] for number in numbers),
        trip=_trip(trial, one),
    )


def _trip(trial: AnyTrial, granted: Chosen) -> tuple[tuple[Hop, ...], ...]:
    """The shortest of the first trips, by time: the less time on the road, the less to ask for."""
    trips = [
        (one, found.trip(span[0]))
        for one, found in trial.departures(granted)
        for span in found.spans[:_TRIPS]
    ]
    courses, best = min(
        ((one.courses, trip) for one, trip in trips),
        key=lambda made: (made[1][-1][-1].arrive - made[1][0][0].enter, made[1][0][0].enter),
    )
    return tuple(
        tuple(replace(hop, arc=int(course.ways.arc[hop.arc])) for hop in hops)
        for course, hops in zip(courses, best, strict=True)
    )

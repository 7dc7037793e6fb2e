"""Whether a choice opens a trip on real roads, there and back, and what the search looked at.

Four rungs, the quick ones first. A sketch of the roads knows no times. A screen of the first leg
lets the column wait anywhere: where even that does not arrive, nothing does. So with screens of all
legs in a row. The last rung is the set search itself, from the last place backwards to every
departure; only it is an answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial

import numpy as np

from safeconduct.planning.shortest.openings import Openings
from safeconduct.planning.shortest.puzzle import Chosen, Steps
from safeconduct.planning.shortest.sketch import Sketch, sketch_of
from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.search import (
    GATED,
    UNREACHED,
    Limits,
    SearchKernel,
    Start,
    Stopped,
    Ways,
)
from safeconduct.roads.trips import Departures, Run, departures

__all__ = ["Course", "RoadTrial"]

NONE_MISSED = Stopped(0)

_LEAST_STEPS = 1000
"""What a search on few roads costs, so that tries are counted there too."""

_SET_SEARCH = 2
"""What a set search costs in screens."""

_REMEMBERED_OPEN = 100
"""How many choices that open a trip are kept to answer for greater ones."""

_REMEMBERED = 8
"""How many choices that open nothing are kept to answer for others without a search."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """One leg as it can be driven, whatever is granted.

    Parameters
    ----------
    starts, ends : nodes; of a junction with copies all of them.
    service_s : how long the column stays at the end.
    """

    ways: Ways
    openings: Openings
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    service_s: int = 0


@dataclass(frozen=True, slots=True)
class _Shut:
    """A choice that opened nothing: on each leg, the kinds of row that the search looked at."""

    granted: Chosen
    looked_at: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True, eq=False)
class AnyTrial:
    """A `Trial` that opens where any of some does, all of the same candidates and rungs."""

    trials: Sequence[RoadTrial]

    @property
    def rungs(self) -> int:
        """As of each of them."""
        return self.trials[0].rungs

    @property
    def searches(self) -> int:
        """Of all of them."""
        return sum(one.searches for one in self.trials)

    @property
    def stopped(self) -> Stopped:
        """What any of them may have missed."""
        found = NONE_MISSED
        for one in self.trials:
            found |= one.stopped
        return found

    def opens(self, granted: Chosen, rung: int) -> bool:
        """Whether there is a trip in any of them as far as this rung sees."""
        return any(one.opens(granted, rung) for one in self.trials)

    def idle(self, granted: Chosen, rung: int) -> Chosen:
        """What opens none of them even when all of it is granted as well."""
        idle = self.trials[0].idle(granted, rung)
        for one in self.trials[1:]:
            idle &= one.idle(granted, rung)
        return idle

    def departures(self, granted: Chosen) -> list[tuple[RoadTrial, Departures]]:
        """Every departure of each of them."""
        return [(one, one.departures(granted)) for one in self.trials]


@dataclass(eq=False)
class RoadTrial:
    """A `Trial` of candidates on the courses of one movement.

    Parameters
    ----------
    earliest, latest : the first moment of departure, and by when the head has arrived at the last
        place and been served there.
    stopped : why the set searches may have missed an option, once they have run.
    leaves_by : the last moment of departure; the screens do not know it.
    """

    kernel: SearchKernel
    courses: Sequence[Course]
    earliest: int
    latest: int
    limits: Limits
    everything: Chosen
    steps: Steps
    leaves_by: int | None = None
    stopped: Stopped = field(default=NONE_MISSED)
    searches: int = 0
    _shut: list[dict[Chosen, _Shut]] = field(init=False)
    _open: list[list[Chosen]] = field(init=False)
    _tails: list[Ints] = field(init=False)
    _sketches: list[Sketch] = field(init=False)
    _found: dict[Chosen, Departures] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._sketches = [
            sketch_of(c.ways, c.openings.kind, c.starts, c.ends) for c in self.courses
        ]
        self._shut = [{} for _ in range(self.rungs)]
        self._open = [[] for _ in range(self.rungs)]
        self._tails = [
            np.repeat(np.arange(len(c.ways.first) - 1, dtype=np.int32), np.diff(c.ways.first))
            for c in self.courses
        ]

    @property
    def rungs(self) -> int:
        """A sketch, a screen of the first leg, screens of all where there are more, set search."""
        return 4 if len(self.courses) > 1 else 3

    def opens(self, granted: Chosen, rung: int) -> bool:
        """Whether there is a trip as far as this rung sees."""
        if any(less & ~granted == 0 for less in self._open[rung]):
            return True  # granting more never closes a trip
        if self._as_shut_before(granted, rung) is not None:
            return False
        shut = self._search(granted, rung)
        if shut is None:
            self._keep_open(granted, rung)
            return True
        kept = self._shut[rung]
        kept[granted] = shut
        if len(kept) > _REMEMBERED:
            del kept[next(iter(kept))]
        return False

    def _keep_open(self, granted: Chosen, rung: int) -> None:
        """What opens a trip on one rung does so on those before it."""
        for lower in range(rung + 1):
            kept = [one for one in self._open[lower] if granted & ~one]
            self._open[lower] = [*kept[-_REMEMBERED_OPEN:], granted]

    def idle(self, granted: Chosen, rung: int) -> Chosen:
        """What could be granted as well, all of it, without opening a set that does not open."""
        shut = self._as_shut_before(granted, rung) or self._search(granted, rung)
        if shut is None:
            return 0
        moving = 0
        for course, kinds in zip(self.courses, shut.looked_at, strict=False):
            moving |= course.openings.could_change(kinds, granted)
        return self.everything & ~granted & ~moving

    def departures(self, granted: Chosen) -> Departures:
        """Every departure from which the trip can be made with these grants."""
        if granted in self._found:
            return self._found[granted]
        runs = [
            Run(c.ways, c.openings.gates(granted), c.starts, c.ends, c.service_s)
            for c in self.courses
        ]
        found = departures(
            self.kernel, runs, earliest=self.earliest, latest=self.latest, limits=self.limits
        )
        self.stopped |= found.stopped
        if self.leaves_by is not None:
            last = self.leaves_by
            spans = tuple((low, min(high, last)) for low, high in found.spans if low <= last)
            found = replace(found, spans=spans)
        if found.spans:
            self._found[granted] = found
            if len(self._found) > _REMEMBERED:
                del self._found[next(iter(self._found))]
        return found

    def _as_shut_before(self, granted: Chosen, rung: int) -> _Shut | None:
        """A choice that opened nothing, where nothing that its search looked at is different now.

        The search would go the same way again.
        """
        for shut in reversed(self._shut[rung].values()):
            if shut.granted & ~granted == 0 and self._looks_the_same(shut, granted):
                return shut
        return None

    def _looks_the_same(self, shut: _Shut, granted: Chosen) -> bool:
        return all(
            course.openings.pattern(kind, granted) == course.openings.pattern(kind, shut.granted)
            for course, kinds in zip(self.courses, shut.looked_at, strict=False)
            for kind in kinds
        )

    def _search(self, granted: Chosen, rung: int) -> _Shut | None:
        """None where there is a trip; otherwise what was looked at in vain."""
        if rung == self.rungs - 1:
            return self._by_sets(granted)
        if rung == 0:
            return self._by_sketch(granted)
        return self._by_screens(granted, 1 if rung == 1 else len(self.courses))

    def _by_sketch(self, granted: Chosen) -> _Shut | None:
        looked_at: list[frozenset[int]] = []
        for course, sketch in zip(self.courses, self._sketches, strict=True):
            is_open = partial(course.openings.is_ever_open, granted=granted)
            self.steps.spend(len(sketch.kinds))
            reached, looked = sketch.walked(is_open)
            looked_at.append(looked)
            if not reached:
                # What the legs before it need makes no difference to this one.
                return _Shut(granted, (*(frozenset[int]() for _ in looked_at[:-1]), looked))
        return None

    def _by_sets(self, granted: Chosen) -> _Shut | None:
        self._spend(len(self.courses) * _SET_SEARCH)
        found = self.departures(granted)
        if found.spans:
            return None
        return _Shut(
            granted,
            tuple(
                course.openings.kinds_of(rows)
                for course, rows in zip(self.courses, found.scanned, strict=True)
            ),
        )

    def _by_screens(self, granted: Chosen, legs: int) -> _Shut | None:
        looked_at: list[frozenset[int]] = []
        at = [(node, self.earliest) for node in self.courses[0].starts]
        for number, course in enumerate(self.courses[:legs]):
            self._spend(1)
            gates = course.openings.gates(granted)
            starts = [Start(node, moment, self.latest) for node, moment in at]
            arrivals = self.kernel.screen(course.ways, gates, starts, self.latest)
            looked_at.append(self._looked_at(number, arrivals))
            arrived = min(int(arrivals[node]) for node in course.ends)
            if arrived == UNREACHED or arrived + course.service_s > self.latest:
                return _Shut(granted, tuple(looked_at))
            if number + 1 < legs:
                leaves = arrived + course.service_s
                at = [(node, leaves) for node in self.courses[number + 1].starts]
        return None

    def _looked_at(self, number: int, arrivals: Longs) -> frozenset[int]:
        """The kinds of row on every arc out of what was reached, and at both its ends."""
        course = self.courses[number]
        ways = course.ways
        leaving = arrivals[self._tails[number]] != UNREACHED
        heads = ways.head[leaving]
        nodes = np.concatenate(
            [
                heads[ways.flags[heads] & GATED != 0],
                np.array([*course.starts, *course.ends], ways.head.dtype),
            ]
        )
        return course.openings.kinds_of(np.concatenate([ways.gate[leaving], ways.node_gate[nodes]]))

    def _spend(self, legs: int) -> None:
        self.searches += 1
        nodes = max(len(course.ways.first) - 1 for course in self.courses)
        self.steps.spend(max(nodes, _LEAST_STEPS) * legs)

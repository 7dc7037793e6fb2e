"""Where routes come from: the search, quickest ways kept off this and that, and waits on them.

Every one that is taken is timed on the judge's own network before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from safeconduct.clearance import Judge
from safeconduct.planning.drives import Drive, Route, goes_round, routed
from safeconduct.planning.finding import Finder
from safeconduct.planning.halting import waits_at
from safeconduct.planning.legroads import Pads
from safeconduct.planning.options import Option, exposure, named
from safeconduct.planning.timing import Timing, leaving, timing
from safeconduct.planning.windows import windows_of
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Checkpoint

__all__ = ["MOST", "Pool", "Waits", "searched", "varied", "waited"]

MOST = 4
"""How many routes are shown, unless it takes more to have one for every departure."""

_NOT_STOPPED = Stopped(0)

#: In hundredths: what roads that are known already count for, and each party within reach more.
_KNOWN, _PARTY = 180, 100
#: So many routes are tried for departures that no known route explains.
_TRIES = 24
#: So many times trips are taken for the departures of one stretch that need a wait.
_ROUNDS = 2
#: What is passed over, at least, where the judge does not confirm what the search found.
_STEP_S = 60


@dataclass(frozen=True)
class Pool:
    """The routes found so far, with their halts, each timed once."""

    finder: Finder
    adopted: Drive | None
    timings: dict[Drive, tuple[Judge, Timing]] = field(default_factory=dict)
    _gone: dict[Drive, Spans] = field(default_factory=dict)

    def take(self, route: Route | Drive | None) -> Spans:
        """When the route can be left for, by the judge's occupancy; never, where there is none."""
        drive = route if isinstance(route, Drive) else Drive(route or ())
        if not drive.route or not all(drive.route):
            return NEVER
        if drive not in self.timings:
            timed = self._timed(drive)
            if timed is None:
                return NEVER
            self.timings[drive] = timed
        return self._departures(drive)

    def halting(self, drive: Drive, at: int, *, longest: bool) -> Drive:
        """The same drive with waits that the judge's occupancy asks for at a departure, if any."""
        timed = self._timed(drive) if drive.halts else None
        waits = timed and waits_at(timed[1], at, self.finder.within.end, longest=longest)
        if not waits:
            return drive
        left = iter(waits)
        lasting = tuple(tuple((halt, next(left)) for halt in leg) for leg in drive.halts)
        halts = tuple(
            tuple(replace(halt, wait_s=wait) for halt, wait in leg if wait) for leg in lasting
        )
        return Drive(drive.route, halts if any(halts) else ())

    def _timed(self, drive: Drive) -> tuple[Judge, Timing] | None:
        """A drive timed; None for one that goes in a circle to let time go by."""
        edges = frozenset(step.edge for leg in drive.route for step in leg)
        judge = self.finder.roads.judge_on(edges)
        if drive != self.adopted and goes_round(drive, judge.network):
            return None
        movement = routed(self.finder.movement, drive)
        covers = [judge.cover(profile) for profile in movement.profiles]
        return judge, timing(movement, judge.network, covers)

    def _departures(self, drive: Drive) -> Spans:
        if drive not in self._gone:
            within = self.finder.within
            self._gone[drive] = self.timings[drive][1].departures(within, within.end)
        return self._gone[drive]

    def known(self) -> Spans:
        """The departures of all routes together."""
        spans = NEVER
        for drive in self.timings:
            spans = spans | self._departures(drive)
        return spans

    def option(self, drive: Drive) -> Option:
        """What was taken, as it is shown."""
        judge, timed = self.timings[drive]
        route = drive.route
        within = self.finder.within
        windows = windows_of(judge, timed, within, within.end)
        movement = timed.movement
        first = windows.shown[0].at if windows.shown else movement.depart_at
        return Option(
            id="",
            movement=movement,
            judge=judge,
            timing=timed,
            windows=windows,
            roads=tuple(tuple(named(judge.network, leg)) for leg in route),
            length_dm=sum(judge.network.edge(s.edge).length_dm for leg in route for s in leg),
            exposure=exposure(judge, leaving(movement, first)),
            adopted=drive == self.adopted,
        )


def searched(finder: Finder, pool: Pool) -> tuple[Spans, Stopped]:
    """Takes routes until they explain every departure that the search finds, or gives up on some.

    The gates of the first search ask for less than the judge does where checkpoints hold a column
    for a time that is a range; so the search is made again with narrower ones.
    """
    unsure, stopped = NEVER, Stopped(0)
    for pads in _pads(finder):
        found = finder.found(pads)
        stopped |= found.stopped
        left = Spans.of(Span(opens, closes + 1) for opens, closes in found.spans) - pool.known()
        unsure = NEVER
        for _ in range(_TRIES):
            if not left:
                break
            first = next(iter(left))
            gone = pool.take(found.drive(first.start))
            left = left - gone
            if not gone.contains(first.start):
                # The judge does not confirm this moment; a later one may be by another road.
                step = max(_STEP_S, first.length_s // 8)
                doubted = Spans.one(first.start, min(first.start + step, first.end))
                left, unsure = left - doubted, unsure | doubted
        unsure = (unsure | left) - pool.known()
        if not unsure:
            break
    return unsure, stopped


def _pads(finder: Finder) -> Iterator[Pads]:
    posts = finder.roads.covers[0].situation.facts(Checkpoint)
    ranges = sum((post.hold_max_s or 0) - post.hold_min_s for post in posts)
    longest = max((post.hold_max_s or 0 for post in posts), default=0)
    legs = len(finder.movement.legs)
    yield from (Pads(), Pads(0, longest), Pads(ranges, longest))
    yield Pads(ranges * legs, longest * 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Waits:
    """What is left to say of departures with waits; as in `Options`."""

    unsure: Spans = NEVER
    otherwise: Spans = NEVER
    stopped: Stopped = _NOT_STOPPED
    unused: frozenset[str] = frozenset()


def waited(finder: Finder, pool: Pool) -> Waits:
    """Takes routes with halts for departures that no route without one explains.

    A wait fits one departure and may be good for few others: of each stretch of departures the
    trip at its first moment is taken with waits as short as may be, so that later ones fit too, the
    one at its last with waits as long as may be; and once more of what these leave.
    """
    told = Waits()
    asked = list(_pads(finder))
    # Held for a shorter time before it waits, a column comes sooner to all that lies behind.
    asked += [Pads(pads.early_s) for pads in asked if pads.early_s]
    ends = (False, True) if finder.may_wait_at_ends else (False,)
    for pads in asked:
        some = [finder.found(pads, waits=True, at_ends=at_ends) for at_ends in ends]
        for found in some:
            told = replace(told, stopped=told.stopped | found.stopped, unused=found.unused)
        unsure = NEVER
        for one, span in ((found, span) for found in some for span in found.spans):
            left = Spans.one(span[0], span[1] + 1) - pool.known()
            confirmed = False
            for _ in range(_ROUNDS):
                for part in list(left)[:_ROUNDS]:
                    for at in dict.fromkeys((part.start, part.end - 1)):
                        if left.contains(at):
                            drive = pool.halting(one.drive(at), at, longest=at > part.start)
                            gone = pool.take(drive)
                            confirmed |= gone.contains(at)
                            left = left - gone
            if confirmed:
                told = replace(told, otherwise=told.otherwise | left)
            else:
                unsure = unsure | left
        told = replace(told, unsure=(told.unsure | unsure) - told.otherwise - pool.known())
        if not told.unsure:
            break
    return told


def varied(finder: Finder, pool: Pool, *, ever_open: bool) -> None:
    """Takes quickest ways that keep off what is closed, off known roads, off armed parties.

    Where no trip fits by any road, `ever_open` is false: then other roads are looked at all the
    same, so that it can be said what stands in the way of each.
    """
    pool.take(finder.quickest(ever_open=ever_open))
    near = _parties_near(finder)
    pool.take(finder.quickest(near, ever_open=ever_open))
    for _ in range(MOST):
        counted: dict[int, int] = {}
        for drive in pool.timings:
            for edge in set(finder.edges(drive.route)):
                counted[edge] = counted.get(edge, 100) * _KNOWN // 100
        before = len(pool.timings)
        pool.take(finder.quickest(counted, ever_open=ever_open))
        if len(pool.timings) == before:
            return


def _parties_near(finder: Finder) -> dict[int, int]:
    """What each edge counts for where armed parties reach it, in hundredths, by its number."""
    import numpy as np  # arrays; judging never comes here

    division, cover = finder.roads.division, finder.roads.covers[0]
    counts = [len({a.presence.party for a in cover.ground(cls).acting})
              for cls in range(len(division.classes))]  # fmt: skip
    weight = [100 + _PARTY * max((counts[cls] for cls in bundle), default=0)
              for bundle in division.bundles]  # fmt: skip
    dear = np.array(weight)[division.edge_bundle]
    near = np.flatnonzero(dear > 100)
    return dict(zip(near.tolist(), dear[near].tolist(), strict=True))

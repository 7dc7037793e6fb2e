"""A few routes that differ in what matters: when they arrive, what delay they bear, who is near.

Candidates come from the search and from quickest ways with some roads made dearer; every one is
timed on the judge's own network before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.clearance.bench import planned
from safeconduct.clearance.checks import CHECKS
from safeconduct.planning.finding import Drive, Finder, Pads, Route, routed
from safeconduct.planning.halting import waits_at
from safeconduct.planning.timing import Timing, leaving, timing
from safeconduct.planning.windows import Obstacle, Windows, benches, obstacles, windows_of
from safeconduct.register import canonical, digest, encode
from safeconduct.roads import Network
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Checkpoint, Movement

__all__ = ["Exposure", "Option", "Options", "RoadShare", "options"]

MOST = 4
"""How many routes are shown, unless it takes more to have one for every departure."""

ENUMERATED = 200
"""Up to so many routes are timed one by one; where there are more, the search leads."""

_NOT_STOPPED = Stopped(0)

#: A route is another one when it shares less than so many hundredths of its length.
_SHARED = 50
#: In hundredths: what roads that are known already count for, and each party within reach more.
_KNOWN, _PARTY = 180, 100
#: So many routes are tried for departures that no known route explains.
_TRIES = 24
#: So many times trips are taken for the departures of one stretch that need a wait.
_ROUNDS = 2
#: What is passed over, at least, where the judge does not confirm what the search found.
_STEP_S = 60


@dataclass(frozen=True, slots=True)
class RoadShare:
    """A road by its name, and how much of it is driven in one go; the edge where it has no name."""

    name: str
    length_dm: int


@dataclass(frozen=True, slots=True)
class Exposure:
    """How long, and over how much road, a column is within reach of armed parties.

    Parameters
    ----------
    party_s : seconds on each road, or at each place, times the parties who can act there then.
    party_m : metres of road times these parties, each way by itself.
    """

    party_s: int
    party_m: int
    parties: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Option:
    """One route of a movement, timed.

    Parameters
    ----------
    movement : with this route.
    judge : on a network that has its roads.
    roads : of each leg, by name.
    why : what sets it apart from the others shown.
    """

    id: str
    movement: Movement
    judge: Judge
    timing: Timing
    windows: Windows
    roads: tuple[tuple[RoadShare, ...], ...]
    length_dm: int
    exposure: Exposure
    adopted: bool = False
    why: str = ""

    @property
    def mark(self) -> str:
        """Six letters made of its roads and halts, so that another of the same id is noticed."""
        legs = self.movement.legs
        made_of: list[object] = [leg.route for leg in legs]
        made_of += [leg.halts for leg in legs] if self.movement.halts else []
        return digest(canonical(encode(made_of)))[:6]

    @property
    def margin_s(self) -> int | None:
        """The largest delay that a trip in any of its windows bears."""
        return max((one.margin_s for one in self.windows.shown), default=None)

    @property
    def arrives_at(self) -> int | None:
        """The earliest moment at which the head is at the end of the first leg."""
        return min((one.legs[0].arrives_at for one in self.windows.shown), default=None)

    def obstacles(self, at: int) -> tuple[Obstacle, ...]:
        """What stands in its way at one departure, under the profile that misses most."""
        looked = benches(self.judge, self.movement, at)
        return max((obstacles(bench) for bench in looked), key=len)

    def circle(self, at: int) -> tuple[tuple[str, str], ...]:
        """The words on its way that wait for one another, by party: no order satisfies them."""
        found = {
            (finding.party, finding.says)
            for bench in benches(self.judge, self.movement, at)
            for finding in CHECKS["A7"](bench)
            if finding.code == "DEADLOCK"
        }
        return tuple(sorted(found))

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "id": self.id,
            "mark": self.mark,
            "adopted": self.adopted,
            "why": self.why,
            "legs": [
                {
                    "leg": leg.id,
                    "route": [f"{'-' if s.backwards else ''}{s.edge}" for s in leg.route],
                    "roads": [{"name": road.name, "length_dm": road.length_dm} for road in roads],
                    "halts": [{"place": one.place, "wait_s": one.wait_s} for one in leg.halts],
                }
                for leg, roads in zip(self.movement.legs, self.roads, strict=True)
            ],
            "length_dm": self.length_dm,
            "duration_s": self.timing.duration_s,
            "margin_s": self.margin_s,
            "exposure": {
                "party_s": self.exposure.party_s,
                "party_m": self.exposure.party_m,
                "parties": list(self.exposure.parties),
            },
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The routes that are shown, those with a window first.

    Parameters
    ----------
    blocked : the shortest routes without a window, for saying what stands in their way.
    hopeless : no trip ends in time by any road, also if the column could wait anywhere.
    complete : every route that passes no place twice on a leg was looked at.
    stopped : why the search may have missed a window.
    unconfirmed : departures that the search holds for covered and the judge does not.
    otherwise : departures that the search holds for covered with waits of other lengths than those
        that are shown; not put to the judge.
    unused : waiting places at which no trip was let wait.
    """

    shown: tuple[Option, ...]
    blocked: tuple[Option, ...]
    hopeless: bool
    complete: bool
    stopped: Stopped
    unconfirmed: Spans = NEVER
    otherwise: Spans = NEVER
    unused: frozenset[str] = frozenset()


def options(
    finder: Finder, *, adopted: Drive | None = None, enumerated: int = ENUMERATED
) -> Options:
    """A few routes that differ meaningfully, with their windows.

    Parameters
    ----------
    adopted : the route and halts that the movement has; it is shown first, whatever its windows.
    enumerated : where there are no more routes than this, each is timed and none can be missed.

    Raises
    ------
    RouteRefused : no road leads from one of the movement's places to the next.
    """
    finder.check_joined()
    pool = _Pool(finder, adopted)
    if adopted is not None:
        pool.take(adopted)
    pool.take(finder.quickest())
    unsure, stopped = NEVER, Stopped(0)
    waits = _Waits()
    every = finder.every(enumerated)
    for route in every or ():
        pool.take(route)
    if every is None:
        if not finder.is_hopeless:
            unsure, stopped = _searched(finder, pool)
        _varied(finder, pool, ever_open=not finder.is_hopeless)
    if finder.may_wait and not finder.is_hopeless:
        waits = _waited(finder, pool)
    timed = [pool.option(drive) for drive in pool.timings]
    going = [one for one in timed if one.windows.shown]
    for one in timed:
        unsure = unsure | one.windows.unconfirmed
    known = pool.known()
    kept = _chosen(_without_idle_halts(going), known)
    still = [
        one for one in timed if not one.windows.shown and (one.adopted or not one.movement.halts)
    ]
    blocked = _apart([*(one for one in still if one.adopted), *still])
    return Options(
        shown=tuple(_told(kept)),
        blocked=tuple(replace(one, id=f"B{n}") for n, one in enumerate(blocked, 1)),
        hopeless=finder.is_hopeless and not kept,
        complete=every is not None,
        stopped=stopped | waits.stopped,
        unconfirmed=(unsure | waits.unsure) - known,
        otherwise=waits.otherwise - known,
        unused=waits.unused,
    )


@dataclass(frozen=True)
class _Pool:
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
        if drive != self.adopted and self.finder.goes_round(drive, judge.network):
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
            roads=tuple(tuple(_named(judge.network, leg)) for leg in route),
            length_dm=sum(judge.network.edge(s.edge).length_dm for leg in route for s in leg),
            exposure=_exposure(judge, leaving(movement, first)),
            adopted=drive == self.adopted,
        )


def _searched(finder: Finder, pool: _Pool) -> tuple[Spans, Stopped]:
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
class _Waits:
    """What is left to say of departures with waits; as in `Options`."""

    unsure: Spans = NEVER
    otherwise: Spans = NEVER
    stopped: Stopped = _NOT_STOPPED
    unused: frozenset[str] = frozenset()


def _waited(finder: Finder, pool: _Pool) -> _Waits:
    """Takes routes with halts for departures that no route without one explains.

    A wait fits one departure and may be good for few others: of each stretch of departures the
    trip at its first moment is taken with waits as short as may be, so that later ones fit too, the
    one at its last with waits as long as may be; and once more of what these leave.
    """
    told = _Waits()
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


def _without_idle_halts(going: list[Option]) -> list[Option]:
    """These routes but those whose halts open no departure that another has without any."""
    open_anyway = Spans.of(s for one in going if not one.movement.halts for s in _moments(one))
    return [
        one for one in going if one.adopted or not one.movement.halts or _moments(one) - open_anyway
    ]


def _varied(finder: Finder, pool: _Pool, *, ever_open: bool) -> None:
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


def _chosen(going: list[Option], known: Spans) -> list[Option]:
    """The adopted route, the best in each respect, others by other roads; and whatever else it
    takes so that every departure that is known has a route among them.
    """
    if not going:
        return []
    best = [
        *(one for one in going if one.adopted),
        min(going, key=_soonest),
        max(going, key=lambda o: (o.margin_s or 0, -o.length_dm)),
        min(going, key=lambda o: (o.exposure.party_s, o.length_dm)),
    ]
    others = sorted(going, key=_soonest)
    kept = [one for n, one in enumerate(best) if one not in best[:n]]
    for one in others:
        if len(kept) < MOST and all(_shared(one, other) < _SHARED for other in kept):
            kept.append(one)
    left = known
    for one in kept:
        left = left - _moments(one)
    for one in others:
        if _moments(one) & left:
            kept.append(one)
            left = left - _moments(one)
    return kept


def _soonest(one: Option) -> tuple[int, int, int]:
    """First who arrives first, then whose trip is over sooner, then the shorter way."""
    return one.arrives_at or 0, one.timing.duration_s, one.length_dm


def _moments(one: Option) -> Spans:
    """The departures in the windows of a route."""
    return Spans.of(window.departures for window in one.windows.shown)


def _apart(found: Iterable[Option]) -> list[Option]:
    """The first of these that take roads of their own, at most as many as are shown."""
    kept: list[Option] = []
    for one in found:
        if len(kept) < MOST and all(_shared(one, other) < _SHARED for other in kept):
            kept.append(one)
    return kept


def _told(kept: list[Option]) -> Iterator[Option]:
    """The routes with their ids, and what sets each apart."""
    for number, one in enumerate(kept, 1):
        others = [other for other in kept if other is not one]
        why = ["the route that is adopted"] if one.adopted else []
        if others and all((one.arrives_at or 0) < (o.arrives_at or 0) for o in others):
            why.append("arrives first")
        if others and all((one.margin_s or 0) > (o.margin_s or 0) for o in others):
            why.append("bears the longest delay")
        if others and all(one.exposure.party_s < o.exposure.party_s for o in others):
            why.append("is least within reach of armed parties")
        if not why and others:
            most = max(others, key=lambda o: _shared(one, o))
            why.append(f"takes other roads: shares {_shared(one, most)} % with another")
        yield replace(one, id=f"R{number}", why="; ".join(why) or "the only one found")


def _shared(one: Option, other: Option) -> int:
    """How many hundredths of the one or the other the two have in common, whichever is more."""
    return max(_driven_too(one, other), _driven_too(other, one))


def _driven_too(one: Option, other: Option) -> int:
    """How many hundredths of the length of a route another one drives too."""
    network = one.judge.network
    theirs = {step.edge for leg in other.movement.legs for step in leg.route}
    lengths = [
        (network.edge(step.edge).length_dm, step.edge in theirs)
        for leg in one.movement.legs
        for step in leg.route
    ]
    return 100 * sum(dm for dm, both in lengths if both) // sum(dm for dm, _ in lengths)


def _named(network: Network, leg: Iterable[Any]) -> Iterator[RoadShare]:
    edges = [network.edge(step.edge) for step in leg]
    for name, some in groupby(edges, key=lambda edge: edge.name or edge.id):
        yield RoadShare(name, sum(edge.length_dm for edge in some))


def _exposure(judge: Judge, movement: Movement) -> Exposure:
    """Who can act where the column is, while it is there."""
    trip = planned(movement, judge.network, judge.situation)
    cover = judge.cover(movement.profiles[0])
    seconds = decimetres = 0
    parties: set[str] = set()
    for entry in trip.entries:
        during = Span(entry.enter, entry.leave)
        here: set[str] = set()
        for number, cls in enumerate(entry.classes):
            acting = {
                one.presence.party for one in cover.ground(cls).acting if one.spans.within(during)
            }
            here |= acting
            if entry.pieces:
                decimetres += entry.pieces[number].length_dm * len(acting)
        seconds += during.length_s * len(here)
        parties |= here
    return Exposure(seconds, decimetres // 10, tuple(sorted(parties)))

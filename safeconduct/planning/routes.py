"""A few routes that differ in what matters: when they arrive, what delay they bear, who is near.

Candidates come from the search and from quickest ways with some roads made dearer; every one is
timed on the judge's own network before anything is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from safeconduct.planning.drives import Drive
from safeconduct.planning.finding import Finder
from safeconduct.planning.options import Option, Options
from safeconduct.planning.pooling import MOST, Pool, Waits, searched, varied, waited
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import NEVER, Spans

__all__ = ["options"]

ENUMERATED = 200
"""Up to so many routes are timed one by one; where there are more, the search leads."""

#: A route is another one when it shares less than so many hundredths of its length.
_SHARED = 50


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
    pool = Pool(finder, adopted)
    if adopted is not None:
        pool.take(adopted)
    pool.take(finder.quickest())
    unsure, stopped = NEVER, Stopped(0)
    waits = Waits()
    every = finder.every(enumerated)
    for route in every or ():
        pool.take(route)
    if every is None:
        if not finder.is_hopeless:
            unsure, stopped = searched(finder, pool)
        varied(finder, pool, ever_open=not finder.is_hopeless)
    if finder.may_wait and not finder.is_hopeless:
        waits = waited(finder, pool)
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


def _without_idle_halts(going: list[Option]) -> list[Option]:
    """These routes but those whose halts open no departure that another has without any."""
    open_anyway = Spans.of(s for one in going if not one.movement.halts for s in _moments(one))
    return [
        one for one in going if one.adopted or not one.movement.halts or _moments(one) - open_anyway
    ]


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

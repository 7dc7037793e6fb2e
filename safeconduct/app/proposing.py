"""A movement without an adopted route, judged by the best route that the plan finds for it.

Only a verb that meets such a movement loads this, and with it the search over roads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.app.assessed import Assessed
from safeconduct.app.roadmap import drawn
from safeconduct.clearance import Judge
from safeconduct.clearance.bench import Bench
from safeconduct.clearance.judging import under
from safeconduct.errors import SafeconductError
from safeconduct.planning.drives import Drive, ended
from safeconduct.planning.finding import Finder
from safeconduct.planning.legroads import Roads
from safeconduct.planning.options import Option, Options
from safeconduct.planning.routes import options
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Movement

__all__ = ["Proposal", "horizon", "propose", "proposed", "searched", "why_not"]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """A movement without a route, judged by the best that was found.

    Parameters
    ----------
    assessed : the judgement, with the movement as it was judged.
    option : the route; None where no road could be proposed.
    """

    assessed: Assessed
    option: Option | None = None


def propose(judge: Judge, movement: Movement, profile: str | None = None) -> Proposal:
    """The best confirmed route, judged as a proposal; without one, what stands in the way."""
    within = horizon(judge, movement)
    if within is None:
        return _bare(judge, movement, profile)
    try:
        found = searched(drawn(judge, movement), judge, movement, within)
    except SafeconductError:
        return _bare(judge, movement, profile)
    return proposed(judge, movement, found, profile)


def proposed(
    judge: Judge, movement: Movement, found: Options, profile: str | None = None
) -> Proposal:
    """The best of some routes, judged as a proposal.

    The best leaves at the planned moment with the largest margin; else it is the first that has a
    window at all, and else the shortest, so that its findings name the obstacle.
    """
    option = _best(found, movement)
    if option is None:
        return _bare(judge, movement, profile)
    roads = ", ".join(_roads(option))
    if option.windows.shown:
        says = f"Route {option.id} is proposed and not adopted: {roads}."
        remedy = f"Adopt route {option.id}: `safeconduct plan --adopt {option.id}`."
    else:
        says = f"No route is covered; judged by the nearest, {roads}."
        remedy = "Obtain what is missing there, or ask for other hours: `safeconduct plan`."
    legs = zip(movement.legs, option.movement.legs, strict=True)
    routed = replace(
        movement, legs=tuple(replace(leg, route=by.route, halts=by.halts) for leg, by in legs)
    )
    judgement, bench = option.judge.proposed(routed, says=says, remedy=remedy, profile=profile)
    others: tuple[Bench, ...] = ()
    if bench is not None and routed.joint and profile is None:
        benches = (option.judge.bench(under(routed, one)) for one in routed.profiles)
        others = tuple(one for one in benches if one.profile.id != bench.profile.id)
    assessed = Assessed(movement=routed, judgement=judgement, bench=bench, others=others)
    return Proposal(assessed=assessed, option=option)


def _bare(judge: Judge, movement: Movement, profile: str | None) -> Proposal:
    judgement, bench = judge.judged(movement.id, profile=profile)
    return Proposal(assessed=Assessed(movement=movement, judgement=judgement, bench=bench))


def horizon(judge: Judge, movement: Movement) -> Span | None:
    """From the moment asked about to the latest time planned; None where that has passed."""
    now = judge.situation.as_of
    return Span(now, movement.latest_at) if now < movement.latest_at else None


def searched(roads: Roads, judge: Judge, movement: Movement, within: Span) -> Options:
    """The routes of a movement, with that which it has, if it has one.

    Raises
    ------
    RouteRefused : no road leads from one of its places to the next.
    """
    bare = ended(movement, judge.network)
    adopted = Drive.of(movement) if movement.has_route else None
    return options(Finder(roads, bare, within), adopted=adopted)


def why_not(found: Options) -> Iterator[str]:
    """Why no window is shown, or why more than those shown may exist; nothing where all is told."""
    if found.hopeless:
        yield "By no road does a trip fit, also if the column could wait anywhere on its way."
        return
    if found.complete and not found.shown:
        yield "Every road was looked at that passes no place twice on a leg; none fits."
    missed = {
        Stopped.NO_U_TURNS: "ways that turn back into the road they came by",
        Stopped.DRIVING_TIME: "ways that take many times as long as the quickest",
        Stopped.LABELS: "ways beyond the size that a search may reach",
        Stopped.THRESHOLD: "windows of a few seconds",
    }
    if found.otherwise:
        yield (
            "With waits of other lengths more departures may be covered: ask again with `--from` "
            "and `--until` around the one that you need."
        )
    for place in sorted(found.unused):
        yield f"Not looked at: waiting at {place}, whose check holds for a part of the time only."
    passed_over = [says for code, says in missed.items() if code in found.stopped]
    if passed_over:
        yield f"Not looked at: {'; '.join(passed_over)}."
    if found.unconfirmed:
        yield (
            "The search holds some more departures for covered; the judge does not confirm them, "
            "so they are not shown."
        )


def _best(found: Options, movement: Movement) -> Option | None:
    at = movement.depart_at
    planned = [
        one
        for one in found.shown
        if any(window.departures.contains(at) for window in one.windows.shown)
    ]
    if planned:
        return max(planned, key=lambda one: one.timing.margin(at) or 0)
    return next(iter((*found.shown, *found.blocked)), None)


def _roads(option: Option) -> Iterator[str]:
    """The roads of the way out by name, at most four."""
    names = list(dict.fromkeys(road.name for road in option.roads[0]))
    yield from names[:4]
    if len(names) > 4:
        yield f"and {len(names) - 4} more"

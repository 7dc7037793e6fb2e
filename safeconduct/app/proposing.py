"""A movement without an adopted route, judged by the best route that the plan finds for it.

Only a verb that meets such a movement loads this, and with it the search over roads.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.app.roadmap import drawn
from safeconduct.clearance import Judge, Judgement
from safeconduct.clearance.bench import Bench
from safeconduct.errors import SafeconductError
from safeconduct.planning.finding import Finder, Roads, ended
from safeconduct.planning.routes import Option, Options, options
from safeconduct.roads.search import Stopped
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Movement

__all__ = ["Proposal", "horizon", "propose", "searched", "why_not"]


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """The judgement on a proposed route.

    Parameters
    ----------
    movement : with the route; as it is known where no road could be proposed.
    option : the route; None where there is none.
    judge : on whose network it was judged.
    """

    movement: Movement
    judge: Judge
    judgement: Judgement
    bench: Bench | None
    option: Option | None
    options: Options | None


def propose(judge: Judge, movement: Movement, profile: str | None = None) -> Proposal:
    """The best confirmed route, judged as a proposal; without one, what stands in the way.

    The best leaves at the planned moment with the largest margin; else it is the first that has a
    window at all, and else the shortest, so that its findings name the obstacle.
    """
    found: Options | None = None
    says = "No road could be proposed."
    if within := horizon(judge, movement):
        try:
            found = searched(drawn(judge, movement), judge, movement, within)
        except SafeconductError as error:
            says = f"No road could be proposed: {error.found}"
    option = _best(found, movement) if found else None
    if found is None or option is None:
        judgement, bench = judge.judged(movement.id, profile=profile)
        return Proposal(
            movement=movement,
            judge=judge,
            judgement=judgement,
            bench=bench,
            option=None,
            options=found,
        )
    if option.windows.shown:
        says = f"Route {option.id} is proposed and not adopted: {', '.join(_roads(option))}."
        remedy = f"Adopt route {option.id}: `safeconduct plan --adopt {option.id}`."
    else:
        says = f"No route is covered; judged by the nearest, {', '.join(_roads(option))}."
        remedy = "Obtain what is missing there, or ask for other hours: `safeconduct plan`."
    with_route = _on(movement, option)
    judgement, bench = option.judge.proposed(with_route, says=says, remedy=remedy, profile=profile)
    return Proposal(
        movement=with_route,
        judge=option.judge,
        judgement=judgement,
        bench=bench,
        option=option,
        options=found,
    )


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
    adopted = tuple(leg.route for leg in movement.legs) if movement.has_route else None
    return options(Finder(roads, bare, within), adopted=adopted)


def why_not(found: Options) -> Iterator[str]:
    """Why no window is shown, or why more than those shown may exist; nothing where all is told."""
    if found.hopeless:
        yield "By no road does a trip fit, also if the column could wait anywhere on its way."
        return
    missed = {
        Stopped.NO_U_TURNS: "ways that turn back into the road they came by",
        Stopped.DRIVING_TIME: "ways that take many times as long as the quickest",
        Stopped.LABELS: "ways beyond the size that a search may reach",
        Stopped.THRESHOLD: "windows of a few seconds",
    }
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


def _on(movement: Movement, option: Option) -> Movement:
    """The known movement with the roads of a route, and nothing else changed."""
    legs = zip(movement.legs, option.movement.legs, strict=True)
    return replace(movement, legs=tuple(replace(leg, route=by.route) for leg, by in legs))


def _roads(option: Option) -> Iterator[str]:
    """The roads of the way out by name, at most four."""
    names = list(dict.fromkeys(road.name for road in option.roads[0]))
    yield from names[:4]
    if len(names) > 4:
        yield f"and {len(names) - 4} more"

"""The picture of a plan: the first route on the map, and when it could leave by each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace

from safeconduct.adapters.files.picturefile import write_picture
from safeconduct.app.picturing import (
    bars_of,
    credit_of,
    drawing_of,
    outlines_of,
    road_of,
    unnamed_of,
)
from safeconduct.app.plan import Planned
from safeconduct.papers import Drawing, Road, Site, picture
from safeconduct.planning import bound_table
from safeconduct.planning.options import Option
from safeconduct.planning.windows import benches
from safeconduct.roads import Network
from safeconduct.spacetime import BEGINNING, OPEN_END, Span, Spans, show

__all__ = ["draw_plan", "plan_drawing"]

_HOUR_S = 3600
_REASONS = 3


def draw_plan(planned: Planned, path: str) -> None:
    """Writes the picture of a plan into a file; raises as `write_picture`."""
    write_picture(path, picture(plan_drawing(planned)))


def plan_drawing(planned: Planned) -> Drawing:
    """The first route with a window, else the first that is blocked; else the movement's own.

    The axis shows all the hours in which a departure was looked for. The trip is the first of the
    route's windows, or the one at which the obstacles were looked at.
    """
    answer, found = planned.answer, planned.options
    if found is None or planned.within is None:
        return drawing_of(answer)
    shown, zone = found.shown, answer.movement.zone
    if not (shown or planned.blocked):
        return drawing_of(answer, Spans())
    option = shown[0] if shown else planned.blocked[0].option
    at = option.windows.shown[0].at if shown else planned.blocked[0].at
    looked = benches(option.judge, option.movement, at)
    profile = answer.bench.profile.id if answer.bench else ""
    bench = next((one for one in looked if one.profile.id == profile), looked[0])
    trip = bench.trip if bench.itinerary.entries else None
    horizon = _around(planned.within, trip)
    network, areas = option.judge.network, answer.opened.areas
    verdict = answer.judgement.verdict.value.upper()
    as_of = show(answer.judgement.as_of, zone)
    return Drawing(
        title=answer.movement.title,
        says=f"{_many(planned)}; as it is planned {verdict}, as of {as_of}",
        lines=tuple(_lines(planned)),
        horizon=horizon,
        zone=zone,
        roads=tuple(_roads(planned, option)),
        sites=tuple(_sites(planned, network)),
        outlines=tuple(outlines_of(areas)),
        unnamed=tuple(unnamed_of(bench, areas)),
        bars=tuple(bars_of(bound_table(bench, horizon), bench, zone)),
        trip=trip,
        windows=_departures(option),
        by=option.id if shown else "",
        elsewhere=tuple((one.id, _departures(one)) for one in shown[1:]),
        credit=credit_of(network),
    )


def _around(within: Span, trip: Span | None) -> Span:
    """The hours looked at and those of the trip, with an hour on either side."""
    first = within.start if trip is None else min(within.start, trip.start)
    last = within.end if trip is None else max(within.end, trip.end)
    return Span(max(first - _HOUR_S, BEGINNING), min(last + _HOUR_S, OPEN_END))


def _many(planned: Planned) -> str:
    """How many windows there are, in words."""
    count = len(planned.windows)
    return "No window" if not count else "1 window" if count == 1 else f"{count} windows"


def _departures(option: Option) -> Spans:
    return Spans.of(window.departures for window in option.windows.shown)


def _lines(planned: Planned) -> Iterator[str]:
    """The first windows to the minute, or what stands in the way of the first route."""
    zone = planned.answer.movement.zone
    windows = sorted(planned.windows, key=lambda pair: pair[0].id)
    for option, window in windows[:_REASONS]:
        roads = ", ".join(dict.fromkeys(road.name for road in option.roads[0]))
        span = window.departures
        yield (
            f"{option.id}, by {roads}: leave from {show(span.start, zone)} to "
            f"{show(span.end - 1, zone)}{_waits(option)}"
        )
    if len(windows) > _REASONS:
        yield f"and {len(windows) - _REASONS} more"
    for one in () if windows else planned.blocked[0].obstacles[:_REASONS]:
        says = f"{one.whose} over {one.road}" if one.road else one.whose
        yield f"Missing: {says}."


def _waits(option: Option) -> str:
    """Where the column halts on its way, and for how many minutes; rounded up."""
    network = option.judge.network
    told = [
        f"{-(-halt.wait_s // 60)} min at {network.place(halt.place).name or halt.place}"
        for halt in option.movement.halts
    ]
    return f"; wait {' and '.join(told)}" if told else ""


def _roads(planned: Planned, option: Option) -> Iterator[Road]:
    """Those of the route in driving order, then the others of the case, or of the other routes."""
    bad: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for blocked in planned.blocked[:1]:
        for obstacle in blocked.obstacles:
            for stretch in obstacle.place:
                if stretch.end_dm > stretch.start_dm:
                    bad[stretch.name].add((stretch.start_dm, stretch.end_dm))
    driven = [step.edge for leg in option.movement.legs for step in leg.route]
    for id in driven:
        yield road_of(option.judge.network.edge(id), bad[id])
    found = planned.options
    others = found.shown or found.blocked if found else ()
    taken = {step.edge for one in others for leg in one.movement.legs for step in leg.route}
    told = set(driven)
    for other in others:
        for edge in other.judge.network.edges:
            if edge.id not in told:
                told.add(edge.id)
                yield replace(road_of(edge), is_other=edge.id in taken)


def _sites(planned: Planned, network: Network) -> Iterator[Site]:
    """The places that the case names; a junction of imported roads has a number and no name."""
    answer = planned.answer
    own = answer.opened.network(answer.judgement.known_at)
    imported = network is not own and any(not own.has_place(one.id) for one in network.places)
    driven = {end for leg in answer.movement.legs for end in (leg.origin, leg.destination) if end}
    found = planned.options
    routes = (*found.shown, *found.blocked)[:1] if found else ()
    for option in routes:
        for leg in option.movement.legs:
            for step in leg.route:
                edge = network.edge(step.edge)
                driven |= {edge.a, edge.b}
    for place in network.places:
        if own.has_place(place.id):
            name = own.place(place.id).name or place.id
        elif imported:
            continue
        else:
            name = place.name or place.id
        if name != place.id or place.id in driven:
            yield Site(id=place.id, name=name, at=place.at, is_on_route=place.id in driven)

"""What an edge or a place is as a whole at one instant: closed, a shut gate, or full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeconduct import vocabulary as v
from tests.verifier.column import Spot


def shut(judge: Any, spot: Spot, t: int) -> Iterator[tuple[str, str]]:
    """The rules by which the spot is shut then, each with what shuts it: section 4."""
    for closure in judge.known[v.Closure]:
        holds = closure.valid.contains(t) and not _reopened(judge.known, closure, t)
        if holds and _means(judge.network, closure, spot):
            yield "A1", f"closure {closure.id} of {spot.place or spot.edge}"
    for crossing in judge.known[v.Crossing]:
        for side in crossing.sides if crossing.place == spot.place else ():
            opens = [one for one in judge.known[v.CrossingOpen] if one.valid.contains(t)]
            if not any((one.crossing, one.side) == (crossing.id, side) for one in opens):
                yield "A8", f"crossing {crossing.id} is shut on the side of {side}"


def closed_ground(judge: Any, touched: frozenset[str], t: int) -> bool:
    """Whether a closure of areas, and not only of edges, closes this ground then."""
    return any(
        closure.valid.contains(t)
        and not _reopened(judge.known, closure, t)
        and (touched & {*closure.areas} or not judge.network.areas >= {*closure.areas})
        for closure in judge.known[v.Closure]
    )


def _means(network: Any, closure: v.Closure, spot: Spot) -> bool:
    """Whether the spot is named, lies in an area that is, or may be what nobody can place."""
    if not network.areas >= {*closure.areas}:
        return True
    if any(touched & {*closure.areas} for touched, _ in spot.grounds):
        return True
    strange = any(not network.has_edge(edge) for edge in closure.edges)
    return bool(spot.edge) and (strange or spot.edge in closure.edges)


def _reopened(known: Any, closure: v.Closure, t: int) -> bool:
    """Whether somebody showed that what was closed can be driven again by this instant."""
    return any(
        report.of == closure.id
        and report.evidence
        and closure.valid.start <= report.reopened_at <= t
        for report in known[v.RoadReopened]
    )


def no_room(judge: Any) -> Iterator[tuple[int, str]]:
    """The first instant of each halt at which the whole column cannot stand there: section 2."""
    for spot in (one for one in judge.spots if one.halts):
        for t in judge.sampled(spot, judge.movement.margin_s):
            checks = [one for one in judge.known[v.WaitingPlace] if one.place == spot.place]
            begun = [one for one in checks if one.valid.start <= t]
            last = max((one.checked_at for one in begun), default=0)
            least = min((one.holds_m for one in begun if one.checked_at == last), default=0)
            current = [one for one in begun if (one.checked_at, one.holds_m) == (last, least)]
            room = any(one.valid.contains(t) for one in current)
            if not room or least < judge.movement.convoy.column_m:
                yield t, f"the column cannot halt at {spot.place}"
                break

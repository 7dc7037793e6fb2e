"""What shuts an edge or a place as a whole at one instant: closures, and gates with two sides."""

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

"""Which closures lie on an edge or place at one instant: section 4 of the semantics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from safeconduct import vocabulary as v
from tests.verifier.column import Spot


def closures_on(judge: Any, spot: Spot, t: int) -> Iterator[str]:
    """The ids of the closures that close the spot then, by its name or by an area it touches."""
    known, network = judge.known, judge.network
    for one in known[v.Closure]:
        strange = any(not network.has_edge(edge) for edge in one.edges)
        by_edge = spot.edge and (strange or spot.edge in one.edges)
        by_area = any(touched & {*one.areas} for touched, _ in spot.grounds)
        anywhere = not network.areas >= {*one.areas}
        meant = by_edge or by_area or anywhere
        if meant and one.valid.contains(t) and not _reopened(known, one, t):
            yield one.id


def _reopened(known: Any, closure: v.Closure, t: int) -> bool:
    """Whether somebody showed that what was closed can be driven again by this instant."""
    return any(
        report.of == closure.id
        and report.evidence
        and closure.valid.start <= report.reopened_at <= t
        for report in known[v.RoadReopened]
    )

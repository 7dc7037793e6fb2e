"""How far along the way some areas reach: what the papers of a movement leave out."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Stretch


def outside(bench: Bench, areas: Iterable[str]) -> tuple[Stretch, ...]:
    """The pieces and places of the way that lie within none of these areas, in driving order."""
    held = frozenset(areas)
    found: dict[Stretch, None] = {}
    for entry in bench.itinerary.entries:
        if entry.place is not None:
            if not bench.network.classes[entry.classes[0]][1] & held:
                found[Stretch(entry.place)] = None
            continue
        for piece, cls in zip(entry.pieces, entry.classes, strict=True):
            if not bench.network.classes[cls][1] & held:
                found[Stretch(piece.edge, piece.start_dm, piece.end_dm)] = None
    return tuple(found)

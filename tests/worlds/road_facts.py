"""What made-up worlds record of their roads: what they are made of, how quick they are, closures.

In a world in order no closure is in the way: it is over or not begun, to the second, or elsewhere.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import Closure, RoadReopened, RoadSpeed, SpeedBasis
from tests.verifier.column import Spot
from tests.worlds.draft import DAY, HOUR, Draft
from tests.worlds.ground import FAR, Ground

KINDS, SURFACES = ("primary", "track"), ("asphalt", "gravel")


def made_of(land: Ground, own: Random) -> Ground:
    """The ground with roads of some kind and surface, or of none that is known."""
    edges = tuple(
        replace(edge, kind=own.choice(("", *KINDS)), surface=own.choice(("", *SURFACES)))
        for edge in land.network.edges
    )
    return replace(land, network=replace(land.network, edges=edges))


def speeds(draft: Draft, own: Random) -> list[RoadSpeed]:
    """None to two planning speeds, of some roads or of all; one may not be valid at departure."""
    edges = [edge.id for edge in draft.ground.network.edges]
    out = []
    for number in range(own.choice((0, 0, 1, 1, 2))):
        begins = draft.depart_at - own.choice((0, 1, DAY))
        valid = own.choice(
            (Span(begins, OPEN_END), Span(begins, draft.depart_at + own.choice((1, HOUR))))
        )
        if own.random() < 0.2:
            valid = Span(draft.depart_at - DAY, draft.depart_at)
        told = RoadSpeed(
            id=f"speed-{number + 1}",
            speed_kmh=own.choice((8, 12, 20, 60)),
            valid=valid,
            basis=own.choice(tuple(SpeedBasis)),
            edges=own.choice(((), (), (own.choice(edges),))),
            kinds=own.choice(((), (), KINDS[:1])),
            surfaces=own.choice(((), (), SURFACES[1:], SURFACES)),
        )
        out.append(draft.note(told))
    return out


def closures(draft: Draft, spots: list[tuple[Spot, int]], own: Random) -> None:
    """Closures that just do not meet the column, or that were reopened just in time."""
    network = draft.ground.network
    roads = [(spot, margin_s) for spot, margin_s in spots if spot.edge]
    for number in range(own.choice((0, 0, 1, 2))):
        spot, _ = own.choice(roads)
        here = [(one.start, one.end + margin_s) for one, margin_s in roads if one.edge == spot.edge]
        first, last = min(start for start, _ in here), max(end for _, end in here)
        edges, areas = (spot.edge,), ()
        if own.random() < 0.3:
            edges, areas = (), (own.choice((FAR, *sorted(network.areas))),)
            # An area may hold places as well, and other roads: all of the trip has to miss it.
            first = min(one.start for one, _ in spots)
            last = max(one.end + margin_s for one, margin_s in spots)
        closure = Closure(id=f"closure-{number + 1}", why="made up", edges=edges, areas=areas,
                          valid=Span(first - DAY, first))  # fmt: skip
        style = own.choice(("over", "not begun", "reopened"))
        if style == "not begun":
            closure = replace(closure, valid=Span(last, last + DAY))
        if style == "reopened":
            at = min(draft.latest_word, first) - own.choice((0, 1, HOUR))
            closure = replace(closure, valid=Span(at - own.choice((0, 1, DAY)), OPEN_END))
            report = RoadReopened(
                id=f"reopened-{number + 1}", of=closure.id, reopened_at=at, by="watch",
                evidence="made up",
            )  # fmt: skip
            draft.note(report, at)
        draft.note(closure)

"""What made-up worlds record of their roads: of what, how quick, closed when, where to halt.

In a world in order no closure is in the way: it is over or not begun, to the second, or elsewhere;
and where the column halts it was found to fit, often to the metre and to the second.
"""

from __future__ import annotations

from dataclasses import replace
from random import Random

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Closure,
    Halt,
    Movement,
    RoadReopened,
    RoadSpeed,
    SpeedBasis,
    WaitingPlace,
)
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


def halting(plan: Movement, land: Ground, own: Random) -> Movement:
    """The movement with a halt on some of its legs, at a place that the leg passes once."""
    legs = []
    for leg in plan.legs:
        ends = [land.network.edge(step.edge) for step in leg.route]
        come_to = [
            edge.a if step.backwards else edge.b for edge, step in zip(ends, leg.route, strict=True)
        ]
        first = ends[0].b if leg.route[0].backwards else ends[0].a
        once = [place for place in come_to if [first, *come_to].count(place) == 1]
        halts: tuple[Halt, ...] = ()
        if once and own.random() < 0.25:
            halts = (Halt(place=own.choice(once), wait_s=own.choice((1, 60, 1_200, 2 * HOUR))),)
        legs.append(replace(leg, halts=halts))
    return replace(plan, legs=tuple(legs))


def waiting_places(draft: Draft, plan: Movement, way: list[Spot], own: Random) -> None:
    """Where the column halts somebody found that it fits; an older check may say otherwise."""
    for number, spot in enumerate(one for one in way if one.halts):
        ends = spot.end + plan.margin_s
        tight = own.random() < 0.5
        checked_at = draft.latest_word - own.choice((0, HOUR))
        yard = WaitingPlace(
            id=f"{plan.id}-yard-{number + 1}",
            place=spot.place,
            holds_m=plan.convoy.column_m + own.choice((0, 0, 1, 500)),
            by="watch",
            checked_at=checked_at,
            valid=Span(spot.start, ends) if tight else Span(spot.start - DAY, OPEN_END),
        )
        again = [one for one in draft.all(WaitingPlace) if one.place == spot.place]
        if again:  # halted at on another leg too, or by another column: one check for both
            both = [*again, yard]
            valid = Span(min(one.valid.start for one in both), OPEN_END)
            holds_m = max(one.holds_m for one in both)
            yard = replace(yard, checked_at=draft.latest_word, valid=valid, holds_m=holds_m)
            draft.records[:] = [one for one in draft.records if one[0] not in again]
        draft.note(yard)
        if own.random() < 0.3:
            old = replace(
                yard, id=f"{yard.id}-before", holds_m=1, checked_at=yard.checked_at - 1,
                valid=own.choice((yard.valid, Span(spot.start - 9 * DAY, OPEN_END))),
            )  # fmt: skip
            draft.note(old)

"""What a movement drives: the roads of every leg, and where the column halts on them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.roads import Network
from safeconduct.vocabulary import Halt, Movement, Step

__all__ = ["Drive", "Route", "ended", "goes_round", "routed"]

Route = tuple[tuple[Step, ...], ...]
"""The steps of every leg, in driving order."""


@dataclass(frozen=True, slots=True)
class Drive:
    """A route, and where and for how long the column halts on each of its legs.

    Where it halts nowhere `halts` is empty, so that equal ways are equal.
    """

    route: Route
    halts: tuple[tuple[Halt, ...], ...] = ()

    @classmethod
    def of(cls, movement: Movement) -> Drive:
        """What a movement with a route drives."""
        return cls(
            tuple(leg.route for leg in movement.legs),
            tuple(leg.halts for leg in movement.legs) if movement.halts else (),
        )


def routed(movement: Movement, drive: Route | Drive) -> Movement:
    """The movement with these roads and halts."""
    if not isinstance(drive, Drive):
        drive = Drive(drive)
    halts = drive.halts or ((),) * len(drive.route)
    legs = (
        replace(leg, route=steps, halts=some)
        for leg, steps, some in zip(movement.legs, drive.route, halts, strict=True)
    )
    return replace(movement, legs=tuple(legs))


def ended(movement: Movement, network: Network) -> Movement:
    """The movement with the places of its legs named, and no roads; as it is where it has none."""
    if not movement.has_route:
        return movement
    legs = []
    for leg in movement.legs:
        first, last = (network.edge(step.edge) for step in (leg.route[0], leg.route[-1]))
        start = first.b if leg.route[0].backwards else first.a
        end = last.a if leg.route[-1].backwards else last.b
        legs.append(replace(leg, route=(), halts=(), origin=start, destination=end))
    return replace(movement, legs=tuple(legs))


def goes_round(drive: Drive, network: Network) -> bool:
    """Whether a leg passes a place twice: a circle to let time go by, where nobody may wait.

    It is none where the column halts between the two, at a place that it passes once.
    """
    for steps, halts in zip(drive.route, drive.halts or ((),) * len(drive.route), strict=True):
        edges = [(network.edge(step.edge), step.backwards) for step in steps]
        places = [edges[0][0].b if edges[0][1] else edges[0][0].a]
        places += [edge.a if backwards else edge.b for edge, backwards in edges]
        halted = [places.index(halt.place) for halt in halts]
        if any(places.count(places[at]) > 1 for at in halted):
            return True
        last: dict[str, int] = {}
        for at, place in enumerate(places):
            if place in last and not any(last[place] < one < at for one in halted):
                return True
            last[place] = at
    return False

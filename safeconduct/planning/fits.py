"""The largest part of a movement that fits into what was given, where the whole does not.

A shorter column clears every road earlier; a stop that is left out takes no time. What stays behind
is told, for a movement of its own that is linked with this one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.planning.timing import timing
from safeconduct.planning.windows import Window, windows_of
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Movement

__all__ = ["Part", "largest_part"]

#: More stops than this are not tried in every combination.
_MOST_STOPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a movement that fits, by the route with this id.

    Parameters
    ----------
    without_stops : legs at whose end nothing is done: the column drives through.
    left_vehicles : how many vehicles stay behind.
    """

    route: str
    movement: Movement
    windows: tuple[Window, ...]
    left_vehicles: int
    without_stops: tuple[str, ...]

    @property
    def says(self) -> str:
        """What fits, and what is left for a movement of its own."""
        convoy = self.movement.convoy
        fits = f"{convoy.vehicles} vehicles in a column of {convoy.column_m} m fit by {self.route}"
        left = []
        if self.left_vehicles:
            left.append(f"{self.left_vehicles} vehicles")
        if self.without_stops:
            left.append(f"the stops of {' and '.join(self.without_stops)}")
        return f"{fits}; {' and '.join(left)} are left for a movement of their own, linked with it"

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "route": self.route,
            "vehicles": self.movement.convoy.vehicles,
            "column_m": self.movement.convoy.column_m,
            "left_vehicles": self.left_vehicles,
            "without_stops": list(self.without_stops),
            "windows": [window.as_json() for window in self.windows],
            "says": self.says,
        }


def largest_part(
    routes: Iterable[tuple[str, Judge, Movement]], within: Span, latest: int
) -> Part | None:
    """The part that leaves out the fewest stops, and then the fewest vehicles; None if none fits.

    Parameters
    ----------
    routes : id, judge and movement of each route that the whole was tried by.
    """
    tried = list(routes)
    if not tried:
        return None
    for stops in _stops(tried[0][2]):
        found = [_most_vehicles(*one, stops, within, latest) for one in tried]
        parts = [one for one in found if one is not None]
        if parts:
            return min(parts, key=lambda part: part.left_vehicles)
    return None


def _stops(movement: Movement) -> Iterator[tuple[str, ...]]:
    """The legs whose stop is left out, fewest first; one stop at least is kept."""
    served = [leg.id for leg in movement.legs if leg.service_s][:_MOST_STOPS]
    for count in range(max(1, len(served))):
        yield from combinations(served, count)


def _most_vehicles(
    id: str, judge: Judge, whole: Movement, stops: tuple[str, ...], within: Span, latest: int
) -> Part | None:
    """The longest column that fits without these stops: a shorter one always fits as well."""
    count = whole.convoy.vehicles
    low, high, best = 1, count - (not stops), None
    while low <= high:
        middle = (low + high) // 2
        part = _part(whole, middle, stops)
        covers = [judge.cover(profile) for profile in part.profiles]
        found = windows_of(judge, timing(part, judge.network, covers), within, latest)
        if found.shown:
            best = Part(
                route=id,
                movement=part,
                windows=found.shown,
                left_vehicles=count - middle,
                without_stops=stops,
            )
            low = middle + 1
        else:
            high = middle - 1
    return best


def _part(whole: Movement, vehicles: int, stops: tuple[str, ...]) -> Movement:
    """The movement with so many vehicles, their share of the column's length rounded up."""
    convoy = whole.convoy
    metres = -(-convoy.column_m * vehicles // max(1, convoy.vehicles))
    legs = tuple(replace(leg, service_s=0) if leg.id in stops else leg for leg in whole.legs)
    return replace(whole, legs=legs, convoy=replace(convoy, vehicles=vehicles, column_m=metres))

"""Which settlements a column can reach under the guarantees that there are, and come back from.

A movement lends its column, its purpose, its people and its margin; each settlement is planned for
as if that movement went there. What was promised, or acknowledged, for the movement alone (a notice
of its version) is not counted for another journey.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.errors import RouteRefused
from safeconduct.planning.finding import Finder
from safeconduct.planning.legroads import Roads
from safeconduct.planning.options import Option, Options
from safeconduct.planning.routes import options
from safeconduct.planning.timing import Timing
from safeconduct.planning.windows import Obstacle
from safeconduct.situation import Situation, latest
from safeconduct.spacetime import Span, utc
from safeconduct.vocabulary import Direction, Leg, Movement, Settlement

#: At so many departures is looked for the one at which least stands in the way.
_TRIED = 12

__all__ = ["People", "Reached", "journey", "people_of", "reach", "together"]


@dataclass(frozen=True, slots=True)
class People:
    """How many people, at the least and at the most."""

    low: int
    high: int

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"from": self.low, "to": self.high}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """What is known of one settlement.

    Parameters
    ----------
    people : None where nobody has counted.
    arrives_at : the earliest moment at which the head can be there; None where it cannot.
    leaves_at : the departure of that trip.
    back : whether a trip there and back, with what is to be done there, fits as well.
    in_the_way : what stands in the way there; of a settlement that can be reached, on the way back.
    doubt : why more may be possible than is said; empty where every road was looked at.
    """

    place: str
    people: People | None
    arrives_at: int | None = None
    leaves_at: int | None = None
    back: bool = False
    in_the_way: tuple[Obstacle, ...] = ()
    no_road: str = ""
    doubt: str = ""

    @property
    def is_reached(self) -> bool:
        """Whether a column can get there at all."""
        return self.arrives_at is not None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "place": self.place,
            "people": None if self.people is None else self.people.as_json(),
            "reached": self.is_reached,
            "leaves_at": None if self.leaves_at is None else utc(self.leaves_at),
            "arrives_at": None if self.arrives_at is None else utc(self.arrives_at),
            "there_and_back": self.back,
            "in_the_way": [one.as_json() for one in self.in_the_way],
            "no_road": self.no_road or None,
            "doubt": self.doubt or None,
        }


def reach(
    roads: Roads, movement: Movement, origin: str, settlements: Iterable[str], within: Span
) -> tuple[Reached, ...]:
    """Each settlement once, the soonest reached first, then those that cannot be, by id.

    Parameters
    ----------
    movement : lends column, purpose, people, speed, service, margin and preparation: its first leg
        for the way there, its last for the way back.
    origin : the place that the column leaves.
    within : the departure, and the end of the trip with its margin, lie in it.
    """
    situation = roads.covers[0].situation
    found = [
        _looked_at(roads, movement, origin, place, within, people_of(situation, place))
        for place in sorted({*settlements} - {origin})
    ]
    return tuple(sorted(found, key=_order))


def people_of(situation: Situation, place: str) -> People | None:
    """How many live at a place, by its last count; of several of one moment, the widest range."""
    counts = latest(one for one in situation.facts(Settlement) if one.place == place)
    ranges = [(one.people_low, one.people_high) for one in counts]
    known = [(low, high) for low, high in ranges if low is not None and high is not None]
    if not known or len(known) < len(ranges):
        return None
    return People(min(low for low, _ in known), max(high for _, high in known))


def together(reached: Iterable[Reached]) -> tuple[People, int]:
    """How many people some settlements have in all, and of how many settlements nobody knows."""
    counted = [one.people for one in reached]
    known = [one for one in counted if one is not None]
    all_of_them = People(sum(one.low for one in known), sum(one.high for one in known))
    return all_of_them, len(counted) - len(known)


def journey(movement: Movement, origin: str, place: str, within: Span, *, back: bool) -> Movement:
    """The movement as it would go to a place, and back if asked for; without any route."""
    first, last = movement.legs[0], movement.legs[-1]
    out = replace(first, id="there", route=(), halts=(), origin=origin, destination=place)
    legs: tuple[Leg, ...] = (out,)
    if back:
        home = last if len(movement.legs) > 1 else replace(first, direction=_turned(first))
        legs += (replace(home, id="back", route=(), halts=(), origin=place, destination=origin),)
    return replace(
        movement,
        id=f"{movement.id} to {place}",
        legs=legs,
        depart_at=within.start,
        latest_at=within.end,
        one_way="" if back else "only the way there is looked at",
        deal="",
    )


def _turned(leg: Leg) -> Direction:
    return Direction.OUT if leg.direction is Direction.IN else Direction.IN


def _looked_at(
    roads: Roads,
    movement: Movement,
    origin: str,
    place: str,
    within: Span,
    people: People | None,
) -> Reached:
    nothing = Reached(place=place, people=people)
    try:
        there = options(Finder(roads, journey(movement, origin, place, within, back=False), within))
    except RouteRefused as error:
        return replace(nothing, no_road=error.found)
    best = min(
        (window for one in there.shown for window in one.windows.shown),
        key=lambda window: (window.legs[0].arrives_at, window.at),
        default=None,
    )
    if best is None:
        return replace(nothing, in_the_way=_in_the_way(there, within), doubt=_doubt(there))
    reached = replace(nothing, arrives_at=best.legs[0].arrives_at, leaves_at=best.at)
    try:
        both = options(Finder(roads, journey(movement, origin, place, within, back=True), within))
    except RouteRefused as error:
        return replace(reached, no_road=error.found)
    if any(one.windows.shown for one in both.shown):
        return replace(reached, back=True, doubt=_doubt(there))
    return replace(reached, in_the_way=_in_the_way(both, within), doubt=_doubt(both))


def _in_the_way(found: Options, within: Span) -> tuple[Obstacle, ...]:
    """What stands in the way of the best route without a window, when least does."""
    if not found.blocked:
        return ()
    option: Option = found.blocked[0]
    tried = (option.obstacles(at) for at in _hopeful(option.timing, within))
    return min(tried, key=lambda some: (len(some), sum(one.lacking_s for one in some)))


def _hopeful(timing: Timing, within: Span) -> list[int]:
    """The departures at which most may be open: the closest one, and those at which one opens."""
    closest = timing.closest(within)
    if closest is not None:
        return [closest[0]]
    moments = {
        span.start - need.enter_s
        for need in timing.needs
        for span in need.open
        if within.contains(span.start - need.enter_s)
    }
    return [within.start, *sorted(moments)[:_TRIED]]


def _doubt(found: Options) -> str:
    if found.complete:
        return ""
    if found.unconfirmed:
        return "the search holds some departures for covered that the judge does not"
    return "not every road was looked at" if found.stopped else ""


def _order(one: Reached) -> tuple[bool, int, str]:
    return (not one.is_reached, one.arrives_at or 0, one.place)

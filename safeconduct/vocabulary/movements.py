"""What is to move: legs, column, times. Any change makes a new version."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from safeconduct.errors import RouteRefused, TimeRefused, WrongField
from safeconduct.vocabulary.kinds import Direction, Movers, Purpose


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One edge of a network, driven from its first place to its second, or backwards."""

    edge: str
    backwards: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Halt:
    """The whole column stands at a place on its way, `wait_s` seconds from its being let go there.

    It needs a waiting place recorded there (rule T1). A delay before it is not made good by it.
    """

    place: str
    wait_s: int

    def __post_init__(self) -> None:
        if self.wait_s < 1:
            raise WrongField(
                f"The halt at {self.place} lasts {self.wait_s} s.",
                "Give how long the column stands there, 1 s or more, or leave the halt out.",
                place=self.place,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One stretch of a movement for one purpose and direction.

    `speed_kmh` is the planning speed of the slowest vehicle; `service_s` is the time spent at the
    end of the leg (unloading, boarding). A leg is one side's, cross-line or cross-border by what
    the network and the facts say of its pieces, not by a label. A leg whose route is not adopted
    yet names the places `origin` and `destination` instead; with a route they may be left out. Its
    `halts` are at places that its route passes once, after its first.
    """

    id: str
    purpose: Purpose
    direction: Direction
    movers: frozenset[Movers]
    route: tuple[Step, ...] = ()
    origin: str = ""
    destination: str = ""
    speed_kmh: int
    service_s: int = 0
    halts: tuple[Halt, ...] = ()

    def __post_init__(self) -> None:
        if not self.route and not (self.origin and self.destination):
            raise RouteRefused(
                f"Leg {self.id} names no road, so it has no end.",
                "Give the edges of its route in driving order; or the places `origin` and "
                "`destination`, between which a road is still to be found.",
                leg=self.id,
            )
        if not self.route and self.origin == self.destination:
            raise RouteRefused(
                f"Leg {self.id} names no road, and leads from {self.origin} to the same place.",
                "Give two places, or the edges of its route.",
                leg=self.id,
            )
        if not self.movers or Movers.ANYONE in self.movers:
            raise WrongField(
                f"Leg {self.id} does not say who moves.",
                "Name the movers; `anyone` is a value for undertakings, not for legs.",
                leg=self.id,
            )
        if self.purpose is Purpose.ANY or self.direction is Direction.ANY:
            raise WrongField(
                f"Leg {self.id} has the purpose {self.purpose.value} and the direction "
                f"{self.direction.value}.",
                "A leg has one purpose and one direction.",
                leg=self.id,
            )
        if not 1 <= self.speed_kmh <= 120:
            raise WrongField(
                f"Leg {self.id} is planned at {self.speed_kmh} km/h.",
                "Give the planning speed of the slowest vehicle, 1 to 120 km/h.",
                leg=self.id,
            )
        if self.service_s < 0:
            raise WrongField(
                f"Leg {self.id} has a service time of {self.service_s} s.",
                "Give the seconds spent at its end, 0 or more.",
                leg=self.id,
            )
        self._check_halts()

    def _check_halts(self) -> None:
        """Halts lie on a route, one at each place."""
        places = [halt.place for halt in self.halts]
        if places and not self.route:
            raise RouteRefused(
                f"Leg {self.id} halts at {places[0]}, and names no road.",
                "Give the edges of its route too, or leave `halts` out until a route is adopted.",
                leg=self.id,
            )
        twice = [place for place in places if places.count(place) > 1]
        if twice:
            raise WrongField(
                f"Leg {self.id} halts twice at {twice[0]}.",
                "Give one halt there, as long as both together.",
                leg=self.id,
                place=twice[0],
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Convoy:
    """The column on the road; people as counts only."""

    vehicles: int
    column_m: int
    passengers: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """A movement as it is planned, in one version.

    Parameters
    ----------
    depart_at, latest_at : UTC seconds; the head leaves at `depart_at` and the whole column is clear
        by `latest_at`.
    load_s, preparation_s, margin_s : seconds; preparation runs from the first sufficient set of
        approvals (rule T2), the margin is the largest delay the plan must bear (rule T1).
    legs : each with the route that was adopted for it, or all of them without one.
    window_needed_s : a longer window that the operation needs, with who says so in `window_basis`.
    one_way : why no return leg is planned, where none is (rule G2).
    deal : the political or military deal the movement is a clause of, if any (rule A6).
    joint : the profiles of the other organisations in a joint convoy, beside `profile`; the
        judgement is as strict as the strictest of them all.
    """

    tag: ClassVar[str] = "movement"
    id: str
    version: int
    title: str
    organisation: str
    legs: tuple[Leg, ...]
    convoy: Convoy
    depart_at: int
    latest_at: int
    zone: str
    profile: str = "default"
    joint: tuple[str, ...] = ()
    load_s: int = 0
    preparation_s: int = 0
    preparation_basis: str = ""
    margin_s: int = 0
    window_needed_s: int = 0
    window_basis: str = ""
    one_way: str = ""
    deal: str = ""
    people_in_need: int = 0
    last_delivery_at: int | None = None
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.legs:
            raise RouteRefused(
                f"Movement {self.id} has no leg, so it has no end.",
                "Give at least one leg with its route.",
                movement=self.id,
            )
        self._check_ends()
        if self.latest_at <= self.depart_at:
            raise TimeRefused(
                f"Movement {self.id} must be over at {self.latest_at} but leaves at "
                f"{self.depart_at} (UTC seconds).",
                "Give a `latest_at` after `depart_at`.",
                movement=self.id,
            )
        if len({leg.id for leg in self.legs}) < len(self.legs):
            raise WrongField(
                f"Movement {self.id} has two legs of one id.",
                "Give every leg an id of its own.",
                movement=self.id,
            )
        if len(set(self.profiles)) < len(self.profiles):
            raise WrongField(
                f"Movement {self.id} names a profile twice: {', '.join(self.profiles)}.",
                "Name each once; `joint` holds the profiles beside `profile`.",
                movement=self.id,
            ).located(field="joint")

    def _check_ends(self) -> None:
        """All legs have a route, or none; those without one join at the places they name."""
        if self.has_route:
            return
        for leg in self.legs:
            if leg.route:
                raise RouteRefused(
                    f"In movement {self.id} leg {leg.id} has a route and another leg has none.",
                    "Give all legs their routes, or adopt all of them together.",
                    movement=self.id,
                    leg=leg.id,
                )
        for before, leg in pairwise(self.legs):
            if before.destination != leg.origin:
                raise RouteRefused(
                    f"Leg {leg.id} of movement {self.id} starts at {leg.origin}, but the leg "
                    f"before it, {before.id}, ends at {before.destination}.",
                    "Let every leg start where the one before it ends.",
                    movement=self.id,
                    leg=leg.id,
                )

    @property
    def has_route(self) -> bool:
        """Whether a route was adopted for it: every leg names the roads that it drives."""
        return all(leg.route for leg in self.legs)

    @property
    def halts(self) -> tuple[Halt, ...]:
        """Every halt on its way, leg by leg."""
        return tuple(halt for leg in self.legs for halt in leg.halts)

    @property
    def profiles(self) -> tuple[str, ...]:
        """Every profile that the movement is judged under, its own first."""
        return (self.profile, *self.joint)


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """The column left: from here on only the remaining trip is judged."""

    tag: ClassVar[str] = "departure"
    id: str
    movement: str
    version: int
    departed_at: int
    by: str

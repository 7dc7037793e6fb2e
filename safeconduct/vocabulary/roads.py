"""What is recorded of roads and places: closed, how quick, where to wait, who lives where.

None of it is a party's word. A closure stops a movement like a hazard does; a speed says when the
column is where; a waiting place says where the whole column can halt (rule T1).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """These edges, and all road in these areas, cannot be driven during this time (rule A1).

    A snowed-in pass, a bridge that fell, a road shut by its owner. It needs no evidence to count.
    """

    tag: ClassVar[str] = "closure"
    id: str
    why: str
    valid: Span
    edges: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    by: str = ""
    evidence: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.edges and not self.areas:
            raise WrongField(
                f"Closure {self.id} names no road.",
                "Name the `edges` that are closed, or the `areas` whose roads all are.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadReopened:
    """A dated report that what a closure closed can be driven again, from `reopened_at` on."""

    tag: ClassVar[str] = "road-reopened"
    id: str
    of: str
    reopened_at: int
    by: str
    evidence: str


class SpeedBasis(Enum):
    """What a planning speed rests on: trucks that drove there, or a rule of the organisation."""

    CONVOY_LOG = "convoy-log"
    POLICY = "policy"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadSpeed:
    """The planning speed that a column makes on some roads; never the speed a map allows.

    It is of the roads that fit everything it names: one of `edges`, one of `kinds`, one of
    `surfaces`. One that names nothing is of every road. A column drives at the least of the speeds
    that are valid when it departs and of its leg's own.
    """

    tag: ClassVar[str] = "road-speed"
    id: str
    speed_kmh: int
    valid: Span
    basis: SpeedBasis
    edges: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    by: str = ""
    ground: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= self.speed_kmh <= 120:
            raise WrongField(
                f"Road speed {self.id} is {self.speed_kmh} km/h.",
                "Give the planning speed of a column, 1 to 120 km/h.",
            )

    def fits(self, edge: str, kind: str, surface: str) -> bool:
        """Whether it is of this road; a kind or surface that is not known is of no name."""
        return (
            (not self.edges or edge in self.edges)
            and (not self.kinds or kind in self.kinds)
            and (not self.surfaces or surface in self.surfaces)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingPlace:
    """A place where a whole column of up to `holds_m` metres can stand and wait on its way.

    A halt needs one (rule T1), and a plan may let the column wait there; it is no refuge for the
    night. What was checked later sets aside what was checked before, from when it is valid on.
    """

    tag: ClassVar[str] = "waiting-place"
    id: str
    place: str
    holds_m: int
    by: str
    checked_at: int
    valid: Span
    ground: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.holds_m < 1:
            raise WrongField(
                f"Waiting place {self.id} holds a column of {self.holds_m} m.",
                "Give the longest column that fits there, in metres.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """A place where people live who may need relief, with how many, as a range.

    The last count of a place holds. Where nobody has counted, both figures are left out.
    """

    tag: ClassVar[str] = "settlement"
    id: str
    place: str
    counted_at: int
    by: str
    people_low: int | None = None
    people_high: int | None = None
    ground: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        low, high = self.people_low, self.people_high
        if (low is None) != (high is None):
            raise WrongField(
                f"Settlement {self.id} has one end of its range of people only.",
                "Give both `people_low` and `people_high`, the same twice for an exact count.",
            )
        if low is not None and high is not None and not 0 <= low <= high:
            raise WrongField(
                f"Settlement {self.id} has from {low} to {high} people.",
                "Give the lower figure first, 0 or more.",
            )

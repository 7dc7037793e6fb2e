"""How fast a column drives, and how long it takes: always the slower of what is known.

Speeds come from the leg's plan and from the office's own experience of roads, never from the
limits that a map shows.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, overload

from safeconduct.errors import WrongField

if TYPE_CHECKING:
    from safeconduct.roads.graph import Longs

__all__ = ["Pace", "driving_s"]


@overload
def driving_s(length_dm: int, speed_kmh: int) -> int: ...
@overload
def driving_s(length_dm: Longs, speed_kmh: Longs) -> Longs: ...
def driving_s(length_dm: int | Longs, speed_kmh: int | Longs) -> int | Longs:
    """How long this speed takes for this length, rounded up to a whole second.

    >>> driving_s(10_000, 30), driving_s(10_001, 30)
    (120, 121)
    """
    # 1 km/h is 10,000 dm an hour. Minus, floor, minus rounds up.
    return -(-length_dm * 3600 // (speed_kmh * 10_000))


@dataclass(frozen=True, slots=True)
class Pace:
    """The speed of a column on every road: the least of those that are given for it.

    Parameters
    ----------
    leg_kmh : the planning speed of the leg, on the best of roads.
    by_kind, by_surface : what kinds of road and surfaces allow, by the names that the graph uses.
    by_edge : what single edges allow, by their numbers in the graph.

    Raises
    ------
    WrongField : a speed is no whole number of at least 1 km/h.
    """

    leg_kmh: int
    by_kind: Mapping[str, int] = field(default_factory=dict)
    by_surface: Mapping[str, int] = field(default_factory=dict)
    by_edge: Mapping[int, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        given = {"the leg": self.leg_kmh}
        for what, speeds in (
            ("kind", self.by_kind),
            ("surface", self.by_surface),
            ("edge", self.by_edge),
        ):
            given |= {f"{what} {name}": speed for name, speed in speeds.items()}
        for what, speed in given.items():
            if type(speed) is not int or speed < 1:
                raise WrongField(
                    f"The speed of {what} is {speed!r} km/h.",
                    "Give whole km/h, 1 or more; close a road that cannot be driven.",
                    speed=repr(speed),
                )

    @property
    def slowest_kmh(self) -> int:
        """The least speed that is given for any road: the one at which a tail clears the last."""
        speeds = (*self.by_kind.values(), *self.by_surface.values(), *self.by_edge.values())
        return min((self.leg_kmh, *speeds))

"""Points, outlines and areas as plain values, in whole ten-millionths of a degree.

An area is a name people use for a stretch of ground. Some have an outline; some are only declared
("the eastern districts") and hold just what a person has listed; some are put together from
others. What an area touches or holds is worked out elsewhere.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass

from safeconduct.errors import AreaRefused, WrongField

__all__ = ["Area", "AreaKind", "Point", "Ring"]

E7 = 10_000_000
_FARTHEST_LON, _FARTHEST_LAT = 180 * E7, 90 * E7


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place on the ground (WGS 84), in degrees times 10,000,000: about 1 cm.

    Raises
    ------
    WrongField : a coordinate is no whole number, or beyond 180 degrees east or west, 90 north or
        south.

    >>> str(Point(371_642_460, -5))
    '37.1642460, -0.0000005'
    """

    lon_e7: int
    lat_e7: int

    def __post_init__(self) -> None:
        _check_coordinate("longitude", self.lon_e7, _FARTHEST_LON)
        _check_coordinate("latitude", self.lat_e7, _FARTHEST_LAT)

    def __str__(self) -> str:
        return f"{_degrees(self.lon_e7)}, {_degrees(self.lat_e7)}"


def _check_coordinate(name: str, value: int, farthest: int) -> None:
    if type(value) is not int:
        raise WrongField(
            f"The {name} {value!r} is of type {type(value).__name__}, not a whole number.",
            "Give degrees times 10,000,000, rounded: 36.2 degrees are 362000000.",
            value=repr(value),
        )
    if abs(value) > farthest:
        raise WrongField(
            f"The {name} {_degrees(value)} is beyond {farthest // E7} degrees.",
            "Check the order (longitude first) and the unit (degrees times 10,000,000).",
            value=value,
        )


def _degrees(value_e7: int) -> str:
    whole, rest = divmod(abs(value_e7), E7)
    return f"{'-' if value_e7 < 0 else ''}{whole}.{rest:07d}"


#: A closed line of at least four points, the last equal to the first.
Ring = tuple[Point, ...]


class AreaKind(enum.Enum):
    """What an area consists of."""

    POLYGON = "polygon"
    """An outline: one or more polygons, each an outer ring and its holes."""
    DECLARED = "declared"
    """No outline: a road belongs to it only where a person has said so."""
    COMPOSITE = "composite"
    """Other areas put together, with gaps up to a stated width between them closed."""
    CORRIDOR = "corridor"
    """A way through: with an outline, put together from others, or declared road by road."""


@dataclass(frozen=True, slots=True)
class Area:
    """A stretch of ground with a name.

    Parameters
    ----------
    id : how statements and other areas refer to it.
    name : what people call it.
    kind : what it consists of; decides which of the next three fields it must and may have.
    polygons : each an outer ring followed by its holes.
    members : the ids of the areas it is put together from.
    closed_by_m : gaps between members up to this many metres belong to it; recorded, never silent.
    also : other names it goes by, in any script.
    ground : what the outline or the membership rests on: a map, a decree, whose word.

    Raises
    ------
    AreaRefused : id or name is empty; the kind asks for polygons or members that are missing, or
        has no place for those given; a ring is open or has under four points.
    """

    id: str
    name: str
    kind: AreaKind
    polygons: tuple[tuple[Ring, ...], ...] = ()
    members: tuple[str, ...] = ()
    closed_by_m: int = 0
    also: tuple[str, ...] = ()
    ground: str = ""

    def __post_init__(self) -> None:
        if not self.id or not self.name:
            raise self._refusal("has no id or no name", "Give it both")
        self._check_kind()
        self._check_members()
        for number, polygon in enumerate(self.polygons, 1):
            if not polygon:
                raise self._refusal(f"has no outer ring in polygon {number}", "Give its outline")
            for ring_number, ring in enumerate(polygon, 1):
                self._check_ring(ring, f"ring {ring_number} of polygon {number}")

    def _check_kind(self) -> None:
        kind = f"is of kind {self.kind.value!r}"
        if self.kind is AreaKind.POLYGON and not self.polygons:
            raise self._refusal(f"{kind} but has no polygons", "Give its outline or declare it")
        if self.kind is AreaKind.COMPOSITE and not self.members:
            raise self._refusal(f"{kind} but has no members", "List the areas it consists of")
        may_have_polygons = self.kind in (AreaKind.POLYGON, AreaKind.CORRIDOR)
        if self.polygons and not may_have_polygons:
            raise self._refusal(f"{kind} but has polygons", "Drop them or change the kind")
        may_have_members = self.kind in (AreaKind.COMPOSITE, AreaKind.CORRIDOR)
        if self.members and (self.polygons or not may_have_members):
            raise self._refusal(
                f"{kind} and has members where it may have none",
                "Make a composite of them, with the outline as an area of its own beside them",
            )

    def _check_members(self) -> None:
        if self.id in self.members or len(set(self.members)) < len(self.members):
            raise self._refusal(
                "lists itself, or one member twice, among its members", "List each other area once"
            )
        if type(self.closed_by_m) is not int or self.closed_by_m < 0:
            raise self._refusal(
                f"closes gaps of {self.closed_by_m!r} m", "Give whole metres, 0 or more"
            )
        if self.closed_by_m and not self.members:
            raise self._refusal(
                f"closes gaps of {self.closed_by_m} m but has no members to close gaps between",
                "List its members or drop the width",
            )

    def _check_ring(self, ring: Ring, which: str) -> None:
        if len(ring) < 4:
            raise self._refusal(
                f"has only {len(ring)} points in {which}",
                "Give at least three corners and the first one again",
            )
        if ring[0] != ring[-1]:
            raise self._refusal(
                f"is not closed in {which}: it starts at {ring[0]} and ends at {ring[-1]}",
                "End the ring with its first point",
            )

    def _refusal(self, what: str, remedy: str) -> AreaRefused:
        return AreaRefused(f"The area {self.id or self.name!r} {what}.", f"{remedy}.", area=self.id)

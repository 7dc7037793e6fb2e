"""A line on the map, measured: how far along the road each of its points is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby
from math import gcd
from typing import NamedTuple

from safeconduct.spacetime import Point

__all__ = ["Line", "Spot", "distance_dm", "measured", "measured_corners"]

_UM_PER_DM = 100_000
#: Cuts nearer to one another, or to an end, than this are one cut: the step of the coordinates,
#: 1e-7 degrees, is 11 mm, so that borders meant to be one can lie so far apart.
_ONE_CUT_UM = 12_000


class Spot(NamedTuple):
    """A point of a line: on which of its segments, and how far along that, from 0 to below 1.

    The far end of the line is the start of the segment after the last. Make one with `Spot.at`:
    `part / whole` is exact and in lowest terms. `along` is the same rounded, and stands first so
    that spots are sorted quickly; two that differ by less than it can tell are a millionth of a
    millimetre apart, and come in one order on every machine.

    >>> Spot.at(3, 10, 4)
    Spot(segment=5, along=0.5, part=1, whole=2)
    """

    segment: int
    along: float
    part: int
    whole: int

    @classmethod
    def at(cls, segment: int, part: int = 0, whole: int = 1) -> Spot:
        """The spot `part / whole` after the start of a segment; neither of them is negative."""
        further, part = divmod(part, whole)
        common = gcd(part, whole)
        return cls(segment + further, part / whole, part // common, whole // common)


@dataclass(frozen=True)  # no slots: the measure below is kept in the instance
class Line:
    """The course of an edge, without repeated points, and its length.

    Parameters
    ----------
    corners : degrees times 10,000,000, longitude first.
    lengths_um : of each segment, on the WGS 84 ellipsoid, in micrometres.
    stated_dm : the length of the road as its source states it, onto which the line is stretched.
    """

    id: str
    corners: tuple[tuple[int, int], ...]
    lengths_um: tuple[int, ...]
    stated_dm: int | None = None

    @cached_property
    def reached_um(self) -> tuple[int, ...]:
        """How far along the line each corner is."""
        return tuple(accumulate(self.lengths_um, initial=0))

    @property
    def length_dm(self) -> int:
        """The length of the road: as stated, or else of the line, at least 1."""
        return self.stated_dm or max(1, _nearest(self.reached_um[-1], _UM_PER_DM))

    def snapped(self, spots: Iterable[Spot]) -> dict[Spot, int]:
        """The whole decimetre of each spot, the same one for all spots within 12 mm.

        The two ends of the line are 0 and `length_dm`, and so is what lies within 12 mm of them.
        """
        end_um = self.reached_um[-1]
        dm, um = self._scale
        out: dict[Spot, int] = {}
        first_um, number = -_ONE_CUT_UM - 1, 0
        for at_um, spot in sorted((self._at_um(spot), spot) for spot in set(spots)):
            if at_um == end_um or (at_um > _ONE_CUT_UM and end_um - at_um <= _ONE_CUT_UM):
                out[spot] = self.length_dm
            elif at_um <= _ONE_CUT_UM:
                out[spot] = 0
            else:
                if at_um - first_um > _ONE_CUT_UM:
                    first_um, number = at_um, min(_nearest(at_um * dm, um), self.length_dm)
                out[spot] = number
        return out

    def decimetre_of(self, spot: Spot) -> int:
        """The decimetre of the road that the spot lies in: `n` for that from `n` to `n + 1`."""
        dm, um = self._scale
        return min(self._at_um(spot) * dm // um, self.length_dm - 1)

    @property
    def _scale(self) -> tuple[int, int]:
        """So many decimetres of road are so many micrometres of the line."""
        return (self.stated_dm, self.reached_um[-1]) if self.stated_dm else (1, _UM_PER_DM)

    def _at_um(self, spot: Spot) -> int:
        segment, _, part, whole = spot
        start = self.reached_um[segment]
        return start + _nearest(part * self.lengths_um[segment], whole) if part else start


def measured(
    lines: Mapping[str, tuple[Point, ...]], stated_dm: Mapping[str, int]
) -> dict[str, Line]:
    """The measured line of each edge; repeated points are left out."""
    corners = {id: [(at.lon_e7, at.lat_e7) for at in line] for id, line in lines.items()}
    return measured_corners(corners, stated_dm)


def measured_corners(
    drawn: Mapping[str, Sequence[tuple[int, int]]], stated_dm: Mapping[str, int]
) -> dict[str, Line]:
    """The same of corners in degrees times 10,000,000, longitude first."""
    corners = {id: tuple(key for key, _ in groupby(line)) for id, line in drawn.items()}
    starts = [corner for line in corners.values() for corner in line[:-1]]
    ends = [corner for line in corners.values() for corner in line[1:]]
    lengths = iter(_geodesic_um(starts, ends))
    return {
        id: Line(id, line, tuple(next(lengths) for _ in line[1:]), stated_dm.get(id))
        for id, line in corners.items()
    }


def distance_dm(a: Point, b: Point) -> int:
    """The distance between two points on the WGS 84 ellipsoid in whole decimetres, rounded."""
    (um,) = _geodesic_um([(a.lon_e7, a.lat_e7)], [(b.lon_e7, b.lat_e7)])
    return _nearest(um, _UM_PER_DM)


def _geodesic_um(starts: Sequence[tuple[int, int]], ends: Sequence[tuple[int, int]]) -> list[int]:
    if not starts:
        return []
    from pyproj import Geod  # 0.1 s; needed only while a network is built

    from_lons, from_lats = _degrees(starts)
    to_lons, to_lats = _degrees(ends)
    _, _, metres = Geod(ellps="WGS84").inv(from_lons, from_lats, to_lons, to_lats)
    # No segment is without length, however short; micrometres keep the sum in whole numbers.
    return [max(1, round(length * 1_000_000)) for length in metres]


def _degrees(corners: Sequence[tuple[int, int]]) -> tuple[list[float], list[float]]:
    return [x / 10_000_000 for x, _ in corners], [y / 10_000_000 for _, y in corners]


def _nearest(part: int, whole: int) -> int:
    """The whole number nearest to `part / whole`, halves upwards."""
    return (2 * part + whole) // (2 * whole)

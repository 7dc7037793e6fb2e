"""Whether a point lies near a way, judged with whole numbers and on the wide side.

The distance used is never more than the true one: a degree of longitude is taken as short as it is
at the higher of the two latitudes' next full degree, and a road as wide as the box around each of
its segments. So an incident can be counted as near that is not, never the reverse (law 16).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import pairwise

from safeconduct.roads.network import Network
from safeconduct.roads.occupancy import Itinerary
from safeconduct.spacetime import Point

FARTHEST_M = 2_000
"""How far a place may be from its junction when nobody says otherwise."""

# A degree of latitude is 110,574 m at the equator and longer elsewhere (WGS 84).
METRES_PER_DEGREE = 110_574
# Thousandths of the cosine, rounded down, for each full degree; past 89 degrees nothing is left.
_COSINE_MILLI = (*(math.floor(1000 * math.cos(math.radians(d))) for d in range(90)), 0, 0)


def near_way(network: Network, itinerary: Itinerary, point: Point, radius_m: int) -> bool:
    """Whether `point` may lie within `radius_m` metres of any edge or place of the itinerary.

    An edge or place without coordinates may be anywhere, so it counts as near.
    """
    return any(
        near_box(box, point, radius_m)
        for entry in itinerary.entries
        for box in _boxes(network, entry.edge, entry.place)
    )


def box_around(network: Network, itinerary: Itinerary) -> tuple[Point, Point] | None:
    """The corners of the box around a whole way; None where some of it has no coordinates."""
    found = [box for e in itinerary.entries for box in _boxes(network, e.edge, e.place)]
    corners = [corner for box in found if box is not None for corner in box]
    if not corners or None in found:
        return None
    lats, lons = [p.lat_e7 for p in corners], [p.lon_e7 for p in corners]
    return Point(min(lons), min(lats)), Point(max(lons), max(lats))


def near_box(box: tuple[Point, Point] | None, point: Point, radius_m: int) -> bool:
    """Whether a point may lie within `radius_m` metres of a box; anything is near None."""
    if box is None:
        return True
    a, b = box
    north = _outside(point.lat_e7, a.lat_e7, b.lat_e7)
    east = _outside(point.lon_e7, a.lon_e7, b.lon_e7)
    steepest = max(abs(p.lat_e7) for p in (a, b, point)) // 10_000_000 + 1
    north_m = north * METRES_PER_DEGREE // 10_000_000
    east_m = east * METRES_PER_DEGREE * _COSINE_MILLI[min(steepest, 91)] // 10_000_000_000
    return north_m * north_m + east_m * east_m <= radius_m * radius_m


def _boxes(
    network: Network, edge_id: str | None, place_id: str | None
) -> Iterable[tuple[Point, Point] | None]:
    if place_id is not None:
        at = network.place(place_id).at
        yield (at, at) if at else None
        return
    edge = network.edge(edge_id or "")
    ends = [network.place(end).at for end in (edge.a, edge.b)]
    line = edge.line or tuple(at for at in ends if at is not None)
    if len(line) < 2:
        yield None
        return
    yield from pairwise(line)


def _outside(value: int, one: int, other: int) -> int:
    """How far a number lies outside the range between two others; 0 inside."""
    low, high = min(one, other), max(one, other)
    return max(low - value, value - high, 0)

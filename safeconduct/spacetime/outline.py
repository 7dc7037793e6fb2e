"""Whether an area's outline has a clear inside and outside; exact, in whole numbers.

Degrees are taken as coordinates in a plane, as the sources of outlines take them. One sweep from
west to east compares only segments whose boxes overlap.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations, pairwise
from typing import NamedTuple

from safeconduct.errors import EmptyArea, SelfCrossingArea
from safeconduct.spacetime.areas import Area, Point, Ring

__all__ = ["check_outline"]

_Place = tuple[int, int]


class _Segment(NamedTuple):
    """The stretch of a ring from one corner to the next, with its box."""

    west: int
    east: int
    south: int
    north: int
    start: _Place
    end: _Place
    ring: int
    corner: int


class _Pass(NamedTuple):
    """One way of a ring through a place: which ring, where along it, from where and whereto."""

    ring: int
    along: tuple[int, bool]
    before: _Place
    after: _Place


class _Doubt(NamedTuple):
    """A place at which inside and outside are in doubt, and the two rings that make it so."""

    what: str
    place: _Place
    rings: tuple[int, int]


def check_outline(area: Area) -> None:
    """Nothing, when every polygon of the area has a clear inside; an area without any passes.

    A ring may repeat a point and may touch itself or another ring of its polygon at a point. It
    may not cross there, nor run along itself: then inside and outside are in doubt.

    Raises
    ------
    SelfCrossingArea : a ring crosses, or runs along, itself or another ring of its polygon; the
        message names the ring and the place.
    EmptyArea : the corners of a ring lie on one line, or the holes leave nothing of the polygon.

    Takes under 0.1 s for the 133 neighbourhoods of Aleppo (9,413 points), some 0.1 s for a ring of
    5,000 points and 1.5 s for one of 20,000.
    """
    for number, polygon in enumerate(area.polygons, 1):
        rings = tuple(_corners(ring) for ring in polygon)
        for ring_number, ring in enumerate(rings, 1):
            if _lies_on_a_line(ring):
                raise _no_surface(area.id, number, ring_number, ring)
        doubt = _first_doubt(rings)
        if doubt:
            raise _self_crossing(area.id, number, doubt)
        if _doubled_surface(rings[0]) <= sum(map(_doubled_surface, rings[1:])):
            raise _all_holes(area.id, number)


def _no_surface(area_id: str, polygon: int, number: int, ring: tuple[_Place, ...]) -> EmptyArea:
    return EmptyArea(
        f"Ring {number} of polygon {polygon} of the area {area_id!r} encloses no surface: its "
        f"corners lie on one line, from {Point(*min(ring))} to {Point(*max(ring))} (longitude, "
        "latitude).",
        "Give at least three corners that are not in line, or declare the area.",
        area=area_id,
        polygon=polygon,
        ring=number,
    )


def _all_holes(area_id: str, polygon: int) -> EmptyArea:
    return EmptyArea(
        f"The holes of polygon {polygon} of the area {area_id!r} are as large as its outer ring, "
        "so that nothing is left of it.",
        "Give the outer ring first and the holes after it.",
        area=area_id,
        polygon=polygon,
    )


def _self_crossing(area_id: str, polygon: int, doubt: _Doubt) -> SelfCrossingArea:
    one, other = sorted(ring + 1 for ring in doubt.rings)
    place = Point(*doubt.place)
    against = "itself" if one == other else f"ring {other}"
    return SelfCrossingArea(
        f"Ring {one} of polygon {polygon} of the area {area_id!r} {doubt.what} {against} at "
        f"{place} (longitude, latitude).",
        "Draw the outline again near that place, so that it is clear what lies inside.",
        area=area_id,
        polygon=polygon,
        rings=sorted({one, other}),
        lon_e7=place.lon_e7,
        lat_e7=place.lat_e7,
    )


def _corners(ring: Ring) -> tuple[_Place, ...]:
    """The ring's points without the closing one and without repetitions in a row; at least one."""
    points = [(point.lon_e7, point.lat_e7) for point in ring]
    kept = tuple(place for place, following in pairwise(points) if place != following)
    return kept or (points[0],)


def _turn(a: _Place, b: _Place, c: _Place) -> int:
    """Above 0 when a, b, c turn left, below 0 when they turn right, 0 when they are in line."""
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _lies_on_a_line(ring: tuple[_Place, ...]) -> bool:
    return all(_turn(min(ring), max(ring), corner) == 0 for corner in ring)


def _doubled_surface(ring: tuple[_Place, ...]) -> int:
    # Gauss's shoelace, as triangles from the first corner so that the products stay small.
    return abs(sum(_turn(ring[0], b, c) for b, c in pairwise(ring)))


def _first_doubt(rings: tuple[tuple[_Place, ...], ...]) -> _Doubt | None:
    """The first place at which two stretches of the rings cross or run along each other."""
    touching: defaultdict[_Place, set[_Pass]] = defaultdict(set)
    for one, other in _neighbours(_segments(rings)):
        doubt, touches = _meeting(one, other)
        if doubt:
            return doubt
        for place in touches:
            touching[place] |= {_pass(rings, one, place), _pass(rings, other, place)}
    for place, passes in sorted(touching.items()):
        for one_way, other_way in combinations(sorted(passes), 2):
            if _crosses(place, one_way, other_way):
                return _Doubt("crosses", place, (one_way.ring, other_way.ring))
    return None


def _segments(rings: tuple[tuple[_Place, ...], ...]) -> list[_Segment]:
    """All stretches of the rings, from west to east."""
    out = []
    for number, ring in enumerate(rings):
        for index, (start, end) in enumerate(zip(ring, ring[1:] + ring[:1], strict=True)):
            (west, east), (south, north) = (sorted(pair) for pair in zip(start, end, strict=True))
            out.append(_Segment(west, east, south, north, start, end, number, index))
    return sorted(out)


def _neighbours(segments: list[_Segment]) -> Iterator[tuple[_Segment, _Segment]]:
    """All pairs of segments whose boxes share a point."""
    active: list[_Segment] = []
    for segment in segments:
        west, south, north = segment.west, segment.south, segment.north
        active = [other for other in active if other.east >= west]
        for other in active:
            if other.south <= north and south <= other.north:
                yield other, segment
        active.append(segment)


def _meeting(one: _Segment, other: _Segment) -> tuple[_Doubt | None, tuple[_Place, ...]]:
    """What is wrong between two segments, or else the places at which they touch."""
    a, b, c, d = one.start, one.end, other.start, other.end
    to_c, to_d, to_a, to_b = _turn(a, b, c), _turn(a, b, d), _turn(c, d, a), _turn(c, d, b)
    if to_c * to_d < 0 and to_a * to_b < 0:
        return _Doubt("crosses", _crossing(a, b, to_a, to_b), (one.ring, other.ring)), ()
    if to_c == to_d == 0:
        # On one line, places in the order of (longitude, latitude) are in the order of the line.
        first, last = max(min(a, b), min(c, d)), min(max(a, b), max(c, d))
        # Where the two only meet end to end, a neighbour in another direction shows it as well.
        return _Doubt("runs along", first, (one.ring, other.ring)) if first < last else None, ()
    on_other = (
        place for place, turn in ((a, to_a), (b, to_b)) if turn == 0 and _in_box(place, other)
    )
    on_one = (place for place, turn in ((c, to_c), (d, to_d)) if turn == 0 and _in_box(place, one))
    return None, (*on_other, *on_one)


def _crossing(a: _Place, b: _Place, to_a: int, to_b: int) -> _Place:
    """The place on a-b whose distances to the other line are as to_a to to_b, rounded."""
    # a and b lie on different sides, so the share of the way from a is |to_a| / (|to_a| + |to_b|).
    part, whole = abs(to_a), abs(to_a) + abs(to_b)
    lon, lat = (
        start + (2 * part * (end - start) + whole) // (2 * whole)
        for start, end in zip(a, b, strict=True)
    )
    return lon, lat


def _in_box(place: _Place, segment: _Segment) -> bool:
    return segment.west <= place[0] <= segment.east and segment.south <= place[1] <= segment.north


def _pass(rings: tuple[tuple[_Place, ...], ...], segment: _Segment, place: _Place) -> _Pass:
    """How the ring goes through a place on one of its segments: round a corner or straight on."""
    ring = rings[segment.ring]
    if place not in (segment.start, segment.end):
        return _Pass(segment.ring, (segment.corner, False), segment.start, segment.end)
    corner = segment.corner if place == segment.start else (segment.corner + 1) % len(ring)
    following = ring[(corner + 1) % len(ring)]
    return _Pass(segment.ring, (corner, True), ring[corner - 1], following)


def _crosses(place: _Place, one: _Pass, other: _Pass) -> bool:
    """Whether the second way comes from one side of the first and leaves on the other."""
    return _is_left(place, one, other.before) != _is_left(place, one, other.after)


def _is_left(place: _Place, way: _Pass, looked_at: _Place) -> bool:
    """Whether a place lies to the left of a way that turns at `place`; none lies on it here."""
    left_of_arrival = _turn(way.before, place, looked_at) > 0
    left_of_departure = _turn(place, way.after, looked_at) > 0
    if _turn(way.before, place, way.after) >= 0:
        return left_of_arrival and left_of_departure
    return left_of_arrival or left_of_departure

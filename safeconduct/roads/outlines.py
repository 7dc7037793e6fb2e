"""The shapes of areas on the map, for use while a network is built and at no other time.

Coordinates are degrees times 10,000,000 and stay whole numbers, also where shapes are united, so
that a border which two areas share is one border for both. Borders are straight in longitude and
latitude between their corners. Only this module and `cutting.py` use a geometry library.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from safeconduct.errors import AreaRefused
from safeconduct.spacetime import Area, Point, check_outline

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

__all__ = ["areas_at", "overlapping", "shapes_of"]

#: A ten-millionth of a degree of latitude on the WGS 84 ellipsoid, on average, in metres.
_METRES_PER_E7 = 111_132.95 / 10_000_000
#: Straight pieces per quarter circle when gaps are closed. They lie inside the circle, by less
#: than half a per cent of the width closed, so that never more is closed than was recorded.
_QUARTER_CIRCLE = 16


def shapes_of(
    areas: Sequence[Area],
    members: Mapping[str, frozenset[str]],
    known: Mapping[str, BaseGeometry] | None = None,
) -> dict[str, BaseGeometry]:
    """The shape of every area that has one, of its own or through its members.

    The shape of a composite is the union of its members' shapes, with gaps of up to `closed_by_m`
    between them closed: the union is widened by half of that and narrowed again, in a plane where
    longitudes are scaled by the cosine of the latitude, which is good to 1 % over a town or a
    district. Members without an outline add nothing here.

    Parameters
    ----------
    members : as `composites.members_of` gives it, composites after those they contain.
    known : shapes that were made before from the same areas, and are taken as they are.

    Raises
    ------
    SelfCrossingArea, EmptyArea : an outline without a clear inside.
    AreaRefused : rings that make no polygon, such as a hole outside its outer ring.
    """
    known = known or {}
    shapes: dict[str, BaseGeometry] = {}
    by_id = {area.id: area for area in areas}
    for area in areas:
        if area.polygons and area.id in known:
            shapes[area.id] = known[area.id]
        elif area.polygons:
            check_outline(area)
            shapes[area.id] = _own_shape(area)
    for id in members:
        if id in known:
            shapes[id] = known[id]
            continue
        parts = [shapes[member] for member in by_id[id].members if member in shapes]
        if parts:
            shapes[id] = _closed(_united(parts), by_id[id].closed_by_m)
    return shapes


def areas_at(at: Point, shapes: Mapping[str, BaseGeometry]) -> tuple[set[str], set[str]]:
    """The areas that a point lies in or on the border of, and those it lies inside of."""
    if not shapes:
        return set(), set()
    import shapely  # 0.2 s; needed only while a network is built

    spot = shapely.Point(at.lon_e7, at.lat_e7)
    touched = {id for id, shape in shapes.items() if shape.covers(spot)}
    return touched, {id for id in touched if shapes[id].contains(spot)}


def overlapping(shapes: Mapping[str, BaseGeometry]) -> set[tuple[str, str]]:
    """The pairs of areas that share surface; to share a border is not enough."""
    if not shapes:
        return set()
    import shapely  # 0.2 s; needed only while a network is built

    ids, found = list(shapes), list(shapes.values())
    near = shapely.STRtree(found).query(found, predicate="intersects")
    # "T" in the first place of the pattern: the two insides meet.
    pairs = [(one, other) for one, other in zip(*near.tolist(), strict=True) if one < other]
    return {
        (ids[one], ids[other])
        for one, other in pairs
        if found[one].relate_pattern(found[other], "T********")
    }


def _own_shape(area: Area) -> BaseGeometry:
    import shapely  # 0.2 s; needed only while a network is built

    polygons = []
    for outer, *holes in area.polygons:
        rings = [[(at.lon_e7, at.lat_e7) for at in ring] for ring in (outer, *holes)]
        polygon = shapely.Polygon(rings[0], rings[1:])
        if not polygon.is_valid:
            raise AreaRefused(
                f"The rings of the area {area.id!r} make no polygon: "
                f"{shapely.is_valid_reason(polygon)} (degrees times 10,000,000).",
                "Give each polygon one outer ring, followed by holes that lie inside it.",
                area=area.id,
            )
        polygons.append(polygon)
    return polygons[0] if len(polygons) == 1 else _united(polygons)


def _united(shapes: Sequence[BaseGeometry]) -> BaseGeometry:
    import shapely  # 0.2 s; needed only while a network is built

    # A grid of 1 keeps every corner on a whole ten-millionth of a degree.
    return shapely.union_all(shapes, grid_size=1.0)


def _closed(shape: BaseGeometry, closed_by_m: int) -> BaseGeometry:
    if not closed_by_m:
        return shape
    _, south, _, north = shape.bounds
    across = _METRES_PER_E7 * math.cos(math.radians((south + north) / 2 / 10_000_000))
    closed = (
        _scaled(shape, across, _METRES_PER_E7)
        .buffer(closed_by_m / 2, quad_segs=_QUARTER_CIRCLE)
        .buffer(-closed_by_m / 2, quad_segs=_QUARTER_CIRCLE)
    )
    # Narrowing can cut a corner of the original, which stays in whatever happens to the gaps.
    return _united([shape, _scaled(closed, 1 / across, 1 / _METRES_PER_E7)])


def _scaled(shape: BaseGeometry, across: float, along: float) -> BaseGeometry:
    import shapely  # 0.2 s; needed only while a network is built

    return shapely.transform(shape, lambda corners: corners * (across, along))

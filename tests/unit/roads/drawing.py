"""A drawing board: points, boxes and roads in metres from a corner at 37.1 E, 36.2 N."""

from __future__ import annotations

from safeconduct.roads import Edge, Network, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.spacetime import Area, AreaKind, Point, Ring

# The length of a degree there on the WGS 84 ellipsoid.
DEGREE_EAST_M, DEGREE_NORTH_M = 89_935.476, 110_962.805


def at(east_m: float, north_m: float) -> Point:
    """The point so many metres east and north of the corner, to the nearest centimetre."""
    return Point(
        371_000_000 + round(east_m / DEGREE_EAST_M * 1e7),
        362_000_000 + round(north_m / DEGREE_NORTH_M * 1e7),
    )


def ring(*corners: tuple[float, float]) -> Ring:
    """The closed ring through these corners."""
    points = tuple(at(*corner) for corner in corners)
    return (*points, points[0])


def square(west: float, south: float, east: float, north: float) -> Ring:
    """The ring around a rectangle."""
    return ring((west, south), (east, south), (east, north), (west, north))


def box(id: str, west: float, south: float, east: float, north: float) -> Area:
    """A rectangular area."""
    return Area(id, id.title(), AreaKind.POLYGON, ((square(west, south, east, north),),))


def composite(id: str, *members: str, closed_by_m: int = 0) -> Area:
    """An area put together from others."""
    return Area(id, id.title(), AreaKind.COMPOSITE, (), members, closed_by_m)


def declared(id: str) -> Area:
    """An area without an outline."""
    return Area(id, id.title(), AreaKind.DECLARED)


def road(*corners: tuple[float, float], id: str = "e", **more: object) -> RawEdge:
    """A road through these corners, from place A to place B."""
    line = tuple(at(*corner) for corner in corners)
    return RawEdge(id, "A", "B", line=line, **more)  # type: ignore[arg-type]  # a test's shorthand


def network(*areas: Area, edge: RawEdge) -> Network:
    """The network of this one road, cut by these areas."""
    return build(areas, RawNetwork((RawPlace("A"), RawPlace("B")), (edge,)))


def cut_edge(*areas: Area, edge: RawEdge) -> Edge:
    """This one road, cut by these areas."""
    return network(*areas, edge=edge).edge("e")


def stretches(edge: Edge) -> tuple[list[tuple[str, int, int]], list[tuple[str, int, int]]]:
    """What is touched and what is within, as plain numbers."""
    return (
        [(s.area, s.start_dm, s.end_dm) for s in edge.touched],
        [(s.area, s.start_dm, s.end_dm) for s in edge.within],
    )

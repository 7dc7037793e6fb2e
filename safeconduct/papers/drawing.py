"""What a picture shows, as plain values: roads, places, areas, and one bar for each party."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.spacetime import Point, Span, Spans

__all__ = ["Bar", "Drawing", "Outline", "Road", "Site"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """One road between two places.

    Parameters
    ----------
    a, b : ids of the places at its ends.
    line : its course from `a` to `b`; without one it is drawn straight, where both are known.
    is_route : whether the movement drives it.
    bad : the parts of it in question, in decimetres from `a`.
    """

    a: str
    b: str
    name: str
    length_dm: int
    line: tuple[Point, ...] = ()
    is_route: bool = False
    bad: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A place: where it is, if that is known, and whether the movement comes there."""

    id: str
    name: str
    at: Point | None = None
    is_on_route: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """An area with its rings; the areas of one `group` are drawn alike, and named together."""

    name: str
    rings: tuple[tuple[Point, ...], ...]
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What one party has to give along the way, and when it stands: a row of the table of hours."""

    party: str
    what: str
    bound: Spans
    partly: Spans
    offered: Spans
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything that one picture shows.

    Parameters
    ----------
    title : of the movement. says : the answer, such as "NO-GO, as of 4 Nov 2016 10:30".
    lines : what else is said under the title, each a short sentence.
    roads, sites, outlines : what there is on the ground; the roads of the route in driving order.
    unnamed : names of areas that have no outline, so that they cannot be drawn.
    bars : one for each party and thing; none where nothing could be read.
    horizon : the hours that the axis shows. zone : the IANA zone of its numbers.
    trip : when the column is on its way, if that is known.
    windows : when it could leave; None where nobody looked for windows.
    credit : whose data the ground is.
    """

    title: str
    says: str
    horizon: Span
    zone: str
    roads: tuple[Road, ...]
    sites: tuple[Site, ...]
    outlines: tuple[Outline, ...] = ()
    unnamed: tuple[str, ...] = ()
    bars: tuple[Bar, ...] = ()
    trip: Span | None = None
    windows: Spans | None = None
    lines: tuple[str, ...] = ()
    credit: str = ""

    @property
    def has_map(self) -> bool:
        """Whether enough is known of where things are to draw a map of the route."""
        placed = {site.id for site in self.sites if site.at is not None}
        route = [road for road in self.roads if road.is_route] or list(self.roads)
        return bool(route) and all(road.line or {road.a, road.b} <= placed for road in route)

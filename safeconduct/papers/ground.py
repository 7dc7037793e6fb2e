"""The map of a picture: areas, roads, the route, places, what is in question, and a scale.

The way is in black and thick, other roads are thin and grey, areas are hatched, what is in question
has a white core with a black edge and bars across: it can be read without any colour.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.papers.drawing import Drawing, Outline, Road, Site
from safeconduct.papers.labels import Box, Crowd, Label, bounds
from safeconduct.papers.svg import (
    circle,
    course,
    element,
    escaped,
    path,
    rectangle,
    room_s,
    text,
)
from safeconduct.spacetime import Point

__all__ = ["HATCHES", "Panel", "groups", "map_panel", "sample"]

#: How areas are hatched: a line of ground that each pattern repeats, in its order.
HATCHES = ("slant", "dots", "back", "level", "grid", "upright")

_TALLEST, _LOWEST = 760, 380
_SITE, _AREA, _GROUP = 13, 11, 15
_METRES = 111_320  # of one degree of latitude, near enough for a scale bar


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a picture and how tall it is.

    Parameters
    ----------
    left_out : names that found no room on it, by the numbers that stand in their place.
    seen : the groups of areas of which something is on it.
    has_others : whether roads are on it that the movement does not drive.
    """

    body: str
    height: float
    left_out: tuple[tuple[int, str], ...] = ()
    seen: frozenset[str] = frozenset()
    has_others: bool = False


@dataclass(frozen=True, slots=True)
class _View:
    """From degrees to pixels: north is up, and a metre is as long either way."""

    west: float
    north: float
    scale: float  # pixels for a degree of latitude
    squeeze: float  # of a degree of longitude, against one of latitude
    width: float
    height: float

    def at(self, point: Point) -> tuple[float, float]:
        return (
            (point.lon_e7 / 1e7 - self.west) * self.squeeze * self.scale,
            (self.north - point.lat_e7 / 1e7) * self.scale,
        )

    def line(self, points: Iterable[Point]) -> list[tuple[float, float]]:
        return [self.at(point) for point in points]


def map_panel(drawing: Drawing, width: float) -> Panel:
    """The map, as wide as given; for a drawing that has one."""
    view = _view(drawing, width)
    sites = {site.id: site for site in drawing.sites}
    frame = Box(0, 0, view.width, view.height)
    crowd = Crowd(Box(6, 6, view.width - 6, view.height - 6))
    body = [rectangle(0, 0, view.width, view.height, class_="paper")]
    body += _outlines(drawing.outlines, view)
    lines = [(road, _line(road, sites, view)) for road in drawing.roads]
    lines = [(road, line) for road, line in lines if len(line) > 1 and _is_near(line, frame)]
    body += [path(line, "road") for road, line in lines if not road.is_route]
    body += [path(line, "route") for road, line in lines if road.is_route]
    for road, line in lines:
        for start_dm, end_dm in road.bad:
            part = _part(line, start_dm / road.length_dm, end_dm / road.length_dm)
            body += [path(part, "bad-edge"), path(part, "bad"), path(part, "bad-bars")]
    corner, scale = _scale(view)
    crowd.take(corner)
    for road, line in lines:
        if road.is_route:
            crowd.take_line(line, 4)
    told, left_out = _sites(drawing, view, crowd, frame)
    body += [*told, *_area_names(drawing.outlines, view, crowd), *scale]
    clip = element("clipPath", rectangle(0, 0, view.width, view.height, class_=""), id="map-frame")
    inside = element("g", "".join(body), clip_path="url(#map-frame)")
    border = rectangle(0, 0, view.width, view.height, class_="frame")
    seen = {one.group or one.name for one in drawing.outlines if _is_seen(one, view, frame)}
    others = any(not road.is_route for road, _ in lines)
    return Panel(clip + inside + border, view.height, left_out, frozenset(seen), others)


def groups(outlines: Sequence[Outline]) -> tuple[tuple[str, str], ...]:
    """The names of what is hatched alike, each with its hatch."""
    names = dict.fromkeys(one.group or one.name for one in outlines)
    return tuple((name, HATCHES[n % len(HATCHES)]) for n, name in enumerate(names))


def sample(hatch: str, x: float, y: float) -> str:
    """A small piece of a hatched area, for the legend."""
    return rectangle(x, y, 34, 16, class_="area", fill=f"url(#{hatch})")


# -- where things are


def _view(drawing: Drawing, width: float) -> _View:
    """The ground around the route, in a frame that is neither a ribbon nor a tower."""
    points = [*_shown(drawing)]
    lon = [point.lon_e7 / 1e7 for point in points]
    lat = [point.lat_e7 / 1e7 for point in points]
    squeeze = max(0.05, math.cos(math.radians((min(lat) + max(lat)) / 2)))
    wide = max((max(lon) - min(lon)) * squeeze, 1e-4) * 1.3  # names stand beside the ends
    tall = max(max(lat) - min(lat), 1e-4) * 1.16
    height = min(max(width * tall / wide, _LOWEST), _TALLEST)
    scale = min(width / wide, height / tall)
    middle = (min(lon) + max(lon)) / 2, (min(lat) + max(lat)) / 2
    west = middle[0] - width / 2 / scale / squeeze
    return _View(west, middle[1] + height / 2 / scale, scale, squeeze, width, height)


def _shown(drawing: Drawing) -> Iterator[Point]:
    """The points that have to be in the picture: those of the route, or of everything."""
    some = [road for road in drawing.roads if road.is_route] or list(drawing.roads)
    ends = {end for road in some for end in (road.a, road.b)}
    for road in some:
        yield from road.line
    for site in drawing.sites:
        if site.at is not None and (site.id in ends or site.is_on_route):
            yield site.at


def _line(road: Road, sites: Mapping[str, Site], view: _View) -> list[tuple[float, float]]:
    if road.line:
        return view.line(road.line)
    ends = [sites[end].at for end in (road.a, road.b) if end in sites]
    return view.line(at for at in ends if at is not None)


def _is_near(line: Sequence[tuple[float, float]], frame: Box) -> bool:
    around = bounds(line)
    return (
        around.left <= frame.right
        and frame.left <= around.right
        and around.top <= frame.bottom
        and frame.top <= around.bottom
    )


def _part(
    line: Sequence[tuple[float, float]], start: float, end: float
) -> list[tuple[float, float]]:
    """The part of a line between two shares of its length."""
    lengths = [math.dist(a, b) for a, b in pairwise(line)]
    whole, gone = sum(lengths) or 1.0, 0.0
    out: list[tuple[float, float]] = []
    for (a, b), length in zip(pairwise(line), lengths, strict=True):
        first, last = (start * whole - gone) / (length or 1), (end * whole - gone) / (length or 1)
        gone += length
        if first >= 1 or last <= 0:
            continue
        for share in (max(first, 0.0), min(last, 1.0)):
            out.append((a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share))
    return out or [line[0], line[-1]]


# -- what is drawn


def _is_seen(outline: Outline, view: _View, frame: Box) -> bool:
    return any(_is_near(view.line(ring), frame) for ring in outline.rings)


def _outlines(outlines: Sequence[Outline], view: _View) -> Iterator[str]:
    hatch = dict(groups(outlines))
    for one in outlines:
        told = "".join(course(view.line(ring)) + "Z" for ring in one.rings)
        name = element("title", escaped(one.name))
        fill = f"url(#{hatch[one.group or one.name]})"
        yield element("path", name, d=told, class_="area", fill=fill, fill_rule="evenodd")


def _sites(
    drawing: Drawing, view: _View, crowd: Crowd, frame: Box
) -> tuple[list[str], tuple[tuple[int, str], ...]]:
    """The places with their names; those that find no room get a number each."""
    placed = [(site, view.at(site.at)) for site in drawing.sites if site.at is not None]
    inside = Box(frame.left + 3, frame.top + 3, frame.right - 3, frame.bottom - 3)
    shown = [(s, (x, y)) for s, (x, y) in placed if inside.holds(Box(x, y, x, y))]
    shown.sort(key=lambda one: (not one[0].is_on_route, one[1][1]))
    for _, (x, y) in shown:
        crowd.take_point(x, y)
    dots, names, numbers = [], [], []
    left_out: list[tuple[int, str]] = []
    for site, (x, y) in shown:
        name = site.name or site.id
        mark = "site" if site.is_on_route else "other-site"
        dots.append(circle(x, y, 5 if site.is_on_route else 3.5, mark, name))
        label = crowd.beside(name, x, y, _SITE, 10)
        if label is None:
            left_out.append((len(left_out) + 1, name))
            number = str(len(left_out))
            numbers.append(circle(x, y, 9, "numbered", name))
            numbers.append(text(number, x, y + 4, size=11, anchor="middle", class_="number"))
        else:
            names.append(_drawn(label, _SITE, "name" if site.is_on_route else "other-name"))
    return [*dots, *numbers, *names], tuple(left_out)


def _area_names(outlines: Sequence[Outline], view: _View, crowd: Crowd) -> Iterator[str]:
    """The names of areas, the largest first, wherever they find room inside."""
    sized = []
    for one in outlines:
        room = bounds(point for ring in one.rings[:1] for point in view.line(ring))
        sized.append(((room.right - room.left) * (room.bottom - room.top), one.name, room))
    for _, name, room in sorted(sized, key=lambda it: (-it[0], it[1])):
        if room_s(name, _AREA) < (room.right - room.left):
            label = crowd.inside(name, room, _AREA)
            if label is not None:
                yield _drawn(label, _AREA, "area-name")


def _drawn(label: Label, size: int, class_: str) -> str:
    """The label over a white edge of its own: drawn twice, as few programs can do it at once."""
    return "".join(
        text(label.words, label.x, label.y, size=size, anchor=label.anchor, class_=one)
        for one in (f"{class_} halo", class_)
    )


def _scale(view: _View) -> tuple[Box, list[str]]:
    """A bar as long as a round number of metres, in the lower left corner; its box first."""
    metres = _METRES / view.scale * view.width / 4
    step = 10 ** math.floor(math.log10(metres))
    round_m = max(n * step for n in (1, 2, 5) if n * step <= metres)
    length = round_m / _METRES * view.scale
    words = f"{round_m / 1000:g} km" if round_m >= 1000 else f"{round_m:g} m"
    y = view.height - 16
    box = Box(8, y - 24, length + 30, y + 12)
    bar = [(18, y - 6), (18, y), (18 + length, y), (18 + length, y - 6)]
    white = rectangle(box.left, box.top, box.right - box.left, box.bottom - box.top, class_="plate")
    shown = text(words, 18 + length / 2, y - 8, size=12, anchor="middle")
    return box, [white, path(bar, "scale"), shown]

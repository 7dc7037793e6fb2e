"""A route whose places nobody has put on a map: its places and roads one under the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from safeconduct.papers.drawing import Drawing, Road
from safeconduct.papers.ground import Panel
from safeconduct.papers.svg import circle, path, rectangle, text, wrapped

__all__ = ["strip_panel"]

_STEP, _LINE_X, _TOP = 64, 60, 34


def strip_panel(drawing: Drawing, width: float) -> Panel:
    """Each road of the route once, in driving order, with its length; the places between them."""
    names = {site.id: site.name or site.id for site in drawing.sites}
    roads = _once([road for road in drawing.roads if road.is_route] or list(drawing.roads))
    body, y = [], _TOP
    at = ""
    for road, start, end in roads:
        if start != at:
            y += 0 if not at else _STEP // 2
            body += _place(names.get(start, start), y)
        body += _road(road, y, width, start == road.a)
        y += _STEP
        body += _place(names.get(end, end), y)
        at = end
    note = "Nobody has put these places on a map: lengths are told, not drawn."
    body.append(text(note, _LINE_X - 8, y + 34, size=12, class_="quiet"))
    height = y + 50
    paper = rectangle(0, 0, width, height, class_="paper")
    dots = [one for one in body if one.startswith("<circle")]
    rest = [one for one in body if not one.startswith("<circle")]
    return Panel("".join([paper, *rest, *dots, rectangle(0, 0, width, height, class_="frame")]),
                 height)  # fmt: skip


def _once(roads: Sequence[Road]) -> Iterator[tuple[Road, str, str]]:
    """Each road the first time it is driven, with the places where it is entered and left."""
    at = ""
    seen: set[Road] = set()
    for number, road in enumerate(roads):
        onwards = roads[number + 1] if number + 1 < len(roads) else road
        turned = road.a in (onwards.a, onwards.b) and road.b not in (onwards.a, onwards.b)
        backwards = road.b == at if at in (road.a, road.b) else turned
        start, end = (road.b, road.a) if backwards else (road.a, road.b)
        if road not in seen:
            yield road, start, end
        seen.add(road)
        at = end


def _place(name: str, y: float) -> list[str]:
    return [circle(_LINE_X, y, 6, "site", name), text(name, _LINE_X + 22, y + 5, size=15)]


def _road(road: Road, y: float, width: float, forwards: bool) -> Iterator[str]:
    yield path([(_LINE_X, y), (_LINE_X, y + _STEP)], "route")
    for start_dm, end_dm in road.bad:
        shares = start_dm / road.length_dm, end_dm / road.length_dm
        first, last = shares if forwards else (1 - shares[1], 1 - shares[0])
        part = [(_LINE_X, y + 8 + first * (_STEP - 16)), (_LINE_X, y + 8 + last * (_STEP - 16))]
        yield from (path(part, "bad-edge"), path(part, "bad"), path(part, "bad-bars"))
    km = f"{road.length_dm // 10_000}.{road.length_dm % 10_000 // 1000} km"
    words = f"{road.name}, {km}" + (" — in question" if road.bad else "")
    (line, *_) = wrapped(words, 13, width - _LINE_X - 60, most=1)
    yield text(line, _LINE_X + 22, y + _STEP / 2 + 4, size=13, class_="quiet")

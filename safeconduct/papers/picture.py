"""A movement on one sheet, as SVG: the map, the route, who is bound when.

It stands by itself: no picture, letter or style comes from anywhere else, so that it can be mailed
and printed. Black on white, with hatches instead of colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.papers.drawing import Drawing
from safeconduct.papers.ground import Panel, groups, map_panel, sample
from safeconduct.papers.hours import hours_panel, keys, swatch
from safeconduct.papers.strip import strip_panel
from safeconduct.papers.svg import element, path, rectangle, room_s, text, wrapped

__all__ = ["WIDTH", "picture"]

WIDTH = 1160
"""How wide a picture is, in pixels."""

_EDGE = 28

_STYLE = """
text { font-family: "DejaVu Sans", "Noto Sans", "Noto Naskh Arabic", Arial, sans-serif;
  fill: #111; unicode-bidi: plaintext; }
.title { font-weight: bold; } .says { font-weight: bold; } .quiet { fill: #444; }
.party { font-weight: bold; }
.sheet { fill: #fff; } .paper { fill: #fbfaf7; } .frame { fill: none; stroke: #111; }
.plate { fill: #fff; fill-opacity: .85; }
.area { stroke: #8a8a8a; stroke-width: .8; }
.area-name { fill: #444; font-style: italic; }
.name { font-weight: bold; } .other-name { fill: #444; }
.halo { fill: #fff; stroke: #fff; stroke-width: 4; stroke-linejoin: round; }
.road { fill: none; stroke: #777; stroke-width: 1.4; }
.route { fill: none; stroke: #111; stroke-width: 5; stroke-linejoin: round;
  stroke-linecap: round; }
.bad-edge { fill: none; stroke: #111; stroke-width: 11; }
.bad { fill: none; stroke: #fff; stroke-width: 7.4; }
.bad-bars { fill: none; stroke: #c00000; stroke-width: 7.4; stroke-dasharray: 4 5; }
.site { fill: #fff; stroke: #111; stroke-width: 2.5; }
.other-site { fill: #fff; stroke: #666; stroke-width: 1.5; }
.numbered { fill: #111; } .number { fill: #fff; font-weight: bold; }
.scale { fill: none; stroke: #111; stroke-width: 1.6; }
.tick { stroke: #d5d5d5; } .trip-edge { stroke: #111; stroke-dasharray: 2 4; }
.trip { fill: #111; } .window { fill: url(#upright); stroke: #111; stroke-width: 1.4; }
.bound { fill: #1d5c2f; stroke: #0d2f18; } .nothing { stroke: #999; stroke-width: 1; fill: none; }
.partly { fill: url(#partly); stroke: #111; stroke-width: .8; }
.offered { fill: url(#offered); stroke: #111; stroke-width: .8; stroke-dasharray: 3 2; }
"""

# By name: the size of the tile, what is under the hatch, the hatch itself.
_PATTERNS = {
    "slant": (9, "#f1efe6", "M-2 2l4-4M0 9l9-9M7 11l4-4"),
    "back": (9, "#f4f4f4", "M-2 7l4 4M0 0l9 9M7-2l4 4"),
    "level": (8, "#efefef", "M0 4h8"),
    "upright": (8, "#f7f7f7", "M4 0v8"),
    "grid": (10, "#f6f6f6", "M0 5h10M5 0v10"),
    "dots": (8, "#f3f1ea", "M2 2h1.6M6 6h1.6"),
    "partly": (6, "#fff", "M-1 1l2-2M0 6l6-6M5 7l2-2"),
    "offered": (5, "#fff", "M1 2.5h1.2"),
}
_FINE = {"partly": ("#111", 1.8), "offered": ("#111", 1.2), "dots": ("#8d8d8d", 1.4)}


def picture(drawing: Drawing) -> str:
    """The drawing as one SVG document, `WIDTH` pixels wide and as tall as it must be."""
    inner = WIDTH - 2 * _EDGE
    parts: list[str] = []
    y = float(_EDGE)
    for body, height in _parts(drawing, inner):
        parts.append(element("g", body, transform=f"translate({_EDGE} {y:.0f})"))
        y += height
    height = int(y + _EDGE)
    label = f"{drawing.title}: {drawing.says}"
    inside = (
        element("style", _STYLE)
        + element("defs", "".join(_patterns()))
        + rectangle(0, 0, WIDTH, height, class_="sheet")
        + "".join(parts)
    )
    return (
        element(
            "svg",
            inside,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {WIDTH} {height}",
            width=WIDTH,
            height=height,
            role="img",
            aria_label=label,
        )
        + "\n"
    )


def _parts(drawing: Drawing, width: float) -> Iterator[tuple[str, float]]:
    """The parts of the sheet from top to bottom, each with the room it takes."""
    yield _head(drawing, width)
    ground = map_panel(drawing, width) if drawing.has_map else strip_panel(drawing, width)
    yield ground.body, ground.height + 14
    yield _legend(_ground_keys(drawing, ground), width)
    if ground.left_out:
        yield _listed("On the map by number", [f"{n} {name}" for n, name in ground.left_out], width)
    if drawing.unnamed:
        yield _listed("Areas without an outline", drawing.unnamed, width)
    yield "", 12
    hours = hours_panel(drawing, width)
    yield hours.body, hours.height + 14
    if drawing.bars:
        yield _legend([(swatch(name, 0, 0), words) for name, words in keys()], width)
    yield _foot(drawing, width)


def _head(drawing: Drawing, width: float) -> tuple[str, float]:
    body, y = [], 20.0
    for line in wrapped(drawing.title, 22, width, most=2):
        body.append(text(line, 0, y, size=22, class_="title"))
        y += 28
    for line in wrapped(drawing.says, 16, width, most=2):
        body.append(text(line, 0, y, size=16, class_="says"))
        y += 22
    for told in drawing.lines:
        for line in wrapped(told, 13, width, most=2):
            body.append(text(line, 0, y, size=13))
            y += 19
    return "".join(body), y


def _ground_keys(drawing: Drawing, ground: Panel) -> list[tuple[str, str]]:
    across = [(0.0, 8.0), (34.0, 8.0)]
    found = []
    if any(road.is_route for road in drawing.roads):
        found.append((path(across, "route"), "the way"))
    if any(road.bad for road in drawing.roads):
        bad = "".join(path(across, name) for name in ("bad-edge", "bad", "bad-bars"))
        found.append((bad, "stretch in question"))
    if ground.has_others:
        found.append((path(across, "road"), "other road"))
    hatched = [one for one in groups(drawing.outlines) if one[0] in ground.seen]
    found += [(sample(hatch, 0, 0), name) for name, hatch in hatched]
    return found


def _legend(found: Iterable[tuple[str, str]], width: float) -> tuple[str, float]:
    """Samples with what they mean, in as many rows as they need."""
    body, x, y = [], 0.0, 0.0
    for mark, words in found:
        (line, *_) = wrapped(words, 12, width - 60, most=1)
        room = 44 + room_s(line, 12) + 18
        if x and x + room > width:
            x, y = 0.0, y + 24
        moved = f"translate({x:.0f} {y:.0f})"
        body.append(element("g", mark + text(line, 42, 12, size=12), transform=moved))
        x += room
    return "".join(body), (y + 26 if body else 0)


def _listed(title: str, names: Iterable[str], width: float) -> tuple[str, float]:
    body, y = [], 12.0
    for line in wrapped(f"{title}: {', '.join(names)}.", 12, width, most=60):
        body.append(text(line, 0, y, size=12, class_="quiet"))
        y += 17
    return "".join(body), y


def _foot(drawing: Drawing, width: float) -> tuple[str, float]:
    words = "It speaks of records, and of nothing else: advice, no permission."
    told = f"{words} Ground: {drawing.credit}." if drawing.credit else words
    body, y = [], 14.0
    for line in wrapped(told, 12, width, most=3):
        body.append(text(line, 0, y, size=12, class_="quiet"))
        y += 17
    return "".join(body), y


def _patterns() -> Iterator[str]:
    for name, (size, under, hatch) in _PATTERNS.items():
        colour, thick = _FINE.get(name, ("#a9a9a9", 0.8))
        inside = element("rect", width=size, height=size, fill=under)
        inside += element("path", d=hatch, stroke=colour, stroke_width=thick, fill="none")
        yield element(
            "pattern", inside, id=name, width=size, height=size, patternUnits="userSpaceOnUse"
        )

"""The few elements of SVG that the pictures are made of, as text; every name is escaped."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

__all__ = [
    "circle",
    "course",
    "element",
    "escaped",
    "number",
    "path",
    "rectangle",
    "room_s",
    "text",
    "wrapped",
]

#: What no XML may hold, not even escaped.
_ILLEGAL = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
#: Widths in hundredths of the letter size, on the wide side, so that text never runs over.
_WIDE, _CAPITAL, _LETTER, _NARROW = 105, 74, 63, 40
_THIN = frozenset("ijlI.,:;'|!()[] ftr-")


def legal(words: str) -> str:
    """The words without anything that XML does not allow; what is taken out leaves a mark."""
    return _ILLEGAL.sub("\ufffd", words)


def escaped(words: str) -> str:
    """The words as they stand inside an element."""
    return escape(legal(words))


def element(tag: str, inside: str = "", /, **attributes: object) -> str:
    """One element; `stroke_width` becomes the attribute `stroke-width`, `class_` `class`."""
    told = "".join(
        f" {name.rstrip('_').replace('_', '-')}={quoteattr(legal(str(value)))}"
        for name, value in attributes.items()
        if value is not None and value != ""
    )
    return f"<{tag}{told}>{inside}</{tag}>" if inside else f"<{tag}{told}/>"


def text(
    words: str, x: float, y: float, *, size: int = 13, anchor: str = "", class_: str = ""
) -> str:
    """Words on one line; names written from right to left stay as they are."""
    return element(
        "text",
        escaped(words),
        x=number(x),
        y=number(y),
        font_size=size,
        text_anchor=anchor,
        class_=class_,
    )


def path(points: Iterable[tuple[float, float]], class_: str, *, closed: bool = False) -> str:
    """A line through these points, without the repetitions that rounding makes."""
    return element("path", d=course(points) + ("Z" if closed else ""), class_=class_)


def course(points: Iterable[tuple[float, float]]) -> str:
    """The points as the `d` of a path."""
    told: list[str] = []
    for x, y in points:
        here = f"{number(x)} {number(y)}"
        if not told or told[-1] != here:
            told.append(here)
    return "M" + "L".join(told)


def rectangle(
    x: float, y: float, width: float, height: float, *, class_: str, fill: str = ""
) -> str:
    """A rectangle."""
    return element(
        "rect", x=number(x), y=number(y), width=number(width), height=number(height),
        class_=class_, fill=fill,
    )  # fmt: skip


def circle(x: float, y: float, radius: float, class_: str, title: str = "") -> str:
    """A circle, with a title that shows where a pointer rests on it."""
    told = f"<title>{escaped(title)}</title>" if title else ""
    return element("circle", told, cx=number(x), cy=number(y), r=number(radius), class_=class_)


def number(value: float) -> str:
    """A coordinate with one decimal at most: a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def room_s(words: str, size: int) -> float:
    """How wide a line of text can be at most, in pixels."""
    return sum(map(_width, words)) * size / 100


def _width(letter: str) -> int:
    if letter in _THIN:
        return _NARROW
    if ord(letter) > 0x2E7F:
        return _WIDE
    return _CAPITAL if letter.isupper() or letter in "mw@%—" else _LETTER


def wrapped(words: str, size: int, width: float, most: int = 3) -> list[str]:
    """The words on as many lines as they need within a width; past `most` the last ends in dots."""
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and room_s(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        lines = [*lines[: most - 1], f"{lines[most - 1]} …"]
    return [_cut(line, size, width) for line in lines] or [""]


def _cut(line: str, size: int, width: float) -> str:
    while room_s(line, size) > width and len(line) > 2:
        line = line.rstrip("…")[:-1] + "…"
    return line

"""The time axis of a picture: when the column is out, when it could leave, who is bound when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from safeconduct.papers.drawing import Bar, Drawing
from safeconduct.papers.ground import Panel
from safeconduct.papers.svg import element, path, rectangle, text, wrapped
from safeconduct.spacetime import Span, Spans
from safeconduct.spacetime.zones import zone_named

__all__ = ["hours_panel", "keys"]

HOUR_S = 3600
_LABELS, _ROW, _BAR = 330, 26, 14
_STEPS_H = (1, 2, 3, 6, 12, 24, 48, 96, 168)
_MOST_TICKS = 14


def hours_panel(drawing: Drawing, width: float) -> Panel:
    """One row for each party and thing, under the hours in the movement's own zone."""
    axis = _Axis(drawing.horizon, drawing.zone, _LABELS, width - 14)
    rows: list[str] = []
    y = 48.0
    if drawing.windows is not None:
        rows += [_said("could leave", y), *axis.bars(drawing.windows, y, "window")]
        if not drawing.windows:
            rows.append(text("at no time", axis.left + 8, y + 11, size=12, class_="quiet"))
        y += _ROW
    if drawing.trip is not None:
        out = Spans.of([drawing.trip])
        rows += [_said("the column is on its way", y), *axis.bars(out, y, "trip")]
        y += _ROW
    for party, bars in groupby(drawing.bars, key=lambda bar: bar.party):
        of_party = list(bars)
        notes = ", ".join(dict.fromkeys(bar.note for bar in of_party if bar.note))
        words = f"{party} ({notes})" if notes else party
        for line in wrapped(words, 13, _LABELS - 20, most=2):
            rows.append(text(line, 0, y + 12, size=13, class_="party"))
            y += 17
        y += 2
        for bar in of_party:
            lines = wrapped(bar.what, 12, _LABELS - 34, most=2)
            rows += [text(line, 14, y + 11 + 14 * n, size=12) for n, line in enumerate(lines)]
            rows += axis.row(bar, y)
            y += _ROW + 14 * (len(lines) - 1)
        y += 4
    if not drawing.bars:
        rows.append(text("Nothing on the way could be read.", 0, y + 12, size=13))
        y += _ROW
    return Panel("".join([*axis.ticks(y), *rows, *axis.edges(drawing.trip, y)]), y + 6)


def keys() -> tuple[tuple[str, str], ...]:
    """How the bars are drawn and what each means, for the legend."""
    return (
        ("bound", "bound all the way"),
        ("partly", "partly bound"),
        ("offered", "said what does not count"),
        ("nothing", "nothing"),
    )


def _said(words: str, y: float) -> str:
    return text(words, 0, y + 11, size=13, class_="party")


class _Axis:
    """From seconds to pixels, between two edges."""

    def __init__(self, horizon: Span, zone: str, left: float, right: float) -> None:
        self.horizon, self.left, self.right = horizon, left, right
        self.zone, self.rules = zone, zone_named(zone)

    def at(self, instant: int) -> float:
        share = (instant - self.horizon.start) / self.horizon.length_s
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)

    def bars(self, spans: Spans, y: float, class_: str) -> Iterator[str]:
        for span in spans.within(self.horizon):
            first, last = self.at(span.start), self.at(span.end)
            yield rectangle(first, y, max(last - first, 1.5), _BAR, class_=class_)

    def row(self, bar: Bar, y: float) -> Iterator[str]:
        """Nothing as a thin line, and over it what there is."""
        middle = y + _BAR / 2
        yield path([(self.left, middle), (self.right, middle)], "nothing")
        yield from self.bars(bar.offered, y, "offered")
        yield from self.bars(bar.partly, y, "partly")
        yield from self.bars(bar.bound, y, "bound")

    def edges(self, trip: Span | None, bottom: float) -> Iterator[str]:
        """Where the trip begins and ends, through all rows."""
        for instant in (trip.start, trip.end) if trip else ():
            yield path([(self.at(instant), 44), (self.at(instant), bottom)], "trip-edge")

    def ticks(self, bottom: float) -> Iterator[str]:
        """The local hours, and the date wherever a new day begins."""
        day = ""
        for instant in self._moments():
            x = self.at(instant)
            local = dt.datetime.fromtimestamp(instant, self.rules)
            yield path([(x, 40), (x, bottom)], "tick")
            yield text(f"{local:%H:%M}", x, 34, size=12, anchor="middle")
            if day != (day := f"{local.day} {local:%b %Y}"):
                yield text(day, x, 16, size=12, anchor="middle", class_="party")
        yield text(f"time in {self.zone}", 0, 34, size=12, class_="quiet")

    def _moments(self) -> list[int]:
        """Whole local hours, so many apart that their numbers have room."""
        hours = self.horizon.length_s / HOUR_S
        step = next((s for s in _STEPS_H if hours / s <= _MOST_TICKS), _STEPS_H[-1])
        start = dt.datetime.fromtimestamp(self.horizon.start, self.rules)
        first = start.replace(minute=0, second=0, microsecond=0)
        first = first.replace(hour=first.hour - first.hour % min(step, 24))
        found = []
        instant = int(first.timestamp())
        while instant <= self.horizon.end:
            if instant >= self.horizon.start:
                found.append(instant)
            instant += step * HOUR_S
        return [one for one in found if self.at(one) < self.right - 14] or [self.horizon.start]


def swatch(class_: str, x: float, y: float) -> str:
    """A small piece of a bar, for the legend."""
    if class_ == "nothing":
        return path([(x, y + _BAR / 2), (x + 34, y + _BAR / 2)], class_)
    return element("rect", x=x, y=y, width=34, height=_BAR, class_=class_)

"""When and where, as plain values: which instants, which outline?

Takes: whole numbers, and text as a party wrote it (local times, dates, coordinates).
Gives: spans and sets of spans in UTC seconds, windows that keep the party's own words and zone,
daily recurrences, points, outlines and areas; equal things are equal values.
Never: reads a clock, guesses a date or a zone, loads a geometry library, or knows what a span or
an area is for: that is for the rooms above.

Start reading at `spans.py`; then `localtime.py` (text to instants: `timetext.py` is its
grammar, `zones.py` the pinned database), `recurrence.py`, and `areas.py` with `outline.py`.
"""

from __future__ import annotations

from safeconduct.spacetime.areas import Area, AreaKind, Point, Ring
from safeconduct.spacetime.instants import BEGINNING, OPEN_END, utc
from safeconduct.spacetime.localtime import (
    Edge,
    Reading,
    Window,
    day,
    day_start,
    instant,
    show,
    window,
)
from safeconduct.spacetime.outline import check_outline
from safeconduct.spacetime.recurrence import Recurrence
from safeconduct.spacetime.spans import NEVER, Span, Spans
from safeconduct.spacetime.zones import known_zones, tz_version

__all__ = [
    "BEGINNING",
    "NEVER",
    "OPEN_END",
    "Area",
    "AreaKind",
    "Edge",
    "Point",
    "Reading",
    "Recurrence",
    "Ring",
    "Span",
    "Spans",
    "Window",
    "check_outline",
    "day",
    "day_start",
    "instant",
    "known_zones",
    "show",
    "tz_version",
    "utc",
    "window",
]

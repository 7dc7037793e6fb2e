"""The two far ends of time, and the one way an instant is written in UTC.

An instant is a whole number of seconds since 1970-01-01T00:00:00Z; leap seconds are not counted.
"""

from __future__ import annotations

import datetime as dt

from safeconduct.errors import WrongField

__all__ = ["BEGINNING", "OPEN_END", "check_instant", "utc"]

#: 0001-01-01T00:00:00Z: the start of a span when a party names none.
BEGINNING = -62_135_596_800
#: 10000-01-01T00:00:00Z: the end of a span when a party names none ("until further notice").
OPEN_END = 253_402_300_800

_EPOCH = dt.datetime(1970, 1, 1)


def utc(instant: int) -> str:
    """The instant as `2016-11-04T07:00:00Z`; the far ends as `open start` and `open end`.

    Raises
    ------
    WrongField : `instant` is no whole number, or lies outside [BEGINNING, OPEN_END].

    >>> utc(1478242800)
    '2016-11-04T07:00:00Z'
    >>> utc(OPEN_END)
    'open end'
    """
    check_instant(instant)
    if instant == BEGINNING:
        return "open start"
    if instant == OPEN_END:
        return "open end"
    return f"{(_EPOCH + dt.timedelta(seconds=instant)).isoformat()}Z"


def check_instant(instant: int) -> None:
    """Refuses what is no instant of the calendar: the wrong type, or beyond its far ends."""
    if type(instant) is not int:
        raise WrongField(
            f"An instant must be a whole number of UTC seconds, but {instant!r} is of type "
            f"{type(instant).__name__}.",
            "Resolve the party's words to an instant first; text and fractions are not instants.",
            value=repr(instant),
        )
    if not BEGINNING <= instant <= OPEN_END:
        raise WrongField(
            f"The instant {instant} lies outside the calendar, which runs from {BEGINNING} "
            f"(0001-01-01) to {OPEN_END} (10000-01-01).",
            "Use BEGINNING or OPEN_END for a span that has no stated start or end.",
            value=instant,
        )

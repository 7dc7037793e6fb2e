"""What a report says of time: clocks, days and lengths as worded, and what they mean."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum

from safeconduct.wire.draft import ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt

__all__ = ["Clock", "DaySaid", "FoundDay", "Length", "Moment", "Said", "TimeFound", "TimeKind"]


class TimeKind(Enum):
    """What an expression of time is: which of the values `TimeFound.what` has.

    WINDOW, DURATION, EVENT and SAME have a window, DEADLINE and MOMENT a time, DAY a day.
    An EVENT stands alone in the place of an end ("until the last bus has left"); SAME points back
    to a window that was told before ("the same hours").
    """

    WINDOW = "window"
    DEADLINE = "deadline"
    MOMENT = "moment"
    DURATION = "duration"
    DAY = "day"
    EVENT = "event"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day.

    Parameters
    ----------
    minute : since 00:00, up to 1440.
    zone : `local`, an IANA name, or empty where none is said.
    half_open : it may as well be twelve hours later.
    midnight : it was told as "midnight", which may open a day or close it.
    """

    minute: int
    zone: str = ""
    half_open: bool = False
    midnight: bool = False


@dataclass(frozen=True, slots=True)
class Length:
    """A stretch of time by its length; `unit` is minute, hour, day, week, month or year.

    `doubt` says why it is not exact ("up to 48 hours"); empty where it is.
    """

    count: int
    unit: str
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySaid:
    """A day as the words have it; `which` is `this`, `next`, `coming` or `last`.

    `last` is the last day of the month, or of that of publication where none is named.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    offset: int | None = None
    beside: int | None = None
    which: str = ""
    last: bool = False
    ambiguous: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDay:
    """A day that the words name.

    Parameters
    ----------
    day : the local day; None where it cannot be told.
    candidates : the days that it can be, where it cannot be told.
    why : how it was told, in words for a person.
    unresolved : why it was not; empty where it was.
    """

    day: dt.date | None = None
    candidates: tuple[dt.date, ...] = ()
    why: str = ""
    unresolved: str = ""
    said: DaySaid | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A day, a clock, or both; `part` is a part of a day without an hour, `doubt` a reason."""

    day: FoundDay | None = None
    clock: Clock | None = None
    part: str = ""
    doubt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """The parts of one expression of time, before they are resolved together.

    Parameters
    ----------
    days : on which days it is; not tied to an edge.
    at, start, end, deadline : a moment, and what it is of.
    weekly, daily, open_ended, same : as the words have it.
    runs : for how many days, weeks or months it comes back each day.
    again : the same once more, in another zone.
    sure : whether the numbers in it cannot be anything but times.
    """

    days: tuple[FoundDay, ...] = ()
    at: Moment | None = None
    start: Moment | None = None
    end: Moment | None = None
    deadline: Moment | None = None
    length: Length | None = None
    runs: Length | None = None
    within: bool = False
    daily: bool = False
    weekly: bool = False
    open_ended: bool = False
    event: str = ""
    same: bool = False
    zone: str = ""
    part: str = ""
    again: tuple[Said, ...] = ()
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeFound:
    """An expression of time in a text, and what it means.

    Parameters
    ----------
    at : where it stands.
    also : where parts of it stand that were joined to it.
    why : how days were told, in words for a person; empty where there was nothing to tell.
    said : its parts, for joining it with another.
    """

    at: Excerpt
    kind: TimeKind
    what: ReadWindow | ReadTime | FoundDay
    why: str = ""
    said: Said
    also: tuple[Excerpt, ...] = ()

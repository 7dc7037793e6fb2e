"""The grammar of times as people write them: which texts are read, and what each one says.

Nothing here knows the rules of a zone; what a zone makes of a wall-clock time is for `localtime`.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from safeconduct.errors import BareTime, UnreadableTime, WrongField

__all__ = ["WrittenTime", "calendar_date", "time_of_day", "written_time"]

_DATE = r"(?P<date>[0-9]{4}-[0-9]{2}-[0-9]{2})"
_TIME = r"(?P<time>[0-9]{2}:[0-9]{2}(?::[0-9]{2})?)"
_OFFSET = r"(?P<offset>Z|[+-][0-9]{2}:[0-9]{2})"
_ZONE = r"(?P<zone>[A-Za-z][A-Za-z0-9_+/-]*)"
_DATE_TIME = re.compile(rf"{_DATE}[T ]{_TIME}(?:{_OFFSET}| {_ZONE})?")
_DATE_ALONE = re.compile(_DATE)
# Only good for a kinder message: what people write when they leave the date out.
_CLOCK_WORD = r"(?:h|hrs?|hours|a\.?m\.?|p\.?m\.?|o'clock)"
_TIME_ALONE = re.compile(
    rf"(?:noon|midnight|[0-9]{{1,2}}(?:[:.h][0-9]{{2}}(?::[0-9]{{2}})?|\s*{_CLOCK_WORD}))"
    rf"\s*{_CLOCK_WORD}?(?:Z|[+-][0-9]{{2}}:?[0-9]{{2}}|\s*{_ZONE})?",
    re.IGNORECASE,
)
_FORMS = (
    "Write 2016-11-04T07:00:00Z, or 2016-11-04T09:30+02:00, or 2016-11-04 09:00 with an IANA zone "
    "such as Asia/Damascus: whole seconds and years 1900 to 2999."
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
_UTC_SIDE = dt.timedelta(hours=14)  # no zone has ever been further from UTC since 1900
_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WrittenTime:
    """A date and a wall-clock time, and what the text says about where that clock hangs."""

    local: dt.datetime
    offset: dt.timedelta | None
    zone: str | None


def written_time(text: str, *, closes_day: bool) -> WrittenTime:
    """What a date and time says, in one of the three forms that `localtime.instant` lists.

    `closes_day` tells that the time ends a span; only then may it be 24:00.

    Raises
    ------
    WrongField : `text` is no text. BareTime : it has no date. UnreadableTime : anything else.
    """
    found = _DATE_TIME.fullmatch(_text(text))
    if not found:
        raise _refusal(text)
    try:
        midnight = dt.datetime.combine(calendar_date(found["date"]), dt.time())
        local = midnight + time_of_day(found["time"], closes_day=closes_day)
        offset = _offset(found["offset"]) if found["offset"] else None
    except UnreadableTime as refused:
        raise UnreadableTime(
            f"{text!r} cannot be read: {refused.found}", refused.remedy, text=text
        ) from None
    return WrittenTime(local, offset, found["zone"])


def calendar_date(text: str) -> dt.date:
    """The date written `2016-11-04`; UnreadableTime when it is none, or outside 1900 to 2999."""
    if not _DATE_ALONE.fullmatch(_text(text)):
        raise UnreadableTime(
            f"{text!r} is no date.", "Write year, month and day: 2016-11-04.", text=text
        )
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        raise UnreadableTime(
            f"{text!r} is no day of the calendar.", "Check the month and the day.", text=text
        ) from None
    if not _FIRST_YEAR <= date.year <= _LAST_YEAR:
        raise UnreadableTime(
            f"The year of {text!r} is outside {_FIRST_YEAR} to {_LAST_YEAR}.",
            "Check the year.",
            text=text,
        )
    return date


def time_of_day(text: str, *, closes_day: bool) -> dt.timedelta:
    """The time since 00:00 on the wall clock, from `09:00` or `09:00:30`.

    `closes_day` tells that it ends a span; only then may it be `24:00`.

    Raises
    ------
    UnreadableTime : the text is no time of day. WrongField : it is no text.
    """
    if not re.fullmatch(_TIME, _text(text)):
        raise UnreadableTime(
            f"{text!r} is no time of day.",
            "Write hours and minutes on the 24-hour clock: 09:00, or 09:00:30 with seconds.",
            text=text,
        )
    hours, minutes, seconds = (int(part) for part in f"{text}:00".split(":")[:3])
    if (hours, minutes, seconds) == (24, 0, 0) and closes_day:
        return _DAY
    if hours > 23 or minutes > 59 or seconds > 59:
        raise UnreadableTime(
            f"{text!r} is no time of day: hours run from 00 to 23, minutes and seconds to 59.",
            "Write midnight at the start of a day as 00:00 (24:00 may only close one), and a leap "
            "second as the second before it.",
            text=text,
        )
    return dt.timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _offset(text: str) -> dt.timedelta:
    if text == "Z":
        return dt.timedelta()
    hours, minutes = int(text[1:3]), int(text[4:6])
    offset = dt.timedelta(hours=hours, minutes=minutes)
    if minutes > 59 or offset > _UTC_SIDE:
        raise UnreadableTime(
            f"No place is {text} from UTC.",
            "Give the party's offset, at most 14:00 with minutes to 59, or its IANA zone.",
            text=text,
        )
    return -offset if text[0] == "-" else offset


def _text(text: object) -> str:
    if isinstance(text, str):
        return text
    hint = ""
    if type(text) is int and 60 <= text < 24 * 60:
        # YAML 1.1 reads digits with colons as a number to base 60: 10:00 becomes 10 x 60 + 0.
        hint = f" An unquoted {text // 60}:{text % 60:02d} in a YAML file is read as {text}."
    raise WrongField(
        f"A time must be text, but {text!r} is of type {type(text).__name__}.{hint}",
        "Put the time in quotes, with its date and zone.",
        value=repr(text),
    )


def _refusal(text: str) -> BareTime | UnreadableTime:
    """The error for a text outside the grammar, as kind as can be told."""
    if _TIME_ALONE.fullmatch(text):
        return BareTime(
            f"{text!r} is a time of day without a date, so it names no instant.",
            "Give the date and the party's zone as well: 2016-11-04 10:00 Asia/Damascus.",
            text=text,
        )
    if _DATE_ALONE.fullmatch(text):
        return UnreadableTime(f"{text!r} names a day but no time of day.", _FORMS, text=text)
    return UnreadableTime(f"{text!r} is not written as a time.", _FORMS, text=text)

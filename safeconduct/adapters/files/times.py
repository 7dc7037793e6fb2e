"""The times of a record as people write them, turned into what the codec reads.

One rewriting for all sections, by the name of the key alone:

==================================  =============================================================
key                                 written as
==================================  =============================================================
`at`, or ending in `_at`            a time with its date: `2016-11-04 09:00`
`valid`, `during`                   `{from: ..., until: ...}`, either may be `open`
`spans`                             a list of those
`windows`                           a list of `{from, until, wording}`, or of `{daily: {from:
                                    "09:00", until: "14:00", first: 2016-11-04, last: 2016-11-06,
                                    weekdays: [0, 1], except: [2016-11-05]}, wording}`
ending in `_s`                      `48h`, `90 min`, `1h30`, or a plain number of seconds
==================================  =============================================================

Spans and windows may name a `zone` of their own. Times are always text: a bare number would be
taken for seconds since 1970, which nobody writes by hand and means. Other values pass unchanged.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.files.paths import inside
from safeconduct.errors import WrongField
from safeconduct.register.codec import encode
from safeconduct.spacetime import (
    BEGINNING,
    OPEN_END,
    Edge,
    Reading,
    Span,
    Window,
    day,
    day_start,
    instant,
    window,
)
from safeconduct.spacetime.recurrence import Recurrence

OPEN = "open"
IS_TIME = re.compile(r"(?:.*_)?at")
IS_DURATION = re.compile(r".*_s")
SPAN_KEYS = frozenset({"valid", "during"})

# A time that closes something is its end: of two readings the earlier one counts (law 5).
_ENDS = frozenset({"expires_at", "due_at", "latest_at", "deadline_at", "reply_due_at"})

# What takes cover away starts at the earlier of two readings, and a look that was taken is the
# older one: in both cases the doubt leaves less cover.
_WIDER = frozenset({"effective_at", "from_at", "checked_at"})

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DURATION = re.compile(
    r"(?:(?P<d>[0-9]{1,4}) ?d(?:ays?)?)?"
    r" ?(?:(?P<h>[0-9]{1,5}) ?h(?:ours?)?(?: ?(?P<rest>[0-5][0-9])(?! ?min))?)?"
    r" ?(?:(?P<min>[0-9]{1,6}) ?min(?:utes?)?)?"
    r" ?(?:(?P<s>[0-9]{1,8}) ?s)?"
)
_LONGEST_DAILY = 1000  # windows; a case is about days and weeks, and each window costs memory


@dataclass(frozen=True, slots=True)
class Clock:
    """How the times of one record are read.

    Parameters
    ----------
    zone : the IANA zone of local times that name none.
    from_reading, until_reading : how the ambiguous ends of its spans are read. A requirement is
        read WIDER at both ends, a presence at its start only: it threatens from there on, but past
        its end it is stale, and what names it is not assessed.
    """

    zone: str
    from_reading: Reading = Reading.NARROWER
    until_reading: Reading = Reading.NARROWER

    def read(self, record: Any) -> Any:
        """The record with every time in it, however deep, as the codec reads it.

        Raises
        ------
        TimeRefused : a time, a span or a zone cannot be resolved.
        WrongField : a span, window or duration is not of its form. The path is inside `record`.
        """
        if isinstance(record, dict):
            return {key: self._member(key, value) for key, value in record.items()}
        if isinstance(record, list):
            return [self._item(index, value) for index, value in enumerate(record)]
        return record

    def moment(self, key: str, text: str) -> int:
        """The instant of a key that ends in `_at`; a date alone only where it takes cover away."""
        if key == "effective_at" and _is_date(text):
            return day_start(text, self.zone)
        edge = Edge.END if key in _ENDS else Edge.START
        reading = Reading.WIDER if key in _WIDER else Reading.NARROWER
        return instant(text, self.zone, edge=edge, reading=reading)

    def said(self, text: str, *, grants: bool) -> int:
        """When a statement was said; a date alone is the end of that day for one that grants.

        For any other it is the first instant of the day, so that in both cases the doubt leaves
        less cover (law 12).
        """
        if _is_date(text):
            return day(text, self.zone).end - 1 if grants else day_start(text, self.zone)
        reading = Reading.NARROWER if grants else Reading.WIDER
        return instant(text, self.zone, edge=Edge.START, reading=reading)

    def span(self, written: dict[str, Any]) -> Span:
        """The span that `{from, until, zone?}` means."""
        _check_keys(written, {"from", "until"}, {"zone"})
        zone = _zone(written, self.zone)
        start, end = BEGINNING, OPEN_END
        if written["from"] != OPEN:
            with inside("from"):
                start = instant(written["from"], zone, edge=Edge.START, reading=self.from_reading)
        if written["until"] != OPEN:
            with inside("until"):
                end = instant(written["until"], zone, edge=Edge.END, reading=self.until_reading)
        # `window` says both ends in local time when the end comes first.
        return Span(start, end) if start < end else window(*_ends(written), zone, "").span

    def windows(self, written: dict[str, Any]) -> tuple[Window, ...]:
        """The window of `{from, until, wording}`, or those of `{daily, wording}`."""
        if "daily" in written:
            _check_keys(written, {"daily", "wording"}, {"zone"})
            with inside("daily"):
                return _daily(written["daily"], _zone(written, self.zone), _wording(written))
        _check_keys(written, {"from", "until", "wording"}, {"zone"})
        zone = _zone(written, self.zone)
        span = self.span({key: written[key] for key in ("from", "until")} | {"zone": zone})
        return (Window(span, zone, _wording(written)),)

    def _member(self, key: str, value: Any) -> Any:
        with inside(key):
            if IS_TIME.fullmatch(key) and value is not None:
                return self.moment(key, value)
            if IS_DURATION.fullmatch(key) and isinstance(value, str):
                return seconds(value)
            if key in SPAN_KEYS and isinstance(value, dict):
                return encode(self.span(value))
            if key == "spans" and isinstance(value, list):
                return self._each(value, lambda one: (self.span(one),))
            if key == "windows" and isinstance(value, list):
                return self._each(value, self.windows)
            return self.read(value)

    def _item(self, index: int, value: Any) -> Any:
        with inside(f"[{index}]"):
            return self.read(value)

    def _each(self, written: list[Any], reads: Callable[[Any], tuple[Any, ...]]) -> list[Any]:
        return [encode(value) for value in self._resolved(written, reads)]

    def _resolved(
        self, written: list[Any], reads: Callable[[Any], tuple[Any, ...]]
    ) -> Iterator[Any]:
        for index, one in enumerate(written):
            with inside(f"[{index}]"):
                if not isinstance(one, dict):
                    raise WrongField(
                        f"Found {one!r} where a mapping with `from` and `until` is expected.",
                        "Write {from: 2016-11-04 09:00, until: 2016-11-04 19:00}.",
                    )
                yield from reads(one)


def seconds(text: str) -> int:
    """The seconds of a duration: days, hours, minutes, seconds, largest first.

    Raises
    ------
    WrongField : it is not of the form.

    >>> seconds("48h"), seconds("90 min"), seconds("1h30"), seconds("2 days")
    (172800, 5400, 5400, 172800)
    """
    found = _DURATION.fullmatch(text)
    if not found or not any(found.groups()):
        raise WrongField(
            f'"{text}" is no duration.',
            "Write it with its units, such as 48h, 90 min, 1h30 or 2 days, or as a plain number of "
            "seconds.",
        )
    days, hours, rest, minutes, left = (int(part or 0) for part in found.groups())
    return ((days * 24 + hours) * 60 + rest + minutes) * 60 + left


def _is_date(text: object) -> bool:
    return isinstance(text, str) and _DATE.fullmatch(text) is not None


def _daily(written: Any, zone: str, wording: str) -> tuple[Window, ...]:
    if not isinstance(written, dict):
        raise WrongField(
            f"Found {written!r} where a mapping of daily hours is expected.",
            'Write {from: "09:00", until: "14:00", first: 2016-11-04, last: 2016-11-06}.',
        )
    _check_keys(written, {"from", "until", "first", "last"}, {"weekdays", "except"})
    weekdays = _listed(written, "weekdays", int)
    recurrence = Recurrence(
        first=written["first"],
        last=written["last"],
        start=written["from"],
        end=written["until"],
        zone=zone,
        weekdays=None if weekdays is None else frozenset(weekdays),
        excluded=frozenset(_listed(written, "except", str) or ()),
        wording=wording,
    )
    # A window that starts on the last day may run over midnight, so the horizon ends a day later.
    horizon = Span(day(written["first"], zone).start, day(written["last"], zone).end + 86_400)
    if horizon.length_s > _LONGEST_DAILY * 86_400:
        raise WrongField(
            f"Daily windows from {written['first']} to {written['last']} are more than "
            f"{_LONGEST_DAILY}.",
            "Give the last day that the party named; an open end is no day.",
        )
    found = recurrence.windows(horizon)
    if not found:
        raise WrongField(
            f"No day from {written['first']} to {written['last']} has such a window.",
            "Check the weekdays, the days left out, and whether the clocks were changed then.",
        )
    return found


def _listed(written: dict[str, Any], key: str, wanted: type) -> list[Any] | None:
    found = written.get(key)
    if found is not None and not (
        isinstance(found, list) and all(type(item) is wanted for item in found)
    ):
        what = "numbers from 0 (Monday) to 6" if wanted is int else "dates such as 2016-11-05"
        raise WrongField(
            f"Found {found!r} where a list is expected.", f"Write a list of {what}."
        ).located(field=key)
    return found


def _ends(written: dict[str, Any]) -> tuple[str | None, str | None]:
    start, end = (None if written[key] == OPEN else written[key] for key in ("from", "until"))
    return start, end


def _zone(written: dict[str, Any], otherwise: str) -> str:
    zone = written.get("zone", otherwise)
    if not isinstance(zone, str):
        raise WrongField(
            f"Found {zone!r} where the name of a zone is expected.",
            "Write an IANA name such as Asia/Damascus.",
        ).located(field="zone")
    return zone


def _wording(written: dict[str, Any]) -> str:
    wording = written["wording"]
    if not isinstance(wording, str) or not wording.strip():
        raise WrongField(
            f"Found {wording!r} where the party's wording of the time is expected.",
            'Write how it was put, such as "from 9 to 7 on Friday".',
        ).located(field="wording")
    return wording


def _check_keys(written: dict[str, Any], needed: set[str], possible: set[str]) -> None:
    for key in written:
        if key not in needed | possible:
            raise WrongField(
                f'There is no "{key}" here.',
                f"Legal here: {', '.join(sorted(needed | possible))}.",
            ).located(field=key)
    missing = sorted(needed - written.keys())
    if missing:
        remedy = "Add it; for an end that the party left open write `open`."
        raise WrongField(
            f"This lacks {' and '.join(missing)}.",
            remedy if {"from", "until"} & set(missing) else "Add it.",
            missing=missing,
        )

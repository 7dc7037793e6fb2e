"""Windows that come back every day: "from 8 November, 09:00 to 17:00, Fridays excepted"."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from safeconduct.errors import EmptySpan, NonexistentTime, UnboundedHorizon, WrongField
from safeconduct.spacetime.instants import BEGINNING, OPEN_END, utc
from safeconduct.spacetime.localtime import Edge, Reading, Window, resolve
from safeconduct.spacetime.spans import Span
from safeconduct.spacetime.timetext import calendar_date, time_of_day
from safeconduct.spacetime.zones import readings, zone_named

__all__ = ["Recurrence"]

_DAY = dt.timedelta(days=1)
_DAY_S = 86_400
_EPOCH_DAY = dt.date(1970, 1, 1).toordinal()
_WEEK = frozenset(range(7))
_LAST_DAY = dt.date(2999, 12, 31)
# A window may run into the day after the one it starts on; a zone's date may differ by one from
# that of UTC; and in the widest doubt about its clocks (Samoa's skipped day) by another.
_REACH_DAYS = 3


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One window a day, by the clocks of the party's zone.

    An `end` that comes before `start` on the clock falls on the next day; weekday and exclusion
    then go by the day on which the window starts.

    Parameters
    ----------
    first, last : the first and the last day on which a window starts, as `2016-11-08`; `last` is
        None when the party named none.
    start, end : times of day, as `09:00`; `end` may be `24:00`.
    zone : the party's IANA zone.
    weekdays : the days of the week that count, Monday 0 to Sunday 6; None for all.
    excluded : days without a window, as `2016-11-11`.
    wording : the party's own words.

    Raises
    ------
    EmptySpan : `last` comes before `first`, or `end` equals `start`.
    UnreadableTime, UnknownZone : a date, a time of day or the zone cannot be read.
    WrongField : a weekday outside 0 to 6, or none at all.
    """

    first: str
    last: str | None
    start: str
    end: str
    zone: str
    weekdays: frozenset[int] | None = None
    excluded: frozenset[str] = frozenset()
    wording: str = ""

    def __post_init__(self) -> None:
        zone_named(self.zone)
        for date in sorted(self.excluded, key=str):
            calendar_date(date)
        self._check_order()
        if self.weekdays is not None and not (self.weekdays and self.weekdays <= _WEEK):
            named = sorted(self.weekdays, key=str)
            raise WrongField(
                f"The weekdays {named} are not some of 0 (Monday) to 6 (Sunday).",
                "Name at least one day by its number, or leave the field out for every day.",
                weekdays=named,
            )

    def windows(self, horizon: Span, *, reading: Reading = Reading.NARROWER) -> tuple[Window, ...]:
        """The windows inside `horizon`, in the order of their days, cut where they leave it.

        On days whose clocks were changed the doubt leaves less cover. Read NARROWER (a grant), a
        window whose start or end was skipped by the clocks, or that shrinks to nothing, is left
        out. Read WIDER (a closure), it reaches over every reading of its two times.

        Raises
        ------
        UnboundedHorizon : the horizon reaches to the open start or the open end of time.
        """
        if horizon.start == BEGINNING or horizon.end == OPEN_END:
            raise UnboundedHorizon(
                f"A daily window was asked for from {utc(horizon.start)} to {utc(horizon.end)}, "
                "which has no stated beginning and end.",
                "State a horizon with both, such as the earliest and latest time of the movement.",
                start=horizon.start,
                end=horizon.end,
            )
        spans = (self._span_on(date, reading) for date in self._days(horizon))
        inside = (span.meet(horizon) for span in spans if span)
        return tuple(Window(span, self.zone, self.wording) for span in inside if span)

    def _check_order(self) -> None:
        first, last = calendar_date(self.first), self._last_day()
        if last < first:
            raise EmptySpan(
                f"The recurrence ends on {self.last}, before its first day {self.first}.",
                "Exchange the two dates, or give the right one.",
                first=self.first,
                last=self.last,
            )
        if time_of_day(self.start, closes_day=False) == time_of_day(self.end, closes_day=True):
            raise EmptySpan(
                f"A daily window from {self.start} to {self.end} is either empty or a whole day.",
                "Write 00:00 to 24:00 for whole days, or give the right end.",
                start=self.start,
                end=self.end,
            )

    def _last_day(self) -> dt.date:
        return _LAST_DAY if self.last is None else calendar_date(self.last)

    def _days(self, horizon: Span) -> Iterator[dt.date]:
        """The days whose window can reach into the horizon."""
        from_day = _EPOCH_DAY + horizon.start // _DAY_S - _REACH_DAYS
        to_day = _EPOCH_DAY + horizon.end // _DAY_S + _REACH_DAYS
        earliest = max(calendar_date(self.first).toordinal(), from_day)
        for ordinal in range(earliest, min(self._last_day().toordinal(), to_day) + 1):
            date = dt.date.fromordinal(ordinal)
            counts = self.weekdays is None or date.weekday() in self.weekdays
            if counts and date.isoformat() not in self.excluded:
                yield date

    def _span_on(self, date: dt.date, reading: Reading) -> Span | None:
        midnight = dt.datetime.combine(date, dt.time())
        starts = midnight + time_of_day(self.start, closes_day=False)
        ends = midnight + time_of_day(self.end, closes_day=True)
        if ends < starts:
            ends += _DAY
        bounds = (
            self._widest(starts, ends) if reading is Reading.WIDER else self._sure(starts, ends)
        )
        return Span(*bounds) if bounds and bounds[0] < bounds[1] else None

    def _sure(self, starts: dt.datetime, ends: dt.datetime) -> tuple[int, int] | None:
        try:
            start = resolve(starts, self.zone, edge=Edge.START, reading=Reading.NARROWER)
            end = resolve(ends, self.zone, edge=Edge.END, reading=Reading.NARROWER)
        except NonexistentTime:
            return None
        return start, end

    def _widest(self, starts: dt.datetime, ends: dt.datetime) -> tuple[int, int]:
        rules = zone_named(self.zone)
        return readings(starts, rules)[0], readings(ends, rules)[1]

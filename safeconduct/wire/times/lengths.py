"""What a length adds to an instant: days and more by the calendar, hours by the clock."""

from __future__ import annotations

import calendar
import datetime as dt

from safeconduct.errors import UnreadableTime
from safeconduct.spacetime import Edge, Reading
from safeconduct.spacetime.localtime import resolve
from safeconduct.spacetime.zones import wall_clock, zone_named
from safeconduct.wire.times.found import Length

__all__ = ["later", "seconds"]

_SECONDS = {"minute": 60, "hour": 3600}
_DAYS = {"day": 1, "week": 7}
_MONTHS = {"month": 1, "year": 12}


def seconds(length: Length) -> int | None:
    """A length that is the same everywhere, in seconds; None for one that the calendar tells."""
    unit = _SECONDS.get(length.unit)
    return None if unit is None else unit * length.count


def later(start: int, length: Length, zone: str) -> int:
    """The instant that lies a length after another.

    Forty-eight hours are so many seconds. Two days end at the same hour of the clocks of the zone,
    and three months on the same day of the month, or on its last where it has no such day.

    Raises
    ------
    NonexistentTime : the clocks of the zone skipped the end. UnreadableTime : beyond the calendar.
    """
    fixed = seconds(length)
    if fixed is not None:
        return start + fixed
    local = wall_clock(start, zone_named(zone))
    try:
        ends = _days_later(local, length)
        return resolve(ends, zone, edge=Edge.END, reading=Reading.NARROWER)
    except (OverflowError, ValueError):
        raise UnreadableTime(
            f"{length.count} {length.unit}s from then is beyond the calendar.",
            "Check the length.",
        ) from None


def _days_later(local: dt.datetime, length: Length) -> dt.datetime:
    if length.unit in _DAYS:
        return local + dt.timedelta(days=length.count * _DAYS[length.unit])
    months = length.count * _MONTHS[length.unit]
    count = local.year * 12 + local.month - 1 + months
    year, month = count // 12, count % 12 + 1
    last = calendar.monthrange(year, month)[1]
    return local.replace(year=year, month=month, day=min(local.day, last))

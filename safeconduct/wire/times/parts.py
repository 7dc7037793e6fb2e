"""Two parts of an expression of time put together, where they do not contradict each other."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.wire.times.found import Length, Moment, Said

__all__ = ["merged"]


def merged(a: Said, b: Said) -> Said | None:
    """What both say together; None where they say two things about the same part."""
    if a.same or b.same or (a.event and b.event):
        return None
    if a.deadline or b.deadline:
        return _with_deadline(a, b)
    a, b = _coming_back(_day_at(a), b), _coming_back(_day_at(b), a)
    if (a.length and b.length) or (a.days and b.days) or (a.zone and b.zone):
        return None
    if a.runs and b.runs:
        return None
    at, start, end = (
        _both(one, other) for one, other in ((a.at, b.at), (a.start, b.start), (a.end, b.end))
    )
    days = a.days or b.days
    if at is _CLASH or start is _CLASH or end is _CLASH:
        return None
    if at is not None and start is not None:
        # "from Friday ... at 9 a.m.": the hour is that of the start.
        start, at = _both(start, at), None
        if start is _CLASH:
            return None
    if days and start is not None and start.day is not None:
        return None
    if days and end is not None and end.day is not None and start is None and at is None:
        return None
    if at is not None and at.day is not None and days:
        return None
    return _daily_for_days(
        Said(
            days=days,
            at=at,
            start=start,
            end=end,
            length=a.length or b.length,
            runs=a.runs or b.runs,
            within=a.within or b.within,
            daily=a.daily or b.daily or any(_comes_back(*both) for both in ((a, b), (b, a))),
            weekly=a.weekly or b.weekly,
            open_ended=a.open_ended or b.open_ended,
            event=a.event or b.event,
            zone=a.zone or b.zone,
            part=a.part or b.part,
            again=a.again + b.again,
            sure=a.sure or b.sure,
        )
    )


_CLASH = Moment(doubt="two moments")


def _both(a: Moment | None, b: Moment | None) -> Moment | None:
    """One moment of two that complete each other: a day and an hour; `_CLASH` where they do not."""
    if a is None or b is None:
        return a or b
    if (a.day and b.day) or (a.clock and b.clock) or (a.part and b.part):
        return _CLASH
    return Moment(
        day=a.day or b.day,
        clock=a.clock or b.clock,
        part=a.part or b.part,
        doubt=a.doubt or b.doubt,
    )


def _day_at(said: Said) -> Said:
    """A part of a day on one day ("Friday evening") is a moment without an hour."""
    if said.at is None or said.at.day is not None or len(said.days) != 1 or said.start or said.end:
        return said
    return replace(said, at=replace(said.at, day=said.days[0]), days=())


def _coming_back(said: Said, other: Said) -> Said:
    """In "eleven hours a day for four days" the days are those on which it comes back."""
    is_daily = said.daily or other.daily
    if said.length is None or other.length is None or _is_short(said.length) or not is_daily:
        return said
    return replace(said, length=None, runs=said.length)


def _comes_back(said: Said, other: Said) -> bool:
    """Whether "until Friday" or "from 5 to 9 May" is added to hours: they come back each day."""
    hours = said.start is not None and said.end is not None and said.end.clock is not None
    last = other.end is not None and other.end.clock is None and other.end.day is not None
    begins = other.start is None or not (other.start.clock or other.start.part)
    return bool(hours and last and begins)


def _daily_for_days(said: Said) -> Said:
    """ "From 8 to 19 for four days" comes back each day, though nobody says "daily"."""
    if said.length is None or _is_short(said.length) or said.runs is not None:
        return said
    if said.start is None or said.end is None or said.end.day is not None:
        return said
    if said.start.clock is None or said.end.clock is None:
        return said
    return replace(said, length=None, runs=said.length, daily=True)


def _is_short(length: Length) -> bool:
    return length.unit in ("minute", "hour")


def _with_deadline(a: Said, b: Said) -> Said | None:
    """A deadline takes the day or the hour that it lacks, and nothing else."""
    told, other = (a, b) if a.deadline else (b, a)
    if other.deadline or other.start or other.end or other.length or other.daily or other.event:
        return None
    more = other.at
    if more is None and len(other.days) == 1:
        more = Moment(day=other.days[0])
    both = _both(told.deadline, more)
    if more is None or both is _CLASH:
        return None
    return replace(told, deadline=both, zone=told.zone or other.zone)

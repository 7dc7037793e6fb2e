"""What the parts of an expression mean together, in UTC; nothing is guessed.

A grant is read here as well as a limit, so the narrower reading is taken throughout (law 5): a time
that the clocks showed twice starts later and ends earlier, and one that they skipped is refused.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.errors import SafeconductError
from safeconduct.spacetime import Edge, Reading, Span
from safeconduct.spacetime.localtime import day_start, resolve
from safeconduct.spacetime.recurrence import Recurrence
from safeconduct.spacetime.zones import existing_readings, wall_clock, zone_named
from safeconduct.wire.draft import ReadTime, ReadWindow
from safeconduct.wire.times.found import Clock, FoundDay, Length, Moment, Said
from safeconduct.wire.times.lengths import later

__all__ = ["Around", "read_time", "windows"]

_DAY = dt.timedelta(days=1)
_DAY_MIN = 1440
_MOST_DAYS = 62
_NO_DAY = "it names an hour and no day"
_LONG_UNITS = ("day", "week", "month", "year")


class _Doubt(Exception):
    """Why something cannot be resolved, in words for a person."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around an expression: the zone of the place, and the day of publication.

    `ahead` tells that the words near it speak of what is to come.
    """

    zone: str
    published: dt.date | None = None
    ahead: bool = False


def windows(said: Said, around: Around) -> tuple[ReadWindow, ...]:
    """The windows that an expression means; one that says why, where it means none."""
    try:
        found = tuple(_windows(said, around))
        for one in found:
            _check_again(said, one, around)
    except (_Doubt, SafeconductError) as refused:
        why = str(refused)
        return (
            ReadWindow(
                daily=said.daily,
                open_ended=said.open_ended,
                until_event=said.event,
                unresolved=why,
            ),
        )
    return found


def read_time(told: Moment, around: Around, *, zone: str = "", ends: bool = False) -> ReadTime:
    """A moment by itself. `ends` tells that it is the end of a time allowed."""
    day = told.day.day if told.day else None
    try:
        return ReadTime(day=day, at=_instant(told, zone, around, ends=ends))
    except (_Doubt, SafeconductError) as refused:
        return ReadTime(day=day, unresolved=str(refused))


def _windows(said: Said, around: Around) -> Iterator[ReadWindow]:
    if said.length is not None and said.length.doubt:
        raise _Doubt(said.length.doubt)
    if said.weekly:
        raise _Doubt("it comes back every week; only what comes back each day can be told")
    start, end = said.start, said.end
    start = said.at if start is None else start
    if start is None and end is None and said.open_ended and len(said.days) == 1:
        start = Moment(day=said.days[0])  # "on Monday until further notice"
    start, end = _in_its_part(start, end, said.part)
    start = _opening(start, end)
    if start is None and end is None:
        yield from _without_hours(said, around)
        return
    if said.runs is not None and not said.daily:
        raise _Doubt("it is told for how long, and not that it comes back each day")
    days: tuple[FoundDay | None, ...] = said.days or (None,)
    if said.daily and len(days) == 1:
        whole = _daily(said, start, end, days[0], around)
        if whole is not None:
            yield from whole
            return
    if said.daily:
        _check_hours(said, start, end)
    if said.daily and start is not None and start.day is None and days == (None,):
        raise _Doubt(_NO_DAY if end is None or end.day is None else "its first day is not told")
    if len(days) > 1:
        said = replace(said, daily=False)  # each day that is told has its own window
    for day in days:
        yield _window(said, _on(start, day), end, around)


def _check_hours(said: Said, start: Moment | None, end: Moment | None) -> None:
    """What comes back each day needs the hours of a day, or it would be one long stretch."""
    if start is None or start.clock is None:
        raise _Doubt("it is daily, and it is not told at which hour it begins")
    if said.length is None and (end is None or end.clock is None):
        raise _Doubt("it is daily, and it is not told at which hour it ends")


def _opening(start: Moment | None, end: Moment | None) -> Moment | None:
    """In "between midnight and 6 a.m. on Friday" midnight opens the day."""
    if start is None or start.clock is None or start.day is not None or not start.clock.midnight:
        return start
    if end is None or end.clock is None or end.clock.midnight:
        return start
    return replace(start, clock=replace(start.clock, midnight=False))


def _in_its_part(
    start: Moment | None, end: Moment | None, part: str
) -> tuple[Moment | None, Moment | None]:
    """The hours in the part of the day that is named for both, or beside the day of the start."""
    part = part or (start.part if start is not None and start.day is not None else "")
    first, last = _in_part(start, part), _in_part(end, part)
    if start is not None and first is not start and end is not None and first and last:
        ordered = first.clock and last.clock and first.clock.minute < last.clock.minute
        return (first, last) if ordered else (start, end)
    return first, last


def _in_part(told: Moment | None, part: str) -> Moment | None:
    """In "each morning from 7 to 11" the part of the day tells which 7 is meant."""
    if told is None or told.clock is None or not told.clock.half_open or not part:
        return told
    minute = told.clock.minute % 720
    if part in ("afternoon", "evening", "pm"):
        minute += 720
    elif part not in ("morning", "am"):
        return told
    return replace(told, clock=replace(told.clock, minute=minute, half_open=False))


def _on(told: Moment | None, day: FoundDay | None) -> Moment | None:
    if day is None or (told is not None and told.day is not None):
        return told
    return replace(told, day=day) if told is not None else None


def _without_hours(said: Said, around: Around) -> Iterator[ReadWindow]:
    if said.length is not None:
        if said.days and said.length.unit in ("minute", "hour"):
            raise _Doubt("it is told how long it lasts, and not at which hour it begins")
        if not said.days:
            raise _Doubt("it is told how long it lasts, and not when it begins")
        raise _Doubt("it is told how long it lasts, and not that it begins on that day")
    if not said.days:
        raise _Doubt("no day and no hour is told")
    if said.daily:
        raise _Doubt("it is daily, and no hours are told")
    for day in said.days:
        whole = Moment(day=day)
        yield _window(said, whole, whole, around)


def _window(said: Said, start: Moment | None, end: Moment | None, around: Around) -> ReadWindow:
    start, end = _sharing_a_day(said, start, end)
    zone = _zone_of(start, end, said, around)
    begins = None if start is None else _edge(start, Edge.START, zone, around)
    ends = None if end is None else _edge(end, Edge.END, zone, around)
    if said.length is not None:
        begins, ends = _with_length(said.length, start, begins, ends, zone)
    if begins is not None and ends is not None and begins >= ends:
        raise _Doubt("it would end before it begins")
    return ReadWindow(
        start=begins,
        end=ends,
        zone=zone,
        daily=said.daily,
        open_ended=said.open_ended,
        until_event=said.event,
    )


def _with_length(
    length: Length, start: Moment | None, begins: int | None, ends: int | None, zone: str
) -> tuple[int | None, int | None]:
    """The edge that only a length tells."""
    is_long = length.unit in _LONG_UNITS
    if begins is not None and ends is None:
        if start is not None and start.clock is None and not is_long:
            raise _Doubt("it is told how long it lasts, and not at which hour it begins")
        return begins, later(begins, length, zone)
    if begins is None and ends is not None and not is_long:
        seconds = length.count * (3600 if length.unit == "hour" else 60)
        return ends - seconds, ends
    return begins, ends


def _sharing_a_day(
    said: Said, start: Moment | None, end: Moment | None
) -> tuple[Moment | None, Moment | None]:
    """Gives each edge its day, where the words name one for both."""
    if start is None:
        return start, _on(end, said.days[0]) if said.days else end
    if end is None or end.clock is None or start.clock is None:
        return start, end
    days = 1 if _passes_midnight(start, end) else 0
    if start.day is not None and end.day is None:
        return start, replace(end, day=_moved(start.day, days))
    if start.day is None and end.day is not None:
        return replace(start, day=_moved(end.day, -days)), end
    return start, end


def _passes_midnight(start: Moment, end: Moment) -> bool:
    """Whether the hour of the end comes before that of the start, so that it is of the next day."""
    if start.clock is None or end.clock is None:
        return False
    closes = start.clock.midnight and start.part in ("night", "evening")
    begins = _DAY_MIN if closes else start.clock.minute
    return (_DAY_MIN if end.clock.midnight else end.clock.minute) <= begins


def _moved(day: FoundDay, days: int) -> FoundDay:
    return day if day.day is None else replace(day, day=day.day + days * _DAY)


def _zone_of(start: Moment | None, end: Moment | None, said: Said, around: Around) -> str:
    named = [m.clock.zone for m in (start, end) if m is not None and m.clock is not None]
    return _zone(next((zone for zone in named if zone), "") or said.zone, around)


def _zone(named: str, around: Around) -> str:
    if named == "?":
        raise _Doubt("it is not known here which zone its words name")
    zone = around.zone if named in ("", "local") else named
    if not zone:
        raise _Doubt("no zone is told, and that of the place is not known")
    return zone


def _edge(told: Moment, edge: Edge, zone: str, around: Around) -> int:
    """The instant of an edge. A day without an hour is bounded by its own two midnights."""
    if told.clock is not None:
        return _instant(told, zone, around, edge=edge)
    if told.doubt:
        raise _Doubt(told.doubt)
    if told.part:
        raise _Doubt(f"{_part_name(told.part)} is no hour")
    day = _day_of(told)
    return _midnight(day if edge is Edge.START else day + _DAY, zone, edge)


def _midnight(day: dt.date, zone: str, edge: Edge) -> int:
    midnight = dt.datetime.combine(day, dt.time())
    if existing_readings(midnight, zone_named(zone)):
        return resolve(midnight, zone, edge=edge, reading=Reading.NARROWER)
    return day_start(day.isoformat(), zone)


def _day_of(told: Moment) -> dt.date:
    if told.day is None:
        raise _Doubt(_NO_DAY)
    if told.day.day is None:
        raise _Doubt(told.day.unresolved)
    return told.day.day


def _instant(
    told: Moment, zone: str, around: Around, *, edge: Edge | None = None, ends: bool = False
) -> int:
    if told.doubt:
        raise _Doubt(told.doubt)
    if told.clock is None:
        if told.part:
            raise _Doubt(f"{_part_name(told.part)} is no hour")
        _day_of(told)
        raise _Doubt("it names a day and no hour")
    if told.clock.half_open:
        raise _Doubt("it is not told whether the hour is of the morning or of the evening")
    edge = Edge.END if ends else edge
    local = _local(told, told.clock, edge, around)
    name = _zone(told.clock.zone or zone, around)
    if edge is not None:
        return resolve(local, name, edge=edge, reading=Reading.NARROWER)
    both = existing_readings(local, zone_named(name))
    if len(both) > 1:
        raise _Doubt(f"the clocks of {name} showed {local} twice")
    return resolve(local, name, edge=Edge.START, reading=Reading.NARROWER)


def _local(told: Moment, clock: Clock, edge: Edge | None, around: Around) -> dt.datetime:
    """The wall-clock time; midnight closes a day as an end, and leaves doubt as a start."""
    if clock.midnight and told.day is None and around.ahead and around.published is not None:
        return dt.datetime.combine(around.published + _DAY, dt.time())
    day = dt.datetime.combine(_day_of(told), dt.time())
    if not clock.midnight:
        return day + dt.timedelta(minutes=clock.minute)
    if edge is Edge.END or told.part in ("night", "evening"):
        return day + _DAY
    raise _Doubt("it is not told whether this midnight opens the day or closes it")


def _part_name(part: str) -> str:
    return {"am": "morning", "pm": "afternoon"}.get(part, part)


def _daily(
    said: Said, start: Moment | None, end: Moment | None, day: FoundDay | None, around: Around
) -> tuple[ReadWindow, ...] | None:
    """The windows of each day, where hours and a first and a last day are told.

    None where there is no last day: then the first window stands for all.
    """
    start = _on(start, day)
    if start is None or end is None or start.clock is None or end.clock is None:
        return None
    if any(one.doubt or one.clock is None or one.clock.half_open for one in (start, end)):
        return None
    if start.clock.midnight or start.day is None:
        return None
    zone = _zone_of(start, end, said, around)
    first = _day_of(start)
    last = _last_day(said, first, end)
    if last is None or last == first:
        return None
    if not 0 < (last - first).days < _MOST_DAYS:
        raise _Doubt("it runs over more days than are told one by one")
    closes = "24:00" if end.clock.midnight else _clock(end.clock)
    each = Recurrence(first.isoformat(), last.isoformat(), _clock(start.clock), closes, zone)
    horizon = Span(
        _midnight(first - _DAY, zone, Edge.START), _midnight(last + 3 * _DAY, zone, Edge.END)
    )
    return tuple(
        ReadWindow(start=one.span.start, end=one.span.end, zone=zone)
        for one in each.windows(horizon)
    )


def _last_day(said: Said, first: dt.date, end: Moment) -> dt.date | None:
    if end.day is not None:
        return _day_of(end)
    if said.runs is None or said.runs.unit not in ("day", "week"):
        return None
    return first + (said.runs.count * (7 if said.runs.unit == "week" else 1) - 1) * _DAY


def _clock(told: Clock) -> str:
    return f"{told.minute // 60:02d}:{told.minute % 60:02d}"


def _check_again(said: Said, window: ReadWindow, around: Around) -> None:
    """Where the text tells the same time in another zone too, both must agree."""
    for other in said.again:
        pairs = (
            (window.start, other.start or (other.at if window.start is not None else None)),
            (window.end, other.end or (other.at if window.start is None else None)),
        )
        for instant, told in pairs:
            if instant is None or told is None or told.clock is None:
                continue
            zone = _zone(told.clock.zone or other.zone or _zone_inside(other), around)
            shown = wall_clock(instant, zone_named(zone))
            if (shown.hour * 60 + shown.minute - told.clock.minute) % _DAY_MIN:
                raise _Doubt(
                    f"the text tells it a second time, as {_clock(told.clock)} {zone}, but the "
                    f"first is {shown:%H:%M} there"
                )


def _zone_inside(said: Said) -> str:
    moments = (said.at, said.start, said.end)
    zones = (m.clock.zone for m in moments if m is not None and m.clock is not None)
    return next((zone for zone in zones if zone), "")

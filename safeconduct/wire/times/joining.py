"""What belongs together and stands apart: a day and its hours, a start and a length."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from safeconduct.errors import SafeconductError
from safeconduct.wire.draft import ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.times.found import FoundDay, Moment, Said, TimeFound, TimeKind
from safeconduct.wire.times.lengths import later
from safeconduct.wire.times.parts import merged
from safeconduct.wire.times.settling import Around, read_time, windows

__all__ = [
    "as_deadline",
    "as_end",
    "as_start",
    "as_windows",
    "deadline",
    "extended",
    "join",
    "made",
    "revised",
]


def made(
    said: Said, at: Excerpt, around: Around, also: tuple[Excerpt, ...] = ()
) -> list[TimeFound]:
    """What an expression means: one value, or one window for each of its days."""
    kind = _kind(said)
    why = _why(said)

    def found(what: ReadWindow | ReadTime | FoundDay) -> TimeFound:
        return TimeFound(at=at, kind=kind, what=what, why=why, said=said, also=also)

    if kind is TimeKind.DEADLINE and said.deadline is not None:
        return [found(read_time(said.deadline, around, zone=said.zone, ends=True))]
    if kind is TimeKind.MOMENT and said.at is not None:
        return [found(_checked_time(said, around))]
    if kind is TimeKind.DAY:
        return [found(day) for day in said.days]
    if kind is TimeKind.SAME:
        return [found(ReadWindow(unresolved="it points back to a time that was told before"))]
    if kind is TimeKind.EVENT:
        return [found(ReadWindow(until_event=said.event, unresolved="an event has no hour"))]
    return [found(window) for window in windows(said, around)]


def join(
    first: TimeFound, second: TimeFound, *, zone: str, published: dt.date | None
) -> list[TimeFound]:
    """What two expressions mean together, such as "on Nov. 4" and "between 0900 and 1900".

    Empty where they contradict each other, or neither lacks what the other has. The excerpt is of
    the first in the text, `also` has that of the other.

    Parameters
    ----------
    zone : of the place, as for `TimeReader.find`.
    """
    said = merged(first.said, second.said)
    if said is None:
        return []
    places = sorted({first.at, *first.also, second.at, *second.also})
    return made(said, places[0], Around(zone, published), tuple(places[1:]))


def revised(
    earlier: TimeFound, change: TimeFound, *, zone: str, published: dt.date | None
) -> list[TimeFound]:
    """An earlier window with what another expression changes of it.

    "Moved the start to 1100" changes the hour of the start and keeps day, zone and end; "later of
    eleven hours" changes the length. Empty where the other changes nothing.
    """
    old, new = earlier.said, change.said
    start = _with_clock(old.start or old.at, new.start)
    end = _with_clock(old.end, new.end)
    said = replace(old, start=start, at=None if start else old.at, end=end, again=())
    if new.length is not None and new.start is None and new.end is None:
        said = replace(said, length=new.length, end=None)
    elif new.start is None and new.end is None:
        return []
    return made(said, change.at, Around(zone, published), (earlier.at, *earlier.also))


def extended(earlier: TimeFound, by: TimeFound, *, zone: str) -> list[TimeFound]:
    """What runs on from the end of an earlier window: "by three months", "without an end date".

    Empty where the earlier one has no end, or the other tells neither a length nor that it is open.
    """
    window = earlier.what
    if not isinstance(window, ReadWindow) or window.end is None:
        return []
    name = window.zone or zone
    length, is_open = by.said.length, by.said.open_ended
    if not name or (length is None and not is_open):
        return []
    try:
        end = None if length is None else later(window.end, length, name)
    except SafeconductError as refused:
        what = ReadWindow(unresolved=str(refused))
    else:
        what = ReadWindow(start=window.end, end=end, zone=name, open_ended=is_open)
    return [replace(by, kind=TimeKind.WINDOW, what=what, also=(earlier.at, *earlier.also))]


def _with_clock(old: Moment | None, new: Moment | None) -> Moment | None:
    if new is None:
        return old
    if old is None:
        return new
    return Moment(
        day=new.day or old.day,
        clock=new.clock or old.clock,
        part=new.part if new.clock or new.part else old.part,
        doubt=new.doubt or old.doubt,
    )


def as_windows(found: TimeFound, *, zone: str, published: dt.date | None) -> list[TimeFound]:
    """The same as the time during which something holds: "on Friday" is that whole day."""
    if found.kind not in (TimeKind.DAY, TimeKind.MOMENT):
        return [found]
    return [
        replace(found, kind=TimeKind.WINDOW, what=window)
        for window in windows(found.said, Around(zone, published))
    ]


def as_start(found: TimeFound, *, zone: str, published: dt.date | None) -> list[TimeFound]:
    """The same as a start: of "the pause begins ... on Friday" the day, from its first minute."""
    moment = _moment(found.said)
    if moment is None:
        return []
    said = Said(start=moment, zone=found.said.zone, again=found.said.again)
    return made(said, found.at, Around(zone, published), found.also)


def as_end(found: TimeFound, *, zone: str, published: dt.date | None) -> list[TimeFound]:
    """The same as an end: of "the pause ends ... on Friday" the day, to its last minute."""
    moment = _moment(found.said)
    if moment is None:
        return []
    said = Said(end=moment, zone=found.said.zone, again=found.said.again)
    return made(said, found.at, Around(zone, published), found.also)


def as_deadline(found: TimeFound, *, zone: str, published: dt.date | None) -> TimeFound | None:
    """The same as a deadline: "gave them until noon on Friday"; None where it is none."""
    if found.kind is TimeKind.DEADLINE:
        return found
    moment = found.said.end if found.said.start is None else None
    moment = moment or _moment(found.said)
    if moment is None:
        return None
    said = Said(deadline=moment, zone=found.said.zone)
    return made(said, found.at, Around(zone, published), found.also)[0]


def deadline(
    founds: Sequence[TimeFound], *, zone: str, published: dt.date | None
) -> TimeFound | None:
    """The deadline among what a sentence says of time, with its day joined to it.

    None where it tells none. Where it tells several the first one counts.
    """
    first = next((one for one in founds if one.kind is TimeKind.DEADLINE), None)
    if first is None or not isinstance(first.what, ReadTime) or first.what.day is not None:
        return first
    for other in founds:
        if other.kind is TimeKind.DAY:
            both = join(first, other, zone=zone, published=published)
            if both:
                return both[0]
    return first


def _moment(said: Said) -> Moment | None:
    if said.at is not None:
        return said.at
    if len(said.days) == 1 and said.start is None and said.end is None:
        return Moment(day=said.days[0])
    return None


def _checked_time(said: Said, around: Around) -> ReadTime:
    if said.at is None:  # pragma: no cover - its kind says that it has a moment
        return ReadTime(unresolved="no moment is told")
    told = read_time(said.at, around, zone=said.zone)
    if told.at is None or not said.again:
        return told
    window = windows(said, around)[0]
    return replace(told, at=None, unresolved=window.unresolved) if window.unresolved else told


def _kind(said: Said) -> TimeKind:
    if said.deadline is not None:
        return TimeKind.DEADLINE
    edges = said.start or said.end
    if said.same:
        return TimeKind.SAME
    bound = edges or said.daily or said.weekly or said.open_ended
    if said.event and not (bound or said.days or said.at or said.length):
        return TimeKind.EVENT
    if bound or said.event:
        return TimeKind.WINDOW
    if said.length is not None:
        return TimeKind.WINDOW if said.days or said.at else TimeKind.DURATION
    return TimeKind.MOMENT if said.at is not None else TimeKind.DAY


def _why(said: Said) -> str:
    days = [
        *said.days,
        *(m.day for m in (said.at, said.start, said.end, said.deadline) if m and m.day),
    ]
    told = dict.fromkeys(day.why for day in days if day.why)
    return "; ".join(told)

"""What is a time that was found, asked of itself: a whole window, hours alone, days?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace

from safeconduct.wire.draft import Field, ReadTime, ReadWindow
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.times import (
    FoundDay,
    TimeFound,
    TimeKind,
)


def days_of(found: Sequence[TimeFound], said: Sequence[int]) -> list[TimeFound]:
    """The days among some times, without those that tell when something was said."""
    return [
        one
        for one in found
        if one.kind in (TimeKind.DAY, TimeKind.MOMENT) and not is_behind(one, said)
    ]


def is_behind(one: TimeFound, said: Sequence[int]) -> bool:
    """Whether it stands right behind a word of saying: then it tells when that was said."""
    return any(0 <= one.at.start - end <= 1 for end in said)


def left_of(window: ReadWindow, moved: TimeFound, *, ends: bool) -> ReadWindow | None:
    """A window with its start moved on, or its end back; None where nothing is left or cut."""
    what = moved.what
    if isinstance(what, FoundDay):
        return None
    told = what.at if isinstance(what, ReadTime) else what.end if ends else what.start or what.end
    first, last = window.start, window.end
    if told is None or (first is not None and told <= first) or (last is not None and told >= last):
        return None
    return replace(window, end=told) if ends else replace(window, start=told)


def as_one(windows: list[TimeFound]) -> list[TimeFound]:
    """Days that follow each other, without hours, as one stretch: "on 22 and 23 October"."""
    kept: list[TimeFound] = []
    for one in windows:
        last, what = kept[-1].what if kept else None, one.what
        if not isinstance(last, ReadWindow) or not isinstance(what, ReadWindow):
            kept.append(one)
        elif last.end is not None and last.end == what.start:
            kept[-1] = replace(kept[-1], what=replace(last, end=what.end))
        else:
            kept.append(one)
    return kept


def fields_of(windows: Sequence[TimeFound]) -> tuple[Field[ReadWindow], ...]:
    """Windows as fields, each with the words it was read from."""
    return tuple(
        Field(one.what, places_of(one)) for one in windows if isinstance(one.what, ReadWindow)
    )


def is_whole(one: TimeFound) -> bool:
    """Whether a window has both its start and its end."""
    what = one.what
    return isinstance(what, ReadWindow) and what.start is not None and what.end is not None


def is_resolved(one: TimeFound) -> bool:
    """Whether a window has a start or an end."""
    what = one.what
    return isinstance(what, ReadWindow) and (what.start is not None or what.end is not None)


def said_days(one: TimeFound) -> Iterator[FoundDay]:
    """The days that a time names."""
    said = one.said
    yield from said.days
    for moment in (said.at, said.start, said.end, said.deadline):
        if moment is not None and moment.day is not None:
            yield moment.day


def told_days(one: TimeFound) -> Iterator[dt.date]:
    """Those of them that could be told."""
    return (day.day for day in said_days(one) if day.day is not None)


def is_of_hours_alone(one: TimeFound) -> bool:
    """Whether hours are told and no day; midnight counts from the day of publication."""
    if is_resolved(one) or one.said.daily or next(said_days(one), None) is not None:
        return False
    moments = (one.said.start, one.said.end, one.said.at)
    clocks = [moment.clock for moment in moments if moment is not None and moment.clock]
    return bool(clocks) and not any(clock.midnight for clock in clocks)


def is_beside(one: TimeFound) -> bool:
    """Whether it names a day by another one ("the next day") that its sentence does not tell."""
    return any(
        day.day is None and day.said is not None and day.said.beside is not None
        for day in said_days(one)
    )


def places_of(one: TimeFound) -> tuple[Excerpt, ...]:
    """Where a time stands in the text."""
    return (one.at, *one.also)

"""Which day is meant: a day as the words have it, against the day of publication."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from safeconduct.wire.times.found import DaySaid, FoundDay
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.tenses import is_offered, tense
from safeconduct.wire.times.words import Role

__all__ = ["Lean", "after_day", "resolved"]


class Lean(Enum):
    """What the words before a day say of it: that it is to come (`AHEAD`), or over (`BEHIND`).

    `RATHER_AHEAD` counts only where no word near it says anything; `OFFERED` tells that it bounds
    what is offered, which the word for the offer does not make past.
    """

    NONE = "none"
    AHEAD = "ahead"
    RATHER_AHEAD = "rather-ahead"
    OFFERED = "offered"
    BEHIND = "behind"


_DAY = dt.timedelta(days=1)
_WEEK = 7
_HALF_YEAR_DAYS = 183
_SOON = dt.timedelta(days=3)
_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_UNPUBLISHED = "no day of publication is known, so it cannot be told which day this is"


def resolved(
    s: Sentence, said: DaySaid, first: int, after: int, *, lean: Lean = Lean.NONE
) -> FoundDay:
    """The day that is meant by what stands from item `first` up to item `after`.

    `lean` is what the words before it say of it ("by", "until", "since").
    """
    if said.ambiguous:
        return FoundDay(unresolved=said.ambiguous, said=said)
    if said.last:
        found = _last_of_month(s, said)
    elif said.day is not None and said.month is not None:
        found = _date(s, said)
    elif said.day is not None:
        found = _of_month(s, said, first, after)
    elif said.offset is not None:
        found = _from_today(s, said)
    elif said.beside is not None:
        found = _beside(s, said)
    else:
        found = _weekday(s, said, first, after, lean)
    return found if found.day is None else _checked(found, said)


def _checked(found: FoundDay, said: DaySaid) -> FoundDay:
    if found.day is None or said.weekday in (None, found.day.weekday()):
        return found
    named, is_one = _NAMES[said.weekday or 0], _NAMES[found.day.weekday()]
    return FoundDay(
        candidates=(found.day,),
        unresolved=f"the text calls {found.day} a {named}, but it is a {is_one}",
        said=said,
    )


def _date(s: Sentence, said: DaySaid) -> FoundDay:
    if said.year is not None:
        day = _made(said.year, said.month, said.day)
        if day is None:
            return FoundDay(unresolved="there is no such day in the calendar", said=said)
        return FoundDay(day=day, why="the text states day, month and year", said=said)
    if (published := s.published) is None:
        return FoundDay(unresolved=f"it names no year, and {_UNPUBLISHED}", said=said)
    around = (_made(published.year + n, said.month, said.day) for n in (-1, 0, 1))
    possible = sorted(
        (day for day in around if day is not None and _far(day, published) <= _HALF_YEAR_DAYS),
        key=lambda day: _far(day, published),
    )
    if not possible:
        return FoundDay(
            unresolved="no such day lies within half a year of the day of publication", said=said
        )
    why = f"the year in which it lies nearest to the day of publication, {s.published}"
    return FoundDay(day=possible[0], why=why, said=said)


def _last_of_month(s: Sentence, said: DaySaid) -> FoundDay:
    """The last day of a month, which is to come; of the one that is running where none is named."""
    if said.year is not None and said.month is not None:
        why = "the text states month and year"
        return FoundDay(day=_month_end(said.year, said.month), why=why, said=said)
    if s.published is None:
        return FoundDay(unresolved=_UNPUBLISHED, said=said)
    month = said.month or s.published.month
    year = s.published.year + (month < s.published.month)
    why = f"the last day of the month, counted from the day of publication, {s.published}"
    return FoundDay(day=_month_end(year, month), why=why, said=said)


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year + month // 12, month % 12 + 1, 1) - _DAY


def _of_month(s: Sentence, said: DaySaid, first: int, after: int) -> FoundDay:
    """A day of a month that stands elsewhere."""
    if s.published is None:
        return FoundDay(unresolved=f"it names no month, and {_UNPUBLISHED}", said=said)
    if (month := s.month_named_before(first)) is not None:
        found = _date(s, DaySaid(month=month, day=said.day))
        why = "of the month that the text names last before it"
        return FoundDay(
            day=found.day, why=why if found.day else "", unresolved=found.unresolved, said=said
        )
    months = [_month_of(s.published, n) for n in (-1, 0, 1)]
    made = [_made(year, month, said.day) for year, month in months]
    possible = [day for day in made if day is not None]
    when, cue = tense(s, first, after)
    if when is Role.PAST:
        fits = [day for day in possible if day <= s.published]
        return _one(fits[-1:], said, f"the last one before the day of publication, by “{cue}”")
    if when is Role.FUTURE:
        fits = [day for day in possible if day >= s.published]
        return _one(fits[:1], said, f"the next one after the day of publication, by “{cue}”")
    return FoundDay(
        candidates=tuple(possible), unresolved="it names no month, nor does what is near", said=said
    )


def _from_today(s: Sentence, said: DaySaid) -> FoundDay:
    if s.published is None:
        return FoundDay(unresolved=_UNPUBLISHED, said=said)
    day = s.published + (said.offset or 0) * _DAY
    return FoundDay(day=day, why=f"counted from the day of publication, {s.published}", said=said)


def _beside(s: Sentence, said: DaySaid) -> FoundDay:
    beside = s.last_day or s.day_before
    if beside is None:
        return FoundDay(unresolved="the day beside which it lies is not told here", said=said)
    day = beside + (said.beside or 0) * _DAY
    return FoundDay(day=day, why=f"the one beside {beside}, which was told before", said=said)


def _weekday(s: Sentence, said: DaySaid, first: int, after: int, lean: Lean) -> FoundDay:
    weekday = said.weekday or 0
    if s.published is None:
        return FoundDay(unresolved=_UNPUBLISHED, said=said)
    coming = _on_or_after(s.published, weekday)
    gone = coming - _WEEK * _DAY
    if said.which == Role.LAST:
        return FoundDay(day=gone, why="the last one before the day of publication", said=said)
    if said.which == Role.COMING:
        day = coming + _WEEK * _DAY if coming == s.published else coming
        return FoundDay(day=day, why="the next one after the day of publication", said=said)
    if said.which == Role.NEXT:
        both = (coming, coming + _WEEK * _DAY)
        if coming == s.published or coming - s.published == _DAY:
            return FoundDay(day=both[1], why="the one of the week to come", said=said)
        return FoundDay(candidates=both, unresolved=f"it can be {both[0]} or {both[1]}", said=said)
    ahead = lean is Lean.AHEAD
    if coming == s.published and not (ahead and s.told_on):
        return FoundDay(day=coming, why="the text was published on that day of the week", said=said)
    when, cue = _when(s, said, first, after, lean)
    if when is None and lean is not Lean.NONE and coming - s.published <= _SOON:
        # Nobody offers what is over, and the one before lies further away.
        when = Role.FUTURE if is_offered(s, first, after) else None
    if when is Role.PAST:
        why = f"the last one up to the day of publication, {s.published}, by “{cue}” near it"
        return FoundDay(day=gone, why=why, said=said)
    if when is Role.FUTURE:
        counted = lean in (Lean.AHEAD, Lean.RATHER_AHEAD, Lean.OFFERED)
        told = s.told_on if counted and s.told_on else s.published
        near = f", by “{cue}” near it" if cue else ""
        why = f"the next one from {told} on{near}"
        return FoundDay(day=_on_or_after(told, weekday), why=why, said=said)
    return FoundDay(
        candidates=(gone, coming),
        unresolved=f"no word near it tells whether it is {gone} or {coming}",
        said=said,
    )


def _when(
    s: Sentence, said: DaySaid, first: int, after: int, lean: Lean
) -> tuple[Role | None, str]:
    if lean is Lean.AHEAD:
        return Role.FUTURE, ""
    if lean is Lean.BEHIND:
        return Role.PAST, "since"
    when, cue = tense(s, first, after)
    if lean is Lean.OFFERED and when is Role.PAST and is_offered(s, first, after):
        return (Role.FUTURE, "") if s.told_on else (None, "")
    if lean is Lean.RATHER_AHEAD and when is Role.PAST:
        # "A truce starting Tuesday was ordered": from the day of the telling on, if it is known.
        return (Role.FUTURE, "") if s.told_on else (None, "")
    if when is None and (said.which == Role.THIS or lean is Lean.RATHER_AHEAD):
        return Role.FUTURE, ""
    return when, cue


def after_day(day: FoundDay | None, first: FoundDay | None) -> FoundDay | None:
    """The end of a range: in "from Thursday to Saturday" the Saturday that follows."""
    if day is None or first is None or first.day is None or day.said is None:
        return day
    said = day.said
    if said.weekday is None or said.day is not None or said.offset is not None or said.which:
        return day
    follows = _on_or_after(first.day, said.weekday)
    return FoundDay(day=follows, why=f"the next one from {first.day} on", said=said)


def _one(fits: list[dt.date], said: DaySaid, why: str) -> FoundDay:
    if not fits:
        return FoundDay(unresolved="there is no such day near the day of publication", said=said)
    return FoundDay(day=fits[0], why=why, said=said)


def _on_or_after(day: dt.date, weekday: int) -> dt.date:
    return day + ((weekday - day.weekday()) % _WEEK) * _DAY


def _made(year: int, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year, month or 0, day or 0)
    except ValueError:
        return None


def _month_of(day: dt.date, later: int) -> tuple[int, int]:
    count = day.year * 12 + day.month - 1 + later
    return count // 12, count % 12 + 1


def _far(day: dt.date, other: dt.date) -> int:
    return abs((day - other).days)

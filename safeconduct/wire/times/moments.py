"""The grammar of moments: a day, a time of day and a zone, in any order, told together."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.wire.times.calendar import Lean, after_day, resolved
from safeconduct.wire.times.clocks import clock, in_half, zone
from safeconduct.wire.times.days import Days, days, end_of_month
from safeconduct.wire.times.found import Clock, DaySaid, FoundDay, Moment
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["Told", "moment"]

_MOST_PARTS = 6
_NEAR = 4
_GLUE = (Role.AT, Role.ON, Role.THE, Role.OF)
_HALF_OF = {"morning": "am", "afternoon": "pm", "evening": "pm", "night": "night"}


@dataclass(frozen=True, slots=True)
class Told:
    """A moment, or several days, as told.

    Parameters
    ----------
    days : all the days; the moment has the only one.
    is_range : they are the first and the last.
    sure : whether the numbers in it cannot be anything but times.
    after : the place after it.
    """

    moment: Moment
    days: tuple[FoundDay, ...]
    is_range: bool
    sure: bool
    after: int


@dataclass(slots=True)
class _Parts:
    clock: Clock | None = None
    days: tuple[FoundDay, ...] = ()
    is_range: bool = False
    part: str = ""
    zone: str = ""
    approx: str = ""
    sure: bool = True
    awaits: bool = False
    ends: bool = False
    hours: bool = True


def moment(
    s: Sentence,
    i: int,
    *,
    cued: bool,
    lean: Lean = Lean.NONE,
    ends: bool = False,
    hours: bool = True,
) -> Told | None:
    """The moment that is told from an item on; None where none is.

    `ends` tells that it closes something, so that "the end of May" is its last day; without
    `hours` a time of day is not taken.
    """
    parts = _Parts(ends=ends, hours=hours)
    after = at = i
    for _ in range(_MOST_PARTS):
        at, asked = _past_glue(s, at, starts=at == i)
        step = _step(s, at, parts, cued=asked or (cued and after == i), lean=lean)
        if step is None:
            break
        at = step
        if not _awaits_more(parts):
            after = at
    if parts.clock is None and not parts.days and not parts.part:
        return None
    if parts.approx and parts.clock is None and not parts.part and after < at:
        parts.approx = ""
    return _told(parts, after)


def _awaits_more(parts: _Parts) -> bool:
    """Whether only a word such as "about" was taken since the last part."""
    awaits, parts.awaits = parts.awaits, False
    return awaits


def _past_glue(s: Sentence, i: int, *, starts: bool) -> tuple[int, bool]:
    """The place after words that only join, and whether they ask for a time of day."""
    asked = False
    if not starts and s.is_sign(i, ","):
        i += 1
        asked = s.words.hours_name_clock and _is_hour(s, i)
    for _ in range(3):
        if s.has(i, Role.AT):
            asked = True
        elif not s.has(i, *_GLUE) and not (s.at(i).word == "t" and s.touches(i)):
            break
        if s.has(i, Role.DATE_IS, Role.HOUR_IS, Role.DAY, Role.DAY_PART, Role.HALF, Role.PART):
            break
        i += 1
    return i, asked


def _is_hour(s: Sentence, i: int) -> bool:
    """Whether a number of hours behind a day and a comma is one of its hours, and no length."""
    found = s.number(i)
    if found is None or s.text_role(found[1], Role.UNIT) != "hour":
        return False
    return not s.has(found[1] + 1, Role.OF)


def _step(s: Sentence, i: int, parts: _Parts, *, cued: bool, lean: Lean) -> int | None:
    """Takes one part; the place after it, or None where there is none."""
    if not parts.approx and parts.clock is None and s.has(i, Role.APPROX):
        parts.approx, parts.awaits = s.text[s.at(i).start : s.at(i).end], True
        return i + 1
    if not parts.days and (found := days(s, i)) is not None:
        return _take_days(s, i, parts, found, lean)
    if parts.ends and not parts.days and (found := end_of_month(s, i)) is not None:
        return _take_days(s, i, parts, found, lean)
    if not parts.hours:
        return None
    if parts.clock is None and (told := clock(s, i, cued=cued)) is not None:
        parts.clock, after, parts.sure = told
        return _take_zone(s, after, parts)
    if parts.clock is not None and not parts.zone:
        after = _take_zone(s, i, parts)
        if after != i:
            return after
    if not parts.part and (part := s.text_role(i, Role.PART) or s.text_role(i, Role.HALF)):
        parts.part = part
        return i + 1
    return None


def _take_days(s: Sentence, i: int, parts: _Parts, found: Days, lean: Lean) -> int:
    until = found
    told = [*found.said]
    while len(told) < 7 and not found.is_range and _lists_on(s, until.after):
        more = days(s, s.skip(s.skip(until.after + 1, Role.AND), Role.ON))
        if more is None or more.is_range or _is_dateless(more.said[0]):
            break
        until = more
        told += more.said
    parts.days = _in_one_year(s, told, i, until.after, lean)
    parts.is_range = found.is_range
    parts.part = parts.part or found.part
    last = parts.days[-1].day
    if last is not None:
        s.last_day = last
        is_over = s.published is not None and last <= s.published and lean is not Lean.AHEAD
        if is_over and any(s.has(n, Role.SAYS) for n in range(i - _NEAR, until.after + _NEAR)):
            s.told_on = last
    return until.after


def _lists_on(s: Sentence, i: int) -> bool:
    """Whether more days follow: "and Sunday", or ", Sunday and Monday" up to the last one."""
    if s.has(i, Role.AND):
        return True
    at = i
    while s.is_sign(at, ",") and s.has(at + 1, Role.WEEKDAY):
        at += 2
    return at > i and (s.has(at, Role.AND) or (s.is_sign(at, ",") and s.has(at + 1, Role.AND)))


def _in_one_year(
    s: Sentence, told: list[DaySaid], first: int, after: int, lean: Lean
) -> tuple[FoundDay, ...]:
    """The days of a list; the year of the first one is that of all, as far as they go on."""
    days = [resolved(s, told[0], first, after, lean=lean)]
    for said in told[1:]:
        begun = days[0].day
        if begun is not None and said.month is not None and said.year is None:
            later = said.month < begun.month
            said = replace(said, year=begun.year + later)
        day = resolved(s, said, first, after, lean=lean)
        to_come = begun is not None and s.published is not None and begun >= s.published
        days.append(after_day(day, days[-1]) or day if to_come else day)
    return tuple(days)


def _is_dateless(said: DaySaid) -> bool:
    return bool(said.ambiguous) or said.beside is not None


def _take_zone(s: Sentence, i: int, parts: _Parts) -> int:
    at = i + 1 if s.is_sign(i, ",", "(") else i
    at = s.skip(at, Role.AT, Role.ON, Role.OF) if zone(s, at) is None else at
    found = zone(s, at)
    if found is None or (s.is_sign(i, "(") and not s.is_sign(found[1], ")")):
        return i
    parts.zone = found[0]
    parts.sure = True
    return found[1] + 1 if s.is_sign(i, "(") else found[1]


def _told(parts: _Parts, after: int) -> Told:
    told = parts.clock
    part = parts.part
    if told is not None:
        half = _HALF_OF.get(part, part)
        # "This evening at seven" is no morning, in a language of 24 hours either.
        if (told.half_open and half in ("am", "pm", "night")) or (half == "pm" and part):
            told = in_half(told, half)
            parts.sure = True
        told = replace(told, zone=told.zone or parts.zone)
        part = "" if not told.midnight else part
    doubt = f"“{parts.approx}” names no exact time" if parts.approx else ""
    day = parts.days[0] if len(parts.days) == 1 else None
    sure = parts.sure or bool(parts.days)
    return Told(
        Moment(day=day, clock=told, part=part, doubt=doubt),
        parts.days,
        parts.is_range,
        sure,
        after,
    )

"""The grammar of the parts of an expression: from, until, by, for, daily, a range, a moment."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.wire.times.calendar import Lean, after_day, resolved
from safeconduct.wire.times.found import Clock, Moment, Said
from safeconduct.wire.times.moments import Told, moment
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["LEADS", "Expression", "element", "range_or_moment"]

_EVENT_WORDS = 12
_MOVED_ITEMS = 5
LEADS = frozenset(
    {
        *(Role.DAILY, Role.RATE, Role.WEEKDAYS, Role.EACH, Role.BETWEEN, Role.FROM, Role.STARTING),
        *(Role.SINCE, Role.BEGINS, Role.UNTIL, Role.UNTIL_EVENT, Role.ENDS, Role.LASTS),
        *(Role.WITHIN, Role.BY),
    }
)


@dataclass(frozen=True, slots=True)
class Expression:
    """What was told from item `first` up to item `after`."""

    said: Said
    first: int
    after: int


def element(s: Sentence, i: int, lean: Lean = Lean.NONE) -> Expression | None:
    """One part of an expression, from an item on; None where none begins there."""
    if s.has(i, Role.SAME):
        return Expression(Said(same=True), i, i + 1)
    if s.has(i, Role.OPEN):
        return Expression(Said(open_ended=True), i, i + 1)
    roles = s.at(i).roles
    if roles and not LEADS.isdisjoint(roles):
        led = (
            _daily(s, i)
            or _between(s, i)
            or _starting(s, i)
            or _until(s, i)
            or _deadline(s, i)
            or _ending(s, i)
        )
        if led is not None:
            return led
    return _length(s, i) or range_or_moment(s, i, cued=False, lean=lean)


def _daily(s: Sentence, i: int) -> Expression | None:
    if s.has(i, Role.DAILY, Role.RATE):
        return Expression(Said(daily=True), i, i + 1)
    if s.has(i, Role.WEEKDAYS):
        return Expression(Said(weekly=True), i, i + 1)
    if not s.has(i, Role.EACH):
        return None
    at = s.skip(i + 1, Role.THE)
    if s.text_role(at, Role.UNIT) == "day":
        return Expression(Said(daily=True), i, at + 1)
    if part := s.text_role(at, Role.PART):
        return Expression(Said(daily=True, part=part), i, at + 1)
    if s.has(at, Role.WEEKDAY) or s.text_role(at, Role.UNIT) == "week":
        return Expression(Said(weekly=True), i, at + 1)
    return None


def _between(s: Sentence, i: int) -> Expression | None:
    """ "between 0900 and 1900", "from 9 a.m. to 7 p.m.", "from Friday on"."""
    is_between = s.has(i, Role.BETWEEN)
    if not is_between and not s.has(i, Role.FROM):
        return None
    first = moment(s, i + 1, cued=True)
    if first is None:
        return None
    if len(first.days) == 2 and (first.is_range or is_between) and first.moment.clock is None:
        return Expression(_day_range(first), i, first.after)
    whole = _to(s, i, first, by=(Role.AND,) if is_between else (Role.TO, Role.UNTIL))
    if whole is not None and any(s.has(n, Role.MOVED) for n in range(i - _MOVED_ITEMS, i)):
        return replace(whole, said=replace(whole.said, start=whole.said.end, end=None))
    if whole is not None or is_between:
        return whole
    return None if s.has(i, Role.OF) and not _is_hour(s, i + 1) else _started(s, i, first)


def _is_hour(s: Sentence, i: int) -> bool:
    """Whether a time of day is told so plainly that "de" must be "from".

    "Une pause de trois heures", "la nuit du 4 novembre" begin nothing.
    """
    return s.has(i, Role.HOUR_IS) or s.is_sign(i + 1, ":", "h")


def _starting(s: Sentence, i: int) -> Expression | None:
    """ "starting Sunday", "since 10 January", "will begin at eight"."""
    if not s.has(i, Role.STARTING, Role.SINCE, Role.BEGINS):
        return None
    if s.has(i, Role.MOVED) and s.has(i + 1, Role.FROM):
        return None  # "put off from Thursday to Saturday" is told by the words that follow
    at = s.skip(i + 1, Role.FROM, Role.ON, Role.STARTING, Role.AT, Role.TO)
    lean = Lean.BEHIND if s.has(i, Role.SINCE) else Lean.NONE
    lean = Lean.RATHER_AHEAD if s.has(i, Role.STARTING) else lean
    told = moment(s, at, cued=True, lean=lean)
    if told is None:
        return None
    if at > i + 1 and told.moment.clock is not None:
        told = replace(told, sure=True)
    first = at if s.has(i, Role.BEGINS) else i
    if s.has(i, Role.BEGINS) and (whole := _to(s, first, told, by=(Role.TO,))) is not None:
        return whole
    return _started(s, first, told)


def _started(s: Sentence, i: int, told: Told) -> Expression | None:
    if len(told.days) > 1 and told.moment.clock is None:
        doubt = "it begins on one of several days"
        return Expression(Said(start=Moment(doubt=doubt)), i, told.after)
    days = told.days if len(told.days) > 1 else ()
    is_open = s.has(told.after, Role.ONWARDS)
    said = Said(start=told.moment, days=days, open_ended=is_open, sure=told.sure)
    return Expression(said, i, told.after + 1 if is_open else told.after)


def _until(s: Sentence, i: int) -> Expression | None:
    """ "until 7 p.m.", "until further notice" (by its words), "until the last bus has left"."""
    if not s.has(i, Role.UNTIL, Role.UNTIL_EVENT):
        return None
    if s.has(i, Role.UNTIL):
        # "The truce lasted until Friday" is over; "they have until Friday" is not.
        lasted = s.has(i - 1, Role.LASTS, Role.ENDS) and s.is_over(i - 1)
        lean = Lean.BEHIND if lasted else Lean.AHEAD
        told = moment(s, i + 1, cued=True, lean=lean, ends=True)
        if told is not None:
            return Expression(_ended(told), i, told.after)
    if not s.has(i, Role.UNTIL_EVENT):
        return None
    after = i + 1
    while after < s.count and after <= i + _EVENT_WORDS and not _ends_clause(s, after):
        after += 1
    if after == i + 1:
        return None
    event = s.text[s.at(i).start : s.at(after - 1).end]
    return Expression(Said(event=event), i, after)


def _ends_clause(s: Sentence, i: int) -> bool:
    word = s.at(i).word
    return bool(word) and not word[0].isalnum() and word not in ("-", "'", "\u2011", "/")


def _ended(told: Told) -> Said:
    if len(told.days) > 1:
        last = replace(told.moment, day=told.days[-1])
        return Said(end=last, sure=told.sure)
    return Said(end=told.moment, sure=told.sure)


def _ending(s: Sentence, i: int) -> Expression | None:
    """ "is to end at 7 p.m.", "expired on May 17"."""
    if not s.has(i, Role.ENDS, Role.LASTS):
        return None
    at = i + 1
    lasts = s.length(at + 1 if s.has(at, Role.FOR) else at) if s.has(i, Role.LASTS) else None
    if lasts is not None:
        return Expression(Said(length=lasts[0]), at, lasts[1])
    if s.has(at, Role.UNTIL):
        found = _until(s, at)
        return None if found is None else replace(found, first=at)
    if s.has(i, Role.LASTS) and not s.has(i, Role.ENDS):
        return None
    lean = Lean.BEHIND if s.is_over(i) else Lean.AHEAD
    told = moment(s, s.skip(at, Role.ON), cued=True, lean=lean)
    return None if told is None else Expression(_ended(told), at, told.after)


def _deadline(s: Sentence, i: int) -> Expression | None:
    """ "by noon on Thursday", "before 6 p.m.", "within 24 hours"."""
    if s.has(i, Role.WITHIN):
        at = s.skip(i + 1, Role.THE, Role.COMING, Role.NEXT)
        found = s.length(at)
        return Expression(Said(length=found[0], within=True), i, found[1]) if found else None
    if not s.has(i, Role.BY):
        return None
    at = i + 1
    ends_day = s.has(s.skip(at, Role.THE), Role.END_OF)
    if ends_day:
        at = s.skip(at, Role.THE) + 1
    if s.has(i, Role.AGO) and s.length(at) is not None:
        return None
    if (by := s.length(at)) is not None and not ends_day:
        return Expression(Said(length=by[0]), i, by[1])
    whole = moment(s, i + 1, cued=True, lean=Lean.AHEAD, ends=True) if ends_day else None
    told = whole or moment(s, at, cued=True, lean=Lean.AHEAD)
    if told is None:
        return None
    when = told.moment
    if ends_day and when.day is not None and when.clock is None and not when.part:
        when = replace(when, clock=Clock(1440))
    elif ends_day:
        when = replace(when, doubt="the end of it is no exact time")
    return Expression(Said(deadline=when, sure=told.sure), i, told.after)


def _length(s: Sentence, i: int) -> Expression | None:
    at = i + 1 if s.has(i, Role.FOR) else i
    if s.has(at, Role.APPROX):
        at += 1
    at = s.skip(at, Role.THE, Role.COMING, Role.NEXT) if at > i else at
    found = s.length(at)
    if found is None or s.has(found[1], Role.AGO) or s.has(i, Role.AGO):
        return None
    length, after = found
    return Expression(Said(length=replace(length, doubt=_inexact(s, at))), i, after)


def _inexact(s: Sentence, i: int) -> str:
    """Why a length that stands at an item is not exact: "about", "up to", "48 to 72 hours"."""
    before = s.at(i - 1)
    if s.has(i - 1, Role.APPROX, Role.UNTIL) and not s.has(i - 1, Role.AGO):
        return f"“{s.text[before.start : before.end]}” names no exact length"
    is_range = s.has(i - 1, Role.TO, Role.AND, Role.AGAIN) and (
        s.at(i - 2).width > 0 or s.has(i - 2, Role.NUMBER)
    )
    return "its length is told as a range" if is_range else ""


def range_or_moment(
    s: Sentence, i: int, *, cued: bool, lean: Lean = Lean.NONE
) -> Expression | None:
    """ "9 a.m. to 2 p.m.", "on Friday", "at 1000 Moscow time"."""
    at = s.skip(i, Role.ON, Role.FOR) if s.has(i, Role.ON, Role.FOR) else i
    # "put it off to Saturday": a day to come.
    is_to = s.has(i - 1, Role.TO) and s.at(i - 1).word.isalpha()
    told = moment(s, at, cued=cued, lean=Lean.AHEAD if is_to else lean)
    if told is None:
        return None
    if told.moment.clock is not None or not told.days or _days_go_on(s, i, told):
        whole = _to(s, i, told, by=(Role.TO, Role.UNTIL))
        if whole is not None:
            return whole
    if told.moment.clock is None and told.days:
        return Expression(_on_days(told), i, told.after)
    if told.moment.clock is not None and told.moment.clock.half_open and not told.sure:
        return Expression(Said(at=told.moment, sure=False), i, told.after)
    days = told.days if len(told.days) > 1 else ()
    return Expression(Said(at=told.moment, days=days, sure=told.sure), i, told.after)


def _days_go_on(s: Sentence, i: int, told: Told) -> bool:
    """Whether a day opens a range by itself, "Friday to Sunday", and is not what was moved."""
    if told.moment.part or len(told.days) > 1 or not s.has(told.after, Role.TO):
        return False
    is_weekday = s.has(told.after + 1, Role.WEEKDAY) and s.has(told.after - 1, Role.WEEKDAY)
    return is_weekday and not any(s.has(n, Role.MOVED) for n in range(i - _MOVED_ITEMS, i))


def _on_days(told: Told) -> Said:
    if told.is_range:
        return _day_range(told)
    if told.moment.part or told.moment.doubt:
        return Said(at=replace(told.moment, day=told.days[0]), days=told.days[1:])
    return Said(days=told.days)


def _day_range(told: Told) -> Said:
    """From the first day to the last; a part of a day ("the night of 3 to 4") leaves both open."""
    part, doubt = told.moment.part, told.moment.doubt
    first, last = (Moment(day=day, part=part, doubt=doubt) for day in told.days[:2])
    return Said(start=first, end=last)


def _to(s: Sentence, i: int, first: Told, *, by: tuple[Role, ...]) -> Expression | None:
    """The range that begins with a moment, where a second one follows."""
    at = first.after + 1 if s.is_sign(first.after, ",") else first.after
    if not s.has(at, *by):
        return None
    second = moment(s, at + 1, cued=True, ends=True)
    if second is None:
        return None
    if first.moment.clock is None and second.moment.clock is not None and first.days:
        second = _without_hours(s, at + 1, second)
    start, end = _same_half(first.moment, second.moment)
    end = replace(end, day=after_day(end.day, start.day))
    if (start.clock is None) != (end.clock is None) and not (start.part or end.part):
        mixed = "one end has an hour, the other has none"
        start = replace(start, doubt=start.doubt or mixed)
    start = _with_year_of(s, start, end, i, second.after)
    sure = first.sure or second.sure or _is_sure(start) or _is_sure(end)
    days = first.days if len(first.days) > 1 else second.days if len(second.days) > 1 else ()
    return Expression(Said(start=start, end=end, days=days, sure=sure), i, second.after)


def _without_hours(s: Sentence, i: int, told: Told) -> Told:
    """The last day of a range whose hours follow: "from Monday to Thursday, 9 a.m. to 2 p.m."."""
    days_alone = moment(s, i, cued=True, ends=True, hours=False)
    if days_alone is None or not s.has(told.after, Role.TO, Role.UNTIL):
        return told
    return days_alone if moment(s, told.after + 1, cued=True) is not None else told


def _is_sure(told: Moment) -> bool:
    return told.day is not None or bool(told.part)


def _with_year_of(s: Sentence, start: Moment, end: Moment, first: int, after: int) -> Moment:
    """In "from 5 March to 8 March 2018" the year is of both."""
    if start.day is None or end.day is None or start.day.said is None or end.day.said is None:
        return start
    year = end.day.said.year
    if year is None or start.day.said.year is not None or start.day.said.month is None:
        return start
    dated = replace(start.day.said, year=year)
    return replace(start, day=resolved(s, dated, first, after))


def _same_half(start: Moment, end: Moment) -> tuple[Moment, Moment]:
    """In "from 9 to 11 a.m." and "from 9 to 5 p.m." the half of the day is told once."""
    a, b = start.clock, end.clock
    if a is None or b is None or a.half_open == b.half_open:
        return start, end
    if a.half_open:
        # The later of the two readings that lies before the end: never longer than was said.
        fits = [m for m in (a.minute % 720, a.minute % 720 + 720) if m < b.minute]
        if fits:
            told = replace(a, minute=fits[-1], half_open=False)
            return replace(start, clock=told), end
        return start, end
    return start, end

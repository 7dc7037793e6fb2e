"""The grammar of whole expressions: from, until, by, for, daily, and what stands together."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from safeconduct.wire.times.calendar import Lean, resolved
from safeconduct.wire.times.clocks import zone
from safeconduct.wire.times.found import Clock, Moment, Said
from safeconduct.wire.times.moments import Told, moment
from safeconduct.wire.times.parts import merged
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["Expression", "expressions"]

_EVENT_WORDS = 12
_MOST_GLUE = 4
_GLUE = (Role.ON, Role.AT, Role.THE, Role.OF, Role.AND)
_JOINS_AND = (Role.ENDS, Role.LASTS, Role.UNTIL, Role.DAILY)
_HALVES = {"morning": "am", "afternoon": "pm", "evening": "pm"}


@dataclass(frozen=True, slots=True)
class Expression:
    """What was told from item `first` up to item `after`."""

    said: Said
    first: int
    after: int


def expressions(s: Sentence) -> Iterator[Expression]:
    """Every expression of time of a sentence, in order; none overlaps another."""
    i = 0
    while i < len(s.items):
        is_some = (s.at(i).roles or s.at(i).width) and not s.has(i, Role.RATE)
        begun = _element(s, i) if is_some else None
        if begun is None:
            i += 1
            continue
        whole = _chain(s, begun)
        if whole.said.sure:
            yield whole
            i = whole.after
        else:
            i += 1


def _chain(s: Sentence, begun: Expression) -> Expression:
    """The expression with all that stands right behind it and belongs to it."""
    whole = begun
    while True:
        more = _again(s, whole) or _next(s, whole)
        if more is None:
            return whole
        whole = more


def _next(s: Sentence, whole: Expression) -> Expression | None:
    """The expression with the part that follows it, perhaps after a few words that only join."""
    at = whole.after + 1 if s.is_sign(whole.after, ",") else whole.after
    if (found := zone(s, at)) is not None and not whole.said.zone and _has_clock(whole.said):
        return Expression(replace(whole.said, zone=found[0]), whole.first, found[1])
    joined_by_and = False
    for _ in range(_MOST_GLUE):
        if not joined_by_and or s.has(at, *_JOINS_AND):
            more = _element(s, at)
            said = None if more is None else _together(whole.said, more.said)
            if more is not None and said is not None:
                return Expression(said, whole.first, more.after)
        if not s.has(at, *_GLUE):
            return None
        joined_by_and = joined_by_and or s.has(at, Role.AND)
        at += 1
    return None


def _together(a: Said, b: Said) -> Said | None:
    if a.weekly != b.weekly and (a.open_ended or b.open_ended):
        return None  # "a halt of fire on Sundays until further notice": two things are told
    return merged(a, b)


def _again(s: Sentence, whole: Expression) -> Expression | None:
    """The same once more: "(0700-1000 GMT)", ", that is 9:00 in Kyiv"."""
    if not _has_clock(whole.said):
        return None
    at = whole.after + 1 if s.is_sign(whole.after, ",") else whole.after
    in_brackets = s.is_sign(at, "(", "[")
    if not in_brackets and not s.has(at, Role.AGAIN) and not s.is_sign(at, "/"):
        return None
    at = s.skip(at + 1, Role.AGAIN)
    more = _range_or_moment(s, at, cued=True) or _element(s, at)
    if more is None or not _has_clock(more.said) or more.said.days:
        return None
    after = more.after
    said = more.said
    if (found := zone(s, after)) is not None:
        said, after = replace(said, zone=found[0]), found[1]
    if in_brackets:
        if not s.is_sign(after, ")", "]"):
            return None
        after += 1
    return Expression(replace(whole.said, again=(*whole.said.again, said)), whole.first, after)


def _has_clock(said: Said) -> bool:
    moments = (said.at, said.start, said.end, said.deadline)
    return any(one is not None and one.clock is not None for one in moments)


def _element(s: Sentence, i: int) -> Expression | None:
    """One part of an expression, from an item on."""
    if s.has(i, Role.SAME):
        return Expression(Said(same=True), i, i + 1)
    if s.has(i, Role.OPEN):
        return Expression(Said(open_ended=True), i, i + 1)
    return (
        _daily(s, i)
        or _between(s, i)
        or _starting(s, i)
        or _until(s, i)
        or _deadline(s, i)
        or _ending(s, i)
        or _length(s, i)
        or _range_or_moment(s, i, cued=False)
    )


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
    if whole is not None or is_between:
        return whole
    # "une pause de trois heures": such a word begins a range only where the other end follows.
    return None if s.has(i, Role.OF) else _started(s, i, first)


def _starting(s: Sentence, i: int) -> Expression | None:
    """ "starting Sunday", "since 10 January", "will begin at eight"."""
    if not s.has(i, Role.STARTING, Role.SINCE, Role.BEGINS):
        return None
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
        told = moment(s, i + 1, cued=True, lean=Lean.BEHIND if lasted else Lean.AHEAD)
        if told is not None:
            return Expression(_ended(told), i, told.after)
    if not s.has(i, Role.UNTIL_EVENT):
        return None
    after = i + 1
    while after < len(s.items) and after <= i + _EVENT_WORDS and not _ends_clause(s, after):
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
    if s.has(at, Role.UNTIL):
        found = _until(s, at)
        return None if found is None else replace(found, first=at)
    if s.has(i, Role.LASTS) and not s.has(i, Role.ENDS):
        return None
    told = moment(s, s.skip(at, Role.ON), cued=True)
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
    if (by := s.length(at)) is not None and not ends_day:
        return Expression(Said(length=by[0]), i, by[1])
    told = moment(s, at, cued=True, lean=Lean.AHEAD)
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
    return Expression(Said(length=length), i, after)


def _range_or_moment(s: Sentence, i: int, *, cued: bool) -> Expression | None:
    """ "9 a.m. to 2 p.m.", "on Friday", "at 1000 Moscow time"."""
    at = s.skip(i, Role.ON, Role.FOR) if s.has(i, Role.ON, Role.FOR) else i
    # "put it off to Saturday": a day to come.
    is_to = s.has(i - 1, Role.TO) and s.at(i - 1).word.isalpha()
    told = moment(s, at, cued=cued, lean=Lean.AHEAD if is_to else Lean.NONE)
    if told is None:
        return None
    if told.moment.clock is not None or not told.days:
        whole = _to(s, i, told, by=(Role.TO, Role.UNTIL))
        if whole is not None:
            return whole
    if told.moment.clock is None and told.days:
        return Expression(_on_days(told), i, told.after)
    if told.moment.clock is not None and told.moment.clock.half_open and not told.sure:
        return Expression(Said(at=told.moment, sure=False), i, told.after)
    days = told.days if len(told.days) > 1 else ()
    return Expression(Said(at=told.moment, days=days, sure=told.sure), i, told.after)


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
    second = moment(s, at + 1, cued=True)
    if second is None:
        return None
    start, end = _same_half(first.moment, second.moment)
    if (start.clock is None) != (end.clock is None) and not (start.part or end.part):
        mixed = "one end has an hour, the other has none"
        start = replace(start, doubt=start.doubt or mixed)
    start = _with_year_of(s, start, end, i, second.after)
    sure = first.sure or second.sure or _is_sure(start) or _is_sure(end)
    days = first.days if len(first.days) > 1 else second.days if len(second.days) > 1 else ()
    return Expression(Said(start=start, end=end, days=days, sure=sure), i, second.after)


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

"""The grammar of whole expressions: which parts stand together, and what joins them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from safeconduct.wire.times.calendar import Lean, after_day, resolved
from safeconduct.wire.times.clocks import zone
from safeconduct.wire.times.elements import LEADS, Expression, element, range_or_moment
from safeconduct.wire.times.found import DaySaid, FoundDay, Said
from safeconduct.wire.times.parts import merged
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.tenses import is_offered, tense
from safeconduct.wire.times.words import Role

__all__ = ["expressions"]

_MOST_GLUE = 4
_MOST_NOUNS = 3
_NEAR = 5
_BEFORE = 4
_OPENS = frozenset(
    {
        *(Role.AT, Role.ON, Role.THE, Role.FOR, Role.ONE, Role.APPROX, Role.HOUR_IS),
        *(Role.HALF_PAST, Role.OH, Role.DATE_IS, Role.THIS, Role.NEXT, Role.COMING, Role.LAST),
        *(Role.AGO, Role.HALF),
    }
)
_OF_TIME = frozenset(
    {
        *(Role.MONTH, Role.WEEKDAY, Role.WEEKDAYS, Role.NUMBER, Role.ORDINAL, Role.DAY),
        *(Role.DAY_PART, Role.OCLOCK, Role.PART, Role.UNIT, Role.LENGTH, Role.UNTIL_EVENT),
        *(Role.DAILY, Role.DAY_AFTER, Role.DAY_BEFORE, Role.VAGUE, Role.OPEN, Role.SAME),
    }
)
_GLUE = (Role.ON, Role.AT, Role.THE, Role.OF, Role.AND)
_HOURS = frozenset({Role.NUMBER})
_JOINS_AND = (Role.ENDS, Role.LASTS, Role.UNTIL, Role.DAILY, Role.FOR)


def expressions(s: Sentence) -> Iterator[Expression]:
    """Every expression of time of a sentence, in order; none overlaps another."""
    i = 0
    near = _near_time(s)
    if True not in near:
        return
    while i < s.count:
        told_on = s.told_on
        begun = element(s, i) if near[i] and not s.has(i, Role.RATE) else None
        if begun is None:
            i += 1
            continue
        whole = _to_come(s, _chain(s, begun), told_on)
        if whole.said.sure:
            yield whole
            i = whole.after
        else:
            i += 1


def _near_time(s: Sentence) -> list[bool]:
    """For each item whether an expression can begin there: a word of time, or one that leads to it.

    Most words of a report say something of the past or join others; they are passed over.
    """
    near = [False] * s.count
    far = _NEAR
    for i in range(s.count - 1, -1, -1):
        item = s.items[i]
        roles = item.roles
        if item.width or (roles and not _OF_TIME.isdisjoint(roles)):
            far, near[i] = 0, True
        else:
            far += 1
            if roles and far < _NEAR:
                near[i] = not LEADS.isdisjoint(roles) or (
                    far < _BEFORE and not _OPENS.isdisjoint(roles)
                )
    return near


def _chain(s: Sentence, begun: Expression) -> Expression:
    """The expression with all that stands right behind it and belongs to it."""
    whole = begun
    while True:
        more = _again(s, whole) or _next(s, whole)
        if more is None:
            return whole
        whole = more


def _to_come(s: Sentence, whole: Expression, told_on: dt.date | None) -> Expression:
    """Days of the week of what is offered: "announced a pause on Friday, 0900 to 1400".

    A word of speaking is past, and what it offers is to come; a mere day beside it ("announced on
    Friday") is when it was said.
    """
    said = whole.said
    if said.start is None and not s.has(whole.first, Role.FOR):
        return whole
    offered = is_offered(s, whole.first, whole.after)
    if not offered and tense(s, whole.first, whole.after)[0] is not Role.FUTURE:
        return whole
    s.told_on = told_on

    def again(day: FoundDay | None) -> FoundDay | None:
        if day is None or not _is_loose(day) or _is_to_come(s, day):
            return day
        lean = Lean.OFFERED
        return resolved(s, day.said or DaySaid(), whole.first, whole.after, lean=lean)

    days = tuple(filter(None, map(again, said.days[:1])))
    days += tuple(after_day(day, days[0]) or day for day in said.days[1:])
    start = None if said.start is None else replace(said.start, day=again(said.start.day))
    first = start.day if start else None
    end = said.end
    if end is not None and end.day is not None:
        end = replace(end, day=after_day(end.day, first) if first else again(end.day))
    changed = [day for day in (*days, first) if day is not None and day.day is not None]
    s.last_day = changed[-1].day if changed else s.last_day
    return replace(whole, said=replace(said, days=days, start=start, end=end))


def _is_to_come(s: Sentence, day: FoundDay) -> bool:
    return day.day is not None and s.published is not None and day.day >= s.published


def _is_loose(day: FoundDay) -> bool:
    """Whether only a day of the week, or of a month that is not named, is told."""
    said = day.said
    if said is None or said.which or said.month is not None or said.offset is not None:
        return False
    return said.weekday is not None or said.day is not None


def _next(s: Sentence, whole: Expression) -> Expression | None:
    """The expression with the part that follows it, perhaps after a few words that only join."""
    at = whole.after + 1 if s.is_sign(whole.after, ",") else whole.after
    if (found := zone(s, at)) is not None and not whole.said.zone and _has_clock(whole.said):
        return Expression(replace(whole.said, zone=found[0]), whole.first, found[1])
    joined_by_and = False
    ends = whole.said.deadline or (whole.said.end if whole.said.start is None else None)
    lean = Lean.AHEAD if ends is not None and ends.day is None else Lean.NONE
    at = _past_noun(s, at, whole.said)
    for _ in range(_MOST_GLUE):
        if not joined_by_and or s.has(at, *_JOINS_AND):
            more = element(s, at, lean) or _bare_hours(s, at, whole.said)
            said = None if more is None else _together(whole.said, more.said)
            if more is not None and said is not None:
                return Expression(said, whole.first, more.after)
        if not s.has(at, *_GLUE):
            return None
        joined_by_and = joined_by_and or s.has(at, Role.AND)
        at += 1
    return None


def _bare_hours(s: Sentence, i: int, said: Said) -> Expression | None:
    """Hours behind a day without any word for them: "tomorrow, six till two"."""
    if not said.days or said.start or said.end or said.at or not s.starts(i, _HOURS):
        return None
    more = range_or_moment(s, i, cued=True)
    edges = (more.said.start, more.said.end) if more is not None else (None,)
    return more if all(edge is not None and edge.clock for edge in edges) else None


def _past_noun(s: Sentence, i: int, said: Said) -> int:
    """In "a 72-hour ceasefire starting at noon" a few words stand between two parts."""
    if (said.length is None and not said.daily) or said.start or said.at or said.end:
        return i
    at = i
    while at < i + _MOST_NOUNS and s.at(at).is_plain:
        at += 1
    return at if at > i and s.has(at, Role.FROM, Role.STARTING, Role.BETWEEN) else i


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
    in_zone = at > whole.after and s.is_sign(whole.after, ",")
    if not in_brackets and not s.has(at, Role.AGAIN) and not s.is_sign(at, "/"):
        return _in_another_zone(s, whole, at) if in_zone else None
    at = s.skip(at + 1, Role.AGAIN)
    more = range_or_moment(s, at, cued=True) or element(s, at)
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


def _in_another_zone(s: Sentence, whole: Expression, at: int) -> Expression | None:
    """ "10:00 Moscow time, 09:00 in Kyiv": the same once more, since both name where it is so."""
    more = range_or_moment(s, at, cued=True)
    if more is None or not _has_clock(more.said) or more.said.days:
        return None
    said, after = more.said, more.after
    if (found := zone(s, after)) is not None:
        said, after = replace(said, zone=found[0]), found[1]
    zones = _zones(whole.said) | {""}
    if zones == {""} or not (_zones(said) - zones):
        return None
    base: Said | None = whole.said
    if said.at is not None and said.at.day is not None:
        # "..., 09:00 in Kyiv, on Saturday": the day is that of both.
        base = merged(whole.said, Said(days=(said.at.day,)))
        said = replace(said, at=replace(said.at, day=None))
    if base is None:
        return None
    return Expression(replace(base, again=(*base.again, said)), whole.first, after)


def _zones(said: Said) -> set[str]:
    moments = (said.at, said.start, said.end, said.deadline)
    clocks = [one.clock for one in moments if one is not None and one.clock is not None]
    return {clock.zone for clock in clocks if clock.zone} | ({said.zone} if said.zone else set())


def _has_clock(said: Said) -> bool:
    moments = (said.at, said.start, said.end, said.deadline)
    return any(one is not None and one.clock is not None for one in moments)

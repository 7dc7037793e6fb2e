"""The grammar of days: dates, days of the week, "tomorrow", "3 to 4 November", "the 12th"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from safeconduct.wire.times.found import DaySaid
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["Days", "days", "end_of_month"]

_MOST_DAYS = 7
_FEW = 4  # "on the third" may count anything; hardly "on the twelfth"
_BEFORE_A_MONTH = (Role.FROM, Role.TO, Role.SINCE, Role.UNTIL, Role.STARTING, Role.BY)
_STARTS = frozenset(
    {
        *(Role.WEEKDAY, Role.MONTH, Role.DAY, Role.DAY_PART, Role.NUMBER, Role.ORDINAL, Role.ONE),
        *(Role.VAGUE, Role.DAY_AFTER, Role.DAY_BEFORE, Role.UNIT, Role.LENGTH, Role.DATE_IS),
        *(Role.THIS, Role.NEXT, Role.COMING, Role.LAST, Role.AGO),
    }
)
_WHICH = (Role.THIS, Role.NEXT, Role.COMING, Role.LAST)


@dataclass(frozen=True, slots=True)
class Days:
    """Days named together: `is_range` where they are the first and the last.

    `after` is the place after them, `part` a part of a day that is in the word ("tonight").
    """

    said: tuple[DaySaid, ...]
    after: int
    is_range: bool = False
    part: str = ""


def days(s: Sentence, i: int) -> Days | None:
    """The days that are named from an item on; None where none is."""
    stands = i
    i = s.skip(i, Role.THE)
    if not s.starts(i, _STARTS) and not s.starts(stands, _STARTS):
        return None
    return (
        _in_figures(s, i)
        or _dates(s, i)
        or _month_first(s, i)
        or _from_today(s, i)
        or _weekday(s, i)
        or _beside(s, i)
        or _ago(s, i)
        or _vague(s, i)
        or _of_month(s, stands if s.has(stands, Role.DATE_IS) else i)
    )


def _in_figures(s: Sentence, i: int) -> Days | None:
    """ "2016-11-04", "04.11.2016"."""
    a, b, c = s.at(i), s.at(i + 2), s.at(i + 4)
    sign = s.at(i + 1).word
    if a.number is None or sign not in ("-", ".", "/") or s.at(i + 3).word != sign:
        return None
    if b.number is None or c.number is None or not all(s.touches(i + n) for n in (1, 2, 3, 4)):
        return None
    if sign == "-" and (a.width, b.width, c.width) == (4, 2, 2):
        return Days((DaySaid(year=a.number, month=b.number, day=c.number),), i + 5)
    if a.width > 2 or b.width > 2 or c.width != 4:
        return None
    said = _in_order(s.words.date_order, a.number, b.number, c.number)
    return Days((said,), i + 5)


def _in_order(order: str, first: int, second: int, year: int) -> DaySaid:
    if first > 12 or (order == "dmy" and second <= 12):
        return DaySaid(year=year, month=second, day=first)
    if second > 12 or order == "mdy":
        return DaySaid(year=year, month=first, day=second)
    if first == second:
        return DaySaid(year=year, month=first, day=first)
    return DaySaid(ambiguous=f"{first}/{second}/{year} does not say which number is the month")


def _dates(s: Sentence, i: int) -> Days | None:
    """ "Friday, 4 November 2016", "10-11 January", "Thursday 10 and Friday 11 October"."""
    if not s.has_month_soon(i):
        return None
    entries: list[DaySaid] = []
    is_range = False
    while len(entries) < _MOST_DAYS:
        entry = _entry(s, i)
        if entry is None:
            return None
        said, i = entry
        entries.append(said)
        month, after = _month(s, i)
        if month is not None:
            year, after = _year(s, after)
            dated = (replace(one, month=month, year=year) for one in entries)
            return Days(tuple(dated), after, is_range)
        if s.has(i, Role.TO) or s.is_sign(i, "-") or s.has(i, Role.UNTIL):
            is_range, i = len(entries) == 1, i + 1
        elif s.has(i, Role.AND) or s.is_sign(i, ","):
            i += 1
        else:
            return None
    return None


def end_of_month(s: Sentence, i: int) -> Days | None:
    """ "the end of December", "the end of the month", "the end of the year": a last day."""
    at = s.skip(i, Role.THE)
    if not s.has(at, Role.END_OF):
        return None
    at = s.skip(at + 1, Role.THE, Role.THIS)
    month, after = _month(s, at)
    if month is not None:
        year, after = _year(s, after)
        return Days((DaySaid(month=month, year=year, last=True),), after)
    if s.text_role(at, Role.UNIT) == "month":
        return Days((DaySaid(last=True),), at + 1)
    if s.text_role(at, Role.UNIT) == "year":
        return Days((DaySaid(month=12, last=True),), at + 1)
    return None


def _entry(s: Sentence, i: int) -> tuple[DaySaid, int] | None:
    """One day of a list: "Friday, the 11th"."""
    i = s.skip(i, Role.THE)
    weekday = s.number_role(i, Role.WEEKDAY)
    if weekday is not None:
        i = i + 2 if s.is_sign(i + 1, ",", ".") else i + 1
        i = s.skip(i, Role.THE, Role.ON)
    found = s.ordinal(i)
    if found is None:
        found = None if s.at(i).width > 2 or s.has(i, Role.ONE) else s.number(i)
    if found is None or not 1 <= found[0] <= 31:
        return None
    after = found[1] + 1 if s.has(found[1], Role.DATE_WAS) else found[1]
    return DaySaid(day=found[0], weekday=weekday), after


def _month(s: Sentence, i: int) -> tuple[int | None, int]:
    i = s.skip(i, Role.OF)
    month = s.number_role(i, Role.MONTH)
    if month is None:
        return None, i
    after = i + 1
    # The Arab press gives both names: "تموز/يوليو", or one in brackets.
    if s.is_sign(after, "/", "-", "(") and s.number_role(after + 1, Role.MONTH) == month:
        after += 3 if s.is_sign(after, "(") and s.is_sign(after + 2, ")") else 2
    return month, after


def _year(s: Sentence, i: int) -> tuple[int | None, int]:
    at = i + 1 if s.is_sign(i, ",", ".", "(") else i
    at = s.skip(at, Role.OF)
    year = s.at(at)
    if year.width != 4 or not 1900 <= (year.number or 0) < 2100:
        return None, i
    if s.text_role(at + 1, Role.UNIT) == "hour" or s.has(at + 1, Role.ZONE, Role.HALF):
        return None, i
    if s.is_sign(at + 1, ":"):
        return None, i
    closes = s.is_sign(i, "(") and s.is_sign(at + 1, ")")
    after = at + 2 if closes or s.has(at + 1, Role.DATE_WAS) else at + 1
    return year.number, after


def _month_first(s: Sentence, i: int) -> Days | None:
    """ "Nov. 4", "November 4-5, 2016", "Friday, March 5"."""
    weekday = s.number_role(i, Role.WEEKDAY)
    if weekday is not None:
        i = s.skip(i + 2 if s.is_sign(i + 1, ",", ".") else i + 1, Role.THE)
    month = s.number_role(i, Role.MONTH)
    if month is None:
        return None
    at = i + 2 if s.is_sign(i + 1, ".") else i + 1
    first = _day_number(s, s.skip(at, Role.THE))
    if first is None:
        return None
    numbers, after, is_range = [first[0]], first[1], False
    second = None
    if s.has(after, Role.TO, Role.AND) or s.is_sign(after, "-"):
        second = _day_number(s, after + 1)
    if second is not None and second[0] > first[0] and not _is_clock_like(s, second[1]):
        is_range = not s.has(after, Role.AND)
        numbers, after = [first[0], second[0]], second[1]
    year, after = _year(s, after)
    said = tuple(DaySaid(year=year, month=month, day=n, weekday=weekday) for n in numbers)
    return Days(said, after, is_range)


def _day_number(s: Sentence, i: int) -> tuple[int, int] | None:
    found = s.ordinal(i)
    if found is None and 1 <= s.at(i).width <= 2 and s.at(i).number is not None:
        found = s.at(i).number or 0, i + 1
    if found is None or not 1 <= found[0] <= 31 or _is_clock_like(s, found[1]):
        return None
    return found


def _is_clock_like(s: Sentence, i: int) -> bool:
    """Whether what follows a number makes a time of day of it, or a thousand."""
    return (s.is_sign(i, ":", "h", ",") and s.touches(i) and s.touches(i + 1)) or s.has(
        i, Role.HALF, Role.UNIT
    )


def _from_today(s: Sentence, i: int) -> Days | None:
    """ "today", "the day after tomorrow", "tonight", "today, Friday 4 November"."""
    part = ""
    offset = s.number_role(i, Role.DAY)
    if offset is None:
        told = s.text_role(i, Role.DAY_PART)
        if not told:
            return None
        number, part = told.split(" ")
        offset = int(number)
    after = i + 1
    named_at = s.skip(after + 1 if s.is_sign(after, ",") else after, Role.THE)
    named = _dates(s, named_at) or _month_first(s, named_at)
    if named is not None and len(named.said) == 1:
        return Days((replace(named.said[0], offset=offset),), named.after, part=part)
    weekday = s.number_role(named_at, Role.WEEKDAY)
    # "Tomorrow, Friday, at five" names it twice; in "said today, Sunday is" another day follows.
    twice = s.published is not None and weekday == (s.published.weekday() + offset) % 7
    if weekday is not None and (twice or not s.is_sign(after, ",")):
        return Days((DaySaid(offset=offset, weekday=weekday),), named_at + 1, part=part)
    return Days((DaySaid(offset=offset),), after, part=part)


def _weekday(s: Sentence, i: int) -> Days | None:
    """ "Friday", "this Thursday", "vendredi prochain"."""
    which = next((role for role in _WHICH if s.has(i, role)), None)
    at = i if which is None else i + 1
    weekday = s.number_role(at, Role.WEEKDAY)
    if weekday is None:
        return None
    after = at + 1
    if s.is_sign(after, ".") and s.at(at).end - s.at(at).start <= 4 and s.at(after + 1).width:
        after += 1
    if which is None:
        which = next((role for role in _WHICH if s.has(after, role)), None)
        # In "on Friday last minute talks" the word belongs to what follows.
        ends = s.words.language != "en"
        after, which = (after + 1, which) if which and ends else (after, None)
    if which is not None and s.has(after, Role.OF):
        words = s.text[s.at(i).start : s.at(after).end]
        return Days((DaySaid(ambiguous=f"“{words} ...” is not counted here"),), after)
    return Days((DaySaid(weekday=weekday, which=which or ""),), after)


def _beside(s: Sentence, i: int) -> Days | None:
    """ "the next day", "the day before"."""
    part = s.text_role(i, Role.PART)  # "the next morning"
    if s.has(i, Role.DAY_AFTER):
        return Days((DaySaid(beside=1),), i + 1, part=part)
    if s.has(i, Role.DAY_BEFORE):
        return Days((DaySaid(beside=-1),), i + 1, part=part)
    return None


def _ago(s: Sentence, i: int) -> Days | None:
    """ "two days ago", "il y a deux jours"."""
    at = i + 1 if s.has(i, Role.AGO) else i
    if (found := s.length(at)) is None:
        return None
    length, after = found
    if at == i:
        if not s.has(after, Role.AGO):
            return None
        after += 1
    if length.unit != "day" or length.count > 31:
        words = s.text[s.at(i).start : s.at(after - 1).end]
        return Days((DaySaid(ambiguous=f"“{words}” is no day"),), after)
    return Days((DaySaid(offset=-length.count),), after)


def _is_dated(s: Sentence, i: int, number: int) -> bool:
    """Whether a day of the month is told in words: "on the twelfth", "until the twenty-first"."""
    return number > _FEW and s.has(i - 1, Role.THE) and s.has(i - 2, Role.ON, *_BEFORE_A_MONTH)


def _vague(s: Sentence, i: int) -> Days | None:
    """ "the weekend", "last week", "la semaine prochaine"."""
    if s.has(i, Role.VAGUE):
        words = s.text[s.at(i).start : s.at(i).end]
        return Days((DaySaid(ambiguous=f"“{words}” is no day"),), i + 1)
    if s.has(i, Role.MONTH) and s.has(i - 1, *_BEFORE_A_MONTH) and s.at(i - 1).word.isalpha():
        return Days((DaySaid(ambiguous="a month is no day"),), i + 1)
    long = ("week", "month", "year")
    first, second = s.text_role(i, Role.UNIT), s.text_role(i + 1, Role.UNIT)
    if (second in long and s.has(i, *_WHICH)) or (first in long and s.has(i + 1, *_WHICH)):
        words = s.text[s.at(i).start : s.at(i + 1).end]
        return Days((DaySaid(ambiguous=f"“{words}” is no day"),), i + 2)
    return None


def _of_month(s: Sentence, i: int) -> Days | None:
    """ "the 12th"; its month is the one that was named before."""
    asked = s.has(i, Role.DATE_IS)
    at = i + 1 if asked else i
    found = s.ordinal(at)
    if found is not None and not s.at(at).width and not asked and not _is_dated(s, at, found[0]):
        return None  # "the first", "the second" count something else nearly always
    if found is None and s.at(at).width in (1, 2) and s.at(at).number is not None:
        found = (s.at(at).number or 0), at + 1
        if not asked and not s.has(found[1], Role.DATE_WAS):
            return None
    if found is None or not 1 <= found[0] <= 31:
        return None
    after = found[1] + 1 if s.has(found[1], Role.DATE_WAS) else found[1]
    if s.at(after).is_plain or s.has(after, Role.HALF, Role.UNIT):
        # "the 12th convoy" is no day; "on the 12th trucks left" is not read either.
        return None
    return Days((DaySaid(day=found[0]),), after)

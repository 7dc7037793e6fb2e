"""The grammar of times of day: "9 a.m.", "0900", "18h30", "noon", "oh-five-hundred"."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.wire.times.found import Clock
from safeconduct.wire.times.sentence import Sentence
from safeconduct.wire.times.words import Role

__all__ = ["clock", "in_half", "zone"]

_STARTS = frozenset({Role.OCLOCK, Role.NUMBER, Role.ORDINAL, Role.HOUR_IS, Role.HALF_PAST, Role.OH})
_HALF_DAY = 720
_DAY = 1440


def clock(s: Sentence, i: int, *, cued: bool) -> tuple[Clock, int, bool] | None:
    """A time of day, the place after it, and whether it cannot be another kind of number.

    `cued` tells that the words before it ask for a time ("at", "from").
    """
    if not s.starts(i, _STARTS):
        return None
    minute = s.number_role(i, Role.OCLOCK)
    if minute is not None:
        return Clock(minute, midnight=minute in (0, _DAY)), i + 1, True
    if s.at(i).number == 12 and s.has(i + 1, Role.OCLOCK):
        return clock(s, i + 1, cued=cued)  # "12 noon"
    if s.has(i, Role.HOUR_IS):
        found = _told(s, i + 1, cued=True, asked=True)
        return None if found is None else (found[0], found[1], True)
    return _told(s, i, cued=cued, asked=False)


def _told(s: Sentence, i: int, *, cued: bool, asked: bool) -> tuple[Clock, int, bool] | None:
    found = (
        _figures(s, i, cued=cued)
        or _compact(s, i, cued=cued)
        or _military_words(s, i)
        or _half_past(s, i)
        or _bare(s, i, cued=cued, asked=asked)
    )
    if found is None:
        return None
    told, after, sure = found
    return _with_half(s, told, after, sure)


def _figures(s: Sentence, i: int, *, cued: bool) -> tuple[Clock, int, bool] | None:
    """ "9:00", "18.00", "18h30"."""
    hour, sign, minutes = s.at(i), s.at(i + 1), s.at(i + 2)
    if hour.number is None or hour.width > 2 or sign.word not in (":", ".", "h"):
        return None
    if minutes.width != 2 or not (_is_spaced(s, i) or (s.touches(i + 1) and s.touches(i + 2))):
        return None
    after = i + 3
    if sign.word == ":" and s.is_sign(after, ":") and s.at(after + 1).width == 2:
        after += 2  # seconds are dropped: nobody promises by the second
    if sign.word == "." and (s.is_sign(after, ".") and s.at(after + 1).width):
        return None
    made = _clock(hour.number, minutes.number or 0)
    marked = sign.word != "." or _is_marked(s, after)
    if made is None or not (marked or cued):
        return None
    if s.has(after, Role.UNIT) and s.text_role(after, Role.UNIT) == "hour":
        after += 1
    return made, after, marked


def _is_spaced(s: Sentence, i: int) -> bool:
    """Whether it is "18 h 30", and not "18 h" with a number of something behind it."""
    return s.is_sign(i + 1, "h") and s.words.hours_name_clock and not s.at(i + 3).is_plain


def _compact(s: Sentence, i: int, *, cued: bool) -> tuple[Clock, int, bool] | None:
    """ "0900", "1900 hours"."""
    item = s.at(i)
    if item.number is None or item.width != 4:
        return None
    made = _clock(item.number // 100, item.number % 100)
    if made is None or (s.is_sign(i + 1, ",") and s.at(i + 2).width == 3):
        return None
    after = i + 1
    if s.text_role(after, Role.UNIT) == "hour":
        return made, after + 1, True
    marked = s.has(after, Role.ZONE) or _leads_with_nought(s, i)
    if not marked and (not cued or s.at(after).is_plain):
        return None
    return made, after, marked


def _military_words(s: Sentence, i: int) -> tuple[Clock, int, bool] | None:
    """ "oh five hundred", "nineteen hundred hours"."""
    is_oh = s.has(i, Role.OH)
    at = i + 1 if is_oh else i
    at = at + 1 if is_oh and s.is_sign(at, "-") else at
    if (found := s.number(at)) is None or s.at(at).width:
        return None
    hour, after = found
    after = after + 1 if s.is_sign(after, "-") else after
    if not s.has(after, Role.HUNDRED) or (made := _clock(hour, 0)) is None:
        return None
    after += 1
    if s.text_role(after, Role.UNIT) == "hour":
        return made, after + 1, True
    return (made, after, True) if is_oh or s.has(after, Role.ZONE) else None


def _half_past(s: Sentence, i: int) -> tuple[Clock, int, bool] | None:
    if not s.has(i, Role.HALF_PAST) or (found := s.number(i + 1)) is None:
        return None
    made = _clock(found[0], 30)
    if made is None:
        return None
    return replace(made, half_open=0 < found[0] <= 12), found[1], True


def _bare(s: Sentence, i: int, *, cued: bool, asked: bool) -> tuple[Clock, int, bool] | None:
    """ "9", "nine", "9 o'clock", "8 heures", "the ninth hour" where a language tells it so."""
    found = _hour_by_place(s, i, cued=cued, asked=asked)
    # In "from the first to the third street" what stands behind tells that it is no hour.
    by_place = found is not None and not s.has(found[1], Role.TO, Role.UNTIL, Role.AND)
    if found is None and not s.has(i, Role.ONE):
        found = s.number(i)
    if found is None or s.at(i).width > 2:
        return None
    made, after = _clock(found[0], 0), found[1]
    if made is None:
        return None
    made = replace(made, half_open=s.words.hours == 12 and 0 < found[0] <= 12)
    if s.has(after, Role.HOUR_WAS):
        return made, after + 1, True
    if s.has(after, Role.HALF):
        return made, after, True
    if s.text_role(after, Role.UNIT) == "hour":
        # "19 heures" is a time of day after "à", and a length after "pendant".
        is_clock = s.has(after + 1, Role.HALF, Role.ZONE) or (cued and s.words.hours_name_clock)
        made = replace(made, half_open=made.half_open and not s.words.hours_name_clock)
        return (made, after + 1, True) if is_clock or asked else None
    if asked:
        return made, after, True
    if s.has(after, Role.ZONE):
        return made, after, True
    is_free = not s.at(after).is_plain and not s.has(after, Role.UNIT, Role.MONTH, Role.HUNDRED)
    is_part_of_more = (
        s.is_sign(after, ",", ".", "%", "-") and s.at(after + 1).width and (s.touches(after + 1))
    )
    if s.is_sign(after, "%") or (is_part_of_more and not s.is_sign(after, "-")):
        return None
    return (made, after, by_place) if cued and is_free else None


def _hour_by_place(s: Sentence, i: int, *, cued: bool, asked: bool) -> tuple[int, int] | None:
    """ "The ninth hour", "the 9th in the morning", "from the ninth to the fourteenth", in the
    languages that tell hours so; a noun behind it makes it the ninth of something else.
    """
    found = s.ordinal(i) if s.words.ordinal_hours else None
    if found is None:
        return None
    after = found[1]
    is_hour = s.has(after, Role.HALF, Role.ZONE) or s.text_role(after, Role.UNIT) == "hour"
    alone = not s.at(after).is_plain and not s.has(after, Role.UNIT, Role.MONTH)
    return found if asked or is_hour or (cued and alone) else None


def _with_half(s: Sentence, told: Clock, after: int, sure: bool) -> tuple[Clock, int, bool]:
    at = after + 1 if s.text_role(after, Role.UNIT) == "hour" else after
    half = s.text_role(at, Role.HALF)
    if not half:
        return told, after, sure
    return in_half(told, half), at + 1, True


def in_half(told: Clock, half: str) -> Clock:
    """The clock in the half of the day that the words name: `am`, `pm` or `night`."""
    minute = told.minute
    if half == "am":
        minute = minute - _HALF_DAY if _HALF_DAY <= minute < _HALF_DAY + 60 else minute
    elif half == "pm":
        minute = minute + _HALF_DAY if minute < _HALF_DAY else minute
    elif half == "night":
        if _HALF_DAY <= minute < _HALF_DAY + 60:
            minute -= _HALF_DAY
        elif 360 <= minute < _HALF_DAY:
            minute += _HALF_DAY
    return replace(told, minute=minute, half_open=False)


def zone(s: Sentence, i: int) -> tuple[str, int] | None:
    """A zone by its words ("local time", "GMT+3"), and the place after it.

    It is `?` where a zone is named that nobody here knows, so that the time is not taken for local.
    """
    name = s.text_role(i, Role.ZONE) or s.text_role(i, Role.ZONE_IN)
    if not name:
        if s.has(i, Role.ZONE_BEFORE):
            return "?", i + 2 if s.at(i + 1).is_plain else i + 1
        named = s.skip(i, Role.OF)
        if s.at(named).is_plain and s.has(named + 1, Role.ZONE_AFTER):
            return "?", named + 2
        return None
    sign, hours = s.at(i + 1).word, s.at(i + 2)
    if name == "Etc/UTC" and sign in ("+", "-", "\u2212") and hours.number is not None:
        if hours.width > 2 or hours.number > 12 or s.is_sign(i + 3, ":"):
            return "?", i + 3
        # The database counts from the place to Greenwich: three hours ahead is Etc/GMT-3.
        turned = "-" if sign == "+" else "+"
        return f"Etc/GMT{turned}{hours.number}" if hours.number else "Etc/UTC", i + 3
    return name, i + 1


def _clock(hour: int, minute: int) -> Clock | None:
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    return Clock(hour * 60 + minute)


def _is_marked(s: Sentence, i: int) -> bool:
    return s.has(i, Role.ZONE, Role.HALF, Role.HOUR_WAS) or (s.text_role(i, Role.UNIT) == "hour")


def _leads_with_nought(s: Sentence, i: int) -> bool:
    figures = s.text[s.at(i).start]
    return int(figures) == 0

"""The words in which a language tells time, as data: what each one says, and a few habits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from safeconduct.errors import WrongField

__all__ = ["Role", "TimeWords"]


class Role(StrEnum):
    """What a word can be in an expression of time. The first group has a value of its own."""

    # That of an enum runs in Python, and roles are looked up for every word of a report.
    __hash__ = str.__hash__

    MONTH = "month"  # 1 to 12
    WEEKDAY = "weekday"  # Monday 0
    WEEKDAYS = "weekdays"  # a day that comes back each week: "Sundays"
    NUMBER = "number"
    ORDINAL = "ordinal"
    DAY = "day"  # days from that of publication: today 0
    DAY_PART = "day-part"  # "0 night": tonight
    OCLOCK = "clock"  # minutes of the day: noon 720, midnight 0
    HALF = "half"  # am, pm or night, said with an hour
    PART = "part"  # a part of a day that is no hour, by its English name
    UNIT = "unit"  # minute, hour, day, week, month, year
    LENGTH = "length"  # "3 day": a three-day truce, in one word
    ZONE = "zone"  # local, an IANA name, or ? for one that several places use
    ZONE_IN = "zone-in"  # a zone by where the clock hangs, behind a time only: "in Kyiv"

    FROM = "from"
    STARTING = "starting"
    SINCE = "since"
    TO = "to"
    UNTIL = "until"
    UNTIL_EVENT = "until-event"
    BETWEEN = "between"
    AND = "and"
    BY = "by"
    WITHIN = "within"
    FOR = "for"
    AT = "at"
    ON = "on"
    THE = "the"
    OF = "of"
    HOUR_IS = "hour-is"  # stands before an hour: "las 10"
    HOUR_WAS = "hour-was"  # stands after an hour: "o'clock"
    ZONE_BEFORE = "zone-before"  # a zone by the name of a place follows: "heure de"
    ZONE_AFTER = "zone-after"  # or stood before: "time"
    HALF_PAST = "half-past"
    OH = "oh"  # "oh five hundred"
    HUNDRED = "hundred"
    ORDINAL_END = "ordinal-end"  # "th" of "4th"
    DATE_IS = "date-is"  # stands before a day of the month that names no month: "le 12"
    DATE_WAS = "date-was"  # stands after one, or after a year: "12 числа"
    ONE = "one"  # "a week"
    DAILY = "daily"
    RATE = "rate"  # daily, right after a length only: "eight hours a day"
    EACH = "each"
    THIS = "this"
    NEXT = "next"
    COMING = "coming"
    LAST = "last"
    AGO = "ago"
    END_OF = "end-of"
    DAY_AFTER = "day-after"  # the day after one that was named
    DAY_BEFORE = "day-before"
    VAGUE = "vague"  # a stretch that is no day: "the weekend"
    OPEN = "open"  # "until further notice"
    ONWARDS = "onwards"
    APPROX = "approx"  # "just before"
    BEGINS = "begins"
    ENDS = "ends"
    LASTS = "lasts"
    MOVED = "moved"  # "put off from Thursday to Saturday": the second is the new start
    AGAIN = "again"  # "that is": the same time once more
    SAME = "same"  # "the same hours"
    PAST = "past"  # what stands near it is over
    SAYS = "says"  # a word of speaking: what is to come is counted from the day near it
    FUTURE = "future"
    EITHER = "either"  # what stands near it may be over or to come: "was to"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """The words of one language.

    A word ending in `*` stands for every word that begins so. One written with a capital counts
    only where the text has a capital (`May`). Accents and, otherwise, case make no difference.

    Parameters
    ----------
    language : its ISO 639-1 code.
    words : for each role its words; by their value where the role has one, else under "".
    hours : 24 where a bare "8 hours" names a time of the day and leaves no doubt; 12 where it can
        be of the morning or of the evening.
    hours_name_clock : a number of hours after "at", "from", "until" is a time of the day.
    ordinal_hours : hours are told as "the ninth".
    ones_first : numbers are told as "eight and forty".
    date_order : `dmy` or `mdy`, of dates in figures; empty where it cannot be told.
    past_endings, future_endings : ends of words that tell that something is over, or to come.
    prefixes : what may be written together with the word that follows it, such as "and".
    """

    language: str
    words: Mapping[Role, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    hours: int = 24
    hours_name_clock: bool = False
    ordinal_hours: bool = False
    ones_first: bool = False
    date_order: str = ""
    past_endings: tuple[str, ...] = ()
    future_endings: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.hours not in (12, 24):
            raise WrongField(
                f"The words of time of {self.language!r} say that a day has {self.hours} hours.",
                "Give 24, or 12 where a bare hour leaves open whether it is before noon.",
            )
        if self.date_order not in ("", "dmy", "mdy"):
            raise WrongField(
                f"The order of dates of {self.language!r} is {self.date_order!r}.",
                "Give dmy, mdy, or nothing where it cannot be told.",
            )

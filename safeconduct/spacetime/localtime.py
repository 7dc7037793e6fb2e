"""Local times as people write them, resolved to instants that are beyond doubt, and shown again.

Nothing is guessed. A time needs a date, and a zone or an offset (`timetext` is the grammar); a time
the clocks skipped is refused; a time they showed twice takes the reading that gives less cover.
"""

from __future__ import annotations

import datetime as dt
import enum
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from safeconduct.errors import BareTime, EmptySpan
from safeconduct.spacetime.instants import BEGINNING, OPEN_END, utc
from safeconduct.spacetime.spans import Span
from safeconduct.spacetime.timetext import calendar_date, written_time
from safeconduct.spacetime.zones import (
    end_of_gap,
    existing_readings,
    gap_refusal,
    known_zones,
    tz_version,
    wall_clock,
    zone_named,
)

__all__ = [
    "Edge",
    "Reading",
    "Window",
    "day",
    "day_start",
    "instant",
    "known_zones",
    "resolve",
    "show",
    "tz_version",
    "utc",
    "window",
]

_DAY = dt.timedelta(days=1)
_EPOCH = dt.datetime(1970, 1, 1)
# Between these, every instant has a wall clock in every zone that `datetime` can hold.
_SHOWN_LOCALLY = range(BEGINNING + 2 * 86_400, OPEN_END - 2 * 86_400)


class Edge(enum.Enum):
    """Which end of a span a time is."""

    START = "start"
    END = "end"


class Reading(enum.Enum):
    """How a local time that the clocks showed twice is read.

    What grants cover is read NARROWER: a start takes the later instant, an end the earlier one.
    What takes cover away (a closure, a launched operation) is read WIDER, the other way round, so
    that in both cases the doubt leaves less cover.
    """

    NARROWER = "narrower"
    WIDER = "wider"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A span as a party put it: what it resolved to, in which zone, in the party's own words.

    Raises
    ------
    UnknownZone : the zone is not in the pinned database.
    """

    span: Span
    zone: str
    wording: str

    def __post_init__(self) -> None:
        zone_named(self.zone)


def instant(
    text: str, zone: str | None = None, *, edge: Edge, reading: Reading = Reading.NARROWER
) -> int:
    """The instant that `text` means, in UTC seconds.

    Three forms are understood: `2016-11-04T07:00:00Z`, `2016-11-04T09:30+02:00`, and a local
    `2016-11-04 09:00` whose zone is either the argument or the last word of the text. Seconds may
    be left out, and `T` and the space mean the same. An offset or a zone inside the text wins over
    the argument. As an END, `24:00` is the midnight that closes the day; a START must name the
    next day's 00:00.

    Parameters
    ----------
    text : one of the forms above.
    zone : the IANA name of the party's zone, for a text that names none.
    edge : which end of a span the time is.
    reading : decides, together with `edge`, between the two instants of an ambiguous time.

    Raises
    ------
    WrongField : `text` is no text (a YAML file gives 600 for an unquoted 10:00).
    BareTime : the date is missing, or zone and offset both are.
    NonexistentTime : the clocks of the zone skipped this time.
    UnknownZone : the pinned database does not know the zone.
    UnreadableTime : any other text; fractions and second 60 among them.

    >>> utc(instant("2016-11-04 09:00", "Asia/Damascus", edge=Edge.START))
    '2016-11-04T07:00:00Z'
    """
    written = written_time(text, closes_day=edge is Edge.END)
    if written.offset is not None:
        return (written.local - written.offset - _EPOCH) // dt.timedelta(seconds=1)
    name = written.zone or zone
    if name is None:
        raise BareTime(
            f"{text!r} has a date and a time but no zone, so it names no single instant.",
            "Give the party's IANA zone, for example Asia/Damascus, or an offset such as +02:00.",
            text=text,
        )
    return resolve(written.local, name, edge=edge, reading=reading, text=text)


def resolve(
    local: dt.datetime, zone: str, *, edge: Edge, reading: Reading, text: str | None = None
) -> int:
    """The instant of a wall-clock time in `zone`; NonexistentTime when it was skipped."""
    rules = zone_named(zone)
    found = existing_readings(local, rules)
    if not found:
        raise gap_refusal(local, rules, text or str(local))
    takes_later = (edge is Edge.START) == (reading is Reading.NARROWER)
    return found[-1] if takes_later else found[0]


def day_start(date_text: str, zone: str) -> int:
    """The first instant of a local day, written `2016-11-04`.

    That is 00:00 nearly always; where the clocks skipped midnight it is the moment they jumped
    into the day, where they showed it twice the earlier of the two. A restrictive statement with
    a date and no hour counts from here.

    Raises
    ------
    NonexistentTime : the zone skipped the whole day (Samoa had no 30 December 2011).
    UnreadableTime : the text is no date. WrongField, UnknownZone : as in `instant`.

    >>> show(day_start("2016-03-25", "Asia/Damascus"), "Asia/Damascus")
    '2016-03-25 01:00 Asia/Damascus (2016-03-24 22:00Z)'
    """
    date, rules = calendar_date(date_text), zone_named(zone)
    start = _first_instant(date, rules)
    if start is None:
        raise gap_refusal(dt.datetime.combine(date, dt.time()), rules, date_text)
    return start


def day(date_text: str, zone: str) -> Span:
    """The whole local day, written `2016-11-04`, from its first instant to the next day's.

    Days follow one another without gap or overlap; one may last 23, 24 or 25 hours. Raises what
    `day_start` raises.

    >>> day("2016-10-27", "Asia/Damascus").length_s // 3600
    25
    """
    start, tomorrow = day_start(date_text, zone), calendar_date(date_text) + _DAY
    # No zone ever skipped two days running, so the day after a skipped one is there.
    days = (_first_instant(date, zone_named(zone)) for date in (tomorrow, tomorrow + _DAY))
    return Span(start, next(end for end in days if end is not None))


def window(
    start_text: str | None,
    end_text: str | None,
    zone: str,
    wording: str,
    *,
    reading: Reading = Reading.NARROWER,
) -> Window:
    """The window between two times as a party named them; None is an end it left open.

    Raises
    ------
    EmptySpan : it ends before, or at the moment, it starts.
    All that `instant` raises, for either time.

    >>> window("2016-11-04 09:00", "2016-11-04 19:00", "Asia/Damascus", "9 to 7").span.length_s
    36000
    """
    start, end = BEGINNING, OPEN_END
    if start_text is not None:
        start = instant(start_text, zone, edge=Edge.START, reading=reading)
    if end_text is not None:
        end = instant(end_text, zone, edge=Edge.END, reading=reading)
    if start >= end:
        raise EmptySpan(
            f"The window starts at {show(start, zone)} but ends at {show(end, zone)}.",
            "Check which time was meant as the start; if the clocks were set back on that day, "
            "write both times with their offset.",
            start=start,
            end=end,
            zone=zone,
        )
    return Window(Span(start, end), zone, wording)


def show(moment: int, zone: str) -> str:
    """The instant for people: local date, time and zone, then UTC; seconds only if there are any.

    The far ends read `open start` and `open end`.

    >>> show(1478242800, "Asia/Damascus")
    '2016-11-04 09:00 Asia/Damascus (07:00Z)'
    """
    rules, in_utc = zone_named(zone), utc(moment)
    if moment not in _SHOWN_LOCALLY:
        return in_utc
    local, universal = wall_clock(moment, rules), _EPOCH + dt.timedelta(seconds=moment)
    same_day = local.date() == universal.date()
    said = _clock(universal) if same_day else f"{universal.date()} {_clock(universal)}"
    return f"{local.date()} {_clock(local)} {zone} ({said}Z)"


def _first_instant(date: dt.date, rules: ZoneInfo) -> int | None:
    """The first instant of a local day; None where the clocks jumped over the whole of it."""
    midnight = dt.datetime.combine(date, dt.time())
    found = existing_readings(midnight, rules)
    if found:
        return found[0]
    jump = end_of_gap(midnight, rules)
    return jump if wall_clock(jump, rules).date() == date else None


def _clock(moment: dt.datetime) -> str:
    return moment.time().isoformat("seconds" if moment.second else "minutes")

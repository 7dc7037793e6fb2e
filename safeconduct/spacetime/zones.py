"""The pinned time zone database, and how a wall clock maps to instants and back.

The `tzdata` package is the only source of zones: importing this module switches off the machine's
own zone files, so that every office computes with the same rules. Wall-clock times are naive
`datetime` values with whole seconds; all arithmetic is done in UTC.
"""

from __future__ import annotations

import datetime as dt
import difflib
import zoneinfo
from bisect import bisect_left
from functools import cache

import tzdata  # plain data: a version word and the zone files

from safeconduct.errors import NonexistentTime, UnknownZone, WrongField

__all__ = [
    "end_of_gap",
    "existing_readings",
    "gap_refusal",
    "known_zones",
    "readings",
    "tz_version",
    "wall_clock",
    "zone_named",
]

zoneinfo.reset_tzpath(())

_EPOCH = dt.datetime(1970, 1, 1)
_SECOND = dt.timedelta(seconds=1)


def tz_version() -> str:
    """The version of the pinned database, such as `2024a`; it is part of every verdict."""
    return str(tzdata.IANA_VERSION)


@cache
def known_zones() -> frozenset[str]:
    """The names of all zones of the pinned database.

    `Factory` is left out: it is the database's own word for "local time not known".
    """
    return frozenset(zoneinfo.available_timezones() - {"Factory"})


@cache
def zone_named(name: str) -> zoneinfo.ZoneInfo:
    """The rules of the zone with this IANA name, letter by letter.

    Raises
    ------
    WrongField : `name` is no text.
    UnknownZone : the pinned database does not know it; close names are suggested.
    """
    if not isinstance(name, str):
        raise WrongField(
            f"A zone must be the text of an IANA name, but {name!r} is of type "
            f"{type(name).__name__}.",
            "Give the zone as text, for example Asia/Damascus.",
            zone=repr(name),
        )
    if name not in known_zones():
        raise UnknownZone(
            f"The zone {name!r} is not in the time zone database {tz_version()}.",
            _advice(name),
            zone=name,
            close=list(_close_names(name)),
        )
    # Past the library's own cache, which may hold a zone that was read from the machine's files.
    return zoneinfo.ZoneInfo.no_cache(name)


def _close_names(name: str) -> tuple[str, ...]:
    # "damascus" is nearer to "Asia/Damascus" than letters can tell, so the city is tried as well.
    by_key = {zone.lower(): zone for zone in sorted(known_zones())}
    by_key |= {zone.rpartition("/")[2].lower(): zone for zone in sorted(known_zones())}
    wanted = name.lower().replace(" ", "_")
    found = difflib.get_close_matches(wanted, by_key, n=6, cutoff=0.7)
    return tuple(dict.fromkeys(by_key[key] for key in found))[:3]


def _advice(name: str) -> str:
    close = _close_names(name)
    if close:
        return f"Did you mean {' or '.join(close)}?"
    return "Give an IANA name of the form Area/City, for example Asia/Damascus."


def wall_clock(instant: int, zone: zoneinfo.ZoneInfo) -> dt.datetime:
    """What the clocks of `zone` show at `instant`, as a naive datetime."""
    shown = (_EPOCH + instant * _SECOND).replace(tzinfo=dt.UTC).astimezone(zone)
    return shown.replace(tzinfo=None, fold=0)


def readings(local: dt.datetime, zone: zoneinfo.ZoneInfo) -> tuple[int, int]:
    """The earlier and the later instant that a wall-clock time can be taken for.

    They are one and the same on all but two occasions. When the clocks were set back, both show
    `local`. When they were set forward over `local`, neither does: it was then read once with the
    offset of before and once with that of after.
    """
    naive = (local - _EPOCH) // _SECOND
    offsets = (local.replace(tzinfo=zone, fold=fold).utcoffset() for fold in (0, 1))
    taken = sorted(naive - (offset or dt.timedelta()) // _SECOND for offset in offsets)
    return taken[0], taken[1]


def existing_readings(local: dt.datetime, zone: zoneinfo.ZoneInfo) -> tuple[int, ...]:
    """The instants at which the clocks of `zone` do show `local`: none, one or two, in order."""
    taken = dict.fromkeys(readings(local, zone))
    return tuple(instant for instant in taken if wall_clock(instant, zone) == local)


def end_of_gap(local: dt.datetime, zone: zoneinfo.ZoneInfo) -> int:
    """The instant at which the clocks jumped over `local`, which they never showed."""
    # Before the jump the clocks are short of `local`, after it they are past it.
    before, after = readings(local, zone)
    between = range(before, after + 1)
    return between[bisect_left(between, True, key=lambda t: wall_clock(t, zone) > local)]


def gap_refusal(local: dt.datetime, zone: zoneinfo.ZoneInfo, text: str) -> NonexistentTime:
    """The error for a wall-clock time that was skipped; names the nearest times that exist."""
    jump = end_of_gap(local, zone)
    last, first = wall_clock(jump - 1, zone), wall_clock(jump, zone)
    return NonexistentTime(
        f"{text!r} does not exist in {zone.key}: the clocks there jumped from {last} to {first}.",
        f"Ask the party which it meant; the nearest times that exist are {last} and {first}.",
        text=text,
        zone=zone.key,
        last_before=str(last),
        first_after=str(first),
    )

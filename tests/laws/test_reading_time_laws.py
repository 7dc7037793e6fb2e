"""Windows as reports word them, for every zone of the pinned database and in every language.

The oracle is the `zoneinfo` library's own way from an instant to a wall clock: what a wall clock
can mean is every instant at which it shows that. The sentences are made in `rendering.py`.
"""

from __future__ import annotations

import datetime as dt
import os
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from safeconduct.spacetime import known_zones
from safeconduct.wire import Excerpt, ReadWindow
from safeconduct.wire.times import TimeFound
from tests.unit.wire.times.reading import reader
from tests.unit.wire.times.rendering import EVERY, PATTERNS

ZONES = sorted(known_zones())
DAY = 86_400
EXAMPLES = int(os.environ.get("SAFECONDUCT_EXAMPLES", "300"))

examples = settings(max_examples=EXAMPLES, deadline=None)


def clock(t: int, zone: str) -> dt.datetime:
    """What the clocks of the zone show at an instant, without the seconds."""
    shown = dt.datetime.fromtimestamp(t, ZoneInfo(zone))
    return shown.replace(tzinfo=None, fold=0, second=0)


def meanings(local: dt.datetime, zone: str) -> list[int]:
    """Every instant at which the clocks of the zone show a time."""
    naive = int(local.replace(tzinfo=dt.UTC).timestamp())
    offsets = {
        dt.datetime.fromtimestamp(naive + shift, ZoneInfo(zone)).utcoffset()
        for shift in range(-2 * DAY, 2 * DAY + 1, 6 * 3600)
    }
    instants = sorted(naive - int(o.total_seconds()) for o in offsets if o is not None)
    return [
        t
        for t in instants
        if dt.datetime.fromtimestamp(t, ZoneInfo(zone)).replace(tzinfo=None, fold=0) == local
    ]


def read(sentence: str, language: str, zone: str) -> list[TimeFound]:
    place = Excerpt(0, len(sentence))
    return reader().find(sentence, place, language, published=None, zone=zone)


def check(start: dt.datetime, end: dt.datetime, language: str, n: int, zone: str) -> None:
    """One sentence is one window: the narrower of all that it can mean, or a refusal."""
    sentence = PATTERNS[language][n](start, end)
    found = read(sentence, language, zone)
    assert len(found) == 1, sentence
    window = found[0].what
    assert isinstance(window, ReadWindow), sentence
    starts, ends = meanings(start, zone), meanings(end, zone)
    if not starts or not ends:
        assert "does not exist" in window.unresolved, sentence
    elif starts[-1] >= ends[0]:
        assert window.unresolved == "it would end before it begins", sentence
    else:
        assert not window.unresolved, sentence
        assert (window.start, window.end) == (starts[-1], ends[0]), sentence
        return
    assert window.start is window.end is None, sentence


@cache
def changes(zone: str, year: int) -> tuple[int, ...]:
    """The instants of a year at which the clocks were changed, found by halving each fortnight."""
    start = int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp())
    found = []
    for before in range(start, start + 366 * DAY, 14 * DAY):
        after = before + 14 * DAY
        if _offset(before, zone) != _offset(after, zone):
            while after - before > 1:
                middle = (before + after) // 2
                same = _offset(middle, zone) == _offset(before, zone)
                before, after = (middle, after) if same else (before, middle)
            found.append(after)
    return tuple(found)


def _offset(t: int, zone: str) -> dt.timedelta | None:
    return dt.datetime.fromtimestamp(t, ZoneInfo(zone)).utcoffset()


@pytest.mark.law(4, 5)
@given(
    pattern=st.sampled_from(EVERY),
    zone=st.sampled_from(ZONES),
    day=st.dates(dt.date(1950, 1, 1), dt.date(2090, 12, 31)),
    minutes=st.lists(st.integers(0, 1439), min_size=2, max_size=2, unique=True).map(sorted),
)
@example(("en", 0), "Asia/Damascus", dt.date(2016, 11, 4), [540, 1140])
@examples
def test_a_window_that_is_worded_is_read_back(
    pattern: tuple[str, int], zone: str, day: dt.date, minutes: list[int]
) -> None:
    midnight = dt.datetime.combine(day, dt.time())
    start, end = (midnight + dt.timedelta(minutes=m) for m in minutes)
    check(start, end, *pattern, zone)


@cache
def changed_clocks() -> list[tuple[str, int]]:
    """Each zone with each moment of some years at which its clocks were changed."""
    years = (1978, 1996, 2011, 2016)
    return [(zone, at) for zone in ZONES for year in years for at in changes(zone, year)]


def around(at: dt.datetime, before: int, after: int) -> tuple[dt.datetime, dt.datetime]:
    """So many minutes around a time, inside its day."""
    midnight = dt.datetime.combine(at.date(), dt.time())
    start = max(midnight, at - dt.timedelta(minutes=before))
    return start, min(at + dt.timedelta(minutes=after), midnight + dt.timedelta(minutes=1439))


@pytest.mark.law(4, 5)
@given(
    pattern=st.sampled_from(EVERY),
    which=st.integers(0, 10**6),
    before=st.integers(0, 300),
    after=st.integers(0, 300),
)
@examples
def test_near_a_change_of_the_clocks_the_narrower_window_is_read(
    pattern: tuple[str, int], which: int, before: int, after: int
) -> None:
    zone, changed = changed_clocks()[which % len(changed_clocks())]
    start, end = around(clock(changed, zone), before, after)
    assume(start < end)
    check(start, end, *pattern, zone)


@pytest.mark.law(4, 5)
@pytest.mark.parametrize(("before", "after"), [(30, 240), (240, -30), (90, 20), (0, 60)])
def test_every_change_of_some_years_in_every_zone_is_read_narrowly(before: int, after: int) -> None:
    seen = 0
    for number, (zone, changed) in enumerate(changed_clocks()):
        start, end = around(clock(changed, zone), before, after)
        if start < end:
            check(start, end, *EVERY[number % len(EVERY)], zone)
            seen += 1
    assert seen > 1000

"""Local time, for every zone of the pinned database: whatever a clock shows leads back.

The oracle is the `zoneinfo` library's own way from an instant to a wall clock, which is never in
doubt; what is under test is the way back.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from safeconduct.errors import NonexistentTime
from safeconduct.spacetime import (
    Edge,
    Reading,
    Recurrence,
    Span,
    Spans,
    day,
    day_start,
    instant,
    known_zones,
    show,
    utc,
)

ZONES = sorted(known_zones())
DAY = 86_400
FIRST = int(dt.datetime(1900, 1, 3, tzinfo=dt.UTC).timestamp())
LAST = int(dt.datetime(2100, 1, 1, tzinfo=dt.UTC).timestamp())

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)


def clock(t: int, zone: str) -> dt.datetime:
    """What the clocks of the zone show at an instant."""
    return dt.datetime.fromtimestamp(t, ZoneInfo(zone)).replace(tzinfo=None, fold=0)


def offset(t: int, zone: str) -> int:
    """How far the clocks of the zone are ahead of UTC at an instant, in seconds."""
    return int((clock(t, zone) - clock(t, "UTC")).total_seconds())


@cache
def changes(zone: str, year: int) -> tuple[int, ...]:
    """The instants of a year at which the clocks were changed, found by halving each fortnight."""
    start = int(dt.datetime(year, 1, 1, tzinfo=dt.UTC).timestamp())
    found = []
    for before in range(start, start + 366 * DAY, 14 * DAY):
        after = before + 14 * DAY
        if offset(before, zone) != offset(after, zone):
            while after - before > 1:
                middle = (before + after) // 2
                same = offset(middle, zone) == offset(before, zone)
                before, after = (middle, after) if same else (before, middle)
            found.append(after)
    return tuple(found)


def check_the_way_back(t: int, zone: str) -> None:
    """The time shown at `t` leads back to `t`, or to the reading of it that covers less."""
    shown = clock(t, zone)
    near = {t + shift for shift in all_shifts(zone, t)}
    readings = sorted(other for other in near if clock(other, zone) == shown)
    text = shown.isoformat(" ")
    assert instant(text, zone, edge=Edge.START) == readings[-1]
    assert instant(text, zone, edge=Edge.END) == readings[0]
    assert instant(text, zone, edge=Edge.START, reading=Reading.WIDER) == readings[0]
    assert instant(text, zone, edge=Edge.END, reading=Reading.WIDER) == readings[-1]


def all_shifts(zone: str, t: int) -> set[int]:
    """By how much another reading of a time can differ: the offsets of two days, hour by hour."""
    offsets = {offset(t + hours * 3600, zone) for hours in range(-25, 26)}
    return {one - other for one in offsets for other in offsets}


def check_a_change(zone: str, change: int) -> None:
    """Around a change of the clocks every time leads back, and every skipped one is refused."""
    before, after = offset(change - 1, zone), offset(change, zone)
    for t in (change - 1, change, change - abs(after - before), change + abs(after - before) // 2):
        check_the_way_back(t, zone)
    for skipped in {change + before, change + after - 1, change + (before + after) // 2}:
        if change + before <= skipped < change + after:
            text = (dt.datetime(1970, 1, 1) + dt.timedelta(seconds=skipped)).isoformat(" ")
            for edge in Edge:
                with pytest.raises(
                    NonexistentTime, match=re.escape(f"{text}' does not exist in {zone}:")
                ):
                    instant(text, zone, edge=edge)


@cache
def all_changes(year: int) -> list[tuple[str, int]]:
    """Every zone whose clocks were changed in a year, with every instant at which they were."""
    return [(zone, change) for zone in ZONES for change in changes(zone, year)]


YEARS = (1916, 1945, 1978, 1995, 2011, 2016, 2024, 2050)
any_change = st.sampled_from(YEARS).flatmap(lambda year: st.sampled_from(all_changes(year)))


@pytest.mark.law(4, 5)
@pytest.mark.parametrize("year", YEARS)
def test_in_every_zone_every_change_of_the_clocks_of_a_year_is_read_on_the_sure_side(
    year: int,
) -> None:
    assert len(all_changes(year)) > 50
    for zone, change in all_changes(year):
        check_a_change(zone, change)


@pytest.mark.law(4, 5)
@examples
@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_whatever_a_clock_shows_leads_back_to_its_instant(zone: str, t: int) -> None:
    check_the_way_back(t, zone)


@pytest.mark.law(4, 5)
@examples
@given(any_change, st.integers(-90_000, 90_000))
def test_near_a_change_of_the_clocks_as_well(changed: tuple[str, int], shift: int) -> None:
    zone, change = changed
    check_the_way_back(change + shift, zone)


@examples
@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_a_written_utc_time_leads_back_whatever_the_zone(zone: str, t: int) -> None:
    assert instant(utc(t), zone, edge=Edge.START) == instant(utc(t), edge=Edge.END) == t


@examples
@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_what_is_shown_begins_with_the_local_time_and_ends_with_utc(zone: str, t: int) -> None:
    shown = show(t, zone)
    assert shown.startswith(clock(t, zone).isoformat(" ", "minutes"))
    assert f" {zone} (" in shown
    assert clock(t, "UTC").strftime("%H:%M") in shown[shown.index("(") :]


@examples
@given(st.sampled_from(ZONES), st.integers(FIRST, LAST))
def test_days_follow_one_another_and_start_with_their_first_second(zone: str, t: int) -> None:
    date = clock(t, zone).date()
    today = day(str(date), zone)
    assert today.start == day_start(str(date), zone)
    assert clock(today.start, zone).date() == date
    assert clock(today.start - 1, zone).date() < date
    assert clock(today.end, zone).date() > date
    assert today.end == day_start(str(clock(today.end, zone).date()), zone)


times_of_day = st.times().map(lambda time: time.strftime("%H:%M"))


any_moment = st.tuples(st.sampled_from(ZONES), st.integers(FIRST + 30 * DAY, LAST))


@st.composite
def recurrences(
    draw: st.DrawFn, moments: st.SearchStrategy[tuple[str, int]]
) -> tuple[Recurrence, Span]:
    """A daily window, and a horizon of up to a fortnight around a moment in some zone."""
    zone, middle = draw(moments)
    horizon = Span(middle - draw(st.integers(0, 7 * DAY)), middle + draw(st.integers(1, 7 * DAY)))
    start, end = draw(times_of_day), draw(times_of_day | st.just("24:00"))
    assume(start != end)
    first = clock(middle - draw(st.integers(0, 9)) * DAY, zone).date()
    weekdays = draw(st.none() | st.frozensets(st.integers(0, 6), min_size=1))
    return Recurrence(str(first), None, start, end, zone, weekdays), horizon


def stated(recurrence: Recurrence, t: int) -> bool:
    """Whether the clocks at an instant show a time inside the stated hours of a day that counts."""
    shown = clock(t, recurrence.zone)
    time, today = shown.strftime("%H:%M"), shown.date()
    over_midnight = recurrence.end < recurrence.start
    from_yesterday = over_midnight and time < recurrence.end
    begun = recurrence.start <= time and (over_midnight or time < recurrence.end)
    yesterday = today - dt.timedelta(days=1)
    return (begun and counts(recurrence, today)) or (
        from_yesterday and counts(recurrence, yesterday)
    )


def counts(recurrence: Recurrence, date: dt.date) -> bool:
    """Whether a day has a window by first day and weekday."""
    weekdays = recurrence.weekdays or range(7)
    return str(date) >= recurrence.first and date.weekday() in weekdays


@pytest.mark.law(4)
@examples
@given(recurrences(any_change | any_moment))
def test_a_granted_recurrence_never_covers_an_instant_outside_the_stated_hours(
    drawn: tuple[Recurrence, Span],
) -> None:
    recurrence, horizon = drawn
    for window in recurrence.windows(horizon):
        assert horizon.holds(window.span)
        middle = (window.span.start + window.span.end) // 2
        inside = {window.span.start, middle, window.span.end - 1}
        inside |= set(range(window.span.start, window.span.end, 1201))
        assert all(stated(recurrence, t) for t in inside)


@pytest.mark.law(5)
@examples
@given(recurrences(any_change | any_moment))
def test_a_recurrence_that_takes_cover_away_leaves_out_no_instant_of_the_stated_hours(
    drawn: tuple[Recurrence, Span],
) -> None:
    recurrence, horizon = drawn
    wider = Spans.of(window.span for window in recurrence.windows(horizon, reading=Reading.WIDER))
    narrower = Spans.of(window.span for window in recurrence.windows(horizon))
    assert narrower - wider == Spans()
    for t in range(horizon.start, horizon.end, 1201):
        assert wider.contains(t) or not stated(recurrence, t)


@examples
@given(recurrences(any_moment))
def test_where_the_clocks_are_left_alone_grant_and_closure_are_one(
    drawn: tuple[Recurrence, Span],
) -> None:
    recurrence, horizon = drawn
    around = range(horizon.start - 3 * DAY, horizon.end + 3 * DAY, 1800)
    assume(len({offset(t, recurrence.zone) for t in around}) == 1)
    assert recurrence.windows(horizon) == recurrence.windows(horizon, reading=Reading.WIDER)

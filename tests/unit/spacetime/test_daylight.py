"""The hours of daylight at a place, against figures of another program and a few plain truths."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.spacetime import Span, Spans
from safeconduct.spacetime.daylight import daylight_spans

DAY, E7 = 86_400, 10_000_000

# Sunrise and sunset on a level horizon as astral 3.2 (Apache-2.0) gives them.
FIGURES = (
    ("aleppo", 37.16, 36.2, "2016-11-04T03:57:32Z", "2016-11-04T14:31:48Z"),
    ("aleppo", 37.16, 36.2, "2024-06-21T02:14:41Z", "2024-06-21T16:51:49Z"),
    ("aleppo", 37.16, 36.2, "2030-12-21T04:38:47Z", "2030-12-21T14:19:59Z"),
    ("aleppo", 37.16, 36.2, "2022-03-05T03:56:51Z", "2022-03-05T15:29:24Z"),
    ("khartoum", 32.53, 15.5, "2016-11-04T03:47:37Z", "2016-11-04T15:19:01Z"),
    ("khartoum", 32.53, 15.5, "2024-06-21T03:20:30Z", "2024-06-21T16:23:03Z"),
    ("khartoum", 32.53, 15.5, "2030-12-21T04:11:49Z", "2030-12-21T15:24:00Z"),
    ("khartoum", 32.53, 15.5, "2022-03-05T04:04:54Z", "2022-03-05T15:58:03Z"),
    ("mariupol", 37.55, 47.1, "2016-11-04T04:17:42Z", "2016-11-04T14:08:21Z"),
    ("mariupol", 37.55, 47.1, "2024-06-21T01:34:38Z", "2024-06-21T17:28:45Z"),
    ("mariupol", 37.55, 47.1, "2030-12-21T05:13:16Z", "2030-12-21T13:42:22Z"),
    ("mariupol", 37.55, 47.1, "2022-03-05T04:02:59Z", "2022-03-05T15:20:23Z"),
    ("quito", -78.5, -0.2, "2016-11-04T10:54:02Z", "2016-11-04T23:01:03Z"),
    ("quito", -78.5, -0.2, "2024-06-21T11:12:49Z", "2024-06-21T23:19:07Z"),
    ("quito", -78.5, -0.2, "2030-12-21T11:08:16Z", "2030-12-21T23:16:06Z"),
    ("quito", -78.5, -0.2, "2022-03-05T11:22:13Z", "2022-03-05T23:28:36Z"),
    ("oslo", 10.75, 59.9, "2016-11-04T06:47:39Z", "2016-11-04T15:12:31Z"),
    ("oslo", 10.75, 59.9, "2024-06-21T01:54:35Z", "2024-06-21T20:43:12Z"),
    ("oslo", 10.75, 59.9, "2030-12-21T08:18:29Z", "2030-12-21T14:11:38Z"),
    ("oslo", 10.75, 59.9, "2022-03-05T06:04:13Z", "2022-03-05T16:53:56Z"),
)


def seconds(told: str) -> int:
    return int(dt.datetime.fromisoformat(told).timestamp())


def daylight(lon: float, lat: float, around: int, **more: int) -> Spans:
    horizon = Span(around - DAY // 2, around + DAY // 2)
    return daylight_spans(round(lon * E7), round(lat * E7), horizon, **more)


@pytest.mark.parametrize(("name", "lon", "lat", "rises", "sets"), FIGURES)
def test_the_day_begins_after_sunrise_and_ends_before_sunset_by_a_few_minutes(
    name: str, lon: float, lat: float, rises: str, sets: str
) -> None:
    up, down = seconds(rises), seconds(sets)
    here = daylight(lon, lat, (up + down) // 2).around((up + down) // 2)
    assert here is not None
    assert 90 <= here.start - up <= 200 and 90 <= down - here.end <= 200
    assert here.start % 60 == here.end % 60 == 0


def test_civil_twilight_makes_a_longer_day() -> None:
    noon = seconds("2016-11-04T10:00:00Z")
    (short,), (long,) = daylight(37, 36, noon), daylight(37, 36, noon, below_arcmin=360)
    assert 20 * 60 < short.start - long.start < 35 * 60
    assert 20 * 60 < long.end - short.end < 35 * 60


def test_in_the_far_north_summer_is_one_day_and_winter_one_night() -> None:
    june, december = seconds("2024-06-21T12:00:00Z"), seconds("2024-12-21T12:00:00Z")
    assert daylight(25, 71, june) == Spans.one(june - DAY // 2, june + DAY // 2)
    assert daylight(25, 71, december) == Spans()
    assert daylight(0, 90, june) and not daylight(0, 90, december)
    assert daylight(0, -90, december) and not daylight(0, -90, june)


places = st.tuples(st.integers(-180 * E7, 180 * E7), st.integers(-60 * E7, 60 * E7))
years = st.integers(0, 100 * 365 * DAY)


@given(places, years)
def test_away_from_the_poles_every_day_has_one_daylight_and_every_night_none(
    place: tuple[int, int], start: int
) -> None:
    # Ten days from any moment hold nine nights at least, and none without a day between.
    found = list(daylight_spans(*place, Span(start, start + 10 * DAY)))
    assert 9 <= len(found) <= 11
    for one, following in pairwise(found):
        assert 4 * 3600 < following.start - one.end < 20 * 3600


@given(places, years, st.integers(1, 3 * DAY))
def test_a_part_of_the_time_has_its_part_of_the_daylight(
    place: tuple[int, int], start: int, length_s: int
) -> None:
    whole = daylight_spans(*place, Span(start, start + 4 * DAY))
    part = Span(start + DAY // 2, start + DAY // 2 + length_s)
    assert daylight_spans(*place, part) == whole.within(part)


@given(places, years)
def test_on_the_other_side_of_the_earth_it_is_night(place: tuple[int, int], start: int) -> None:
    lon, lat = place
    across = lon - 180 * E7 if lon > 0 else lon + 180 * E7
    horizon = Span(start, start + DAY)
    here, there = (
        daylight_spans(at_lon, at_lat, horizon, below_arcmin=0)  # no refraction: a ball in the sun
        for at_lon, at_lat in ((lon, lat), (across, -lat))
    )
    assert here and there and not here & there

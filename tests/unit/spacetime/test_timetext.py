"""The grammar of times: what is read, what is refused, and in which words."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from safeconduct.errors import BareTime, UnreadableTime, WrongField
from safeconduct.spacetime.timetext import calendar_date, time_of_day, written_time

NINE = dt.datetime(2016, 11, 4, 9)


@pytest.mark.parametrize(
    ("text", "offset_h", "zone"),
    [
        ("2016-11-04T09:00:00Z", 0, None),
        ("2016-11-04 09:00Z", 0, None),
        ("2016-11-04T09:00+02:00", 2, None),
        ("2016-11-04 09:00:00-05:00", -5, None),
        ("2016-11-04 09:00+14:00", 14, None),
        ("2016-11-04 09:00", None, None),
        ("2016-11-04T09:00:00", None, None),
        ("2016-11-04 09:00 Asia/Damascus", None, "Asia/Damascus"),
        ("2016-11-04T09:00 Etc/GMT+3", None, "Etc/GMT+3"),
    ],
)
def test_each_form_is_read_for_what_it_says(
    text: str, offset_h: int | None, zone: str | None
) -> None:
    written = written_time(text, closes_day=False)
    assert written.local == NINE
    assert written.offset == (None if offset_h is None else dt.timedelta(hours=offset_h))
    assert written.zone == zone


@pytest.mark.parametrize(
    "text",
    [
        "10:00",
        "9:30",
        "10:00:00",
        "9 am",
        "9.30 p.m.",
        "10h",
        "10h30",
        "8 o'clock",
        "10 hrs",
        "noon",
        "midnight",
        "10:00Z",
        "10:00+02:00",
        "10:00 Asia/Damascus",
        "9 am local",
    ],
)
def test_a_time_of_day_without_its_date_is_a_bare_time(text: str) -> None:
    with pytest.raises(BareTime) as refused:
        written_time(text, closes_day=False)
    assert f"{text!r} is a time of day without a date" in str(refused.value)
    assert "Give the date and the party's zone" in refused.value.remedy


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow 10:00",
        "10 November",
        "04/11/2016 09:00",
        "2016-11-4 09:00",
        "2016-11-04 9:00",
        "2016-11-04T09",
        "2016-11-04T09:00:00.5Z",
        "2016-11-04T09:00:00z",
        "2016-11-04  09:00",
        " 2016-11-04 09:00",
        "2016-11-04 09:00\n",
        "2016-11-04 09:00 +02:00",
        "2016-11-04T09:00+0200",
        "٢٠١٦-١١-٠٤ ٠٩:٠٠",
        "until the last bus",
    ],
)
def test_anything_else_is_refused_with_the_accepted_forms(text: str) -> None:
    with pytest.raises(UnreadableTime) as refused:
        written_time(text, closes_day=True)
    assert "is not written as a time" in refused.value.found
    for form in ("2016-11-04T07:00:00Z", "2016-11-04T09:30+02:00", "2016-11-04 09:00 with an IANA"):
        assert form in refused.value.remedy


def test_a_date_alone_is_told_that_its_hour_is_missing() -> None:
    with pytest.raises(UnreadableTime, match="'2016-11-04' names a day but no time of day"):
        written_time("2016-11-04", closes_day=False)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("2016-02-30 09:00", "'2016-02-30' is no day of the calendar"),
        ("2016-13-01 09:00", "'2016-13-01' is no day of the calendar"),
        ("1899-12-31 09:00", "year of '1899-12-31' is outside 1900 to 2999"),
        ("3000-01-01 09:00", "year of '3000-01-01' is outside 1900 to 2999"),
        ("2016-11-04 25:00", "hours run from 00 to 23"),
        ("2016-11-04 09:60", "minutes and seconds to 59"),
        ("2016-12-31T23:59:60Z", "a leap second as the second before it"),
        ("2016-11-04 09:00+14:01", r"No place is \+14:01 from UTC"),
        ("2016-11-04 09:00+02:60", r"No place is \+02:60 from UTC"),
    ],
)
def test_a_text_of_the_right_shape_is_told_which_part_is_wrong(text: str, says: str) -> None:
    with pytest.raises(UnreadableTime, match=says) as refused:
        written_time(text, closes_day=False)
    assert f"{text!r} cannot be read" in refused.value.found
    assert refused.value.facts == {"text": text}


def test_what_a_yaml_file_makes_of_an_unquoted_time_is_recognised() -> None:
    # YAML 1.1 reads 10:00 as a number to base 60: 10 x 60 + 0 = 600.
    number: Any = 600
    with pytest.raises(WrongField) as refused:
        written_time(number, closes_day=False)
    assert "An unquoted 10:00 in a YAML file is read as 600." in str(refused.value)
    assert "Put the time in quotes" in refused.value.remedy


@pytest.mark.parametrize(
    "value", [None, True, 59, 2016, 9.5, dt.datetime(2016, 11, 4, 9), b"09:00"]
)
def test_what_is_no_text_is_refused_by_its_type(value: Any) -> None:
    with pytest.raises(WrongField, match=f"is of type {type(value).__name__}") as refused:
        written_time(value, closes_day=False)
    assert "unquoted" not in str(refused.value)


def test_midnight_may_be_written_24_00_only_where_it_closes_a_day() -> None:
    closing = written_time("2016-11-04 24:00", closes_day=True)
    assert closing.local == dt.datetime(2016, 11, 5)
    with pytest.raises(UnreadableTime, match="midnight at the start of a day as 00:00"):
        written_time("2016-11-04 24:00", closes_day=False)
    with pytest.raises(UnreadableTime, match="no time of day"):
        written_time("2016-11-04 24:01", closes_day=True)


def test_a_time_of_day_is_read_to_the_second() -> None:
    assert time_of_day("09:00:30", closes_day=False) == dt.timedelta(hours=9, seconds=30)
    with pytest.raises(UnreadableTime, match=r"'9' is no time of day.*24-hour clock: 09:00"):
        time_of_day("9", closes_day=False)


def test_a_leap_day_is_a_date_only_in_its_years() -> None:
    assert calendar_date("2016-02-29") == dt.date(2016, 2, 29)
    with pytest.raises(UnreadableTime, match="no day of the calendar"):
        calendar_date("2015-02-29")
    with pytest.raises(UnreadableTime, match=r"'4 Nov 2016' is no date.*2016-11-04"):
        calendar_date("4 Nov 2016")

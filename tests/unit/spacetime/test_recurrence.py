"""Daily windows: which days, which hours, and what becomes of the days with changed clocks."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from safeconduct.errors import (
    EmptySpan,
    UnboundedHorizon,
    UnknownZone,
    UnreadableTime,
    WrongField,
)
from safeconduct.spacetime import BEGINNING, OPEN_END, Reading, Recurrence, Span, day, utc

DAMASCUS = "Asia/Damascus"
DAILY = Recurrence("2016-11-08", "2016-11-12", "09:00", "17:00", DAMASCUS, wording="daily 9 to 5")
AUTUMN = Recurrence("2016-10-01", None, "23:15", "23:45", DAMASCUS)
SPRING = Recurrence("2016-03-01", None, "00:30", "04:00", DAMASCUS)


def days(first: str, last: str) -> Span:
    """From the first instant of one day to the last of another, in Damascus."""
    return Span(day(first, DAMASCUS).start, day(last, DAMASCUS).end)


NOVEMBER = days("2016-11-01", "2016-11-30")


def shown(recurrence: Recurrence, horizon: Span, reading: Reading = Reading.NARROWER) -> list[str]:
    """The windows as `start/end` in UTC."""
    found = recurrence.windows(horizon, reading=reading)
    return [f"{utc(window.span.start)}/{utc(window.span.end)}" for window in found]


def test_there_is_one_window_for_each_day_with_the_partys_words_and_zone() -> None:
    found = DAILY.windows(NOVEMBER)
    assert len(found) == 5  # the 8th, 9th, 10th, 11th and 12th
    assert {(window.zone, window.wording) for window in found} == {(DAMASCUS, "daily 9 to 5")}
    # 09:00 to 17:00 at +2.
    assert shown(DAILY, NOVEMBER)[0] == "2016-11-08T07:00:00Z/2016-11-08T15:00:00Z"


def test_weekdays_and_excluded_days_are_left_out() -> None:
    # 8 November 2016 was a Tuesday (1), so the 11th was the Friday (4).
    without_friday = replace(DAILY, weekdays=frozenset({0, 1, 2, 3, 5, 6}))
    without_the_11th = replace(DAILY, excluded=frozenset({"2016-11-11"}))
    assert without_friday.windows(NOVEMBER) == without_the_11th.windows(NOVEMBER)
    assert [text[:10] for text in shown(without_friday, NOVEMBER)] == [
        "2016-11-08",
        "2016-11-09",
        "2016-11-10",
        "2016-11-12",
    ]


def test_windows_are_cut_at_the_horizon() -> None:
    # The horizon runs from 14:00Z on the 8th to 08:00Z on the 9th.
    horizon = Span(1478613600, 1478613600 + 18 * 3600)
    assert shown(DAILY, horizon) == [
        "2016-11-08T14:00:00Z/2016-11-08T15:00:00Z",
        "2016-11-09T07:00:00Z/2016-11-09T08:00:00Z",
    ]


def test_without_a_last_day_the_windows_go_on_to_the_end_of_the_horizon() -> None:
    assert len(replace(DAILY, last=None).windows(NOVEMBER)) == 30 - 7


def test_an_end_before_the_start_falls_on_the_next_day() -> None:
    night = replace(DAILY, start="22:00", end="06:00", last="2016-11-08")
    assert shown(night, NOVEMBER) == ["2016-11-08T20:00:00Z/2016-11-09T04:00:00Z"]


def test_a_night_window_that_began_before_the_horizon_is_found() -> None:
    night = replace(DAILY, start="22:00", end="06:00")
    morning = Span(1478656800, 1478656800 + 3600)  # 9 November, 02:00Z, for an hour
    assert shown(night, morning) == ["2016-11-09T02:00:00Z/2016-11-09T03:00:00Z"]


def test_a_window_that_began_two_utc_days_before_the_horizon_is_found() -> None:
    # Honolulu is at -10. 23:00 of the 8th to 22:00 of the 9th is 09:00Z of the 9th to 08:00Z of
    # the 10th; the horizon begins at 06:00Z of the 10th.
    nearly_whole = replace(DAILY, start="23:00", end="22:00", zone="Pacific/Honolulu")
    horizon = Span(1478757600, 1478757600 + 3 * 3600)
    assert shown(replace(nearly_whole, last="2016-11-08"), horizon) == [
        "2016-11-10T06:00:00Z/2016-11-10T08:00:00Z"
    ]


def test_whole_days_are_written_to_24_00_and_follow_one_another() -> None:
    whole = replace(DAILY, start="00:00", end="24:00")
    found = [window.span for window in whole.windows(NOVEMBER)]
    assert all(early.end == late.start for early, late in pairwise(found))


def test_a_granted_window_whose_start_was_skipped_is_left_out() -> None:
    # On 25 March 00:00 became 01:00, so 00:30 never was.
    assert [text[:10] for text in shown(SPRING, days("2016-03-24", "2016-03-26"))] == [
        "2016-03-23",  # 00:30 of the 24th is 22:30Z of the 23rd
        "2016-03-25",  # 00:30 of the 26th is 21:30Z of the 25th
    ]


def test_a_closure_whose_start_was_skipped_counts_from_its_earliest_reading() -> None:
    # 00:30 at the later offset, +3, is 21:30Z; 04:00 at +3 is 01:00Z.
    found = shown(SPRING, days("2016-03-25", "2016-03-25"), Reading.WIDER)
    assert found == ["2016-03-24T22:00:00Z/2016-03-25T01:00:00Z"]  # cut at the day's first instant
    found = shown(SPRING, days("2016-03-24", "2016-03-25"), Reading.WIDER)
    assert found[1] == "2016-03-24T21:30:00Z/2016-03-25T01:00:00Z"


def test_in_a_doubled_hour_a_grant_gives_nothing_and_a_closure_takes_both() -> None:
    # 27 October: 23:15 is 20:15Z or 21:15Z, 23:45 is 20:45Z or 21:45Z.
    horizon = days("2016-10-27", "2016-10-27")
    assert shown(AUTUMN, horizon) == []
    assert shown(AUTUMN, horizon, Reading.WIDER) == ["2016-10-27T20:15:00Z/2016-10-27T21:45:00Z"]


@pytest.mark.parametrize(
    ("horizon", "says"),
    [(Span(BEGINNING, 0), "from open start to 1970"), (Span(0, OPEN_END), "to open end")],
)
def test_a_horizon_without_both_ends_is_refused(horizon: Span, says: str) -> None:
    with pytest.raises(UnboundedHorizon, match=says) as refused:
        DAILY.windows(horizon)
    assert "State a horizon with both" in refused.value.remedy


def test_a_horizon_before_or_after_the_calendar_of_texts_has_no_windows() -> None:
    assert replace(DAILY, last=None).windows(Span(BEGINNING + 1, BEGINNING + 2)) == ()
    assert replace(DAILY, last=None).windows(Span(OPEN_END - 2, OPEN_END - 1)) == ()


@pytest.mark.parametrize(
    ("change", "error", "says"),
    [
        ({"last": "2016-11-07"}, EmptySpan, "ends on 2016-11-07, before its first day 2016-11-08"),
        ({"end": "09:00"}, EmptySpan, "either empty or a whole day.*00:00 to 24:00"),
        ({"start": "24:00"}, UnreadableTime, "midnight at the start of a day as 00:00"),
        ({"end": "5 pm"}, UnreadableTime, "'5 pm' is no time of day"),
        ({"first": "8 November"}, UnreadableTime, "'8 November' is no date"),
        ({"last": ""}, UnreadableTime, "'' is no date"),
        ({"excluded": frozenset({"Friday"})}, UnreadableTime, "'Friday' is no date"),
        ({"weekdays": frozenset({7})}, WrongField, r"weekdays \[7\] are not some of 0 \(Monday\)"),
        ({"weekdays": frozenset()}, WrongField, "Name at least one day"),
        ({"zone": "Damascus"}, UnknownZone, "Did you mean Asia/Damascus"),
    ],
)
def test_a_recurrence_that_cannot_be_meant_is_refused(
    change: dict[str, Any], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        replace(DAILY, **change)

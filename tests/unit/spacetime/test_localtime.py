"""Local times resolved and shown: the days on which the clocks were changed above all.

In 2016 the clocks of Damascus went on at 00:00 of 25 March (+2 to +3) and back at 00:00 of
28 October (+3 to +2), to 23:00 of the 27th.
"""

from __future__ import annotations

import pytest

from safeconduct.errors import BareTime, EmptySpan, NonexistentTime, UnknownZone, UnreadableTime
from safeconduct.spacetime import (
    BEGINNING,
    OPEN_END,
    Edge,
    Reading,
    Span,
    Window,
    day,
    day_start,
    instant,
    show,
    utc,
    window,
)

DAMASCUS = "Asia/Damascus"


def start(text: str, zone: str | None = None, reading: Reading = Reading.NARROWER) -> str:
    """The instant of a start, in UTC."""
    return utc(instant(text, zone, edge=Edge.START, reading=reading))


def end(text: str, zone: str | None = None, reading: Reading = Reading.NARROWER) -> str:
    """The instant of an end, in UTC."""
    return utc(instant(text, zone, edge=Edge.END, reading=reading))


@pytest.mark.parametrize(
    "text",
    [
        "2016-11-04T07:00:00Z",
        "2016-11-04T09:00+02:00",
        "2016-11-04 10:00 Europe/Moscow",
        "2016-11-04 09:00",
    ],
)
def test_all_forms_lead_to_the_same_instant_and_the_text_wins_over_the_argument(text: str) -> None:
    assert start(text, DAMASCUS) == end(text, DAMASCUS) == "2016-11-04T07:00:00Z"


def test_a_date_and_time_without_a_zone_is_a_bare_time() -> None:
    with pytest.raises(BareTime) as refused:
        start("2016-11-04 09:00")
    assert "'2016-11-04 09:00' has a date and a time but no zone" in str(refused.value)
    assert "Give the party's IANA zone" in refused.value.remedy


def test_an_unknown_zone_is_named_wherever_it_stands() -> None:
    with pytest.raises(UnknownZone, match="'Asia/Aleppo'"):
        start("2016-11-04 09:00 Asia/Aleppo")
    with pytest.raises(UnknownZone, match="'CST'"):
        start("2016-11-04 09:00", "CST")


def test_a_skipped_time_is_refused_with_the_nearest_times_that_exist() -> None:
    with pytest.raises(NonexistentTime) as refused:
        start("2016-03-25 00:30", DAMASCUS)
    assert "'2016-03-25 00:30' does not exist in Asia/Damascus" in str(refused.value)
    assert "jumped from 2016-03-24 23:59:59 to 2016-03-25 01:00:00" in refused.value.found
    assert "nearest times that exist" in refused.value.remedy
    assert refused.value.facts["first_after"] == "2016-03-25 01:00:00"


def test_the_skipped_hour_ends_with_the_first_time_that_was_shown() -> None:
    assert start("2016-03-25 01:00", DAMASCUS) == "2016-03-24T22:00:00Z"
    with pytest.raises(NonexistentTime):
        start("2016-03-25 00:59:59", DAMASCUS)
    with pytest.raises(NonexistentTime):
        end("2016-03-24 24:00", DAMASCUS)


def test_a_time_shown_twice_starts_late_and_ends_early() -> None:
    assert start("2016-10-27 23:30", DAMASCUS) == "2016-10-27T21:30:00Z"
    assert end("2016-10-27 23:30", DAMASCUS) == "2016-10-27T20:30:00Z"


def test_a_time_shown_twice_that_takes_cover_away_starts_early_and_ends_late() -> None:
    assert start("2016-10-27 23:30", DAMASCUS, Reading.WIDER) == "2016-10-27T20:30:00Z"
    assert end("2016-10-27 23:30", DAMASCUS, Reading.WIDER) == "2016-10-27T21:30:00Z"


def test_the_time_at_which_the_doubled_hour_is_over_is_beyond_doubt() -> None:
    # 23:00 to 24:00 came twice; 24:00 itself came once, after the second hour.
    assert end("2016-10-27 24:00", DAMASCUS) == start("2016-10-28 00:00", DAMASCUS)
    assert start("2016-10-28 00:00", DAMASCUS) == "2016-10-27T22:00:00Z"


def test_a_stated_offset_settles_a_doubled_time() -> None:
    assert end("2016-10-27 23:30+02:00", DAMASCUS) == "2016-10-27T21:30:00Z"


def test_the_day_of_an_end_may_close_at_24_00() -> None:
    assert end("2016-11-04 24:00", DAMASCUS) == "2016-11-04T22:00:00Z"
    assert end("2016-12-31T24:00Z") == "2017-01-01T00:00:00Z"


# Days.


@pytest.mark.parametrize(
    ("date", "zone", "says"),
    [
        ("2016-11-04", DAMASCUS, "2016-11-03T22:00:00Z"),  # an ordinary midnight at +2
        ("2016-03-25", DAMASCUS, "2016-03-24T22:00:00Z"),  # shown as 01:00
        ("2016-03-27", "Asia/Beirut", "2016-03-26T22:00:00Z"),  # shown as 01:00
        ("2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00Z"),  # shown as 01:00
        ("2023-04-28", "Africa/Cairo", "2023-04-27T22:00:00Z"),  # shown as 01:00
        ("2016-11-06", "America/Havana", "2016-11-06T04:00:00Z"),  # 00:00 came twice: the first
    ],
)
def test_a_day_starts_with_its_first_instant(date: str, zone: str, says: str) -> None:
    assert utc(day_start(date, zone)) == says


def test_a_day_lasts_as_long_as_its_clocks_make_it() -> None:
    assert day("2016-11-04", DAMASCUS).length_s == 24 * 3600
    assert day("2016-03-25", DAMASCUS).length_s == 23 * 3600
    assert day("2016-10-27", DAMASCUS).length_s == 25 * 3600


def test_a_day_that_a_zone_skipped_is_refused_and_the_day_before_ends_where_it_would_start() -> (
    None
):
    with pytest.raises(NonexistentTime, match="'2011-12-30' does not exist in Pacific/Apia"):
        day_start("2011-12-30", "Pacific/Apia")
    assert day("2011-12-29", "Pacific/Apia").end == day_start("2011-12-31", "Pacific/Apia")
    assert day("2011-12-29", "Pacific/Apia").length_s == 24 * 3600


def test_a_day_must_be_written_as_a_date() -> None:
    with pytest.raises(UnreadableTime, match="'Friday' is no date"):
        day("Friday", DAMASCUS)


# Windows.


def test_a_window_keeps_words_zone_and_span() -> None:
    made = window("2016-11-04 09:00", "2016-11-04 19:00", DAMASCUS, "from 9 am to 7 pm")
    assert made == Window(Span(1478242800, 1478278800), DAMASCUS, "from 9 am to 7 pm")
    assert made.span.length_s == 10 * 3600


def test_an_end_that_a_party_left_open_is_the_far_end() -> None:
    made = window(None, None, DAMASCUS, "until further notice")
    assert made.span == Span(BEGINNING, OPEN_END)


def test_a_window_that_ends_first_is_refused_in_local_time_and_utc() -> None:
    with pytest.raises(EmptySpan) as refused:
        window("2016-11-04 19:00", "2016-11-04 09:00", DAMASCUS, "from 7 pm to 9 am")
    assert "starts at 2016-11-04 19:00 Asia/Damascus (17:00Z)" in str(refused.value)
    assert "ends at 2016-11-04 09:00 Asia/Damascus (07:00Z)" in str(refused.value)
    assert "Check which time was meant" in refused.value.remedy


def test_a_window_that_ends_as_it_starts_is_refused_alike() -> None:
    with pytest.raises(EmptySpan, match=r"starts at 2016-11-04 09:00 .* ends at 2016-11-04 09:00"):
        window("2016-11-04 09:00", "2016-11-04 07:00Z", DAMASCUS, "at 9 am")


def test_a_window_inside_a_doubled_hour_holds_nothing_when_it_grants() -> None:
    # The later 23:15 is 21:15Z, the earlier 23:45 is 20:45Z: no second is sure to be meant.
    doubled = ("2016-10-27 23:15", "2016-10-27 23:45", DAMASCUS, "half an hour")
    with pytest.raises(EmptySpan, match="if the clocks were set back"):
        window(*doubled)
    assert window(*doubled, reading=Reading.WIDER).span.length_s == 90 * 60


def test_a_window_needs_a_zone_that_is_known() -> None:
    with pytest.raises(UnknownZone, match=r"'Damascus'.*Did you mean Asia/Damascus"):
        Window(Span(0, 1), "Damascus", "")


# Showing.


def test_an_instant_is_shown_in_local_time_and_utc() -> None:
    assert show(1478242800, DAMASCUS) == "2016-11-04 09:00 Asia/Damascus (07:00Z)"
    assert show(1478242830, DAMASCUS) == "2016-11-04 09:00:30 Asia/Damascus (07:00:30Z)"


def test_the_date_in_utc_is_shown_where_it_differs() -> None:
    assert show(1478210400, DAMASCUS) == "2016-11-04 00:00 Asia/Damascus (2016-11-03 22:00Z)"


def test_the_far_ends_are_shown_as_open_and_their_neighbours_in_utc() -> None:
    assert show(BEGINNING, DAMASCUS) == "open start"
    assert show(OPEN_END, "America/Havana") == "open end"
    assert show(OPEN_END - 1, "Pacific/Apia") == "9999-12-31T23:59:59Z"


def test_showing_needs_a_known_zone_even_for_an_open_end() -> None:
    with pytest.raises(UnknownZone):
        show(OPEN_END, "Asia/Aleppo")

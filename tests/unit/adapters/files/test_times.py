"""Times as people write them in a case file, by the name of the key."""

from __future__ import annotations

from typing import Any

import pytest

from safeconduct.adapters.files.times import Clock, seconds
from safeconduct.errors import (
    BareTime,
    EmptySpan,
    NonexistentTime,
    SafeconductError,
    UnknownZone,
    UnreadableTime,
    WrongField,
)
from safeconduct.spacetime import BEGINNING, OPEN_END, Reading, utc

ALEPPO = Clock("Asia/Damascus")
BERLIN = Clock("Europe/Berlin")  # on 2016-10-30 it showed 02:00 to 03:00 twice


def refusal(clock: Clock, record: Any) -> str:
    with pytest.raises(SafeconductError) as refused:
        clock.read(record)
    return str(refused.value)


def test_every_key_that_ends_in_at_is_a_moment_however_deep_it_stands() -> None:
    read = ALEPPO.read({"acts": [{"incident": {"at": "2016-11-04 09:00"}, "due_at": None}]})
    # November in Damascus is UTC+2.
    assert utc(read["acts"][0]["incident"]["at"]) == "2016-11-04T07:00:00Z"
    assert read["acts"][0]["due_at"] is None


@pytest.mark.parametrize(
    ("key", "moment"),
    [
        # 02:30 was shown at 00:30Z and again at 01:30Z. What may begin then begins later, what
        # must be over is over earlier, what closes a road closes it earlier, a look is older.
        ("depart_at", "2016-10-30T01:30:00Z"),
        ("latest_at", "2016-10-30T00:30:00Z"),
        ("expires_at", "2016-10-30T00:30:00Z"),
        ("effective_at", "2016-10-30T00:30:00Z"),
        ("from_at", "2016-10-30T00:30:00Z"),
        ("checked_at", "2016-10-30T00:30:00Z"),
        ("cleared_at", "2016-10-30T01:30:00Z"),
    ],
)
def test_an_hour_shown_twice_leaves_less_cover(key: str, moment: str) -> None:
    assert utc(BERLIN.read({key: "2016-10-30 02:30"})[key]) == moment


@pytest.mark.parametrize(("grants", "moment"), [(True, "01:30"), (False, "00:30")])
def test_a_grant_was_said_at_the_later_reading_a_limit_at_the_earlier(
    grants: bool, moment: str
) -> None:
    assert utc(BERLIN.said("2016-10-30 02:30", grants=grants)) == f"2016-10-30T{moment}:00Z"


def test_a_date_alone_is_the_last_second_of_the_day_for_a_grant_the_first_for_a_limit() -> None:
    assert utc(ALEPPO.said("2016-11-02", grants=True)) == "2016-11-02T21:59:59Z"
    assert utc(ALEPPO.said("2016-11-02", grants=False)) == "2016-11-01T22:00:00Z"


def test_a_date_alone_starts_a_restriction_with_the_day() -> None:
    read = ALEPPO.read({"effective_at": "2016-11-02"})
    assert utc(read["effective_at"]) == "2016-11-01T22:00:00Z"


def test_a_date_alone_is_refused_anywhere_else_with_a_word_on_the_hour() -> None:
    assert refusal(ALEPPO, {"legs": [{"due_at": "2016-11-02"}]}).startswith(
        "legs[0].due_at: '2016-11-02' names a day but no time of day. Write 2016-11-04T07:00:00Z, "
    )


@pytest.mark.parametrize(
    ("written", "error"),
    [
        ("10:00", BareTime),
        ("yesterday at noon", UnreadableTime),
        ("2016-03-25 00:30", NonexistentTime),  # the clocks went from 00:00 to 01:00
        (20161104, WrongField),
    ],
)
def test_what_names_no_single_instant_is_refused(written: Any, error: type[Exception]) -> None:
    with pytest.raises(error, match=r"^depart_at: "):
        ALEPPO.read({"depart_at": written})


def test_a_span_is_read_in_its_own_zone_and_may_be_open_at_either_end() -> None:
    read = ALEPPO.read(
        {
            "valid": {"from": "2016-11-04 09:00", "until": "open"},
            "during": {"from": "open", "until": "2016-11-04 09:00", "zone": "UTC"},
        }
    )
    assert read["valid"] == {"start": 1_478_242_800, "end": OPEN_END}  # 07:00Z
    assert read["during"] == {"start": BEGINNING, "end": 1_478_250_000}  # 09:00Z


def test_a_presence_is_there_from_the_earlier_reading_and_stale_from_the_earlier_one_too() -> None:
    presence = Clock("Europe/Berlin", from_reading=Reading.WIDER)
    written = {"from": "2016-10-30 02:30", "until": "2017-10-29 02:30"}
    assert [utc(one) for one in presence.read({"valid": written})["valid"].values()] == [
        "2016-10-30T00:30:00Z",
        "2017-10-29T00:30:00Z",
    ]


def test_a_span_lacking_an_end_says_how_an_open_one_is_written() -> None:
    assert refusal(ALEPPO, {"valid": {"from": "2016-11-04 09:00"}}) == (
        "valid: This lacks until. Add it; for an end that the party left open write `open`."
    )


def test_a_span_with_a_strange_key_is_refused() -> None:
    assert refusal(ALEPPO, {"valid": {"from": "open", "to": "open", "until": "open"}}) == (
        'valid.to: There is no "to" here. Legal here: from, until, zone.'
    )


def test_a_span_that_ends_before_it_starts_is_refused_in_local_time_and_utc() -> None:
    with pytest.raises(EmptySpan) as refused:
        ALEPPO.read({"valid": {"from": "2016-11-04 19:00", "until": "2016-11-04 09:00"}})
    assert str(refused.value).startswith(
        "valid: The window starts at 2016-11-04 19:00 Asia/Damascus (17:00Z) but ends at "
        "2016-11-04 09:00 Asia/Damascus (07:00Z)."
    )


def test_a_window_keeps_wording_and_zone() -> None:
    written = {"from": "2016-11-04 09:00", "until": "2016-11-04 19:00", "zone": "Europe/Moscow",
               "wording": "9 to 7"}  # fmt: skip
    assert ALEPPO.read({"windows": [written]})["windows"] == [
        # Moscow is UTC+3: 06:00Z to 16:00Z.
        {"span": {"start": 1_478_239_200, "end": 1_478_275_200}, "zone": "Europe/Moscow",
         "wording": "9 to 7"}
    ]  # fmt: skip


def daily(**more: Any) -> dict[str, Any]:
    hours = {"from": "09:00", "until": "14:00", "first": "2016-11-04", "last": "2016-11-07"}
    return {"windows": [{"daily": hours | more, "wording": "every day from 9 to 2"}]}


def test_daily_hours_become_one_window_a_day_from_the_first_to_the_last() -> None:
    read = ALEPPO.read(daily())["windows"]
    starts = [utc(one["span"]["start"]) for one in read]
    assert starts == [f"2016-11-0{day}T07:00:00Z" for day in (4, 5, 6, 7)]
    assert {one["span"]["end"] - one["span"]["start"] for one in read} == {5 * 3600}


def test_daily_hours_leave_out_the_days_that_are_excepted_or_of_another_weekday() -> None:
    # 4 November 2016 was a Friday (4), so Saturday and Sunday are 5 and 6.
    read = ALEPPO.read(daily(weekdays=[4, 5], **{"except": ["2016-11-05"]}))["windows"]
    assert [utc(one["span"]["start"]) for one in read] == ["2016-11-04T07:00:00Z"]


def test_daily_hours_over_midnight_reach_into_the_day_after_the_last() -> None:
    read = ALEPPO.read(daily(**{"from": "22:00", "until": "02:00"}))["windows"]
    assert utc(read[-1]["span"]["end"]) == "2016-11-08T00:00:00Z"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"last": None}, "windows[0].daily"),
        ({"last": "2026-11-04"}, "windows[0].daily: Daily windows from 2016-11-04 to 2026-11-04 "
         "are more than 1000. Give the last day that the party named; an open end is no day."),
        ({"weekdays": ["friday"]}, "windows[0].daily.weekdays: Found ['friday'] where a list is "
         "expected. Write a list of numbers from 0 (Monday) to 6."),
        ({"weekdays": [2]}, "windows[0].daily: No day from 2016-11-04 to 2016-11-07 has such a "
         "window."),
        ({"until": 600}, "windows[0].daily: A time must be text, but 600 is of type int."),
    ],
)  # fmt: skip
def test_daily_hours_that_cannot_be_expanded_are_refused(more: dict[str, Any], said: str) -> None:
    assert refusal(ALEPPO, daily(**more)).startswith(said)


@pytest.mark.parametrize("wording", [None, "", 7])
def test_a_window_without_the_partys_wording_is_refused(wording: Any) -> None:
    window = {"from": "open", "until": "open", "wording": wording}
    assert "windows[0].wording: Found" in refusal(ALEPPO, {"windows": [window]})


def test_a_window_that_is_no_mapping_is_refused() -> None:
    assert refusal(ALEPPO, {"windows": ["9 to 7"]}) == (
        "windows[0]: Found '9 to 7' where a mapping with `from` and `until` is expected. Write "
        "{from: 2016-11-04 09:00, until: 2016-11-04 19:00}."
    )


def test_an_unknown_zone_is_refused_with_what_is_close() -> None:
    with pytest.raises(UnknownZone, match="Did you mean Asia/Damascus"):
        ALEPPO.read({"valid": {"from": "2016-11-04 09:00", "until": "open", "zone": "Damascus"}})


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("48h", 172_800), ("90 min", 5_400), ("1h30", 5_400), ("1 h 30 min", 5_400),
        ("1h30min", 5_400), ("2 days", 172_800), ("1d 12h", 129_600), ("45 s", 45), ("0 min", 0),
    ],
)  # fmt: skip
def test_a_duration_is_worth_its_seconds(text: str, worth: int) -> None:
    assert seconds(text) == worth


@pytest.mark.parametrize("text", ["", " ", "90", "1h75", "30 m", "1.5h", "h", "30 min 1h", "-1h"])
def test_what_is_no_duration_is_refused(text: str) -> None:
    assert refusal(ALEPPO, {"lead_s": text}) == (
        f'lead_s: "{text}" is no duration. Write it with its units, such as 48h, 90 min, 1h30 or '
        "2 days, or as a plain number of seconds."
    )


def test_a_plain_number_of_seconds_stays_one() -> None:
    assert ALEPPO.read({"lead_s": 90, "note": "48h", "speed_kmh": 30}) == {
        "lead_s": 90,
        "note": "48h",
        "speed_kmh": 30,
    }

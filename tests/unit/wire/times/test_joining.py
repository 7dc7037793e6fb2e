"""Times that stand apart and mean one thing; published on 4 November 2016, in Damascus."""

from __future__ import annotations

from typing import Any

from safeconduct.wire import Excerpt
from safeconduct.wire.times import (
    TimeFound,
    TimeKind,
    as_deadline,
    as_end,
    as_start,
    as_windows,
    deadline,
    extended,
    join,
    revised,
    with_day,
)
from tests.unit.wire.times.reading import PUBLISHED, ZONE, times, told

KNOWN: dict[str, Any] = {"zone": ZONE, "published": PUBLISHED}


def one(sentence: str) -> TimeFound:
    (found,) = times(sentence)
    return found


def joined(first: str, second: str) -> list[str]:
    return [told(found) for found in join(one(first), one(second), **KNOWN)]


def test_a_day_and_hours_of_the_same_sentence_are_one_window() -> None:
    sentence = "On Nov. 5 the army lets people out by bus between 0900 and 1900."
    day, hours = times(sentence)
    (both,) = join(day, hours, **KNOWN)
    assert told(both) == "window 2016-11-05 09:00 to 2016-11-05 19:00"
    assert both.at.of(sentence) == "On Nov. 5"
    assert [part.of(sentence) for part in both.also] == ["between 0900 and 1900"]
    assert join(hours, day, **KNOWN) == [both]


def test_a_start_and_a_length_are_one_window() -> None:
    assert joined("It stops for eight hours this Saturday.", "It begins at 8 a.m. local time.") == [
        "window 2016-11-05 08:00 to 2016-11-05 16:00"
    ]
    assert joined("It holds for 48 hours.", "From noon on 5 November.") == [
        "window 2016-11-05 12:00 to 2016-11-07 12:00"
    ]


def test_daily_hours_take_their_first_day() -> None:
    assert joined("From 5 November on.", "Every day from 1000 to 1300 local time.") == [
        "window 2016-11-05 10:00 to 2016-11-05 13:00 daily open"
    ]


def test_a_start_and_an_end_are_one_window() -> None:
    assert joined("It begins on 5 November at 8 a.m.", "It ends on 6 November at 6 p.m.") == [
        "window 2016-11-05 08:00 to 2016-11-06 18:00"
    ]


def test_a_day_bounds_a_suspension_without_an_end() -> None:
    (open_end,) = times("It is suspended until further notice.")
    (day,) = times("They said so on Monday.")
    assert [told(found) for found in join(as_start(day, **KNOWN)[0], open_end, **KNOWN)] == [
        "window 2016-10-31 00:00 to - open"
    ]


def test_what_contradicts_is_not_joined() -> None:
    assert joined("On 5 November.", "On 6 November.") == []
    assert joined("From 9 a.m. on 5 November.", "From 10 a.m. on 5 November.") == []
    assert joined("For two days.", "For three days.") == []
    assert joined("The same hours.", "On 5 November.") == []
    assert joined("By noon on Monday.", "From 9 a.m. on Sunday, 6 November.") == []


def test_a_day_alone_is_the_whole_day_as_a_window() -> None:
    (window,) = as_windows(one("On 5 November 2016."), **KNOWN)
    assert told(window) == "window 2016-11-05 00:00 to 2016-11-06 00:00"
    assert window.kind is TimeKind.WINDOW
    hours = one("From 9 a.m. to noon on 5 November.")
    assert as_windows(hours, **KNOWN) == [hours]


def test_a_day_whose_midnight_the_clocks_skipped_begins_when_they_went_on() -> None:
    # In Damascus the clocks went from 24:00 on 30 March 2017 to 01:00.
    (window,) = as_windows(one("On 31 March 2017."), **KNOWN)
    assert told(window) == "window 2017-03-31 01:00 to 2017-04-01 00:00"


def test_a_moment_is_a_start_an_end_or_a_deadline_as_the_caller_knows() -> None:
    moment = one("At noon on 5 November.")
    assert [told(found) for found in as_start(moment, **KNOWN)] == ["window 2016-11-05 12:00 to -"]
    assert [told(found) for found in as_end(moment, **KNOWN)] == ["window - to 2016-11-05 12:00"]
    due = as_deadline(moment, **KNOWN)
    assert due is not None
    assert told(due) == "deadline 2016-11-05 12:00"
    until = as_deadline(one("They have until 6 p.m. on 5 November."), **KNOWN)
    assert until is not None
    assert told(until) == "deadline 2016-11-05 18:00"
    assert as_start(one("For two days."), **KNOWN) == []
    assert as_deadline(one("From 5 to 8 November."), **KNOWN) is None


def test_a_deadline_finds_its_day_in_the_sentence() -> None:
    due = deadline(times("On 5 November they have to be out by noon."), **KNOWN)
    assert due is not None
    assert told(due) == "deadline 2016-11-05 12:00"
    assert deadline(times("They went on 5 November."), **KNOWN) is None


def test_a_start_that_is_moved_keeps_day_zone_and_end() -> None:
    before = one("Between 0900 and 1600 local time on 5 November.")
    moved = one("Then they moved the start to 1100.")
    assert [told(found) for found in revised(before, moved, **KNOWN)] == [
        "window 2016-11-05 11:00 to 2016-11-05 16:00"
    ]
    longer = one("Later they spoke of eleven hours.")
    eight = one("For eight hours from 0800 on 5 November.")
    assert [told(found) for found in revised(eight, longer, **KNOWN)] == [
        "window 2016-11-05 08:00 to 2016-11-05 19:00"
    ]
    assert revised(before, one("On 6 November."), **KNOWN) == []


def test_an_extension_runs_on_from_the_end_of_what_it_extends() -> None:
    before = one("It was open until 15 November.")
    by = one("It was prolonged by three months.")
    assert [told(found) for found in extended(before, by, zone=ZONE)] == [
        "window 2016-11-16 00:00 to 2017-02-16 00:00"
    ]
    endless = one("There is no end date.")
    assert [told(found) for found in extended(before, endless, zone=ZONE)] == [
        "window 2016-11-16 00:00 to - open"
    ]
    assert extended(one("From 5 November."), by, zone=ZONE) == []
    assert extended(before, one("On 5 November."), zone=ZONE) == []


def test_a_joined_time_keeps_the_excerpts_of_all_its_parts() -> None:
    sentence = (
        "On 5 November they stop for eight hours, it was said; it begins at 8 a.m. local time."
    )
    day, length, start = times(sentence)
    (window,) = join(join(day, length, **KNOWN)[0], start, **KNOWN)
    assert told(window) == "window 2016-11-05 08:00 to 2016-11-05 16:00"
    places: list[Excerpt] = [window.at, *window.also]
    assert [place.of(sentence) for place in places] == [
        "On 5 November",
        "for eight hours",
        "8 a.m. local time",
    ]


def test_hours_take_the_nearest_day_that_makes_a_window_of_them() -> None:
    hours = one("From 9 a.m. to 7 p.m. local time.")
    unclear, day = one("Wednesday: rain."), one("On Friday it was quiet.")
    (window,) = with_day(hours, [unclear, day], **KNOWN)
    assert told(window) == "window 2016-11-04 09:00 to 2016-11-04 19:00"
    assert with_day(hours, [unclear], **KNOWN) == [hours]
    assert with_day(day, [hours], **KNOWN) == [day]

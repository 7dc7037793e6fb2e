"""English sentences about time, read in a report that was published on Friday, 4 November 2016."""

from __future__ import annotations

import datetime as dt

import pytest

from safeconduct.errors import UnknownZone
from safeconduct.wire import Excerpt
from tests.unit.wire.times.reading import read, reader, times, told

NO_DAY = "it names an hour and no day"
NO_HOUR = "it names a day and no hour"

WINDOWS = {
    "They may leave between 0900 and 1900 local time on Nov. 4 by two roads.": (
        "window 2016-11-04 09:00 to 2016-11-04 19:00"
    ),
    "It will run from 9 a.m. to 7 p.m. on Friday.": "window 2016-11-04 09:00 to 2016-11-04 19:00",
    "A pause on Friday, 4 November, from 0900 to 1900 hours local time.": (
        "window 2016-11-04 09:00 to 2016-11-04 19:00"
    ),
    "It will hold for 48 hours from midnight.": "window 2016-11-05 00:00 to 2016-11-07 00:00",
    "It will run from midnight tonight until 6 a.m.": (
        "window 2016-11-05 00:00 to 2016-11-05 06:00"
    ),
    "It will hold from 10 p.m. on Saturday to 6 a.m.": (
        "window 2016-11-05 22:00 to 2016-11-06 06:00"
    ),
    "It will hold between midnight and 6 a.m. on Saturday.": (
        "window 2016-11-05 00:00 to 2016-11-05 06:00"
    ),
    "Open on 5 November for eight hours from 8 a.m.": (
        "window 2016-11-05 08:00 to 2016-11-05 16:00"
    ),
    "For two days from 5 November no gun will fire.": "window 2016-11-05 00:00 to 2016-11-07 00:00",
    "From 5 to 8 March 2018 nobody passed.": "window 2018-03-05 00:00 to 2018-03-09 00:00",
    "It was open for three months, until 15 November.": "window - to 2016-11-16 00:00",
    "Starting Sunday, the road is shut.": "window 2016-11-06 00:00 to -",
    "It is suspended from Sunday, 6 November, until further notice.": (
        "window 2016-11-06 00:00 to - open"
    ),
    "Daily from 9 a.m. to 2 p.m. starting 6 November.": (
        "window 2016-11-06 09:00 to 2016-11-06 14:00 daily"
    ),
    "It is open until midnight on Saturday, they will see.": "window - to 2016-11-06 00:00",
    "From 9 to 11 a.m. on 5 November.": "window 2016-11-05 09:00 to 2016-11-05 11:00",
    "From 9 to 5 p.m. on 5 November.": "window 2016-11-05 09:00 to 2016-11-05 17:00",
    "It will start at eight in the morning on 5 November.": "window 2016-11-05 08:00 to -",
    "The truce expired on Thursday.": "window - to 2016-11-04 00:00",
    "It will stay open until the end of December.": "window - to 2017-01-01 00:00",
    "It will stay open until the end of the month.": "window - to 2016-12-01 00:00",
    "It will hold for three days, Saturday to Monday.": (
        "window 2016-11-05 00:00 to 2016-11-08 00:00"
    ),
    "It will be open tomorrow morning from 8 to 11.": (
        "window 2016-11-05 08:00 to 2016-11-05 11:00"
    ),
    "It will be open from 10 p.m. on Saturday to 2.": (
        "window 2016-11-05 22:00 to 2016-11-06 02:00"
    ),
    "It will begin at one minute past midnight on Saturday.": "window 2016-11-05 00:01 to -",
    "It will begin tomorrow, Saturday, at 5 in the morning.": "window 2016-11-05 05:00 to -",
    "It will run for five days from eleven at night on the twelfth.": (
        "window 2016-11-12 23:00 to 2016-11-17 23:00"
    ),
    "They would let trucks pass from 9 a.m. to 2 p.m. on Saturday.": (
        "window 2016-11-05 09:00 to 2016-11-05 14:00"
    ),
    "They announced a pause on Sunday, 0900 to 1400.": (
        "window 2016-11-06 09:00 to 2016-11-06 14:00"
    ),
    "It will begin at 6 a.m. on Thursday and last for 72 hours.": (
        "window 2016-11-10 06:00 to 2016-11-13 06:00"
    ),
    "A 72-hour ceasefire starting at 0500 GMT on Friday is planned.": (
        "window 2016-11-04 07:00 to 2016-11-07 07:00"
    ),
    "It gave them until 6 p.m. local time (1600 GMT) on Saturday to leave.": (
        "window - to 2016-11-05 18:00"
    ),
    "The start was moved from 9 a.m. to 11 a.m. on 5 November.": "window 2016-11-05 11:00 to -",
    "It was put off from Thursday to Saturday, officials said.": "window 2016-11-05 00:00 to -",
    "It held from 9 a.m. on Tuesday to 5 p.m. on Thursday.": (
        "window 2016-11-01 09:00 to 2016-11-03 17:00"
    ),
    "The truce ends on Tuesday at 6 p.m.": "window - to 2016-11-08 18:00",
    "From 12 noon to 3 p.m. on 5 November.": "window 2016-11-05 12:00 to 2016-11-05 15:00",
    "From 1000 to 1300 local time (0800-1100 GMT) on 5 November.": (
        "window 2016-11-05 10:00 to 2016-11-05 13:00"
    ),
}


@pytest.mark.parametrize("sentence", WINDOWS)
def test_a_window_is_read_with_its_day_and_hours(sentence: str) -> None:
    assert read(sentence) == [WINDOWS[sentence]]


def test_days_with_the_same_hours_are_a_window_each() -> None:
    found = times("On Saturday 5 and Sunday 6 November, from 0600 to 1400 each day.")
    assert [one.at for one in found] == [found[0].at] * 2
    assert read("On Saturday 5 and Sunday 6 November, from 0600 to 1400 each day.") == [
        "window 2016-11-05 06:00 to 2016-11-05 14:00",
        "window 2016-11-06 06:00 to 2016-11-06 14:00",
    ]


def test_hours_that_come_back_for_some_days_are_a_window_each() -> None:
    sentence = "From 5 November, daily from 8 a.m. to 7 p.m. for two days."
    assert read(sentence) == [
        "window 2016-11-05 08:00 to 2016-11-05 19:00",
        "window 2016-11-06 08:00 to 2016-11-06 19:00",
    ]


UNRESOLVED = {
    "For about 48 hours from noon on 5 November.": (
        "window - to - (“about” names no exact length)"
    ),
    "It lasts up to 48 hours from noon on 5 November.": (
        "window - to - (“up to” names no exact length)"
    ),
    "For 48 to 72 hours from noon on 5 November.": (
        "window - to - (its length is told as a range)"
    ),
    "Daily from 9 a.m. starting 6 November.": (
        "window - to - daily (it is daily, and it is not told at which hour it ends)"
    ),
    "Every day from 5 to 8 March 2018.": (
        "window - to - daily (it is daily, and it is not told at which hour it begins)"
    ),
    "From 08:00 to 20:00 every day until Sunday.": (
        "window - to - daily (its first day is not told)"
    ),
    "From 08:00 to 20:00 until Sunday.": "window - to - daily (its first day is not told)",
    "A truce from 9 a.m. starting Tuesday was under fire.": (
        "window - to - (no word near it tells whether it is 2016-11-01 or 2016-11-08)"
    ),
    "It ran for eight hours this Thursday.": (
        "window - to - (it is told how long it lasts, and not at which hour it begins)"
    ),
    "Daily from 9 a.m. to 2 p.m.": f"window - to - daily ({NO_DAY})",
    "It asked for forty-eight hours every week.": (
        "window - to - (it comes back every week; only what comes back each day can be told)"
    ),
    "Each morning from 7 to 11 the bridge is open.": f"window - to - daily ({NO_DAY})",
    "A pause for five days from just before midnight on Sunday.": (
        "window - to - (“just before” names no exact time)"
    ),
    "The rule is in force since 10-11 January.": (
        "window - to - (it begins on one of several days)"
    ),
    "On the night of 3 to 4 November guns fired.": "window - to - (night is no hour)",
    "From Friday evening the road is shut.": "window - to - (evening is no hour)",
    "From February to August it was shut.": "window - to - (a month is no day)",
    "From 9 a.m. EST on Friday.": (
        "window - to - (it is not known here which zone its words name)"
    ),
    "From 9 a.m. Vladivostok time on Friday.": (
        "window - to - (it is not known here which zone its words name)"
    ),
    "From 9 to 11 on Friday.": (
        "window - to - (it is not told whether the hour is of the morning or of the evening)"
    ),
    "From 1000 to 1300 local time (0700-1000 GMT) on 5 November.": (
        "window - to - (the text tells it a second time, as 07:00 Etc/UTC, but the first is 08:00 "
        "there)"
    ),
    "It will open from midnight on Saturday.": (
        "window - to - (it is not told whether this midnight opens the day or closes it)"
    ),
    "From 30 to 31 February 2017.": "window - to - (there is no such day in the calendar)",
}


@pytest.mark.parametrize("sentence", UNRESOLVED)
def test_what_the_words_do_not_tell_stays_open_and_says_why(sentence: str) -> None:
    assert read(sentence) == [UNRESOLVED[sentence]]


OTHERS = {
    "Fighters were told on Wednesday to leave by Friday evening.": [
        "day 2016-11-02",
        "deadline 2016-11-04 (evening is no hour)",
    ],
    "Please confirm by noon on Thursday.": ["deadline 2016-11-10 12:00"],
    "The list has to be there by 18:00 tomorrow.": ["deadline 2016-11-05 18:00"],
    "By 2000 hours on 5 November.": ["deadline 2016-11-05 20:00"],
    "Answer by Monday.": [f"deadline 2016-11-07 ({NO_HOUR})"],
    "Answer by the end of Monday.": ["deadline 2016-11-08 00:00"],
    "At 1000 Moscow time on Friday it stopped.": ["moment 2016-11-04 09:00"],
    "That is oh-five-hundred GMT.": [f"moment ? ({NO_DAY})"],
    "They come the day after tomorrow.": ["day 2016-11-06"],
    "They came yesterday.": ["day 2016-11-03"],
    "They came last week.": ["day ? (“last week” is no day)"],
    "It is Tuesday the eighteenth of October.": ["day 2016-10-18"],
    "On 1 March 2018.": ["day 2018-03-01"],
    "At 2016-11-05T09:00 UTC.": ["moment 2016-11-05 11:00"],
    "Open until the last bus has left.": [
        "event - to - [until the last bus has left] (an event has no hour)"
    ],
    "The same hours hold there.": ["same - to - (it points back to a time that was told before)"],
    "They have to answer within 48 hours.": [
        "deadline ? (it is told how much time is given, and not from when)"
    ],
    "It needs 72 hours.": [
        "duration - to - (it is told how long it lasts, and not when it begins)"
    ],
}


@pytest.mark.parametrize("sentence", OTHERS)
def test_deadlines_days_and_moments_are_told_apart(sentence: str) -> None:
    assert read(sentence) == OTHERS[sentence]


NO_TIMES = (
    "Between 8,000 and 9,000 people are expected, some 45, some 50.",
    "Between 1000 and 1500 people, from 16 to 54 of age, may go.",
    "From 2014 to 2016 they were besieged.",
    "The 4th division may march to 40 places at 3 checkpoints.",
    "A fleet of 11 trucks with 2.50 tonnes, 250,000-275,000 people.",
    "The sun came out; he sat by the road in march step and may go on.",
)


@pytest.mark.parametrize("sentence", NO_TIMES)
def test_numbers_of_other_things_are_no_times(sentence: str) -> None:
    assert read(sentence) == []


WEEKDAYS = {
    "Officials said on Wednesday that talks go on.": "2016-11-02",
    "Talks will go on on Wednesday.": "2016-11-09",
    "The envoy will leave the city on Wednesday, he said.": "2016-11-09",
    "They would be allowed out on Wednesday.": "2016-11-09",
    "Last Wednesday it was quiet.": "2016-11-02",
    "This Wednesday it rains.": "2016-11-09",
    "It was quiet last Friday.": "2016-10-28",
    "They said so on Friday.": "2016-11-04",
    "They will go on Friday.": "2016-11-04",
    "It will be next Friday.": "2016-11-11",
}


@pytest.mark.parametrize("sentence", WEEKDAYS)
def test_the_words_near_a_weekday_tell_which_one_it_is(sentence: str) -> None:
    assert read(sentence) == [f"day {WEEKDAYS[sentence]}"]


def test_a_weekday_says_why_it_was_read_so() -> None:
    found = times("Officials said on Wednesday that talks go on.")
    assert found[0].why == (
        "the last one up to the day of publication, 2016-11-04, by “said” near it"
    )


def test_a_weekday_without_a_word_near_it_keeps_both_days() -> None:
    assert read("Wednesday: rain.") == [
        "day ? (no word near it tells whether it is 2016-11-02 or 2016-11-09)"
    ]


def test_a_deadline_is_counted_from_the_day_on_which_it_was_told() -> None:
    # Published on Monday the 7th: by then the Friday of the deadline is over.
    found = read(
        "They were told on Wednesday to leave by noon on Friday.",
        published=dt.date(2016, 11, 7),
    )
    assert found == ["day 2016-11-02", "deadline 2016-11-04 12:00"]


def test_without_a_day_of_publication_only_dates_with_a_year_are_days() -> None:
    assert read("On Friday, 4 November 2016.", published=None) == ["day 2016-11-04"]
    assert read("From 9 a.m. to noon on 4 November.", published=None) == [
        "window - to - (it names no year, and no day of publication is known, so it cannot be told "
        "which day this is)"
    ]


def test_a_date_takes_the_year_in_which_it_lies_nearest() -> None:
    assert read("On 2 January.") == ["day 2017-01-02"]
    assert read("On 2 January.", published=dt.date(2016, 3, 1)) == ["day 2016-01-02"]


def test_the_days_of_a_list_are_of_one_year() -> None:
    # 5 May 2017 is 182 days away, 6 May 2016 as many: the list does not fall apart.
    assert read("On the 5th and 6th of May.") == ["day 2017-05-05", "day 2017-05-06"]
    assert read("On 31 December and 1 January.") == ["day 2016-12-31", "day 2017-01-01"]


def test_a_date_on_another_day_of_the_week_than_it_is_called_is_no_day() -> None:
    assert read("On Thursday, 4 November.") == [
        "day ? (the text calls 2016-11-04 a Thursday, but it is a Friday)"
    ]


def test_a_day_of_the_month_takes_the_month_named_before_it() -> None:
    before = "In May it was different. "
    assert read("A pause from 11 p.m. on the 12th.", before=before) == [
        "window 2016-05-12 23:00 to -"
    ]
    assert read("They went on the 2nd.") == ["day 2016-11-02"]


def test_the_next_day_is_counted_from_the_day_in_the_same_sentence() -> None:
    sentence = "They said on Wednesday that from the next day it would be quiet."
    assert read(sentence) == ["day 2016-11-02", "window 2016-11-03 00:00 to -"]
    assert read("From the next day on.") == [
        "window - to - open (the day beside which it lies is not told here)"
    ]
    sentence = "The day before it was loud."
    place = Excerpt(0, len(sentence))
    (found,) = reader().find(
        sentence, place, "en", published=None, zone="", day_before=dt.date(2016, 11, 2)
    )
    assert told(found) == "day 2016-11-01"


def test_a_midnight_is_the_coming_one_only_where_no_other_day_is_told() -> None:
    assert read("From midnight it will be quiet.") == ["window 2016-11-05 00:00 to -"]
    assert read("From midnight it was quiet.") == [f"window - to - ({NO_DAY})"]
    sentence = "From midnight it will be quiet, they said on Wednesday."
    assert read(sentence) == [f"window - to - ({NO_DAY})", "day 2016-11-02"]


def test_without_a_zone_an_hour_is_no_instant() -> None:
    assert read("From 9 a.m. to noon on 5 November.", zone="") == [
        "window - to - (no zone is told, and that of the place is not known)"
    ]
    assert read("From 7 a.m. to 10 a.m. GMT on 5 November.", zone="") == [
        "window 2016-11-05 09:00 to 2016-11-05 12:00"
    ]


def test_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownZone, match="Did you mean Asia/Damascus"):
        read("At noon.", zone="Asia/Damaskus")


def test_the_excerpt_holds_the_words_and_nothing_more() -> None:
    sentence = "They may leave between 0900 and 1900 local time on Nov. 4, by two roads."
    found = times(sentence)
    assert [one.at.of(sentence) for one in found] == ["between 0900 and 1900 local time on Nov. 4"]

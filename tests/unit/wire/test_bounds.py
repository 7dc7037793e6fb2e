"""Which windows bound an act, in reports that were published on Friday, 4 November 2016."""

from __future__ import annotations

import pytest

from safeconduct.wire.draft import Draft
from tests.unit.wire.reading import reading
from tests.unit.wire.times.reading import local


def windows(draft: Draft) -> list[str]:
    """The windows of a draft on the clocks of Damascus; `open` for what is not resolved."""
    return [
        "open"
        if one.value.unresolved
        else f"{local(one.value.start)} to {local(one.value.end)}"
        + (" daily" if one.value.daily else "")
        for one in draft.windows
    ]


PAUSE = "Russia declared a pause in Aleppo from 9 a.m. to 7 p.m. on Saturday."
READ = {
    # What is announced is to come, though the word for it is past.
    "The Syrian army announced a truce on Sunday, 0900 to 1400.": [
        "2016-11-06 09:00 to 2016-11-06 14:00"
    ],
    "The Syrian army guaranteed safe passage on Saturday, Sunday and Monday, from 7 a.m. to 5 p.m. "
    "each day.": [
        "2016-11-05 07:00 to 2016-11-05 17:00",
        "2016-11-06 07:00 to 2016-11-06 17:00",
        "2016-11-07 07:00 to 2016-11-07 17:00",
    ],
    # A length, a start and an end that stand apart.
    "Russia announced a 72-hour ceasefire in Aleppo that will begin at 6 a.m. on Saturday.": [
        "2016-11-05 06:00 to 2016-11-08 06:00"
    ],
    "Russia announced daily pauses of three hours, from 10 a.m. to 1 p.m., beginning on Sunday.": [
        "2016-11-06 10:00 to 2016-11-06 13:00 daily"
    ],
    # What later sentences tell of it.
    "Russia declared a pause in Aleppo for Saturday. It will run from 9 a.m. until 7 p.m.": [
        "2016-11-05 09:00 to 2016-11-05 19:00"
    ],
    # On a day that is over the thing was said or done; nothing was bounded by it.
    "The Syrian government approved access to Douma on 31 October.": [],
    # Days without hours that follow each other are one stretch.
    "Russia said it would stop bombing Aleppo on 5 and 6 November.": [
        "2016-11-05 00:00 to 2016-11-07 00:00"
    ],
    "Russia said it would stop bombing Aleppo on Saturday for two days.": [
        "2016-11-05 00:00 to 2016-11-07 00:00"
    ],
    # An hour in two zones, and an hour that tells the other one.
    "Russia said it would stop firing from 10:00 Moscow time, 09:00 in Damascus, on Saturday.": [
        "2016-11-05 09:00 to -"
    ],
    "Russia said it would stop firing from 9 a.m. to 5 on Saturday.": [
        "2016-11-05 09:00 to 2016-11-05 17:00"
    ],
    "Russia extended the pause until the end of November.": ["- to 2016-12-01 00:00"],
}


@pytest.mark.parametrize(("text", "told"), READ.items())
def test_an_offer_has_the_windows_that_its_words_tell(text: str, told: list[str]) -> None:
    assert windows(reading(text).drafts[-1]) == told


BEHIND_A_PAUSE = {
    # From the end of what it extends.
    "On Saturday evening Russia extended the pause by 24 hours.": (
        "2016-11-05 19:00 to 2016-11-06 19:00"
    ),
    "On Saturday evening Russia extended the pause to Monday at noon.": (
        "2016-11-05 19:00 to 2016-11-07 12:00"
    ),
    # The day of which the text speaks, where the hours name none.
    "Russia said that fighters may leave by two corridors from 10 a.m. to noon.": (
        "2016-11-05 10:00 to 2016-11-05 12:00"
    ),
}


@pytest.mark.parametrize(("text", "told"), BEHIND_A_PAUSE.items())
def test_what_was_told_before_bounds_what_follows(text: str, told: str) -> None:
    assert windows(reading(f"{PAUSE} {text}").drafts[-1]) == [told]


@pytest.mark.parametrize(
    "before",
    [
        # Two days are told, or one is left open: then nobody knows of which the hours are.
        "Russia spoke of Saturday and of Sunday.",
        "Russia and the rebels will meet next Wednesday.",
        # A day that is over bounds nothing that will be.
        "Shells fell on the city of Aleppo on Tuesday evening.",
    ],
)
def test_hours_stay_open_where_no_one_day_is_spoken_of(before: str) -> None:
    text = f"{before} Russia said that fighters may leave from 10 a.m. to noon."
    assert windows(reading(text).drafts[-1]) == ["open"]


def test_time_that_is_given_until_an_hour_is_a_deadline() -> None:
    [draft] = reading("The Russian army gave rebels until 7 p.m. on Saturday to leave.").drafts
    assert draft.deadline is not None
    assert local(draft.deadline.value.at) == "2016-11-05 19:00"


def test_a_deadline_within_a_condition_bounds_nothing() -> None:
    text = "Russia guaranteed safe passage provided that the list is with it by 6 p.m. on Saturday."
    [draft] = reading(text).drafts
    assert not draft.windows

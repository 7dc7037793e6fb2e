"""The words of time in their files: every language has its own, and a mistake says where it is."""

from __future__ import annotations

import pytest

from safeconduct.adapters.files.timewords import bundled_time_words, time_words
from safeconduct.errors import WrongField
from safeconduct.spacetime import known_zones
from safeconduct.wire.times import Role

LANGUAGES = ("ar", "en", "es", "fr", "ru", "uk")


def test_every_language_comes_with_its_words() -> None:
    assert tuple(bundled_time_words()) == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_all_months_days_and_the_words_that_bound_a_time(language: str) -> None:
    said = bundled_time_words()[language].words
    assert sorted(said[Role.MONTH], key=int) == [str(n) for n in range(1, 13)]
    assert sorted(said[Role.WEEKDAY]) == [str(n) for n in range(7)]
    assert {"-1", "0", "1"} <= set(said[Role.DAY])
    # A minute before midnight and one after it, where a language has words for them.
    assert {"0", "720"} <= set(said[Role.OCLOCK]) <= {"0", "1", "720", "1439"}
    assert {"minute", "hour", "day", "week", "month", "year"} == set(said[Role.UNIT])
    assert {"local", "Etc/UTC", "Europe/Moscow"} <= set(said[Role.ZONE])
    bounds = (Role.FROM, Role.TO, Role.UNTIL, Role.BETWEEN, Role.AND, Role.BY, Role.FOR)
    ends = (Role.OPEN, Role.DAILY, Role.APPROX, Role.BEGINS, Role.ENDS, Role.PAST, Role.FUTURE)
    assert all(said[role][""] for role in (*bounds, *ends))


def test_every_zone_is_one_of_the_pinned_database() -> None:
    named = {zone for words in bundled_time_words().values() for zone in words.words[Role.ZONE]}
    assert named - {"local", "?"} <= known_zones()


MISTAKES = {
    "hours = 13": "say that a day has 13 hours",
    'date_order = "ymd"': "The order of dates of 'en' is 'ymd'",
    "hour = 12": "have the unknown setting 'hour'",
    '[words]\nform = ["from"]': "have 'form', which is no role of a word",
    '[months]\n1 = ["january"]': "have 'months', which is no role of a word",
    '[month]\n1 = "january"': "The words of '1' of 'en' are no list of texts",
    "[month": "are no TOML",
}


@pytest.mark.parametrize("toml", MISTAKES)
def test_a_mistake_in_a_file_says_what_was_found(toml: str) -> None:
    with pytest.raises(WrongField) as refused:
        time_words(toml, "en")
    assert MISTAKES[toml] in str(refused.value)

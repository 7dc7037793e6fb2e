"""Whatever text there is, its times are found without an error, in order and inside it."""

from __future__ import annotations

import datetime as dt
import os
import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.adapters.files.timewords import bundled_time_words
from safeconduct.spacetime import OPEN_END
from safeconduct.wire import Excerpt, ReadTime, ReadWindow
from safeconduct.wire.times import FoundDay, TimeFound, join
from tests.unit.wire.times.reading import reader
from tests.unit.wire.times.rendering import MONTHS, WEEKDAYS, month, weekday

LANGUAGES = sorted(bundled_time_words())
EXAMPLES = int(os.environ.get("SAFECONDUCT_EXAMPLES", "300"))
PUBLISHED = dt.date(2016, 11, 4)

FIGURES = (
    *("0", "1", "5", "9", "12", "24", "31", "48", "0900", "1900", "2016", "9:00", "18h30", "10.00"),
    *("2016-11-04", ",", ".", "(", ")", "-", "–", "/", ":", "\n", "trucks", "٩", "۱۲"),
)

examples = settings(max_examples=EXAMPLES, deadline=None)


@cache
def words_of(language: str) -> list[str]:
    """Every word of time of a language, with numbers and signs among them."""
    said = bundled_time_words()[language].words.values()
    words = {
        word.rstrip("*") for by_value in said for phrases in by_value.values() for word in phrases
    }
    return [*sorted(words), *FIGURES]


@st.composite
def salads(draw: st.DrawFn) -> tuple[str, str]:
    """A language, and words of time of it in any order."""
    language = draw(st.sampled_from(LANGUAGES))
    words = draw(st.lists(st.sampled_from(words_of(language)), max_size=25))
    return language, draw(st.sampled_from([" ", "", ", "])).join(words)


def found_in(text: str, language: str, start: int = 0) -> list[TimeFound]:
    place = Excerpt(start, len(text))
    return reader().find(text, place, language, published=PUBLISHED, zone="Asia/Damascus")


def check(text: str, language: str, start: int = 0) -> None:
    """What is found stands in the text, in order; each value is a time or says why it is none."""
    last = Excerpt(start, start + 1)
    for found in found_in(text, language, start):
        assert start <= found.at.start < found.at.end <= len(text)
        assert found.at == last or found.at.start >= last.end or found.at.start == start
        assert found.at.of(text).strip() == found.at.of(text)
        last = found.at
        what = found.what
        if isinstance(what, FoundDay):
            assert (what.day is None) == bool(what.unresolved)
        elif isinstance(what, ReadTime):
            assert (what.at is None) == bool(what.unresolved)
        else:
            check_window(what)


def check_window(what: ReadWindow) -> None:
    if what.unresolved:
        assert what.start is what.end is None
    else:
        assert what.start is not None or what.end is not None
        assert what.zone
    if what.start is not None and what.end is not None:
        assert what.start < what.end < OPEN_END


@given(salads())
@examples
def test_words_of_time_in_any_order_are_read_without_an_error(salad: tuple[str, str]) -> None:
    language, text = salad
    if text:
        check(text, language)


@given(st.text(min_size=1, max_size=300), st.sampled_from(LANGUAGES))
@examples
def test_any_text_is_read_without_an_error(text: str, language: str) -> None:
    check(text, language)
    check(f"5 May {text}", language, 3)


@given(salads(), salads())
@examples
def test_any_two_times_are_joined_or_not_and_never_fail(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    known = {"zone": "Asia/Damascus", "published": PUBLISHED}
    for a in found_in(f"x {first[1]}", first[0])[:3]:
        for b in found_in(f"x {second[1]}", second[0])[:3]:
            for both in join(a, b, **known):  # type: ignore[arg-type]
                if isinstance(both.what, ReadWindow):
                    check_window(both.what)


@given(
    st.sampled_from(sorted(MONTHS)),
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
    st.integers(-180, 180),
)
@examples
def test_a_date_without_a_year_is_the_nearest_one(
    language: str, published: dt.date, days: int
) -> None:
    day = published + dt.timedelta(days=days)
    of = " de " if language == "es" else " "
    text = f"{day.day}{of}{month(language, day)}"
    found = reader().find(text, Excerpt(0, len(text)), language, published=published, zone="")
    assert [one.what.day for one in found if isinstance(one.what, FoundDay)] == [day]


CUES = {
    "en": ("He said so on {}.", "It will begin on {}."),
    "fr": ("Il l'a annoncé {}.", "Le convoi passera {}."),
    "es": ("Lo anunció el {}.", "El convoy saldrá el {}."),
    "ru": ("Он заявил в {}.", "Колонна выйдет, как ожидается, в {}."),
    "uk": ("Він повідомив у {}.", "Колони мають вийти у {}."),
    "ar": ("وقال يوم {} ذلك.", "سيبدأ ذلك يوم {}."),
}


@given(
    st.sampled_from(sorted(WEEKDAYS)),
    st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)),
    st.integers(0, 6),
    st.booleans(),
)
@examples
def test_a_weekday_is_the_last_or_the_next_by_the_words_near_it(
    language: str, published: dt.date, days: int, is_ahead: bool
) -> None:
    day = published + dt.timedelta(days=days if is_ahead else -days)
    text = CUES[language][is_ahead].format(weekday(language, day))
    found = reader().find(text, Excerpt(0, len(text)), language, published=published, zone="UTC")
    (said,) = found
    days_told = [*said.said.days, *([said.said.start.day] if said.said.start else [])]
    assert [one.day for one in days_told if one is not None] == [day]


HOSTILE = {
    "a row of hours": "9:00 to ",
    "a row of days": "on Friday and ",
    "days without a month": "the 12th, on the 12th, ",
    "numbers": "1-",
    "brackets that stay open": "9 a.m. (",
    "only little words": "from the in by at ",
    "letters": "a",
    "marks": "a\u0301",
    "figures": "1",
    "empty lines": "\n \n",
    "Arabic hours": "من الساعة ٩ ",
    "lengths": "5 March, 2 hours ",
    "events": "until x ",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_without_any_sentence_takes_time_in_proportion(name: str) -> None:
    def seconds(length: int) -> float:
        text = (HOSTILE[name] * length)[:length]
        begun = time.process_time()
        found_in(text, "ar" if "Arabic" in name else "en")
        return time.process_time() - begun

    seconds(5_000)
    # The least of three: in a process that holds much, a sweep of its memory falls into some.
    short, long = (min(seconds(length) for _ in range(3)) for length in (20_000, 80_000))
    # Four times as much text: three times the proportion is left to the machine.
    assert long < 12 * short + 0.5
    assert long < 20

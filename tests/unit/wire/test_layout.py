"""What of a plain text is title, publisher, dateline and day, and what is left out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.wire import Excerpt, LeftOut, Report
from safeconduct.wire.layout import lay_out
from tests.shared_material import shared_dir

BODY = "The council said that the road is open until noon, and that trucks may pass."
OTHER = "The band said that it had heard nothing of this, and that it would fire on anyone."


def _words(report: Report, at: Excerpt | None) -> str | None:
    return at.of(report.text) if at else None


def _left(report: Report) -> list[tuple[str, str]]:
    return [(one.at.of(report.text), one.why) for one in report.left_out]


@pytest.mark.parametrize(
    ("line", "place", "agency", "day"),
    [
        ("GENEVA (Reuters) - {}", "GENEVA", "Reuters", None),
        ("ALEPPO, Syria, Nov 4 - {}", "ALEPPO, Syria", None, None),
        ("MOSCOW/NEW YORK, Aug 10 (2016) - {}", "MOSCOW/NEW YORK", None, "2016-08-10"),
        ("JAN 11 (2016) - {}", None, None, "2016-01-11"),
        ("GENEVA, 21 October 2016 (AFP) — {}", "GENEVA", "AFP", "2016-10-21"),
        ("DAMASCUS -- {}", "DAMASCUS", None, None),
        ("ДАМАСК, 4 ноября. /ТАСС/. {}", "ДАМАСК", "ТАСС", None),
        ("Мариуполь, воскресенье, 6 марта 2022 года. {}", "Мариуполь", None, "2022-03-06"),
        ("Маріуполь, субота, 5 березня 2022 року. {}", "Маріуполь", None, "2022-03-05"),
        ("ALEP, samedi 22 octobre 2016 - {}", "ALEP", None, "2016-10-22"),
        ("Lunes, 22 de agosto de 2016. {}", None, None, "2016-08-22"),
        ("دمشق (رويترز) - {}", "دمشق", "رويترز", None),
        ("حمص - الجمعة ٧ شباط ٢٠١٤\n\n{}", "حمص", None, "2014-02-07"),
        ("اليمن - الأحد ٢٦ تموز/يوليو ٢٠١٥\n\n{}", "اليمن", None, "2015-07-26"),
        ("Access note, 13 November 2024\n\n{}", None, None, "2024-11-13"),
        ("Valley Hills Weekly, 14 November 2019\n\n{}", None, None, "2019-11-14"),
        ("NOTES FROM CALL, 25 Nov 2016 (Fri)\nSubject: the plan\n\n{}", None, None, "2016-11-25"),
        ("9 Nov 2023, Gaza, short:\n\n{}", None, None, "2023-11-09"),
    ],
)
def test_an_opening_gives_place_agency_and_day(
    line: str, place: str | None, agency: str | None, day: str | None
) -> None:
    report = lay_out(line.format(BODY))
    assert _words(report, report.dateline) == place
    assert _words(report, report.publisher) == agency
    assert (report.published.isoformat() if report.published else None) == day


@pytest.mark.parametrize(
    "text",
    [
        "Russia - which has said so before - will stop on 12 June 2019.",
        "The general said on 12 June 2019 that the road is open. " + BODY,
        "The general said on 12 June 2019\nthat the road is open and would remain so.",
        "It will be open on 4/11/2016.\n\n" + BODY,
        "Of 31 June 2019\n\n" + BODY,
        "Between 12 June 2019 and 14 June 2019\n\n" + BODY,
        "We will pass - if they let us - at noon.",
        "FOUR TOWNS - SITUATION NOTE\n\n" + BODY,
        "AS IT HAPPENS (times are local)\n\n" + BODY,
        "Fri 16 Dec - Halted. There was fire.",
        "Notes from a call (Friday)\n\n" + BODY,
        "",
    ],
)
def test_a_day_or_a_place_that_the_text_only_tells_of_is_not_its_own(text: str) -> None:
    report = lay_out(text)
    assert (report.dateline, report.dated, report.published) == (None, None, None)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Lake Cup: Ostrel hold on\n\n" + BODY, "Lake Cup: Ostrel hold on"),
        ("SUDAN: ADRE CROSSING\nAccess note, 13 November 2024\n\n" + BODY, "SUDAN: ADRE CROSSING"),
        ("To: all teams\nSubject: Wadi road, Friday\n12 June 2019\n\n" + BODY, "Wadi road, Friday"),
        ("Тема: Дорога\n\n" + BODY, "Дорога"),
        ("The council said that the road\nis open until noon.", None),
        (BODY, None),
        (BODY + "\n\n" + OTHER, None),
        ("GENEVA (Reuters) - " + BODY + "\n\n" + OTHER, None),
        ("Only a headline", None),
    ],
)
def test_a_title_is_a_headline_or_a_subject(text: str, title: str | None) -> None:
    report = lay_out(text)
    assert _words(report, report.title) == title


def test_the_wire_report_is_laid_out() -> None:
    text = (shared_dir() / "reports" / "seed-reuters-2016-11-04.txt").read_text(encoding="utf-8")
    report = lay_out(text, published=dt.date(2016, 11, 4))
    assert _words(report, report.dateline) == "GENEVA"
    assert _words(report, report.publisher) == "Reuters"
    assert [words for words, _ in _left(report)] == [
        "By Tom Miles\n\nBy Tom Miles",
        "(Reporting by Tom Miles; Editing by Tom Heneghan)",
        "Latest From ...",
    ]
    assert report.title is None
    assert report.notes == ()


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("Read more: Talks in the valley go on", "a link to another report"),
        ("Share this article", "a button or a menu"),
        ("Читайте также: Переговоры продолжаются", "a link to another report"),
        ("(Reporting by A. Writer; editing by B. Reader.)", "a line about who made the report"),
        ("Подписаться", "a button or a menu"),
        ("جميع الحقوق محفوظة", "a line of the outlet"),
        ("© 2019 The Valley Times", "a line of the outlet"),
    ],
)
def test_furniture_is_left_out_and_says_why(line: str, why: str) -> None:
    report = lay_out(f"{BODY}\n\n{line}\n\n{OTHER}")
    assert _left(report) == [(line, why)]


@pytest.mark.parametrize(
    "line",
    [
        "Share this road with them, the general said, and we will fire.",
        "Related to this, the band withdrew its word.",
        "Home was never attacked, the band said.",
        "Sign up to the truce by noon or be attacked, the general said.",
        "Reporting by radio that the road was closed, the band fired on the bridge.",
        "By Friday noon all roads will be closed",
        "Latest from the front: the guarantee is withdrawn!",
    ],
)
def test_a_sentence_is_never_taken_for_furniture(line: str) -> None:
    assert lay_out(f"{BODY}\n\n{line}\n\n{OTHER}").left_out == ()


def test_headlines_of_other_reports_are_left_out_until_the_text_goes_on() -> None:
    report = lay_out(f"{BODY}\n\nLatest from the valley\n\nBand wins cup\nRoad closed\n\n{OTHER}")
    assert _left(report) == [
        ("Latest from the valley", "the head of a list of other reports"),
        ("Band wins cup\nRoad closed", "a headline of another report"),
    ]


def test_what_comes_back_is_left_out_once_it_was_read() -> None:
    report = lay_out(f"{BODY}\n\n{OTHER}\n\n{BODY}\n\nYes.\nYes.")
    assert _left(report) == [
        (BODY, "a line that stands twice"),
        ("Yes.", "a line that stands twice"),
    ]
    assert report.is_read(Excerpt(0, len(BODY)))


def test_what_comes_back_under_another_heading_is_no_repeat() -> None:
    assert lay_out(f"Road A\n\n{BODY}\n\nRoad B\n\n{BODY}").left_out == ()
    assert lay_out(f"Road A\n\nOpen.\n\n{BODY}\n\nOpen.").left_out == ()


def test_a_known_title_is_read_even_where_a_page_had_left_it_out() -> None:
    text = f"Menu of ours\n\nTrucks may pass\n\n{BODY}"
    menu = LeftOut(Excerpt(0, text.index(BODY) - 2), "not of the article")
    report = lay_out(text, title="Trucks  may pass", left_out=[menu])
    assert _words(report, report.title) == "Trucks may pass"
    assert _left(report) == [("Menu of ours", "not of the article")]


def test_a_day_that_was_given_wins_and_the_others_are_told() -> None:
    text = f"GENEVA, 4 November 2016 - {BODY}"
    report = lay_out(text, published=dt.date(2016, 11, 5), declared=dt.date(2016, 11, 6))
    assert report.published == dt.date(2016, 11, 5)
    assert report.notes == (
        "The text says that it is of 2016-11-04; it is read as of 2016-11-05, which was given.",
        "The file is marked as of 2016-11-06; it is read as of 2016-11-05, which was given.",
    )


def test_the_texts_own_day_wins_over_the_marks_of_its_file() -> None:
    report = lay_out(f"GENEVA, 4 November 2016 - {BODY}", declared=dt.date(2016, 11, 5))
    assert report.published == dt.date(2016, 11, 4)
    assert _words(report, report.dated) == "4 November 2016"
    assert report.notes == (
        "The file is marked as of 2016-11-05; it is read as of 2016-11-04, which the text states.",
    )
    assert lay_out(BODY, declared=dt.date(2016, 11, 5)).published == dt.date(2016, 11, 5)


def test_another_publisher_than_the_texts_is_told() -> None:
    report = lay_out(f"GENEVA (Reuters) - {BODY}", publisher="Valley Times")
    assert (_words(report, report.publisher), report.told_publisher) == ("Reuters", "")
    assert report.notes == ("The text names Reuters as its publisher, not Valley Times.",)
    assert lay_out(f"GENEVA (Reuters) - {BODY}", publisher="Reuters News").notes == ()
    assert lay_out(BODY, publisher="Valley Times").told_publisher == "Valley Times"


def test_a_text_of_which_nothing_is_left_says_so() -> None:
    report = lay_out("Share\n\nRead more: Something else")
    assert report.notes == ("Nothing of the text is left to read: all of it was left out.",)


PIECES = st.sampled_from(
    [
        *(
            "GENEVA (Reuters) - ",
            "Nov 4",
            "2016",
            "\n",
            "\n\n",
            "By Tom Miles",
            "Share",
            BODY,
            OTHER,
        ),
        *("Latest from ", "حمص - ", "٧ شباط ٢٠١٤", "Subject: ", "/ТАСС/", ". ", "(", ")", "-", " "),
        *("Read more: ", "\u00a0", "x" * 130, "İ", "ß"),
    ]
)


@given(st.lists(PIECES, max_size=25).map("".join), PIECES)
def test_whatever_is_found_stands_in_the_text_and_is_read(text: str, title: str) -> None:
    report = lay_out(text, title=title)
    assert report.text == text
    spots = [report.title, report.publisher, report.dateline, report.dated]
    for at in [one for one in spots if one]:
        assert at.end <= len(text)
        assert at.of(text).strip() == at.of(text)
        assert report.is_read(at)
    ends = [0, *(side for one in report.left_out for side in (one.at.start, one.at.end)), len(text)]
    assert ends == sorted(ends)

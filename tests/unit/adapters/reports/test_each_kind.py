"""Each kind of file that a report comes as gives its text, and what its own marks say."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from safeconduct.adapters.reports import Child, Kind, open_report
from safeconduct.wire import Excerpt, Report
from tests.unit.adapters.reports.files import docx, eml, pdf, run

OPEN = "The council said that the road is open until noon, and that trucks may pass with food."
FIRE = "The band said that it had heard nothing of this, and that it would fire on anyone."


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as one:
        yield one


def _words(report: Report, at: Excerpt | None) -> str | None:
    return at.of(report.text) if at else None


def _left(report: Report) -> list[tuple[str, str]]:
    return [(one.at.of(report.text), one.why) for one in report.left_out]


def test_a_text_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_bytes(f"\n{OPEN}\r\n\r\n{FIRE}\r\n".encode())
    report = open_report(path, published=dt.date(2019, 6, 12), publisher="Valley Times")
    assert report.text == f"\n{OPEN}\n\n{FIRE}\n"
    assert (report.published, report.told_publisher) == (dt.date(2019, 6, 12), "Valley Times")
    assert report.source == "note.txt"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_standard_input_is_read_in_what_its_mark_says(encoding: str) -> None:
    text = "Дорога открыта до полудня, сказал совет. الطريق مفتوح حتى الظهر."
    report = open_report(io.BytesIO(text.encode(encoding)), source="a phone")
    assert (report.text, report.source) == (text, "a phone")


def test_pasted_text_is_read() -> None:
    report = open_report(f"GENEVA (Reuters) - {OPEN}")
    assert _words(report, report.publisher) == "Reuters"


def test_what_nobody_sees_is_not_in_the_text_and_places_count_what_is() -> None:
    pasted = "\u202bحمص\u202c - الجمعة ٧ شباط ٢٠١٤\n\nقال المج\u00adلس إن الطريق مفتوح."
    report = open_report(pasted)
    assert _words(report, report.dateline) == "حمص"
    assert _words(report, report.dated) == "٧ شباط ٢٠١٤"
    assert report.text.endswith("قال المجلس إن الطريق مفتوح.")
    assert report.notes == ()


def test_a_text_written_to_be_seen_otherwise_says_so() -> None:
    assert open_report(f"{OPEN} \u202enepo ton\u202c").notes[0].startswith("The text holds char")


PAGE = f"""\
<!DOCTYPE html><html><head><meta charset="utf-8"><title>Trucks may pass | Valley Times</title>
<meta property="og:site_name" content="Valley Times">
<meta property="article:published_time" content="2019-06-12T23:30:00+03:00">
<script type="application/ld+json">{{"@type": "Article", "datePublished": "2019-06-12"}}</script>
</head><body><nav><ul><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul></nav>
<article><h1>Trucks  may pass</h1><p>By A. Writer</p>
<p>OSTREL (invented), June 12 - {OPEN.replace("open", "<b>open</b>")}</p>
<p style="display: none">Nobody sees these words, so nobody said them.</p>
<div><button>Share</button></div><p>Read more: <a href="/c">Band wins cup</a></p>
<table><tr><th>Road</th><th>State</th></tr><tr><td>North</td><td>closed</td></tr></table>
<p>{FIRE}<br>It &amp; others.</p></article>
<aside><h3>Most read</h3><ul><li><a href="/d">Another headline of the day</a></li></ul></aside>
<footer><p>All of it is ours and nobody else's.</p></footer></body></html>"""


def test_a_page_is_read_without_what_stands_around_its_article(child: Child) -> None:
    report = open_report(io.BytesIO(PAGE.encode()), child=child)
    assert report.title and report.title.of(report.text) == "Trucks may pass"
    assert (report.told_publisher, report.published) == ("Valley Times", dt.date(2019, 6, 12))
    assert _words(report, report.dateline) == "OSTREL"
    assert _left(report) == [
        ("World\nSport", "menu of the page"),
        ("By A. Writer", "a line about who wrote the report"),
        ("Share", "a button or a menu"),
        ("Read more: Band wins cup", "a link to another report"),
        (
            "Most read\n\nAnother headline of the day",
            "not of the article, as the page is built",
        ),
        ("All of it is ours and nobody else's.", "foot of the page"),
    ]
    assert "Road\tState\nNorth\tclosed\n\n" in report.text
    assert report.text.count(f"{FIRE}\nIt & others.") == 1
    assert "Nobody sees" not in report.text
    assert report.notes == ()


def test_a_page_in_an_old_encoding_is_read_where_it_says_so(child: Child) -> None:
    page = '<html><head><meta charset="windows-1251"></head><body><p>Дорога открыта.</p></body>'
    assert open_report(io.BytesIO(page.encode("cp1251")), child=child).text == "Дорога открыта."
    arabic = page.replace("1251", "1256").replace("Дорога открыта.", "الطريق مفتوح.")
    assert open_report(io.BytesIO(arabic.encode("cp1256")), child=child).text == "الطريق مفتوح."


def test_a_title_that_a_page_only_shows_in_its_tab_stands_first(child: Child) -> None:
    page = f"<html><head><title>Trucks may pass</title></head><body><p>{OPEN}</p></body></html>"
    report = open_report(io.BytesIO(page.encode()), child=child)
    assert report.text == f"Trucks may pass\n\n{OPEN}"
    assert _words(report, report.title) == "Trucks may pass"


def test_days_in_a_pages_marks_that_differ_are_told(child: Child) -> None:
    page = PAGE.replace('"datePublished": "2019-06-12"', '"datePublished": "2019-06-13"')
    report = open_report(io.BytesIO(page.encode()), child=child, published=dt.date(2019, 6, 14))
    assert report.notes == (
        "The page is marked as of 2019-06-12, and also as of 2019-06-13.",
        "The file is marked as of 2019-06-12; it is read as of 2019-06-14, which was given.",
    )


SENT = ("From: Access Desk <desk@example.org>", "Date: Wed, 12 Jun 2019 23:10:00 +0300")


def test_a_mail_is_its_subject_and_what_its_writer_wrote_now(child: Child) -> None:
    body = f"{OPEN}\n\nOn Tuesday, Somebody wrote:\n> {FIRE}\n> Yes.\n\n{FIRE}\n\n-- \nA desk\n"
    report = open_report(io.BytesIO(eml(body, "Subject: Re: The road", *SENT)), child=child)
    assert report.text.startswith(f"Re: The road\n\n{OPEN}")
    assert _words(report, report.title) == "Re: The road"
    assert (report.told_publisher, report.published) == ("Access Desk", dt.date(2019, 6, 12))
    assert _left(report) == [
        (f"On Tuesday, Somebody wrote:\n> {FIRE}\n> Yes.", "quoted from an earlier mail"),
        ("-- \nA desk", "the signature"),
    ]


def test_a_mail_that_passes_another_on_is_read_with_it(child: Child) -> None:
    body = f"See below.\n\n-----Original Message-----\n> {FIRE}"
    report = open_report(io.BytesIO(eml(body, "Subject: FW: The road", *SENT)), child=child)
    assert _left(report) == []
    answer = open_report(io.BytesIO(eml(body, "Subject: Re: The road", *SENT)), child=child)
    assert [why for _, why in _left(answer)] == ["an earlier mail"]


def test_a_mail_in_two_forms_is_read_as_text_and_one_in_html_as_it_is_seen(child: Child) -> None:
    html = f"<p>{OPEN}</p><div class='gmail_quote'><p>{FIRE}</p></div>"
    parts = "".join(
        f"--b\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{text}\r\n"
        for kind, text in (("plain", f"{OPEN} Plain."), ("html", html))
    )
    head = "\r\n".join(
        [*SENT, "MIME-Version: 1.0", "Content-Type: multipart/{};boundary=b", "", ""]
    )
    both = (head.format("alternative") + parts + "--b--").encode()
    assert open_report(io.BytesIO(both), child=child, kind=Kind.MAIL).text == f"{OPEN} Plain."
    alone = open_report(io.BytesIO(eml(html, *SENT, kind="text/html")), child=child)
    assert alone.text == f"{OPEN}\n\n{FIRE}"
    assert _left(alone) == [(FIRE, "quoted from an earlier mail")]
    attached = parts.replace("text/html", "application/pdf; name=map.pdf").replace(
        "pdf; charset=utf-8\r\n", 'pdf\r\nContent-Disposition: attachment; filename="map.pdf"\r\n'
    )
    mixed = open_report(
        io.BytesIO((head.format("mixed") + attached + "--b--").encode()), child=child
    )
    assert "hand them in by themselves: map.pdf." in mixed.notes[0]


def test_a_document_is_read_with_its_changes_and_without_what_is_hidden(child: Child) -> None:
    content = docx(
        run("Trucks may pass"),
        run("The council said that the road is ")
        + f"<w:ins>{run('not ')}</w:ins>"
        + "<w:del><w:r><w:delText>fully </w:delText></w:r></w:del>"
        + f"<w:hyperlink>{run('open')}</w:hyperlink>"
        + run(" really", "<w:rPr><w:vanish/></w:rPr>")
        + run(".")
        + f"<mc:AlternateContent><mc:Choice><w:txbxContent><w:p>{run('In a box.')}</w:p>"
        f"</w:txbxContent></mc:Choice><mc:Fallback><w:p>{run('In a box.')}</w:p></mc:Fallback>"
        "</mc:AlternateContent>",
        run("One") + "<w:r><w:br/></w:r>" + run("two."),
    )
    report = open_report(io.BytesIO(content), child=child)
    assert report.text == (
        "Trucks may pass\n\nThe council said that the road is not open.\n\nIn a box.\n\nOne\ntwo."
    )
    assert _words(report, report.title) == "Trucks may pass"
    assert report.notes == (
        "The document holds changes that nobody has accepted; it is read as if they were.",
    )


def test_the_lines_of_a_pdf_are_joined_to_paragraphs(child: Child) -> None:
    page = (
        "Trucks may pass",
        "The council said on Wednesday that the road is open until",
        "noon, and that trucks may pass with food and medi-",
        "cine for the valley.",
        "The band said that it had heard nothing of this, and that it",
        "would fire.",
        "1. One",
    )
    report = open_report(io.BytesIO(pdf(page, ["The second page."])), child=child)
    assert report.text == (
        "Trucks may pass\nThe council said on Wednesday that the road is open until noon, and that "
        "trucks may pass with food and medicine for the valley.\n\nThe band said that it had heard "
        "nothing of this, and that it would fire.\n\n1. One\n\nThe second page."
    )


def test_one_process_takes_apart_one_file_after_another(child: Child) -> None:
    first = open_report(io.BytesIO(PAGE.encode()), child=child)
    open_report(io.BytesIO(docx(run(OPEN))), child=child)
    assert open_report(io.BytesIO(PAGE.encode()), child=child) == first


def test_without_a_process_of_its_own_one_is_started_and_ended() -> None:
    assert open_report(io.BytesIO(docx(run(OPEN)))).text == OPEN

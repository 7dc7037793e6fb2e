"""Files that are made to do harm, or were damaged, are refused in words, within the limits.

None of these reads a clock: the process that takes files apart is ended by the system when it does
not keep its limits, and then the refusal says so.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safeconduct.adapters.reports import Child, Columns, Kind, open_report, open_sheet
from safeconduct.errors import (
    FileTooLarge,
    InputError,
    MissingFile,
    SafeconductError,
    UnreadableFile,
)
from tests.unit.adapters.reports.files import docx, eml, packed, pdf, run, with_objects, xlsx

SAID = "The road is open."
BOMB = '<!DOCTYPE a [<!ENTITY b "bbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
HTML = b"<!doctype html><html><body>"


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as one:
        yield one


def _zeros(part: str, size: int) -> bytes:
    """A document with a part of this many spaces, which packs to a thousandth."""
    return docx(run(SAID), more={part: b" " * size})


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe\x00", "no whole text in UTF-16"),
        (b"The road \xe9 open", "no whole text in UTF-8: the byte 0xe9 at place 9"),
        ("Дорога".encode()[:-1], "no whole text in UTF-8"),
        (b"The road\x00is open", "holds the control character 0x00 at character 8"),
        (b"", "holds no text"),
        ("\u200b \ufeff\n".encode(), "holds no text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more", "locked with a password"),
        (b"\x89PNG\r\n", "is a picture"),
        (packed({"a.txt": "a"}), "is a packed file, and neither .docx nor .xlsx"),
    ],
)
def test_what_is_no_text_is_told(content: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile, match=says):
        open_report(io.BytesIO(content))


def test_text_that_is_no_report_is_refused_by_its_size() -> None:
    with pytest.raises(FileTooLarge, match=r"10\.0 MiB, but no more than 4 MiB of its kind"):
        open_report(io.BytesIO(b"a" * (10 << 20)))
    with pytest.raises(FileTooLarge, match="has 1,000,001 characters, but no more than 1,000,000"):
        open_report(io.BytesIO(b"a" * 1_000_001))
    with pytest.raises(FileTooLarge, match="no more than 5 MiB of its kind"):
        open_report(io.BytesIO(HTML + b"a" * (5 << 20)))
    with pytest.raises(FileTooLarge, match="no more than 16 MiB"):
        open_report(io.BytesIO(b"%PDF-" + b"a" * (17 << 20)))


def test_half_a_character_and_a_missing_file_are_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"half a character \(U\+D800\), at character 3"):
        open_report("abc\ud800")
    with pytest.raises(MissingFile, match=r"no file gone\.txt"):
        open_report(tmp_path / "gone.txt")


def test_marks_without_end_on_one_letter_do_not_cost_their_square() -> None:
    # Two marks in the wrong order, over and over: putting all of them in order would take hours.
    report = open_report("a" + "\u0301\u0316" * 400_000)
    assert len(report.text) <= 32


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (HTML + b"<div>" * 400_000, "Excessive depth"),
        (HTML + b"<p>a" * 200_000, "has 200,002 elements, but no more than 60,000"),
        (HTML + b"<" * 2_000_000, "has 2,000,000 characters, but no more than 1,000,000"),
        (HTML + b"\xe9", "no whole text in UTF-8"),
        (b"<html><meta charset=shift_jis>", "in the encoding 'shift_jis', which is not read"),
        (HTML + b"<script>" + b"x" * 4_000_000, "holds no text"),
    ],
)
def test_a_hostile_page_is_refused(content: bytes, says: str, child: Child) -> None:
    with pytest.raises(InputError, match=says):
        open_report(io.BytesIO(content), child=child)


@pytest.mark.parametrize(
    "inside",
    [
        b"<p class='" + b"a" * 4_000_000 + b"'>The road is open.</p>",
        b"<!--" * 500_000 + b"--><p>The road is open.</p>",
        b"<script type='application/ld+json'>" + b"[" * 100_000 + b"</script>The road is open.",
        b"<p>The\0 road is open.</p>",
        b"<p>The road" + b" " * 4_000_000 + b"is open.</p>",
    ],
)
def test_a_page_with_bulk_that_says_nothing_is_read(inside: bytes, child: Child) -> None:
    assert open_report(io.BytesIO(HTML + inside), child=child).text == SAID


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (_zeros("word/media.xml", 40 << 20), "word/media.xml unpacks to 32 MiB or more"),
        (_zeros("word/media.bin", 130 << 20), "unpacks to 130 MiB or more, but no more than 128"),
        (docx(run(SAID), head=BOMB), "declares a document type or entities"),
        (docx(run(SAID), head=OUTSIDE), "declares a document type or entities"),
        (docx(run(SAID), more={"word/a.xml": OUTSIDE.encode("utf-16")}), "declares a document"),
        (docx(run(SAID), head="<broken>"), "markup is damaged"),
        (docx("<w:r>" * 400 + run(SAID) + "</w:r>" * 400), "markup is damaged: Excessive depth"),
        (docx(run(SAID))[:-40], "is no whole Office file"),
        (packed({"word/document.txt": "a"}), "has no part word/document.xml"),
        (docx(run(SAID), more={f"a{n}": "" for n in range(2001)}), "but no more than 2000 are"),
        (docx(""), "holds no text"),
    ],
)
def test_a_hostile_document_is_refused(content: bytes, says: str, child: Child) -> None:
    with pytest.raises(InputError, match=says):
        open_report(io.BytesIO(content), child=child)


def test_a_part_that_lies_about_its_size_is_found_out(child: Child) -> None:
    content = _zeros("word/media.xml", 40 << 20)
    listed = content.rindex(b"PK\x01\x02", 0, content.rindex(b"word/media.xml"))
    # The field at 24 in the entry of the list at the end: how large the part will be.
    lying = content[: listed + 24] + (100).to_bytes(4, "little") + content[listed + 28 :]
    assert zipfile.ZipFile(io.BytesIO(lying)).infolist()[-1].file_size == 100
    with pytest.raises(InputError):
        open_report(io.BytesIO(lying), child=child)


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_a_hostile_workbook_is_refused(head: str, child: Child) -> None:
    with pytest.raises(UnreadableFile, match="declares a document type or entities"):
        open_sheet(io.BytesIO(xlsx([["a"]], head)), Columns(what="a"), child=child)


@pytest.mark.parametrize(
    "content",
    [
        pdf([SAID])[:-200],
        pdf([SAID], kids="2 0 R"),
        pdf([SAID], root="<</Type/Catalog/Pages 1 0 R>>"),
        with_objects({1: "<</Type/Catalog/Pages 1 0 R/Kids[1 0 R]>>"}),
        b"%PDF-1.7\n" + b"1 0 obj <<" * 50_000,
        b"%PDF-1.7",
        pdf([""]),
    ],
    ids=["cut", "a page that is its own parent", "root", "circle", "open", "nothing", "blank"],
)
def test_a_damaged_pdf_ends_in_words_or_in_its_text(content: bytes, child: Child) -> None:
    try:
        assert SAID in open_report(io.BytesIO(content), child=child).text
    except UnreadableFile as refused:
        assert refused.remedy


def test_a_locked_pdf_is_told(child: Child) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(pdf([SAID]))))
    writer.encrypt("a word", algorithm="AES-256")
    locked = io.BytesIO()
    writer.write(locked)
    with pytest.raises(UnreadableFile, match="The PDF is locked with a password"):
        open_report(io.BytesIO(locked.getvalue()), child=child)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (eml(" ", "From: a@b"), "has no text, neither plain nor as HTML"),
        (eml(SAID, "From: a@b").replace(b"utf-8", b"x-own"), "in the encoding 'x-own'"),
        (b"no header at all", "no header of a mail"),
    ],
)
def test_a_mail_that_cannot_be_read_is_told(content: bytes, says: str, child: Child) -> None:
    with pytest.raises(UnreadableFile, match=says):
        open_report(io.BytesIO(content), child=child, kind=Kind.MAIL)


def test_a_process_that_is_ended_is_told_and_the_next_file_is_read(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("safeconduct.adapters.reports.child.WALL_SECONDS", 0)
    with Child() as own:  # it has no time even to start
        with pytest.raises(UnreadableFile, match="The reading of the file was stopped"):
            open_report(io.BytesIO(docx(run(SAID))), child=own)
        monkeypatch.undo()
        assert open_report(io.BytesIO(docx(run(SAID))), child=own).text == SAID


WHOLE = {
    Kind.TEXT: SAID.encode(),
    Kind.PAGE: HTML + b"<h1>A</h1><p>" + SAID.encode(),
    Kind.MAIL: eml(SAID, "From: a@b", "Subject: c", "Date: Wed, 12 Jun 2019 23:10:00 +0300"),
    Kind.DOCUMENT: docx(run(SAID)),
    Kind.PDF: pdf([SAID]),
}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(kind=st.sampled_from(list(WHOLE)), data=st.data())
def test_any_bytes_are_a_report_or_an_error_in_words(
    kind: Kind, data: st.DataObject, child: Child
) -> None:
    whole = WHOLE[kind]
    place = data.draw(st.integers(0, len(whole)))
    odd = data.draw(st.binary(max_size=20))
    cut = data.draw(st.integers(0, 20))
    content = whole[:place] + odd + whole[place + cut :]
    try:
        report = open_report(io.BytesIO(content), child=child, kind=kind)
    except SafeconductError as refused:
        assert refused.remedy
    else:
        assert all(one.at.end <= len(report.text) for one in report.left_out)

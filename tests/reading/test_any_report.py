"""Whatever the report: spans stand in its text, right to left too; nothing to read is said so."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.app.reading import Asked, read_reports
from safeconduct.errors import SafeconductError
from safeconduct.wire import Draft, Excerpt, Field, Names, Reading, Report
from safeconduct.wire.body import body
from safeconduct.wire.read import read
from tests.reading.goldset import OPEN, Gold, gold_reports
from tests.reading.reader import lexicons, names, reading_of

# Invented, as every place and speaker in this file is.
ENGLISH = (
    "VALLEY (invented) - The United Nations said on Friday it welcomed the offer. "
    "The rebels rejected the offer."
)
ARABIC = "قال متحدث باسم الأمم المتحدة يوم الجمعة إن الأمم المتحدة ترحب بالعرض."
PERSIAN = (
    "سخنگوی سازمان ملل متحد روز جمعه گفت که این سازمان از پیشنهاد آتش‌بس استقبال می‌کند و آن را "
    "برای رساندن کمک به مردم شهر کافی نمی‌داند."
)
NOBODY_READS = "Az üzletben ma friss kenyér és tej van, holnap pedig sajt is lesz."
RECIPE = "Beat two eggs with a little milk. Bake the bread for forty minutes and let it cool."
DAY = dt.date(2030, 5, 3)


def said(text: str) -> Reading:
    return read(Report(text=text, published=DAY), lexicons(), Names(zone="UTC").over(names()))


def places(draft: Draft) -> Iterator[Excerpt]:
    for one in fields(draft):
        value = getattr(draft, one.name)
        for inner in value if isinstance(value, tuple) else (value,):
            if isinstance(inner, Field):
                yield from inner.at


def acts(reading: Reading) -> list[str]:
    return [one.act.value.value for one in reading.drafts]


@pytest.mark.parametrize("gold", gold_reports(OPEN), ids=lambda gold: gold.name)
def test_every_field_has_words_that_stand_in_the_text(gold: Gold) -> None:
    reading = reading_of(gold)
    for draft in reading.drafts:
        assert all(at.end <= len(gold.text) and at.of(gold.text).strip() for at in places(draft))
    for shown in body(reading)["drafts"]:
        for one in _shown(shown):
            told = " ... ".join(gold.text[start:end] for start, end in one["at"])
            assert one["words"] == told


def _shown(value: Any) -> Iterator[dict[str, Any]]:
    """Every field of a body, however deep."""
    if isinstance(value, dict):
        if {"value", "words", "at"} <= set(value):
            yield value
        for inner in value.values():
            yield from _shown(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _shown(inner)


def test_text_that_runs_right_to_left_beside_it_moves_no_span() -> None:
    alone, mixed = said(ENGLISH), said(f"{ARABIC}\n\n{ENGLISH}\n\n{ARABIC}")
    shift = len(ARABIC) + 2
    assert acts(alone) == ["welcome", "reject"]
    assert acts(mixed) == ["welcome", *acts(alone), "welcome"]
    for one, moved in zip(alone.drafts, mixed.drafts[1:-1], strict=True):
        there = [Excerpt(at.start + shift, at.end + shift) for at in places(one)]
        assert list(places(moved)) == there


@pytest.mark.parametrize("other", [PERSIAN, f"{NOBODY_READS} {NOBODY_READS}"])
def test_a_part_in_a_language_that_nobody_reads_here_is_told(other: str) -> None:
    found = said(f"{ENGLISH}\n\n{other}")
    assert acts(found) == acts(said(ENGLISH))
    assert any("language that is not read here" in note for note in found.notes)


@pytest.mark.parametrize("text", [RECIPE, NOBODY_READS, "...", "4711"])
def test_a_report_with_nothing_to_read_says_so(text: str) -> None:
    found = said(text)
    assert found.drafts == () and found.notes


def test_without_a_day_of_publication_days_stay_open_and_a_note_says_so() -> None:
    text = "The rebels said they would let aid trucks pass from 9 a.m. to 2 p.m. on Friday."
    found = read(Report(text=text), lexicons(), Names(zone="UTC").over(names()))
    assert any("day" in note for note in found.notes)
    windows = [one.value for draft in found.drafts for one in draft.windows]
    assert windows and all(one.start is None and one.unresolved for one in windows)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.docx", b"PK\x03\x04 cut off here"),
        ("cut.pdf", b"%PDF-1.7 cut off here"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
        ("program.txt", b"\x7fELF\x02\x01\x01\x00"),
        ("torn.txt", "Die Straße".encode("latin-1")),
        ("zeros.txt", bytes(4096)),
        ("empty.txt", b""),
        ("blank.html", b"<!doctype html><html><body></body></html>"),
    ],
)
def test_a_damaged_or_binary_file_is_refused_and_named(
    name: str, content: bytes, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SafeconductError) as refused:
        read_reports(str(path), None, Asked(published="2030-05-03"))
    assert name in str(refused.value) or refused.value.facts.get("file") == str(path)


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "60")))
def test_any_text_is_read_and_every_span_stands_in_it(text: str) -> None:
    found = said(text)
    for draft in found.drafts:
        assert all(at.end <= len(text) for at in places(draft))


WORDS = st.sampled_from([*ENGLISH.split(), *ARABIC.split(), "not", "guarantee", "Nov.", "4", '"'])


@given(st.lists(WORDS, max_size=60).map(" ".join))
@settings(deadline=None, max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "60")))
def test_words_in_any_order_are_read_and_nothing_is_granted_that_is_not_said(text: str) -> None:
    found = said(text)
    for draft in found.drafts:
        assert all(at.of(text) for at in places(draft))
        if draft.act.value.value == "guarantee":
            assert "guarantee" in text

"""The figures of a score, and what was read otherwise, as sections of a page of documentation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import groupby

from tests.reading.scoring import Count, Score

TITLES = {
    "all_three": "act, speaker and actor together",
    "named": "the same, where a speaker is named",
    "negation_aside": "the same, negation aside",
    "windows": "windows exact in start, end and daily, in the draft of their act",
    "windows_anywhere": "the same, in any draft of the report",
}
_COLUMNS = ("right", "read", "in the text", "precision", "recall", "F1")


def sections(found: Score, *, misses: bool) -> Iterator[str]:
    """Lines of Markdown: the figures as tables, then, where asked for, a list for each report."""
    yield from _table("all", {TITLES[name]: getattr(found, name) for name in TITLES})
    lost = len(found.lost_negations)
    yield f"\nInvented grants: {len(found.invented)}. Lost negations: {lost}.\n"
    for title, counts in (
        ("language", found.per_language),
        ("act", found.per_act),
        ("field", found.per_field),
    ):
        yield from _table(title, dict(sorted(counts.items())))
        yield ""
    if misses:
        yield from _misses(found)


def _table(title: str, counts: Mapping[str, Count]) -> Iterator[str]:
    yield f"| {' | '.join((title, *_COLUMNS))} |"
    yield f"| --- |{' ---: |' * len(_COLUMNS)}"
    for name, count in counts.items():
        figures = (count.precision, count.recall, count.f1)
        shown = ["" if one is None else f"{one:.3f}" for one in figures]
        cells = [name, str(count.right), str(count.read), str(count.gold), *shown]
        yield f"| {' | '.join(cells)} |"


def _misses(found: Score) -> Iterator[str]:
    every = [*found.invented, *found.loose, *found.lost_negations, *found.misses]
    every.sort(key=lambda miss: miss.report)
    for report, these in groupby(every, key=lambda miss: miss.report):
        yield f"**{report}**\n"
        yield from (f"- {miss.what}: {_quoted(miss.words)}" for miss in these)
        yield ""


def _quoted(words: str) -> str:
    """Words of a report, as they stand there."""
    return f'`"{" ".join(words.split())}"`'

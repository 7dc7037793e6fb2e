"""What holds of statements told by several reports, whatever the reports say (places invented)."""

from __future__ import annotations

import datetime as dt
from itertools import combinations
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from safeconduct.vocabulary import Telling
from safeconduct.vocabulary.kinds import Purpose, UndertakingKind
from safeconduct.wire import Act, Draft, Excerpt, Field, Reading, ReadWindow, Report, Sureness
from safeconduct.wire.across import Together, across
from safeconduct.wire.sameness import may_be_same

TEXT = "OAKFORD (invented) - What was said there stands in another place."
DAY = dt.date(2019, 5, 3)
HOUR = 3_600


def field(value: Any) -> Field[Any]:
    return Field(value, (Excerpt(0, 7),))


def one_of(*values: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from(values)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    # Few values, so that drafts often tell nearly the same.
    start = draw(one_of(8, 8, 9)) * HOUR
    window = field(ReadWindow(start=start, end=start + 3 * HOUR))
    said: dict[str, Any] = {
        "act": field(Act.ANNOUNCE),
        "telling": field(draw(one_of(*[Telling.PARAPHRASED] * 3, Telling.INFERRED))),
        "actor": field("army"),
        "kind": field(UndertakingKind.PASSAGE),
        "negated": draw(one_of(None, None, None, field(True))),
        "speaker": draw(one_of(None, field("Orm Tal"), field("Ute Holm"))),
        "purposes": draw(one_of((), (field(Purpose.ANY),))),
        "windows": draw(one_of((window,), ())),
    }
    return Draft(id="unset", why="drawn", sureness=Sureness.STATED, **said)


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        day = draw(one_of(DAY, DAY + dt.timedelta(days=2), None))
        told = [
            _numbered(one, number)
            for number, one in enumerate(draw(st.lists(drafts(), max_size=4)), 1)
        ]
        found.append(Reading(report=Report(text=TEXT, published=day), drafts=tuple(told)))
    return found


def _numbered(draft: Draft, number: int) -> Draft:
    values = {name: getattr(draft, name) for name in Draft.__slots__}
    return Draft(**{**values, "id": f"draft-{number}"})


def keys(found: tuple[Together, ...]) -> list[tuple[int, str]]:
    return sorted(one.key for statement in found for one in statement.told)


@settings(deadline=None)
@given(readings())
def test_every_draft_stands_in_one_statement(read: list[Reading]) -> None:
    every = [(n, draft.id) for n, reading in enumerate(read) for draft in reading.drafts]
    assert keys(across(read)) == sorted(every)


@settings(deadline=None)
@given(readings())
def test_nothing_speaks_against_any_two_drafts_of_a_statement(read: list[Reading]) -> None:
    for statement in across(read):
        for one, other in combinations(statement.told, 2):
            assert may_be_same(one, other)
            assert bool(one.draft.negated) is bool(other.draft.negated)


@settings(deadline=None)
@given(readings())
def test_every_version_of_a_conflict_is_told_by_a_report_of_the_statement(
    read: list[Reading],
) -> None:
    for statement in across(read):
        reports = {one.report for one in statement.told}
        for conflict in statement.conflicts:
            told = [report for version in conflict.versions for report in version.reports]
            assert len(conflict.versions) > 1
            assert len(told) == len(set(told))
            assert set(told) <= reports


@settings(deadline=None)
@given(readings())
def test_a_statement_alone_is_told_without_conflict(read: list[Reading]) -> None:
    for statement in across(read):
        assert len(statement.told) > 1 or statement.conflicts == ()


@settings(deadline=None)
@given(readings())
def test_the_order_of_the_reports_does_not_matter(read: list[Reading]) -> None:
    def parts(order: list[int]) -> set[frozenset[tuple[int, str]]]:
        return {
            frozenset((order[one.report], one.draft.id) for one in statement.told)
            for statement in across([read[n] for n in order])
        }

    there = list(range(len(read)))
    assert parts(there) == parts(there[::-1])

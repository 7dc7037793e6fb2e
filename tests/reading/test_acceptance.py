"""That other statements in a case's place are judged, and that a difference is seen."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.app.accepting import Signatures
from safeconduct.app.reading import Asked, accepting, read_reports
from safeconduct.spacetime import Edge, Span, Window, instant
from safeconduct.vocabulary import Form, Guarantee, Statement, Telling, Undertaking, UndertakingKind
from safeconduct.vocabulary.kinds import Direction, Means, Movers, Purpose, Specificity
from tests.golden.bundled import opened
from tests.reading.acceptance import Beside, accepted, beside, of_source
from tests.reading.goldset import OPEN, gold_reports
from tests.reading.perfect import perfect_reading
from tests.shared_material import shared_dir

CASE, SOURCE = "aleppo-2016-11-04-russian-pause", "reuters-4-november"
SEED = "shared-seed-reuters-2016-11-04"
AREAS = (
    *("east-aleppo", "divided-neighbourhoods", "government-west", "castello-road"),
    *("crossing-bustan-al-qaser", "crossing-sayf-ad-dauleh"),
)
SINCE = instant("2016-11-04 00:00", "Asia/Damascus", edge=Edge.START)


def answers(
    statements: tuple[Statement, ...], source: str | None = None
) -> dict[tuple[str, int], Beside]:
    found = beside(CASE, statements, source, since=SINCE)
    return {(one.moment.movement, one.moment.at): one for one in found}


@pytest.mark.parametrize("source", [SOURCE, None])
def test_the_cases_own_statements_of_the_report_give_its_own_answers(source: str | None) -> None:
    found = answers(of_source(CASE, SOURCE), source)
    assert len(found) == 4
    for one in found.values():
        assert one.read == one.by_hand
        assert one.by_hand.verdict.value == one.moment.verdict.value
        assert "russia RESTRAINT-MISSING" in one.by_hand.missing
        assert "armed-opposition REJECTED" in one.by_hand.missing


def test_a_refusal_that_was_not_read_is_seen() -> None:
    left = tuple(one for one in of_source(CASE, SOURCE) if one.id != "fastaqim-refuses")
    for one in answers(left).values():
        assert one.by_hand.missing - one.read.missing == {"armed-opposition REJECTED"}


def test_a_pause_that_was_read_as_a_guarantee_for_aid_is_seen() -> None:
    offer = next(one for one in of_source(CASE, SOURCE) if one.id == "russia-pause")
    start = instant("2016-11-04 09:00", "Asia/Damascus", edge=Edge.START)
    window = Window(Span(start, start + 10 * 3600), "Asia/Damascus", "0900 to 1900 local time")
    invented = Guarantee(
        id="read/guarantee",
        party="russia",
        undertaking=Undertaking(
            kind=UndertakingKind.RESTRAINT,
            means=frozenset({Means.AIR_STRIKE}),
            areas=AREAS,
            windows=(window,),
            specificity=Specificity.AREA_AND_TIME,
            purposes=frozenset({Purpose.ANY}),
            directions=frozenset({Direction.ANY}),
            for_whom=frozenset({Movers.ANYONE}),
        ),
    )
    told = {"form": Form.WRITTEN, "telling": Telling.QUOTED, "to": ("un-ocha",)}
    read = replace(offer, id="read", acts=(invented,), said_at=SINCE, **told)
    found = [one for one in answers((read,)).values() if one.read.missing != one.by_hand.missing]
    assert any(
        "russia RESTRAINT-MISSING" in one.by_hand.missing - one.read.missing for one in found
    )


def test_what_people_read_in_the_report_gives_the_cases_answers_once_accepted() -> None:
    shared_dir()
    (report,) = (one for one in gold_reports(OPEN) if one.name == SEED)
    read = accepted(CASE, perfect_reading(report), "reuters")
    assert {act.tag for one in read for act in one.acts} >= {"announce", "demand", "reject"}
    for one in answers(read).values():
        assert one.read == one.by_hand


@pytest.mark.parametrize("source", [SOURCE, None])
def test_what_the_verb_reads_in_the_report_gives_the_cases_answers_once_accepted(
    source: str | None,
) -> None:
    report = shared_dir() / "reports" / "seed-reuters-2016-11-04.txt"
    (one,) = read_reports(str(report), opened(CASE), Asked(published="2016-11-04"))
    acceptance = accepting(one, Signatures(by="A reader (a role)", second="Another (a role)"))
    assert acceptance.outlet == "reuters"
    assert acceptance.accept_all() == []
    read = accepted(CASE, one.reading, acceptance.outlet)
    assert len(read) == len(one.reading.drafts) >= 25
    found = answers(read, source)
    assert len(found) == 4
    for answer in found.values():
        assert answer.read == answer.by_hand

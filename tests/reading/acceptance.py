"""A bundled case with other statements in the place of its own, judged at its expected moments.

What a person accepts of a report must lead to the answer that the case gives which was written by
hand. Here the accepted statements stand in for those of the case, everything else stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from safeconduct.adapters.files.casefile import Case
from safeconduct.adapters.files.expected import Moment
from safeconduct.adapters.files.replay import open_replay
from safeconduct.adapters.files.sections import Claimed, Records
from safeconduct.app.accepting import Acceptance, Signatures
from safeconduct.app.opening import Opened
from safeconduct.clearance import Judgement, Status, Verdict
from safeconduct.vocabulary import Actor, Statement
from safeconduct.wire import Reading
from tests.golden.bundled import moments, opened

OPEN_STILL = (Status.UNMET, Status.UNKNOWN)
WORDS = ("A1", "A8")
"""The rules that ask for a party's word: its guarantee, and its legal consent."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The verdict, and whose word is missing: `russia RESTRAINT-MISSING`, party and code."""

    verdict: Verdict
    missing: frozenset[str]


@dataclass(frozen=True, slots=True)
class Beside:
    """One expected moment: the answer by hand, and with the other statements."""

    moment: Moment
    by_hand: Answer
    read: Answer


def beside(
    case: str, statements: Sequence[Statement], source: str | None, *, since: int
) -> Iterator[Beside]:
    """Both answers at each moment of a bundled case that falls, and is known, on `since` or later.

    Parameters
    ----------
    statements : those that stand in for what the case has of the source.
    source : the id of the case's source; every statement of the case that names it goes, also
        where it names others. None: every statement of the case goes.
    since : UTC seconds; earlier nobody could have read the report.
    """
    ours = opened(case)
    assert ours.case is not None  # it is opened from a folder
    theirs = replace_statements(ours, statements, source)
    for moment in moments(case):
        known = moment.at if moment.known_at is None else moment.known_at
        if min(moment.at, known) >= since:
            answers = (
                answer(one.judge(moment.at, known).judge(moment.movement)) for one in (ours, theirs)
            )
            yield Beside(moment, *answers)


def replace_statements(ours: Opened, statements: Sequence[Statement], source: str | None) -> Opened:
    """The case as a replay, with these statements for those that name the source."""
    assert ours.case is not None  # as above
    kept = (one for one in ours.case.records if not _names(one.value, source))
    added = (Claimed(one, one.said_at) for one in statements)
    case: Case = replace(ours.case, records=(*kept, *added))
    return Opened(
        name=ours.name, title=ours.title, store=open_replay(case), policy=ours.policy, case=case
    )


def of_source(case: str, source: str) -> tuple[Statement, ...]:
    """The statements of a bundled case that name a source."""
    found = opened(case).case
    assert found is not None  # as above
    values = (one.value for one in found.records)
    return tuple(one for one in values if isinstance(one, Statement) and source in one.sources)


def answer(judgement: Judgement) -> Answer:
    """What of a judgement is held against another."""
    return Answer(
        verdict=judgement.verdict,
        missing=frozenset(
            f"{one.party} {one.code}"
            for one in judgement.findings
            if one.status in OPEN_STILL and one.rule in WORDS and one.party
        ),
    )


def _names(value: object, source: str | None) -> bool:
    return isinstance(value, Statement) and (source is None or source in value.sources)


def accepted(case: str, reading: Reading, outlet: str) -> tuple[Statement, ...]:
    """The statements of all drafts that a person can accept as they are, in a bundled case."""
    found = opened(case).case
    assert found is not None  # as above
    actors = {one.value.id for one in found.records if isinstance(one.value, Actor)}
    acceptance = Acceptance(
        reading=reading,
        source="read",
        actors=actors,
        areas={area.id for area in found.areas},
        signed=Signatures(by="A reader (a role)", second="Another reader (a role)"),
        at=found.recorded_at,
        outlet=outlet,
    )
    acceptance.accept_all()
    sections = {"statements": acceptance.records().get("statements", [])}
    zones = {
        one.value.id: one.value.zone
        for one in found.records
        if isinstance(one.value, Actor) and one.value.zone
    }
    records = Records(found.zone, found.recorded_at, zones).of_case(sections)
    return tuple(one.value for one in records if isinstance(one.value, Statement))

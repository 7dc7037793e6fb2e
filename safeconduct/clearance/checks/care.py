"""Rules E3, E4, E6 and E7: how people who leave are told and treated, and may come back.

`None` in a record means that nobody has said so: it waits, and is a doubt once it is due. A plain
no is unmet at once, whatever another record says.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Level
from safeconduct.vocabulary import EvacuationCare, LastResort, Purpose, ReturnTerms

EVACUATIONS = (Purpose.CIVILIAN_EVACUATION, Purpose.MEDICAL_EVACUATION)
NOBODY_LEAVES = "No leg of this movement evacuates anybody."
_NO_CIVILIANS = "No leg of this movement evacuates civilians."

# What must be so, and how it reads where it is not.
_TOLD = {
    "informed": (
        "people were told beforehand of terms, destination and process",
        "people were not told beforehand of terms, destination and process",
    ),
    "consents": (
        "each person, or a guardian, has consented",
        "somebody has not consented",
    ),
    "refusal_open": (
        "anybody may refuse to the last minute",
        "people can no longer refuse",
    ),
    "stayers_protected": (
        "those who stay keep their protection",
        "those who stay lose their protection",
    ),
}
_TREATED = {
    "together": ("families stay together", "families are separated"),
    "belongings": ("belongings and papers are kept", "belongings or papers are taken"),
    "no_distinction": (
        "nobody is treated worse for who they are",
        "some are treated worse for who they are",
    ),
    "special_care": (
        "the wounded, children alone, elderly and disabled people are cared for",
        "the wounded, children alone, elderly or disabled people go without special care",
    ),
    "services": (
        "services wait at the destination",
        "no services wait at the destination",
    ),
}


def told(bench: Bench) -> list[Finding]:
    """Rule E3: people are told, asked, free to refuse, and protected if they stay."""
    return _care(bench, "E3", _TOLD, "NOT-INFORMED")


def treated(bench: Bench) -> list[Finding]:
    """Rule E4: families, belongings, no distinction, special care, services."""
    return _care(bench, "E4", _TREATED, "CARE-UNKNOWN")


def _care(
    bench: Bench, rule: str, asked: Mapping[str, tuple[str, str]], unknown: str
) -> list[Finding]:
    if not bench.legs_for(*EVACUATIONS):
        return bench.not_applicable(rule, NOBODY_LEAVES)
    records = bench.situation.facts_of(EvacuationCare, bench.movement.id)
    ids = tuple(one.id for one in records)
    says = {name: {getattr(one, name) for one in records} for name in asked}
    refused = [asked[name][1] for name in asked if False in says[name]]
    missing = [asked[name][0] for name in asked if not {True, False} & says[name]]
    found = []
    if refused:
        found.append(
            bench.finding(
                rule,
                Status.UNMET,
                f"It is recorded that {_all_of(refused)}.",
                code="CARE-REFUSED",
                statements=ids,
            )
        )
    if missing:
        found.append(
            bench.finding(
                rule,
                Status.UNKNOWN,
                f"Nobody has recorded that {_all_of(missing)}.",
                code=unknown,
                statements=ids,
                waits=True,
            )
        )
    return found or bench.met(
        rule, f"It is recorded that {_all_of(good for good, _ in asked.values())}.", statements=ids
    )


def last_resort(bench: Bench) -> list[Finding]:
    """Rule E6: aid in place was tried, or is impossible, and that is written down."""
    if not bench.legs_for(Purpose.CIVILIAN_EVACUATION):
        return bench.not_applicable("E6", _NO_CIVILIANS)
    records = bench.situation.facts_of(LastResort, bench.movement.id)
    ids = tuple(one.id for one in records)
    whole = [one for one in records if one.tried.strip() and one.result.strip()]
    if whole:
        tried = "; ".join(f"{one.tried.strip(' .')} ({one.result.strip(' .')})" for one in whole)
        return bench.met("E6", f"Aid in place was tried first: {tried}.", statements=ids)
    return [
        bench.finding(
            "E6",
            Status.UNKNOWN,
            "Nobody has recorded that aid in place was tried before people are moved, and what "
            "came of it.",
            code="LAST-RESORT-UNKNOWN",
            statements=ids,
            waits=True,
        )
    ]


def way_home(bench: Bench) -> list[Finding]:
    """Rule E7: temporary, papers kept, somebody may call the return; no waiver was signed."""
    if not bench.legs_for(Purpose.CIVILIAN_EVACUATION):
        return bench.not_applicable("E7", _NO_CIVILIANS)
    records = bench.situation.facts_of(ReturnTerms, bench.movement.id)
    found = [*_waiver(bench, records), *_closed(bench, records), *_unsaid(bench, records)]
    callers = "; ".join(dict.fromkeys(one.called_by for one in records if one.called_by.strip()))
    return found or bench.met(
        "E7",
        "The move is temporary, papers stay with the people, nobody signed a waiver; "
        f"{callers} may call the return.",
        statements=_ids(records),
    )


def _waiver(bench: Bench, records: Iterable[ReturnTerms]) -> Iterable[Finding]:
    signed = [one for one in records if one.waiver_signed]
    if signed:
        yield bench.finding(
            "E7",
            Status.UNMET,
            "People were made to sign away their home or their return.",
            code="WAIVER",
            level=Level.HARD,
            statements=_ids(signed),
            remedy="Have every such waiver cancelled in writing, and record new terms; nobody can "
            "sign for this.",
        )


def _closed(bench: Bench, records: Iterable[ReturnTerms]) -> Iterable[Finding]:
    closed = [one for one in records if one.temporary is False or one.papers_kept is False]
    why = []
    if any(one.temporary is False for one in closed):
        why.append("the move is meant to last")
    if any(one.papers_kept is False for one in closed):
        why.append("identity or property papers are taken from people")
    if why:
        yield bench.finding(
            "E7",
            Status.UNMET,
            f"The way home is closed: {_all_of(why)}.",
            code="RETURN-CLOSED",
            statements=_ids(closed),
        )


def _unsaid(bench: Bench, records: tuple[ReturnTerms, ...]) -> Iterable[Finding]:
    missing = []
    if all(one.temporary is None for one in records):
        missing.append("that the move is temporary")
    if not any(one.called_by.strip() for one in records):
        missing.append("who may call the return")
    if all(one.papers_kept is None for one in records):
        missing.append("that people keep identity and property papers")
    if all(one.waiver_signed is None for one in records):
        missing.append("that nobody signed a waiver of home or return")
    if missing:
        yield bench.finding(
            "E7",
            Status.UNKNOWN,
            f"Nobody has recorded {_all_of(missing)}.",
            code="RETURN-UNKNOWN",
            statements=_ids(records),
            waits=True,
        )


def _ids(records: Iterable[ReturnTerms]) -> tuple[str, ...]:
    return tuple(one.id for one in records)


def _all_of(clauses: Iterable[str]) -> str:
    """Clauses in one sentence: "this; that; and the other"."""
    *head, last = clauses
    return f"{'; '.join(head)}; and {last}" if head else last

"""The picture at (as of, known at), built from records in any order.

The rules of what counts are section 1 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from safeconduct.situation.hearing import NOBODY_HEARD, Hearing
from safeconduct.situation.lookups import (
    about,
    answered,
    areas_of,
    asked_by,
    asked_in,
    given_in,
    grouped,
    movement_of,
    tied_by,
)
from safeconduct.situation.situation import (
    Grant,
    Identity,
    IncidentNow,
    Index,
    Said,
    Situation,
    identity,
)
from safeconduct.situation.tellings import tellings
from safeconduct.vocabulary import (
    Accept,
    Actor,
    Allege,
    Announce,
    Ask,
    Assumption,
    BuildUp,
    Chase,
    Consent,
    Decision,
    Departure,
    EvacuationCare,
    GateCheck,
    Guarantee,
    HazardCleared,
    IncidentCheck,
    IncidentReview,
    LastResort,
    LoadList,
    Loosening,
    Movement,
    Notice,
    Outcome,
    Patient,
    PatientClearance,
    Permit,
    PermitState,
    Reached,
    Record,
    Removal,
    Reply,
    Report,
    RequiredWriter,
    RiskAssessment,
    RoadReopened,
    RuleCheck,
    SameStatement,
    Settlement,
    SignOff,
    Statement,
    WaitingPlace,
)

Fact = TypeVar("Fact")


def picture(
    records: Iterable[Record], *, as_of: int, known_at: int, hearing: Hearing = NOBODY_HEARD
) -> Situation:
    """The situation that these known records describe, as of one moment.

    Parameters
    ----------
    records : what was known at `known_at`, in any order, with or without repetitions.
    as_of, known_at : UTC seconds.
    hearing : how far each writer's word was known at `known_at`; by default nobody was heard.
    """
    unique, doubled = _one_each(records)
    current = [record for record in unique if has_happened(record, as_of)]
    doubled += _shared_act_ids(current)
    facts: dict[type, list[Record]] = defaultdict(list)
    for record in current:
        facts[type(record)].append(record)
    statements = tuple(sorted(_of(facts, Statement), key=lambda s: (s.said_at, s.id)))
    facts.pop(Statement, None)
    said = [Said(act, statement) for statement in statements for act in statement.acts]
    grants = tuple(grants_in(said))
    assumptions = tuple(_of(facts, Assumption))
    for kind, latest in LATEST.items():
        if kind in facts:
            facts[kind] = list(latest(facts[kind]))
    current = [record for found in facts.values() for record in found]
    return Situation(
        as_of=as_of,
        known_at=known_at,
        actors={actor.id: actor for actor in _of(facts, Actor)},
        statements=statements,
        grants=grants,
        grants_of=grouped(grants, lambda grant: (grant.party,)),
        incidents=tuple(incidents_in(said, _of(facts, IncidentReview))),
        movements=latest_versions(_of(facts, Movement)),
        assumptions=assumptions,
        assumed=frozenset(i for a in assumptions for i in a.supplies),
        doubled=doubled,
        spoken=frozenset(statement.actor for statement in statements),
        asked=frozenset((*asked_by(said), *asked_in(_of(facts, Ask)))),
        hearing=hearing,
        tellings=tellings(_of(facts, SameStatement), {one.id: one for one in statements}.get),
        index=Index(
            grants={grant.id: grant for grant in grants},
            acts={one.act.id: one for one in said},
            answers=grouped(said, answered),
            by_party=grouped(said, about),
            given=grouped(grants, given_in),
            facts={kind: tuple(found) for kind, found in facts.items()},
            in_area=grouped(current, areas_of),
            of_movement=grouped(current, movement_of),
            tied=frozenset(tied_by(said)),
            records={identity(record): record for record in unique},
        ),
    )


def latest(records: Iterable[Fact]) -> tuple[Fact, ...]:
    """Of records of one kind about one thing, those of the latest moment: only these count.

    At a tie there are several, and each of them has to do, so that the one with more doubt holds
    (law 12). The kind must be one that tells of a moment.
    """
    found = list(records)
    if not found:
        return ()
    field = _HAPPENED[type(found[0])]
    last = max(getattr(record, field) for record in found)
    return tuple(record for record in found if getattr(record, field) == last)


def _one_each(records: Iterable[Record]) -> tuple[list[Record], tuple[str, ...]]:
    """Each record once, in canonical order; an id with two contents counts for nothing."""
    by_identity: dict[Identity, set[Record]] = defaultdict(set)
    for record in records:
        by_identity[identity(record)].add(record)
    unique = [
        next(iter(by_identity[key])) for key in sorted(by_identity) if len(by_identity[key]) == 1
    ]
    doubled = tuple(key[1] for key in sorted(by_identity) if len(by_identity[key]) > 1)
    return unique, doubled


def _shared_act_ids(records: Iterable[Record]) -> tuple[str, ...]:
    """Ids that two acts carry; what names one of them could mean either."""
    carried = Counter(act.id for r in records if isinstance(r, Statement) for act in r.acts)
    return tuple(sorted(act_id for act_id, times in carried.items() if times > 1))


_HAPPENED: Mapping[type, str] = {
    Statement: "said_at",
    IncidentReview: "reviewed_at",
    IncidentCheck: "checked_at",
    HazardCleared: "cleared_at",
    RoadReopened: "reopened_at",
    WaitingPlace: "checked_at",
    Settlement: "counted_at",
    Notice: "sent_at",
    Departure: "departed_at",
    Permit: "stands_at",
    Ask: "asked_at",
    Chase: "chased_at",
    Reply: "replied_at",
    Reached: "reached_at",
    Decision: "decided_at",
    Outcome: "at",
    EvacuationCare: "checked_at",
    LastResort: "decided_at",
    Patient: "stands_at",
    PatientClearance: "stands_at",
    LoadList: "checked_at",
    Removal: "removed_at",
    GateCheck: "checked_at",
    RiskAssessment: "assessed_at",
    SignOff: "signed_at",
    BuildUp: "seen_at",
    RuleCheck: "checked_at",
    Loosening: "decided_at",
    RequiredWriter: "decided_at",
}


def has_happened(record: Record, as_of: int) -> bool:
    """Whether a record that tells of one moment tells of one that has come."""
    moment = moment_of(record)
    return moment is None or moment <= as_of


def moment_of(record: Record) -> int | None:
    """The moment that a record tells of, UTC seconds; None where it tells of no one moment."""
    field = _HAPPENED.get(type(record))
    moment: int | None = None if field is None else getattr(record, field)
    return moment


def _of(facts: Mapping[type, list[Record]], kind: type[Fact]) -> list[Fact]:
    return facts.get(kind, [])  # type: ignore[return-value]  # keyed by that class


def grants_in(said: Iterable[Said]) -> Iterable[Grant]:
    """The grants that some acts carry."""
    for one in said:
        act = one.act
        if isinstance(act, Announce | Guarantee | Consent | Accept) and act.undertaking:
            announced = isinstance(act, Announce)
            yield Grant(act.id, act.party, act.undertaking, one.statement, announced)


def latest_versions(movements: Iterable[Movement]) -> dict[str, Movement]:
    """The newest version of each movement."""
    latest: dict[str, Movement] = {}
    for movement in movements:
        kept = latest.get(movement.id)
        if kept is None or movement.version > kept.version:
            latest[movement.id] = movement
    return latest


def _latest_permits(permits: Iterable[Permit]) -> Iterable[Permit]:
    """The latest standing of each permit; at a tie the one with more open steps (law 12)."""
    latest: dict[tuple[str, str], Permit] = {}

    def rank(permit: Permit) -> tuple[int, int, str]:
        still_open = sum(step.state is not PermitState.GRANTED for step in permit.steps)
        return permit.stands_at, still_open, permit.id

    for permit in permits:
        key = (permit.need, permit.movement)
        if key not in latest or rank(permit) > rank(latest[key]):
            latest[key] = permit
    return [latest[key] for key in sorted(latest)]


def _latest_about(*thing: str) -> Callable[[Iterable[Any]], Iterable[Record]]:
    """What keeps, of the records that agree in these fields, those of the latest moment, by id.

    Those of one moment all stay: each must meet the rule, so that the worst one decides (law 12).
    """

    def latest(records: Iterable[Any]) -> Iterable[Record]:
        by_thing: dict[tuple[str, ...], list[Any]] = defaultdict(list)
        for record in records:
            by_thing[tuple(getattr(record, name) for name in thing)].append(record)
        kept: list[Any] = []
        for told in by_thing.values():
            last = max(map(_at, told))
            kept += [record for record in told if _at(record) == last]
        return sorted(kept, key=lambda record: str(record.id))

    return latest


def _at(record: Record) -> int:
    """The moment of which a record tells."""
    moment: int = getattr(record, _HAPPENED[type(record)])
    return moment


#: What is told again and again of one thing; only the latest standing of each counts.
LATEST: Mapping[type, Callable[[Iterable[Any]], Iterable[Record]]] = {
    Permit: _latest_permits,
    Patient: _latest_about("movement", "case"),
    PatientClearance: _latest_about("movement", "case", "party"),
    LoadList: _latest_about("movement", "version"),
    Removal: _latest_about("movement", "item", "party", "where"),
}


def incidents_in(said: Iterable[Said], reviews: Iterable[IncidentReview]) -> Iterable[IncidentNow]:
    """Each reported or alleged incident, in the state of its latest review.

    Of two reviews at one moment, the one that leaves more doubt holds (law 12).
    """
    leniency = ["verified", "unverified", "dismissed"]
    by_incident: dict[str, list[IncidentReview]] = defaultdict(list)
    for review in reviews:
        by_incident[review.of].append(review)
    for one in said:
        if not isinstance(one.act, Report | Allege) or one.act.incident is None:
            continue
        found = one.act.incident
        told = by_incident.get(found.id, [])
        if not told:
            yield IncidentNow(found, one.statement)
            continue
        last = max(told, key=lambda r: (r.reviewed_at, -leniency.index(r.state.value), r.id))
        yield IncidentNow(replace(found, state=last.state), one.statement, last.by, last.reason)

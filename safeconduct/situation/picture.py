"""The picture at (as of, known at), built from records in any order.

The rules of what counts are section 1 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from safeconduct.vocabulary import (
    Accept,
    Act,
    Actor,
    Allege,
    Announce,
    Assumption,
    Binds,
    BuildUp,
    Consent,
    Demand,
    Departure,
    EvacuationCare,
    GateCheck,
    Guarantee,
    HazardCleared,
    Incident,
    IncidentCheck,
    IncidentReview,
    LastResort,
    LoadList,
    Loosening,
    Movement,
    Notice,
    Patient,
    PatientClearance,
    Permit,
    PermitState,
    Record,
    Removal,
    Report,
    Request,
    RiskAssessment,
    RuleCheck,
    SignOff,
    Statement,
    Undertaking,
)

Fact = TypeVar("Fact")
Value = TypeVar("Value")
Name = TypeVar("Name", bound=Hashable)
Kind = TypeVar("Kind", bound=Act)


@dataclass(frozen=True, slots=True)
class Said:
    """An act together with the statement that carries it."""

    act: Act
    statement: Statement

    @property
    def at(self) -> int:
        """When it was said, UTC seconds."""
        return self.statement.said_at


@dataclass(frozen=True, slots=True)
class Grant:
    """An act that carries an undertaking: something a party may be bound by."""

    id: str
    party: str
    undertaking: Undertaking
    statement: Statement
    announced: bool

    @property
    def at(self) -> int:
        """When it was said, UTC seconds."""
        return self.statement.said_at


@dataclass(frozen=True, slots=True)
class IncidentNow:
    """An incident in the state that the latest review left it in."""

    incident: Incident
    statement: Statement
    reviewed_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything known at `known_at` that had been said or done as of `as_of`.

    `answers` finds the acts that name an id in their `of`; `by_party` the acts about a party;
    `facts` every other record by its class, `facts_in` by area, `facts_of` by movement. `spoken`
    are those who said anything, `asked` those to whom anything was addressed; `deadlines` the
    demands that run out. All sequences are in a canonical order that does not depend on the order
    in which the records arrived.
    """

    as_of: int
    known_at: int
    actors: Mapping[str, Actor]
    statements: tuple[Statement, ...]
    grants: tuple[Grant, ...]
    grants_of: Mapping[str, tuple[Grant, ...]]
    incidents: tuple[IncidentNow, ...]
    movements: Mapping[str, Movement]
    assumptions: tuple[Assumption, ...]
    assumed: frozenset[str]
    doubled: tuple[str, ...]
    _grants: Mapping[str, Grant]
    _answers: Mapping[str, tuple[Said, ...]]
    _by_party: Mapping[str, tuple[Said, ...]]
    _facts: Mapping[type, tuple[Record, ...]]
    _in_area: Mapping[tuple[type, str], tuple[Record, ...]]
    _of_movement: Mapping[tuple[type, str], tuple[Record, ...]]
    _statements: Mapping[str, Statement]
    spoken: frozenset[str]
    asked: frozenset[str]
    deadlines: tuple[tuple[Demand, Statement], ...]

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of one id, if it is known and said."""
        return self._statements.get(statement_id)

    def grant(self, act_id: str) -> Grant | None:
        """The grant that an act carries, if the act carries one."""
        return self._grants.get(act_id)

    def facts(self, kind: type[Fact]) -> tuple[Fact, ...]:
        """All records of one class, by id."""
        return self._facts.get(kind, ())  # type: ignore[return-value]  # keyed by that class

    def bindings(self) -> tuple[Binds, ...]:
        """The relations "P binds Q" that are evidenced; the others bind nobody (law 7)."""
        return tuple(relation for relation in self.facts(Binds) if relation.evidence)

    def is_of(self, actor: str, party: str) -> bool:
        """Whether an actor is the party, or belongs to it."""
        member = self.actors.get(actor)
        return actor == party or (member is not None and party in member.member_of)

    def facts_in(self, kind: type[Fact], areas: Iterable[str]) -> tuple[Fact, ...]:
        """The records of one class that name at least one of these areas, each once, by id."""
        found = {
            record.id: record for area in areas for record in self._in_area.get((kind, area), ())
        }
        return tuple(found[key] for key in sorted(found))  # type: ignore[misc]  # keyed by class

    def facts_of(self, kind: type[Fact], movement: str) -> tuple[Fact, ...]:
        """The records of one class that are about one movement, by id."""
        return self._of_movement.get((kind, movement), ())  # type: ignore[return-value]  # as above

    def answers(self, ref: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb that name `ref`, oldest first, each with its statement."""
        return tuple(
            (said.act, said.statement)
            for said in self._answers.get(ref, ())
            if isinstance(said.act, kind)
        )

    def by_party(self, party: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb about `party`, oldest first, each with its statement."""
        return tuple(
            (said.act, said.statement)
            for said in self._by_party.get(party, ())
            if isinstance(said.act, kind)
        )


def picture(records: Iterable[Record], *, as_of: int, known_at: int) -> Situation:
    """The situation that these known records describe, as of one moment.

    Parameters
    ----------
    records : what was known at `known_at`, in any order, with or without repetitions.
    as_of, known_at : UTC seconds.
    """
    unique, doubled = _one_each(records)
    current = [record for record in unique if _has_happened(record, as_of)]
    doubled += _shared_act_ids(current)
    facts: dict[type, list[Record]] = defaultdict(list)
    for record in current:
        facts[type(record)].append(record)
    statements = tuple(sorted(_of(facts, Statement), key=lambda s: (s.said_at, s.id)))
    said = [Said(act, statement) for statement in statements for act in statement.acts]
    grants = tuple(_grants(said))
    assumptions = tuple(_of(facts, Assumption))
    facts[Permit] = list(_latest_permits(_of(facts, Permit)))
    current = [record for found in facts.values() for record in found]
    return Situation(
        as_of=as_of,
        known_at=known_at,
        actors={actor.id: actor for actor in _of(facts, Actor)},
        statements=statements,
        grants=grants,
        grants_of=_grouped(grants, lambda grant: (grant.party,)),
        incidents=tuple(_incidents(said, _of(facts, IncidentReview))),
        movements=_latest_versions(_of(facts, Movement)),
        assumptions=assumptions,
        assumed=frozenset(i for a in assumptions for i in a.supplies),
        doubled=doubled,
        _grants={grant.id: grant for grant in grants},
        _answers=_grouped(said, lambda s: getattr(s.act, "of", ())),
        _by_party=_grouped(said, lambda s: (s.act.party,)),
        _facts={kind: tuple(found) for kind, found in facts.items()},
        _in_area=_grouped(current, _areas_of),
        _of_movement=_grouped(current, _movement_of),
        _statements={statement.id: statement for statement in statements},
        spoken=frozenset(statement.actor for statement in statements),
        asked=frozenset(_asked(said)),
        deadlines=tuple(
            (one.act, one.statement)
            for one in said
            if isinstance(one.act, Demand) and one.act.deadline_at is not None
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


def _areas_of(record: Record) -> Iterable[tuple[type, str]]:
    return ((type(record), area) for area in getattr(record, "areas", ()))


def _movement_of(record: Record) -> Iterable[tuple[type, str]]:
    movement = getattr(record, "movement", None)
    return () if movement is None else ((type(record), movement),)


def _asked(said: Iterable[Said]) -> Iterable[str]:
    """Everybody to whom a request or a statement was ever addressed."""
    for one in said:
        yield from one.statement.to
        if isinstance(one.act, Request):
            yield from one.act.to


def _identity(record: Record) -> tuple[str, str, int]:
    """What makes two records claim to be the same one; versions of a movement are different."""
    version = record.version if isinstance(record, Movement) else 0
    return type(record).tag, record.id, version


def _one_each(records: Iterable[Record]) -> tuple[list[Record], tuple[str, ...]]:
    """Each record once, in canonical order; an id with two contents counts for nothing."""
    by_identity: dict[tuple[str, str, int], set[Record]] = defaultdict(set)
    for record in records:
        by_identity[_identity(record)].add(record)
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
    Notice: "sent_at",
    Departure: "departed_at",
    Permit: "stands_at",
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
}


def _has_happened(record: Record, as_of: int) -> bool:
    """Whether a record that tells of one moment tells of one that has come."""
    field = _HAPPENED.get(type(record))
    return field is None or getattr(record, field) <= as_of


def _of(facts: Mapping[type, list[Record]], kind: type[Fact]) -> list[Fact]:
    return facts.get(kind, [])  # type: ignore[return-value]  # keyed by that class


def _grants(said: Iterable[Said]) -> Iterable[Grant]:
    for one in said:
        act = one.act
        if isinstance(act, Announce | Guarantee | Consent | Accept) and act.undertaking:
            announced = isinstance(act, Announce)
            yield Grant(act.id, act.party, act.undertaking, one.statement, announced)


def _grouped(
    values: Iterable[Value], keys: Callable[[Value], Iterable[Name]]
) -> dict[Name, tuple[Value, ...]]:
    """An index from each key of each value to the values that have it, in their order."""
    groups: dict[Name, list[Value]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return {key: tuple(group) for key, group in groups.items()}


def _latest_versions(movements: Iterable[Movement]) -> dict[str, Movement]:
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


def _incidents(said: Iterable[Said], reviews: Iterable[IncidentReview]) -> Iterable[IncidentNow]:
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

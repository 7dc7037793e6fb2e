"""The picture at (as of, known at), built from records in any order.

The rules of what counts are section 1 of docs/reference/semantics.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from safeconduct.vocabulary import (
    Accept,
    Acknowledge,
    Act,
    Actor,
    Allege,
    Announce,
    Ask,
    Assumption,
    Binds,
    BuildUp,
    Chase,
    Consent,
    Decision,
    Departure,
    EvacuationCare,
    GateCheck,
    Guarantee,
    HazardCleared,
    Impose,
    Incident,
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
    Request,
    RiskAssessment,
    RoadReopened,
    RuleCheck,
    Settlement,
    SignOff,
    Statement,
    Undertaking,
    WaitingPlace,
)

Fact = TypeVar("Fact")
Value = TypeVar("Value")
Name = TypeVar("Name", bound=Hashable)
Kind = TypeVar("Kind", bound=Act)
Identity = tuple[str, str, int]
"""Tag, id and version (0 but for movements): what makes two records claim to be the same one."""


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
class Index:
    """What a situation is looked up by; every value is in the situation's canonical order.

    Parameters
    ----------
    grants, acts : a grant by the id of its act; every act with its statement, by its id.
    answers : the acts that name an id: in their `of`, or a notice that they acknowledge.
    by_party : the acts of one verb about a party.
    given : the grants of a party that name an area.
    facts, in_area, of_movement : records by class; by class and area; by class and movement.
    tied : the ids that carry a condition of their own, or that one was tied to afterwards.
    records : every record by what makes it the same one, also those that have not happened yet.
    """

    grants: Mapping[str, Grant]
    acts: Mapping[str, Said]
    answers: Mapping[str, tuple[Said, ...]]
    by_party: Mapping[tuple[str, type], tuple[Said, ...]]
    given: Mapping[tuple[str, str], tuple[Grant, ...]]
    facts: Mapping[type, tuple[Record, ...]]
    in_area: Mapping[tuple[type, str], tuple[Record, ...]]
    of_movement: Mapping[tuple[type, str], tuple[Record, ...]]
    tied: frozenset[str]
    records: Mapping[Identity, Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Everything known at `known_at` that had been said or done as of `as_of`.

    `answers` finds the acts that name an id in their `of`; `by_party` the acts about a party;
    `facts` every other record by its class, `facts_in` by area, `facts_of` by movement. `spoken`
    are those who said anything, `asked` those to whom anything was addressed. All sequences are
    in a canonical order that does not depend on the order in which the records arrived.
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
    spoken: frozenset[str]
    asked: frozenset[str]
    index: Index

    def statement(self, statement_id: str) -> Statement | None:
        """The statement of one id, if it is known."""
        found = self.index.records.get((Statement.tag, statement_id, 0))
        return found if isinstance(found, Statement) else None

    def grant(self, act_id: str) -> Grant | None:
        """The grant that an act carries, if the act carries one."""
        return self.index.grants.get(act_id)

    def facts(self, kind: type[Fact]) -> tuple[Fact, ...]:
        """All records of one class, by id."""
        return self.index.facts.get(kind, ())  # type: ignore[return-value]  # keyed by that class

    def bindings(self) -> tuple[Binds, ...]:
        """The relations "P binds Q" that are evidenced; the others bind nobody (law 7)."""
        return tuple(relation for relation in self.facts(Binds) if relation.evidence)

    def tied_grants(self) -> tuple[Grant, ...]:
        """The grants that carry a condition, in their own words or tied to them afterwards."""
        return tuple(
            self.index.grants[i] for i in sorted(self.index.tied & self.index.grants.keys())
        )

    def is_of(self, actor: str, party: str) -> bool:
        """Whether an actor is the party, or belongs to it."""
        member = self.actors.get(actor)
        return actor == party or (member is not None and party in member.member_of)

    def facts_in(self, kind: type[Fact], areas: Iterable[str]) -> tuple[Fact, ...]:
        """The records of one class that name at least one of these areas, each once, by id."""
        found = {
            record.id: record
            for area in areas
            for record in self.index.in_area.get((kind, area), ())
        }
        return tuple(found[key] for key in sorted(found))  # type: ignore[misc]  # keyed by class

    def facts_of(self, kind: type[Fact], movement: str) -> tuple[Fact, ...]:
        """The records of one class that are about one movement, by id."""
        return self.index.of_movement.get((kind, movement), ())  # type: ignore[return-value]  # as above

    def about(self, movement: str) -> tuple[Record, ...]:
        """All records about one movement, of whatever class, by class and id."""
        found = (
            record
            for (_, id), some in self.index.of_movement.items()
            if id == movement
            for record in some
        )
        return tuple(sorted(found, key=identity))

    def answers(self, ref: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb that name `ref`, oldest first, each with its statement."""
        return tuple(
            (said.act, said.statement)
            for said in self.index.answers.get(ref, ())
            if isinstance(said.act, kind)
        )

    def by_party(self, party: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb about `party`, oldest first, each with its statement."""
        return tuple(
            (said.act, said.statement)  # type: ignore[misc]  # keyed by that class
            for said in self.index.by_party.get((party, kind), ())
        )

    def given(self, party: str, area: str) -> tuple[Grant, ...]:
        """The grants of a party that name an area, oldest first."""
        return self.index.given.get((party, area), ())


def picture(records: Iterable[Record], *, as_of: int, known_at: int) -> Situation:
    """The situation that these known records describe, as of one moment.

    Parameters
    ----------
    records : what was known at `known_at`, in any order, with or without repetitions.
    as_of, known_at : UTC seconds.
    """
    unique, doubled = _one_each(records)
    current = [record for record in unique if has_happened(record, as_of)]
    doubled += _shared_act_ids(current)
    facts: dict[type, list[Record]] = defaultdict(list)
    for record in current:
        facts[type(record)].append(record)
    statements = tuple(sorted(_of(facts, Statement), key=lambda s: (s.said_at, s.id)))
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
        grants_of=_grouped(grants, lambda grant: (grant.party,)),
        incidents=tuple(incidents_in(said, _of(facts, IncidentReview))),
        movements=latest_versions(_of(facts, Movement)),
        assumptions=assumptions,
        assumed=frozenset(i for a in assumptions for i in a.supplies),
        doubled=doubled,
        spoken=frozenset(statement.actor for statement in statements),
        asked=frozenset((*asked_by(said), *asked_in(_of(facts, Ask)))),
        index=Index(
            grants={grant.id: grant for grant in grants},
            acts={one.act.id: one for one in said},
            answers=_grouped(said, answered),
            by_party=_grouped(said, about),
            given=_grouped(grants, given_in),
            facts={kind: tuple(found) for kind, found in facts.items()},
            in_area=_grouped(current, areas_of),
            of_movement=_grouped(current, movement_of),
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


def answered(said: Said) -> tuple[str, ...]:
    """The ids that an act names: what it is about, or the notice that it acknowledges."""
    if isinstance(said.act, Acknowledge):
        return (said.act.notice,)
    return getattr(said.act, "of", ())


def about(said: Said) -> tuple[tuple[str, type]]:
    """The party that an act is about, with its verb."""
    return ((said.act.party, type(said.act)),)


def given_in(grant: Grant) -> Iterable[tuple[str, str]]:
    """The areas that a grant names, each once, with its party."""
    return ((grant.party, area) for area in dict.fromkeys(grant.undertaking.areas))


def tied_by(said: Iterable[Said]) -> Iterable[str]:
    """The ids of the acts that carry a condition, or that one is tied to."""
    for one in said:
        if isinstance(one.act, Impose):
            yield from one.act.of
        elif getattr(getattr(one.act, "undertaking", None), "conditions", ()):
            yield one.act.id


def areas_of(record: Record) -> Iterable[tuple[type, str]]:
    """The areas that a record names, each with its class."""
    return ((type(record), area) for area in getattr(record, "areas", ()))


def movement_of(record: Record) -> Iterable[tuple[type, str]]:
    """The movement that a record is about, if it is about one, with its class."""
    movement = getattr(record, "movement", None)
    return () if movement is None else ((type(record), movement),)


def asked_in(asks: Iterable[Ask]) -> Iterable[str]:
    """Everybody to whom a recorded ask was put."""
    return (ask.party for ask in asks if ask.asked_at is not None)


def asked_by(said: Iterable[Said]) -> Iterable[str]:
    """Everybody to whom a request or a statement was ever addressed."""
    for one in said:
        yield from one.statement.to
        if isinstance(one.act, Request):
            yield from one.act.to


def identity(record: Record) -> Identity:
    """What makes two records claim to be the same one; versions of a movement are different."""
    version = record.version if isinstance(record, Movement) else 0
    return type(record).tag, record.id, version


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
}


def has_happened(record: Record, as_of: int) -> bool:
    """Whether a record that tells of one moment tells of one that has come."""
    field = _HAPPENED.get(type(record))
    moment = None if field is None else getattr(record, field)
    return moment is None or moment <= as_of


def _of(facts: Mapping[type, list[Record]], kind: type[Fact]) -> list[Fact]:
    return facts.get(kind, [])  # type: ignore[return-value]  # keyed by that class


def grants_in(said: Iterable[Said]) -> Iterable[Grant]:
    """The grants that some acts carry."""
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

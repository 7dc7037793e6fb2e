"""A situation: what was known and had been said at one moment, and how it is looked up.

It is drawn in `picture.py`, and only there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from safeconduct.situation.hearing import Hearing
from safeconduct.situation.tellings import Tellings
from safeconduct.vocabulary import (
    Act,
    Actor,
    Assumption,
    Binds,
    Confirm,
    Incident,
    Movement,
    Record,
    Statement,
    Undertaking,
)

Fact = TypeVar("Fact")
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
    facts, in_area, of_movement : records but statements by class; by class and area; by class and
        movement.
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
    are those who said anything, `asked` those to whom anything was addressed; `tellings` are the
    statements that tell one thing, and `answers_twins` finds what names any of them. All sequences
    are in a canonical order that does not depend on the order in which the records arrived.
    """

    as_of: int
    known_at: int
    actors: Mapping[str, Actor]
    statements: Sequence[Statement]
    grants: Sequence[Grant]
    grants_of: Mapping[str, tuple[Grant, ...]]
    incidents: tuple[IncidentNow, ...]
    movements: Mapping[str, Movement]
    assumptions: tuple[Assumption, ...]
    assumed: frozenset[str]
    doubled: tuple[str, ...]
    spoken: frozenset[str]
    asked: frozenset[str]
    hearing: Hearing
    tellings: Tellings
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

    def without(self, kind: type) -> Situation:
        """The situation in which no fact of one class is known."""
        facts = {other: found for other, found in self.index.facts.items() if other is not kind}
        return replace(self, index=replace(self.index, facts=facts))

    def bindings(self) -> tuple[Binds, ...]:
        """The relations "P binds Q" that are evidenced; the others bind nobody (law 7)."""
        return tuple(relation for relation in self.facts(Binds) if relation.evidence)

    def tied_grants(self) -> tuple[Grant, ...]:
        """The grants that carry a condition, in their own words or tied to them afterwards."""
        tied = {twin for id in self.index.tied for twin in self.twins(id)}
        return tuple(self.index.grants[i] for i in sorted(tied & self.index.grants.keys()))

    def twins(self, ref: str) -> tuple[str, ...]:
        """The ids of the acts that are one with this act, itself among them."""
        return self.tellings.alike.get(ref, (ref,))

    def first_told(self, statement: Statement) -> int:
        """When a statement was said by the earliest of its tellings, UTC seconds."""
        return self.tellings.first.get(statement.id, statement.said_at)

    def answers_twins(self, ref: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb that name an act or a twin of it, oldest first, each once."""
        twins = self.tellings.alike.get(ref)
        if twins is None or len(twins) == 1:
            return self.answers(ref, kind)
        found = {act.id: (act, said) for one in twins for act, said in self.answers(one, kind)}
        return tuple(sorted(found.values(), key=lambda one: (one[1].said_at, one[1].id, one[0].id)))

    def confirms(self, ref: str) -> tuple[tuple[Confirm, Statement], ...]:
        """The confirmations that name an act, oldest first, without those told differently."""
        apart, found = self.tellings.apart, self.answers(ref, Confirm)
        return tuple(one for one in found if one[0].id not in apart) if apart else found

    def name(self, actor: str) -> str:
        """An actor's name, or its id where none is recorded."""
        known = self.actors.get(actor)
        return known.name if known else actor

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
        named = self.index.answers.get(ref)
        if named is None:  # of most words nobody says anything more
            return ()
        return tuple((said.act, said.statement) for said in named if isinstance(said.act, kind))

    def by_party(self, party: str, kind: type[Kind]) -> tuple[tuple[Kind, Statement], ...]:
        """The acts of one verb about `party`, oldest first, each with its statement."""
        return tuple(
            (said.act, said.statement)  # type: ignore[misc]  # keyed by that class
            for said in self.index.by_party.get((party, kind), ())
        )

    def given(self, party: str, area: str) -> tuple[Grant, ...]:
        """The grants of a party that name an area, oldest first."""
        return self.index.given.get((party, area), ())


def identity(record: Record) -> Identity:
    """What makes two records claim to be the same one; versions of a movement are different."""
    version = record.version if isinstance(record, Movement) else 0
    return type(record).tag, record.id, version

"""The picture with one record more, or as of a later moment, without drawing all of it anew.

A register of a hundred thousand entries takes seconds to draw; one new entry changes a few of its
lists. The result is equal to what `picture` draws from all records; a law holds the two together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from safeconduct.register.growing import grown_index, grown_row
from safeconduct.situation.lookups import (
    about,
    answered,
    areas_of,
    asked_by,
    asked_in,
    given_in,
    movement_of,
    tied_by,
)
from safeconduct.situation.picture import (
    LATEST,
    grants_in,
    has_happened,
    incidents_in,
    latest_versions,
)
from safeconduct.situation.situation import Grant, IncidentNow, Said, Situation, identity
from safeconduct.situation.tellings import tellings
from safeconduct.vocabulary import (
    Actor,
    Ask,
    Assumption,
    IncidentReview,
    Movement,
    Record,
    SameStatement,
    Statement,
)

Value = TypeVar("Value")
Name = TypeVar("Name")


def amended(situation: Situation, record: Record) -> Situation | None:
    """The situation in which one record more is known, at the same two moments.

    Returns
    -------
    None where the record takes something away from what was known: it shares an id with another,
    so that neither counts, or is an assumption. Then the picture has to be drawn anew.
    """
    key, held = identity(record), situation.index.records
    if key in held and held[key] == record:
        return situation
    if key in held or record.id in situation.doubled or isinstance(record, Assumption):
        return None
    situation = _indexed(situation, records=grown_index(held, {key: record}))
    return _happened(situation, record) if has_happened(record, situation.as_of) else situation


def later(
    situation: Situation, *, as_of: int, known_at: int, ahead: Iterable[Record]
) -> Situation | None:
    """The situation as of a later moment, from what was known already.

    Parameters
    ----------
    as_of : not before that of the situation.
    ahead : those of its records that tell of a moment after its own, as `not_yet` gives them.

    Returns
    -------
    None where what has happened meanwhile takes something away; see `amended`.
    """
    moved: Situation | None = replace(situation, as_of=as_of, known_at=known_at)
    for record in ahead:
        if moved is not None and has_happened(record, as_of):
            moved = _happened(moved, record)
    return moved


def not_yet(situation: Situation, records: Iterable[Record] | None = None) -> tuple[Record, ...]:
    """The records of a situation that tell of a moment after its own; or those among some."""
    among = situation.index.records.values() if records is None else dict.fromkeys(records)
    return tuple(one for one in among if not has_happened(one, situation.as_of))


def _happened(situation: Situation, record: Record) -> Situation | None:
    """The situation in which a record that it holds counts as well."""
    if isinstance(record, Statement):
        told = _with_statement(situation, record)
        is_linked = record.id in situation.tellings.together
        return _retold(told) if told is not None and is_linked else told
    amended = _with_fact(situation, record)
    return _retold(amended) if isinstance(record, SameStatement) else amended


def _retold(situation: Situation) -> Situation:
    """The situation with its tellings read anew."""
    said = {one.id: one for one in situation.statements}
    return replace(situation, tellings=tellings(situation.facts(SameStatement), said.get))


def _indexed(situation: Situation, **changes: Any) -> Situation:
    return replace(situation, index=replace(situation.index, **changes))


def _with_fact(situation: Situation, record: Any) -> Situation:
    index, kind = situation.index, type(record)
    before: tuple[Any, ...] = index.facts.get(kind, ())
    if kind in LATEST:
        after = tuple(LATEST[kind]([*before, record]))
        changed = [one for one in (*before, record) if (one in before) != (one in after)]
        in_area = _regrouped(index.in_area, after, changed, areas_of)
        of_movement = _regrouped(index.of_movement, after, changed, movement_of)
    else:
        after = tuple(grown_row(before, record, identity))
        in_area = _grown(index.in_area, areas_of(record), record, identity)
        of_movement = _grown(index.of_movement, movement_of(record), record, identity)
    facts = {**index.facts, kind: after}
    amended = _indexed(situation, facts=facts, in_area=in_area, of_movement=of_movement)
    if isinstance(record, Actor):
        return replace(amended, actors={actor.id: actor for actor in amended.facts(Actor)})
    if isinstance(record, Movement):
        return replace(amended, movements=latest_versions(amended.facts(Movement)))
    if isinstance(record, Ask):
        return replace(amended, asked=situation.asked.union(asked_in([record])))
    if isinstance(record, IncidentReview):
        return replace(amended, incidents=tuple(_reviewed(amended, record.of)))
    return amended


def _with_statement(situation: Situation, statement: Statement) -> Situation | None:
    index, said = situation.index, [Said(act, statement) for act in statement.acts]
    ids = {one.act.id for one in said}
    if len(ids) < len(said) or any(id in index.acts for id in ids):
        return None
    grants = tuple(grants_in(said))
    reviews = situation.facts(IncidentReview)
    return replace(
        situation,
        statements=grown_row(situation.statements, statement, _when),
        grants=_all_inserted(situation.grants, grants, _told),
        grants_of=_grown_by(situation.grants_of, grants, lambda one: (one.party,)),
        incidents=tuple(_all_inserted(situation.incidents, incidents_in(said, reviews), _told)),
        spoken=situation.spoken | {statement.actor},
        asked=situation.asked.union(asked_by(said)),
        index=replace(
            index,
            grants=grown_index(index.grants, {grant.id: grant for grant in grants}),
            acts=grown_index(index.acts, {one.act.id: one for one in said}),
            answers=_grown_by(index.answers, said, answered),
            by_party=_grown_by(index.by_party, said, about),
            given=_grown_by(index.given, grants, given_in),
            tied=index.tied.union(tied_by(said)),
        ),
    )


def _reviewed(situation: Situation, incident: str) -> Iterable[IncidentNow]:
    """The incidents, the reviewed one in its new state."""
    reviews = situation.facts(IncidentReview)
    for now in situation.incidents:
        if now.incident.id != incident:
            yield now
            continue
        told = (
            Said(act, now.statement)
            for act in now.statement.acts
            if getattr(getattr(act, "incident", None), "id", None) == incident
        )
        yield from incidents_in(told, reviews)


# -- lists in their canonical order, with one value more


def _when(statement: Statement) -> tuple[int, str]:
    return statement.said_at, statement.id


def _told(one: Said | Grant | IncidentNow) -> tuple[int, str]:
    return _when(one.statement)


def _all_inserted(
    values: Sequence[Value], more: Iterable[Value], order: Callable[[Value], Any]
) -> Sequence[Value]:
    for value in more:
        values = grown_row(values, value, order)
    return values


def _grown(
    groups: Mapping[Name, tuple[Value, ...]],
    names: Iterable[Name],
    value: Value,
    order: Callable[[Value], Any],
) -> Mapping[Name, tuple[Value, ...]]:
    """The groups with a value more in some of them, once for each time that it names one."""
    changed: dict[Name, tuple[Value, ...]] = {}
    for name in names:
        there = changed.get(name, groups.get(name, ()))
        changed[name] = tuple(grown_row(there, value, order))
    return grown_index(groups, changed) if changed else groups


def _grown_by(
    groups: Mapping[Name, tuple[Value, ...]],
    values: Iterable[Value],
    names: Callable[[Value], Iterable[Name]],
) -> Mapping[Name, tuple[Value, ...]]:
    """The groups with more of what was said, each value in all that it belongs to."""
    changed: dict[Name, tuple[Value, ...]] = {}
    for value in values:
        for name in names(value):
            there = changed.get(name, groups.get(name, ()))
            changed[name] = tuple(grown_row(there, value, _told))  # type: ignore[arg-type]  # all are told
    return grown_index(groups, changed) if changed else groups


def _regrouped(
    groups: Mapping[Name, tuple[Value, ...]],
    values: tuple[Value, ...],
    changed: Iterable[Value],
    names: Callable[[Any], Iterable[Name]],
) -> Mapping[Name, tuple[Value, ...]]:
    """The groups in which some values came or went, drawn anew from all the values of the kind."""
    touched = {name for value in changed for name in names(value)}
    drawn = {name: tuple(one for one in values if name in set(names(one))) for name in touched}
    left = {name: group for name, group in {**groups, **drawn}.items() if group}
    return left if touched else groups

"""A made-up world as one value, and the small changes that laws are stated over.

`drop`, `swap`, `add` and `reroad` give a new world; nothing is ever changed in place. The lists of
ids by role (`grants`, `limits`, `presences`, ...) say what there is to drop.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass, replace
from typing import Any

from safeconduct.roads.network import Network
from safeconduct.situation import NOBODY_HEARD, Hearing
from safeconduct.vocabulary import (
    Accept,
    Act,
    Announce,
    Assessment,
    Confirm,
    Consent,
    Deny,
    Disown,
    Guarantee,
    Impose,
    Movement,
    Narrow,
    Presence,
    Record,
    Reject,
    RequiredWriter,
    Statement,
    Suspend,
    Withdraw,
)

UNDERTAKEN = (Announce, Guarantee, Consent, Accept)  # what may carry an undertaking
GRANTS = (*UNDERTAKEN, Confirm)
LIMITS = (Narrow, Impose, Reject, Withdraw, Suspend, Disown, Deny)


@dataclass(frozen=True, slots=True)
class World:
    """Records, each with the instant it was recorded, roads, and the question asked of them.

    Parameters
    ----------
    seed : what it was drawn from; `world(seed)` gives it again.
    movements : ids; the first is the one to judge, the others are linked with it.
    as_of, known_at : UTC seconds.
    mutated : the names of the changes made to a world in which everything was in order.
    dropped : ids that a record may still name although their record was dropped.
    hearing : what was heard of the writers at `known_at`.
    """

    seed: int
    records: tuple[tuple[Record, int], ...]
    network: Network
    movements: tuple[str, ...]
    as_of: int
    known_at: int
    mutated: tuple[str, ...] = ()
    dropped: frozenset[str] = frozenset()
    hearing: Hearing = field(default=NOBODY_HEARD, hash=False)

    def all(self, kind: type) -> list[Any]:
        """The records of one kind, in the order they were made."""
        return [value for value, _ in self.records if isinstance(value, kind)]

    @property
    def but_required(self) -> list[tuple[Record, int]]:
        """The records, but for those that say who must be heard; chance draws among these."""
        return [pair for pair in self.records if not isinstance(pair[0], RequiredWriter)]

    def acts(self, *kinds: type) -> list[tuple[Any, Statement]]:
        """The acts of these kinds, each with its statement."""
        said = self.all(Statement)
        return [(act, one) for one in said for act in one.acts if isinstance(act, kinds)]

    @property
    def movement(self) -> Movement:
        """The judged movement as first recorded."""
        found: Movement = next(one for one in self.all(Movement) if one.id == self.movements[0])
        return found


def drop(world: World, record_id: str) -> World:
    """The world without the record of this id (of a movement: without all its versions)."""
    left = tuple(pair for pair in world.records if pair[0].id != record_id)
    gone = {id for one, _ in world.records if one.id == record_id for id in ids_of(one)}
    return replace(world, records=left, dropped=world.dropped | gone)


def ids_of(value: Any) -> Iterator[str]:
    """Every id that is defined anywhere inside a record: its own, its acts', their conditions'."""
    if isinstance(value, tuple):
        for part in value:
            yield from ids_of(part)
    elif is_dataclass(value):
        yield from [value.id] if hasattr(value, "id") else []
        for one in fields(value):
            yield from ids_of(getattr(value, one.name))


def add(world: World, value: Record, claimed_at: int) -> World:
    """The world with one more record, recorded at that instant."""
    return replace(world, records=(*world.records, (value, claimed_at)))


def swap(world: World, old: Record, new: Record) -> World:
    """The world in which one record reads otherwise; when it was recorded stays."""
    changed = tuple((new if value is old else value, at) for value, at in world.records)
    return replace(world, records=changed)


def swap_act(world: World, said: Statement, old: Act, new: Act) -> World:
    """The world in which one act of a statement reads otherwise."""
    acts = tuple(new if act is old else act for act in said.acts)
    return swap(world, said, replace(said, acts=acts))


def reroad(world: World, network: Network) -> World:
    """The world on other roads."""
    return replace(world, network=network)


def grants(world: World) -> list[str]:
    """Ids of the statements that only grant: dropping any of them takes cover away."""
    return [one.id for one in world.all(Statement) if _only(one, GRANTS)]


def limits(world: World) -> list[str]:
    """Ids of the statements that only limit; withdrawing a condition is none of them."""
    conditions = {one.condition.id for one, _ in world.acts(Impose)}
    for act, _ in world.acts(*GRANTS):
        undertaking = getattr(act, "undertaking", None)
        conditions |= {one.id for one in undertaking.conditions} if undertaking else set()
    freed = {one.id for act, one in world.acts(Withdraw) if conditions & set(act.of)}
    said = world.all(Statement)
    return [one.id for one in said if _only(one, LIMITS) and one.id not in freed]


def presences(world: World) -> list[str]:
    """Ids of the presences."""
    return [one.id for one in world.all(Presence)]


def assessments(world: World) -> list[str]:
    """Ids of the assessments."""
    return [one.id for one in world.all(Assessment)]


def _only(said: Statement, kinds: tuple[type, ...]) -> bool:
    return bool(said.acts) and all(isinstance(act, kinds) for act in said.acts)

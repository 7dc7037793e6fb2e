"""By what the acts, grants and records of a situation are looked up, and who was ever asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from typing import TypeVar

from safeconduct.situation.situation import Grant, Said
from safeconduct.vocabulary import Acknowledge, Ask, Impose, Record, Request

Value = TypeVar("Value")
Name = TypeVar("Name", bound=Hashable)


def grouped(
    values: Iterable[Value], keys: Callable[[Value], Iterable[Name]]
) -> dict[Name, tuple[Value, ...]]:
    """An index from each key of each value to the values that have it, in their order."""
    groups: dict[Name, list[Value]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return {key: tuple(group) for key, group in groups.items()}


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

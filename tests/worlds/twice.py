"""Statements told twice: one word of a party, in two records with ids of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from random import Random
from typing import Any

from safeconduct.vocabulary import (
    Act,
    Form,
    Impose,
    Record,
    SameStatement,
    Statement,
    Telling,
)
from tests.worlds.draft import HOUR, Draft
from tests.worlds.world import UNDERTAKEN


def told_again(
    said: Statement, by: str, renamed: Mapping[str, str] | None = None, **otherwise: Any
) -> Statement:
    """The same statement as somebody else recorded it: its ids, and those of its acts, end in `by`.

    Parameters
    ----------
    renamed : ids that the acts name and that the other knows by another id.
    otherwise : what the other telling has differently.
    """
    acts = tuple(_again(act, by, renamed or {}) for act in said.acts)
    return replace(said, id=f"{said.id}-{by}", **{"acts": acts} | otherwise)


def _again(act: Act, by: str, renamed: Mapping[str, str]) -> Act:
    changes: dict[str, Any] = {"id": f"{act.id}-{by}"}
    given = getattr(act, "undertaking", None)
    if given is not None:
        conditions = tuple(replace(one, id=f"{one.id}-{by}") for one in given.conditions)
        changes["undertaking"] = replace(given, conditions=conditions)
    if isinstance(act, Impose):
        changes["condition"] = replace(act.condition, id=f"{act.condition.id}-{by}")
    if hasattr(act, "of"):
        changes["of"] = tuple(renamed.get(ref, ref) for ref in act.of)
    return replace(act, **changes)


def same(*statements: str, id: str = "same") -> SameStatement:
    """Somebody says that these statements are one."""
    return SameStatement(
        id=id, statements=statements, by="access officer", at=0, why="one word, two notes"
    )


def twice_told(draft: Draft, rng: Random) -> None:
    """Some words of a world in order are told by another office as well, and said to be one.

    What takes a string away or confirms names the acts of both tellings. The other telling may be
    weaker, for what one suffices is not asked of the other, and be said earlier or later.
    """
    said = [one for one in draft.all(Statement) if _only(one, *UNDERTAKEN)]
    chosen = [one for one in said if rng.random() < 0.3]
    pairs = {act.id: f"{act.id}-too" for one in chosen for act in one.acts}
    for one in chosen:
        for act in one.acts:
            given = getattr(act, "undertaking", None)
            pairs |= {c.id: f"{c.id}-too" for c in given.conditions} if given else {}
    draft.records = [(_naming_both(one, pairs), at) for one, at in draft.records]
    for one in [one for one in draft.all(Statement) if _only(one, *UNDERTAKEN)]:
        if one.id not in {old.id for old in chosen}:
            continue
        weaker = rng.choice(
            ({}, {}, {"to": ()}, {"form": Form.RELAYED}, {"telling": Telling.INFERRED})
        )
        moved = one.said_at + rng.choice((0, 0, 1, 60, HOUR))
        draft.note(told_again(one, "too", pairs, said_at=moved, **weaker), moved)
        draft.note(same(one.id, f"{one.id}-too", id=f"same-{one.id}"))


def _only(said: Statement, *kinds: type) -> bool:
    return bool(said.acts) and all(isinstance(act, kinds) for act in said.acts)


def _naming_both(record: Record, pairs: Mapping[str, str]) -> Record:
    """The record, if it is a statement, naming both tellings wherever it names one."""
    if not isinstance(record, Statement):
        return record
    acts = [
        replace(act, of=tuple(dict.fromkeys((*act.of, *_twins(act.of, pairs)))))
        if hasattr(act, "of") and not isinstance(act, UNDERTAKEN)
        else act
        for act in record.acts
    ]
    return replace(record, acts=tuple(acts))


def _twins(refs: tuple[str, ...], pairs: Mapping[str, str]) -> list[str]:
    return [pairs[ref] for ref in refs if ref in pairs]

"""What counts of some records, and every moment in them: section 1 of the semantics."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from safeconduct import vocabulary as v
from safeconduct.spacetime import Span

# The moments that must have come before a record says anything.
MOMENTS = (
    *("said_at", "checked_at", "cleared_at", "reopened_at", "reviewed_at"),
    *("sent_at", "departed_at", "stands_at"),
)


def counted(records: Iterable[tuple[v.Record, int]], as_of: int, known_at: int) -> Any:
    """What counts, by type: records as they are, acts as pairs of act and statement."""
    seen: set[Any] = {one for one, claimed_at in records if claimed_at <= known_at}
    names = Counter(map(_name, seen))
    known: defaultdict[type, list[Any]] = defaultdict(list)
    for one in sorted(seen, key=lambda one: str(one.id)):
        come = all(getattr(one, moment, as_of) <= as_of for moment in MOMENTS)
        if come and names[_name(one)] == 1:
            known[type(one)].append(one)
    for statement in known[v.Statement]:
        for act in statement.acts:
            known[type(act)].append((act, statement))
    return known


def doubled(records: Iterable[tuple[v.Record, int]], known_at: int) -> list[str]:
    """The ids that two known records of one kind share and differ in, or that two acts carry."""
    seen: set[Any] = {one for one, claimed_at in records if claimed_at <= known_at}
    acts = Counter(act.id for one in seen if isinstance(one, v.Statement) for act in one.acts)
    used = {name[1]: times for name, times in Counter(map(_name, seen)).items() if times > 1}
    return sorted({*used, *(id for id, times in acts.items() if times > 1)})


def _name(one: Any) -> tuple[type, str, int]:
    return type(one), one.id, one.version if isinstance(one, v.Movement) else 0


def instants(value: object, name: str = "") -> Iterator[int]:
    """Every bound of a span and every dated moment (`..._at`) anywhere inside `value`."""
    if isinstance(value, int) and (name == "at" or name.endswith("_at")):
        yield value
    elif isinstance(value, Span):
        yield from (value.start, value.end)
    elif isinstance(value, list | tuple | frozenset):
        for part in value:
            yield from instants(part)
    elif is_dataclass(value):
        for field in fields(value):
            yield from instants(getattr(value, field.name), field.name)

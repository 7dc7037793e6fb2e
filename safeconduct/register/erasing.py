"""What was entered for an operation, and the entry that says it was erased.

Personal text belongs to the operation that it was entered for: the movement that its entry is
about, or the office, for what is about none. That is told from the signed entry alone, so every
register that holds the entry says the same. Erasing leaves all entries, hashes and heads as they
are: they never held the text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import SafeconductError, WrongField
from safeconduct.register.canonical import JSON
from safeconduct.register.chain import Link
from safeconduct.register.codec import decode
from safeconduct.register.entry import Entry
from safeconduct.register.personal import Commitment

__all__ = ["OFFICE", "OperationErased", "belonging", "erasures", "operation_of", "operations_in"]

OFFICE = "office"
"""The operation of what is about no movement."""

_MOVEMENT = "movement"
"""The kind of an entry that is a movement itself, and the field by which others name one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationErased:
    """What was personal and entered for an operation until a moment is to be forgotten everywhere.

    Parameters
    ----------
    operation : the id of a movement, or `office`.
    until : UTC seconds; what is entered later is kept.
    why : in words, such as "six months after the convoy, as agreed".
    """

    tag: ClassVar[str] = "operation-erased"
    operation: str
    until: int
    why: str

    def __post_init__(self) -> None:
        for name in ("operation", "why"):
            if not str(getattr(self, name)).strip():
                raise WrongField(
                    f"An erasure without {name}: nobody could tell what was forgotten, or why.",
                    "Say both, such as `--operation convoy-3 --why 'six months are over'`.",
                ).located(field=name)


def operation_of(kind: str, body: JSON) -> str:
    """The operation that an entry is about.

    >>> operation_of("decision", {"id": "d1", "movement": "convoy-3"})
    'convoy-3'
    >>> operation_of("contact", {"id": "desk"})
    'office'
    """
    if isinstance(body, dict):
        named = body.get("id") if kind == _MOVEMENT else body.get(_MOVEMENT)
        if isinstance(named, str) and named:
            return named
    return OFFICE


def belonging(
    entries: Iterable[Entry], operation: str, until: int | None = None
) -> frozenset[Commitment]:
    """The commitments of an operation, of entries that were recorded until a moment.

    A text that several entries commit to belongs to the operation of the first of them.
    """
    return frozenset(
        commitment
        for commitment, entry in _first(entries).items()
        if operation_of(entry.kind, entry.body) == operation
        and (until is None or entry.recorded_at <= until)
    )


def operations_in(entries: Iterable[Link]) -> dict[Commitment, str]:
    """Of each commitment in these entries, the operation that it was entered for first."""
    first = _first(entry for entry in entries if isinstance(entry, Entry))
    return {one: operation_of(entry.kind, entry.body) for one, entry in first.items()}


def _first(entries: Iterable[Entry]) -> dict[Commitment, Entry]:
    """Of each commitment the first entry that holds it."""
    found: dict[Commitment, Entry] = {}
    for entry in sorted(entries, key=lambda e: (e.recorded_at, e.writer, e.sequence)):
        for commitment in entry.commitments:
            found.setdefault(commitment, entry)
    return found


def erasures(entries: Iterable[Entry]) -> tuple[OperationErased, ...]:
    """What the entries say is to be forgotten, in their order; give those that count.

    One that cannot be read, or claims a moment after its own recording, forgets nothing.
    """
    told = []
    for entry in entries:
        if entry.kind != OperationErased.tag:
            continue
        try:
            one = decode(OperationErased, entry.body, entry.id)
        except SafeconductError:
            continue
        if one.until <= entry.recorded_at:
            told.append(one)
    return tuple(told)

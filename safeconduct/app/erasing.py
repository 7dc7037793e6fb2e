"""The verb `register erase`: the personal texts and the evidence of an operation are forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.stores import name_of
from safeconduct.app.filing import files_going
from safeconduct.app.opening import Opened
from safeconduct.app.registers import append_bodies, open_live
from safeconduct.errors import UnknownReference
from safeconduct.register import Commitment, encode, register_head, roots_of
from safeconduct.register.erasing import (
    OFFICE,
    OperationErased,
    belonging,
    erasures,
    operation_of,
)

__all__ = ["Erased", "Forgotten", "erase", "forget", "to_forget"]


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many texts and files of an operation were erased here just now, and why."""

    operation: str
    why: str
    texts: int
    files: int = 0

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "operation": self.operation,
            "why": self.why,
            "texts": self.texts,
            "files": self.files,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased:
    """An erasure that was recorded and done."""

    register: str
    entry: str
    forgotten: tuple[Forgotten, ...]
    head: str

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "entry": self.entry,
            "forgotten": [one.as_json() for one in self.forgotten],
            "head": self.head,
        }


def erase(path: str, operation: str, why: str, author: str = "") -> Erased:
    """Every personal text and file entered for an operation until now is erased; an entry says so.

    The key that they are sealed with is destroyed, so that no copy of their sealed bytes opens that
    does not hold it. The entry is on disk before anything is gone: what a power cut leaves is
    erased when the register is next merged into or erased from.

    Raises
    ------
    WrongField : no reason is given.
    UnknownReference : nothing was entered for such an operation.
    KeyRefused, RegisterError : this machine may not write here, or not erase.
    """
    with closing(open_live(path)) as opened:
        _check_known(opened, operation)
        record = OperationErased(operation=operation, until=now(), why=why.strip())
        written = append_bodies(opened, path, [(record.tag, encode(record), ())], author)
        done = forget(opened, again=operation)
        return Erased(
            register=name_of(path),
            entry=written.entries[0].id,
            forgotten=done,
            head=register_head(roots_of(opened.store)),
        )


def forget(opened: Opened, again: str = "") -> tuple[Forgotten, ...]:
    """Erases here what any erasure that counts says; each that still found something to erase.

    To be called whenever entries have come. It asks of all erasures again, so it also takes what
    came late for an operation that was erased long ago.

    Parameters
    ----------
    again : an operation that is erased also where nothing is left of it, in case an earlier erasing
        was cut before the bytes were overwritten.
    """
    found = []
    for one, going in tuple(to_forget(opened)):
        files = files_going(opened, one.operation)
        if not (going or files or one.operation == again):
            continue
        gone = opened.store.destroy(going, files)
        if any(gone):
            found.append(Forgotten(one.operation, one.why, gone.texts, gone.files))
        again = "" if one.operation == again else again
    return tuple(found)


def to_forget(opened: Opened) -> Iterator[tuple[OperationErased, frozenset[Commitment]]]:
    """Each erasure that counts, with the texts that are still kept of it here."""
    entries = tuple(opened.store.entries())
    kept = {text.commitment for text in opened.store.texts()}
    for one in erasures(opened.view().entries):
        going = belonging(entries, one.operation, one.until) & kept
        kept -= going
        yield one, going


def _check_known(opened: Opened, operation: str) -> None:
    entries = tuple(opened.store.entries())
    known = {operation_of(entry.kind, entry.body) for entry in entries} | {OFFICE}
    if operation not in known:
        kept = {text.commitment for text in opened.store.texts()}
        filed = {at.operation for at in opened.store.files()}
        holding = sorted(one for one in known if belonging(entries, one) & kept or one in filed)
        raise UnknownReference(
            f"Nothing was entered for an operation {operation!r} in this register.",
            f"Personal text or evidence is kept for: {', '.join(holding) or 'none'}.",
            id=operation,
        )

"""Files of evidence in an opened register: kept, opened, taken from a bundle, to be destroyed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from safeconduct.adapters.chance import new_key, new_nonce
from safeconduct.app.opening import Opened
from safeconduct.errors import EvidenceRefused
from safeconduct.register import Entry, Store, decode
from safeconduct.register.erasing import OperationErased, erasures
from safeconduct.register.files import (
    Filed,
    filed_by,
    resting,
    seal,
    unseal,
)
from safeconduct.vocabulary import Evidence

__all__ = ["CameAlong", "Shelf", "Shelved", "State", "files_going", "keep", "opened_file", "take"]


class State(Enum):
    """Where the file of a record of evidence is."""

    HERE = "here"
    ERASED = "erased"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelved:
    """A record of evidence, and what became of its file.

    Parameters
    ----------
    office : whose device recorded it; empty where no trusted root says so.
    own : whether that device writes into this register.
    erased : the erasure that names it.
    """

    entry: Entry
    record: Evidence
    at: Filed
    state: State
    office: str
    own: bool
    erased: OperationErased | None = None

    def says(self) -> str:
        """The state of the file, in words."""
        if self.erased is not None:
            return f"erased: {self.erased.why}"
        if self.state is State.HERE:
            return "here"
        return "not kept here" if self.own else f"held by its office ({self.office or 'unknown'})"


class Shelf:
    """The files that a register knows of, as its entries tell."""

    def __init__(self, opened: Opened) -> None:
        self._opened, self.store = opened, opened.store

    @cached_property
    def erased(self) -> tuple[OperationErased, ...]:
        """The erasures that count."""
        return erasures(self._opened.view().entries)

    @cached_property
    def resting(self) -> Mapping[Filed, tuple[Entry, ...]]:
        """The files that may be kept, each with the entries that rest on it."""
        return resting(self._opened.view().entries, self.erased)

    @cached_property
    def kept(self) -> frozenset[Filed]:
        """Where a file is kept that may be."""
        return frozenset(self.store.files()) & self.resting.keys()

    def records(self) -> tuple[Shelved, ...]:
        """Every record of evidence that counts, in the order of the entries."""
        return tuple(
            self._shelved(entry)
            for entry in self._opened.view().entries
            if entry.kind == Evidence.tag
        )

    def content(self, sha256: str) -> bytes | None:
        """The content of a file, whichever operation it is kept for; None when it is not here.

        Raises
        ------
        EvidenceRefused : it is kept, and opens for none of these operations.
        """
        refused: EvidenceRefused | None = None
        for at in sorted(one for one in self.kept if one.sha256 == sha256):
            try:
                return opened_file(self.store, at)
            except EvidenceRefused as error:
                refused = refused or error
        if refused is not None:
            raise refused
        return None

    def _shelved(self, entry: Entry) -> Shelved:
        record = decode(Evidence, entry.body, entry.id)
        (at,) = filed_by(entry) or {Filed("", record.sha256)}
        key = self._opened.view().ring.get(entry.writer)
        gone = None if entry in self.resting.get(at, ()) else self._erasure(at, entry)
        here = State.HERE if at in self.kept else State.ELSEWHERE
        return Shelved(
            entry=entry,
            record=record,
            at=at,
            state=here if gone is None else State.ERASED,
            office=key.office if key else "",
            own=entry.writer in self.store.here(),
            erased=gone,
        )

    def _erasure(self, at: Filed, entry: Entry) -> OperationErased | None:
        return next(
            (
                one
                for one in self.erased
                if one.operation == at.operation and entry.recorded_at <= one.until
            ),
            None,
        )


@dataclass(frozen=True, slots=True)
class CameAlong:
    """The files of a bundle: how many are kept now, how many were here, and what was refused."""

    kept: int = 0
    had: int = 0
    refused: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"kept": self.kept, "had": self.had, "refused": list(self.refused)}


def keep(store: Store, operation: str, data: bytes) -> bool:
    """Whether the file is now kept for the operation and was not before.

    Raises
    ------
    EvidenceRefused : the operation's key is being destroyed at this moment.
    """
    key = store.operation_key(operation, new_key())
    assert key is not None  # one was given
    return store.keep(seal(data, operation, key, new_nonce()), key)


def opened_file(store: Store, at: Filed) -> bytes | None:
    """The content of a file; None when it is not kept there.

    Raises
    ------
    EvidenceRefused : it is kept and does not open.
    """
    key, file = store.operation_key(at.operation), store.file(at)
    return None if key is None or file is None else unseal(file, key)


def take(opened: Opened, files: Mapping[str, bytes]) -> CameAlong:
    """What became of the files of a bundle, after its entries were merged.

    A file is kept for every operation for which an entry rests on it that counts here and that no
    erasure names; each is kept by itself, so the same bundle brings what a power cut left out.
    """
    shelf, kept, had = Shelf(opened), 0, 0
    refused = []
    for sha256, data in files.items():
        wanted = [at for at in sorted(shelf.resting) if at.sha256 == sha256]
        new = sum(keep(shelf.store, at.operation, data) for at in wanted if at not in shelf.kept)
        kept, had = kept + (new > 0), had + (bool(wanted) and not new)
        if not wanted:
            refused.append(
                f"The file {sha256[:12]}… is not kept: no entry that counts here rests on it, or "
                "it was erased."
            )
    return CameAlong(kept, had, tuple(refused))


def files_going(opened: Opened, operation: str) -> frozenset[Filed]:
    """The files of an operation that an erasure on record names; what was entered later stays."""
    store = opened.store
    held = frozenset(at for at in store.files() if at.operation == operation)
    # Also what does not count any more, since its key was revoked, is only taken where it is named.
    return held - resting(store.entries(), Shelf(opened).erased).keys() if held else held

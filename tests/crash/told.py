"""What a register acknowledged, kept by the harness and never read from the register."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from safeconduct.register import Entry, Personal
from safeconduct.register.files import SealedFile


class Kept(NamedTuple):
    """The bytes of one entry, as they were given to the store."""

    signed: bytes
    signature: str | None


class Batch(NamedTuple):
    """What one call gave to the store, to be kept as a whole or not at all."""

    entries: tuple[Kept, ...]
    texts: tuple[Personal, ...] = ()


class Mark(NamedTuple):
    """One thing that happened between the harness and the store.

    `what` is `begun` or `done` (of a batch), `erasing` or `erased` (of a commitment), `filing` or
    `filed` (of a file), `destroying` or `destroyed` (of an operation's key), or `made`.
    """

    what: str
    batch: Batch | None = None
    text: str = ""
    file: SealedFile | None = None


def batch_of(entries: Iterable[Entry], personal: Iterable[Personal] = ()) -> Batch:
    """The bytes of a call, taken before the store sees it."""
    kept = tuple(Kept(entry.signed_bytes(), entry.signature) for entry in entries)
    return Batch(kept, tuple(personal))


@dataclass
class Told:
    """What must be there, and what may be: `done` batches, `begun` ones, texts and files."""

    made: bool = False
    done: list[Batch] = field(default_factory=list)
    begun: list[Batch] = field(default_factory=list)
    erasing: set[str] = field(default_factory=set)
    erased: set[str] = field(default_factory=set)
    filing: list[SealedFile] = field(default_factory=list)
    filed: list[SealedFile] = field(default_factory=list)
    destroying: set[str] = field(default_factory=set)
    destroyed: set[str] = field(default_factory=set)

    def hear(self, mark: Mark) -> None:
        """Takes one more thing into account."""
        match mark.what:
            case "made":
                self.made = True
            case "begun" if mark.batch is not None:
                self.begun.append(mark.batch)
            case "done" if mark.batch is not None:
                # Several tries of one batch may have begun; what is kept is kept once.
                self.begun = [one for one in self.begun if one != mark.batch]
                self.done.append(mark.batch)
            case "erasing":
                self.erasing.add(mark.text)
            case "erased":
                self.erased.add(mark.text)
            case "filing" if mark.file is not None:
                self.filing.append(mark.file)
            case "filed" if mark.file is not None:
                self.filed.append(mark.file)
            case "destroying":
                self.destroying.add(mark.text)
            case "destroyed":
                self.destroyed.add(mark.text)
            case _:
                raise ValueError(f"no mark: {mark}")


def told_by(marks: Iterable[Mark]) -> Told:
    """What a sequence of marks amounts to."""
    told = Told()
    for mark in marks:
        told.hear(mark)
    return told

"""A writer's chain: each entry names the hash of the one before, so nothing slips out or in."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from safeconduct.errors import ChainBroken, WrongField
from safeconduct.register.canonical import canonical, digest, is_digest
from safeconduct.register.entry import NO_PREVIOUS, Entry
from safeconduct.register.tree import root_of


@dataclass(frozen=True, slots=True, order=True)
class Withheld:
    """The place of an entry that is on record elsewhere, and whose content did not come here.

    Parameters
    ----------
    writer, sequence, previous : as of the entry.
    hash : its hash, which the next entry of the chain names.
    holder : the office that holds the content, as the bundle said.
    """

    writer: str
    sequence: int
    previous: str
    hash: str
    holder: str

    def __post_init__(self) -> None:
        if self.sequence < 0 or not is_digest(self.hash) or not is_digest(self.previous):
            raise WrongField(
                f"Number {self.sequence} of writer {self.writer} is withheld under the hash "
                f"{self.hash[:70]!r} after {self.previous[:70]!r}.",
                "A withheld place gives its number and both hashes, of 64 hex digits.",
            )


Link = Entry | Withheld
"""One place of a chain."""


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """How far a writer's chain reaches: its number of entries, and the hash of the last one."""

    writer: str
    size: int
    hash: str


def head_after(entry: Link) -> Head:
    """The head of the writer's chain once `entry` is its last."""
    return Head(entry.writer, entry.sequence + 1, entry.hash)


def check_follows(entry: Link, head: Head | None) -> None:
    """Nothing, when `entry` is the next of the chain that ends in `head` (None: not begun).

    Raises
    ------
    ChainBroken : a gap (entries before it are missing), a fork (its place is taken by another
        entry) or a wrong previous hash; `facts["breach"]` is that one word: gap, fork or previous.
    """
    size, last = (head.size, head.hash) if head else (0, NO_PREVIOUS)
    if entry.sequence > size:
        raise ChainBroken(
            f"{_named(entry)} is number {entry.sequence} of writer {entry.writer}, but only "
            f"{size} of its entries are here: {entry.sequence - size} are missing before it.",
            f"Ask the writer for its entries from number {size} on, and add those first.",
            breach="gap",
            writer=entry.writer,
            missing_from=size,
        )
    if entry.sequence < size:
        raise ChainBroken(
            f"{_named(entry)} claims number {entry.sequence} of writer {entry.writer}, but "
            f"another entry has that place in a chain of {size}: the chain forks.",
            "Two devices may hold one key, or a backup was restored: start a new writer on one.",
            breach="fork",
            writer=entry.writer,
            sequence=entry.sequence,
        )
    if entry.previous != last:
        raise ChainBroken(
            f"{_named(entry)}, number {entry.sequence} of writer {entry.writer}, names as "
            f"the previous hash {entry.previous[:12]}…, but the entry before it has {last[:12]}….",
            "One of the two was changed or belongs to another chain; ask the writer for both.",
            breach="previous",
            writer=entry.writer,
            sequence=entry.sequence,
        )


def verify_chain(entries: Iterable[Link]) -> tuple[Head, ...]:
    """The heads of the chains that the entries form, by writer, each checked from its start.

    The entries and withheld places may come in any order and belong to any number of writers; each
    writer's must be there from number 0 on, once.

    Raises
    ------
    ChainBroken : as `check_follows`.
    """
    heads: dict[str, Head] = {}
    for entry in sorted(entries, key=lambda entry: (entry.writer, entry.sequence, entry.hash)):
        check_follows(entry, heads.get(entry.writer))
        heads[entry.writer] = head_after(entry)
    return tuple(heads.values())


@dataclass(frozen=True, slots=True, order=True)
class Rooted:
    """A writer's chain as a tree: its number of entries, and the root over their hashes, in hex."""

    writer: str
    size: int
    root: str


def rooted(writer: str, hashes: Iterable[str]) -> Rooted:
    """The tree over a writer's chain, from the hashes of its entries in order."""
    leaves = [bytes.fromhex(one) for one in hashes]
    return Rooted(writer, len(leaves), root_of(leaves).hex())


def register_head(chains: Iterable[Rooted]) -> str:
    """The one hash of a whole register: SHA-256 of its chains' sorted roots, written canonically.

    Raises
    ------
    ChainBroken : two roots of one writer.

    >>> register_head([])[:16]
    '4f53cda18c2baa0c'
    """
    listed = sorted(set(chains))
    for one, other in pairwise(listed):
        if one.writer == other.writer:
            raise ChainBroken(
                f"Writer {one.writer} has two heads, of {one.size} and {other.size} entries.",
                "Give each writer's latest head only.",
                breach="fork",
                writer=one.writer,
            )
    return digest(canonical([[one.writer, one.size, one.root] for one in listed]))


def _named(entry: Link) -> str:
    return f"Entry {entry.id}" if isinstance(entry, Entry) else f"A withheld place ({entry.holder})"

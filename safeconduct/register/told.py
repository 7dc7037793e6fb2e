"""What the receipts of a register tell: how much of each chain had come by a moment, and doubts.

Receipts count when a writer of this register signed them, even one that was revoked since: what it
had received by then was here, whatever became of its key.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from safeconduct.errors import SafeconductError
from safeconduct.register.chain import Link
from safeconduct.register.codec import decode
from safeconduct.register.course import Course
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.handover import Handover, Runs, in_runs, resting
from safeconduct.register.keyring import Keyring, is_signed, vouched
from safeconduct.register.receipts import ForkSeen, NotTaken, Receipt, Received, latest
from safeconduct.register.rootword import RootSeen, seen_in

__all__ = [
    "CLOCK_LEEWAY_S",
    "Told",
    "WriterDoubt",
    "forks_in",
    "own_word",
    "proven_forks",
    "told_by",
    "word_in",
]

CLOCK_LEEWAY_S = 300
"""By so much the clocks of two offices may differ before one of them is doubted."""


class WriterDoubt(Enum):
    """Why the word of a writer may be incomplete, or not its own."""

    UNKNOWN_KEY = "unknown-key"
    """No trusted root has introduced it."""
    UNSIGNED = "bad-signature"
    """Its key does not vouch for all of its chain."""
    REVOKED = "revoked"
    """Its key was revoked."""
    FORKED = "forked"
    """It signed two entries for one place, or its root believes another chain, or a device of a
    root saw another one."""
    GAPPED = "gapped"
    """It has written more than has come here, by its own checkpoint or, of a root, a device's."""
    WITHHELD = "withheld"
    """Of a part of its chain only the places have come."""
    CLOCK = "clock"
    """It recorded something later than it was received, or before what it had recorded already."""
    ROLLED_BACK = "rolled-back"
    """It said later that its chain was shorter: a restored copy writes, or a clock was put back."""
    STOPPED = "stopped-here"
    """It wrote here until the register was moved or a backup was made; what came after may lack."""
    ROOT = "root-doubted"
    """The chain of the root that introduced it is in doubt, so a revocation may be missing."""


_SAID_OF = {
    "fork": WriterDoubt.FORKED,
    "contradiction": WriterDoubt.ROLLED_BACK,
}
"""What was not taken, and tells for good that a writer has two histories."""

_MISSING = {"gap", "id-taken", "replay-only"}
"""What was not taken although its writer signed it: until it comes the chain has a gap."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the receipts and the like tell, written by then by writers of this register.

    Parameters
    ----------
    moment : UTC seconds.
    own : of each writer of this register the places that it wrote here.
    written : how much of its chain each writer of this register had written here.
    stopped : the writers of this register that wrote here no more by then.
    came : of each writer the furthest of its chain that had come.
    dark : of each writer the places below that whose content had not come.
    arrived : of each writer, from which number on its entries came when.
    heads : what each writer said of its length, and when: (told_size, told_at).
    roots : what each writer said of a root beside it.
    refused : what of its chain or its word was not taken.
    forked : the writers that were seen to sign an entry that cannot stand in their chain.
    ahead : the writers that spoke of a moment which had not come yet where they were heard.
    """

    moment: int
    own: Mapping[str, Runs]
    written: Mapping[str, int]
    stopped: Mapping[str, Handover]
    came: Mapping[str, Received]
    dark: Mapping[str, frozenset[int]]
    arrived: Mapping[str, tuple[tuple[int, int], ...]]
    heads: Mapping[str, frozenset[tuple[int, int]]]
    roots: Mapping[str, frozenset[RootSeen]]
    refused: Mapping[str, tuple[NotTaken, ...]]
    forked: frozenset[str]
    ahead: frozenset[str]

    @property
    def spoken_of(self) -> frozenset[str]:
        """Every writer that is told of."""
        return frozenset({*self.came, *self.forked, *self._missing()})

    def _missing(self) -> Iterator[str]:
        for writer, refused in self.refused.items():
            if any(no.reason in _SAID_OF or no.reason in _MISSING for no in refused):
                yield writer

    def size(self, writer: str) -> int:
        """How much of the writer's chain was known."""
        came = self.came[writer].size if writer in self.came else 0
        return max(came, self.written.get(writer, 0))

    def hidden(self, writer: str) -> frozenset[int]:
        """The places of the writer's chain whose content had not come."""
        return self.dark.get(writer, frozenset())

    def since(self, entry: Entry) -> int:
        """From when on a known entry's place was known: from its recording, or when it came."""
        if in_runs(self.own.get(entry.writer, ()), entry.sequence):
            return entry.recorded_at
        rows = self.arrived.get(entry.writer, ())
        came = (at for first, at in reversed(rows) if first <= entry.sequence)
        return next(came, entry.recorded_at)

    def complete_at(self, writer: str) -> int | None:
        """Up to when its word is whole: now for who writes here, else when it last said so."""
        told = self.came[writer].told_at if writer in self.came else None
        if writer in self.stopped:
            told = max(told or 0, self.stopped[writer].at)
        elif writer in self.own:
            return self.moment
        return None if told is None else min(told, self.moment)

    def stopped_unseen(self, writer: str) -> bool:
        """Whether it stopped writing here, and has not said since how long its chain is."""
        stop = self.stopped.get(writer)
        told = self.came[writer].told_at if writer in self.came else None
        return stop is not None and (told is None or told <= stop.at)

    def doubts(self, writer: str, course: Course) -> Iterator[WriterDoubt]:
        """What is to be doubted of the chain that runs so, whatever its key."""
        refused, heads = self.refused.get(writer, ()), self.heads.get(writer, ())
        if writer in self.forked:
            yield WriterDoubt.FORKED
        yield from (_SAID_OF[no.reason] for no in refused if no.reason in _SAID_OF)
        missing = [no for no in refused if no.reason in _MISSING and no.sequence >= course.size]
        if missing or any(size > course.size for size, _ in heads):
            yield WriterDoubt.GAPPED
        if course.withheld:
            yield WriterDoubt.WITHHELD
        if self._is_clock_wrong(writer, course):
            yield WriterDoubt.CLOCK
        earliest = ((course.earliest_from(size), at) for size, at in heads)
        if any(first is not None and first < at for first, at in earliest):
            yield WriterDoubt.ROLLED_BACK

    def _is_clock_wrong(self, writer: str, course: Course) -> bool:
        came = pairwise((*self.arrived.get(writer, ()), (_END, 0)))
        latest = ((course.latest_in(first, end), at) for (first, at), (end, _) in came)
        ahead = any(last is not None and last > at + CLOCK_LEEWAY_S for last, at in latest)
        return course.goes_back or ahead or writer in self.ahead


def proven_forks(
    told: Iterable[tuple[Entry, ForkSeen]], chains: Mapping[str, Sequence[Link]], ring: Keyring
) -> frozenset[str]:
    """The writers of which anybody has proven a fork, or their own office has told of one.

    Parameters
    ----------
    told : what is told of forks in these chains.
    """
    return frozenset(seen.writer for one, seen in told if _holds(one, seen, chains, ring))


def _holds(one: Entry, seen: ForkSeen, chains: Mapping[str, Sequence[Link]], ring: Keyring) -> bool:
    return _is_of_same_office(one.writer, seen.writer, ring) or _proves(seen, chains, ring)


def forks_in(chains: Mapping[str, Sequence[Link]]) -> Iterator[tuple[Entry, ForkSeen]]:
    """What these chains tell of forks."""
    for one in (link for chain in tuple(chains.values()) for link in chain):
        if isinstance(one, Entry) and one.kind == ForkSeen.tag:
            seen = word_in(one)
            if isinstance(seen, ForkSeen):
                yield one, seen


_END = sys.maxsize
"""No chain is so long."""


def told_by(
    words: Iterable[tuple[Entry, Receipt | ForkSeen]],
    own: Mapping[str, Runs],
    written: Mapping[str, int],
    handovers: Iterable[Handover],
    moment: int,
) -> Told:
    """What had been told by a moment.

    Parameters
    ----------
    words : as `own_word` gives them, in the order of recording.
    own : the places that each writer of this register wrote here.
    written : how much of its chain each of them had written here by then.
    handovers : which of them stopped writing here, and which went on.
    """
    receipts: list[Receipt] = []
    arrived: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    heads: dict[str, set[tuple[int, int]]] = defaultdict(set)
    roots: dict[str, set[RootSeen]] = defaultdict(set)
    refused: dict[str, list[NotTaken]] = defaultdict(list)
    forked, ahead = set[str](), set[str]()
    for entry, record in words:
        if isinstance(record, ForkSeen):
            forked.add(record.writer)
            continue
        receipts.append(record)
        for no in record.not_taken:
            refused[no.writer].append(no)
        for one in record.chains:
            if one.told_size is not None and one.told_at is not None:
                heads[one.writer].add((one.told_size, one.told_at))
                roots[one.writer].update(seen_in(one.note))
                if one.told_at > entry.recorded_at + CLOCK_LEEWAY_S:
                    ahead.add(one.writer)
            if one.size > sizes[one.writer]:
                arrived[one.writer].append((sizes[one.writer], entry.recorded_at))
                sizes[one.writer] = one.size
    return Told(
        moment,
        own,
        written,
        resting(handovers, moment),
        latest(receipts),
        _dark(receipts),
        {writer: tuple(rows) for writer, rows in arrived.items()},
        {writer: frozenset(rows) for writer, rows in heads.items()},
        {writer: frozenset(rows) for writer, rows in roots.items() if rows},
        {writer: tuple(rows) for writer, rows in refused.items()},
        frozenset(forked),
        frozenset(ahead),
    )


def own_word(
    links: Iterable[Link], own: Mapping[str, Runs], ever: Keyring, written: Mapping[str, int]
) -> list[tuple[Entry, Receipt | ForkSeen]]:
    """What writers of this register told of what came, as far as their keys vouch for it.

    In the order of recording. `own` are the places that each of them wrote here: what it told
    elsewhere came elsewhere. `written` says how much of each of their chains is looked at.
    """
    chains: dict[str, list[Link]] = defaultdict(list)
    for one in links:
        if one.writer in own and one.sequence < written.get(one.writer, 0):
            chains[one.writer].append(one)
    found = []
    for writer, chain in chains.items():
        key = ever.get(writer)
        if key is None:
            continue
        chain.sort(key=lambda link: link.sequence)
        for one in chain[: vouched(chain, key.public)]:
            if (
                isinstance(one, Entry)
                and one.kind in (Receipt.tag, ForkSeen.tag)
                and in_runs(own[writer], one.sequence)
            ):
                record = word_in(one)
                if record is not None:
                    found.append((one, record))
    return sorted(found, key=lambda row: (row[0].recorded_at, row[0].writer, row[0].sequence))


def _dark(receipts: Iterable[Receipt]) -> dict[str, frozenset[int]]:
    """Of each writer the places that every receipt which reaches them calls withheld."""
    rows: dict[str, list[Received]] = defaultdict(list)
    for one in (chain for receipt in receipts for chain in receipt.chains):
        rows[one.writer].append(one)
    found = {}
    for writer, told in rows.items():
        dark = {n for one in told for first, end in one.withheld for n in range(first, end)}
        for one in told:
            hidden = {n for first, end in one.withheld for n in range(first, end)}
            dark = {n for n in dark if n >= one.size or n in hidden}
        if dark:
            found[writer] = frozenset(dark)
    return found


def word_in(entry: Entry) -> Receipt | ForkSeen | None:
    """What an entry tells of what came, or of a fork; None where it cannot be read."""
    kinds: dict[str, type[Receipt] | type[ForkSeen]] = {
        Receipt.tag: Receipt,
        ForkSeen.tag: ForkSeen,
    }
    try:
        return decode(kinds[entry.kind], entry.body, entry.id)
    except SafeconductError:
        return None  # what cannot be read tells of nothing, so what came by it is not known


def _is_of_same_office(writer: str, other: str, ring: Keyring) -> bool:
    """Whether one office says it of its own device: then its word is enough."""
    one, two = ring.get(writer), ring.get(other)
    return one is not None and two is not None and one.root == two.root


def _proves(seen: ForkSeen, chains: Mapping[str, Sequence[Link]], ring: Keyring) -> bool:
    """Whether what is said to be a fork is one, by signatures and by the chain as it is here."""
    key, chain = ring.get(seen.writer), chains.get(seen.writer, ())
    other = _entry(seen.signed, seen.signature)
    if key is None or other is None or not _is_of(other, seen, key.public):
        return False
    if other.sequence < len(chain) and chain[other.sequence].hash != other.hash:
        return True
    if 0 < other.sequence <= len(chain) and chain[other.sequence - 1].hash != other.previous:
        return True
    first = _entry(seen.here_signed, seen.here_signature)
    return first is not None and first.hash != other.hash and _is_of(first, seen, key.public)


def _is_of(entry: Entry, seen: ForkSeen, public: bytes) -> bool:
    named = (entry.writer, entry.sequence) == (seen.writer, seen.sequence)
    return named and is_signed(entry, public)


def _entry(signed: str, signature: str) -> Entry | None:
    try:
        return entry_from_bytes(signed.encode(), signature or None)
    except (SafeconductError, UnicodeEncodeError):
        return None

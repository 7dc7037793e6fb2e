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
from safeconduct.register.chain import Link, Withheld
from safeconduct.register.codec import decode
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.handover import Handover, Runs, in_runs, own_places, resting
from safeconduct.register.keyring import Keyring, is_signed, vouched
from safeconduct.register.receipts import ForkSeen, NotTaken, Receipt, Received, latest

__all__ = ["CLOCK_LEEWAY_S", "Told", "WriterDoubt", "fork_proven", "own_word", "told_by"]

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
    """It signed two entries for one place, or its root believes another chain."""
    GAPPED = "gapped"
    """By its own last checkpoint it has written more than has come here."""
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

    def known(self, links: Iterable[Link]) -> Iterator[Link]:
        """What of these chains was known; content that came later as a withheld place."""
        for one in links:
            if one.sequence < self.size(one.writer):
                hidden = one.sequence in self.dark.get(one.writer, ())
                yield _without_content(one) if hidden and isinstance(one, Entry) else one

    def size(self, writer: str) -> int:
        """How much of the writer's chain was known."""
        came = self.came[writer].size if writer in self.came else 0
        return max(came, self.written.get(writer, 0))

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

    def doubts(self, writer: str, chain: Sequence[Link]) -> Iterator[WriterDoubt]:
        """What is to be doubted of a chain, whatever its key."""
        refused, heads = self.refused.get(writer, ()), self.heads.get(writer, ())
        if writer in self.forked:
            yield WriterDoubt.FORKED
        yield from (_SAID_OF[no.reason] for no in refused if no.reason in _SAID_OF)
        missing = [no for no in refused if no.reason in _MISSING and no.sequence >= len(chain)]
        if missing or any(size > len(chain) for size, _ in heads):
            yield WriterDoubt.GAPPED
        if any(isinstance(one, Withheld) for one in chain):
            yield WriterDoubt.WITHHELD
        entries = [one for one in chain if isinstance(one, Entry)]
        if self._is_clock_wrong(writer, entries):
            yield WriterDoubt.CLOCK
        if any(
            one.sequence >= size and one.recorded_at < at for size, at in heads for one in entries
        ):
            yield WriterDoubt.ROLLED_BACK

    def _is_clock_wrong(self, writer: str, chain: list[Entry]) -> bool:
        times = [entry.recorded_at for entry in chain]
        back = any(later < earlier for earlier, later in pairwise(times))
        ahead = any(
            entry.recorded_at > at + CLOCK_LEEWAY_S
            for (first, at), (end, _) in pairwise((*self.arrived.get(writer, ()), (_END, 0)))
            for entry in chain
            if first <= entry.sequence < end
        )
        return back or ahead or writer in self.ahead

    def proven_forks(self, chains: Mapping[str, Sequence[Link]], ring: Keyring) -> Iterator[str]:
        """The writers of which anybody has proven a fork, or their own office has told of one."""
        return (seen.writer for one, seen in _forks(chains) if _holds(one, seen, chains, ring))


def fork_proven(writer: str, chains: Mapping[str, Sequence[Link]], ring: Keyring) -> bool:
    """Whether these chains hold proof that a writer forked, or its own office's word for it."""
    return any(
        seen.writer == writer and _holds(one, seen, chains, ring) for one, seen in _forks(chains)
    )


def _holds(one: Entry, seen: ForkSeen, chains: Mapping[str, Sequence[Link]], ring: Keyring) -> bool:
    return _is_of_same_office(one.writer, seen.writer, ring) or _proves(seen, chains, ring)


def _forks(chains: Mapping[str, Sequence[Link]]) -> Iterator[tuple[Entry, ForkSeen]]:
    for one in (link for chain in tuple(chains.values()) for link in chain):
        if isinstance(one, Entry) and one.kind == ForkSeen.tag:
            seen = _read(one)
            if isinstance(seen, ForkSeen):
                yield one, seen


_END = sys.maxsize
"""No chain is so long."""


def told_by(
    links: Iterable[Link],
    here: frozenset[str],
    ever: Keyring,
    moment: int,
    handovers: Iterable[Handover] = (),
) -> Told:
    """What had been told by a moment.

    Parameters
    ----------
    links : whole chains, in any order. here : the writers that write into the register.
    ever : the keys by all that is here now: a receipt is no less true for its key's later fate.
    handovers : which of these writers stopped writing there, and which went on.
    """
    links, handovers = tuple(links), tuple(handovers)
    own = own_places(here, handovers)
    written = _written(links, own, moment)
    receipts: list[Receipt] = []
    arrived: dict[str, list[tuple[int, int]]] = defaultdict(list)
    sizes: dict[str, int] = defaultdict(int)
    heads: dict[str, set[tuple[int, int]]] = defaultdict(set)
    refused: dict[str, list[NotTaken]] = defaultdict(list)
    forked, ahead = set[str](), set[str]()
    for entry, record in own_word(links, own, ever, written):
        if isinstance(record, ForkSeen):
            forked.add(record.writer)
            continue
        receipts.append(record)
        for no in record.not_taken:
            refused[no.writer].append(no)
        for one in record.chains:
            if one.told_size is not None and one.told_at is not None:
                heads[one.writer].add((one.told_size, one.told_at))
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
                record = _read(one)
                if record is not None:
                    found.append((one, record))
    return sorted(found, key=lambda row: (row[0].recorded_at, row[0].writer, row[0].sequence))


def _written(links: Iterable[Link], own: Mapping[str, Runs], moment: int) -> dict[str, int]:
    """How much of their chains the writers of this register had written by then.

    Also what one recorded later and wrote before something that it recorded by then: its clock went
    back, which is doubted, and nothing that it said is left out.
    """
    sizes: dict[str, int] = defaultdict(int)
    for one in links:
        if (
            isinstance(one, Entry)
            and one.recorded_at <= moment
            and in_runs(own.get(one.writer, ()), one.sequence)
        ):
            sizes[one.writer] = max(sizes[one.writer], one.sequence + 1)
    return sizes


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


def _without_content(entry: Entry) -> Withheld:
    return Withheld(entry.writer, entry.sequence, entry.previous, entry.hash, "")


def _read(entry: Entry) -> Receipt | ForkSeen | None:
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

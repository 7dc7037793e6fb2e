"""What a register knew at a moment, which of it counts, and what is to be doubted of each writer.

An entry of a writer that writes here is known from when it was recorded. One that came in a bundle
is known from the receipt on: so a merge changes no answer about an earlier moment. Receipts count
when a writer of this register signed them, even one that was revoked since.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from safeconduct.errors import SafeconductError
from safeconduct.register.chain import Link, Withheld
from safeconduct.register.codec import decode
from safeconduct.register.entry import Entry
from safeconduct.register.keyring import Key, Keyring, Refused, sift
from safeconduct.register.known import known_at, known_since
from safeconduct.register.receipts import ForkSeen, Receipt, Received, latest
from safeconduct.register.store import Store

__all__ = ["CLOCK_LEEWAY_S", "View", "WriterDoubt", "WriterState", "view"]

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


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterState:
    """How far a writer's word was known at a moment.

    Parameters
    ----------
    office : whose key it is, as far as that is known.
    size : how many places of its chain were known.
    complete_at : the last moment at which, by its own word, it had written nothing else; the moment
        itself for a writer that writes here; None when it has never said so.
    doubts : what is to be doubted; none when its word is whole up to `complete_at`.
    """

    writer: str
    office: str
    size: int
    complete_at: int | None
    doubts: frozenset[WriterDoubt]


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What was known at a moment.

    Parameters
    ----------
    entries : those that count, in the order of `known_at`.
    refused : those that were here and do not count.
    writers : the state of every writer that was known of, by its id.
    ring : the keys as they were known.
    known_since : from when on each of the entries was known, UTC seconds, by its id.
    """

    moment: int
    entries: tuple[Entry, ...]
    refused: tuple[Refused, ...]
    writers: Mapping[str, WriterState]
    ring: Keyring
    known_since: Mapping[str, int]


def view(store: Store, moment: int) -> View:
    """What a register knew at a moment.

    A replay has no keys: all that is claimed by then counts.

    Raises
    ------
    ChainBroken, NotCanonical, IdTaken : the store does not hold what was written.
    """
    entries = tuple(store.entries())
    if store.replay:
        known = known_at(entries, moment, replay=True)
        since = {entry.id: known_since(entry, replay=True) for entry in known}
        return View(
            moment=moment,
            entries=known,
            refused=(),
            writers={},
            ring=Keyring(""),
            known_since=since,
        )
    return view_of((*entries, *store.withheld()), store.here(), store.root, moment)


def view_of(links: Iterable[Link], here: frozenset[str], root: str, moment: int) -> View:
    """What a live register knew at a moment that holds these chains.

    Parameters
    ----------
    links : whole chains from number 0 on, as `verify_chain` accepts them, in any order.
    here : the writers that write into it.
    root : the root that it was made with.
    """
    links = tuple(links)
    ever = sift(links, root).ring
    told = _Told.of(links, here, ever, moment)
    known = [one for one in links if one.sequence < told.size(one.writer)]
    sifted = sift(known, root)
    chains: dict[str, list[Link]] = defaultdict(list)
    for one in sorted(known, key=lambda link: (link.writer, link.sequence)):
        chains[one.writer].append(one)
    reasons: dict[str, set[WriterDoubt]] = defaultdict(set)
    for no in sifted.refused:
        reasons[no.entry.writer].add(WriterDoubt(no.reason))
    writers = {*chains, *told.came, *sifted.ring.keys}
    return View(
        moment=moment,
        # All of these are known by now: what came later is left out already.
        entries=known_at(sifted.counted, sys.maxsize, replay=False),
        refused=sifted.refused,
        writers={
            writer: WriterState(
                writer=writer,
                office=key.office if (key := sifted.ring.get(writer)) else "",
                size=len(chains[writer]),
                complete_at=moment if writer in here else told.complete_at(writer),
                doubts=frozenset(
                    reasons[writer] | set(_doubts(key)) | set(told.doubts(writer, chains[writer]))
                ),
            )
            for writer in sorted(writers)
        },
        ring=sifted.ring,
        known_since={entry.id: told.since(entry) for entry in sifted.counted},
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """What the receipts and the like tell, written by then by writers of this register.

    Parameters
    ----------
    written : how much of its chain each writer of this register had written.
    came : of each writer the furthest of its chain that had come.
    received_at : of each writer, from which number on its entries came when.
    forked : the writers that were seen to sign two entries for one place.
    ahead : the writers that spoke of a moment which had not come yet where they were heard.
    """

    written: Mapping[str, int]
    came: Mapping[str, Received]
    received_at: Mapping[str, tuple[tuple[int, int], ...]]
    forked: frozenset[str]
    ahead: frozenset[str]

    @classmethod
    def of(cls, links: tuple[Link, ...], here: frozenset[str], ever: Keyring, moment: int) -> _Told:
        receipts: list[Receipt] = []
        came: dict[str, list[tuple[int, int]]] = defaultdict(list)
        sizes: dict[str, int] = defaultdict(int)
        forked, ahead = set[str](), set[str]()
        for entry in sorted(_own(links, here, ever, moment), key=_order):
            record = _read(entry)
            if isinstance(record, ForkSeen):
                forked.add(record.writer)
            elif isinstance(record, Receipt):
                receipts.append(record)
                for one in record.chains:
                    if (one.told_at or 0) > entry.recorded_at + CLOCK_LEEWAY_S:
                        ahead.add(one.writer)
                    if one.size > sizes[one.writer]:
                        came[one.writer].append((sizes[one.writer], entry.recorded_at))
                        sizes[one.writer] = one.size
        return cls(
            _written(links, here, moment),
            latest(receipts),
            {writer: tuple(rows) for writer, rows in came.items()},
            frozenset(forked),
            frozenset(ahead),
        )

    def size(self, writer: str) -> int:
        """How much of the writer's chain was known."""
        came = self.came[writer].size if writer in self.came else 0
        return max(came, self.written.get(writer, 0))

    def since(self, entry: Entry) -> int:
        """From when on an entry was known: from its recording, or from when it came."""
        if entry.sequence < self.written.get(entry.writer, 0):
            return entry.recorded_at
        rows = self.received_at[entry.writer]
        return next(at for first, at in reversed(rows) if first <= entry.sequence)

    def complete_at(self, writer: str) -> int | None:
        """When the writer last said how long its chain was."""
        return self.came[writer].told_at if writer in self.came else None

    def doubts(self, writer: str, chain: list[Link]) -> Iterator[WriterDoubt]:
        """What is to be doubted of a chain, whatever its key."""
        told = self.came.get(writer)
        if writer in self.forked:
            yield WriterDoubt.FORKED
        if told and (told.told_size or 0) > len(chain):
            yield WriterDoubt.GAPPED
        if any(isinstance(one, Withheld) for one in chain):
            yield WriterDoubt.WITHHELD
        if self._is_clock_wrong(writer, [one for one in chain if isinstance(one, Entry)]):
            yield WriterDoubt.CLOCK

    def _is_clock_wrong(self, writer: str, chain: list[Entry]) -> bool:
        times = [entry.recorded_at for entry in chain]
        back = any(later < earlier for earlier, later in pairwise(times))
        ahead = any(
            entry.recorded_at > at + CLOCK_LEEWAY_S
            for (first, at), (end, _) in pairwise((*self.received_at.get(writer, ()), (_END, 0)))
            for entry in chain
            if first <= entry.sequence < end
        )
        return back or ahead or writer in self.ahead


_END = sys.maxsize
"""No chain is so long."""


def _own(
    links: Iterable[Link], here: frozenset[str], ever: Keyring, moment: int
) -> Iterator[Entry]:
    """What writers of this register had told of what came, and were ever allowed to."""
    for one in links:
        if isinstance(one, Entry) and one.writer in here and one.recorded_at <= moment:
            key = ever.get(one.writer)
            if key is not None and one.kind in (Receipt.tag, ForkSeen.tag):
                yield one


def _written(links: Iterable[Link], here: frozenset[str], moment: int) -> dict[str, int]:
    """How much of their chains the writers of this register had written by then.

    Also what one recorded later and wrote before something that it recorded by then: its clock went
    back, which is doubted, and nothing that it said is left out.
    """
    sizes: dict[str, int] = defaultdict(int)
    for one in links:
        if isinstance(one, Entry) and one.writer in here and one.recorded_at <= moment:
            sizes[one.writer] = max(sizes[one.writer], one.sequence + 1)
    return sizes


def _doubts(key: Key | None) -> Iterator[WriterDoubt]:
    if key is None:
        yield WriterDoubt.UNKNOWN_KEY
    elif key.believed is not None:
        yield WriterDoubt.REVOKED


def _read(entry: Entry) -> Receipt | ForkSeen | None:
    kinds: dict[str, type[Receipt] | type[ForkSeen]] = {
        Receipt.tag: Receipt,
        ForkSeen.tag: ForkSeen,
    }
    try:
        return decode(kinds[entry.kind], entry.body, entry.id)
    except SafeconductError:
        return None  # what cannot be read tells of nothing, so what came by it is not known


def _order(entry: Entry) -> tuple[int, str, int]:
    return entry.recorded_at, entry.writer, entry.sequence

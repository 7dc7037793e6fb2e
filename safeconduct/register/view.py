"""What a register knew at a moment, which of it counts, and what is to be doubted of each writer.

An entry of a writer that writes here is known from when it was recorded. One that came in a bundle
is known from the receipt on: so a merge changes no answer about an earlier moment. Receipts count
when a writer of this register signed them, even one that was revoked since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.register.chain import Link
from safeconduct.register.entry import Entry
from safeconduct.register.handover import Handover
from safeconduct.register.history import Extent, History
from safeconduct.register.keyring import Key, Keyring, Refused
from safeconduct.register.known import known_at, known_since
from safeconduct.register.rootword import RootSeen, agrees, counting
from safeconduct.register.store import Store
from safeconduct.register.told import CLOCK_LEEWAY_S, Told, WriterDoubt, proven_forks

__all__ = [
    "CLOCK_LEEWAY_S",
    "View",
    "WriterDoubt",
    "WriterState",
    "view",
    "view_in",
    "view_of",
    "view_of_replay",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class WriterState:
    """How far a writer's word was known at a moment.

    Parameters
    ----------
    office : whose key it is, as far as that is known.
    size : how many places of its chain were known.
    complete_at : the last moment at which, by its own word, it had written nothing else; of a root
        also by that of a device beside it; the moment itself for a writer that writes here; of one
        that did until the register was moved or backed up, at least that moment; None when nobody
        has ever said so.
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
    known_since : from when on each of the entries was known, UTC seconds, by its id; of one that
        was first withheld, from when its place came.
    """

    moment: int
    entries: Sequence[Entry]
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
        return view_of_replay(entries, moment)
    links: tuple[Link, ...] = (*entries, *store.withheld())
    return view_of(links, store.here(), store.root, moment, store.handovers())


def view_of_replay(entries: Iterable[Entry], moment: int) -> View:
    """What a replay of these entries knew at a moment: all that is claimed by then counts."""
    known = known_at(entries, moment, replay=True)
    return View(
        moment=moment,
        entries=known,
        refused=(),
        writers={},
        ring=Keyring(""),
        known_since={entry.id: known_since(entry, replay=True) for entry in known},
    )


def view_of(
    links: Iterable[Link],
    here: frozenset[str],
    root: str,
    moment: int,
    handovers: Iterable[Handover] = (),
) -> View:
    """What a live register knew at a moment that holds these chains.

    Parameters
    ----------
    links : whole chains from number 0 on, as `verify_chain` accepts them, in any order.
    here : the writers that write into it, or did before a handover.
    root : the root that it was made with.
    handovers : which of them stopped writing there, and which went on.
    """
    return view_in(History(links, here, root, handovers), moment)


def view_in(history: History, moment: int) -> View:
    """What a live register knew at a moment."""
    extent = history.extent(moment)
    told, ring, chains = extent.told, extent.ring, extent.chains
    refused = tuple(_refused(extent))
    doubts: dict[str, set[WriterDoubt]] = defaultdict(set)
    for no in refused:
        doubts[no.entry.writer].add(WriterDoubt(no.reason))
    for writer in proven_forks(history.forks(extent), chains, ring):
        doubts[writer].add(WriterDoubt.FORKED)
    writers = {*chains, *told.spoken_of, *ring.keys}
    for writer in writers:
        key, course = ring.get(writer), history.course(extent, writer)
        doubts[writer] |= {*_of_key(key), *told.doubts(writer, course)}
        doubts[writer] |= {*_of_what_lacks(writer, key, course.size, told)}
    seen = tuple(counting(told.roots, ring))
    for one in seen:
        doubts[one.root.writer] |= {*_of_what_was_seen(one, chains.get(one.root.writer, ()))}
    complete = {writer: told.complete_at(writer) for writer in writers}
    for one in seen:
        earliest = history.course(extent, one.root.writer).earliest_from(one.root.size)
        # What the root wrote before it was said to have written no more makes that no word on it.
        if not doubts[one.device] and (earliest is None or earliest >= one.at):
            complete[one.root.writer] = max(complete[one.root.writer] or 0, min(one.at, moment))
    for each in ring.keys.values():
        if not each.is_root and doubts[each.root] & _OF_A_ROOT:
            doubts[each.writer].add(WriterDoubt.ROOT)
    counted = history.counted(extent)
    return View(
        moment=moment,
        entries=counted,
        refused=refused,
        writers={
            writer: WriterState(
                writer=writer,
                office=key.office if (key := ring.get(writer)) else "",
                size=len(chains.get(writer, ())),
                complete_at=complete[writer],
                doubts=frozenset(doubts[writer]),
            )
            for writer in sorted(writers)
        },
        ring=ring,
        known_since=_Since(counted, told),
    )


def _refused(extent: Extent) -> Iterator[Refused]:
    """The entries that were known and do not count, by writer, in the order of their chains."""
    for writer, far in sorted(extent.far.items()):
        known = extent.chains[writer]
        for place in range(far.signed, len(known)):
            one = known[place]
            if isinstance(one, Entry):
                yield far.refusal(one)


class _Since(Mapping[str, int]):
    """From when on each entry was known, by its id; worked out once somebody asks."""

    __slots__ = ("_entries", "_told", "_worked_out")

    def __init__(self, entries: Sequence[Entry], told: Told) -> None:
        self._entries, self._told = entries, told
        self._worked_out: dict[str, int] | None = None

    def _all(self) -> dict[str, int]:
        if self._worked_out is None:
            self._worked_out = {entry.id: self._told.since(entry) for entry in self._entries}
        return self._worked_out

    def __getitem__(self, id: str) -> int:
        return self._all()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._entries)


_OF_A_ROOT = {
    WriterDoubt.FORKED,
    WriterDoubt.GAPPED,
    WriterDoubt.WITHHELD,
    WriterDoubt.ROLLED_BACK,
    WriterDoubt.UNSIGNED,
    WriterDoubt.STOPPED,
}
"""What in a root's chain leaves it open whether the root has revoked a key."""


def _of_key(key: Key | None) -> Iterator[WriterDoubt]:
    if key is None:
        yield WriterDoubt.UNKNOWN_KEY
    elif key.believed is not None:
        yield WriterDoubt.REVOKED


def _of_what_was_seen(seen: RootSeen, chain: Sequence[Link]) -> Iterator[WriterDoubt]:
    """What of a root's chain was seen by its device and is not here, or is another one."""
    if not agrees(seen, chain):
        yield WriterDoubt.GAPPED if seen.root.size > len(chain) else WriterDoubt.FORKED


def _of_what_lacks(writer: str, key: Key | None, size: int, told: Told) -> Iterator[WriterDoubt]:
    """What its office believes of it and is not here; what it may have written after a handover.

    A device that stopped here goes on nowhere, unless it was moved: so that is settled only when
    its office says what of it is believed. A root goes on elsewhere: its own later word is enough.
    """
    if key is not None and key.believed is not None:
        if key.believed > size:
            yield WriterDoubt.GAPPED
    elif writer in told.stopped and (told.stopped_unseen(writer) or key is None or not key.is_root):
        yield WriterDoubt.STOPPED

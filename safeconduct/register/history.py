"""A register's chains in memory, laid out so that what was known at any moment is found at once.

What was known is said in `view.py` and `told.py`; here nothing is decided anew. Of each chain there
is kept what those rules ask of it: up to where it was written by a moment, where its clock went
back, where content is missing, and the few entries that tell of keys, of receipts or of forks. So a
moment costs a search in sorted lists and not a reading of every entry.
"""

from __future__ import annotations

import sys
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TypeVar, overload

from safeconduct.register.chain import Head, Link, Withheld, check_follows, head_after
from safeconduct.register.course import Course
from safeconduct.register.entry import Entry
from safeconduct.register.growing import LongRow
from safeconduct.register.handover import Handover, Runs, in_runs, own_places, resting
from safeconduct.register.keyring import Believed, Keyring, believed, keyring, vouched
from safeconduct.register.keys import KEY_KINDS
from safeconduct.register.known import known_at
from safeconduct.register.receipts import ForkSeen, Receipt
from safeconduct.register.told import Told, told_by, word_in

__all__ = ["Beginning", "Extent", "History"]

Value = TypeVar("Value")

_NEVER = sys.maxsize
_ALL: Runs = own_places(("",), ())[""]
"""The places of a writer that has written here from its beginning on and never stopped."""
_FEW = 64
_KEPT = 512
"""So many states of keys and of receipts are remembered; a register has one for each week or so."""


class Beginning(Sequence[Link]):
    """The first places of a chain, some of them as they were when their content had not come."""

    __slots__ = ("_hidden", "_links", "_size")

    def __init__(self, links: Sequence[Link], size: int, hidden: frozenset[int]) -> None:
        self._links, self._size, self._hidden = links, size, hidden

    def __len__(self) -> int:
        return self._size

    @property
    def hidden(self) -> frozenset[int]:
        """The places whose content had not come."""
        return self._hidden

    @overload
    def __getitem__(self, at: int) -> Link: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Link]: ...
    def __getitem__(self, at: int | slice) -> Link | Sequence[Link]:
        if isinstance(at, slice):
            first, end, step = at.indices(self._size)
            if (first, step) == (0, 1):
                return Beginning(self._links, max(end, 0), self._hidden)
            return [self[one] for one in range(first, end, step)]
        place = at + self._size if at < 0 else at
        if not 0 <= place < self._size:
            raise IndexError(at)
        return self._as_known(self._links[place])

    def __iter__(self) -> Iterator[Link]:
        links = islice(self._links, self._size)
        return map(self._as_known, links) if self._hidden else links

    def _as_known(self, one: Link) -> Link:
        if one.sequence in self._hidden and isinstance(one, Entry):
            return Withheld(one.writer, one.sequence, one.previous, one.hash, "")
        return one


@dataclass(slots=True)
class _Chain:
    """One writer's chain, and what is asked of it.

    Parameters
    ----------
    times : the times of its places; 0 for a withheld one.
    lowest : number and time of each entry that none after it was recorded before: both grow.
    goes_back, withheld : the first place where its clock went back, or whose content is missing.
    words : its entries of the kinds that tell of receipts and forks.
    speaks : whether it has said anything about keys.
    """

    links: list[Link] = field(default_factory=list)
    times: list[int] = field(default_factory=list)
    lowest: list[tuple[int, int]] = field(default_factory=list)
    goes_back: int = _NEVER
    withheld: int = _NEVER
    last_at: int | None = None
    latest: int | None = None
    words: list[Entry] = field(default_factory=list)
    speaks: bool = False

    def add(self, link: Link) -> None:
        """The next place."""
        place = len(self.links)
        self.links.append(link)
        if isinstance(link, Withheld):
            self.times.append(0)
            self.withheld = min(self.withheld, place)
            return
        at = link.recorded_at
        self.times.append(at)
        if self.last_at is not None and at < self.last_at:
            self.goes_back = min(self.goes_back, place)
        self.last_at = at
        self.latest = at if self.latest is None else max(self.latest, at)
        while self.lowest and self.lowest[-1][0] >= at:
            self.lowest.pop()
        self.lowest.append((at, place))
        if link.kind in (Receipt.tag, ForkSeen.tag):
            self.words.append(link)
        self.speaks = self.speaks or link.kind in KEY_KINDS

    def head(self) -> Head | None:
        """How far it reaches."""
        return head_after(self.links[-1]) if self.links else None

    def written(self, moment: int, own: Runs) -> int:
        """Up to the last entry of its own that was recorded by then, whatever came before it."""
        if own != _ALL:
            return max(
                (
                    one.sequence + 1
                    for one in self.links
                    if isinstance(one, Entry)
                    and one.recorded_at <= moment
                    and in_runs(own, one.sequence)
                ),
                default=0,
            )
        at = bisect_right(self.lowest, moment, key=lambda row: row[0])
        return self.lowest[at - 1][1] + 1 if at else 0

    def course(self, size: int, known: Sequence[Link], hidden: frozenset[int]) -> Course:
        """How its times run, as far as it was known."""
        if size <= min(self.goes_back, self.withheld) and not hidden:
            return Course.steady(size, self.times)
        return Course.of(known)


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """How far the chains were known at a moment, and how far they count.

    Parameters
    ----------
    chains : what was known of each, by writer; only of those of which something was.
    far : how far each of them counts.
    """

    moment: int
    told: Told
    ring: Keyring
    chains: Mapping[str, Beginning]
    far: Mapping[str, Believed]

    def counts(self, entry: Entry) -> bool:
        """Whether an entry of this register was known then, and counted."""
        far = self.far.get(entry.writer)
        return (
            far is not None
            and entry.sequence < far.signed
            and entry.sequence not in self.told.hidden(entry.writer)
        )


class History:
    """A live register's chains, which only grow; each link is held to the one before it.

    Parameters
    ----------
    links : whole chains from number 0 on, in any order.
    here : the writers that write into it, or did before a handover.
    root : the root that it was made with.
    handovers : which of them stopped writing there, and which went on.

    Raises
    ------
    ChainBroken, IdTaken : these are no whole chains; see `verify_chain` and `known_at`.
    """

    def __init__(
        self,
        links: Iterable[Link],
        here: frozenset[str],
        root: str,
        handovers: Iterable[Handover] = (),
    ) -> None:
        self._root = root
        self._chains: dict[str, _Chain] = {}
        self._ordered: list[Entry] = []
        self._ids: dict[str, Entry] = {}
        self._words: dict[str, Receipt | ForkSeen | None] = {}
        self._tellings: dict[object, Told] = {}
        self._rings: dict[object, Keyring] = {}
        self._last: tuple[Mapping[str, int], LongRow[Entry]] = {}, LongRow(())
        self._ever = Keyring(root)
        self.grow(links, here, handovers)

    def __len__(self) -> int:
        return len(self._ordered)

    def grow(
        self, links: Iterable[Link], here: frozenset[str], handovers: Iterable[Handover] = ()
    ) -> None:
        """Takes what came since, and content that came to a place which had none.

        `handovers` are all that there are, as they are for a new history.

        Raises
        ------
        ChainBroken, IdTaken : it does not follow; the history is then of no more use.
        """
        self._here, self._handovers = here, tuple(handovers)
        self._own = own_places(here, self._handovers)
        came = sorted(links, key=lambda one: (one.writer, one.sequence, one.hash))
        self._insert([one for one in came if self._takes(one) and isinstance(one, Entry)])
        if any(self._chains[one.writer].speaks for one in came):
            # By all that is here: a receipt is no less true for its key's later fate.
            chains = {writer: chain.links for writer, chain in self._chains.items()}
            self._ever = keyring(chains, self._root)

    def _insert(self, entries: list[Entry]) -> None:
        for one in entries:
            held = self._ids.setdefault(one.id, one)
            if held is not one:
                known_at((held, one), sys.maxsize, replay=False)  # says what is wrong with it
        if len(entries) > _FEW:
            self._ordered = sorted((*self._ordered, *entries), key=_order)
            return
        for one in entries:
            insort(self._ordered, one, key=_order)

    def _takes(self, one: Link) -> bool:
        """Whether a place is new, or has content that it had not."""
        chain = self._chains.get(one.writer)
        there = chain.links[one.sequence : one.sequence + 1] if chain else []
        if not there or there[0].hash != one.hash:
            self._add(one)
            return True
        if isinstance(one, Withheld) or isinstance(there[0], Entry):
            return False
        self._fill(one)
        return True

    def extent(self, moment: int) -> Extent:
        """How far each chain was known at a moment, and counts."""
        told = self._told(moment)
        chains = {
            writer: Beginning(chain.links, size, told.hidden(writer))
            for writer, chain in self._chains.items()
            if (size := min(told.size(writer), len(chain.links)))
        }
        ring = self._ring(chains)
        far = {
            writer: believed(writer, known, ring.get(writer)) for writer, known in chains.items()
        }
        return Extent(moment=moment, told=told, ring=ring, chains=chains, far=far)

    def counted(self, extent: Extent) -> Sequence[Entry]:
        """The entries that count, in the order of `known_at`."""
        sizes = {writer: far.signed for writer, far in extent.far.items()}
        if any(extent.told.hidden(writer) for writer in sizes):
            return tuple(one for one in self._ordered if extent.counts(one))
        found = self._grown(sizes)
        if found is None:
            there = [one for one in self._ordered if one.sequence < sizes.get(one.writer, 0)]
            found = LongRow.of(there)
        self._last = sizes, found
        return found

    def _grown(self, sizes: Mapping[str, int]) -> LongRow[Entry] | None:
        """What counted last and some entries more; None where it is no more, or are many."""
        before, counted = self._last
        if any(sizes.get(writer, 0) < size for writer, size in before.items()):
            return None
        if sum(sizes.values()) - sum(before.values()) > _FEW:
            return None
        found = counted
        for writer, size in sizes.items():
            for one in self._chains[writer].links[before.get(writer, 0) : size]:
                if isinstance(one, Entry):
                    found = found.inserted(one, _order)
        return found

    def last_recorded(self, writer: str) -> int | None:
        """The latest time at which a writer recorded anything that is here."""
        chain = self._chains.get(writer)
        return None if chain is None else chain.latest

    def course(self, extent: Extent, writer: str) -> Course:
        """How the times of a writer's chain run, as far as it was known."""
        known = extent.chains.get(writer)
        if known is None:
            return Course.of(())
        return self._chains[writer].course(len(known), known, extent.told.hidden(writer))

    def forks(self, extent: Extent) -> Iterator[tuple[Entry, ForkSeen]]:
        """What the entries that were known tell of forks, whether they count or not."""
        for writer, known in extent.chains.items():
            for one in self._chains[writer].words:
                is_known = one.sequence < len(known) and isinstance(known[one.sequence], Entry)
                if is_known and one.kind == ForkSeen.tag:
                    seen = self._word(one)
                    if isinstance(seen, ForkSeen):
                        yield one, seen

    @property
    def here(self) -> frozenset[str]:
        """The writers that write into the register."""
        return self._here

    def _add(self, one: Link) -> None:
        chain = self._chains.get(one.writer)
        check_follows(one, chain.head() if chain else None)
        self._chains.setdefault(one.writer, _Chain()).add(one)

    def _fill(self, one: Entry) -> None:
        links = self._chains[one.writer].links
        links[one.sequence] = one
        self._chains[one.writer] = laid_anew = _Chain()
        for link in links:
            laid_anew.add(link)
        self._tellings.clear()
        self._rings.clear()
        self._last = {}, LongRow(())

    def _told(self, moment: int) -> Told:
        written = {
            writer: size
            for writer, own in self._own.items()
            if writer in self._chains and (size := self._chains[writer].written(moment, own))
        }
        words = {writer: self._signed_words(writer, size) for writer, size in written.items()}
        key = tuple((writer, words[writer], self._own[writer]) for writer in sorted(words))
        if key not in self._tellings:
            found = [
                (one, word)
                for writer, count in words.items()
                for one in self._chains[writer].words[:count]
                if in_runs(self._own[writer], one.sequence)
                and (word := self._word(one)) is not None
            ]
            found.sort(key=lambda row: (row[0].recorded_at, row[0].writer, row[0].sequence))
            _keep(self._tellings, key, told_by(found, {}, {}, (), 0))
        return replace(
            self._tellings[key],
            moment=moment,
            own=self._own,
            written=written,
            stopped=resting(self._handovers, moment),
        )

    def _signed_words(self, writer: str, written: int) -> int:
        """How many of a writer's words its key vouches for, of those among so many places."""
        chain, key = self._chains[writer], self._ever.get(writer)
        if key is None or not chain.words:
            return 0
        signed = vouched(Beginning(chain.links, written, frozenset()), key.public)
        return bisect_left(chain.words, signed, key=lambda one: one.sequence)

    def _ring(self, chains: Mapping[str, Beginning]) -> Keyring:
        """The keys by what was known; it depends on those chains alone that speak of keys."""
        speaking = {
            writer: (len(known), known.hidden)
            for writer, known in chains.items()
            if self._chains[writer].speaks
        }
        key = tuple(sorted(speaking.items()))
        if key not in self._rings:
            _keep(self._rings, key, keyring(chains, self._root))
        return self._rings[key]

    def _word(self, entry: Entry) -> Receipt | ForkSeen | None:
        if entry.id not in self._words:
            self._words[entry.id] = word_in(entry)
        return self._words[entry.id]


def _keep(kept: dict[object, Value], key: object, value: Value) -> None:
    if len(kept) >= _KEPT:
        kept.clear()
    kept[key] = value


def _order(entry: Entry) -> tuple[int, str, int, str]:
    return entry.recorded_at, entry.writer, entry.sequence, entry.id

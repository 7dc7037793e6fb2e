"""What has been read of a register, so that an entry is read once and an answer drawn anew seldom.

All of it follows from the store and could be thrown away at any moment; nothing of it is written
down. What came since is read when `forget` was called, and then only what came since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from safeconduct.app.hearing import Recorders, recorded_in
from safeconduct.app.unswept import unswept
from safeconduct.clearance import Judge
from safeconduct.errors import SafeconductError
from safeconduct.policy import Policy
from safeconduct.register import Entry, Store, canonical, verify_chain
from safeconduct.register.chain import Link
from safeconduct.register.growing import LongRow
from safeconduct.register.history import History
from safeconduct.register.view import View, view_in, view_of_replay
from safeconduct.roads import Network
from safeconduct.roads.pin import unpinned
from safeconduct.situation import (
    Chronicle,
    Hearing,
    Situation,
    amended,
    later,
    not_yet,
    picture,
    records_of,
)
from safeconduct.vocabulary import Record

__all__ = ["Held"]

_FEW = 64
"""So many new entries are brought to a picture one by one; drawing anew is then not much slower."""


@dataclass(frozen=True, slots=True)
class _Drawn:
    """A picture, what it was drawn from, and the records that tell of a moment still to come."""

    entries: Sequence[Entry]
    situation: Situation
    ahead: tuple[Record, ...]


class Held:
    """What has been read of one store.

    Raises
    ------
    ChainBroken, NotCanonical, IdTaken : from any method: the store does not hold what was written.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._arrived, self._is_stale = 0, True
        self._claims: list[Entry] = []
        self._history = History((), frozenset(), store.root)
        self._views: dict[int, View] = {}
        self._records: dict[str, tuple[Record, ...]] = {}
        self._chronicle = Chronicle()
        self._unwritten: list[Entry] = []
        self._networks: dict[str, Network] = {}
        self._kinds: dict[str, tuple[Sequence[Entry], tuple[Entry, ...]]] = {}
        self._recorded: tuple[Sequence[Entry], Recorders] = (), Recorders()
        self._drawn: _Drawn | None = None
        self._judge: Judge | None = None

    def view(self, known: int) -> View:
        """What was known at a moment."""
        self._read()
        if known not in self._views:
            replay = self._store.replay
            self._views[known] = (
                view_of_replay(self._claims, known) if replay else view_in(self._history, known)
            )
        return self._views[known]

    def forget(self) -> None:
        """Something may have been written: it is looked up when next something is asked."""
        self._views.clear()
        self._is_stale = True

    def records(self, entries: Iterable[Entry]) -> tuple[Record, ...]:
        """As `records_of`; each entry is read once."""
        held = self._records
        found: list[Record] = []
        for entry in entries:
            if entry.id not in held:
                held[entry.id] = records_of((entry,))
            found += held[entry.id]
        return tuple(found)

    def situation(
        self,
        view: View,
        *,
        as_of: int,
        known_at: int,
        hearing: Hearing,
        more: tuple[Record, ...] = (),
        aside: bool = False,
    ) -> Situation:
        """The picture as of one moment, from what was known at another.

        Parameters
        ----------
        view : what was known then. hearing : how far each writer had been heard.
        more : records that are about to be added.
        aside : whether it is only looked back at, so that the next one does not grow from it.
        """
        drawn = None
        if not more and not aside:
            drawn = self._drawn and self._grown(self._drawn, view.entries, as_of, known_at)
        if drawn is None:
            with unswept(len(view.entries)):
                records = (*self.records(view.entries), *more)
                found = picture(records, as_of=as_of, known_at=known_at, hearing=hearing)
                if more or aside:
                    return found
                drawn = _Drawn(view.entries, found, not_yet(found))
        self._drawn = drawn
        return replace(drawn.situation, hearing=hearing)

    def recorders(self, view: View) -> Recorders:
        """The writers that recorded each statement and each paper of a party in a view."""
        before, found = self._recorded
        came: Iterable[Entry] | None = _more(before, view.entries)
        if came is None:
            found, came = Recorders(), view.entries
        self._recorded = view.entries, recorded_in(came, found) if came else found
        return self._recorded[1]

    def last_recorded(self, writer: str) -> int | None:
        """The latest time at which a writer of a live register recorded anything."""
        self._read()
        return self._history.last_recorded(writer)

    def about(self, names: Sequence[str], as_of: int, known: int) -> tuple[Entry, ...]:
        """The entries known at a moment whose record is about each of the names, said by another.

        The first time every entry is looked through; then only what came since.
        """
        self._read()
        self._chronicle_all()
        if self._store.replay:
            ids = {entry.id for entry in self.view(known).entries}
            return self._chronicle.about(names, as_of=as_of, counts=lambda one: one.id in ids)
        extent = self._history.extent(known)
        return self._chronicle.about(names, as_of=as_of, counts=extent.counts)

    def judge(self, situation: Situation, network: Network, policy: Policy) -> Judge:
        """A judge, who keeps what the last one read of the same ground."""
        last = self._judge
        if last is not None and last.network is network and last.policy is policy:
            self._judge = last.with_situation(situation)
        else:
            self._judge = Judge(situation, network, policy)
        return self._judge

    def of_kind(self, kind: str, known: int) -> tuple[Entry, ...]:
        """The entries of a kind that were known at a moment, in the order of the view."""
        now = self.view(known).entries
        before, found = self._kinds.get(kind, ((), ()))
        came = _more(before, now)
        if came is None or any(one.kind == kind for one in came):
            found = tuple(one for one in now if one.kind == kind)
        self._kinds[kind] = now, found
        return found

    def network(self, entry: Entry) -> Network:
        """The network in an entry; it is put together once."""
        if entry.hash not in self._networks:
            self._networks[entry.hash] = unpinned(canonical(entry.body))
        return self._networks[entry.hash]

    def _grown(
        self, drawn: _Drawn, entries: Sequence[Entry], as_of: int, known: int
    ) -> _Drawn | None:
        """The picture of some more entries at a later moment; None where it must be drawn anew."""
        came = _more(drawn.entries, entries)
        if as_of < drawn.situation.as_of or came is None:
            return None
        moved = later(drawn.situation, as_of=as_of, known_at=known, ahead=drawn.ahead)
        more = self.records(came)
        for record in more:
            moved = moved and amended(moved, record)
        if moved is None:
            return None
        return _Drawn(entries, moved, not_yet(moved, (*drawn.ahead, *more)))

    def _chronicle_all(self) -> None:
        with unswept(len(self._unwritten)):
            for entry in self._unwritten:
                try:
                    records: Iterable[Record | SafeconductError] = self.records((entry,))
                except SafeconductError as error:
                    records = (error,)
                for record in records:
                    self._chronicle.add(entry, record)
            self._unwritten.clear()

    def _read(self) -> None:
        """Takes in what came since the last time."""
        if self._is_stale:
            with unswept():
                self._take_in()
            self._is_stale = False

    def _take_in(self) -> None:
        rows = list(self._store.arrivals(self._arrived))
        came = [entry for _, entry in rows]
        if self._store.replay:
            self._claims += came
            verify_chain((*self._claims, *self._store.withheld()))
        else:
            links: tuple[Link, ...] = (*came, *self._store.withheld())
            self._history.grow(links, self._store.here(), self._store.handovers())
        self._unwritten += sorted(came, key=lambda one: (one.recorded_at, one.writer, one.sequence))
        self._arrived = rows[-1][0] if rows else self._arrived


def _more(before: Sequence[Entry], after: Sequence[Entry]) -> tuple[Entry, ...] | None:
    """The few entries that came to some; None where they are many, or one of those is gone."""
    count = len(after) - len(before)
    if not 0 <= count <= _FEW:
        return None
    # A history gives out the same entries each time.
    return LongRow.of(after).since(LongRow.of(before))

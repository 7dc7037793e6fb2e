"""A store that lives in memory: for case folders, for tests, for judging what was just received."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.register.chain import Head, head_after
from safeconduct.register.entry import Entry
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import admit, check_personal, kept_with


class MemoryStore:
    """A `Store` whose entries last as long as the object does.

    Parameters
    ----------
    replay : whether it may hold claimed times and assumptions.
    """

    def __init__(self, *, replay: bool = False) -> None:
        self._replay = replay
        self._entries: dict[str, Entry] = {}
        self._heads: dict[str, Head] = {}
        self._personal: dict[Commitment, str] = {}

    @property
    def replay(self) -> bool:
        """Whether this is a replay."""
        return self._replay

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now kept; see `Store.append` for the errors."""
        return self.append_all([entry], personal) == 1

    def append_all(self, entries: Iterable[Entry], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; all are kept, or on an error none."""
        entries, personal = tuple(entries), tuple(personal)
        check_personal(personal, entries)
        new: dict[str, Entry] = {}
        heads = dict(self._heads)
        for entry in entries:
            held = new.get(entry.id) or self._entries.get(entry.id)
            if admit(entry, held, heads.get(entry.writer), replay=self._replay):
                new[entry.id], heads[entry.writer] = entry, head_after(entry)
        # Nothing above touched the store, so an error leaves it as it was.
        self._entries |= new
        self._heads = heads
        for content in kept_with(personal, new.values()):
            self._personal[content.commitment] = content.value
        return len(new)

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence)."""
        held = (entry for entry in self._entries.values() if writer in (None, entry.writer))
        return iter(sorted(held, key=lambda e: (e.recorded_at, e.writer, e.sequence)))

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""
        return self._entries.get(id)

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""
        return self._heads.get(writer)

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""
        return tuple(sorted(self._heads.values()))

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""
        return self._personal.get(commitment)

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; the entries stay as they are."""
        return self._personal.pop(commitment, None) is not None

    def close(self) -> None:
        """Forgets everything."""
        self._entries, self._heads, self._personal = {}, {}, {}

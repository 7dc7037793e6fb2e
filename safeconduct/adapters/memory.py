"""A store that lives in memory: for case folders, for tests, for judging what was just received."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from safeconduct.register.chain import Head, Link, Withheld, head_after
from safeconduct.register.entry import Entry
from safeconduct.register.files import Filed, SealedFile, check_key
from safeconduct.register.handover import Handover, check_follows, check_not_moved
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import admit, check_personal, kept_with


class MemoryStore:
    """A `Store` whose entries last as long as the object does.

    Parameters
    ----------
    replay : whether it may hold claimed times and assumptions.
    root : the writer whose word on keys counts.
    """

    def __init__(self, *, replay: bool = False, root: str = "") -> None:
        self._replay, self._root = replay, root
        self._entries: dict[str, Entry] = {}
        self._chains: dict[str, list[Link]] = {}
        self._here: set[str] = set()
        self._handovers: tuple[Handover, ...] = ()
        self._personal: dict[Commitment, Personal] = {}
        self._keys: dict[str, bytes] = {}
        self._files: dict[Filed, SealedFile] = {}

    @property
    def replay(self) -> bool:
        """Whether this is a replay."""
        return self._replay

    @property
    def root(self) -> str:
        """The writer whose word on keys counts here."""
        return self._root

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now kept; see `Store.append` for the errors."""
        return self.append_all([entry], personal) == 1

    def append_all(self, entries: Iterable[Link], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; all are kept, or on an error none."""
        entries, personal = tuple(entries), tuple(personal)
        check_personal(personal, entries)
        check_not_moved(self._handovers)
        new: list[Link] = []
        by_id = dict(self._entries)
        chains = {writer: list(chain) for writer, chain in self._chains.items()}
        for entry in entries:
            chain = chains.setdefault(entry.writer, [])
            held = by_id.get(entry.id) if isinstance(entry, Entry) else None
            there = chain[entry.sequence] if entry.sequence < len(chain) else None
            head = head_after(chain[-1]) if chain else None
            place = there.hash if there else None
            if admit(entry, held, place, head, replay=self._replay):
                chain[entry.sequence : entry.sequence + 1] = [entry]
                new.append(entry)
                if isinstance(entry, Entry):
                    by_id[entry.id] = entry
        # Nothing above touched the store, so an error leaves it as it was.
        self._entries, self._chains = by_id, {w: chain for w, chain in chains.items() if chain}
        for content in kept_with(personal, new):
            self._personal[content.commitment] = content
        return len(new)

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence)."""
        held = (entry for entry in self._entries.values() if writer in (None, entry.writer))
        return iter(sorted(held, key=lambda e: (e.recorded_at, e.writer, e.sequence)))

    def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """The entries that came after the one of this number, each with its own, as they came."""
        return iter(list(enumerate(self._entries.values(), 1))[after:])

    def withheld(self) -> tuple[Withheld, ...]:
        """The places whose content has not come, by writer and number."""
        links = (link for _, chain in sorted(self._chains.items()) for link in chain)
        return tuple(link for link in links if isinstance(link, Withheld))

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""
        return self._entries.get(id)

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""
        chain = self._chains.get(writer)
        return head_after(chain[-1]) if chain else None

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""
        return tuple(head_after(chain[-1]) for _, chain in sorted(self._chains.items()))

    def hashes(self, writer: str) -> tuple[str, ...]:
        """The hashes of a writer's chain in order, withheld places among them."""
        return tuple(link.hash for link in self._chains.get(writer, ()))

    def here(self) -> frozenset[str]:
        """The writers that write into this store themselves."""
        return frozenset(self._here)

    def settle(self, writer: str) -> None:
        """From now on the writer is one of those that write here."""
        self._here.add(writer)

    def handovers(self) -> tuple[Handover, ...]:
        """Which writers stopped writing here, and which went on, in the order of telling."""
        return self._handovers

    def hand_over(self, handovers: Iterable[Handover], *, exactly: bool = False) -> None:
        """From now on these writers write here no more, or again; all of it or nothing."""
        handovers = tuple(handovers)
        sizes = {writer: len(chain) for writer, chain in self._chains.items()}
        check_follows(handovers, self._handovers, sizes, exactly=exactly)
        self._handovers += handovers

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""
        found = self._personal.get(commitment)
        return found.value if found else None

    def contents(self) -> Iterator[Personal]:
        """The contents that are kept now with their salts, by commitment."""
        return iter([self._personal[commitment] for commitment in sorted(self._personal)])

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; the entries stay as they are."""
        return self.erase_all((commitment,)) == 1

    def erase_all(self, commitments: Collection[Commitment]) -> int:
        """How many of them had content, which is erased."""
        return sum(self._personal.pop(one, None) is not None for one in commitments)

    def operation_key(self, operation: str, new: bytes | None = None) -> bytes | None:
        """The key of an operation's files; `new` becomes it where there is none."""
        if new is not None:
            self._keys.setdefault(operation, new)
        return self._keys.get(operation)

    def keep(self, file: SealedFile, key: bytes) -> bool:
        """True when the file was not kept for its operation and now is; see `Store.keep`."""
        check_key(key, self._keys.get(file.at.operation), file.at.operation)
        return self._files.setdefault(file.at, file) is file

    def file(self, at: Filed) -> SealedFile | None:
        """The file that is kept there."""
        return self._files.get(at)

    def files(self) -> tuple[Filed, ...]:
        """Where files are kept, in order."""
        return tuple(sorted(self._files))

    def destroy(
        self, operation: str, staying: Collection[SealedFile] = (), new: bytes | None = None
    ) -> int:
        """How many files of an operation went, with their key; see `Store.destroy`."""
        held = [at for at in self._files if at.operation == operation]
        for at in held:
            del self._files[at]
        self._keys.pop(operation, None)
        if new is not None:
            self._keys[operation] = new
            self._files |= {one.at: one for one in staying}
        return len(held) - len(staying)

    def close(self) -> None:
        """Forgets everything."""
        self._entries, self._chains, self._personal = {}, {}, {}
        self._keys, self._files = {}, {}

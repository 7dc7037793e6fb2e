"""A store that lives in memory: for case folders, for tests, for judging what was just received."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from safeconduct.adapters.chance import new_key, new_nonce
from safeconduct.register.chain import Head, Link, Withheld, head_after
from safeconduct.register.entry import Entry
from safeconduct.register.erasing import operations_in
from safeconduct.register.files import Filed, SealedFile, check_key
from safeconduct.register.handover import Handover, check_follows, check_not_moved
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.resealing import Lot
from safeconduct.register.store import Gone, admit, check_personal, kept_with
from safeconduct.register.texts import SealedText, seal_text, unseal_text


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
        self._texts: dict[Commitment, SealedText] = {}
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
        self._keep_texts(kept_with(personal, new), new)
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
        found = self._texts.get(commitment)
        return self._opened(found).value if found else None

    def contents(self) -> Iterator[Personal]:
        """The contents that are kept now with their salts, by commitment."""
        return iter([self._opened(text) for text in self.texts()])

    def texts(self) -> tuple[SealedText, ...]:
        """The contents that are kept now as they lie here, by commitment; none is opened."""
        return tuple(self._texts[commitment] for commitment in sorted(self._texts))

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; the entries stay as they are."""
        return self.destroy((commitment,)).texts == 1

    def operation_key(self, operation: str, new: bytes | None = None) -> bytes | None:
        """The key of an operation; `new` becomes it where there is none."""
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

    def destroy(self, texts: Collection[Commitment] = (), files: Collection[Filed] = ()) -> Gone:
        """How many of these were here, and are gone with their keys; see `Store.destroy`."""
        going = [self._texts[one] for one in set(texts) if one in self._texts]
        filed = [at for at in set(files) if at in self._files]
        for operation in {*(one.operation for one in going), *(at.operation for at in filed)}:
            self._rotate(operation, texts, files)
        return Gone(len(going), len(filed))

    def close(self) -> None:
        """Forgets everything."""
        self._entries, self._chains, self._texts = {}, {}, {}
        self._keys, self._files = {}, {}

    def _keep_texts(self, contents: Iterable[Personal], entries: Iterable[Link]) -> None:
        operations = operations_in(entries)
        for one in contents:
            operation = operations[one.commitment]
            key = self._keys.setdefault(operation, new_key())
            text = seal_text(one, operation, key, new_nonce())
            self._texts.setdefault(one.commitment, text)

    def _opened(self, text: SealedText) -> Personal:
        return unseal_text(text, self._keys[text.operation])

    def _rotate(
        self, operation: str, texts: Collection[Commitment], files: Collection[Filed]
    ) -> None:
        """Destroys the key of an operation, and seals anew what stays of it."""
        held = Lot(
            tuple(one for one in self._texts.values() if one.operation == operation),
            tuple(one for one in self._files.values() if one.at.operation == operation),
        )
        new = new_key()
        staying = held.without(texts, files).anew(self._keys.pop(operation), new, new_nonce)
        for text in held.texts:
            del self._texts[text.commitment]
        for file in held.files:
            del self._files[file.at]
        if staying:
            self._keys[operation] = new
        self._texts |= {one.commitment: one for one in staying.texts}
        self._files |= {one.at: one for one in staying.files}

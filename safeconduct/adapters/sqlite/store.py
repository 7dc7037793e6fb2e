"""The `Store` on one SQLite file, through apsw: one file, one writer at a time, many readers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Self, cast

import apsw

from safeconduct.adapters.sqlite import filing
from safeconduct.adapters.sqlite.connection import create, open_existing, translated, writing
from safeconduct.adapters.sqlite.locking import Passphrase, is_locked, nobody
from safeconduct.register.canonical import digest
from safeconduct.register.chain import Head, Link, Withheld
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.files import Filed, SealedFile
from safeconduct.register.handover import Handover, check_follows, check_not_moved
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import Gone, admit, check_personal, kept_with
from safeconduct.register.texts import SealedText

_IN_ORDER = "SELECT signed, signature FROM entries {} ORDER BY recorded_at, writer, sequence"
_PLACE = "SELECT signed, NULL FROM entries WHERE writer = :w AND sequence = :s UNION ALL "
_PLACE += "SELECT NULL, hash FROM withheld WHERE writer = :w AND sequence = :s LIMIT 1"
_LAST = (
    # Each maximum by itself is the end of an index; the maximum over both tables at once reads all.
    "SELECT max(last) FROM (SELECT max(sequence) AS last FROM entries WHERE writer = :w "
    "UNION ALL SELECT max(sequence) FROM withheld WHERE writer = :w)"
)
_WRITERS = "SELECT writer FROM entries UNION SELECT writer FROM withheld ORDER BY writer"
_LINKS = (
    "SELECT sequence, signed, NULL FROM entries WHERE writer = :w UNION ALL "
    "SELECT sequence, NULL, hash FROM withheld WHERE writer = :w AND sequence NOT IN "
    "(SELECT sequence FROM entries WHERE writer = :w) ORDER BY 1"
)
_WITHHELD = (
    "SELECT writer, sequence, previous, hash, holder FROM withheld WHERE NOT EXISTS "
    "(SELECT 1 FROM entries WHERE entries.writer = withheld.writer "
    "AND entries.sequence = withheld.sequence) ORDER BY writer, sequence"
)


class SqliteStore:
    """A `Store` in one file; make it with `create` or `open`.

    Every entry is built anew from its signed bytes when it is read, so that bytes which are no
    entry are refused rather than passed on. Whether the chains hold is asked of `verify_chain`.
    """

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        with translated(path):
            replay, self._root = cast(
                "tuple[int, str]", connection.execute("SELECT replay, root FROM register").get
            )
        self._replay = bool(replay)

    @classmethod
    def create(
        cls,
        path: str | Path,
        *,
        replay: bool = False,
        root: str = "",
        passphrase: str | None = None,
    ) -> Self:
        """A new, empty register at a path where nothing is yet; locked where a passphrase is given.

        Raises
        ------
        RegisterExists : something is already there.
        MissingFile : the folder is not there.
        """
        made = create(Path(path), replay=replay, root=root, passphrase=passphrase)
        return cls(made, Path(path))

    @classmethod
    def open(cls, path: str | Path, passphrase: Passphrase = nobody) -> Self:
        """The register at a path; whether it is a replay was settled when it was made.

        Raises
        ------
        MissingFile : nothing is there.
        NotARegister : the file is something else, truncated, or of a newer version.
        Locked : it is locked, and the passphrase is missing or another; it is asked for only then.
        """
        return cls(open_existing(Path(path), passphrase), Path(path))

    @property
    def locked(self) -> bool:
        """Whether the file tells nothing without a passphrase."""
        return is_locked(self._path)

    @property
    def replay(self) -> bool:
        """Whether this is a replay."""
        return self._replay

    @property
    def root(self) -> str:
        """The writer whose word on keys counts here."""
        return self._root

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now on disk; see `Store.append` for the errors."""
        return self.append_all([entry], personal) == 1

    def append_all(self, entries: Iterable[Link], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; one transaction, so all are kept or none."""
        entries, personal = tuple(entries), tuple(personal)
        check_personal(personal, entries)
        with translated(self._path), writing(self._connection):
            check_not_moved(self.handovers())
            new = self._add(entries)
            filing.keep_texts(self._connection, kept_with(personal, new), new)
        return len(new)

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence)."""
        where, bound = ("", ()) if writer is None else ("WHERE writer = ?", (writer,))
        return self._rows(_IN_ORDER.format(where), bound)

    def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """The entries that came after the one of this number, each with its own, as they came."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT number, signed, signature FROM entries WHERE number > ? ORDER BY number",
                (after,),
            ).fetchall()
        numbered = cast("list[tuple[int, bytes, str | None]]", rows)
        return ((number, self._entry((signed, name))) for number, signed, name in numbered)

    def withheld(self) -> tuple[Withheld, ...]:
        """The places whose content has not come, by writer and number."""
        with translated(self._path):
            return tuple(Withheld(*row) for row in self._connection.execute(_WITHHELD))

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""
        return self._one("SELECT signed, signature FROM entries WHERE id = ?", id)

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""
        with translated(self._path):
            last = self._connection.execute(_LAST, {"w": writer}).get
        if last is None:
            return None
        place = self._place(writer, int(last))
        assert place is not None  # it is the last place that is taken
        return Head(writer, int(last) + 1, place)

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""
        with translated(self._path):
            writers = [str(row[0]) for row in self._connection.execute(_WRITERS)]
        return tuple(head for writer in writers if (head := self.head(writer)))

    def hashes(self, writer: str) -> tuple[str, ...]:
        """The hashes of a writer's chain in order, withheld places among them."""
        with translated(self._path):
            rows = self._connection.execute(_LINKS, {"w": writer}).fetchall()
        links = cast("list[tuple[int, bytes | None, str | None]]", rows)
        return tuple(_hash(signed, other) for _, signed, other in links)

    def here(self) -> frozenset[str]:
        """The writers that write into this store themselves."""
        with translated(self._path):
            return frozenset(row[0] for row in self._connection.execute("SELECT writer FROM here"))

    def settle(self, writer: str) -> None:
        """From now on the writer is one of those that write here."""
        with translated(self._path), writing(self._connection):
            self._connection.execute("INSERT OR IGNORE INTO here (writer) VALUES (?)", (writer,))

    def handovers(self) -> tuple[Handover, ...]:
        """Which writers stopped writing here, and which went on, in the order of telling."""
        with translated(self._path):
            rows = self._connection.execute(
                "SELECT writer, size, at, goes_on, why FROM handovers ORDER BY number"
            ).fetchall()
        told = cast("list[tuple[str, int, int, int, str]]", rows)
        return tuple(
            Handover(writer=writer, size=size, at=at, goes_on=bool(goes_on), why=why)
            for writer, size, at, goes_on, why in told
        )

    def hand_over(self, handovers: Iterable[Handover], *, exactly: bool = False) -> None:
        """From now on these writers write here no more, or again; one transaction."""
        handovers = tuple(handovers)
        with translated(self._path), writing(self._connection):
            sizes = {head.writer: head.size for head in self.heads()}
            check_follows(handovers, self.handovers(), sizes, exactly=exactly)
            self._connection.executemany(
                "INSERT INTO handovers (writer, size, at, goes_on, why) VALUES (?, ?, ?, ?, ?)",
                [(one.writer, one.size, one.at, int(one.goes_on), one.why) for one in handovers],
            )

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""
        with translated(self._path):
            found = filing.content(self._connection, commitment)
        return None if found is None else found.value

    def contents(self) -> Iterator[Personal]:
        """The contents that are kept now with their salts, by commitment."""
        with translated(self._path):
            return filing.contents(self._connection)

    def texts(self) -> tuple[SealedText, ...]:
        """The contents that are kept now as they lie here, by commitment; none is opened."""
        with translated(self._path):
            return filing.texts(self._connection)

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; see `destroy`."""
        return self.destroy((commitment,)).texts == 1

    def operation_key(self, operation: str, new: bytes | None = None) -> bytes | None:
        """The key of an operation; `new` becomes it where there is none."""
        with translated(self._path):
            if new is None:
                return filing.key(self._connection, operation)
            with writing(self._connection):
                return filing.settle(self._connection, operation, new)

    def keep(self, file: SealedFile, key: bytes) -> bool:
        """True when the file was not kept for its operation and now is; see `Store.keep`."""
        with translated(self._path), writing(self._connection):
            return filing.keep(self._connection, file, key)

    def file(self, at: Filed) -> SealedFile | None:
        """The file that is kept there; None when it never came, or its key was destroyed."""
        with translated(self._path):
            return filing.file(self._connection, at)

    def files(self) -> tuple[Filed, ...]:
        """Where files are kept, in order; their contents are not read."""
        with translated(self._path):
            return filing.files(self._connection)

    def destroy(self, texts: Collection[Commitment] = (), files: Collection[Filed] = ()) -> Gone:
        """How many of these were here, and are gone with their keys; the file is written anew.

        Keys, texts and files are overwritten in the file, and the write-ahead log that may still
        hold them is emptied; what a disk or a backup keeps of older states is beyond this program.

        Raises
        ------
        RegisterError : also when they were destroyed and the file could not be written anew,
            because another program was using it; what was destroyed is overwritten all the same.
        """
        with translated(self._path):
            with writing(self._connection):
                gone = filing.destroy(self._connection, texts, files)
            self._write_anew(gone)
        return gone

    def close(self) -> None:
        """Gives the file back; the store cannot be used afterwards."""
        with translated(self._path):
            self._connection.close()

    def _add(self, entries: Iterable[Link]) -> list[Link]:
        new = []
        for entry in entries:
            held = self.get(entry.id) if isinstance(entry, Entry) else None
            place = self._place(entry.writer, entry.sequence)
            if admit(entry, held, place, self.head(entry.writer), replay=self._replay):
                self._insert(entry)
                new.append(entry)
        return new

    def _insert(self, entry: Link) -> None:
        if isinstance(entry, Entry):
            self._connection.execute(
                "INSERT INTO entries (signed, signature) VALUES (?, ?)",
                (entry.signed_bytes(), entry.signature),
            )
        else:
            self._connection.execute(
                "INSERT INTO withheld (writer, sequence, previous, hash, holder) "
                "VALUES (?, ?, ?, ?, ?)",
                (entry.writer, entry.sequence, entry.previous, entry.hash, entry.holder),
            )

    def _place(self, writer: str, sequence: int) -> str | None:
        """The hash of what stands at this place of a writer's chain."""
        row = self._connection.execute(_PLACE, {"w": writer, "s": sequence}).fetchone()
        return None if row is None else _hash(*row)

    def _write_anew(self, gone: Gone) -> None:
        if any(gone):  # moved pages leave older copies of themselves in free space
            self._connection.execute("VACUUM")
        self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)

    def _one(self, query: str, key: str) -> Entry | None:
        return next(self._rows(query, (key,)), None)

    def _rows(self, query: str, bound: tuple[str, ...] = ()) -> Iterator[Entry]:
        # All rows are fetched at once, so that an append during the reading cannot show in it.
        with translated(self._path):
            rows = self._connection.execute(query, bound).fetchall()
        return (self._entry(cast("tuple[bytes, str | None]", row)) for row in rows)

    def _entry(self, row: tuple[bytes, str | None]) -> Entry:
        with translated(self._path):
            return entry_from_bytes(*row)


def _hash(signed: bytes | None, withheld: str | None) -> str:
    return digest(signed) if signed is not None else str(withheld)

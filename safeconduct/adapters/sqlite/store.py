"""The `Store` on one SQLite file, through apsw: one file, one writer at a time, many readers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Self, cast

import apsw

from safeconduct.adapters.sqlite.connection import create, open_existing, translated, writing
from safeconduct.register.chain import Head, head_after
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import admit, check_personal, kept_with

_IN_ORDER = "SELECT signed, signature FROM entries {} ORDER BY recorded_at, writer, sequence"
_LAST = "SELECT signed, signature FROM entries WHERE writer = ? ORDER BY sequence DESC LIMIT 1"
_ALL_LAST = (
    "SELECT signed, signature FROM entries WHERE (writer, sequence) IN "
    "(SELECT writer, max(sequence) FROM entries GROUP BY writer) ORDER BY writer"
)


class SqliteStore:
    """A `Store` in one file; make it with `create` or `open`.

    Every entry is built anew from its signed bytes when it is read, so that bytes which are no
    entry are refused rather than passed on. Whether the chains hold is asked of `verify_chain`.
    """

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        with translated(path):
            self._replay = bool(connection.execute("SELECT replay FROM register").get)

    @classmethod
    def create(cls, path: str | Path, *, replay: bool = False) -> Self:
        """A new, empty register at a path where nothing is yet.

        Raises
        ------
        RegisterExists : something is already there.
        MissingFile : the folder is not there.
        """
        return cls(create(Path(path), replay=replay), Path(path))

    @classmethod
    def open(cls, path: str | Path) -> Self:
        """The register at a path; whether it is a replay was settled when it was made.

        Raises
        ------
        MissingFile : nothing is there.
        NotARegister : the file is something else, truncated, or of a newer version.
        """
        return cls(open_existing(Path(path)), Path(path))

    @property
    def replay(self) -> bool:
        """Whether this is a replay."""
        return self._replay

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now on disk; see `Store.append` for the errors."""
        return self.append_all([entry], personal) == 1

    def append_all(self, entries: Iterable[Entry], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; one transaction, so all are kept or none."""
        entries, personal = tuple(entries), tuple(personal)
        check_personal(personal, entries)
        with translated(self._path), writing(self._connection):
            new = self._add(entries)
            for content in kept_with(personal, new):
                self._keep(content)
        return len(new)

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence)."""
        where, bound = ("", ()) if writer is None else ("WHERE writer = ?", (writer,))
        return self._rows(_IN_ORDER.format(where), bound)

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""
        return self._one("SELECT signed, signature FROM entries WHERE id = ?", id)

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""
        last = self._one(_LAST, writer)
        return head_after(last) if last else None

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""
        return tuple(head_after(last) for last in self._rows(_ALL_LAST))

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""
        with translated(self._path):
            found = self._connection.execute(
                "SELECT value FROM personal WHERE commitment = ?", (commitment.sha256,)
            ).get
        return None if found is None else str(found)

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; the entries stay as they are.

        The text is overwritten in the file, and the write-ahead log that may still hold it is
        emptied; what a disk or a backup keeps of older states is beyond this program.
        """
        with translated(self._path):
            with writing(self._connection):
                self._connection.execute(
                    "DELETE FROM personal WHERE commitment = ?", (commitment.sha256,)
                )
                erased = self._connection.changes() > 0
            self._connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        return erased

    def close(self) -> None:
        """Gives the file back; the store cannot be used afterwards."""
        with translated(self._path):
            self._connection.close()

    def _add(self, entries: Iterable[Entry]) -> list[Entry]:
        new = []
        for entry in entries:
            if admit(entry, self.get(entry.id), self.head(entry.writer), replay=self._replay):
                self._connection.execute(
                    "INSERT INTO entries (signed, signature) VALUES (?, ?)",
                    (entry.signed_bytes(), entry.signature),
                )
                new.append(entry)
        return new

    def _keep(self, content: Personal) -> None:
        self._connection.execute(
            "INSERT INTO personal (commitment, salt, value) VALUES (?, ?, ?) "
            "ON CONFLICT DO NOTHING",
            (content.commitment.sha256, content.salt, content.value),
        )

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

"""The `Store` on one schema of a PostgreSQL database, through psycopg."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Self

from safeconduct.adapters.postgres import drawn, filing, schema
from safeconduct.adapters.postgres.adding import STOPPED, add, hand_over, handovers
from safeconduct.adapters.postgres.address import Address
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Bound, Line, Row
from safeconduct.errors import RegisterError, SafeconductError
from safeconduct.register.chain import Head, Link, Withheld
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.files import Filed, SealedFile
from safeconduct.register.handover import Handover
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import Gone, check_personal
from safeconduct.register.texts import SealedText

_IN_ORDER = "SELECT signed, signature FROM entries {} ORDER BY recorded_at, writer, sequence"
_HEADS = (
    "SELECT DISTINCT ON (writer) writer, sequence + 1, hash FROM places {} "
    "ORDER BY writer, sequence DESC"
)


class PostgresStore:
    """A `Store` in a database; make it with `create` or `open`.

    Every entry is built anew from its signed bytes when it is read, so that bytes which are no
    entry are refused rather than passed on. Whether the chains hold is asked of `verify_chain`.
    """

    def __init__(self, line: Line) -> None:
        self._line = line
        ((self._replay, self._root),) = line.read("SELECT replay, root FROM register")

    @classmethod
    def create(cls, address: str | Address, *, replay: bool = False, root: str = "") -> Self:
        """A new, empty register in a schema where nothing is yet.

        Raises
        ------
        RegisterExists : something is already there.
        WrongField : no such address.
        RegisterError : the server cannot be reached, or does not allow it.
        """
        line = _line(address)
        try:
            schema.create(line, replay=replay, root=root)
            return cls(line)
        except BaseException:
            line.close()
            raise

    @classmethod
    def open(cls, address: str | Address) -> Self:
        """The register at an address; whether it is a replay was settled when it was made.

        Raises
        ------
        NotARegister : the schema is not there, is something else, or of a newer version.
        WrongField : no such address.
        RegisterError : the server cannot be reached, or does not allow it.
        """
        line = _line(address)
        try:
            schema.open_existing(line)
            return cls(line)
        except BaseException:
            line.close()
            raise

    @property
    def replay(self) -> bool:
        """Whether this is a replay."""
        return bool(self._replay)

    @property
    def root(self) -> str:
        """The writer whose word on keys counts here."""
        return str(self._root)

    def append(self, entry: Entry, personal: Iterable[Personal] = ()) -> bool:
        """True when the entry was new and is now kept; see `Store.append` for the errors."""
        return self.append_all([entry], personal) == 1

    def append_all(self, entries: Iterable[Link], personal: Iterable[Personal] = ()) -> int:
        """How many of the entries were new; one transaction, so all are kept or none.

        Several devices may append at once: each waits for the one before it.

        Raises
        ------
        RegisterError : also when the answer of the server was lost, so that nobody here knows
            whether the entries were kept (`facts["kept"]` is None). Append the same again.
        """
        entries, personal = tuple(entries), tuple(personal)
        check_personal(personal, entries)
        return self._line.write(lambda c: add(c, entries, personal, replay=self.replay))

    def entries(self, writer: str | None = None) -> Iterator[Entry]:
        """The entries held now, or one writer's, by (recorded_at, writer, sequence)."""
        where, bound = ("", ()) if writer is None else ("WHERE writer = %s", (writer,))
        return self._entries(_IN_ORDER.format(where), bound)

    def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
        """The entries that came after the one of this number, each with its own, as they came.

        What was appended later has larger numbers, and never shows before what has smaller ones:
        writers take turns, and a turn ends when its entries can be seen.
        """
        rows = self._line.read(
            "SELECT number, signed, signature FROM entries WHERE number > %s ORDER BY number",
            (after,),
        )
        return ((number, self._entry(signed, name)) for number, signed, name in rows)

    def withheld(self) -> tuple[Withheld, ...]:
        """The places whose content has not come, by writer and number."""
        rows = self._line.read(
            "SELECT writer, sequence, previous, hash, holder FROM waiting ORDER BY writer, sequence"
        )
        return tuple(
            Withheld(writer, at, previous, hash, json.loads(holder))
            for writer, at, previous, hash, holder in rows
        )

    def get(self, id: str) -> Entry | None:
        """The entry of this id, if it is here."""
        return next(
            self._entries("SELECT signed, signature FROM entries WHERE id = %s", (id,)), None
        )

    def head(self, writer: str) -> Head | None:
        """How far this writer's chain reaches; None when it wrote nothing here."""
        return next(self._heads("WHERE writer = %s", (writer,)), None)

    def heads(self) -> tuple[Head, ...]:
        """The head of every chain, by writer."""
        return tuple(self._heads())

    def hashes(self, writer: str) -> tuple[str, ...]:
        """The hashes of a writer's chain in order, withheld places among them."""
        rows = self._line.read(
            "SELECT hash FROM places WHERE writer = %s ORDER BY sequence", (writer,)
        )
        return tuple(hash for (hash,) in rows)

    def here(self) -> frozenset[str]:
        """The writers that write into this store themselves."""
        return frozenset(writer for (writer,) in self._line.read("SELECT writer FROM here"))

    def settle(self, writer: str) -> None:
        """From now on the writer is one of those that write here."""

        def work(connection: psycopg.Connection[Row]) -> None:
            connection.execute(
                "INSERT INTO here (writer) VALUES (%s) ON CONFLICT DO NOTHING", (writer,)
            )

        self._line.write(work)

    def handovers(self) -> tuple[Handover, ...]:
        """Which writers stopped writing here, and which went on, in the order of telling."""
        return handovers(self._line.read(STOPPED))

    def hand_over(self, handovers: Iterable[Handover], *, exactly: bool = False) -> None:
        """From now on these writers write here no more, or again; one transaction."""
        told = tuple(handovers)
        self._line.write(lambda c: hand_over(c, told, exactly=exactly))

    def personal(self, commitment: Commitment) -> str | None:
        """The text behind a commitment; None when it was erased or never came here."""
        found = filing.content(self._line, commitment)
        return None if found is None else found.value

    def contents(self) -> Iterator[Personal]:
        """The contents that are kept now with their salts, by commitment."""
        return filing.contents(self._line)

    def texts(self) -> tuple[SealedText, ...]:
        """The contents that are kept now as they lie here, by commitment; none is opened."""
        return filing.texts(self._line)

    def erase(self, commitment: Commitment) -> bool:
        """Whether there was content to erase; see `destroy`."""
        return self.destroy((commitment,)).texts == 1

    def operation_key(self, operation: str, new: bytes | None = None) -> bytes | None:
        """The key of an operation; `new` becomes it where there is none."""
        if new is None:
            return filing.key(self._line, operation)
        return self._line.write(lambda c: filing.settle(c, operation, new))

    def keep(self, file: SealedFile, key: bytes) -> bool:
        """True when the file was not kept for its operation and now is; see `Store.keep`."""
        return self._line.write(lambda c: filing.keep(c, file, key))

    def file(self, at: Filed) -> SealedFile | None:
        """The file that is kept there; None when it never came, or its key was destroyed."""
        return filing.file(self._line, at)

    def files(self) -> tuple[Filed, ...]:
        """Where files are kept, in order; their contents are not read."""
        return filing.files(self._line)

    def destroy(self, texts: Collection[Commitment] = (), files: Collection[Filed] = ()) -> Gone:
        """How many of these were here, and are gone with their keys; see `Store.destroy`.

        The owner's alone. A row that was deleted stays in the server's file until the table is
        written anew. That of the keys is, at once; without a key what the server still holds of a
        text or a file is noise. What a log, a replica or a backup keeps of the key is beyond this
        program.

        Raises
        ------
        RegisterError : also when they were destroyed and the table of keys could not be written
            anew, because somebody was reading it.
        """
        texts, files = tuple(texts), tuple(files)
        gone = self._line.write(lambda c: filing.destroy(c, texts, files))
        self._write_keys_anew()  # also where nothing was left: an erasing may have been cut
        return gone

    def snapshot(self) -> AbstractContextManager[None]:
        """Inside it every reading sees one state of the register, whatever is appended meanwhile.

        Nothing can be appended through this store inside.
        """
        return self._line.snapshot()

    def rebuild_views(self) -> bool:
        """Wipes the views and draws them anew, as their owner; whether the map's are among them."""
        return self._line.write(drawn.draw)

    def views_current(self) -> bool:
        """Whether the views are those that this version draws in this database."""
        return drawn.are_current(self._line)

    def close(self) -> None:
        """Gives the connection back; the store cannot be used afterwards."""
        self._line.close()

    def _write_keys_anew(self) -> None:
        try:
            self._line.outside("VACUUM (FULL) operation_keys")
        except RegisterError as error:
            raise RegisterError(
                "It is erased for every reader, but the key that sealed it may still be in the "
                f"server's file: {error.found}",
                "Erase it again when nobody is reading; that writes the file anew.",
            ).located(file=self._line.address.shown) from error

    def _heads(self, where: str = "", bound: Bound = None) -> Iterator[Head]:
        return (Head(*row) for row in self._line.read(_HEADS.format(where), bound))

    def _entries(self, query: str, bound: Bound = None) -> Iterator[Entry]:
        return (self._entry(*row) for row in self._line.read(query, bound))

    def _entry(self, signed: bytes, signature: str | None) -> Entry:
        try:
            return entry_from_bytes(bytes(signed), signature)
        except SafeconductError as error:
            raise error.located(file=self._line.address.shown) from None


def _line(address: str | Address) -> Line:
    return Line(Address.read(address) if isinstance(address, str) else address)

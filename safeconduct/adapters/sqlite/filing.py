"""What is sealed beside the entries, and the keys of the operations, in tables of a register file.

To be called inside a transaction, where something is written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import cast

import apsw

from safeconduct.adapters.chance import new_key, new_nonce
from safeconduct.register.chain import Link
from safeconduct.register.erasing import operations_in
from safeconduct.register.files import Filed, SealedFile, check_key
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.resealing import Lot
from safeconduct.register.store import Gone
from safeconduct.register.texts import SealedText, seal_text, unseal_text

_KEEP_FILE = (
    "INSERT INTO files (operation, sha256, nonce, sealed) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_KEEP_TEXT = (
    "INSERT INTO personal (commitment, operation, nonce, sealed) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
)
_TEXTS = "SELECT commitment, operation, nonce, sealed FROM personal {}"
# With its key in one statement: between two another program may destroy it.
_OPENED = (
    "SELECT commitment, operation, nonce, sealed, secret FROM personal "
    "JOIN operation_keys USING (operation) {}"
)


def key(connection: apsw.Connection, operation: str) -> bytes | None:
    """The key of an operation, if it has one."""
    found = connection.execute(
        "SELECT secret FROM operation_keys WHERE operation = ?", (operation,)
    ).get
    return None if found is None else bytes(found)


def settle(connection: apsw.Connection, operation: str, new: bytes) -> bytes:
    """The key of an operation; `new` becomes it where there is none."""
    held = key(connection, operation)
    if held is None:
        connection.execute("INSERT INTO operation_keys VALUES (?, ?)", (operation, new))
    return held or new


def keep(connection: apsw.Connection, file: SealedFile, given: bytes) -> bool:
    """Whether the file is new here; see `Store.keep` for the error."""
    check_key(given, key(connection, file.at.operation), file.at.operation)
    connection.execute(_KEEP_FILE, _file_row(file))
    return connection.changes() == 1


def file(connection: apsw.Connection, at: Filed) -> SealedFile | None:
    """The file that is kept there."""
    row = connection.execute(
        "SELECT nonce, sealed FROM files WHERE operation = ? AND sha256 = ?",
        (at.operation, at.sha256),
    ).fetchone()
    return None if row is None else SealedFile(at, *cast("tuple[bytes, bytes]", row))


def files(connection: apsw.Connection) -> tuple[Filed, ...]:
    """Where files are kept, in order."""
    return _filed(connection)


def _filed(connection: apsw.Connection) -> tuple[Filed, ...]:
    rows = connection.execute("SELECT operation, sha256 FROM files ORDER BY operation, sha256")
    return tuple(Filed(*cast("tuple[str, str]", row)) for row in rows)


def keep_texts(
    connection: apsw.Connection, contents: Iterable[Personal], entries: Iterable[Link]
) -> None:
    """Keeps contents, each sealed with the key of what the first of these entries is about."""
    if not (contents := tuple(contents)):
        return
    operations = operations_in(entries)
    for one in contents:
        operation = operations[one.commitment]
        secret = settle(connection, operation, new_key())
        text = seal_text(one, operation, secret, new_nonce())
        connection.execute(_KEEP_TEXT, _text_row(text))


def texts(connection: apsw.Connection) -> tuple[SealedText, ...]:
    """The texts as they are kept, by commitment."""
    return tuple(_texts(connection, "ORDER BY commitment"))


def content(connection: apsw.Connection, commitment: Commitment) -> Personal | None:
    """The content of a commitment, if it is kept; see `unseal_text` for the error."""
    return next(_opened(connection, "WHERE commitment = ?", (commitment.sha256,)), None)


def contents(connection: apsw.Connection) -> Iterator[Personal]:
    """All contents that are kept, by commitment; see `unseal_text` for the error."""
    return _opened(connection, "ORDER BY commitment")


def destroy(
    connection: apsw.Connection, texts: Collection[Commitment], files: Collection[Filed]
) -> Gone:
    """How many of these texts and files went with their keys; see `Store.destroy`."""
    asked = (_texts(connection, "WHERE commitment = ?", (one.sha256,)) for one in set(texts))
    going = {text.commitment: text.operation for found in asked for text in found}
    filed = set(files) & set(_filed(connection))
    for operation in sorted({*going.values(), *(at.operation for at in filed)}):
        _rotate(connection, operation, going.keys(), filed)
    return Gone(len(going), len(filed))


def _rotate(
    connection: apsw.Connection,
    operation: str,
    texts: Collection[Commitment],
    files: Collection[Filed],
) -> None:
    """Destroys the key of an operation, and seals anew what stays of it."""
    held, old, new = _lot(connection, operation), key(connection, operation), new_key()
    staying = held.without(texts, files).anew(old or b"", new, new_nonce)
    connection.execute("DELETE FROM operation_keys WHERE operation = ?", (operation,))
    if staying:
        settle(connection, operation, new)
        connection.executemany(_KEEP_TEXT, map(_text_row, staying.texts))
        connection.executemany(_KEEP_FILE, map(_file_row, staying.files))


def _lot(connection: apsw.Connection, operation: str) -> Lot:
    named = "SELECT operation, sha256, nonce, sealed FROM files WHERE operation = ?"
    rows = connection.execute(named, (operation,)).fetchall()
    kept = cast("list[tuple[str, str, bytes, bytes]]", rows)
    return Lot(
        tuple(_texts(connection, "WHERE operation = ?", (operation,))),
        tuple(SealedFile(Filed(name, sha256), nonce, it) for name, sha256, nonce, it in kept),
    )


def _texts(
    connection: apsw.Connection, which: str, bound: tuple[str, ...] = ()
) -> Iterator[SealedText]:
    rows = connection.execute(_TEXTS.format(which), bound).fetchall()
    for sha256, operation, nonce, it in cast("list[tuple[str, str, bytes, bytes]]", rows):
        yield SealedText(Commitment(sha256), operation, nonce, it)


def _opened(
    connection: apsw.Connection, which: str, bound: tuple[str, ...] = ()
) -> Iterator[Personal]:
    # All rows are fetched at once, so that an append during the reading cannot show in it.
    rows = connection.execute(_OPENED.format(which), bound).fetchall()
    kept = cast("list[tuple[str, str, bytes, bytes, bytes]]", rows)
    return (
        unseal_text(SealedText(Commitment(sha256), operation, nonce, it), secret)
        for sha256, operation, nonce, it, secret in kept
    )


def _file_row(file: SealedFile) -> tuple[str, str, bytes, bytes]:
    return file.at.operation, file.at.sha256, file.nonce, file.sealed


def _text_row(text: SealedText) -> tuple[str, str, bytes, bytes]:
    return text.commitment.sha256, text.operation, text.nonce, text.sealed

"""Files of evidence and the keys of their operations, in the tables of a register file.

To be called inside a transaction, where something is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import apsw

from safeconduct.register.files import Filed, SealedFile, check_key

_KEEP = (
    "INSERT INTO files (operation, sha256, nonce, sealed) VALUES (?, ?, ?, ?) "
    "ON CONFLICT DO NOTHING"
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
    connection.execute(_KEEP, _row(file))
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
    rows = connection.execute("SELECT operation, sha256 FROM files ORDER BY operation, sha256")
    return tuple(Filed(*cast("tuple[str, str]", row)) for row in rows)


def destroy(
    connection: apsw.Connection, operation: str, staying: Sequence[SealedFile], new: bytes | None
) -> int:
    """How many files went with the key of the operation; see `Store.destroy`."""
    held = connection.execute("SELECT count(*) FROM files WHERE operation = ?", (operation,)).get
    connection.execute("DELETE FROM operation_keys WHERE operation = ?", (operation,))
    if new is not None:
        settle(connection, operation, new)
        connection.executemany(_KEEP, map(_row, staying))
    return int(held) - len(staying)


def _row(file: SealedFile) -> tuple[str, str, bytes, bytes]:
    return file.at.operation, file.at.sha256, file.nonce, file.sealed

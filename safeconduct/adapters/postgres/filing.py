"""Files of evidence and the keys of their operations, in the tables of a register on a server.

What takes a connection is called inside a transaction that holds the writers' lock.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Line, Row
from safeconduct.register.files import Filed, SealedFile, check_key

_SECRET = "SELECT secret FROM operation_keys WHERE operation = %s"
_KEEP = (
    "INSERT INTO files (operation, sha256, nonce, sealed) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)


def key(line: Line, operation: str) -> bytes | None:
    """The key of an operation, if it has one."""
    rows = line.read(_SECRET, (_text(operation),))
    return bytes(rows[0][0]) if rows else None


def settle(connection: psycopg.Connection[Row], operation: str, new: bytes) -> bytes:
    """The key of an operation; `new` becomes it where there is none."""
    connection.execute(
        "INSERT INTO operation_keys VALUES (%s, %s) ON CONFLICT DO NOTHING", (_text(operation), new)
    )
    held = _key(connection, operation)
    assert held is not None  # nobody destroys it while this holds the writers' lock
    return held


def keep(connection: psycopg.Connection[Row], file: SealedFile, given: bytes) -> bool:
    """Whether the file is new here; see `Store.keep` for the error."""
    check_key(given, _key(connection, file.at.operation), file.at.operation)
    return connection.execute(_KEEP, _row(file)).rowcount == 1


def file(line: Line, at: Filed) -> SealedFile | None:
    """The file that is kept there."""
    rows = line.read(
        "SELECT nonce, sealed FROM files WHERE operation = %s AND sha256 = %s",
        (_text(at.operation), at.sha256),
    )
    return SealedFile(at, *(bytes(part) for part in rows[0])) if rows else None


def files(line: Line) -> tuple[Filed, ...]:
    """Where files are kept, in order."""
    rows = line.read("SELECT operation, sha256 FROM files")
    return tuple(sorted(Filed(json.loads(operation), sha256) for operation, sha256 in rows))


def destroy(
    connection: psycopg.Connection[Row],
    operation: str,
    staying: Sequence[SealedFile],
    new: bytes | None,
) -> int:
    """How many files went with the key of the operation; see `Store.destroy`."""
    named = (_text(operation),)
    row = connection.execute("SELECT count(*) FROM files WHERE operation = %s", named).fetchone()
    connection.execute("DELETE FROM operation_keys WHERE operation = %s", named)
    if new is not None:
        settle(connection, operation, new)
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP, [_row(one) for one in staying])
    return (int(row[0]) if row else 0) - len(staying)


def _key(connection: psycopg.Connection[Row], operation: str) -> bytes | None:
    row = connection.execute(_SECRET, (_text(operation),), binary=True).fetchone()
    return None if row is None else bytes(row[0])


def _row(file: SealedFile) -> tuple[str, str, bytes, bytes]:
    return _text(file.at.operation), file.at.sha256, file.nonce, file.sealed


def _text(operation: str) -> str:
    """The name as the table holds it: it may have any character, U+0000 among them."""
    return json.dumps(operation)

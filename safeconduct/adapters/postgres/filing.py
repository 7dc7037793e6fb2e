"""What is sealed beside the entries, and the keys of the operations, in tables on a server.

What takes a connection is called inside a transaction that holds the writers' lock.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator

from safeconduct.adapters.chance import new_key, new_nonce
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Bound, Line, Row
from safeconduct.register.chain import Link
from safeconduct.register.erasing import operations_in
from safeconduct.register.files import Filed, SealedFile, check_key
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.resealing import Lot
from safeconduct.register.store import Gone
from safeconduct.register.texts import SealedText, seal_text, unseal_text

_SECRET = "SELECT secret FROM operation_keys WHERE operation = %s"
_SECRETS = "SELECT operation, secret FROM operation_keys WHERE operation = ANY(%s)"
_SETTLE = "INSERT INTO operation_keys VALUES (%s, %s) ON CONFLICT DO NOTHING"
_KEEP_FILE = (
    "INSERT INTO files (operation, sha256, nonce, sealed) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)
_KEEP_TEXT = (
    "INSERT INTO personal (commitment, operation, nonce, sealed) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)
_TEXTS = "SELECT commitment, operation, nonce, sealed FROM personal {}"
# With its key in one statement: between two another device may destroy it.
_OPENED = (
    "SELECT commitment, operation, nonce, sealed, secret FROM personal "
    "JOIN operation_keys USING (operation) {}"
)
_FILES = "SELECT operation, sha256, nonce, sealed FROM files WHERE operation = %s"
_FILED = "SELECT operation, sha256 FROM files"


def key(line: Line, operation: str) -> bytes | None:
    """The key of an operation, if it has one."""
    rows = line.read(_SECRET, (_text(operation),))
    return bytes(rows[0][0]) if rows else None


def settle(connection: psycopg.Connection[Row], operation: str, new: bytes) -> bytes:
    """The key of an operation; `new` becomes it where there is none."""
    connection.execute(_SETTLE, (_text(operation), new))
    held = _key(connection, operation)
    assert held is not None  # nobody destroys it while this holds the writers' lock
    return held


def keep(connection: psycopg.Connection[Row], file: SealedFile, given: bytes) -> bool:
    """Whether the file is new here; see `Store.keep` for the error."""
    check_key(given, _key(connection, file.at.operation), file.at.operation)
    return connection.execute(_KEEP_FILE, _file_row(file)).rowcount == 1


def file(line: Line, at: Filed) -> SealedFile | None:
    """The file that is kept there."""
    rows = line.read(
        "SELECT nonce, sealed FROM files WHERE operation = %s AND sha256 = %s",
        (_text(at.operation), at.sha256),
    )
    return SealedFile(at, *(bytes(part) for part in rows[0])) if rows else None


def files(line: Line) -> tuple[Filed, ...]:
    """Where files are kept, in order."""
    return _filed(line.read(_FILED))


def keep_texts(
    connection: psycopg.Connection[Row], contents: Iterable[Personal], entries: Iterable[Link]
) -> None:
    """Keeps contents, each sealed with the key of what the first of these entries is about."""
    if not (contents := tuple(contents)):
        return
    operations = operations_in(entries)
    keys = _keys(connection, {operations[one.commitment] for one in contents})
    rows = []
    for one in contents:
        operation = operations[one.commitment]
        rows.append(_text_row(seal_text(one, operation, keys[operation], new_nonce())))
    with connection.cursor() as cursor:
        cursor.executemany(_KEEP_TEXT, rows)


def texts(line: Line) -> tuple[SealedText, ...]:
    """The texts as they are kept, by commitment."""
    return _sealed(line.read(_TEXTS.format("ORDER BY commitment")))


def contents(
    line: Line, which: str = "ORDER BY commitment", bound: Bound = None
) -> Iterator[Personal]:
    """The contents that are kept, by commitment; see `unseal_text` for the error."""
    rows = line.read(_OPENED.format(which), bound)
    return (unseal_text(_sealed_text(*rest), bytes(secret)) for *rest, secret in rows)


def content(line: Line, commitment: Commitment) -> Personal | None:
    """The content of a commitment, if it is kept; see `unseal_text` for the error."""
    return next(contents(line, "WHERE commitment = %s", (commitment.sha256,)), None)


def destroy(
    connection: psycopg.Connection[Row], texts: Collection[Commitment], files: Collection[Filed]
) -> Gone:
    """How many of these texts and files went with their keys; see `Store.destroy`."""
    # Whoever may not erase is told so, also where nothing of it is here.
    connection.execute("DELETE FROM operation_keys WHERE false")
    wanted = [one.sha256 for one in texts]
    going = _asked(connection, "WHERE commitment = ANY(%s)", wanted)
    filed = set(files) & set(_filed(connection.execute(_FILED).fetchall())) if files else set()
    gone = {one.commitment for one in going}
    for operation in sorted({*(one.operation for one in going), *(at.operation for at in filed)}):
        _rotate(connection, operation, gone, filed)
    return Gone(len(going), len(filed))


def _rotate(
    connection: psycopg.Connection[Row],
    operation: str,
    texts: Collection[Commitment],
    files: Collection[Filed],
) -> None:
    """Destroys the key of an operation, and seals anew what stays of it."""
    named = _text(operation)
    rows = connection.execute(_FILES, (named,), binary=True).fetchall()
    held = Lot(_asked(connection, "WHERE operation = %s", named), tuple(_files(rows)))
    new, old = new_key(), _key(connection, operation)
    staying = held.without(texts, files).anew(old or b"", new, new_nonce)
    connection.execute("DELETE FROM operation_keys WHERE operation = %s", (named,))
    if staying:
        settle(connection, operation, new)
        with connection.cursor() as cursor:
            cursor.executemany(_KEEP_TEXT, list(map(_text_row, staying.texts)))
            cursor.executemany(_KEEP_FILE, list(map(_file_row, staying.files)))


def _key(connection: psycopg.Connection[Row], operation: str) -> bytes | None:
    row = connection.execute(_SECRET, (_text(operation),), binary=True).fetchone()
    return None if row is None else bytes(row[0])


def _keys(connection: psycopg.Connection[Row], operations: Collection[str]) -> dict[str, bytes]:
    """The keys of operations; each that has none is given one."""
    names = sorted(_text(one) for one in operations)
    rows = connection.execute(_SECRETS, (names,), binary=True).fetchall()
    held = {str(name): bytes(secret) for name, secret in rows}
    made = {name: new_key() for name in names if name not in held}
    with connection.cursor() as cursor:
        cursor.executemany(_SETTLE, list(made.items()))
    return {json.loads(name): secret for name, secret in (held | made).items()}


def _asked(
    connection: psycopg.Connection[Row], which: str, bound: str | list[str]
) -> tuple[SealedText, ...]:
    query = _TEXTS.format(which).encode()
    return _sealed(connection.execute(query, (bound,), binary=True).fetchall())


def _sealed(rows: Iterable[Row]) -> tuple[SealedText, ...]:
    return tuple(_sealed_text(*row) for row in rows)


def _sealed_text(sha256: str, operation: str, nonce: bytes, sealed: bytes) -> SealedText:
    return SealedText(Commitment(sha256), json.loads(operation), bytes(nonce), bytes(sealed))


def _files(rows: Iterable[Row]) -> Iterator[SealedFile]:
    for operation, sha256, nonce, sealed in rows:
        yield SealedFile(Filed(json.loads(operation), sha256), bytes(nonce), bytes(sealed))


def _filed(rows: Iterable[Row]) -> tuple[Filed, ...]:
    return tuple(sorted(Filed(json.loads(operation), sha256) for operation, sha256 in rows))


def _file_row(file: SealedFile) -> tuple[str, str, bytes, bytes]:
    return _text(file.at.operation), file.at.sha256, file.nonce, file.sealed


def _text_row(text: SealedText) -> tuple[str, str, bytes, bytes]:
    return text.commitment.sha256, _text(text.operation), text.nonce, text.sealed


def _text(operation: str) -> str:
    """The name as the table holds it: it may have any character, U+0000 among them."""
    return json.dumps(operation)

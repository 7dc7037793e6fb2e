"""Sealing the personal texts that an older version kept in clear, in the transaction of the steps.

The table that held them goes in the same transaction; SQLite writes zeros over each of its pages,
with all that free space in them still held (`secure_delete`). An old log was emptied before, where
no other program has the register open.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

import apsw

from safeconduct.adapters.sqlite import filing
from safeconduct.errors import WrongField
from safeconduct.register.entry import entry_from_bytes
from safeconduct.register.personal import Commitment, Personal

__all__ = ["seal_all"]


def seal_all(connection: apsw.Connection) -> None:
    """Seals the texts that are there in clear, if the table of an older version is."""
    found = "SELECT count(*) FROM sqlite_schema WHERE name = 'personal_in_clear'"
    if not connection.execute(found).get:
        return
    rows = connection.execute("SELECT commitment, salt, value FROM personal_in_clear").fetchall()
    if rows:
        entries = connection.execute("SELECT signed, signature FROM entries").fetchall()
        links = (entry_from_bytes(*cast("tuple[bytes, str | None]", row)) for row in entries)
        contents = _contents(cast("list[tuple[str, bytes, str]]", rows))
        filing.keep_texts(connection, contents, links)
    connection.execute("DROP TABLE personal_in_clear")


def _contents(rows: Iterable[tuple[str, bytes, str]]) -> Iterator[Personal]:
    for sha256, salt, value in rows:
        try:
            yield Personal(Commitment(sha256), salt, value)
        except WrongField:  # other bytes than those committed to: they are nobody's text
            continue

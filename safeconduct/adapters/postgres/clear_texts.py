"""Sealing the personal texts that an older version kept in clear, in the transaction of the steps.

The table that held them goes with the commit, and with it the server's file of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from safeconduct.adapters.postgres import filing
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Row
from safeconduct.errors import WrongField
from safeconduct.register.entry import entry_from_bytes
from safeconduct.register.personal import Commitment, Personal

__all__ = ["seal_all"]


def seal_all(connection: psycopg.Connection[Row]) -> None:
    """Seals the texts that are there in clear, if the table of an older version is."""
    if connection.execute("SELECT to_regclass('personal_in_clear')").fetchone() == (None,):
        return
    rows = connection.execute(
        "SELECT commitment, salt, value FROM personal_in_clear", binary=True
    ).fetchall()
    if rows:
        entries = connection.execute("SELECT signed, signature FROM entries", binary=True)
        links = (entry_from_bytes(bytes(signed), name) for signed, name in entries)
        filing.keep_texts(connection, _contents(rows), links)
    connection.execute("DROP TABLE personal_in_clear")


def _contents(rows: Iterable[Row]) -> Iterator[Personal]:
    for sha256, salt, value in rows:
        try:
            yield Personal(Commitment(sha256), bytes(salt), bytes(value).decode())
        except WrongField:  # other bytes than those committed to: they are nobody's text
            continue

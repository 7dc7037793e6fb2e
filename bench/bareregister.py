"""The floors that a register is held against: SQLite that only inserts, Ed25519 that only checks.

The file has the pragmas of a register's (`safeconduct/adapters/sqlite/connection.py`) and one table
without an index, a trigger or a column made of another; each insert is a transaction of its own, as
each append of a register is. The keys are laid out before the clock starts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import apsw
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from safeconduct.register import Entry

__all__ = ["BareFile", "BareSignatures"]

_SETTINGS = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
"""
_TABLE = "CREATE TABLE entries (number INTEGER PRIMARY KEY, signed BLOB, signature TEXT) STRICT"
_INSERT = "INSERT INTO entries (signed, signature) VALUES (?, ?)"


class BareFile:
    """A file that takes the signed bytes of entries and asks nothing about them."""

    def __init__(self, path: Path, entries: Iterable[Entry] = ()) -> None:
        self._connection = apsw.Connection(str(path))
        self._connection.execute(_SETTINGS).fetchall()
        self._connection.execute(_TABLE)
        with self._connection:
            rows = ((one.signed_bytes(), one.signature) for one in entries)
            self._connection.executemany(_INSERT, rows)

    def append(self, entry: Entry) -> None:
        """Keeps one entry, in a transaction of its own."""
        self._connection.execute("BEGIN IMMEDIATE")
        self._connection.execute(_INSERT, (entry.signed_bytes(), entry.signature))
        self._connection.execute("COMMIT")

    def close(self) -> None:
        """Gives the file back."""
        self._connection.close()


class BareSignatures:
    """The signatures of some entries, each with its key and its bytes."""

    def __init__(self, entries: Iterable[Entry], keys: Mapping[str, bytes]) -> None:
        made = {writer: Ed25519PublicKey.from_public_bytes(key) for writer, key in keys.items()}
        self._given = [
            (made[one.writer], bytes.fromhex(one.signature or ""), one.signed_bytes())
            for one in entries
        ]

    def check(self) -> int:
        """How many there are; an error where one does not hold."""
        for key, signature, data in self._given:
            key.verify(signature, data)
        return len(self._given)

"""The register in one SQLite file: where does an office of one machine keep its entries?

Takes: a path; entries and erasable content through the `Store` protocol of the register.
Gives: the same entries back byte for byte, and errors of the one tree instead of SQLite's.
Never: overwrites a file, changes or removes an entry, opens a file that is no register.

Start reading at `sql/0001_entries.sql` (what is kept and what the file itself refuses), then
`store.py`; `connection.py` opens, checks and upgrades files and translates errors.
"""

from __future__ import annotations

from safeconduct.adapters.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]

"""The register in a PostgreSQL database: where does an office of several devices keep its entries?

Takes: an address, `postgresql://user@host/database#register`; entries and erasable content through
the `Store` protocol of the register.
Gives: the same entries back byte for byte, errors of the one tree instead of the server's, and
views that people, reports and GIS programs read.
Never: changes or removes an entry, opens a schema that is no register, makes a role or an
extension, tells a password.

A register is one schema of a database, so a database may hold several. Start reading at
`sql/0001_entries.sql` (what is kept and what the database itself refuses), then `store.py`;
`address.py` reads addresses, `line.py` connects, keeps transactions and translates errors,
`schema.py` makes and upgrades registers, `drawn.py` draws the views.
"""

from __future__ import annotations

from safeconduct.adapters.postgres.address import Address
from safeconduct.adapters.postgres.store import PostgresStore

__all__ = ["Address", "PostgresStore"]

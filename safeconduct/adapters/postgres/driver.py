"""The library that speaks with PostgreSQL; it is an extra, and its absence is told here."""

from __future__ import annotations

from safeconduct.errors import MissingExtra

try:
    import psycopg
except ImportError:  # also where the library is there and its C part, libpq, is not
    raise MissingExtra(
        "A register in PostgreSQL needs the library psycopg, which is not installed.",
        "Install it with: pip install 'safeconduct[server]'",
        extra="server",
    ) from None

__all__ = ["psycopg"]

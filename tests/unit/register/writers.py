"""The small shared world of the register's tests: a device or two, and chains they wrote."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings

from safeconduct.register import (
    JSON,
    Entry,
    Handling,
    commit,
    next_entry,
)
from safeconduct.register.chain import Head, head_after

examples = settings(max_examples=int(os.environ.get("SAFECONDUCT_EXAMPLES", "200")), deadline=None)
"""How many examples each property is tried on; none is timed, since machines differ."""

SALT = bytes(range(32))
OFFICER = commit("access officer, Aleppo", SALT)

NOON = 1_478_260_800
"""2016-11-04 12:00:00 UTC, when the first entry of every chain here is recorded."""


def an_id(number: int, writer: str = "") -> str:
    """An id of 32 hex digits, the same for the same number and writer."""
    return f"{writer.encode().hex()[:16]:0<16}{number:016x}"


def an_entry(head: Head | None = None, writer: str = "north", **changes: Any) -> Entry:
    """The next entry after `head`, recorded a minute after the one before."""
    number = head.size if head else 0
    made: dict[str, Any] = {
        "id": an_id(number, writer),
        "writer": writer,
        "recorded_at": NOON + 60 * number,
        "author": OFFICER,
        "kind": "statement",
        "body": {"is": "statement", "number": number},
        "handling": Handling.INTERNAL,
    }
    return next_entry(head, **(made | changes))


def a_chain(length: int, writer: str = "north", bodies: list[JSON] | None = None) -> list[Entry]:
    """`length` entries of one writer, from its first on."""
    entries: list[Entry] = []
    for number in range(length):
        head = head_after(entries[-1]) if entries else None
        changes = {"body": bodies[number]} if bodies else {}
        entries.append(an_entry(head, writer, **changes))
    return entries

"""The last line of a verb that writes: what was recorded, where, and the register's new head."""

from __future__ import annotations

from rich.text import Text

from safeconduct.app.registers import Recorded

SHORT = 16
"""How much of a head people compare; the whole of it stands in the JSON."""


def recorded(done: Recorded, what: str = "") -> Text:
    """That it was recorded, and how much: the number of entries where nothing else is said."""
    count = len(done.entries)
    counted = what or f"{count} {'entry' if count == 1 else 'entries'}"
    return Text(f"Recorded {counted}, in {done.register}. Head {done.head[:SHORT]}.")


def recorded_as(id: str, done: Recorded) -> Text:
    """That one record was written, and its id."""
    return Text(f"Recorded as {id}. Head {done.head[:SHORT]}.", "dim")

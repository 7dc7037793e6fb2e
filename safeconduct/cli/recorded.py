"""The last line of a verb that writes: what was recorded, where, and the register's new head."""

from __future__ import annotations

from rich.text import Text

from safeconduct.app.registers import Recorded

SHORT = 16
"""How much of a head people compare; the whole of it stands in the JSON."""


def counted(number: int, word: str, many: str = "") -> str:
    """
    >>> counted(1, "file"), counted(3, "file"), counted(0, "entry", "entries")
    ('1 file', '3 files', '0 entries')
    """
    return f"{number} {word if number == 1 else many or word + 's'}"


def brief(writer: str) -> str:
    """A writer's name with so much of its key as tells it from others of the name."""
    name, colon, digits = writer.partition(":")
    return f"{name}{colon}{digits[:6]}"


def recorded(done: Recorded, what: str = "") -> Text:
    """That it was recorded, and how much: the number of entries where nothing else is said."""
    count = len(done.entries)
    told = what or counted(count, "entry", "entries")
    return Text(f"Recorded {told}, in {done.register}. Head {done.head[:SHORT]}.")


def recorded_as(id: str, done: Recorded) -> Text:
    """That one record was written, and its id."""
    return Text(f"Recorded as {id}. Head {done.head[:SHORT]}.", "dim")

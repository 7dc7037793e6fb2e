"""Which registers were brought up to a newer schema in this run, so that the person is told."""

from __future__ import annotations

__all__ = ["note", "told"]

_told: list[str] = []


def note(register: str, before: int, after: int) -> None:
    """To be called once a register has been brought from one schema to another."""
    _told.append(
        f"{register} was made by an older version and now has schema {after}; it had {before}. "
        "Nothing that was recorded changed, and versions before this one no longer open it."
    )


def told() -> tuple[str, ...]:
    """What is to be said of it; each is given once."""
    found = tuple(_told)
    _told.clear()
    return found

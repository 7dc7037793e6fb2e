"""What was taken from a file before it is laid out: its text, and what its own marks say."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Self

from safeconduct.wire import Excerpt, LeftOut

__all__ = ["TURNED", "Taken"]

TURNED = (
    "The text holds characters that turn the order of writing around; what is read may differ from "
    "what is seen on a screen."
)
"""The note on a text that was written to be seen otherwise than it is stored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The text of a file, tidied, and what the file's own marks say of it.

    Parameters
    ----------
    title, publisher, day : as the marks have them; empty and None where they say nothing.
    left_out : parts of the text that are known not to be read, in order.
    notes : sentences for a person.
    """

    text: str
    title: str = ""
    publisher: str = ""
    day: dt.date | None = None
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """As plain JSON, for the way between two processes."""
        return {
            "text": self.text,
            "title": self.title,
            "publisher": self.publisher,
            "day": self.day.isoformat() if self.day else None,
            "left_out": [[one.at.start, one.at.end, one.why] for one in self.left_out],
            "notes": list(self.notes),
        }

    @classmethod
    def from_json(cls, told: dict[str, Any]) -> Self:
        """The same again."""
        return cls(
            text=told["text"],
            title=told["title"],
            publisher=told["publisher"],
            day=dt.date.fromisoformat(told["day"]) if told["day"] else None,
            left_out=tuple(
                LeftOut(Excerpt(start, end), why) for start, end, why in told["left_out"]
            ),
            notes=tuple(told["notes"]),
        )

"""Where something stands in a report: a half-open range of its characters."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.errors import WrongField


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """The characters `start` to `end` (half-open) of a report's text, counted as Python counts.

    Right-to-left text is counted in the order in which it is read, as it is stored.

    Raises
    ------
    WrongField : it holds no character, or begins before the text.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise WrongField(
                f"An excerpt runs from character {self.start} to {self.end}.",
                "Give the first character and the one after the last, counted from 0.",
            )

    def of(self, text: str) -> str:
        """The words that stand there."""
        return text[self.start : self.end]

    def holds(self, other: Excerpt) -> bool:
        """Whether the other lies within it."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Excerpt) -> bool:
        """Whether they share a character."""
        return self.start < other.end and other.start < self.end

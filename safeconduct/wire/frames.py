"""A stretch of text that is told in somebody's voice."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.wire.marked import Span
from safeconduct.wire.phrases import Hit
from safeconduct.wire.scene import Who


@dataclass(frozen=True, slots=True)
class Frame:
    """A word of speech in a sentence, with who speaks and what is said.

    Parameters
    ----------
    sign : the word of speech; None where a name with a colon or a quotation alone stands for it.
    parts : the tokens of what is said, half-open.
    direct : it was said to relief actors themselves.
    going_on : nothing in the sentence says so, but the one before was in this voice.
    """

    sign: Hit | None
    who: Who
    parts: tuple[Span, ...]
    direct: bool = False
    going_on: bool = False

    def holds(self, index: int) -> bool:
        """Whether a token is part of what is said."""
        return any(first <= index < end for first, end in self.parts)

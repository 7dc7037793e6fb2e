"""A text without the characters that nobody sees, in Unicode's composed form.

What is removed stands between the letters without being seen, and would keep a word from being
known: marks of direction, soft hyphens, spaces of no width, control characters.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["tidied", "turned_around"]

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]+"
)
_HALF = re.compile("[\ud800-\udfff]")
_TURNS = re.compile("[\u202d\u202e]")
_LONG_RUN = re.compile("[^\x00-\u02ff]{32,}")
_MARKS = 30
"""Marks on one letter that are kept (Unicode Standard Annex 15, stream-safe text); putting them in
order takes time that grows with the square of their number."""


def tidied(text: str) -> str:
    """The text with `\\n` at line ends, composed, and without what nobody sees.

    Half a character (a lone surrogate) becomes the sign for an unreadable one.
    """
    text = _UNSEEN.sub("", _LINE_ENDS.sub("\n", text))
    text = _LONG_RUN.sub(_with_fewer_marks, _HALF.sub("\ufffd", text))
    return unicodedata.normalize("NFC", text)


def turned_around(text: str) -> bool:
    """Whether characters force an order of writing, so that what is seen is not what is stored."""
    return _TURNS.search(text) is not None


def _with_fewer_marks(run: re.Match[str]) -> str:
    kept, marks = [], 0
    for sign in run[0]:
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks <= _MARKS:
            kept.append(sign)
    return "".join(kept)

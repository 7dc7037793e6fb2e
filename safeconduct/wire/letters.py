"""What of a letter's text was said before: quoted replies, an earlier mail, the signature."""

from __future__ import annotations

import re
from collections.abc import Iterator

from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.report import LeftOut

__all__ = ["passes_on", "said_before"]

_LINE = re.compile(r"[^\n]+")
_INTRODUCES = re.compile(
    r".{0,160}\b(?:wrote|writes|a écrit|escribió|написала?|пишет|пише|كتب|كتبت)\s?:"
)
_EARLIER = re.compile(
    r"\s*-{2,}\s*(?:original message|message d'origine|mensaje original|исходное сообщение"
    r"|вихідне повідомлення|الرسالة الأصلية)\s*-{2,}\s*",
    re.IGNORECASE,
)
_FORWARDED = re.compile(r"\s*(?:fwd?|tr|rv|пересл|إعادة توجيه)\s*:", re.IGNORECASE)
_SIGNATURE_LINES = 12


def said_before(text: str, subject: str) -> Iterator[LeftOut]:
    """The parts of a mail's text that its writer did not write now, in order.

    A mail that passes another on is read with what it passes on: that is what it is for.
    """
    if passes_on(subject):
        return
    lines = [Excerpt(*found.span()) for found in _LINE.finditer(text) if found[0].strip()]
    signature = _signature(text, lines)
    for number, line in enumerate(lines):
        words = line.of(text)
        if _EARLIER.fullmatch(words[:200]):
            yield LeftOut(Excerpt(line.start, len(text)), "an earlier mail")
            return
        if number == signature:
            yield LeftOut(Excerpt(line.start, lines[-1].end), "the signature")
            return
        follows = lines[number + 1].of(text) if number + 1 < len(lines) else ""
        if _quoted(words) or (_quoted(follows) and _INTRODUCES.fullmatch(words.strip()[:200])):
            yield LeftOut(line, "quoted from an earlier mail")


def passes_on(subject: str) -> bool:
    """Whether a mail with this subject passes another on."""
    return _FORWARDED.match(subject) is not None


def _quoted(words: str) -> bool:
    return words.startswith(">")


def _signature(text: str, lines: list[Excerpt]) -> int | None:
    """The number of the line of two dashes that begins the signature; None without one."""
    for number in range(len(lines) - 1, max(-1, len(lines) - 2 - _SIGNATURE_LINES), -1):
        if lines[number].of(text).rstrip() == "--":
            return number
    return None

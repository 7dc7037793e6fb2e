"""The opening of a report: the place, the agency and the day that stand before its first sentence.

As agencies write it: "GENEVA (Reuters) - The ...", "ALEPPO, Syria, Nov 4 - The ...",
"ДАМАСК, 4 ноября. /ТАСС/. ...", "دمشق (رويترز) - قالت ...".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.fulldate import WEEKDAYS, without_dates

__all__ = ["Opening", "opening_of"]

_LONGEST = 110  # characters in which an opening has ended; "place, country, weekday and day"
# A dash, a full stop or a colon, or the stroke after an agency; or all of a short line.
_ENDS = re.compile(
    r"\s*(?P<dash>[-–—]{1,2})(?:\s|$)|\s?--\s?|(?P<keep>/)[.:]?(?:\s|$)|[.:]\s|[.:]?$"
)
_AGENCY = re.compile(r"\(([^()\n]{2,40})\)|/([^/\n]{2,40})/")
_EDGES = " \u00a0,،.:;-–—/\t"
_JOINING = "of de del la le el al and et y e bei sur da do"
_SMALL = frozenset(_JOINING.split())
_OTHER_SCRIPT = re.compile(r"[\u0600-\u06ff]")
_PLACE_WORDS, _PLACE_LENGTH = 5, 45
_BARE_WORDS = 2  # without a dash or an agency: "Merrovan Hills Weekly, 14 November" is no place
_CAPITALS = 3  # letters from which on a word in capitals is a place and no abbreviation of a name


@dataclass(frozen=True, slots=True)
class Opening:
    """Where the place and the agency stand, and the whole of what stands before the sentence."""

    at: Excerpt
    place: Excerpt | None
    agency: Excerpt | None


def opening_of(text: str, line: Excerpt) -> Opening | None:
    """The opening of a line, or None where it begins with its sentence."""
    head = line.of(text)[:_LONGEST]
    short = len(head) == line.end - line.start
    # The last end first: a dash may stand between place and day as well as after both.
    for end in reversed(list(_ENDS.finditer(head))):
        if end.end() == len(head) and not short:
            continue
        before = head[: end.end("keep") if end["keep"] else end.start()]
        dashed = "-" in end.group() or end["dash"] is not None
        found = _taken_apart(before, dashed=dashed, stroke=end["keep"] is not None)
        if found is not None and not (dashed and _is_heading(line.of(text))):
            return _placed(line.start, before, found)
    return None


def _taken_apart(head: str, *, dashed: bool, stroke: bool) -> tuple[str, str] | None:
    """The words of place and agency, if these words are an opening at all.

    An agency stands before a dash or between strokes; other brackets are no agency.
    """
    agency = _AGENCY.search(head) if dashed or stroke else None
    named = (agency[1] or agency[2]) if agency else ""
    if named.isdigit():  # a year in brackets
        agency, named = None, ""
    rest = head[: agency.start()] + " " + head[agency.end() :] if agency else head
    rest, dated = without_dates(rest)
    words = [one for one in re.split(r"[\s,،]+", rest) if one.strip(_EDGES)]
    kept = [one for one in words if one.strip(_EDGES).lower() not in WEEKDAYS]
    if not kept:
        return ("", named) if dated or agency else None
    place = _span_of(head, kept)
    marked = dashed or stroke
    if not (marked or head.startswith(place)):
        return None
    if not _is_place(place, kept, _PLACE_WORDS if marked else _BARE_WORDS):
        return None
    if dated or agency or (dashed and _stands_alone(kept)):
        return place, named
    return None


def _is_heading(line: str) -> bool:
    """Whether a line is in capitals throughout, so that capitals say nothing of a place."""
    return line.isupper() and len(line) <= _LONGEST


def _span_of(head: str, words: list[str]) -> str:
    """The words as they stand in the head, from the first to the last; empty where they part."""
    if not words:
        return ""
    start = head.find(words[0])
    end = head.find(words[-1], start) + len(words[-1])
    return head[start:end].strip(_EDGES) if 0 <= start < end else ""


def _is_place(place: str, words: list[str], most: int) -> bool:
    if not place or len(place) > _PLACE_LENGTH or len(words) > most:
        return False
    if any(sign.isdigit() or sign in '()"“”«»?!;' for sign in place):
        return False
    if all(one.lower() in _SMALL for one in words):
        return False
    return all(
        one[0].isupper() or one.lower() in _SMALL or _OTHER_SCRIPT.match(one[0]) is not None
        for one in words
        if one[0].isalpha()
    )


def _stands_alone(words: list[str]) -> bool:
    """Whether words before a dash are a place even without a day or an agency."""
    if _OTHER_SCRIPT.match(words[0]):
        return len(words) <= _BARE_WORDS
    first = re.split(r"[/-]", words[0])[0].strip(_EDGES)
    return first.isupper() and len(first) >= _CAPITALS


def _placed(start: int, head: str, found: tuple[str, str]) -> Opening:
    place, agency = found
    spots = [
        Excerpt(start + head.index(one), start + head.index(one) + len(one)) if one else None
        for one in (place, agency)
    ]
    return Opening(Excerpt(start, start + len(head)), *spots)

"""Where does a sentence of a text begin and end, and what stands between quotation marks?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.wire.tokens import Token

_ENDS = frozenset(".!?…؟。")
_CLOSING = {"”": "“", "»": "«", "“": "„"}
_OPENING = frozenset("“«„")
_SAME = '"'
_SHORT_LINE = 60
_DASHES = frozenset("-–—")
_LONGEST_DATELINE = 16
_ABBREVIATED = frozenset(
    {"mr", "mrs", "ms", "dr", "st", "gen", "lt", "col", "maj", "brig", "no", "approx", "ca", "vs"}
    | {"jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"}
    | {"mme", "sr", "sra", "ул", "г", "тыс", "млн", "им"}
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens `first` to `end` (half-open), and the number of the paragraph that they stand in."""

    first: int
    end: int
    paragraph: int


def sentences_of(text: str, tokens: Sequence[Token]) -> list[Sentence]:
    """The sentences of a text in order.

    A line ends a sentence where the next one is empty, begins a point of a list, or where the line
    is too short to have been broken by its width.
    """
    found: list[Sentence] = []
    first, paragraph, line_began, begins = 0, 0, 0, 0
    for index, token in enumerate(tokens):
        if index + 1 == len(tokens):
            found.append(Sentence(first, index + 1, paragraph))
            break
        following = tokens[index + 1]
        gap = text[token.end : following.start]
        breaks = gap.count("\n")
        ends_line = breaks > 0 and (
            breaks > 1
            or token.end - line_began < _SHORT_LINE
            or not following.is_word
            or token.form in _ENDS
            or token.form == ":"
        )
        head = token.form in _DASHES and first == begins and _is_dateline(tokens, first, index)
        if ends_line or head or _ends(tokens, index, gap):
            found.append(Sentence(first, index + 1, paragraph))
            first = index + 1
            paragraph += ends_line
            begins = first if ends_line else begins
        if breaks:
            line_began = following.start
    return found


def _ends(tokens: Sequence[Token], index: int, gap: str) -> bool:
    """Whether a sentence ends with this token: its sign, or the closing mark behind its sign."""
    token, before = tokens[index], tokens[index - 1] if index else None
    if not gap:
        return False
    following = tokens[index + 1]
    if following.is_word and not following.is_capital and _has_case(following):
        return False
    if token.form in _ENDS:
        short = before is not None and token.form == "." and before.end == token.start
        return not (
            short
            and before is not None
            and before.is_word
            and (len(before.form) == 1 or before.form in _ABBREVIATED)
        )
    closes = token.form in _CLOSING or token.form == _SAME
    return closes and before is not None and before.form in _ENDS


def _is_dateline(tokens: Sequence[Token], first: int, dash: int) -> bool:
    """Whether a place or a day stands before the first dash of a paragraph: "GENEVA, Nov 4 -"."""
    head = tokens[first:dash]
    shouted = any(one.is_capital and one.is_shouted for one in head)
    spaced = dash > first and tokens[dash].start > tokens[dash - 1].end
    return (
        spaced
        and 0 < len(head) <= _LONGEST_DATELINE
        and (shouted or any(one.is_number for one in head))
    )


def _has_case(token: Token) -> bool:
    return token.form.upper() != token.form.lower()


def quotes_of(tokens: Sequence[Token], sentences: Sequence[Sentence]) -> list[tuple[int, int]]:
    """What stands between quotation marks: first token after the opening one, end (half-open).

    A quotation that nobody closes ends with its paragraph.
    """
    found: list[tuple[int, int]] = []
    for first, end in _paragraphs(sentences):
        opened: int | None = None
        mark = ""
        for index in range(first, end):
            form = tokens[index].form
            if opened is None:
                if form in _OPENING or form == _SAME:
                    opened, mark = index, form
            elif (form == _SAME and mark == _SAME) or _CLOSING.get(form) == mark:
                if index > opened + 1:
                    found.append((opened + 1, index))
                opened = None
        if opened is not None and end > opened + 1:
            found.append((opened + 1, end))
    return found


def _paragraphs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, one in enumerate(sentences):
        last = index + 1 == len(sentences)
        if last or sentences[index + 1].paragraph != one.paragraph:
            yield first, one.end
            first = one.end

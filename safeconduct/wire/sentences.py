"""Where does a sentence of a text begin and end, and what stands between quotation marks?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safeconduct.wire.tokens import Token

_ENDS = frozenset(".!?…؟。")
_CLOSING = {"”": "“", "»": "«", "“": "„"}
_OPENING = frozenset("“«„")
_SAME = '"'
_MAY_END = _ENDS | {*_CLOSING, _SAME}
_NARROWEST = 55
# A page without a full stop is cut here, so that reading takes time in proportion to its length.
_LONGEST_SENTENCE = 200  # tokens
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

    A line ends a sentence where the next one is empty or begins a point of a list, or where the
    line has room for the next word, so that it was not broken by its width.
    """
    found: list[Sentence] = []
    first, paragraph, begins = 0, 0, 0
    lines = _Lines(text)
    for index, token in enumerate(tokens):
        if index + 1 == len(tokens):
            found.append(Sentence(first, index + 1, paragraph))
            break
        following = tokens[index + 1]
        gap = text[token.end : following.start]
        breaks = gap.count("\n")
        ends_line = breaks > 0 and (breaks > 1 or not lines.goes_on(token, following))
        head = token.form in _DASHES and first == begins and _is_dateline(tokens, first, index)
        too_long = index - first >= _LONGEST_SENTENCE
        if ends_line or head or too_long or _ends(tokens, index, gap):
            found.append(Sentence(first, index + 1, paragraph))
            first = index + 1
            paragraph += ends_line
            begins = first if ends_line else begins
    return found


class _Lines:
    """The lines of a text, to tell a line that was broken by its width from one that ends."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._widest: dict[int, int] = {}
        start = 0
        for block in text.split("\n\n"):
            lines = block.split("\n")
            width = max(len(line) for line in lines)
            for line in lines:
                self._widest[start] = width
                start += len(line) + 1
            start += 1

    def goes_on(self, token: Token, following: Token) -> bool:
        """Whether the sentence of a token goes on in the next line."""
        if token.form in _ENDS or token.form == ":":
            return False
        begin = self._text.rfind("\n", 0, token.end) + 1
        if self._text[begin : token.end].isupper():
            return following.is_shouted  # a heading in capitals ends with its line
        if following.is_word and _has_case(following) and not following.is_capital:
            return True
        if not (following.is_word or following.is_number):
            return following.form in _OPENING or following.form == _SAME
        width = self._widest.get(begin, 0)
        return (
            width >= _NARROWEST and token.end - begin + 1 + following.end - following.start > width
        )


def _ends(tokens: Sequence[Token], index: int, gap: str) -> bool:
    """Whether a sentence ends with this token: its sign, or the closing mark behind its sign."""
    token = tokens[index]
    if not gap or token.form not in _MAY_END:
        return False
    before = tokens[index - 1] if index else None
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
    return before is not None and before.form in _ENDS


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

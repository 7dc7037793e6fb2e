"""A report's text with everything that is looked for in it: tokens, sentences, signs, names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.lexicon import Lexicon
from safeconduct.wire.names import Names
from safeconduct.wire.phrases import Hit
from safeconduct.wire.report import Report
from safeconduct.wire.sentences import Sentence, quotes_of, sentences_of
from safeconduct.wire.tokens import Token, tokens_of

NEVER = ("never", "mind")
Span = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """A text, ready for the rules; everything counts its tokens.

    Parameters
    ----------
    hits : by table and key, the phrases found, in order; none within a phrase of `never`.
    """

    report: Report
    names: Names
    tokens: list[Token]
    sentences: list[Sentence]
    quotes: list[Span]
    lexicons: list[Lexicon | None]
    hits: dict[tuple[str, str], list[Hit]]
    tables: dict[str, list[Hit]]
    covered: set[int]
    spots: dict[str, set[int]]
    _firsts: dict[int, list[int]] = field(default_factory=dict)

    def words(self, first: int, last: int) -> Excerpt:
        """The characters of tokens `first` to `last`, both included."""
        return Excerpt(self.tokens[first].start, self.tokens[last].end)

    def text(self, first: int, last: int) -> str:
        """The words themselves."""
        return self.report.text[self.tokens[first].start : self.tokens[last].end]

    def within(self, hits: Sequence[Hit], first: int, end: int) -> Iterator[Hit]:
        """Those of a list of hits (sorted) that lie wholly within tokens `first` to `end`."""
        firsts = self._firsts.get(id(hits))
        if firsts is None:
            firsts = self._firsts[id(hits)] = [hit.first for hit in hits]
        for index in range(bisect_left(firsts, first), len(hits)):
            hit = hits[index]
            if hit.first >= end:
                return
            if hit.last < end:
                yield hit

    def of(self, table: str, key: str, first: int, end: int) -> Iterator[Hit]:
        """The hits of a table and key within tokens `first` to `end`."""
        return self.within(self.hits.get((table, key), _NONE), first, end)

    def of_table(self, table: str, first: int, end: int) -> Iterator[Hit]:
        """The hits of a whole table within tokens `first` to `end`."""
        return self.within(self.tables.get(table, _NONE), first, end)

    def has(self, key: str, first: int, end: int) -> bool:
        """Whether a word of `words.key` stands within tokens `first` to `end`."""
        return next(self.of("words", key, first, end), None) is not None

    def at(self, key: str, index: int) -> bool:
        """Whether one token is, by itself or with others, a word of `words.key`."""
        return index in self.spots.get(key, _NOWHERE)

    def quoted(self, index: int) -> Span | None:
        """The quotation that a token stands in."""
        return next((one for one in self.quotes if one[0] <= index < one[1]), None)

    def sentence(self, index: int) -> int:
        """The number of the sentence that a token stands in."""
        found = bisect_left(self.sentences, index + 1, key=lambda one: one.end)
        return min(found, len(self.sentences) - 1)


_NONE: list[Hit] = []
_NOWHERE: frozenset[int] = frozenset()


def marked(report: Report, lexicons: Mapping[str, Lexicon], names: Names) -> Marked:
    """A report's text with the signs of each paragraph's language; what is left out has none."""
    text = report.text
    tokens = [token for token in tokens_of(text) if not _left_out(report, token)]
    sentences = sentences_of(text, tokens)
    mostly = language_of(tokens, lexicons)
    chosen: list[Lexicon | None] = []
    every: list[Hit] = []
    for first, last in _runs(sentences):
        begin, end = sentences[first].first, sentences[last].end
        lexicon = language_of(tokens[begin:end], lexicons) or (chosen[-1] if chosen else None)
        lexicon = lexicon or mostly
        chosen.extend([lexicon] * (last - first + 1))
        if lexicon is not None:
            found = lexicon.phrases.find(tokens[begin:end])
            every.extend(Hit(h.table, h.key, h.first + begin, h.last + begin) for h in found)
    hits, tables = _sorted(every)
    return Marked(
        report,
        names,
        tokens,
        sentences,
        quotes_of(tokens, sentences),
        chosen,
        hits,
        tables,
        {n for hit in every if hit.table != "words" for n in range(hit.first, hit.last + 1)},
        _spots(hits),
    )


def language_of(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> Lexicon | None:
    """The lexicon whose short frequent words stand most often among some tokens, if any do."""
    best, most = None, 0
    for language in sorted(lexicons):
        known = lexicons[language].grammar.function_words
        count = sum(token.form in known for token in tokens)
        if count > most:
            best, most = lexicons[language], count
    return best


def _spots(hits: Mapping[tuple[str, str], Sequence[Hit]]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for (table, key), every in hits.items():
        if table == "words":
            for hit in every:
                found.setdefault(key, set()).update(range(hit.first, hit.last + 1))
    return found


def _left_out(report: Report, token: Token) -> bool:
    return any(one.at.start < token.end and token.start < one.at.end for one in report.left_out)


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """The first and last sentence of each paragraph."""
    first = 0
    for index, one in enumerate(sentences):
        if index + 1 == len(sentences) or sentences[index + 1].paragraph != one.paragraph:
            yield first, index
            first = index + 1


def _sorted(
    every: Sequence[Hit],
) -> tuple[dict[tuple[str, str], list[Hit]], dict[str, list[Hit]]]:
    hidden = {n for h in every if (h.table, h.key) == NEVER for n in range(h.first, h.last + 1)}
    hits: dict[tuple[str, str], list[Hit]] = {}
    tables: dict[str, list[Hit]] = {}
    for hit in every:
        plain = hit.table == "words" and hit.key != "negation"
        if not plain and hit.first in hidden and hit.last in hidden:
            continue
        hits.setdefault((hit.table, hit.key), []).append(hit)
        tables.setdefault(hit.table, []).append(hit)
    return {key: _longest(found) for key, found in hits.items()}, tables


def _longest(found: list[Hit]) -> list[Hit]:
    """Hits of one key without those that lie within another one."""
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda one: (one.first, -one.last)):
        if not kept or hit.last > kept[-1].last:
            kept.append(hit)
    return kept

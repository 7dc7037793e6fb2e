"""A report's text with everything that is looked for in it: tokens, sentences, signs, names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from safeconduct.wire.actors import stem_of
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.joined import apart
from safeconduct.wire.lexicon import Grammar, Lexicon
from safeconduct.wire.names import Names
from safeconduct.wire.phrases import Hit
from safeconduct.wire.report import Report
from safeconduct.wire.sentences import Sentence, quotes_of, sentences_of
from safeconduct.wire.tokens import Token, folded, tokens_of

NEVER = ("never", "mind")
# A book of so many characters is read in seconds; more in one report is none.
MOST_READ = 300_000
_LONGEST_HEAD, _FEWEST_SIGNS = 200, 3
_LONG_ENOUGH = 10  # words; a clause of so many has some "the" or "of" in it
_ACCENTED = frozenset("éíóáúÉÍÓÁÚ")
Span = tuple[int, int]


@dataclass(slots=True)
class Marked:
    """A text, ready for the rules; everything counts its tokens.

    Parameters
    ----------
    hits : by table and key, the phrases found, in order; none within a phrase of `never`.
    tables : the same by table alone, but for `words`.
    covered : the tokens of all phrases but those of `words`.
    breaks : the tokens before which a clause ends, once that was asked.
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
    breaks: frozenset[int] | None = None
    _firsts: dict[str, list[int]] = field(default_factory=dict)
    _spots: dict[str, set[int]] = field(default_factory=dict)
    _forms: dict[str, frozenset[str]] = field(default_factory=dict)
    _numbers: list[int] = field(default_factory=list)

    def words(self, first: int, last: int) -> Excerpt:
        """The characters of tokens `first` to `last`, both included."""
        return Excerpt(self.tokens[first].start, self.tokens[last].end)

    def text(self, first: int, last: int) -> str:
        """The words themselves."""
        return self.report.text[self.tokens[first].start : self.tokens[last].end]

    def forms(self, key: str) -> frozenset[str]:
        """The words of `forms.key` and `words.key` in the languages of a text, as they compare."""
        if key not in self._forms:
            used = {id(one): one for one in self.lexicons if one is not None}.values()
            phrases = (p for one in used for p in one.tables.get("words", {}).get(key, ()))
            single = (form for one in used for form in one.forms.get(key, ()))
            self._forms[key] = frozenset(map(folded, phrases)) | frozenset(single)
        return self._forms[key]

    def of(self, table: str, key: str, first: int, end: int) -> Iterator[Hit]:
        """The hits of a table and key that lie wholly within tokens `first` to `end`."""
        hits = self.hits.get((table, key))
        # Asked for tens of thousands of times in a report, mostly where there are none.
        if hits is None or hits[-1].first < first or hits[0].first >= end:
            return _NOTHING
        if len(hits) <= _FEW:
            return iter([hit for hit in hits if first <= hit.first and hit.last < end])
        low = bisect_left(hits, _made(Hit, (table, key, first, -1)))
        high = bisect_left(hits, _made(Hit, (table, key, end, -1)), low)
        return iter([hit for hit in hits[low:high] if hit.last < end])

    def of_table(self, table: str, first: int, end: int) -> Iterator[Hit]:
        """The hits of a whole table that lie wholly within tokens `first` to `end`."""
        hits = self.tables.get(table)
        if hits is None or hits[-1].first < first or hits[0].first >= end:
            return _NOTHING
        firsts = self._firsts.get(table)
        if firsts is None:
            firsts = self._firsts[table] = [hit.first for hit in hits]
        low = bisect_left(firsts, first)
        high = bisect_left(firsts, end, low)
        return iter([hit for hit in hits[low:high] if hit.last < end])

    def has(self, key: str, first: int, end: int) -> bool:
        """Whether a word of `words.key` stands within tokens `first` to `end`."""
        hits = self.hits.get(("words", key))
        if hits is None or hits[-1].first < first or hits[0].first >= end:
            return False
        return next(self.of("words", key, first, end), None) is not None

    def at(self, key: str, index: int) -> bool:
        """Whether one token is, by itself or with others, a word of `words.key`."""
        return index in (self._spots[key] if key in self._spots else self.spots(key))

    def spots(self, key: str) -> set[int]:
        """The tokens that are, by themselves or with others, words of `words.key`."""
        if key not in self._spots:
            hits = self.hits.get(("words", key), _NONE)
            spots = {n for hit in hits for n in range(hit.first, hit.last + 1)}
            for sentence, lexicon in zip(self.sentences, self.lexicons, strict=True):
                if lexicon is not None and (known := lexicon.forms.get(key)):
                    inside = range(sentence.first, sentence.end)
                    spots |= {n for n in inside if self.tokens[n].form in known}
            self._spots[key] = spots
        return self._spots[key]

    def is_a(self, key: str, index: int) -> bool:
        """Whether one token is a word of `forms.key`."""
        return self.tokens[index].form in self.forms(key)

    def is_accented(self, index: int) -> bool:
        """Whether an accent stands on the last letter of a word, which its form does not show."""
        token = self.tokens[index]
        return self.report.text[token.end - 1] in _ACCENTED

    def grammar(self, index: int) -> Grammar:
        """The grammar of the language in which a token stands."""
        lexicon = self.lexicons[self.sentence(index)]
        return lexicon.grammar if lexicon else _ANY

    def is_definite(self, index: int) -> bool:
        """Whether a word says by an article, before it or joined to it, that it is known."""
        before = self.tokens[index - 1].form if index else ""
        if before in self.forms("article"):
            return before not in self.forms("indefinite")
        return self.bare(index) != self.tokens[index].form

    def bare(self, index: int) -> str:
        """A word as it is compared, without an article that is joined to it."""
        form = self.tokens[index].form
        for prefix in self.grammar(index).prefixes:
            if form.startswith(prefix) and len(form) - len(prefix) > _SHORTEST_BARE:
                return form[len(prefix) :]
        return form

    def surname(self, index: int) -> str:
        """A name as the people of a text are known by it: without the ending of its case."""
        return stem_of(self.tokens[index].form, self.grammar(index).name_endings)

    def quoted(self, index: int) -> Span | None:
        """The quotation that a token stands in."""
        return next((one for one in self.quotes if one[0] <= index < one[1]), None)

    def sentence(self, index: int) -> int:
        """The number of the sentence that a token stands in."""
        if not self._numbers:
            for number, one in enumerate(self.sentences):
                self._numbers += [number] * (one.end - one.first)
        return self._numbers[index] if index < len(self._numbers) else len(self.sentences) - 1


_ANY = Grammar()
_SHORTEST_BARE = 2
_NONE: list[Hit] = []
_NOTHING: Iterator[Hit] = iter(())  # at its end from the beginning, so that all can share it
_FEW = 12  # so many are looked through faster than they are halved
_made = tuple.__new__  # a named tuple from its values, without the call that names them


def marked(report: Report, lexicons: Mapping[str, Lexicon], names: Names) -> Marked:
    """A report's text with the signs of each paragraph's language.

    What is left out has none, nor has what stands behind the first `MOST_READ` characters.
    """
    text = report.text[:MOST_READ]
    tokens = apart(list(_read_ones(report, tokens_of(text))), text, lexicons, names)
    sentences = sentences_of(text, tokens)
    mostly = language_of(tokens, lexicons) or _by_signs(tokens, lexicons)
    chosen: list[Lexicon | None] = []
    every: list[Hit] = []
    for first, last in _runs(sentences):
        begin, end = sentences[first].first, sentences[last].end
        lexicon = language_of(tokens[begin:end], lexicons)
        if _is_other(tokens[begin:end], lexicon, lexicons):
            lexicon = None
        elif lexicon is None:
            lexicon = (chosen[-1] if chosen else None) or mostly
        chosen.extend([lexicon] * (last - first + 1))
        if lexicon is not None:
            found = lexicon.phrases.find(tokens, begin, end)
            every += [*found, *_to_come(tokens, begin, end, lexicon, found)]
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
    )


def _to_come(
    tokens: Sequence[Token], begin: int, end: int, lexicon: Lexicon, found: Sequence[Hit]
) -> Iterator[Hit]:
    """The verbs that tell by their ending what will be, and that no list holds."""
    endings = lexicon.grammar.future
    if not endings:
        return
    known = {one.first for one in found if (one.table, one.key) == ("words", "future")}
    for index in range(begin, end):
        if tokens[index].form.endswith(endings) and index not in known:
            yield Hit("words", "future", index, index)


def language_of(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> Lexicon | None:
    """The lexicon whose short frequent words stand most often among some tokens, if any do.

    Languages share such words; of several that have as many it is the one whose own letters stand
    there, or more of whose phrases.
    """
    best, most = list[Lexicon](), 1
    forms = [token.form for token in tokens]
    for language in sorted(lexicons):
        known = lexicons[language].grammar.function_words
        count = sum(map(known.__contains__, forms))
        if count >= most:
            best = [*best, lexicons[language]] if count == most else [lexicons[language]]
            most = count
    if len(best) < 2:
        return best[0] if best else None
    head = tokens[:_LONGEST_HEAD]
    return max(best, key=lambda one: (_letters_of(one, tokens), len(one.phrases.find(head))))


def _letters_of(lexicon: Lexicon, tokens: Sequence[Token]) -> int:
    """In how many of some words a letter stands that is of one language alone."""
    letters = lexicon.grammar.letters
    return sum(any(letter in token.form for letter in letters) for token in tokens)


def _is_other(
    tokens: Sequence[Token], likely: Lexicon | None, lexicons: Mapping[str, Lexicon]
) -> bool:
    """Whether a paragraph has too few short frequent words for its length to be read here.

    A headline or a list that says something goes on in the language around it; one word alone
    ("is") stands in many.
    """
    if len(tokens) < _LONG_ENOUGH:
        return False
    known = likely.grammar.function_words if likely else frozenset[str]()
    count = sum(map(known.__contains__, [token.form for token in tokens]))
    if count * _LONG_ENOUGH >= len(tokens):
        return False
    head = tokens[:_LONGEST_HEAD]
    if sum(one.is_capital or one.is_number or not one.is_word for one in head) * 2 > len(head):
        return False  # a title, which has few small words in any language
    signs = (hit for one in lexicons.values() for hit in one.phrases.find(head))
    return sum(hit.table != "words" for hit in signs) < _FEWEST_SIGNS


def _by_signs(tokens: Sequence[Token], lexicons: Mapping[str, Lexicon]) -> Lexicon | None:
    """The lexicon with most phrases in a text too short for function words; None below three."""
    head = tokens[:_LONGEST_HEAD]
    found = {language: len(one.phrases.find(head)) for language, one in lexicons.items()}
    best = max(found, key=lambda language: found[language], default=None)
    return lexicons[best] if best is not None and found[best] >= _FEWEST_SIGNS else None


def _read_ones(report: Report, tokens: Sequence[Token]) -> Iterator[Token]:
    """The tokens that do not meet a part that is left out."""
    parts = sorted((one.at.start, one.at.end) for one in report.left_out)
    if not parts:
        yield from tokens
        return
    index = 0
    for token in tokens:
        while index < len(parts) and parts[index][1] <= token.start:
            index += 1
        if index == len(parts) or token.end <= parts[index][0]:
            yield token


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
    never = [hit for hit in every if hit[0] == NEVER[0]]
    hidden = {n for hit in never for n in range(hit.first, hit.last + 1)}
    hits: dict[tuple[str, str], list[Hit]] = {}
    tables: dict[str, list[Hit]] = {}
    for hit in every:
        table, key, first, last = hit
        # A verb of giving gives nothing there, whatever follows ("agreed to discuss a pause").
        hides = first in hidden and (last in hidden or table == "grants")
        if hides and (table != "words" or key == "negation"):
            continue
        if (at := (table, key)) in hits:
            hits[at].append(hit)
        else:
            hits[at] = [hit]
        if table == "words":
            continue  # asked for by their keys alone
        if table in tables:
            tables[table].append(hit)
        else:
            tables[table] = [hit]
    return {key: _longest(found) for key, found in hits.items()}, tables


def _longest(found: list[Hit]) -> list[Hit]:
    """Hits of one key without those that lie within another one."""
    kept: list[Hit] = []
    for hit in found:  # by their first token, and of one first token there is only one
        if not kept or hit.last > kept[-1].last:
            kept.append(hit)
    return kept

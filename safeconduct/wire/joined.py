"""Which words are written as one with the word behind them, as the Arabic "and" and "to" are?

They are cut off, so that the rules see the words that a language without a space between them has.
A word is left whole that the lexicon knows whole; it is cut where the rest is a word of the lexicon
or a name, a number, or begins with an article.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from safeconduct.wire.actors import index_of
from safeconduct.wire.lexicon import Grammar, Lexicon
from safeconduct.wire.names import Names
from safeconduct.wire.phrases import Phrases
from safeconduct.wire.tokens import Token, folded

_SHORTEST, _SHORTEST_NAMED = 2, 3
"""Letters that a rest must have, and that a rest of which only the article is known must have
behind it."""


def apart(
    tokens: Sequence[Token], text: str, lexicons: Mapping[str, Lexicon], names: Names
) -> list[Token]:
    """The tokens of a text, with the words that are joined to others as tokens of their own."""
    for lexicon in lexicons.values():
        begins = {folded(one)[0] for one in lexicon.grammar.joined}
        if begins and any(token.form[:1] in begins for token in tokens):
            joins = _joins_of(lexicon.phrases, lexicon.grammar, names)
            tokens = list(_cut(tokens, text, joins))
    return list(tokens)


class _Joins:
    """How the words of one language are cut; what was cut once is kept."""

    def __init__(self, signs: Phrases, grammar: Grammar, names: Phrases) -> None:
        self._known = (signs, names)
        self._function_words = grammar.function_words
        self._articles = tuple(folded(one) for one in grammar.prefixes)
        self._joined = tuple(sorted(map(folded, grammar.joined), key=len, reverse=True))
        self._contractions = grammar.contractions
        self._cuts: dict[str, tuple[tuple[str, ...], str]] = {}
        self.begins = frozenset(one[0] for one in self._joined)

    def cut(self, form: str) -> tuple[tuple[str, ...], str]:
        """The words that are joined to the front of one, and the rest as it stands by itself."""
        found = self._cuts.get(form)
        if found is None:
            found = self._cuts[form] = self._found(form)
        return found

    def _found(self, form: str) -> tuple[tuple[str, ...], str]:
        if self._knows(form):
            return (), form
        for whole, word, hidden in self._contractions:
            if form.startswith(whole) and len(form) - len(whole) >= _SHORTEST_NAMED:
                return (word,), hidden + form[len(whole) :]
        for word in self._joined:
            rest = form[len(word) :]
            if not form.startswith(word) or not rest:
                continue
            if rest.isdecimal():
                return (word,), rest
            if len(rest) < _SHORTEST:
                continue
            if self._knows(rest) or self._is_definite(rest):
                return (word,), rest
            more, last = self._found(rest)
            if more:
                return (word, *more), last
        return (), form

    def _knows(self, form: str) -> bool:
        return form in self._function_words or any(one.knows(form) for one in self._known)

    def _is_definite(self, form: str) -> bool:
        return any(
            form.startswith(one) and len(form) - len(one) >= _SHORTEST_NAMED
            for one in self._articles
        )


@lru_cache(maxsize=64)
def _joins_of(signs: Phrases, grammar: Grammar, names: Names) -> _Joins:
    """How words are cut beside some names, made once for each."""
    return _Joins(signs, grammar, index_of(names, grammar.prefixes).phrases)


def _cut(tokens: Sequence[Token], text: str, joins: _Joins) -> Iterator[Token]:
    for token in tokens:
        if not token.is_word or token.form[0] not in joins.begins:
            yield token
            continue
        words, rest = joins.cut(token.form)
        start = token.start
        for word in words:
            end = _end_of(text, start, word)
            yield Token(start, end, word, True, False, False)
            start = end
        if words:
            is_number = rest.isdecimal()
            yield Token(start, token.end, rest, not is_number, is_number, False)
        else:
            yield token


def _end_of(text: str, start: int, word: str) -> int:
    """Where a word ends that begins at a character, with the vowel signs that belong to it."""
    end = start + 1
    while folded(text[start:end]) != word:
        end += 1
    while folded(text[start : end + 1]) == word:
        end += 1
    return end

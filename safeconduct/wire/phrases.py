"""Where do the phrases of a list stand in a text? One walk along it, whatever the list's length.

A phrase is words with a space between: `turn* ... down`. In it, `word*` is any word that begins so,
`a|b` is either, `...` is up to six words more, and anything else is that word. Case, accents and
vowel signs do not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from safeconduct.errors import WrongField
from safeconduct.wire.tokens import Token, folded, tokens_of

GAP, _STAR = "...", "*"
WIDEST_GAP = 6
_CLOSES_A_GAP = frozenset('.;:!?,()[]"“”«»„')
_SHORTEST_REST = 2
_ELEMENTS = re.compile(r"\S+")


class Hit(NamedTuple):
    """A phrase that was found: of which table and key, from which token to which (both in it).

    A tuple, since hundreds are made for each report.
    """

    table: str
    key: str
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    ends: list[tuple[str, str]] = field(default_factory=list)

    def word(self, form: str, *, stem: bool) -> _Node:
        return (self.stems if stem else self.words).setdefault(form, _Node())


class Phrases:
    """Phrases of one list, made ready to be looked for together.

    Parameters
    ----------
    phrases : table, key and phrase.
    prefixes : what may be joined to the front of a word (the Arabic article and the like); a word
        is looked for with and without them.

    Raises
    ------
    WrongField : a phrase has no word, or begins or ends with a gap.
    """

    def __init__(
        self, phrases: Iterable[tuple[str, str, str]], prefixes: Sequence[str] = ()
    ) -> None:
        self._root = _Node()
        self._prefixes = tuple(sorted((folded(one) for one in prefixes), key=len, reverse=True))
        self._variants: dict[str, tuple[str, ...]] = {}
        self._begin: dict[str, tuple[_Node, ...]] = {}
        self._words: set[str] = set()
        self._stems: set[str] = set()
        for table, key, phrase in phrases:
            self._add(table, key, phrase)

    def find(self, tokens: Sequence[Token]) -> list[Hit]:
        """All phrases that stand there, by their first token; of one table and key the longest."""
        found: list[Hit] = []
        for first, token in enumerate(tokens):
            nodes = self._begins(token.form)
            if not nodes:
                continue
            best: dict[tuple[str, str], int] = {}
            for node in nodes:
                self._walk(node, tokens, first, best)
            found.extend(Hit(table, key, first, last) for (table, key), last in best.items())
        return found

    def knows(self, form: str) -> bool:
        """Whether a word stands in some phrase, with or without what is joined to its front."""
        return any(
            one in self._words or any(one[:n] in self._stems for n in range(1, len(one) + 1))
            for one in self._variants_of(form)
        )

    def _walk(
        self, node: _Node, tokens: Sequence[Token], last: int, best: dict[tuple[str, str], int]
    ) -> None:
        for end in node.ends:
            if best.get(end, -1) < last:
                best[end] = last
        following = last + 1
        if following >= len(tokens):
            return
        if node.words or node.stems:
            for after in self._next(node, tokens[following].form):
                self._walk(after, tokens, following, best)
        if node.gap is not None:
            self._leap(node.gap, tokens, following, best)

    def _leap(
        self, node: _Node, tokens: Sequence[Token], start: int, best: dict[tuple[str, str], int]
    ) -> None:
        """Goes on after a gap, at the nearest word that fits."""
        for index in range(start, min(start + WIDEST_GAP + 1, len(tokens))):
            if after := self._next(node, tokens[index].form):
                for one in after:
                    self._walk(one, tokens, index, best)
                return
            if tokens[index].form in _CLOSES_A_GAP:
                return

    def _begins(self, form: str) -> tuple[_Node, ...]:
        known = self._begin.get(form)
        if known is None:
            known = self._begin[form] = tuple(self._next(self._root, form))
        return known

    def _next(self, node: _Node, form: str) -> list[_Node]:
        found = []
        for variant in self._variants_of(form):
            if (exact := node.words.get(variant)) is not None:
                found.append(exact)
            if node.stems:
                cuts = (variant[:n] for n in range(1, len(variant) + 1))
                found.extend(node.stems[cut] for cut in cuts if cut in node.stems)
        return found

    def _variants_of(self, form: str) -> tuple[str, ...]:
        if not self._prefixes:
            return (form,)
        if (known := self._variants.get(form)) is not None:
            return known
        found, rest = [form], [form]
        while rest:
            word = rest.pop()
            for prefix in self._prefixes:
                cut = word[len(prefix) :]
                if word.startswith(prefix) and len(cut) > _SHORTEST_REST and cut not in found:
                    found.append(cut)
                    rest.append(cut)
        self._variants[form] = tuple(found)
        return self._variants[form]

    def _add(self, table: str, key: str, phrase: str) -> None:
        elements = _ELEMENTS.findall(phrase)
        if not elements or GAP in (elements[0], elements[-1]):
            raise WrongField(
                f"The phrase {phrase!r} under {table}.{key} has no word where it begins or ends.",
                "Write words, and `...` only between two of them.",
            )
        if any(_STAR in element.rstrip(_STAR) for element in phrase.replace("|", " ").split()):
            raise WrongField(
                f"The phrase {phrase!r} under {table}.{key} has a star inside a word.",
                "Put the star at the end of a word: `reject*`.",
            )
        nodes = [self._root]
        for element in elements:
            if element == GAP:
                nodes = [self._gap_after(node) for node in nodes]
                continue
            for choices in _steps(element):
                nodes = [node.word(form, stem=stem) for node in nodes for form, stem in choices]
                for form, stem in choices:
                    (self._stems if stem else self._words).add(form)
        for node in nodes:
            if (table, key) not in node.ends:
                node.ends.append((table, key))

    @staticmethod
    def _gap_after(node: _Node) -> _Node:
        node.gap = node.gap or _Node()
        return node.gap


def _steps(element: str) -> list[list[tuple[str, bool]]]:
    """What one element of a phrase stands for: the choices for each token that it is cut into.

    A word with a hyphen is several tokens; then it has no alternatives.
    """
    choices = [one for one in element.split("|") if one]
    if len(choices) > 1:
        return [[_form(one) for one in choices]]
    forms = tokens_of(element.rstrip(_STAR))
    return [
        [(token.form, element.endswith(_STAR) and index == len(forms) - 1)]
        for index, token in enumerate(forms)
    ]


def _form(word: str) -> tuple[str, bool]:
    [token] = tokens_of(word.rstrip(_STAR))
    return token.form, word.endswith(_STAR)

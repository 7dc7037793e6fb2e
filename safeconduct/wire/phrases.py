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
_MOST_WAYS = 2_000
WIDEST_GAP = 6
_CLOSES_A_GAP = frozenset('.;:!?,()[]"“”«»„')
_SHORTEST_REST = 2
_ELEMENTS = re.compile(r"\S+")
# So many words are kept with what they lead to; the words of reports have no end.
_MOST_KEPT = 100_000


class Hit(NamedTuple):
    """A phrase that was found: of which table and key, from which token to which (both in it).

    A tuple, since hundreds are made for each report.
    """

    table: str
    key: str
    first: int
    last: int


_made = tuple.__new__  # a named tuple from its values, without the call that names them


@dataclass(slots=True, eq=False)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    stems: dict[str, _Node] = field(default_factory=dict)
    gap: _Node | None = None
    ends: list[tuple[str, str]] = field(default_factory=list)

    def word(self, form: str, *, stem: bool) -> _Node:
        return (self.stems if stem else self.words).setdefault(form, _Node())


class _State:
    """The places in the tree that some words lead to together, and what they mean there.

    `then` are the states that further words lead to, as far as they were met; None for none.
    """

    __slots__ = ("ends", "gaps", "goes_on", "has_next", "nodes", "then")

    def __init__(self, nodes: tuple[_Node, ...]) -> None:
        self.nodes = nodes
        self.then: dict[str, _State | None] = {}
        self.ends = tuple(dict.fromkeys(end for node in nodes for end in node.ends))
        self.gaps = tuple(_State((node.gap,)) for node in nodes if node.gap is not None)
        self.has_next = any(node.words or node.stems for node in nodes)
        self.goes_on = self.has_next or bool(self.gaps)


def _state(node: _Node) -> _State:
    """The state of one place alone; rare, so that it is not kept."""
    return _State((node,))


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
        self._start, self._kept = _State((self._root,)), 0
        self._words: set[str] = set()
        self._stems: set[str] = set()
        for table, key, phrase in phrases:
            self._add(table, key, phrase)

    def find(self, tokens: Sequence[Token], first: int = 0, end: int | None = None) -> list[Hit]:
        """All phrases within some tokens, by their first; of one table and key the longest."""
        found: list[Hit] = []
        add, root = found.append, self._start
        stop = len(tokens) if end is None else end
        for at in range(first, stop):
            form = tokens[at].form
            state = root.then[form] if form in root.then else self._after(root, form)
            if state is None:
                continue
            if not state.goes_on:
                for table, key in state.ends:
                    add(_made(Hit, (table, key, at, at)))
                continue
            best: dict[tuple[str, str], int] = {}
            self._run(state, tokens, at, stop, best)
            for (table, key), last in best.items():
                add(_made(Hit, (table, key, at, last)))
        return found

    def knows(self, form: str) -> bool:
        """Whether a word stands in some phrase, with or without what is joined to its front."""
        return any(
            one in self._words or any(one[:n] in self._stems for n in range(1, len(one) + 1))
            for one in self._variants_of(form)
        )

    def _run(
        self,
        state: _State,
        tokens: Sequence[Token],
        at: int,
        stop: int,
        best: dict[tuple[str, str], int],
    ) -> None:
        """Goes on from a state, reached with a token, as long as some phrase goes on."""
        while True:
            for end in state.ends:
                if best.get(end, -1) < at:
                    best[end] = at
            at += 1
            if at >= stop:
                return
            for gap in state.gaps:
                self._leap(gap, tokens, at, stop, best)
            if not state.has_next:
                return
            form = tokens[at].form
            after = state.then[form] if form in state.then else self._after(state, form)
            if after is None:
                return
            state = after

    def _leap(
        self,
        gap: _State,
        tokens: Sequence[Token],
        start: int,
        stop: int,
        best: dict[tuple[str, str], int],
    ) -> None:
        """Goes on after a gap, for each way to go on at the nearest word that fits it.

        Of "let ... pass" and "let ... trucks in" both are found in "let aid trucks pass".
        """
        gone: list[_Node] = []
        for index in range(start, min(start + WIDEST_GAP + 1, stop)):
            form = tokens[index].form
            after = gap.then[form] if form in gap.then else self._after(gap, form)
            if after is not None:
                nodes = [one for one in after.nodes if one not in gone]
                gone += nodes
                for state in [after] if len(nodes) == len(after.nodes) else map(_state, nodes):
                    self._run(state, tokens, index, stop, best)
            if form in _CLOSES_A_GAP:
                return

    def _after(self, state: _State, form: str) -> _State | None:
        """The state that a word leads to, kept for the next time it comes."""
        if self._kept >= _MOST_KEPT:
            self._start, self._kept = _State((self._root,)), 0
        nodes = [one for node in state.nodes for one in self._next(node, form)]
        after = state.then[form] = _State(tuple(nodes)) if nodes else None
        self._kept += 1
        return after

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
                if len(nodes) > _MOST_WAYS:
                    raise WrongField(
                        f"The phrase {phrase!r} under {table}.{key} stands for more than "
                        f"{_MOST_WAYS} ways to say it.",
                        "Write it as several: in `a|b c` only `a` and `b` are alternatives, and "
                        "`c` follows either.",
                    )
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

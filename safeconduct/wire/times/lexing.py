"""The words of a text with what they can be in an expression of time."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from safeconduct.wire.times.words import Role, TimeWords

__all__ = ["Item", "Lexer", "folded"]

Value = int | str

# A number, a word with its marks, an empty line, or one sign. No two parts can take the same
# character, so a text of any kind is cut in one pass.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_TOKEN = re.compile(
    rf"\d+|[^\W\d_\u02bc]+(?:[{_MARKS}]+[^\W\d_\u02bc]*)*|\n[ \t\r]*\n|[^\w\s]|[_\u02bc]"
)
_LONGEST_WORD = 40
_LONGEST_NUMBER = 8
_SIGNS = {"\u2019": "'", "\u02bc": "'", "\u2018": "'", "`": "'", "\u060c": ",", "\u061b": ";"}
_ARABIC = str.maketrans({"\u0649": "\u064a", "\u0629": "\u0647", "\u0640": None})
_NOTHING: Mapping[Role, Value] = {}
_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def folded(word: str) -> str:
    """The word as it is compared: no case, no accents, one form of each Arabic letter."""
    if word.isascii():
        return word.lower()
    if len(word) > _LONGEST_WORD:
        return ""
    apart = unicodedata.normalize("NFD", word.casefold())
    plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return _SIGNS.get(plain) or plain.translate(_ARABIC)


@dataclass(slots=True)
class Item:
    """A word, number or sign of a text: where it stands, and what it can be.

    `number` is its value in figures, `width` how many figures it has; None and 0 for a word.
    """

    start: int
    end: int
    word: str
    roles: Mapping[Role, Value] = field(default_factory=dict)
    number: int | None = None
    width: int = 0

    @property
    def is_plain(self) -> bool:
        """Whether it is a word that says nothing of time."""
        return not self.roles and not self.width and self.word[:1].isalpha()


@dataclass(slots=True)
class _Node:
    """A place in the tree of phrases: what a phrase that ends here means, and how others go on."""

    then: dict[str, _Node] = field(default_factory=dict)
    means: dict[Role, Value] = field(default_factory=dict)
    means_as_name: dict[Role, Value] = field(default_factory=dict)


class Lexer:
    """Cuts a text of one language into items; the longest phrase wins."""

    def __init__(self, words: TimeWords) -> None:
        self._prefixes = words.prefixes
        self._root = _Node()
        self._stems: set[str] = set()
        self._known: dict[str, tuple[str, ...]] = {}
        for role, by_value in words.words.items():
            for value, phrases in by_value.items():
                for phrase in phrases:
                    self._learn(phrase, role, _number(value))
        self._shortest = min(map(len, self._stems), default=0)

    def items(self, text: str, start: int, end: int) -> list[Item]:
        """The items between two characters of a text."""
        cut = [(m.start(), m.end(), m.group()) for m in _TOKEN.finditer(text, start, end)]
        out: list[Item] = []
        at, count, begins, keys_of = 0, len(cut), self._root.then, self._keys
        while at < count:
            first, last, raw = cut[at]
            if raw[0].isdecimal():
                short = len(raw) <= _LONGEST_NUMBER
                out.append(Item(first, last, "", _NOTHING, int(raw) if short else None, len(raw)))
                at += 1
                continue
            if not any(key in begins for key in keys_of(raw)):
                taken = self._prefix(raw)
                if not taken:
                    out.append(Item(first, last, folded(raw), _NOTHING))
                    at += 1
                    continue
                own = begins.get(folded(raw[:taken]))
                means = own.means if own else _NOTHING
                out.append(Item(first, first + taken, folded(raw[:taken]), means))
                cut[at] = first, last, raw = first + taken, last, raw[taken:]
            until, means = self._longest(cut, at)
            out.append(Item(first, cut[until - 1][1], folded(raw), means))
            at = until
        return out

    def _longest(
        self, cut: list[tuple[int, int, str]], at: int
    ) -> tuple[int, Mapping[Role, Value]]:
        is_name = cut[at][2][0].isupper()
        until, means = at + 1, _NOTHING
        nodes = [self._root]
        for here in range(at, len(cut)):
            keys = self._keys(cut[here][2])
            nodes = [node.then[key] for node in nodes for key in keys if key in node.then]
            if not nodes:
                break
            found: dict[Role, Value] = {}
            for node in nodes:
                found |= node.means
                if is_name:
                    found |= node.means_as_name
            if found:
                until, means = here + 1, found
        return until, means

    def _learn(self, phrase: str, role: Role, value: Value) -> None:
        node = self._root
        for token in _phrase_tokens(phrase):
            if token.endswith("*"):
                self._stems.add(token[:-1])
            node = node.then.setdefault(token, _Node())
        means = node.means_as_name if phrase[0].isupper() else node.means
        means[role] = value

    def _keys(self, raw: str) -> tuple[str, ...]:
        """Every form under which a word can stand in the tree."""
        found = self._known.get(raw)
        if found is None:
            found = tuple(self._stemmed(folded(raw) if len(raw) <= _LONGEST_WORD else ""))
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[raw] = found
        return found

    def _prefix(self, raw: str) -> int:
        """How much of a word is written together with a known one that follows; 0 for none."""
        for prefix in self._prefixes:
            if raw.startswith(prefix) and len(raw) > len(prefix) + 1:
                rest = raw[len(prefix) :]
                if any(key in self._root.then for key in self._keys(rest)):
                    return len(prefix)
        return 0

    def _stemmed(self, word: str) -> Iterable[str]:
        yield word
        if self._stems:
            for size in range(len(word), self._shortest - 1, -1):
                if word[:size] in self._stems:
                    yield f"{word[:size]}*"


def _phrase_tokens(phrase: str) -> list[str]:
    tokens: list[str] = []
    for token in _TOKEN.findall(phrase):
        if token == "*" and tokens:
            tokens[-1] += "*"
        else:
            tokens.append(folded(token))
    return tokens


def _number(value: str) -> Value:
    return int(value) if value.lstrip("-").isdecimal() else value

"""Which words does a text have, and where does each stand?"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from safeconduct.wire.excerpt import Excerpt

# One alternative after another, none of which can match in two ways: linear for any text.
_TOKEN = re.compile(
    r"(?P<initials>(?:[^\W\d_]\.){2,})"  # U.N., a.m.
    r"|(?P<number>\d+(?:[.,:\u066b\u066c\u00a0\u202f\u2009]\d+)*)"  # 250,000, 10.30, 9:00
    r"|(?P<elision>(?:[b-np-zB-NP-Z]|[jJ]usqu|[lL]orsqu|[qQ]u)['’](?=[^\W\d_]|\Z))"  # l'est, l'
    r"|(?P<own>['’]s\b)"  # Russia's: a token of its own
    # O'Brien, wasn't; \u0300 and on are accents and vowel signs that stand by themselves.
    r"|(?P<word>[^\W\d_][\w\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670]*(?:['’ʼ`](?!s\b)\w+)*)"
    r"|(?P<other>[^\s])"
)
_INITIALS = 3
# Letters that a decomposition leaves alone, though people write one for the other, and the signs
# of Arabic, which part sentences as those of other scripts do.
_SAME = str.maketrans(
    {"ى": "ي", "ة": "ه", "ـ": "", "ё": "е", "ı": "i", "’": "'", "ʼ": "'", "`": "'"}
    | {"،": ",", "؛": ";", "؟": "?"}
)

# Small words that only an accent keeps from being others: French "à" (to) and "a" (has).
_OWN_WORDS = frozenset({"à", "À"})


class Token(NamedTuple):
    """A word, a number or a sign; a tuple, since thousands are made for each report.

    Parameters
    ----------
    form : as it is compared: without case, accents, vowel signs and the dots of initials.
    """

    start: int
    end: int
    form: str
    is_word: bool
    is_number: bool
    is_capital: bool
    is_shouted: bool = False


@lru_cache(maxsize=65536)
def folded(word: str) -> str:
    """A word as it is compared: without regard to case, accents and vowel signs."""
    if word in _OWN_WORDS:
        return word.casefold()
    apart = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(c for c in apart if not unicodedata.combining(c))
    plain = plain.translate(_SAME)
    return plain.replace(".", "") if plain[-1:] == "." and len(plain) > 1 else plain


def tokens_of(text: str, within: Excerpt | None = None) -> list[Token]:
    """The tokens of a text in order, or those of a part of it, at their place in the whole."""
    start, end = (within.start, within.end) if within else (0, len(text))
    return [
        _made(Token, match.span() + _known(match.group(), match.lastgroup))
        for match in _TOKEN.finditer(text, start, end)
    ]


_made = tuple.__new__  # a named tuple from its values, without the call that names them


@lru_cache(maxsize=65536)
def _known(words: str, kind: str | None) -> tuple[str, bool, bool, bool, bool]:
    """What a token is wherever it stands: its form, and whether a word, a number, a capital."""
    letters = kind in ("word", "initials", "elision")
    return (
        folded(words),
        letters,
        kind == "number",
        letters and words[0].isupper(),
        letters and len(words) > _INITIALS and words.isupper(),
    )


def excerpt(tokens: Sequence[Token], first: int, last: int) -> Excerpt:
    """The characters from one token to another, both included."""
    return Excerpt(tokens[first].start, tokens[last].end)

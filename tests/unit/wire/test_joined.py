"""Words that are written as one with the next are cut off, and keep their place in the text."""

from __future__ import annotations

import pytest

from safeconduct.wire import Name, Names
from safeconduct.wire.joined import apart
from safeconduct.wire.lexicon import Grammar, Lexicon
from safeconduct.wire.tokens import tokens_of

GRAMMAR = Grammar(prefixes=("ال",), joined=("و", "ل", "ب", "س"), contractions=(("لل", "ل", "ال"),))
LEXICON = Lexicon(
    "ar", GRAMMAR, {"acts": {"reject": ("رفضت", "قصف*")}, "grants": {"announce": ("وعدت", "يفتح")}}
)
NAMES = Names(actors=(Name(id="russia", called=("روسيا",)),))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("ورفضت", ["و", "رفضت"]),
        ("وبروسيا", ["و", "ب", "روسيا"]),
        ("سيفتح", ["س", "يفتح"]),
        ("وقصفوا", ["و", "قصفوا"]),
        ("و٣٠٠٠", ["و", "٣٠٠٠"]),
        ("للمدنيين", ["ل", "المدنيين"]),
        ("والمدنيون", ["و", "المدنيون"]),
        ("وعدت", ["وعدت"]),  # "promised", a word of the list
        ("سلام", ["سلام"]),  # no list knows its rest
        ("لَرَفَضت", ["ل", "رفضت"]),
    ],
)
def test_a_joined_word_is_cut_where_the_rest_is_known(word: str, parts: list[str]) -> None:
    text = f"{word} x"
    cut = apart(tokens_of(text), text, {"ar": LEXICON}, NAMES)
    assert [one.form for one in cut] == [*parts, "x"]
    assert "".join(text[one.start : one.end] for one in cut[:-1]) == word


def test_a_language_that_joins_nothing_has_its_tokens_as_they_are() -> None:
    tokens = tokens_of("و٣٠٠٠ ورفضت")
    assert apart(tokens, "و٣٠٠٠ ورفضت", {"en": Lexicon("en", Grammar(), {})}, NAMES) == tokens

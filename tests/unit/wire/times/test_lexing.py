"""The words of a text with what they can be in an expression of time."""

from __future__ import annotations

from safeconduct.wire.times.lexing import Item, Lexer, folded
from safeconduct.wire.times.words import Role, TimeWords

WORDS = TimeWords(
    language="xx",
    words={
        Role.MONTH: {"5": ("May",), "11": ("nov*",)},
        Role.PART: {"evening": ("evening",)},
        Role.DAY_PART: {"0 evening": ("this evening",)},
        Role.THIS: {"": ("this",)},
        Role.AND: {"": ("و",)},
        Role.HOUR_IS: {"": ("الساعة",)},
    },
    prefixes=("و",),
)


def items(text: str) -> list[Item]:
    return Lexer(WORDS).items(text, 0, len(text))


def roles(text: str) -> list[dict[Role, object]]:
    return [dict(item.roles) for item in items(text)]


def test_the_longest_phrase_wins() -> None:
    assert roles("this evening") == [{Role.DAY_PART: "0 evening"}]
    assert roles("this fine evening") == [{Role.THIS: ""}, {}, {Role.PART: "evening"}]


def test_a_stem_stands_for_every_word_that_begins_so() -> None:
    assert roles("November nov no") == [{Role.MONTH: 11}, {Role.MONTH: 11}, {}]


def test_a_word_written_with_a_capital_counts_only_with_one() -> None:
    assert roles("May may MAY") == [{Role.MONTH: 5}, {}, {Role.MONTH: 5}]


def test_accents_case_and_the_form_of_a_letter_make_no_difference() -> None:
    assert folded("Février") == folded("FEVRIER") == "fevrier"
    assert folded("الإثنين") == folded("الاثنين")
    assert folded("السّاعة") == folded("الساعه")


def test_a_word_written_together_with_the_next_one_is_two() -> None:
    found = items("والساعة")
    assert [dict(item.roles) for item in found] == [{Role.AND: ""}, {Role.HOUR_IS: ""}]
    assert [(item.start, item.end) for item in found] == [(0, 1), (1, 7)]


def test_digits_of_any_kind_are_numbers() -> None:
    assert [(item.number, item.width) for item in items("07 ٠٧ ۰۷ 7")] == [(7, 2)] * 3 + [(7, 1)]
    assert [(item.number, item.width) for item in items("9" * 5000)] == [(None, 5000)]


def test_items_stand_where_their_words_stand() -> None:
    text = "x: this evening, 5 nov."
    found = [text[item.start : item.end] for item in items(text)]
    assert found == ["x", ":", "this evening", ",", "5", "nov", "."]

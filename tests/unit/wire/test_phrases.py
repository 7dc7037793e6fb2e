"""Phrases are found where they stand, in one walk, whatever a text looks like."""

from __future__ import annotations

import time

import pytest

from safeconduct.errors import WrongField
from safeconduct.wire.phrases import Phrases
from safeconduct.wire.tokens import tokens_of


def found(text: str, *phrases: str, prefixes: tuple[str, ...] = ()) -> list[str]:
    """The words of each hit, of a list in which every phrase has a key of its own."""
    listed = Phrases([("acts", str(n), phrase) for n, phrase in enumerate(phrases)], prefixes)
    tokens = tokens_of(text)
    return [text[tokens[hit.first].start : tokens[hit.last].end] for hit in listed.find(tokens)]


@pytest.mark.parametrize(
    ("text", "phrase", "words"),
    [
        ("They REJECTED it.", "reject*", "REJECTED"),
        ("They turned the new offer down.", "turn* ... down", "turned the new offer down"),
        ("the U.N. said", "un", "U.N."),
        ("it was cancelled", "was|is cancelled|canceled", "was cancelled"),
        ("a cease-fire", "cease-fire*", "cease-fire"),
        ("Ils ont refusé.", "refuse", "refusé"),
        ("They didn’t go", "didn't", "didn’t"),
        ("توصلت الأطراف إلى هُدنة", "هدنه", "هُدنة"),
    ],
)
def test_a_phrase_is_found_whatever_its_case_its_accents_and_its_endings(
    text: str, phrase: str, words: str
) -> None:
    assert found(text, phrase) == [words]


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("They turned left. Power was down", "turn* ... down"),
        ("turned a b c d e f g down", "turn* ... down"),
        ("unison", "un"),
    ],
)
def test_a_gap_ends_with_its_sentence_and_after_six_words(text: str, phrase: str) -> None:
    assert found(text, phrase) == []


def test_of_one_key_the_longest_phrase_counts() -> None:
    listed = Phrases([("acts", "a", "turn*"), ("acts", "a", "turn* down")])
    [hit] = listed.find(tokens_of("turned down"))
    assert (hit.first, hit.last) == (0, 1)


def test_a_word_is_found_behind_what_is_joined_to_its_front() -> None:
    assert found("وبالهدنة", "هدنة", prefixes=("و", "ب", "ال")) == ["وبالهدنة"]
    assert found("وبالهدنة", "هدنة") == []


@pytest.mark.parametrize("phrase", ["", "... down", "turn* ..."])
def test_a_phrase_without_a_word_at_its_ends_is_refused(phrase: str) -> None:
    with pytest.raises(WrongField, match="has no word where it begins or ends"):
        found("text", phrase)


def test_a_phrase_that_stands_for_thousands_is_refused_before_it_takes_the_memory() -> None:
    many = "|".join("abcdefghij")
    with pytest.raises(WrongField, match=r"more than 2000 ways.*`a\|b c`"):
        Phrases([("acts", "reject", " ".join([many] * 9))])


def test_a_star_inside_a_word_is_refused() -> None:
    with pytest.raises(WrongField, match="has a star inside a word"):
        found("text", "authori*ed")


def test_a_megabyte_of_one_word_is_walked_in_a_moment() -> None:
    text = "turned " * 150_000
    began = time.perf_counter()
    assert found(text, "turn* ... down", "turn* ... back") == []
    assert time.perf_counter() - began < 10  # a second or two; a walk that backs up takes hours

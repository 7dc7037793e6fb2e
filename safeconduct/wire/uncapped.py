"""Names in a script without capitals: known by where they stand, since nothing in them shows it.

A word that no list knows is a person's name behind an office or a verb of saying, and a place's
behind a common noun for places or a preposition of place.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.wire.marked import Marked
from safeconduct.wire.sentences import Sentence

_LONGEST_PERSON, _LONGEST_PLACE, _LONGEST_OFFICE = 4, 2, 9
_CLOSES = frozenset({",", ":", "(", ".", '"'})


def persons(
    marked: Marked, taken: set[int], surnames: Mapping[int, int]
) -> Iterator[tuple[int, int]]:
    """The names of persons, first and last token.

    Parameters
    ----------
    taken : the tokens of names and roles that are known.
    surnames : where surnames of known people begin, each with its last token.
    """
    known = {n for first, last in surnames.items() for n in range(first, last + 1)}
    for sentence in _uncapped(marked):
        index = sentence.first
        while index < sentence.end:
            last = index
            while last < min(sentence.end, index + _LONGEST_PERSON) and (
                last in known or _is_unknown(marked, last, taken)
            ):
                last += 1
            if last == index:
                index += 1
                continue
            behind = index > sentence.first and _names_behind(marked, index, last, taken)
            begins = next((n for n in range(index, last) if n in surnames), None)
            if behind:
                yield index, last - 1
            elif begins is not None:
                yield begins, surnames[begins]
            index = last


def places(marked: Marked, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The names of places, each with its common noun before it and its adjectives behind it."""
    for sentence in _uncapped(marked):
        index = sentence.first
        while index < sentence.end:
            found = _place(marked, index, sentence.first, sentence.end, taken)
            if found is not None:
                yield found
                index = found[1]
            index += 1


def _uncapped(marked: Marked) -> Iterator[Sentence]:
    """The sentences in languages without capitals."""
    for sentence, lexicon in zip(marked.sentences, marked.lexicons, strict=True):
        if lexicon is not None and not lexicon.grammar.capitals:
            yield sentence


def _place(
    marked: Marked, index: int, begin: int, end: int, taken: set[int]
) -> tuple[int, int] | None:
    noun = marked.at("area", index)
    behind = index > begin and marked.at("place-preposition", index - 1)
    if not noun and not behind:
        return None
    first = index + 1 if noun else index
    while noun and first < end and marked.at("area", first):
        first += 1
    run = _unknown_run(marked, first, end, taken, _LONGEST_PLACE)
    last = run if run is not None else first - 1
    while last + 1 < end and marked.at("describes", last + 1):
        last += 1
    # A common noun alone is a place where it is told which one: by its article, a name, a word.
    if last < index or (noun and last < first and not marked.is_definite(index)):
        return None
    return index, last


def _unknown_run(marked: Marked, first: int, end: int, taken: set[int], most: int) -> int | None:
    """The last of the words from a token on that no list knows; None where it is known itself."""
    last = first
    while last < min(end, first + most) and _is_unknown(marked, last, taken):
        last += 1
    return last - 1 if last > first else None


def _is_unknown(marked: Marked, index: int, taken: set[int]) -> bool:
    token = marked.tokens[index]
    lexicon = marked.lexicons[marked.sentence(index)]
    return (
        token.is_word
        and index not in taken
        and lexicon is not None
        and token.form not in lexicon.grammar.function_words
        and not lexicon.phrases.knows(token.form)
    )


def _names_behind(marked: Marked, first: int, end: int, taken: set[int]) -> bool:
    """Whether words stand where a person is named: behind a verb of saying and before what he
    said, or behind an office that such a verb introduces.
    """
    before = first - 1
    if marked.at("speech", before):
        closes = end < len(marked.tokens) and marked.tokens[end].form in _CLOSES
        return closes or (end < len(marked.tokens) and marked.at("that", end))
    while before > 0 and before not in taken and marked.at("not-a-name", before):
        before -= 1
    if before not in taken or not _is_of_office(marked, before, taken):
        return False
    begin = marked.sentences[marked.sentence(first)].first
    return any(
        marked.at("speech", n) or n in marked.covered for n in range(max(begin, before - 9), before)
    ) and not any(marked.at("that", n) for n in range(max(begin, before - 9), before))


def _is_of_office(marked: Marked, index: int, taken: set[int]) -> bool:
    """Whether an office, with whose it is, ends with a token."""
    first = index
    while first - 1 in taken and index - first < _LONGEST_OFFICE:
        first -= 1
    return next(marked.of("roles", "office", first, index + 1), None) is not None

"""Names in a script without capitals: known by where they stand, since nothing in them shows it.

A word that no list knows is a person's name behind an office or a verb of saying, and a place's
behind a common noun for places or a preposition of place.
"""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.wire.marked import Marked

_LONGEST_PERSON, _LONGEST_PLACE = 4, 2


def persons(marked: Marked, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The names of persons, first and last token.

    Parameters
    ----------
    taken : the tokens of names and roles that are known.
    """
    for number, sentence in enumerate(marked.sentences):
        lexicon = marked.lexicons[number]
        if lexicon is None or lexicon.grammar.capitals:
            continue
        index = sentence.first
        while index < sentence.end:
            last = _unknown_run(marked, index, sentence.end, taken, _LONGEST_PERSON)
            if last is None:
                index += 1
                continue
            before = index - 1
            behind = before >= sentence.first and (
                marked.at("speech", before) or (before in taken and _is_role(marked, before))
            )
            if behind:
                yield index, last
            index = last + 1


def places(marked: Marked, taken: set[int]) -> Iterator[tuple[int, int]]:
    """The names of places, each with its common noun before it and its adjectives behind it."""
    for number, sentence in enumerate(marked.sentences):
        lexicon = marked.lexicons[number]
        if lexicon is None or lexicon.grammar.capitals:
            continue
        index = sentence.first
        while index < sentence.end:
            found = _place(marked, index, sentence.first, sentence.end, taken)
            if found is not None:
                yield found
                index = found[1]
            index += 1


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


def _is_role(marked: Marked, index: int) -> bool:
    return any(
        next(marked.of("roles", key, max(0, index - 4), index + 1), None) is not None
        for key in ("office", "body")
    )

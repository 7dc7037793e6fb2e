"""Of which parts can a mention be made: names, offices, organs, groups, words with a capital?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from safeconduct.wire.actors import ADJECTIVE, AREA, BODY, CALLED, CAPITAL, PERSON
from safeconduct.wire.marked import Marked
from safeconduct.wire.phrases import Hit
from safeconduct.wire.uncapped import persons

_KINDS = {
    CALLED: "actor",
    BODY: "organ",
    CAPITAL: "capital",
    AREA: "place",
    ADJECTIVE: "adjective",
    PERSON: "name",
}
_PARTICLES = frozenset({"de", "al", "von", "van", "bin", "ibn", "el", "da", "der", "la", "le"})


@dataclass(slots=True)
class Part:
    """Tokens `first` to `last`, and what they are.

    Parameters
    ----------
    kind : actor, adjective (of one), organ, capital, place; office, body, group, relief, observer,
        others; name.
    id : of a known actor or place.
    """

    kind: str
    first: int
    last: int
    id: str = ""


def parts_of(marked: Marked, names: Sequence[Hit]) -> list[Part]:
    """Everything that can be a part of a mention, in order; none overlaps another."""
    taken: dict[int, Part] = {}

    def take(kind: str, first: int, last: int, of: str = "") -> None:
        if not any(n in taken for n in range(first, last + 1)):
            part = Part(kind, first, last, of)
            taken.update(dict.fromkeys(range(first, last + 1), part))

    for hit in names:
        if not _is_article(marked, hit):
            take(_KINDS[hit.table], hit.first, hit.last, hit.key)
    total = len(marked.tokens)
    for key in ("others", "office", "body", "group", "relief", "observer"):
        for hit in marked.of("roles", key, 0, total):
            take(key, hit.first, hit.last)
    for first, last in _capital_runs(marked, taken):
        take("name", first, last)
    for first, last in persons(marked, set(taken)):
        take("name", first, last)
    unique = {id(part): part for part in taken.values()}
    return sorted(unique.values(), key=lambda part: part.first)


def _is_article(marked: Marked, hit: Hit) -> bool:
    """Whether a name is an article that begins a sentence: French "Un", which is not "UN"."""
    article = hit.first == hit.last and marked.at("article", hit.first)
    return article and not marked.text(hit.first, hit.last).isupper()


def _capital_runs(marked: Marked, taken: dict[int, Part]) -> list[tuple[int, int]]:
    """Runs of words with capitals that are no known words."""
    tokens = marked.tokens
    plain = {
        n
        for hit in marked.hits.get(("words", "not-a-name"), [])
        for n in range(hit.first, hit.last + 1)
    }
    begins = {sentence.first for sentence in marked.sentences}
    begins |= {n + 1 for n, token in enumerate(tokens) if token.form in '"“«:•-–/)'}
    small = {token.form for token in tokens if token.is_word and not token.is_capital}
    runs: list[tuple[int, int]] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        lexicon = marked.lexicons[marked.sentence(index)] if token.is_capital else None
        begin_word = index in begins and (token.form in small or index in marked.covered)
        if (
            not token.is_capital
            or index in taken
            or index in plain
            or begin_word
            or (token.is_shouted and index + 1 < len(tokens) and tokens[index + 1].form != ":")
            or (lexicon is not None and not lexicon.grammar.capitals)
        ):
            index += 1
            continue
        last = index
        while last + 1 < len(tokens):
            after = tokens[last + 1]
            if after.is_capital and last + 1 not in taken and last + 1 not in plain:
                last += 1
            elif (
                last + 2 < len(tokens)
                and (after.form in _PARTICLES or after.form == "-")
                and tokens[last + 2].is_capital
                and last + 2 not in taken
            ):
                last += 2
            elif (
                last + 3 < len(tokens)
                and after.form in _PARTICLES
                and tokens[last + 2].form == "-"
                and tokens[last + 3].is_capital
            ):
                last += 3  # Ali al-Za'tari
            else:
                break
        runs.append((index, last))
        index = last + 1
    return runs

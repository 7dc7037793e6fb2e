"""Where are actors named that somebody knows: by a name, by an organ, by their capital?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from safeconduct.wire.names import Name, Names
from safeconduct.wire.phrases import Hit, Phrases
from safeconduct.wire.tokens import Token, folded

CALLED, BODY, CAPITAL, AREA = "called", "body", "capital", "area"
ADJECTIVE, PERSON = "adjective", "person"
_SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Index:
    """The names of a case and of every reader, ready to be looked for.

    Parameters
    ----------
    people : by surname. nouns : the ids by a common noun. whole : the names as their lists have
        them. of_zone : the state of a zone.
    common : by a common noun, the id of who is nobody by name.
    heads : by id, the words of its names and of its organs.
    """

    phrases: Phrases
    actors: dict[str, Name]
    people: dict[str, Name]
    nouns: dict[str, tuple[str, ...]]
    whole: frozenset[str]
    of_zone: dict[str, Name]
    common: dict[str, str]
    heads: dict[str, frozenset[str]]
    _stems: dict[tuple[str, ...], dict[str, Name]] = field(default_factory=dict)

    def person(self, key: str, endings: tuple[str, ...]) -> Name | None:
        """Whose a known surname is; with the endings of cases, in any case."""
        if endings not in self._stems:
            self._stems[endings] = {
                stem_of(form, endings): name for form, name in self.people.items()
            }
        return self._stems[endings].get(key)


@lru_cache(maxsize=64)
def index_of(names: Names, prefixes: tuple[str, ...]) -> Index:
    """The index of some names, made once for each."""
    return Index(
        Phrases(_phrases(names), prefixes),
        {name.id: name for name in names.actors if not name.is_common},
        {folded(word).split()[-1]: name for name in names.actors for word in name.people},
        _nouns(names),
        frozenset(folded(word) for name in names.actors for word in name.called),
        {name.zone: name for name in reversed(names.actors) if name.zone},
        {folded(noun): name.id for name in names.actors if name.is_common for noun in name.nouns},
        {name.id: frozenset(_heads(name)) for name in names.actors},
    )


def stem_of(form: str, endings: tuple[str, ...]) -> str:
    """A surname without the ending of its case, the longest of some endings that it has."""
    for ending in endings:
        if form.endswith(ending) and len(form) - len(ending) >= _SHORTEST_STEM:
            return form[: -len(ending)]
    return form


def _heads(name: Name) -> Iterator[str]:
    return (word for phrase in (*name.called, *name.bodies) for word in folded(phrase).split())


def _nouns(names: Names) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for name in names.actors:
        for word in () if name.is_common else name.nouns:
            found[folded(word)] = (*found.get(folded(word), ()), name.id)
    return found


def _phrases(names: Names) -> Iterator[tuple[str, str, str]]:
    for name in names.actors:
        for kind, words in (
            (CALLED, name.called),
            (BODY, name.bodies),
            (CAPITAL, name.capitals),
            (ADJECTIVE, name.adjectives),
            # A name with a capital is found with the rest of it, by its capitals.
            (PERSON, tuple(one for one in name.people if one.lower() == one.upper())),
        ):
            yield from ((kind, name.id, phrase) for phrase in words if phrase.strip())
    for area in names.areas:
        yield from ((AREA, area.id, phrase) for phrase in area.called if phrase.strip())


def named(tokens: Sequence[Token], index: Index, *, capitals: bool) -> list[Hit]:
    """The names that stand there, in order; of those that overlap the longest, then the first.

    With `capitals`, a name that its list writes with a capital must have one in the text ("US").
    """
    found = sorted(
        index.phrases.find(tokens),
        key=lambda hit: (hit.first - hit.last, hit.first, _rank(hit, tokens, index)),
    )
    taken: set[int] = set()
    kept: list[Hit] = []
    for hit in found:
        spots = range(hit.first, hit.last + 1)
        if taken.intersection(spots) or (capitals and _small(tokens, hit)):
            continue
        taken.update(spots)
        kept.append(hit)
    return sorted(kept, key=lambda hit: hit.first)


def _rank(hit: Hit, tokens: Sequence[Token], index: Index) -> int:
    """Of equally long ones an adjective wins, since "росси*" begins "российский", too; but not over
    a name that stands in its list as it stands here.
    """
    if hit.table != ADJECTIVE:
        return 1
    return 2 if tokens[hit.first].form in index.whole else 0


# Short names that are also words ("us", "un", "who"): they count with capitals only.
_SHORT = 5


def _small(tokens: Sequence[Token], hit: Hit) -> bool:
    token = tokens[hit.first]
    return (
        hit.first == hit.last
        and not token.is_capital
        and len(token.form) < _SHORT
        and token.form.upper() != token.form
    )

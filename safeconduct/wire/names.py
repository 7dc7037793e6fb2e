"""The names that a reader knows: of actors and of areas, with everything else they are called."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.tokens import Token


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One thing by all its names.

    Parameters
    ----------
    id : what the register calls it, such as `russia` or `east-aleppo`.
    called : the words it goes by, in any language and script; compared without regard to case
        and to accents. `word*` is any word that begins so.
    role: `relief`, `observer`, `media` or `political`; empty for a party.
    bodies : names of its organs ("Russian Ministry of Defence"): it is its voice, by that office.
    capitals : the places that stand for it ("Moscow") where they speak or act; a preposition of
        place before them makes them places again.
    people : surnames of those in its public offices; they count where a text names no side.
    adjectives : words by which a role is of it ("the Russian ..."), and which name nobody alone.
    zone : of the country whose government it is: "the government" is that of the place.
    nouns : common nouns that mean it in a text that names it ("rebels", "kingdom"); of one that
        has nothing but nouns, words of a language for "the army" of whom nothing else is told.
    places : how the names of well-known places in its country begin: a text that names one is
        about that country.
    """

    id: str
    called: tuple[str, ...]
    role: str = ""
    bodies: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()
    zone: str = ""
    people: tuple[str, ...] = ()
    adjectives: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    places: tuple[str, ...] = ()

    @property
    def is_common(self) -> bool:
        """Whether only common nouns stand for it: it is nobody by name."""
        return bool(self.nouns) and not (self.called or self.bodies or self.capitals)


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What a case or a register calls the actors and areas that a report may speak of.

    Parameters
    ----------
    actors, areas : its own names, which win over those that every reader knows.
    zone : the IANA zone of the place, in which times without a zone are read; empty for unknown.
    """

    actors: tuple[Name, ...] = ()
    areas: tuple[Name, ...] = ()
    zone: str = ""

    def over(self, known: Names) -> Names:
        """These names, and those known beside them; what both have the id of is called by both."""
        return Names(
            actors=_joined(self.actors, known.actors),
            areas=_joined(self.areas, known.areas),
            zone=self.zone or known.zone,
        )


def _joined(own: tuple[Name, ...], known: tuple[Name, ...]) -> tuple[Name, ...]:
    """A known name that the own ones use as well is theirs alone."""
    if not own:
        return known
    taken = {word.casefold() for name in own for word in name.called}
    left = {
        name.id: replace(name, called=tuple(w for w in name.called if w.casefold() not in taken))
        for name in known
    }
    joined = []
    for name in own:
        if (same := left.pop(name.id, None)) is None:
            joined.append(name)
            continue
        joined.append(
            replace(
                name,
                called=name.called + same.called,
                role=name.role or same.role,
                bodies=name.bodies + same.bodies,
                capitals=name.capitals + same.capitals,
                zone=name.zone or same.zone,
                people=name.people + same.people,
                adjectives=name.adjectives + same.adjectives,
                nouns=name.nouns + same.nouns,
                places=name.places + same.places,
            )
        )
    return (*joined, *left.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a gazetteer found: where it stands, its id there and its name.

    Parameters
    ----------
    id : empty where the words are no one place's; they stand for themselves then.
    kind : what it is there: district, neighbourhood.
    doubt : why the id may not be what the text means, in a sentence; empty where it says it.
    led : whether the words themselves say that a place is meant: by its kind, or by a preposition
        that is joined to their front.
    """

    at: Excerpt
    id: str
    name: str
    gazetteer: str
    kind: str = ""
    doubt: str = ""
    led: bool = False


class Gazetteer(Protocol):
    """A list of places that can be looked for in a text."""

    def find(self, tokens: Sequence[Token]) -> list[Place]:
        """The places named in a text, in order, none overlapping another."""
        ...

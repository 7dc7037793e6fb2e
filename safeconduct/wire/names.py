"""The names that a reader knows: of actors and of areas, with everything else they are called."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from safeconduct.wire.excerpt import Excerpt


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One thing by all its names.

    Parameters
    ----------
    id : what the register calls it, such as `russia` or `east-aleppo`.
    called : the words it goes by, in any language and script; compared without regard to case
        and to accents.
    """

    id: str
    called: tuple[str, ...]


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that a gazetteer found: where it stands, its id there and its name."""

    at: Excerpt
    id: str
    name: str
    gazetteer: str


class Gazetteer(Protocol):
    """A list of places that can be looked for in a text."""

    def find(self, text: str) -> list[Place]:
        """The places named in a text, in order, none overlapping another."""
        ...

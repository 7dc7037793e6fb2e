"""Somebody who is named in a text, and all who are: the values that `naming.py` finds."""

from __future__ import annotations

from dataclasses import dataclass, field

UNKNOWN, RELIEF, MEDIA, OTHERS = "unknown", "relief", "media", "others"
GOVERNMENT = "government"


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody who is named in tokens `first` to `last`.

    Parameters
    ----------
    actor : the id; None where only the person or the office is known.
    actor_at : the words that name the actor.
    person, office : where the name and the role stand.
    role : the role of the actor, as in `Name`.
    weak : a name with a capital that may be anybody's or a place's.
    possessive : "'s" stands behind it.
    points : of what sort it is where it only points back ("the group"): force, agency, country.
    """

    first: int
    last: int
    actor: str | None = None
    actor_at: tuple[int, int] | None = None
    person: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    role: str = ""
    weak: bool = False
    possessive: bool = False
    is_capital: bool = False
    head: str = ""
    points: str = ""


@dataclass(slots=True)
class Mentions:
    """All mentions of a text in order, and who is who among its people.

    Parameters
    ----------
    people : by their surname.
    parties : by their last word, the parties that only this text names.
    letters : by the id of their initials, whom the text names with them: "the Front (NLF)".
    of_known_world : whether it names a state, a party of the lists or a place of its zone.
    """

    all: list[Mention] = field(default_factory=list)
    people: dict[str, Mention] = field(default_factory=dict)
    parties: dict[str, Mention] = field(default_factory=dict)
    letters: dict[str, Mention] = field(default_factory=dict)
    of_known_world: bool = True

"""Who says something, who is bound by whom, and where we have it from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.spacetime import Span


class ActorKind(Enum):
    """What an actor is to the register; only a party's restraint, passage or consent counts."""

    PARTY = "party"
    HUMANITARIAN = "humanitarian"
    MEDIATOR = "mediator"
    MONITOR = "monitor"
    POLITICAL = "political"
    MEDIA = "media"
    OBSERVER = "observer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Anyone who says something.

    `member_of` names the collectives the actor belongs to or is an organ of. Membership lets a
    member *contradict* its collective (rule A4) but never lets one bind the other: that takes a
    `Binds`. `zone` is the IANA zone its wording is read in.
    """

    tag: ClassVar[str] = "actor"
    id: str
    name: str
    kind: ActorKind
    zone: str = ""
    also: tuple[str, ...] = ()
    member_of: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binds:
    """An evidenced, expiring relation: `binder`'s word binds `bound` in these areas (law 7)."""

    tag: ClassVar[str] = "binds"
    id: str
    binder: str
    bound: str
    areas: tuple[str, ...]
    valid: Span
    evidence: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A place where something was read or heard."""

    tag: ClassVar[str] = "source"
    id: str
    publisher: str
    link: str = ""
    published: str = ""  # the date as printed; a source without one says so by an empty text
    recalled: bool = False  # from memory: not seen by whoever entered it
    note: str = ""

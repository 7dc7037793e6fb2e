"""The keys a piece of road asks for, and who moves on it."""

from __future__ import annotations

from dataclasses import dataclass, field

from safeconduct.spacetime import BEGINNING, OPEN_END, Spans
from safeconduct.vocabulary import Direction, Leg, Means, Movers, Purpose, UndertakingKind

ALWAYS = Spans.one(BEGINNING, OPEN_END)


@dataclass(frozen=True, slots=True)
class Key:
    """What one party must turn: a restraint for one of its means, a passage, or a consent."""

    kind: UndertakingKind
    party: str
    means: Means | None = None
    # Keys are looked up a thousand times for each movement, and hashing enum members is slow.
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.kind, self.party, self.means)))

    def __hash__(self) -> int:
        return self._hash

    @property
    def order(self) -> tuple[str, str, str]:
        """A canonical sorting key."""
        return self.party, self.kind.value, self.means.value if self.means else ""


@dataclass(frozen=True, slots=True)
class LegProfile:
    """What an undertaking must have been given for, to count on a leg."""

    purpose: Purpose
    direction: Direction
    movers: frozenset[Movers]
    _hash: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_hash", hash((self.purpose, self.direction, self.movers)))

    def __hash__(self) -> int:
        return self._hash

    @classmethod
    def of(cls, leg: Leg) -> LegProfile:
        """The profile of one leg."""
        return cls(leg.purpose, leg.direction, leg.movers)


@dataclass(frozen=True, slots=True)
class Part:
    """One contribution to the time in which a key is turned.

    `said_at` is when it was last said, which freshness counts from; `since` when first.
    """

    spans: Spans
    grant: str
    statement: str
    said_at: int
    open_ended: bool
    since: int


@dataclass(frozen=True, slots=True)
class Turned:
    """When a key is turned on a class of road, and by which grants."""

    spans: Spans
    parts: tuple[Part, ...]

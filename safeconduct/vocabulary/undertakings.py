"""What a party binds itself to: where, when, for what, for whom, with which strings attached."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Window
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Order,
    Purpose,
    Specificity,
    UndertakingKind,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """A string attached to an undertaking; open until an act meets or drops it.

    Parameters
    ----------
    on : the actor who must do it; for an operational condition, the mover.
    order : reciprocal only: "only together" or "you first".
    awaits : reciprocal only: ids of the acts (undertakings, deeds) or of the link it waits for.
    """

    id: str
    kind: ConditionKind
    on: str
    what: str
    order: Order | None = None
    awaits: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        reciprocal = self.kind is ConditionKind.RECIPROCAL
        if reciprocal and self.order is None:
            raise WrongField(
                f"Condition {self.id} is reciprocal but does not say who moves first.",
                "Give `order: together` or `order: after`.",
                condition=self.id,
            )
        if not reciprocal and (self.order is not None or self.awaits):
            raise WrongField(
                f"Condition {self.id} is {self.kind.value} but carries an order of moving.",
                "Leave out `order` and `awaits`, or make it reciprocal.",
                condition=self.id,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Undertaking:
    """A party's undertaking as it was worded; it covers only what it names.

    Parameters
    ----------
    kind : restraint, passage, consent or deed; they never stand in for one another.
    means : restraint only: the means that will not be used.
    areas : ids of areas and corridors; a road is covered only where it lies wholly within one.
    unnamed_corridors : "two corridors" that nobody named: a value that covers no road.
    windows : when; the party's wording, its zone and the resolved span. An undertaking bounded by
        an event ("until the last bus") has the hard cap as the end of its window.
    open_ended : "until further notice": needs reconfirmation (rule T5).
    unresolved : wording of a time that could not be resolved: covers nothing (rule T4).
    purposes, directions, for_whom : what, which way and whom it was given for.
    deed : deed only: what will be done.
    """

    kind: UndertakingKind
    means: frozenset[Means] = frozenset()
    areas: tuple[str, ...] = ()
    unnamed_corridors: int = 0
    windows: tuple[Window, ...] = ()
    open_ended: bool = False
    until_event: str = ""
    unresolved: str = ""
    purposes: frozenset[Purpose] = frozenset()
    directions: frozenset[Direction] = frozenset()
    for_whom: frozenset[Movers] = frozenset()
    specificity: Specificity = Specificity.GENERAL
    conditions: tuple[Condition, ...] = ()
    deed: str = ""

    def __post_init__(self) -> None:
        if (self.kind is UndertakingKind.RESTRAINT) != bool(self.means):
            raise WrongField(
                f"An undertaking of kind {self.kind.value} names the means "
                f"{sorted(m.value for m in self.means)}.",
                "Name the means for a restraint, and only for a restraint.",
            )
        if Means.CHECKPOINT in self.means:
            raise WrongField(
                "A restraint names the means checkpoint.",
                "Record a passage instead: a checkpoint is passed, it does not hold its fire.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Movements or undertakings that hang together: "only together", or one after the other.

    Accepted by all `concerned`, a TOGETHER link makes one unit of its `movements`: all pass in the
    same window or none (rule A7), and the accepted link is no open condition.
    """

    tag: ClassVar[str] = "link"
    id: str
    order: Order
    concerned: tuple[str, ...]
    movements: tuple[str, ...] = ()
    what: str = ""

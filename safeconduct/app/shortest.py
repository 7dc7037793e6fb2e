"""The verb `asks`: whom to ask for what, where and when, so that a movement can go by some road."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from safeconduct.app.asks import holds
from safeconduct.app.assess import moment_of, only_movement
from safeconduct.app.opening import Opened
from safeconduct.app.roadmap import drawn
from safeconduct.clearance import Judge
from safeconduct.errors import WrongField
from safeconduct.planning.legroads import Roads
from safeconduct.planning.shortest import DEFAULT_STEPS, Proposal, Proposed, propose
from safeconduct.spacetime import Edge, instant, utc
from safeconduct.vocabulary import Ask, Movement
from safeconduct.watch.asking import AskStanding, ask_standings

__all__ = ["Already", "ToAsk", "asked_by", "to_ask"]

MOST_LISTS = 20
"""How many lists anybody wants to read."""


@dataclass(frozen=True, slots=True)
class Already:
    """An ask on record that is for the same party and kind as one of a list, and waits.

    Parameters
    ----------
    ask : the id of the ask of the list.
    whole : whether what was asked holds all that is needed.
    """

    ask: str
    standing: AskStanding
    whole: bool

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "for": self.ask,
            "ask": self.standing.ask.id,
            "state": self.standing.state.value,
            "whole": self.whole,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """What is to be asked for one movement, and what was asked of it already."""

    movement: Movement
    as_of: int
    known_at: int
    proposed: Proposed
    already: tuple[Already, ...]
    names: dict[str, str]
    notes: tuple[str, ...] = ()

    @property
    def shown(self) -> tuple[Proposal, ...]:
        """The lists to show: that of the adopted road first, others where they need less."""
        here, found = self.proposed.adopted, self.proposed.proposals
        if here is None:
            return found
        # Beside the adopted road only what is worth a new road is of use, or was asked for.
        return (here, *(one for one in found if one.size < here.size or len(found) > 1))

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "movement": {"id": self.movement.id, "version": self.movement.version},
            "as_of": utc(self.as_of),
            "known_at": utc(self.known_at),
            **self.lists_json(),
            "notes": list(self.notes),
        }

    def lists_json(self) -> dict[str, Any]:
        """Of that body, what is to be asked, without what the question was."""
        return {
            **self.proposed.as_json(),
            "already": [one.as_json() for one in self.already],
        }


def to_ask(
    opened: Opened,
    movement: str | None = None,
    *,
    at: str | None = None,
    known_at: str | None = None,
    lists: int = 1,
    steps: int = DEFAULT_STEPS,
    roads: str | None = None,
) -> ToAsk:
    """The shortest lists of asks for a movement, as of `at`, from what was known at `known_at`.

    Parameters
    ----------
    lists : how many, 1 to 20.
    steps : the budget of the search; when it is spent, the best list so far and a bound are given.
    roads : a folder of imported roads to search, instead of those of the case.

    Raises
    ------
    UnknownReference, TimeRefused : as `assess`.
    WrongField : lists or steps that nobody can mean.
    RouteRefused : no road leads from one of the movement's places to the next.
    """
    _check("lists", lists, 1, MOST_LISTS)
    _check("steps", steps, 1, 10**12)
    as_of = moment_of(opened, movement, at)
    zone = opened.case.zone if opened.case else None
    known = as_of if known_at is None else instant(known_at, zone, edge=Edge.END)
    judge = opened.judge(as_of, known)
    chosen = judge.movement(movement or only_movement(judge.situation.movements))
    if roads is not None:
        from safeconduct.app.importedmap import imported  # arrays of a country, and geometry

        map_of = imported(opened, judge, chosen, roads)
    else:
        map_of = drawn(judge, chosen)
    return asked_by(judge, chosen, map_of, lists=lists, steps=steps)


def asked_by(
    judge: Judge, movement: Movement, roads: Roads, *, lists: int = 1, steps: int = DEFAULT_STEPS
) -> ToAsk:
    """The shortest lists of asks for a movement over these roads, as `to_ask` gives them.

    Raises
    ------
    RouteRefused : no road leads from one of the movement's places to the next.
    """
    proposed = propose(roads, judge, movement, lists=lists, steps=steps)
    found = (*proposed.proposals, *([proposed.adopted] if proposed.adopted else []))
    return ToAsk(
        movement=movement,
        as_of=judge.situation.as_of,
        known_at=judge.situation.known_at,
        proposed=proposed,
        already=tuple(_already(judge, (ask for one in found for ask in one.asks))),
        names={one.id: one.name for one in judge.situation.actors.values()},
        notes=roads.notes,
    )


def _check(field: str, given: int, least: int, most: int) -> None:
    if not least <= given <= most:
        raise WrongField(
            f"`--{field}` is {given}.", f"Give a whole number from {least} to {most}."
        ).located(field=field)


def _already(judge: Judge, asks: Iterable[Ask]) -> Iterator[Already]:
    waiting = [one for one in ask_standings(judge.situation) if one.waits]
    for ask in {one.id: one for one in asks}.values():
        for standing in waiting:
            asked = standing.ask
            if (asked.movement, asked.party, asked.kind) == (ask.movement, ask.party, ask.kind):
                yield Already(ask.id, standing, holds(asked, ask))

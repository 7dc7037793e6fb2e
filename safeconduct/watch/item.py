"""One thing that is to be done by a moment, and what all sources of such things share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from safeconduct.clearance import Judgement
from safeconduct.clearance.bench import Bench
from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Choice, Decision, Movement, Outcome
from safeconduct.watch.calling import Line, whom


class ToDo(Enum):
    """What sort of thing is to be done."""

    ASK = "ask"
    CHASE = "chase"
    RECONFIRM = "reconfirm"
    SEND = "send"
    CHECK = "check"
    PERMIT = "permit"
    RENEW = "renew"
    MERGE = "merge"
    RECORD = "record"
    SIGN = "sign"
    SETTLE = "settle"  # whatever else a rule asks for


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Something to be done by `when`.

    Parameters
    ----------
    when : UTC seconds; what is to be renewed or merged lapses then, and is told ahead of it.
    what : a whole sentence.
    movements : the movements that it is for; empty where it is for the whole office.
    party, call : whom it is to be had from, and who can be called; None: nobody is recorded.
    rules, records : why: the rules it would meet and the records it rests on.
    since : since when it has been open, where that is known.
    overdue : whether `when` has passed.
    """

    when: int
    to_do: ToDo
    what: str
    movements: tuple[str, ...] = ()
    party: str = ""
    call: Line | None = None
    rules: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    since: int | None = None
    overdue: bool = False

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "when": utc(self.when),
            "overdue": self.overdue,
            "to_do": self.to_do.value,
            "what": self.what,
            "movements": list(self.movements),
            "party": self.party or None,
            "call": self.call.as_json() if self.call else None,
            "rules": list(self.rules),
            "records": list(self.records),
            "since": None if self.since is None else utc(self.since),
        }


@dataclass(frozen=True, kw_only=True)
class Docket:
    """One movement with its judgement, and what that was made on (None if it could not be)."""

    movement: Movement
    judgement: Judgement
    bench: Bench | None

    @property
    def deadline(self) -> int:
        """The moment by which every approval must be there: departure less preparation (T2)."""
        return self.movement.depart_at - self.movement.preparation_s


@dataclass(frozen=True, kw_only=True)
class Desk:
    """All that the sources of what is due look at: one situation, and its movements as judged."""

    situation: Situation
    dockets: tuple[Docket, ...]

    @property
    def now(self) -> int:
        """The moment asked about."""
        return self.situation.as_of

    @cached_property
    def open_dockets(self) -> tuple[Docket, ...]:
        """The movements that are still to be worked on, by id."""
        found = (one for one in self.dockets if not is_closed(self.situation, one.movement))
        return tuple(sorted(found, key=lambda one: one.movement.id))

    def name(self, actor: str) -> str:
        """An actor's name, or its id where none is recorded."""
        return self.situation.name(actor)

    def due(
        self,
        when: int,
        to_do: ToDo,
        what: str,
        *,
        movements: Iterable[str] = (),
        party: str = "",
        areas: Iterable[str] = (),
        asked: str = "",
        rules: Iterable[str] = (),
        records: Iterable[str] = (),
        since: int | None = None,
    ) -> Due:
        """Something due, with the contact to call for the party at issue."""
        return Due(
            when=when,
            to_do=to_do,
            what=what,
            movements=tuple(sorted(set(movements))),
            party=party,
            call=whom(self.situation, party, areas, asked) if party else None,
            rules=tuple(sorted(set(rules))),
            records=tuple(sorted(set(records))),
            since=since,
            overdue=when < self.now,
        )


def is_closed(situation: Situation, movement: Movement) -> bool:
    """Whether an outcome is recorded, or a named person decided that it does not go."""
    outcomes = situation.facts_of(Outcome, movement.id)
    if any(
        one.version == movement.version and (one.at is None or one.at <= situation.as_of)
        for one in outcomes
    ):
        return True
    last = last_decision(situation, movement)
    return last is not None and last.choice is Choice.NOT_GO


def last_decision(situation: Situation, movement: Movement) -> Decision | None:
    """The last decision on this version of a movement."""
    made = [
        one
        for one in situation.facts_of(Decision, movement.id)
        if one.version == movement.version and one.decided_at <= situation.as_of
    ]
    # Of two at one moment the one that stops more holds: `Choice` is in that order, but for resume.
    order = [Choice.RESUME, *(one for one in Choice if one is not Choice.RESUME)]
    return max(
        made, key=lambda one: (one.decided_at, order.index(one.choice), one.id), default=None
    )

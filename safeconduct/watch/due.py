"""What is due: everything that must be asked, chased, sent, checked, renewed or signed by a moment.

All movements of a situation at once, each thing with the moment, whom to call, and why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.watch.hearing import going_stale
from safeconduct.watch.item import Desk, Docket, Due
from safeconduct.watch.lapsing import lapsing
from safeconduct.watch.waiting import waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is due from one moment until another, and what was due before and is not done."""

    as_of: int
    known_at: int
    until: int
    items: tuple[Due, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "as_of": utc(self.as_of),
            "known_at": utc(self.known_at),
            "until": utc(self.until),
            "overdue": sum(one.overdue for one in self.items),
            "due": [one.as_json() for one in self.items],
        }


def due(situation: Situation, dockets: Iterable[Docket], *, within_s: int) -> Agenda:
    """What is due until `within_s` seconds after the situation's moment, the earliest first.

    What lapses is told ahead of the moment at which it does, so it may lie beyond.

    Parameters
    ----------
    dockets : the movements of the situation with their judgements at the same moment, in any
        order; a movement that is left out is not looked at.
    """
    desk = Desk(situation=situation, dockets=tuple(dockets))
    until = desk.now + within_s
    found = [
        *(one for one in waiting(desk) if one.when <= until),
        *lapsing(desk, until),
        *going_stale(desk, until),
    ]
    return Agenda(
        as_of=desk.now,
        known_at=situation.known_at,
        until=until,
        items=tuple(sorted(dict.fromkeys(found), key=_order)),
    )


def _order(item: Due) -> tuple[int, str, tuple[str, ...], str, str, tuple[str, ...]]:
    return item.when, item.to_do.value, item.movements, item.party, item.what, item.records

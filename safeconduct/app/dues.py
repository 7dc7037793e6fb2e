"""The verb `due`: what must be done in the next hours, across all movements."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.files.times import seconds
from safeconduct.app.office import office
from safeconduct.app.opening import open_register
from safeconduct.watch.due import Agenda, due

WITHIN = "24h"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueNow:
    """What is due in a register, with the zones and titles of its movements for people."""

    agenda: Agenda
    zones: dict[str, str]
    names: dict[str, str]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return self.agenda.as_json()


def what_is_due(
    path: str,
    *,
    within: str = WITHIN,
    at: str | None = None,
    known_at: str | None = None,
    policy: str | None = None,
) -> DueNow:
    """What is due, overdue, or about to lapse, the earliest first.

    Parameters
    ----------
    within : how far ahead to look, such as `24h` or `3 days`.

    Raises
    ------
    WrongField : `within` is no duration. TimeRefused : a moment cannot be read.
    UnknownReference : movements are recorded, and no road network.
    MissingFile, NotARegister, InputError : the register or the policy file cannot be used.
    """
    ahead = seconds(within)
    with closing(open_register(path, policy)) as opened:
        desk = office(opened, at, known_at)
        agenda = due(desk.situation, desk.dockets(), within_s=ahead)
        return DueNow(
            agenda=agenda,
            zones={one.id: one.zone for one in desk.situation.movements.values()},
            names={one.id: one.name for one in desk.situation.actors.values()},
        )

"""How far each needed permit has come for a movement, and how long its next step has been open."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.clearance.bench import Bench
from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.vocabulary import (
    Movement,
    Permit,
    PermitNeed,
    PermitState,
    PermitStep,
    Purpose,
)

PATIENCE_S = 7 * 86_400
"""How long a permit's step may lie before somebody asks how it stands.

DOMAIN C1: a monthly plan was to be answered in seven working days; ours are days of the calendar.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitStanding:
    """One permit for one movement.

    Parameters
    ----------
    steps : every step that the need names, in its order; one that was never recorded is open.
    permit : the record that tells how it stands; None where there is none yet.
    next_step : the first step that is not granted; empty when all are.
    open_since : when that step was handed in, or else when the one before was granted.
    """

    need: PermitNeed
    movement: str
    steps: tuple[PermitStep, ...]
    permit: Permit | None
    next_step: str
    open_since: int | None

    @property
    def refused(self) -> tuple[str, ...]:
        """The steps that were refused."""
        return tuple(step.name for step in self.steps if step.state is PermitState.REFUSED)

    @property
    def granted(self) -> int:
        """How many steps are granted."""
        return sum(step.state is PermitState.GRANTED for step in self.steps)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        valid = self.permit.valid if self.permit else None
        return {
            "need": self.need.id,
            "name": self.need.name,
            "party": self.need.party,
            "movement": self.movement,
            "steps": [
                {
                    "name": step.name,
                    "state": step.state.value,
                    "at": None if step.at is None else utc(step.at),
                }
                for step in self.steps
            ],
            "next_step": self.next_step or None,
            "open_since": None if self.open_since is None else utc(self.open_since),
            "valid": None if valid is None else {"from": utc(valid.start), "until": utc(valid.end)},
            "record": self.permit.id if self.permit else None,
        }


def permit_standing(situation: Situation, need: PermitNeed, movement: str) -> PermitStanding:
    """How a permit stands for a movement, as of the situation's moment."""
    # The situation keeps the latest record of each need and movement only.
    permit = next((p for p in situation.facts_of(Permit, movement) if p.need == need.id), None)
    recorded = {step.name: step for step in permit.steps} if permit else {}
    steps = tuple(
        recorded.get(name, PermitStep(name=name, state=PermitState.OPEN)) for name in need.steps
    )
    next_step, since = _next(steps)
    return PermitStanding(
        need=need,
        movement=movement,
        steps=steps,
        permit=permit,
        next_step=next_step,
        open_since=since,
    )


def permits_of(situation: Situation, movement: Movement, bench: Bench) -> Iterable[PermitStanding]:
    """Every permit that a movement needs by rule C1, by the id of the need."""
    purposes = {leg.purpose for leg in movement.legs} | {Purpose.ANY}
    for need in situation.facts_in(PermitNeed, bench.touched):
        if need.valid.contains(movement.depart_at) and purposes & need.purposes:
            yield permit_standing(situation, need, movement.id)


def _next(steps: Iterable[PermitStep]) -> tuple[str, int | None]:
    before: int | None = None
    for step in steps:
        if step.state is not PermitState.GRANTED:
            return step.name, before if step.at is None else step.at
        before = before if step.at is None else step.at
    return "", None

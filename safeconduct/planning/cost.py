"""What not going costs: shown beside a verdict, never inside it, and never as deaths.

People times days since the last delivery times the planning figures of the field. It is what a
delivery would have brought by those figures, not what people lacked: what they still had, or got
from elsewhere, nobody counts here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.errors import WrongField
from safeconduct.policy import Origin
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Movement

DAY_S = 86_400

CAVEAT = (
    "By planning figures: people times days times what a person needs a day. What people still "
    "had, or got from elsewhere, is not counted."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What one person needs of one thing a day, in thousandths of the unit, as a range."""

    id: str
    title: str
    unit: str
    low_milli: int
    planned_milli: int
    high_milli: int
    origin: Origin
    basis: str
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 < self.low_milli <= self.planned_milli <= self.high_milli:
            raise WrongField(
                f"Figure {self.id} runs from {self.low_milli} over {self.planned_milli} to "
                f"{self.high_milli} thousandths of a unit.",
                "Give the lowest, the planned and the highest figure in this order, above 0.",
                figure=self.id,
            )
        if not self.basis.strip():
            raise WrongField(
                f"Figure {self.id} does not say where it comes from.",
                "Say in `basis` whose figure it is; a number without an origin convinces nobody.",
                figure=self.id,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The planning figures that an office works with."""

    figures: tuple[Figure, ...]

    def __post_init__(self) -> None:
        ids = [figure.id for figure in self.figures]
        for id in sorted({id for id in ids if ids.count(id) > 1}):
            raise WrongField(f"Figure {id} is given twice.", "Keep one of the two.", figure=id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How much of one thing was not delivered, in whole units rounded up; `each_day` as planned."""

    figure: Figure
    low: int
    planned: int
    high: int
    each_day: int

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "figure": self.figure.id,
            "unit": self.figure.unit,
            "low": self.low,
            "planned": self.planned,
            "high": self.high,
            "each_day": self.each_day,
            "per_person_and_day_milli": {
                "low": self.figure.low_milli,
                "planned": self.figure.planned_milli,
                "high": self.figure.high_milli,
            },
            "origin": self.figure.origin.value,
            "basis": self.figure.basis,
            "sources": list(self.figure.sources),
        }


@dataclass(frozen=True, slots=True, order=True)
class Deadline:
    """A patient, by case number, and the moment until which they can wait; UTC seconds."""

    at: int
    case: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What not going costs as of one moment.

    Parameters
    ----------
    people : how many wait for it; 0 when nobody recorded it.
    days : whole days since the last delivery; None when none is recorded, or it is yet to come.
    amounts : empty while people are unknown; all 0 on the day of a delivery.
    waiting, passed : patients whose deadline lies ahead, and whose has passed; earliest first.
    """

    as_of: int
    people: int
    days: int | None
    amounts: tuple[Amount, ...]
    waiting: tuple[Deadline, ...]
    passed: tuple[Deadline, ...]

    @property
    def is_known(self) -> bool:
        """Whether anything at all is recorded that not going costs."""
        return bool(self.people or self.days is not None or self.waiting or self.passed)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "people": self.people or None,
            "days_since_last_delivery": self.days,
            "not_delivered": [amount.as_json() for amount in self.amounts],
            "patients_waiting": [_deadline(one) for one in self.waiting],
            "patients_whose_deadline_passed": [_deadline(one) for one in self.passed],
            "says": CAVEAT,
        }


def cost(
    movement: Movement, as_of: int, figures: Figures, deadlines: Iterable[Deadline] = ()
) -> Cost:
    """What it costs that a movement has not gone by `as_of`.

    Parameters
    ----------
    as_of : UTC seconds.
    deadlines : of the patients who wait for it, in any order.
    """
    last = movement.last_delivery_at
    days = None if last is None or last > as_of else (as_of - last) // DAY_S
    dated = sorted(set(deadlines))
    people = max(movement.people_in_need, 0)
    return Cost(
        as_of=as_of,
        people=people,
        days=days,
        amounts=tuple(_amount(one, people, days or 0) for one in figures.figures if people),
        waiting=tuple(one for one in dated if one.at > as_of),
        passed=tuple(one for one in dated if one.at <= as_of),
    )


def _amount(figure: Figure, people: int, days: int) -> Amount:
    def whole(milli: int, over: int) -> int:
        return -(-people * over * milli // 1000)

    return Amount(
        figure=figure,
        low=whole(figure.low_milli, days),
        planned=whole(figure.planned_milli, days),
        high=whole(figure.high_milli, days),
        each_day=whole(figure.planned_milli, 1),
    )


def _deadline(one: Deadline) -> dict[str, str]:
    return {"case": one.case, "deadline": utc(one.at)}

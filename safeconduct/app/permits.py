"""The verbs of `permit`: list, step."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any

from safeconduct.app.office import fresh_id, office, one_of, writing
from safeconduct.app.opening import open_register
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.errors import TimeRefused, UnknownReference, WrongField
from safeconduct.spacetime import OPEN_END, Edge, Span, instant, utc, window
from safeconduct.vocabulary import Permit, PermitNeed, PermitState, PermitStep
from safeconduct.watch.permitting import PermitStanding, permit_standing, permits_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Permits:
    """The permits that movements need, as of one moment."""

    as_of: int
    standings: tuple[PermitStanding, ...]
    names: dict[str, str]

    def as_json(self) -> list[dict[str, Any]]:
        """One body for each permit and movement."""
        return [
            standing.as_json()
            | {
                "open_s": None
                if standing.open_since is None
                else max(self.as_of - standing.open_since, 0)
            }
            for standing in self.standings
        ]


def list_permits(
    path: str, *, movement: str | None = None, at: str | None = None, known_at: str | None = None
) -> Permits:
    """Every permit that a movement, or all of them, need, step by step.

    Raises
    ------
    UnknownReference : no such movement. MissingFile, NotARegister, TimeRefused, WrongField.
    """
    with closing(open_register(path)) as opened:
        desk = office(opened, at, known_at)
        ids = sorted(desk.situation.movements) if movement is None else [movement]
        found: list[PermitStanding] = []
        for id in ids:
            docket = desk.docket(id)
            if docket.bench is not None:
                found += permits_of(desk.situation, docket.movement, docket.bench)
        actors = {one.id: one.name for one in desk.situation.actors.values()}
        return Permits(as_of=desk.as_of, standings=tuple(found), names=actors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """What was written, and how the permit stands with it."""

    recorded: Recorded
    standing: PermitStanding

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return self.recorded.as_json() | {"permit": self.standing.as_json()}


def step_permit(
    path: str,
    need: str,
    step: str,
    *,
    movement: str | None = None,
    state: str = PermitState.GRANTED.value,
    at: str | None = None,
    valid_from: str | None = None,
    valid_until: str | None = None,
    author: str = "",
) -> Stepped:
    """One step of a permit reached a state; the new standing of the whole permit is recorded.

    Parameters
    ----------
    valid_from, valid_until : the time that the permit holds for, once it says so; both or neither.

    Raises
    ------
    UnknownReference : no such need, movement or step. TimeRefused : a time cannot be read, or the
    permit has been recorded as it stood later than `at`. WrongField : no such state.
    MissingFile, NotARegister, RegisterError : nothing is written.
    """
    reached = PermitState(one_of("state", state, (one.value for one in PermitState)))
    with closing(open_live(path)) as opened:
        desk = writing(opened, at)
        of = desk.find(PermitNeed, need)
        for_movement = desk.movement(movement)
        if step not in of.steps:
            raise UnknownReference(
                f'The permit {of.id} has no step "{step}".',
                f"Its steps are: {', '.join(of.steps)}.",
                id=step,
            )
        valid = _valid(valid_from, valid_until, for_movement.zone)
        # The standing before is the last one recorded, whenever that is to hold from.
        last = replace(desk, as_of=OPEN_END)
        before = permit_standing(last.situation, of, for_movement.id)
        stands_at = _stands_at(before, desk.as_of, exactly=at is not None)
        permit = Permit(
            id=fresh_id("permit", of.id, step.replace(" ", "-")),
            need=of.id,
            movement=for_movement.id,
            steps=tuple(
                PermitStep(name=one.name, state=reached, at=desk.as_of) if one.name == step else one
                for one in before.steps
            ),
            stands_at=stands_at,
            valid=valid or (before.permit.valid if before.permit else None),
        )
        with_it = replace(desk, as_of=stands_at, more=(permit,))
        standing = permit_standing(with_it.situation, of, for_movement.id)
    return Stepped(recorded=write(path, [permit], author), standing=standing)


def _valid(start: str | None, end: str | None, zone: str) -> Span | None:
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise WrongField(
            "Only one end of the time that the permit holds for is given.",
            "Give both `--valid-from` and `--valid-until`.",
        )
    first, last = instant(start, zone, edge=Edge.START), instant(end, zone, edge=Edge.END)
    return Span(first, last) if first < last else window(start, end, zone, "").span


def _stands_at(before: PermitStanding, moment: int, *, exactly: bool) -> int:
    """When the new standing holds from: the moment given, and after the one before it.

    Of two standings at one moment the one with more open steps would hold, so a second step in the
    same second counts from the next one; where the moment was named, it is refused instead.
    """
    last = before.permit
    if last is None or last.stands_at < moment:
        return moment
    if exactly or last.stands_at > moment + 1:
        raise TimeRefused(
            f"The permit {before.need.id} for {before.movement} is recorded as it stood at "
            f"{utc(last.stands_at)}, and this would be from {utc(moment)}.",
            "Give a later `--at`; what was recorded never changes.",
            at=moment,
            stands_at=last.stands_at,
        )
    return last.stands_at + 1

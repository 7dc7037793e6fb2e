"""The two towns after the day of the trip, with what was seen, alleged and checked since."""

from __future__ import annotations

from typing import Any

from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Allege,
    Departure,
    Incident,
    IncidentCheck,
    IncidentReview,
    IncidentState,
    Means,
    Outcome,
    Report,
    Result,
    Statement,
)
from safeconduct.watch import Kept, record
from tests.worlds.two_towns import TOWNS, WING, Towns, may, said

AFTER, NOON = may(8), may(6, 12)
WATCH = Actor(id="watch", name="The Watch", kind=ActorKind.MONITOR)
COUNCIL = Actor(id="council", name="A council", kind=ActorKind.POLITICAL)
PAPER = Actor(id="paper", name="A paper", kind=ActorKind.MEDIA)
# The check of that morning was made while the restraints stood; most tests begin without it.
# Without the last calls, which would vouch for what a test takes the voucher away from.
_LEFT_OUT = ("quiet-in-the-morning", "north-calls", "south-calls")
LATER: Towns = TOWNS.plus(WATCH, COUNCIL, PAPER, WING).without(*_LEFT_OUT).at(AFTER)


def kept(world: Towns, act: str) -> Kept:
    """What became of one undertaking."""
    party = world.act(act).party
    told = record(world.cover(), party)
    return next(one for one in told.undertakings if one.grant.id == act)


def state(world: Towns, act: str = "north-restraint") -> str:
    """What became of one undertaking, in a word."""
    return kept(world, act).state.value


def shelling(**changes: Any) -> Incident:
    """Mortar fire of the north on the north bank at noon of the day of the trip."""
    fields: dict[str, Any] = {
        "id": "shelling",
        "what": "Two shells fell beside the road",
        "at": NOON,
        "means": Means.INDIRECT_FIRE,
        "areas": ("north-bank",),
        "attributed_to": "north",
    }
    return Incident(**(fields | changes))


def report(
    by: str = "watch", told_at: int = NOON, *, alleged: bool = False, **changes: Any
) -> Statement:
    """Somebody tells of the shelling."""
    incident = shelling(**changes)
    act: Report | Allege = Report(id=f"report-{by}", party=by, incident=incident)
    if alleged:
        act = Allege(id=f"report-{by}", party=by, against="north", what="", incident=incident)
    return said(by, told_at, act, id=f"told-by-{by}")


def review(
    state: IncidentState = IncidentState.VERIFIED, at: int = may(7), **changes: Any
) -> IncidentReview:
    """A named officer looked into the shelling."""
    fields: dict[str, Any] = {
        "id": f"review-{state.value}",
        "of": "shelling",
        "by": "duty officer",
        "reason": "craters",
    }
    return IncidentReview(state=state, reviewed_at=at, **(fields | changes))


def gate(by: str = "watch", **changes: Any) -> Statement:
    """Somebody tells that the south refused the column at its post."""
    fields = {"means": Means.CHECKPOINT, "areas": ("south-bank",), "attributed_to": "south"}
    return report(by, **(fields | changes))


def check(at: int = NOON, *areas: str) -> IncidentCheck:
    """The duty officer looked for incidents, on the north bank unless told other."""
    return IncidentCheck(
        id="looked", areas=areas or ("north-bank",), checked_at=at, by="duty officer"
    )


def departure(at: int = may(6, 9)) -> Departure:
    """The column left."""
    return Departure(id="left", movement="relief-to-birch", version=1, departed_at=at, by="leader")


def outcome(result: Result, at: int | None = None) -> Outcome:
    """What became of the relief movement."""
    return Outcome(
        id="outcome",
        movement="relief-to-birch",
        version=1,
        result=result,
        what="as told by the leader",
        at=at,
    )

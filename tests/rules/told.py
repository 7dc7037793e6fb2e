"""Rules T3, N1, N2, N4, N5 and C1, row by row: who was told what, and which permits there are."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from safeconduct.clearance import Status
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Instrument,
    InstrumentKind,
    NoRecentUse,
    NotTold,
    Permit,
    PermitNeed,
    PermitState,
    PermitStep,
    Purpose,
    Specificity,
)
from tests.rules.rows import Row
from tests.worlds.two_towns import (
    BANKS,
    CLEAR,
    DAY,
    DEPART,
    GROUND,
    HOUR,
    MONTH,
    NOW,
    TOWNS,
    Towns,
    may,
    notice,
)

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
WAITS, NOTHING = Status.NOT_YET_DUE, Status.NOT_APPLICABLE
ARRANGEMENT = "notice-to-the-north"
GRANTED, OPEN, REFUSED = PermitState.GRANTED, PermitState.OPEN, PermitState.REFUSED
NEED = PermitNeed(
    id="pass",
    party="south",
    name="travel pass",
    areas=("south-bank",),
    purposes=frozenset({Purpose.AID_DELIVERY}),
    steps=("ministry", "governor"),
    valid=MONTH,
)


def _plain() -> Towns:
    """No word for this very movement stands in for the notice to the north."""
    world = TOWNS
    for grant in ("north-restraint", "north-passage"):
        world = world.given(grant, specificity=Specificity.AREA_AND_TIME)
    return world


def _late() -> Towns:
    world = _plain().but("notice-north", sent_at=may(5, 10))
    return world.but("north-acknowledges", said_at=may(5, 20))


def _second_version(*told: str) -> Towns:
    second = replace(TOWNS.movement(), version=2)
    return TOWNS.plus(second, *(notice(party, 2, may(4, 13)) for party in told))


def _left_out() -> Towns:
    why = NotTold(
        id="not-told",
        movement="relief-to-birch",
        party="south",
        reason="its list has leaked before",
        by="head of office",
    )
    return TOWNS.without("notice-south").plus(why)


def _on_a_receipt() -> Towns:
    """The south has given no restraint; its office acknowledged the notice instead."""
    arrangement = Instrument(
        id="by-notice",
        party="south",
        means=frozenset({GROUND}),
        areas=BANKS,
        instrument=InstrumentKind.NOTIFICATION,
        reason="the south gives no guarantees",
        valid=MONTH,
        risk_owner="head of mission",
    )
    quiet = NoRecentUse(
        id="quiet",
        party="south",
        means=frozenset({GROUND}),
        areas=BANKS,
        during=Span(NOW - 7 * DAY, NOW),
        by="analyst",
    )
    return TOWNS.without("south-restraint").plus(arrangement, quiet)


def _permit(*states: PermitState, until: int = CLEAR) -> Towns:
    steps = zip(NEED.steps, states, strict=True)
    permit = Permit(
        id="permit",
        need="pass",
        movement="relief-to-birch",
        steps=tuple(PermitStep(name=name, state=state) for name, state in steps),
        stands_at=may(5),
        valid=Span(DEPART, until),
    )
    return TOWNS.plus(NEED, permit)


ROWS = (
    Row("T3", MET, "the north was told two days before and its office acknowledged it", "", _plain),
    Row("T3", UNMET, "the notice to the north came later than the day that it asks for",
        "NOTICE-TOO-LATE", _late),
    Row("T3", UNMET, "the office of the north has not acknowledged the notice",
        "NOT-ACKNOWLEDGED", lambda: _plain().without("north-received")),
    Row("T3", UNMET, "no notice was sent to the north",
        "NOT-NOTIFIED", lambda: _plain().without("notice-north")),
    Row("T3", UNMET, "the clearance of the north lasts a day, and the notice is older",
        "CLEARANCE-RUN-OUT", lambda: _plain().but(ARRANGEMENT, clearance_lasts_s=24 * HOUR)),
    Row("T3", WAITS, "no notice was sent yet, and there is time until tomorrow",
        "NOT-NOTIFIED", lambda: _plain().without("notice-north").at(may(4, 18))),
    Row("T3", NOTHING, "no party on the way has an arrangement",
        "", partial(TOWNS.without, ARRANGEMENT)),
    Row("N1", MET, "the arrangement of the north is imposed, and shown as a constraint",
        "IMPOSED", partial(TOWNS.but, ARRANGEMENT, imposed=True)),
    Row("N1", NOTHING, "nobody imposes an arrangement", "", lambda: TOWNS),
    Row("N2", MET, "no key rests on a receipt", "", lambda: TOWNS),
    Row("N2", MET, "a receipt stands in for a guarantee, through a named person",
        "RISK-OWNER", _on_a_receipt),
    Row("N4", MET, "both parties were told", "", lambda: TOWNS),
    Row("N4", MET, "the south was deliberately not told, and the reason is recorded",
        "", _left_out),
    Row("N4", UNKNOWN, "whether the south was told is not recorded",
        "TOLD-UNKNOWN", partial(TOWNS.without, "notice-south")),
    Row("N4", WAITS, "the same, four days before departure",
        "TOLD-UNKNOWN", lambda: TOWNS.without("notice-south").at(DEPART - 4 * DAY)),
    Row("N5", MET, "everybody who was told knows this version",
        "", lambda: _second_version("north", "south")),
    Row("N5", UNMET, "the plan changed, and the south knows the old one only",
        "OLD-VERSION", lambda: _second_version("north")),
    Row("C1", MET, "the travel pass is granted in both steps, for the whole trip",
        "", partial(_permit, GRANTED, GRANTED)),
    Row("C1", UNMET, "nobody has applied for the travel pass",
        "PERMIT-MISSING", partial(TOWNS.plus, NEED)),
    Row("C1", UNMET, "the governor has not answered yet",
        "PERMIT-OPEN", partial(_permit, GRANTED, OPEN)),
    Row("C1", UNMET, "the governor refused", "PERMIT-REFUSED", partial(_permit, GRANTED, REFUSED)),
    Row("C1", UNMET, "the travel pass ends at noon, before the column is home",
        "PERMIT-NOT-VALID", partial(_permit, GRANTED, GRANTED, until=may(6, 12))),
    Row("C1", NOTHING, "no permit is needed on this way", "", lambda: TOWNS),
)  # fmt: skip

_RECORDED = "Whether something was sent, acknowledged or granted can be read off the register."

EMPTY = {
    ("T3", UNKNOWN): _RECORDED,
    ("N2", NOTHING): "A promise of the program about itself always has something to look at.",
    ("N4", UNMET): "That a party was not told is no fault where the reason is recorded.",
    ("N4", NOTHING): "Every way has a party that is asked for something.",
    ("N5", UNKNOWN): _RECORDED,
    ("N5", NOTHING): "It is met where nobody was told of anything older.",
    ("C1", UNKNOWN): _RECORDED,
}

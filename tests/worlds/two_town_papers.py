"""The office's papers of the two towns: the vehicles, who watches over them, the last calls.

Both parties say once more, on the day before departure, that something stands; only of one minute
on the way, so that these words cure nothing that a test takes away from what was said before. At
the end stand papers that the two towns do not need and a test may add.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.policy import Organisation, Policy, RiskTable
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Body,
    Confirm,
    ConvoyWatch,
    Criticality,
    Demand,
    Escort,
    GateCheck,
    Record,
    Risk,
    RiskAssessment,
    Signer,
    SignOff,
    Statement,
    TravelClearance,
    Vehicle,
    VehicleSeen,
)
from tests.worlds.two_town_records import BANKS, may, movement, said, window

RELIEF = "relief-to-birch"
#: The column has driven on, unloads in Birch and is not yet on its way back.
MINUTE = window(may(6, 10, 30), may(6, 10, 31))
SAID_AGAIN, GATE = may(5, 9, 30), may(5, 9, 45)
TRUCKS = tuple(f"truck-{number}" for number in range(1, movement().convoy.vehicles + 1))


def vehicle(number: int, version: int = 1, **changes: Any) -> Vehicle:
    """One truck of the list, marked on both legs."""
    fields: dict[str, Any] = {
        "id": f"truck-{number}" if version == 1 else f"truck-{number}-{version}",
        "plate": f"A-{100 + number}",
        "make": "ten-ton truck",
        "body": Body.CLOSED,
        "driver": f"badge {number}",
        "marked": frozenset({"in", "out"}),
        "photos": True,
    }
    return Vehicle(movement=RELIEF, version=version, number=number, **(fields | changes))


def seen(count: int = len(TRUCKS)) -> tuple[VehicleSeen, ...]:
    """The column as it is listed, as somebody saw it."""
    return tuple(VehicleSeen(plate=f"A-{100 + n}", body=Body.CLOSED) for n in range(1, count + 1))


def gate_check(id: str = "at-the-gate", at: int = GATE, **changes: Any) -> GateCheck:
    """A look at the column in which everything is as it should be."""
    fields: dict[str, Any] = {
        "version": 1,
        "by": "loading officer",
        "seen": seen(),
        "weapons": False,
        "armed_beside": False,
        "aid_only": True,
    }
    return GateCheck(id=id, movement=RELIEF, checked_at=at, **(fields | changes))


def convoy_watch(version: int = 1, **changes: Any) -> ConvoyWatch:
    """Who leads the column and which room follows it."""
    fields: dict[str, Any] = {
        "id": "column-watch" if version == 1 else f"column-watch-{version}",
        "leader": "convoy leader",
        "room": "radio room in Alder",
        "hand_over": True,
        "check_every_s": 1_800,
        "clearance_lodged": True,
    }
    return ConvoyWatch(movement=RELIEF, version=version, **(fields | changes))


def list_of(version: int) -> tuple[Record, ...]:
    """The vehicles of one version, and who watches over them."""
    trucks = tuple(vehicle(number, version) for number in range(1, len(TRUCKS) + 1))
    return (*trucks, convoy_watch(version))


def said_again() -> tuple[Record, ...]:
    """Each party's last word before departure."""
    north = Confirm(id="north-still", party="north", of=("north-passage",), windows=(MINUTE,))
    south = Confirm(id="south-still", party="south", of=("south-consent",), windows=(MINUTE,))
    return (
        said("north", SAID_AGAIN, north, id="north-calls"),
        said("south", SAID_AGAIN, south, id="south-calls"),
    )


def papers() -> tuple[Record, ...]:
    """All of it, for the first version."""
    return (*list_of(1), gate_check(), *said_again())


def un_papers() -> tuple[Record, ...]:
    """What the United Nations asks for beside it: clearance, risk, and two signatures."""
    whole_day = Span(may(6, 6), may(6, 18))
    cleared = TravelClearance(
        id="travel",
        movement=RELIEF,
        version=1,
        travellers=12,
        cleared=12,
        areas=BANKS,
        valid=whole_day,
        by="security office",
    )
    risk = RiskAssessment(
        id="risk",
        movement=RELIEF,
        residual=Risk.HIGH,
        by="security office",
        assessed_at=may(3),
        valid=whole_day,
        criticality=Criticality.PC2,
    )
    return (cleared, risk, sign_off(Signer.DESIGNATED_OFFICIAL), sign_off(Signer.HEAD_OF_MISSION))


def sign_off(signer: Signer, **changes: Any) -> SignOff:
    """One of the two signatures, each by the office that gives it."""
    fields: dict[str, Any] = {"id": f"signed-{signer.value}", "by": signer.value, "version": 1}
    return SignOff(
        movement=RELIEF, signer=signer, signed_at=may(4), what="goes", **(fields | changes)
    )


#: The example of DOMAIN U3, recalled and not verified.
TABLE = RiskTable(
    name="example",
    version="1",
    date="2030-01-01",
    allowed={"PC1": Risk.VERY_HIGH, "PC2": Risk.HIGH, "PC3": Risk.MEDIUM, "PC4": Risk.LOW},
    headquarters=frozenset({Criticality.PC1}),
)


def policy_of(organisation: Organisation, **profile: Any) -> Policy:
    """The core policy with a default profile that is this organisation's."""
    core = core_policy()
    changed = tuple(
        replace(p, organisation=organisation, **profile) if p.id == "default" else p
        for p in core.profiles
    )
    return replace(core, profiles=changed)


def escort(id: str = "column-guard", **changes: Any) -> Escort:
    """An escort by the south on its own bank, which has passed its gate."""
    fields: dict[str, Any] = {
        "party": "south",
        "areas": ("south-bank",),
        "alternatives": "three weeks of talks about going without",
        "needed": True,
        "authorities": True,
        "security": True,
        "sustainable": True,
    }
    return Escort(id=id, movement=RELIEF, **(fields | changes))


def demand(deadline_at: int, said_at: int = may(4, 20), **changes: Any) -> Statement:
    """The south sets an ultimatum."""
    fields: dict[str, Any] = {"party": "south", "to": ("north",), "what": "leave the bridge"}
    act = Demand(id="ultimatum", deadline_at=deadline_at, **(fields | changes))
    return said("south", said_at, act, id="ultimatum-said")

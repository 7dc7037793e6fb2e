"""Rules V1 to V5 and X2, row by row: the vehicles, the gate, the escorts."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct.clearance import Status
from safeconduct.policy import Organisation
from safeconduct.vocabulary import Body, Convoy, VehicleSeen
from tests.rules.rows import Row
from tests.worlds.two_town_papers import escort, policy_of, seen
from tests.worlds.two_towns import DAY, DEPART, HOUR, TOWNS, Towns

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
WAITS, NOTHING = Status.NOT_YET_DUE, Status.NOT_APPLICABLE
EARLY = TOWNS.at(DEPART - 4 * DAY)


def gate(**changes: Any) -> Towns:
    """The latest look at the column reads otherwise."""
    return TOWNS.but("at-the-gate", **changes)


def guarded(**changes: Any) -> Towns:
    """An escort goes along."""
    return TOWNS.plus(escort(**changes))


def icrc(world: Towns) -> Towns:
    """The same under a profile of the ICRC."""
    return replace(world, policy=policy_of(Organisation.ICRC))


EXCEPTION = {"exception_by": "head of office", "exception_why": "last week", "end_plan": "8 May"}
NO_VEHICLE = TOWNS.without(*(f"truck-{n}" for n in range(1, 11)), "at-the-gate").but(
    "relief-to-birch", convoy=Convoy(vehicles=0, column_m=50)
)
OWNED = {"imposed": True, "risk_owner": "head of office", "neutrality": "both banks were told why"}

ROWS = (
    Row("V1", MET, "ten trucks are planned, listed, sent and seen", "", lambda: TOWNS),
    Row(
        "V1",
        UNKNOWN,
        "one truck of ten is not on the list on the last day",
        "VEHICLES-NOT-LISTED",
        lambda: TOWNS.without("truck-10"),
    ),
    Row(
        "V1",
        WAITS,
        "one truck of ten is not on the list two days before",
        "VEHICLES-NOT-LISTED",
        lambda: TOWNS.without("truck-10").at(DEPART - 2 * DAY),
    ),
    Row(
        "V1",
        UNKNOWN,
        "a truck has no driver",
        "VEHICLE-INCOMPLETE",
        lambda: TOWNS.but("truck-3", driver=""),
    ),
    Row(
        "V1",
        UNKNOWN,
        "a truck is neither marked nor recorded as unmarked on the way back",
        "VEHICLE-INCOMPLETE",
        lambda: TOWNS.but("truck-3", marked=frozenset({"in"})),
    ),
    Row(
        "V1",
        MET,
        "a hired truck goes back without aid and, as the operation says, without markings",
        "",
        lambda: TOWNS.but("truck-3", marked=frozenset({"in"}), unmarked=frozenset({"out"})),
    ),
    Row(
        "V1",
        UNKNOWN,
        "the north was told of the movement without the list",
        "VEHICLES-NOT-SENT",
        lambda: TOWNS.but("notice-north", listed=()),
    ),
    Row(
        "V1",
        UNMET,
        "an eleventh truck stands at the gate",
        "OTHER-VEHICLES",
        lambda: gate(seen=(*seen(), VehicleSeen(plate="X-1", body=Body.OPEN))),
    ),
    Row(
        "V1",
        UNMET,
        "a truck stands at the gate that is open and listed as closed",
        "OTHER-VEHICLES",
        lambda: TOWNS.but("truck-3", body=Body.OPEN),
    ),
    Row(
        "V1",
        UNMET,
        "something other than aid is loaded",
        "NOT-AID-ONLY",
        lambda: gate(aid_only=False),
    ),
    Row("V1", NOTHING, "people walk and no vehicle moves", "", lambda: NO_VEHICLE),
    Row("V2", MET, "a leader and a room are named", "", lambda: TOWNS),
    Row(
        "V2",
        UNKNOWN,
        "nobody is named on the last day",
        "CONVOY-NOT-WATCHED",
        lambda: TOWNS.without("column-watch"),
    ),
    Row(
        "V2",
        UNMET,
        "the room has nobody to hand over to",
        "CONVOY-NOT-WATCHED",
        lambda: TOWNS.but("column-watch", hand_over=False),
    ),
    Row(
        "V2",
        WAITS,
        "nobody is named four days before",
        "CONVOY-NOT-WATCHED",
        lambda: EARLY.without("column-watch"),
    ),
    Row("V3", MET, "somebody looked and saw no weapon", "", lambda: TOWNS),
    Row(
        "V3",
        UNMET,
        "a guard with a rifle sits in a truck",
        "WEAPON-SEEN",
        lambda: gate(weapons=True),
    ),
    Row(
        "V3",
        UNMET,
        "armed men stand beside the column and nobody says whose",
        "ARMED-BESIDE",
        lambda: gate(armed_beside=True),
    ),
    Row(
        "V3",
        MET,
        "the armed men beside the column are the escort that passed its gate",
        "",
        lambda: gate(armed_beside=True).plus(escort()),
    ),
    Row(
        "V3",
        UNKNOWN,
        "nobody looked, and it leaves within the hour",
        "GATE-NOT-CHECKED",
        lambda: TOWNS.without("at-the-gate").at(DEPART - HOUR),
    ),
    Row(
        "V3",
        WAITS,
        "nobody looked yet, and there is time",
        "GATE-NOT-CHECKED",
        lambda: TOWNS.without("at-the-gate"),
    ),
    Row("V4", MET, "other ways were tried and all four criteria hold", "", guarded),
    Row(
        "V4",
        MET,
        "one criterion does not hold, and the head of office has excepted it in writing",
        "ESCORT-EXCEPTION",
        lambda: guarded(sustainable=False, **EXCEPTION),
    ),
    Row(
        "V4",
        UNMET,
        "one criterion does not hold",
        "ESCORT-GATE",
        lambda: guarded(sustainable=False),
    ),
    Row(
        "V4",
        UNKNOWN,
        "what else was tried is not written down",
        "ESCORT-GATE",
        lambda: guarded(alternatives=""),
    ),
    Row(
        "V4",
        WAITS,
        "the criteria are still open four days before",
        "ESCORT-GATE",
        lambda: EARLY.plus(escort(needed=None)),
    ),
    Row("V4", UNMET, "the ICRC takes no escort", "NO-ESCORT-ALLOWED", lambda: icrc(guarded())),
    Row("V4", NOTHING, "nobody goes along", "", lambda: TOWNS),
    Row(
        "V5",
        MET,
        "the escort goes along the whole way",
        "",
        lambda: guarded(areas=("south-bank", "north-bank")),
    ),
    Row("V5", UNMET, "the escort of the south stays on its bank", "ESCORT-PART", guarded),
    Row("V5", NOTHING, "nobody goes along", "", lambda: TOWNS),
    Row(
        "X2",
        MET,
        "the south insists on an escort, and the head of office owns the risk",
        "ESCORT-IMPOSED",
        lambda: guarded(**OWNED),
    ),
    Row(
        "X2",
        UNKNOWN,
        "the south insists on an escort, and nobody owns the risk",
        "ESCORT-IMPOSED",
        lambda: guarded(imposed=True),
    ),
    Row(
        "X2",
        WAITS,
        "the south insists on an escort, and there is time to find who owns the risk",
        "ESCORT-IMPOSED",
        lambda: EARLY.plus(escort(imposed=True)),
    ),
    Row("X2", NOTHING, "the office itself asked for the escort", "", guarded),
)

"""Rules E3 to E9, M1 and M2, row by row."""

from __future__ import annotations

from typing import Any

from safeconduct.clearance import Status
from safeconduct.policy import Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import EvacuationTerms, GateChoice, Movers, PatientState, PermitState
from tests.rules.rows import Row
from tests.worlds.leaving import (
    EVACUATION,
    GRANTS,
    MEDEVAC,
    MOVEMENT,
    SUPPLIES,
    WATCHERS,
    guarded,
    item,
    medical,
    patient,
    supplying,
    taken,
    watch,
)
from tests.worlds.two_towns import CLEAR, DEPART, TOWNS, Towns, may

MET, UNMET, UNKNOWN = Status.MET, Status.UNMET, Status.UNKNOWN
NOT_YET_DUE, NOT_APPLICABLE = Status.NOT_YET_DUE, Status.NOT_APPLICABLE
UN, ICRC = Organisation.UN, Organisation.ICRC
A_DAY_BEFORE, FOUR_DAYS_BEFORE = may(5, 8, 59), may(2, 12)
NOBODY_LEAVES = "aid goes in and nobody leaves"


def _watched(**changes: Any) -> Towns:
    return EVACUATION.of(UN).plus(WATCHERS, watch(**changes))


def _screened(**changes: Any) -> Towns:
    return EVACUATION.without("screening").plus(guarded(**changes))


def _for_all_who_leave(*movers: Movers) -> Towns:
    world = EVACUATION.of(ICRC)
    for grant in GRANTS:
        world = world.given(grant, for_whom=frozenset({Movers.CIVILIANS, *movers}))
    return world


def _sick(**changes: Any) -> Towns:
    return MEDEVAC.but("patient-B-7", **changes)


def _clearance(**changes: Any) -> Towns:
    return MEDEVAC.but("north-clears-B-7", **changes)


def _another_stays() -> Towns:
    return MEDEVAC.plus(patient("B-8", rank=2, travels=False))


E3 = (
    Row("E3", MET, "people were told, asked, and may still refuse", "", lambda: EVACUATION),
    Row("E3", MET, "so it is for the sick", "", lambda: MEDEVAC),
    Row(
        "E3",
        UNMET,
        "people can no longer refuse",
        "CARE-REFUSED",
        lambda: EVACUATION.but("care", refusal_open=False),
    ),
    Row(
        "E3",
        UNKNOWN,
        "nobody has recorded that each person consented",
        "NOT-INFORMED",
        lambda: EVACUATION.but("care", consents=None),
    ),
    Row(
        "E3",
        NOT_YET_DUE,
        "nobody has recorded it, more than a day before",
        "NOT-INFORMED",
        lambda: EVACUATION.without("care").at(A_DAY_BEFORE),
    ),
    Row("E3", NOT_APPLICABLE, NOBODY_LEAVES, "", lambda: TOWNS),
)

E4 = (
    Row("E4", MET, "families, belongings and the weak are looked after", "", lambda: EVACUATION),
    Row(
        "E4",
        UNMET,
        "families are separated",
        "CARE-REFUSED",
        lambda: EVACUATION.but("care", together=False),
    ),
    Row(
        "E4",
        UNKNOWN,
        "nobody knows what waits at the destination",
        "CARE-UNKNOWN",
        lambda: EVACUATION.but("care", services=None),
    ),
    Row(
        "E4",
        NOT_YET_DUE,
        "nobody has recorded it, more than a day before",
        "CARE-UNKNOWN",
        lambda: EVACUATION.without("care").at(A_DAY_BEFORE),
    ),
    Row("E4", NOT_APPLICABLE, NOBODY_LEAVES, "", lambda: TOWNS),
)

E5 = (
    Row("E5", MET, "the United Nations join, and monitors watch the whole way", "", _watched),
    Row(
        "E5",
        UNMET,
        "on the far bank only the north itself watches",
        "MONITOR-NOT-NEUTRAL",
        lambda: _watched(areas=("south-bank",)).plus(
            watch(id="own", monitor="north", areas=("north-bank",))
        ),
    ),
    Row(
        "E5",
        UNKNOWN,
        "the monitors leave a second before the column does",
        "NOT-MONITORED",
        lambda: _watched(valid=Span(DEPART, CLEAR - 1)),
    ),
    Row(
        "E5",
        NOT_YET_DUE,
        "no monitors are recorded, more than a day before",
        "NOT-MONITORED",
        lambda: EVACUATION.of(UN).at(A_DAY_BEFORE),
    ),
    Row("E5", NOT_APPLICABLE, "the United Nations do not join", "", lambda: EVACUATION),
    Row("E5", NOT_APPLICABLE, NOBODY_LEAVES, "", lambda: TOWNS.of(UN)),
)

E6 = (
    Row("E6", MET, "aid in place was tried and turned back", "", lambda: EVACUATION),
    Row(
        "E6",
        UNKNOWN,
        "nobody has recorded what came of it",
        "LAST-RESORT-UNKNOWN",
        lambda: EVACUATION.but("resort", result=""),
    ),
    Row(
        "E6",
        NOT_YET_DUE,
        "nobody has recorded it, four days before",
        "LAST-RESORT-UNKNOWN",
        lambda: EVACUATION.without("resort").at(FOUR_DAYS_BEFORE),
    ),
    Row("E6", NOT_APPLICABLE, "only the sick leave", "", lambda: MEDEVAC),
)

E7 = (
    Row("E7", MET, "the move is temporary and papers stay with people", "", lambda: EVACUATION),
    Row(
        "E7",
        UNMET,
        "the move is meant to last",
        "RETURN-CLOSED",
        lambda: EVACUATION.but("home", temporary=False),
    ),
    Row(
        "E7",
        UNMET,
        "people signed away their homes",
        "WAIVER",
        lambda: EVACUATION.but("home", waiver_signed=True),
    ),
    Row(
        "E7",
        UNKNOWN,
        "nobody is named who may call the return",
        "RETURN-UNKNOWN",
        lambda: EVACUATION.but("home", called_by=""),
    ),
    Row(
        "E7",
        NOT_YET_DUE,
        "nothing is recorded of the return, more than a day before",
        "RETURN-UNKNOWN",
        lambda: EVACUATION.without("home").at(A_DAY_BEFORE),
    ),
    Row("E7", NOT_APPLICABLE, "only the sick leave", "", lambda: MEDEVAC),
)

E8 = (
    Row("E8", MET, "somebody asked, and nobody will be screened", "", lambda: EVACUATION),
    Row("E8", MET, "the south screens men, under all three guards", "", _screened),
    Row(
        "E8",
        UNMET,
        "men are screened, and nobody independent is there",
        "SCREENING-UNGUARDED",
        lambda: _screened(independent=""),
    ),
    Row(
        "E8",
        UNMET,
        "men are screened, and the south did not promise to hold nobody",
        "SCREENING-UNGUARDED",
        lambda: _screened(guaranteed_in=""),
    ),
    Row(
        "E8",
        UNKNOWN,
        "nobody has asked whether people will be screened",
        "SCREENING-UNKNOWN",
        lambda: EVACUATION.without("screening"),
    ),
    Row(
        "E8",
        NOT_YET_DUE,
        "nobody has asked yet, four days before",
        "SCREENING-UNKNOWN",
        lambda: EVACUATION.without("screening").at(FOUR_DAYS_BEFORE),
    ),
    Row("E8", NOT_APPLICABLE, NOBODY_LEAVES, "", lambda: TOWNS),
)

E9 = (
    Row("E9", MET, "all agreed, for anyone", "", lambda: EVACUATION.of(ICRC)),
    Row(
        "E9",
        MET,
        "all agreed, for civilians and for the staff with them",
        "",
        lambda: _for_all_who_leave(Movers.HUMANITARIAN),
    ),
    Row(
        "E9",
        UNMET,
        "the north has not let the column pass",
        "PARTIES-NOT-AGREED",
        lambda: EVACUATION.of(ICRC).without("north-passage"),
    ),
    Row(
        "E9",
        UNMET,
        "all agreed, for civilians alone",
        "STAFF-NOT-NAMED",
        lambda: _for_all_who_leave(),
    ),
    Row(
        "E9",
        UNMET,
        "the sick are forced to leave",
        "NOT-VOLUNTARY",
        lambda: MEDEVAC.of(ICRC).plus(
            EvacuationTerms(id="terms", movement=MOVEMENT, voluntary=False)
        ),
    ),
    Row("E9", NOT_APPLICABLE, "the office is not of the ICRC", "", lambda: EVACUATION),
    Row("E9", NOT_APPLICABLE, NOBODY_LEAVES, "", lambda: TOWNS.of(ICRC)),
)

M1 = (
    Row("M1", MET, "the one case on the list has all it needs", "", lambda: MEDEVAC),
    Row("M1", MET, "another case stays, and the first may go", "", _another_stays),
    Row("M1", MET, "another case stays, and is shown", "PATIENT-STAYS", _another_stays),
    Row(
        "M1",
        MET,
        "another case died while waiting, and is shown",
        "PATIENT-STAYS",
        lambda: MEDEVAC.plus(patient("B-8", rank=2, state=PatientState.DIED)),
    ),
    Row(
        "M1",
        UNMET,
        "everybody on the list stays",
        "NO-PATIENT-LIST",
        lambda: _sick(travels=False),
    ),
    Row("M1", UNMET, "the patient refuses", "PATIENT-CONSENT", lambda: _sick(consents=False)),
    Row(
        "M1",
        UNMET,
        "the hospital does not take the patient",
        "PATIENT-FACILITY",
        lambda: _sick(accepted=False),
    ),
    Row(
        "M1",
        UNMET,
        "the north refused to clear the case",
        "PATIENT-NOT-CLEARED",
        lambda: _clearance(state=PermitState.REFUSED),
    ),
    Row(
        "M1",
        UNMET,
        "the north clears the case in exchange for a prisoner",
        "CLEARANCE-TIED",
        lambda: _clearance(tied_to="the release of a prisoner"),
    ),
    Row(
        "M1",
        UNMET,
        "the trip ends a second after moving is too late",
        "PATIENT-TOO-LATE",
        lambda: _sick(deadline_at=CLEAR - 1),
    ),
    Row(
        "M1",
        UNMET,
        "the patient can be on the road for half an hour only",
        "TRANSPORT-TOO-LONG",
        lambda: _sick(max_transport_s=1_800),
    ),
    Row(
        "M1",
        UNMET,
        "the north ranks the list and clears it",
        "ROLES-NOT-APART",
        lambda: _sick(list_owner="north"),
    ),
    Row(
        "M1",
        UNMET,
        "forty companions would come along",
        "SEATS",
        lambda: _sick(companions=40),
    ),
    Row("M1", UNKNOWN, "there is no list of patients", "NO-PATIENT-LIST", medical),
    Row(
        "M1",
        UNKNOWN,
        "nobody has asked the patient",
        "PATIENT-CONSENT",
        lambda: _sick(consents=None),
    ),
    Row(
        "M1",
        UNKNOWN,
        "no hospital has answered",
        "PATIENT-FACILITY",
        lambda: _sick(accepted=None),
    ),
    Row(
        "M1",
        UNKNOWN,
        "the north has not answered for the case",
        "PATIENT-NOT-CLEARED",
        lambda: MEDEVAC.without("north-clears-B-7"),
    ),
    Row(
        "M1",
        NOT_YET_DUE,
        "there is no list of patients, more than a day before",
        "NO-PATIENT-LIST",
        lambda: medical().at(A_DAY_BEFORE),
    ),
    Row(
        "M1",
        NOT_YET_DUE,
        "the north has not answered for the case, more than a day before",
        "PATIENT-NOT-CLEARED",
        lambda: MEDEVAC.without("north-clears-B-7").at(A_DAY_BEFORE),
    ),
    Row("M1", NOT_APPLICABLE, "no patient is to be moved", "", lambda: EVACUATION),
)

M2 = (
    Row("M2", MET, "what was approved is loaded, and nothing else", "", lambda: SUPPLIES),
    Row(
        "M2",
        MET,
        "kits were taken out at the bridge, and the leader signed to go without",
        "ITEM-REMOVED",
        lambda: SUPPLIES.plus(taken(choice=GateChoice.GO_WITHOUT, signed_by="convoy leader")),
    ),
    Row(
        "M2",
        UNMET,
        "kits were taken out at the bridge, and nobody has decided",
        "ITEM-REMOVED",
        lambda: SUPPLIES.plus(taken()),
    ),
    Row(
        "M2",
        UNMET,
        "a kit less is loaded than was approved",
        "ITEM-SHORT",
        lambda: SUPPLIES.but("load", items=(item(loaded=19),)),
    ),
    Row(
        "M2",
        UNMET,
        "a kit more is loaded than was approved",
        "ITEM-UNAPPROVED",
        lambda: SUPPLIES.but("load", items=(item(loaded=21),)),
    ),
    Row(
        "M2",
        UNKNOWN,
        "half an hour before, nobody has checked the load",
        "NOT-LOADED",
        lambda: supplying().at(may(6, 8, 30)),
    ),
    Row("M2", NOT_YET_DUE, "nobody has checked the load, an hour before", "NOT-LOADED", supplying),
    Row("M2", NOT_APPLICABLE, "no medical supplies are on board", "", lambda: TOWNS),
)

ROWS = (*E3, *E4, *E5, *E6, *E7, *E8, *E9, *M1, *M2)

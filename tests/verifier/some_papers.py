"""The small world of `two_places` with every paper that its movement takes, and bad ones to mix in.

All that is asked here is asked of the further rules only. The movement leaves at 10,000 and is
clear at 11,010; at `NOW`, 1,000 s before it leaves, every rule is due.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Organisation, Policy, Profile, RiskTable
from safeconduct.roads.network import Network
from safeconduct.spacetime import Span
from tests.verifier.further import FURTHER
from tests.verifier.two_places import CLEAR, CONVOY, IN_ORDER, LEAVES, LEG, NETWORK, NOW
from tests.verifier.verifier import Objection, verify

TRIP = Span(LEAVES, CLEAR)
TABLE = RiskTable(
    name="example",
    version="1",
    date="2016-01-01",
    allowed={
        "PC1": v.Risk.VERY_HIGH,
        "PC2": v.Risk.HIGH,
        "PC3": v.Risk.MEDIUM,
        "PC4": v.Risk.LOW,
    },
    headquarters=frozenset({v.Criticality.PC1}),
)
PROFILES = {
    one.value: Profile(
        id=one.value,
        title=one.value,
        forms=frozenset({v.Form.WRITTEN, v.Form.ORAL}),
        organisation=one,
        risk_table=TABLE if one is Organisation.UN else None,
    )
    for one in Organisation
}
POLICY = Policy(id="small", version="1", rules=(), profiles=(*PROFILES.values(),))

AID, CIVILIAN = v.Purpose.AID_DELIVERY, v.Purpose.CIVILIAN_EVACUATION
MEDICAL = v.Purpose.MEDICAL_EVACUATION
MOVERS = {AID: v.Movers.HUMANITARIAN, CIVILIAN: v.Movers.CIVILIANS}


def movement(purpose: v.Purpose = AID, organisation: str = "any") -> v.Movement:
    """The movement of the small world, one vehicle with four seats, for a purpose."""
    movers = frozenset({MOVERS.get(purpose, v.Movers.SICK_AND_WOUNDED)})
    leg = replace(LEG, purpose=purpose, movers=movers)
    column = v.Convoy(vehicles=1, column_m=100, passengers=4)
    return replace(CONVOY, legs=(leg,), convoy=column, profile=organisation)


OF_IT = {"movement": "convoy", "version": 1}
TRUCK = v.Vehicle(
    **{"id": "truck", "number": 1, "plate": "1-23", "make": "truck", "driver": "badge 7"},
    **OF_IT,
    body=v.Body.CLOSED,
    marked=frozenset({"in"}),
)
SEEN = v.GateCheck(
    id="gate",
    **OF_IT,
    checked_at=8_000,
    by="officer",
    seen=(v.VehicleSeen(plate="1-23", body=v.Body.CLOSED),),
    weapons=False,
    armed_beside=False,
    aid_only=True,
)
TOLD_ARMY = v.Notice(id="to-army", **OF_IT, to="army", sent_at=500, legs=("in",), listed=("truck",))
TOLD_MINISTRY = replace(TOLD_ARMY, id="to-ministry", to="ministry")
LOOKED = v.IncidentCheck(id="looked", areas=("x",), checked_at=8_000, by="officer")
CLEARED = v.TravelClearance(
    id="travel", **OF_IT, travellers=3, cleared=3, areas=("x",), valid=TRIP, by="desk"
)
RISK = v.RiskAssessment(
    id="risk",
    movement="convoy",
    residual=v.Risk.HIGH,
    criticality=v.Criticality.PC2,
    by="adviser",
    assessed_at=800,
    valid=TRIP,
)
TERMS = v.EvacuationTerms(
    id="terms",
    movement="convoy",
    voluntary=True,
    forced_route=False,
    own_choice=True,
    acceptable_destination=True,
)
CARE = v.EvacuationCare(
    id="care",
    movement="convoy",
    by="delegate",
    checked_at=900,
    informed=True,
    consents=True,
    refusal_open=True,
    stayers_protected=True,
    together=True,
    belongings=True,
    no_distinction=True,
    special_care=True,
    services=True,
)
WATCHED = v.Monitoring(id="watched", movement="convoy", monitor="eyes", areas=("x",), valid=TRIP)
EYES = v.Actor(id="eyes", name="Monitors", kind=v.ActorKind.MONITOR)
UNSCREENED = v.Screening(id="screening", movement="convoy", planned=False, by="delegate")
PATIENT = v.Patient(
    id="case-1-stands",
    movement="convoy",
    case="case-1",
    list_owner="doctors",
    rank=1,
    urgency=v.Urgency.URGENT,
    stands_at=900,
    deadline_at=CLEAR,
    companions=1,
    consents=True,
    facility="hospital",
    accepted=True,
    max_transport_s=CLEAR - LEAVES,
    cleared_by=("army",),
)
MAY_TRAVEL = v.PatientClearance(
    id="case-1-cleared",
    movement="convoy",
    case="case-1",
    party="army",
    state=v.PermitState.GRANTED,
    stands_at=900,
    valid=TRIP,
)

#: Every paper that some rule asks for, all in order.
GOOD: tuple[v.Record, ...] = (
    *(TRUCK, SEEN, TOLD_ARMY, TOLD_MINISTRY, LOOKED, CLEARED, RISK, TERMS, CARE, WATCHED),
    *(EYES, UNSCREENED, PATIENT, MAY_TRAVEL),
)
#: Papers beside them that are bad, or older than a good one that counts instead.
BAD: tuple[v.Record, ...] = (
    replace(TRUCK, id="truck-2", plate=""),
    replace(SEEN, id="gate-before", checked_at=7_000, weapons=True),
    replace(SEEN, id="gate-after", checked_at=8_500, aid_only=None),
    replace(TOLD_ARMY, id="older", version=0),
    replace(CLEARED, id="travel-2", cleared=2),
    replace(RISK, id="risk-before", assessed_at=700, residual=v.Risk.UNACCEPTABLE),
    replace(RISK, id="risk-tied", criticality=None),
    replace(TERMS, id="forced", forced_route=True),
    replace(CARE, id="uncared", together=False),
    replace(UNSCREENED, id="screened", planned=True, party="army"),
    replace(PATIENT, id="case-2-stands", case="case-2", companions=2, consents=None),
    replace(PATIENT, id="case-1-before", stands_at=800, travels=False),
    replace(MAY_TRAVEL, id="case-1-tied", stands_at=900, tied_to="an exchange"),
)


def asked(
    records: Iterable[v.Record],
    *,
    network: Network = NETWORK,
    as_of: int = NOW,
    policy: Policy = POLICY,
) -> tuple[Objection, ...]:
    """What the further rules say of exactly these records."""
    known = [(one, as_of) for one in records]
    found = verify(known, network, "convoy", as_of, policy=policy)
    return tuple(one for one in found if one.rule in FURTHER)


def against(
    *changed: v.Record,
    purpose: v.Purpose = AID,
    organisation: str = "any",
    without: Iterable[str] = (),
    as_of: int = NOW,
    network: Network = NETWORK,
    policy: Policy = POLICY,
) -> set[str]:
    """The further rules against a movement with all good papers, some changed by id or left out."""
    known = {one.id: one for one in (*IN_ORDER, *GOOD, movement(purpose, organisation))}
    known |= {one.id: one for one in changed}
    left = [one for id, one in known.items() if id not in {*without}]
    return {one.rule for one in asked(left, network=network, as_of=as_of, policy=policy)}

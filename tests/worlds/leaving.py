"""The two towns with people to bring out, sick people among them, and medical supplies to bring in.

The way out of Birch, 11:40 to 13:02 (`LEAVES`, `CLEAR`), carries them. `leaving()` is the world
without any paper of theirs; `EVACUATION`, `MEDEVAC` and `SUPPLIES` are in order, so that at 07:30
the answer is GO. A test takes a paper away, or has it read otherwise.
"""

from __future__ import annotations

from typing import Any

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Convoy,
    EvacuationCare,
    EvacuationTerms,
    ItemCount,
    LastResort,
    LoadList,
    Monitoring,
    Movers,
    Patient,
    PatientClearance,
    PermitState,
    Purpose,
    Removal,
    ReturnTerms,
    Screening,
    Urgency,
)
from tests.worlds.two_towns import BANKS, CLEAR, DEPART, MOVEMENT, TOWNS, Towns, leg, may

GRANTS = ("north-restraint", "north-passage", "south-restraint", "south-passage", "south-consent")
LEAVES = may(6, 11, 40)
TRIP = Span(DEPART, CLEAR)
GOOD_TERMS = {
    "voluntary": True,
    "forced_route": False,
    "own_choice": True,
    "acceptable_destination": True,
}
TOLD = ("informed", "consents", "refusal_open", "stayers_protected")
TREATED = ("together", "belongings", "no_distinction", "special_care", "services")
WATCHERS = Actor(id="watchers", name="The Watchers", kind=ActorKind.MONITOR)


def leaving(
    purpose: Purpose = Purpose.CIVILIAN_EVACUATION, *movers: Movers, passengers: int = 40
) -> Towns:
    """The way back carries people out of Birch; both parties have agreed to that, for anyone."""
    world = _for_any_purpose(TOWNS)
    there, back = TOWNS.movement().legs
    who = frozenset(movers or {Movers.CIVILIANS})
    out = leg(back.id, back.direction, "-hill-road", "-bridge-road", purpose=purpose, movers=who)
    convoy = Convoy(vehicles=10, column_m=1_000, passengers=passengers)
    return world.but(MOVEMENT, legs=(there, out), convoy=convoy)


def _for_any_purpose(world: Towns) -> Towns:
    for grant in GRANTS:
        world = world.given(
            grant, purposes=frozenset({Purpose.ANY}), for_whom=frozenset({Movers.ANYONE})
        )
    return world


def _record(kind: Any, id: str, /, *usual: dict[str, Any], **changes: Any) -> Any:
    fields: dict[str, Any] = {"id": id, "movement": MOVEMENT}
    for some in (*usual, changes):
        fields |= some
    return kind(**fields)


def terms(**known: Any) -> EvacuationTerms:
    """Recorded as voluntary and chosen, unless told other."""
    return _record(EvacuationTerms, "terms", GOOD_TERMS, {"ground": "asked in Birch."}, **known)


def care(**known: Any) -> EvacuationCare:
    """Told, asked and cared for in every way, unless told other."""
    well = dict.fromkeys((*TOLD, *TREATED), True)
    told = {"by": "protection officer", "checked_at": may(4, 9)}
    return _record(EvacuationCare, "care", well, told, **known)


def resort(**known: Any) -> LastResort:
    """Aid in place was tried, unless told other."""
    tried = {"tried": "food by the hill road", "result": "turned back twice"}
    by = {"by": "head of office", "decided_at": may(2, 9)}
    return _record(LastResort, "resort", tried, by, **known)


def home(**known: Any) -> ReturnTerms:
    """The way home stays open, unless told other."""
    well = {"temporary": True, "papers_kept": True, "waiver_signed": False}
    return _record(
        ReturnTerms, "home", well, {"called_by": "the council of Birch", "by": "lawyer"}, **known
    )


def screening(**known: Any) -> Screening:
    """Nobody is screened, unless told other."""
    return _record(Screening, "screening", {"planned": False, "by": "protection officer"}, **known)


def guarded(**known: Any) -> Screening:
    """The south screens at the bridge, under all the guards there are, unless told other."""
    guards = {"guaranteed_in": "south-passage", "independent": "relief", "sign_off": "protection"}
    where = {"party": "south", "where": "the bridge", "whom": "men of fighting age"}
    return screening(**({"planned": True} | where | guards | known))


def patient(case: str = "B-7", /, **known: Any) -> Patient:
    """A case that travels with one companion and has all it needs but the clearances."""
    usual = {
        "case": case,
        "list_owner": "relief",
        "rank": 1,
        "urgency": Urgency.URGENT,
        "stands_at": may(4, 9),
        "companions": 1,
        "destination": "the hospital of Alder",
        "consents": True,
        "facility": "Alder hospital",
        "accepted": True,
        "cleared_by": ("north", "south"),
    }
    return _record(Patient, f"patient-{case}", usual, **known)


def cleared(by: str, case: str = "B-7", /, **known: Any) -> PatientClearance:
    """A party has cleared a case for the day of the trip, unless told other."""
    usual = {"case": case, "party": by, "state": PermitState.GRANTED, "stands_at": may(4, 10)}
    return _record(
        PatientClearance, f"{by}-clears-{case}", usual, {"valid": Span(may(6), may(7))}, **known
    )


def load(*items: ItemCount, **known: Any) -> LoadList:
    """What was loaded by 07:00, all of it as approved, unless told other."""
    usual = {"version": 1, "checked_at": may(6, 7), "by": "logistics officer"}
    return _record(LoadList, "load", {"items": items or (item(),)}, usual, **known)


def item(name: str = "surgical kits", approved: int = 20, loaded: int = 20) -> ItemCount:
    """One line of a load list."""
    return ItemCount(item=name, approved=approved, loaded=loaded)


def taken(**known: Any) -> Removal:
    """The south took three kits out at 07:20; nobody has decided yet, unless told other."""
    usual = {"item": "surgical kits", "count": 3, "party": "south", "treatments": 120}
    where = {"where": "the bridge", "removed_at": may(6, 7, 20)}
    return _record(Removal, "taken", usual, where, **known)


def watch(**known: Any) -> Monitoring:
    """The Watchers are on both banks for the whole trip, unless told other."""
    return _record(
        Monitoring, "watch", {"monitor": "watchers", "areas": BANKS, "valid": TRIP}, **known
    )


def medical(*movers: Movers) -> Towns:
    """Sick people are to leave with staff beside them; nothing is recorded of any case yet."""
    who = movers or (Movers.SICK_AND_WOUNDED, Movers.HUMANITARIAN)
    return leaving(Purpose.MEDICAL_EVACUATION, *who).plus(care(), screening())


def supplying() -> Towns:
    """Medical supplies go in; nothing is recorded of the load yet."""
    there, back = TOWNS.movement().legs
    route = ("bridge-road", "hill-road")
    into = leg(
        there.id,
        there.direction,
        *route,
        service_s=there.service_s,
        purpose=Purpose.MEDICAL_SUPPLIES,
    )
    return _for_any_purpose(TOWNS).but(MOVEMENT, legs=(into, back))


EVACUATION = leaving().plus(terms(), care(), resort(), home(), screening())
MEDEVAC = medical().plus(patient(), cleared("north"), cleared("south"))
SUPPLIES = supplying().plus(load())

"""Rule M1: a medical evacuation, patient by patient; case numbers, never names.

A case that lacks something is named with what it lacks; a case that stays is shown and stops
nobody. Where two records of one case, or of one clearance, tell of the same moment, both count.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, planned
from safeconduct.clearance.checks.times import hours
from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Level
from safeconduct.vocabulary import (
    Patient,
    PatientClearance,
    PatientState,
    PermitState,
    Purpose,
)

_WHY_STAYS = {
    PatientState.WAITING: "is not on the list of this movement and stays",
    PatientState.TRAVELLED: "has travelled already",
    PatientState.REFUSED: "refused to go and stays",
    PatientState.DIED: "died while waiting",
}


def per_patient(bench: Bench) -> list[Finding]:
    """Rule M1: each case that travels has all that it needs; who stays is shown."""
    if not bench.legs_for(Purpose.MEDICAL_EVACUATION):
        return bench.not_applicable("M1", "No leg of this movement evacuates patients.")
    cases = _cases(bench)
    staying = [f for stands in cases.values() for f in _stays(bench, stands)]
    found = [*_listed(bench, cases), *_seats(bench, cases)]
    transport_s = _transport_s(bench)
    for stands in cases.values():
        of_case = [f for one in stands if _is_judged(bench, one) for f in _case(bench, one)]
        of_case += [
            f for one in stands if _is_judged(bench, one) for f in _long(bench, one, transport_s)
        ]
        found += dict.fromkeys(of_case)
    if found:
        return [*found, *staying]
    going = [case for case, stands in cases.items() if _goes(stands)]
    met = bench.met(
        "M1",
        f"Each case that travels has all that it needs: {', '.join(going)}.",
        statements=tuple(one.id for case in going for one in cases[case]),
    )
    return [*met, *staying]


# -- who is on the list


def _cases(bench: Bench) -> dict[str, tuple[Patient, ...]]:
    """The latest records of each case, more than one where they tie; by rank, then by case."""
    by_case: dict[str, list[Patient]] = defaultdict(list)
    for patient in bench.situation.facts_of(Patient, bench.movement.id):
        by_case[patient.case].append(patient)
    ordered = sorted(by_case, key=lambda case: (min(p.rank for p in by_case[case]), case))
    return {case: tuple(by_case[case]) for case in ordered}


def _is_aboard(patient: Patient) -> bool:
    """Whether this record has the patient travel, or says that the patient already does."""
    return patient.travels and patient.state in (PatientState.WAITING, PatientState.TRAVELLED)


def _goes(stands: Iterable[Patient]) -> bool:
    return all(_is_aboard(one) for one in stands)


def _is_judged(bench: Bench, patient: Patient) -> bool:
    """Whether what the case needs is still asked; nobody has travelled before a departure."""
    return _is_aboard(patient) and (patient.state is PatientState.WAITING or not bench.under_way)


def _stays(bench: Bench, stands: Iterable[Patient]) -> Iterable[Finding]:
    for one in stands:
        if not _is_aboard(one):
            yield bench.finding(
                "M1",
                Status.MET,
                f"Case {one.case} {_WHY_STAYS[one.state]}.",
                code="PATIENT-STAYS",
                level=Level.WARN,
                statements=(one.id,),
                remedy=f"{bench.name(one.list_owner)} must say what becomes of case {one.case}."
                if one.state in (PatientState.WAITING, PatientState.REFUSED)
                else "",
            )


def _listed(bench: Bench, cases: dict[str, tuple[Patient, ...]]) -> Iterable[Finding]:
    if not cases:
        yield bench.finding(
            "M1",
            Status.UNKNOWN,
            "No list of patients is recorded for this movement.",
            code="NO-PATIENT-LIST",
            waits=True,
            remedy="Have the owner of the list record each case: rank, urgency, destination, "
            "companions, who must clear it.",
        )
    elif not any(_goes(stands) for stands in cases.values()):
        yield bench.finding(
            "M1",
            Status.UNMET,
            f"Nobody on the list of {len(cases)} is sure to travel, so there is nobody to move.",
            code="NO-PATIENT-LIST",
            statements=tuple(one.id for stands in cases.values() for one in stands),
            remedy="Record which cases travel, or plan no medical evacuation.",
        )


def _seats(bench: Bench, cases: dict[str, tuple[Patient, ...]]) -> Iterable[Finding]:
    taken = [
        (stands, max(1 + one.companions for one in stands if _is_aboard(one)))
        for stands in cases.values()
        if any(_is_aboard(one) for one in stands)
    ]
    needed, there = sum(seats for _, seats in taken), bench.movement.convoy.passengers
    if needed > there:
        yield bench.finding(
            "M1",
            Status.UNMET,
            f"{len(taken)} cases with their companions need {needed} seats; "
            f"the column has {there}.",
            code="SEATS",
            statements=tuple(one.id for stands, _ in taken for one in stands),
            remedy="Plan more seats (a new version), or record which cases stay.",
        )


# -- what one case needs


def _case(bench: Bench, patient: Patient) -> Iterable[Finding]:
    yield from _consent(bench, patient)
    yield from _facility(bench, patient)
    yield from _cleared(bench, patient)
    yield from _roles(bench, patient)
    if patient.deadline_at is not None and patient.deadline_at < bench.trip.end:
        yield _lacks(
            bench,
            patient,
            f"moving is too late after {bench.time(patient.deadline_at)}, and the trip ends at "
            f"{bench.time(bench.trip.end)}",
            "PATIENT-TOO-LATE",
            "Plan an earlier trip",
        )


def _lacks(
    bench: Bench,
    patient: Patient,
    what: str,
    code: str,
    remedy: str,
    *records: str,
    waits: bool = False,
    party: str = "",
) -> Finding:
    """One thing that one case lacks; with the way out that stops no other case."""
    return bench.finding(
        "M1",
        Status.UNKNOWN if waits else Status.UNMET,
        f"Case {patient.case}: {what}.",
        code=code,
        party=party,
        statements=(patient.id, *records),
        waits=waits,
        remedy=f"{remedy}, or record that case {patient.case} stays, so that the others can go.",
    )


def _consent(bench: Bench, patient: Patient) -> Iterable[Finding]:
    if patient.consents is False:
        yield _lacks(
            bench,
            patient,
            "the patient, or a guardian, does not consent",
            "PATIENT-CONSENT",
            "Find a destination that the patient accepts",
        )
    elif not patient.consents or not patient.destination.strip():
        yield _lacks(
            bench,
            patient,
            "nobody has recorded that the patient, or a guardian, consents to a named destination",
            "PATIENT-CONSENT",
            "Ask the patient or the guardian",
            waits=True,
        )


def _facility(bench: Bench, patient: Patient) -> Iterable[Finding]:
    facility = patient.facility.strip()
    if patient.accepted is False:
        yield _lacks(
            bench,
            patient,
            f"{facility or 'the receiving facility'} does not accept the patient",
            "PATIENT-FACILITY",
            "Find a facility that accepts",
        )
    elif not patient.accepted or not facility:
        yield _lacks(
            bench,
            patient,
            "nobody has recorded a receiving facility that accepts the patient",
            "PATIENT-FACILITY",
            "Have a facility accept the patient",
            waits=True,
        )


def _roles(bench: Bench, patient: Patient) -> Iterable[Finding]:
    clearing = {*patient.cleared_by, *(one.party for one in _clearances(bench, patient))}
    both = sorted(p for p in clearing if bench.situation.is_of(patient.list_owner, p))
    if both:
        name = bench.name(patient.list_owner)
        yield _lacks(
            bench,
            patient,
            f"{name} ranks the list and clears the case too",
            "ROLES-NOT-APART",
            "Have the list ranked by somebody who clears nobody",
            party=both[0],
        )


def _long(bench: Bench, patient: Patient, transport_s: int) -> Iterable[Finding]:
    most = patient.max_transport_s
    if most is not None and most < transport_s:
        yield _lacks(
            bench,
            patient,
            f"the patient can be on the road for {hours(most)}, and may be for "
            f"{hours(transport_s)}",
            "TRANSPORT-TOO-LONG",
            "Plan a shorter way, or shorter holds",
        )


def _transport_s(bench: Bench) -> int:
    """The longest time on the road as planned; a column under way has part of it behind it."""
    evacuating = {leg.id for leg in bench.legs_for(Purpose.MEDICAL_EVACUATION)}
    plan = planned(bench.movement, bench.network, bench.situation).entries
    on_the_way = [entry for entry in plan if entry.leg in evacuating]
    return max(e.leave for e in on_the_way) - min(e.enter for e in on_the_way)


# -- clearances


def _clearances(bench: Bench, patient: Patient) -> list[PatientClearance]:
    of_movement = bench.situation.facts_of(PatientClearance, bench.movement.id)
    return [one for one in of_movement if one.case == patient.case]


def _cleared(bench: Bench, patient: Patient) -> Iterable[Finding]:
    """Every party that must clear the case, or was asked to, has cleared it."""
    by_party: dict[str, list[PatientClearance]] = defaultdict(list)
    for one in _clearances(bench, patient):
        by_party[one.party].append(one)
    if not patient.cleared_by:
        yield _lacks(
            bench,
            patient,
            "nobody has recorded which parties must clear it",
            "PATIENT-NOT-CLEARED",
            "Record which parties must clear it, and have them do so",
            waits=True,
        )
    for party in sorted({*patient.cleared_by, *by_party}):
        stands = by_party.get(party)
        if not stands:
            yield _open(bench, patient, party)
        for one in stands or ():
            yield from _clearance(bench, patient, one)


def _open(bench: Bench, patient: Patient, party: str, *records: str) -> Finding:
    name = bench.name(party)
    return _lacks(
        bench,
        patient,
        f"{name} has not cleared it, as far as recorded",
        "PATIENT-NOT-CLEARED",
        f"Obtain the clearance of {name}, valid for the whole trip",
        *records,
        waits=True,
        party=party,
    )


def _clearance(bench: Bench, patient: Patient, stands: PatientClearance) -> Iterable[Finding]:
    name, trip = bench.name(stands.party), bench.trip
    if stands.tied_to.strip():
        yield _lacks(
            bench,
            patient,
            f"{name} ties its clearance to {stands.tied_to.strip(' .')}, which makes it none",
            "CLEARANCE-TIED",
            f"{name} must clear the case for itself, tied to nothing",
            stands.id,
            party=stands.party,
        )
    elif stands.state is PermitState.REFUSED:
        yield _lacks(
            bench,
            patient,
            f"{name} refused to clear it",
            "PATIENT-NOT-CLEARED",
            f"{name} must clear it after all",
            stands.id,
            party=stands.party,
        )
    elif stands.state is PermitState.OPEN or stands.valid is None:
        yield _open(bench, patient, stands.party, stands.id)
    elif not stands.valid.holds(trip):
        yield _lacks(
            bench,
            patient,
            f"the clearance of {name} does not hold for the whole trip, {bench.period(trip)}",
            "PATIENT-NOT-CLEARED",
            f"Have {name} clear it for the whole trip",
            stands.id,
            party=stands.party,
        )

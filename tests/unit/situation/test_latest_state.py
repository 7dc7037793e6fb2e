"""Section 1: of several records about one thing, which one holds; ties go to the doubt."""

from __future__ import annotations

import pytest

from safeconduct.situation import picture
from safeconduct.vocabulary import (
    Allege,
    Assumption,
    Incident,
    IncidentReview,
    IncidentState,
    LoadList,
    Patient,
    PatientClearance,
    Permit,
    PermitState,
    PermitStep,
    Removal,
    Report,
)
from tests.worlds.leaving import cleared, load, patient, taken
from tests.worlds.two_towns import GROUND, MOVEMENT, NOW, may, said

UNVERIFIED, VERIFIED, DISMISSED = (
    IncidentState.UNVERIFIED,
    IncidentState.VERIFIED,
    IncidentState.DISMISSED,
)
SHOTS = Incident(id="shots", what="shots heard", at=may(5, 20), means=GROUND)
REPORTED = said("relief", may(5, 21), Report(id="report", party="relief", incident=SHOTS))


def review(id, state, at, **more):
    fields = {"of": "shots", "by": "duty officer", "reason": "asked both banks"}
    return IncidentReview(id=id, state=state, reviewed_at=at, **(fields | more))


def permit(id, stands_at, *states, **more):
    steps = tuple(PermitStep(name=f"step {n}", state=s) for n, s in enumerate(states))
    fields = {"need": "pass", "movement": MOVEMENT, "steps": steps} | more
    return Permit(id=id, stands_at=stands_at, **fields)


def as_of(now, *records):
    return picture(records, as_of=now, known_at=now)


def test_an_incident_is_told_by_a_report_or_an_allegation():
    alleged = Allege(id="alleged", party="south", against="north", what="shots", incident=SHOTS)
    for statement in (REPORTED, said("south", may(5, 21), alleged)):
        (now,) = as_of(NOW, statement).incidents
        assert (now.incident, now.statement, now.reviewed_by) == (SHOTS, statement, "")


def test_the_latest_review_says_how_an_incident_stands_and_who_says_so():
    verified = review("first", VERIFIED, may(5, 22))
    dismissed = review("second", DISMISSED, may(5, 23), reason="a wedding")
    (now,) = as_of(NOW, REPORTED, dismissed, verified).incidents
    assert now.incident.state is DISMISSED
    assert (now.reviewed_by, now.reason) == ("duty officer", "a wedding")


def test_a_review_counts_from_the_second_it_was_made():
    dismissed = review("first", DISMISSED, may(5, 22))
    states = [
        as_of(now, REPORTED, dismissed).incidents[0].incident.state
        for now in (may(5, 21, 59, 59), may(5, 22))
    ]
    assert states == [UNVERIFIED, DISMISSED]


@pytest.mark.parametrize(
    ("one", "other", "holds"),
    [
        (DISMISSED, UNVERIFIED, UNVERIFIED),
        (DISMISSED, VERIFIED, VERIFIED),
        (UNVERIFIED, VERIFIED, VERIFIED),
    ],
)
def test_of_two_reviews_in_one_second_the_one_with_more_doubt_holds(one, other, holds):
    for first, second in ((one, other), (other, one)):
        reviews = (review("a", first, may(5, 22)), review("b", second, may(5, 22)))
        assert as_of(NOW, REPORTED, *reviews).incidents[0].incident.state is holds


def test_a_review_of_another_incident_changes_nothing():
    other = review("first", DISMISSED, may(5, 22), of="shelling")
    assert as_of(NOW, REPORTED, other).incidents[0].incident.state is UNVERIFIED


@pytest.mark.parametrize(("first", "second"), [("a", "b"), ("b", "a")])
def test_the_permit_that_stands_latest_counts(first, second):
    old = permit(first, may(3), PermitState.GRANTED)
    new = permit(second, may(4), PermitState.REFUSED)
    assert as_of(NOW, new, old).facts(Permit) == (new,)
    assert as_of(may(3), new, old).facts(Permit) == (old,)


def test_of_two_permits_of_one_second_the_one_with_more_open_steps_counts():
    granted = permit("b", may(4), PermitState.GRANTED, PermitState.GRANTED)
    half = permit("a", may(4), PermitState.GRANTED, PermitState.OPEN)
    assert as_of(NOW, granted, half).facts(Permit) == (half,)


def test_permits_for_another_need_or_movement_stand_beside_one_another():
    mine = permit("mine", may(3), PermitState.GRANTED)
    other_need = permit("visa", may(4), PermitState.OPEN, need="visa")
    other_movement = permit("theirs", may(4), PermitState.OPEN, movement="other")
    found = as_of(NOW, mine, other_need, other_movement).facts(Permit)
    assert {p.id for p in found} == {"mine", "visa", "theirs"}


def test_what_an_assumption_supplies_is_known_as_assumed():
    assumed = Assumption(id="a", rule="A1", what="who", why="no source", supplies=("garrison",))
    found = as_of(NOW, assumed)
    assert (found.assumptions, found.assumed) == ((assumed,), frozenset({"garrison"}))


# -- people and supplies: of several records about one thing the latest count, and all of a tie

NAMED = [(Patient, patient, "stands_at"), (PatientClearance, cleared, "stands_at")]
NAMED += [(LoadList, load, "checked_at"), (Removal, taken, "removed_at")]


def one(make, **known):
    return make("north", **known) if make is cleared else make(**known)


@pytest.mark.parametrize(("kind", "make", "moment"), NAMED)
def test_of_records_about_one_thing_the_latest_counts_and_all_that_tie(kind, make, moment):
    early, late = may(4, 9), may(4, 10)
    told = [one(make, id=f"{at}-{n}", **{moment: at}) for n, at in enumerate([early, late, late])]
    found = as_of(NOW, *told).facts_of(kind, MOVEMENT)
    assert [record.id for record in found] == [f"{late}-1", f"{late}-2"]
    # What happens after the moment that is asked about replaces nothing yet.
    (then,) = as_of(late - 1, *told).facts_of(kind, MOVEMENT)
    assert then.id == f"{early}-0"


@pytest.mark.parametrize(
    ("make", "kind", "moment", "other"),
    [
        (patient, Patient, "stands_at", {"case": "B-8"}),
        (patient, Patient, "stands_at", {"movement": "another"}),
        (cleared, PatientClearance, "stands_at", {"party": "south"}),
        (cleared, PatientClearance, "stands_at", {"case": "B-8"}),
        (load, LoadList, "checked_at", {"version": 2}),
        (taken, Removal, "removed_at", {"where": "a gate"}),
        (taken, Removal, "removed_at", {"party": "north"}),
        (taken, Removal, "removed_at", {"item": "insulin"}),
    ],
)
def test_a_record_about_another_thing_replaces_nothing(make, kind, moment, other):
    first = one(make, id="first", **{moment: may(4, 9)})
    second = one(make, id="second", **{moment: may(4, 10)} | other)
    assert first in as_of(NOW, first, second).facts(kind)

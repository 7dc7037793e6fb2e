"""The further rules against papers that are all in order but one."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Level, Origin, Phase, Rule
from safeconduct.roads.network import Network
from safeconduct.spacetime import Point, Span
from tests.verifier.further import FURTHER
from tests.verifier.some_papers import (
    AID,
    BAD,
    CARE,
    CIVILIAN,
    CLEARED,
    GOOD,
    LOOKED,
    MAY_TRAVEL,
    MEDICAL,
    PATIENT,
    POLICY,
    PROFILES,
    RISK,
    SEEN,
    TERMS,
    TOLD_ARMY,
    TRIP,
    TRUCK,
    UNSCREENED,
    WATCHED,
    against,
    asked,
    movement,
)
from tests.verifier.two_places import (
    ALWAYS,
    CLEAR,
    GIVEN,
    IN_ORDER,
    LEAVES,
    NETWORK,
    NOW,
    PRESENCE,
    RESTRAINT,
    confirm,
    said,
    undertaking,
    with_terms,
)
from tests.verifier.verifier import verify

HOUR = 3600
PURPOSES = (AID, CIVILIAN, MEDICAL)
LEFT = v.Departure(id="left", movement="convoy", version=1, departed_at=LEAVES, by="leader")


@pytest.mark.parametrize("purpose", PURPOSES)
@pytest.mark.parametrize("organisation", PROFILES)
def test_a_movement_with_every_paper_in_order_meets_no_objection(
    purpose: v.Purpose, organisation: str
) -> None:
    assert against(purpose=purpose, organisation=organisation) == set()


@pytest.mark.parametrize(
    ("rule", "hours", "paper", "asked_of"),
    [
        ("E3", 24, "care", {"purpose": CIVILIAN}),
        ("E4", 24, "care", {"purpose": MEDICAL}),
        ("E5", 24, "watched", {"purpose": CIVILIAN, "organisation": "un"}),
        ("E8", 72, "screening", {"purpose": MEDICAL}),
        ("M1", 24, "case-1-stands", {"purpose": MEDICAL}),
        ("V1", 24, "truck", {}),
        ("V3", 1, "gate", {}),
        ("U1", 24, "travel", {"organisation": "un"}),
        ("U2", 72, "risk", {"organisation": "un"}),
    ],
)
def test_what_nobody_recorded_objects_from_the_second_its_rule_is_due(
    rule: str, hours: int, paper: str, asked_of: dict[str, Any]
) -> None:
    # At the gate somebody looks last; what it saw must not object to a list that is missing.
    gone, due = (paper, "gate"), LEAVES - hours * HOUR
    assert rule in against(without=gone, as_of=due, **asked_of)
    assert rule not in against(without=gone, as_of=due - 1, **asked_of)


def test_under_way_every_rule_is_due() -> None:
    left_at = LEAVES - 2 * HOUR
    early = replace(LEFT, departed_at=left_at)
    assert "V3" in against(early, without=["gate"], as_of=left_at)
    assert "V3" not in against(without=["gate"], as_of=left_at)


def test_the_phase_of_a_rule_that_the_page_gives_none_is_the_policys() -> None:
    rule = Rule(
        id="N4",
        title="told",
        level=Level.HARD,
        phase=Phase.T1,
        origin=Origin.OURS,
        says="told",
        remedy="tell",
        reads=frozenset(),
    )
    policy = replace(POLICY, rules=(rule,))
    assert "N4" in against(without=["to-army"], as_of=LEAVES - HOUR, policy=policy)
    assert "N4" not in against(without=["to-army"], as_of=LEAVES - HOUR - 1, policy=policy)


# The property of the whole part: papers help, and their absence never does.


@given(
    st.sets(st.sampled_from(range(len(GOOD)))),
    st.sets(st.sampled_from(range(len(BAD)))),
    st.sampled_from(range(len(GOOD))),
    st.sampled_from(PURPOSES),
    st.sampled_from([*PROFILES]),
)
def test_a_good_paper_never_adds_an_objection_and_its_loss_never_removes_one(
    good: set[int], bad: set[int], paper: int, purpose: v.Purpose, organisation: str
) -> None:
    held = [*IN_ORDER[:-1], movement(purpose, organisation), *(BAD[one] for one in bad)]
    without = [*held, *(GOOD[one] for one in good - {paper})]
    fewer = {one.rule for one in asked([*without, GOOD[paper]])}
    assert fewer <= {one.rule for one in asked(without)}


@pytest.mark.parametrize("bad", BAD, ids=lambda one: str(one.id))
def test_a_bad_paper_beside_the_good_ones_objects_unless_a_later_one_counts(bad: v.Record) -> None:
    found = {
        rule
        for purpose in PURPOSES
        for organisation in PROFILES
        for rule in against(bad, purpose=purpose, organisation=organisation)
    }
    assert (found == set()) is bad.id.endswith(("-before", "older"))  # what counts is later


def test_no_record_is_asked_of_another_movement_or_version() -> None:
    for paper in (TRUCK, SEEN, CLEARED):
        rule = {"truck": "V1", "gate": "V3", "travel": "U1"}[paper.id]
        assert rule in against(replace(paper, version=2), organisation="un")
    for other in (CARE, WATCHED, UNSCREENED, PATIENT, RISK):
        assert against(
            replace(other, movement="sister"), purpose=MEDICAL, organisation="un"
        )  # missed here


# T2, T3, N4, N5, C1, G4.


def test_preparation_runs_from_the_last_word_that_it_takes() -> None:
    late = replace(RESTRAINT, said_at=4_000)
    ready = replace(movement(), preparation_s=LEAVES - 4_000)
    assert against(ready, late) == set()
    assert against(replace(ready, preparation_s=LEAVES - 4_000 + 1), late) == {"T2"}
    # An earlier word that suffices was enough.
    both = replace(late, id="again", acts=(replace(GIVEN, id="grant-2"),))
    assert against(replace(ready, preparation_s=9_000), both) == set()


ARRANGEMENT = v.Arrangement(
    id="desk", party="army", areas=("x",), lead_s=LEAVES - 500, valid=ALWAYS, zone="UTC"
)
RECEIPT = v.Acknowledge(id="ack", party="army", notice="to-army", level=v.AckLevel.OFFICE)
ACKNOWLEDGED = said("said-ack", "army", 600, RECEIPT)


def test_an_arrangement_asks_for_a_notice_in_time_and_the_receipt_of_the_office() -> None:
    assert against(ARRANGEMENT) == {"T3"}
    assert against(ARRANGEMENT, ACKNOWLEDGED) == set()
    assert against(replace(ARRANGEMENT, lead_s=LEAVES - 499), ACKNOWLEDGED) == {"T3"}
    relay = replace(RECEIPT, level=v.AckLevel.RELAY)
    assert against(ARRANGEMENT, said("said-ack", "army", 600, relay)) == {"T3"}
    assert against(ARRANGEMENT, replace(ACKNOWLEDGED, actor="un")) == {"T3"}
    assert against(replace(ARRANGEMENT, areas=("y",))) == set()
    assert against(replace(ARRANGEMENT, valid=Span(0, LEAVES))) == set()


def test_a_notice_counts_on_the_partys_own_days_in_its_own_zone() -> None:
    # 1 January 1970, 00:08 UTC, was a Thursday (3); in New York it was still Wednesday.
    thursdays = replace(ARRANGEMENT, weekdays=frozenset({3}))
    assert against(thursdays, ACKNOWLEDGED) == set()
    assert against(replace(thursdays, zone="America/New_York"), ACKNOWLEDGED) == {"T3"}


def test_a_clearance_that_runs_out_on_the_way_is_no_clearance() -> None:
    lasts = replace(ARRANGEMENT, clearance_lasts_s=CLEAR - 600)
    assert against(lasts, ACKNOWLEDGED) == set()
    assert against(replace(lasts, clearance_lasts_s=CLEAR - 601), ACKNOWLEDGED) == {"T3"}


def test_a_word_for_this_very_movement_after_the_notice_replaces_its_receipt() -> None:
    own = with_terms(specificity=v.Specificity.MOVEMENT)  # said at 1,000, the notice sent at 500
    assert against(ARRANGEMENT, own) == set()
    assert against(ARRANGEMENT, replace(own, said_at=500)) == {"T3"}
    assert against(ARRANGEMENT, replace(own, said_at=400), confirm(501)) == set()


def test_each_asked_party_was_told_or_it_is_written_why_not() -> None:
    assert against(without=["to-ministry"]) == {"N4"}
    reason = v.NotTold(id="why", movement="convoy", party="ministry", reason="a leak", by="head")
    assert against(reason, without=["to-ministry"]) == set()
    assert against(replace(reason, reason=""), without=["to-ministry"]) == {"N4"}


def test_whoever_knows_an_older_version_only_is_told_anew() -> None:
    assert against(replace(TOLD_ARMY, version=0)) == {"N5"}
    assert against(replace(TOLD_ARMY, id="older", version=0)) == set()


def test_a_permit_is_granted_in_every_step_for_the_whole_trip() -> None:
    need = v.PermitNeed(
        id="letter",
        party="ministry",
        name="letter",
        areas=("x",),
        purposes=frozenset({AID}),
        steps=("one", "two"),
        valid=ALWAYS,
    )
    yes = v.PermitState.GRANTED
    steps = tuple(v.PermitStep(name=name, state=yes) for name in need.steps)
    permit = v.Permit(
        id="p", need="letter", movement="convoy", steps=steps, stands_at=900, valid=TRIP
    )
    assert against(need) == {"C1"}
    assert against(need, permit) == set()
    assert against(need, replace(permit, steps=steps[:1])) == {"C1"}
    assert against(need, replace(permit, valid=Span(LEAVES, CLEAR - 1))) == {"C1"}
    assert against(need, replace(permit, valid=None)) == {"C1"}
    refused = (steps[0], v.PermitStep(name="two", state=v.PermitState.REFUSED))
    later = replace(permit, id="q", stands_at=901, steps=refused)
    assert against(need, permit, later) == {"C1"}
    assert against(need, permit, replace(later, stands_at=899)) == set()
    assert against(need, permit, replace(later, stands_at=900)) == {"C1"}  # a tie is doubt
    assert against(replace(need, purposes=frozenset({CIVILIAN}))) == set()
    assert against(replace(need, areas=("y",))) == set()


def test_somebody_looked_for_incidents_everywhere_within_a_day() -> None:
    aged = replace(LOOKED, checked_at=NOW - 24 * HOUR)
    assert against(aged) == {"G4"}
    assert against(replace(aged, checked_at=NOW - 24 * HOUR + 1)) == set()
    assert against(replace(LOOKED, areas=("y",))) == {"G4"}


SHELLING = v.Incident(id="shell", what="shelling", at=NOW - 24 * HOUR, areas=("x",))


def reported(incident: v.Incident) -> v.Statement:
    return said("told", "eyes", 2_000, v.Report(id="report", party="eyes", incident=incident))


def test_an_incident_near_the_way_within_a_day_holds_until_it_is_dismissed() -> None:
    assert against(reported(SHELLING)) == {"G4"}
    assert against(reported(replace(SHELLING, at=NOW - 24 * HOUR - 1))) == set()
    assert against(reported(replace(SHELLING, areas=("y",)))) == set()
    assert against(reported(replace(SHELLING, areas=()))) == {"G4"}  # nobody knows where
    review = v.IncidentReview(
        id="review",
        of="shell",
        state=v.IncidentState.DISMISSED,
        reviewed_at=2_500,
        by="officer",
        reason="a quarry",
    )
    assert against(reported(SHELLING), review) == set()


@pytest.mark.parametrize(("metres", "near"), [(4_900, True), (5_100, False)])
def test_an_incident_on_the_map_is_near_within_five_kilometres(metres: int, near: bool) -> None:
    line = (Point(360_000_000, 340_000_000), Point(361_000_000, 340_000_000))
    road = replace(NETWORK.edge("road"), line=line)
    network = Network("lined", NETWORK.places, (road,), NETWORK.areas)
    north = Point(360_500_000, 340_000_000 + math.floor(metres * 1e7 / 111_320))
    seen = reported(replace(SHELLING, areas=(), near=north))
    assert (against(seen, network=network) == {"G4"}) is near
    assert against(seen) == {"G4"}  # a road without a course may pass anywhere


# V1 and V3.


@pytest.mark.parametrize(
    "truck",
    [
        replace(TRUCK, plate=""),
        replace(TRUCK, driver=""),
        replace(TRUCK, marked=frozenset()),
        replace(TRUCK, plate="9-99"),  # the gate saw another
        replace(TRUCK, body=v.Body.OPEN),
    ],
)
def test_a_vehicle_is_listed_whole_and_drives_as_it_was_listed(truck: v.Vehicle) -> None:
    assert against(truck) == {"V1"}


def test_an_unmarked_leg_is_one_that_is_recorded_as_unmarked() -> None:
    bare = replace(TRUCK, marked=frozenset(), unmarked=frozenset({"in"}))
    assert against(bare) == set()


def test_the_list_that_was_sent_is_the_column_that_drives() -> None:
    assert against(replace(TOLD_ARMY, listed=())) == {"V1"}
    assert against(replace(TOLD_ARMY, listed=("truck", "car"))) == {"V1"}
    # Whoever is asked for no key may have had another list.
    assert against(replace(TOLD_ARMY, id="to-eyes", to="eyes", listed=())) == set()


def test_other_vehicles_at_the_gate_object_at_once_and_a_missing_list_waits() -> None:
    early = LEAVES - 24 * HOUR - 1
    check = replace(SEEN, checked_at=early)
    assert "V1" not in against(check, as_of=early)
    assert "V1" in against(replace(check, seen=()), as_of=early)
    assert "V1" in against(replace(check, aid_only=False), as_of=early)
    assert "V1" not in against(replace(check, aid_only=None), as_of=early)
    assert "V1" not in against(without=["truck", "gate"], as_of=early)


ESCORT = v.Escort(
    id="escort",
    movement="convoy",
    party="army",
    areas=("x",),
    alternatives="none worked",
    needed=True,
    authorities=True,
    security=True,
    sustainable=True,
)


def test_a_weapon_in_the_column_objects_whatever_escorts_it() -> None:
    assert against(replace(SEEN, weapons=True)) == {"V3"}
    assert against(replace(SEEN, weapons=True), ESCORT) == {"V3"}
    assert against(replace(SEEN, weapons=None)) == {"V3"}
    assert against(replace(SEEN, weapons=True), as_of=LEAVES - HOUR - 1) <= {"G4"}  # seen later
    early = replace(SEEN, weapons=True, checked_at=LEAVES - 2 * HOUR)
    assert "V3" in against(early, as_of=LEAVES - 2 * HOUR)


def test_armed_persons_beside_the_column_are_an_escort_that_passed_its_gate() -> None:
    beside = replace(SEEN, armed_beside=True)
    assert against(beside) == {"V3"}
    assert against(beside, ESCORT) == set()
    assert against(beside, replace(ESCORT, alternatives="")) == {"V3"}
    assert against(beside, replace(ESCORT, areas=("y",))) == {"V3"}
    unmet = replace(ESCORT, sustainable=None)
    assert against(beside, unmet) == {"V3"}
    written = replace(unmet, exception_by="head", exception_why="need", end_plan="a week")
    assert against(beside, written) == set()
    assert against(beside, replace(written, end_plan="")) == {"V3"}
    assert against(beside, ESCORT, organisation="icrc") == {"V3"}


# U1 and U2: the United Nations' own.


def test_every_traveller_is_cleared_for_the_whole_way_and_trip() -> None:
    short = replace(CLEARED, valid=Span(LEAVES, CLEAR - 1))
    for bad in (short, replace(CLEARED, cleared=2), replace(CLEARED, areas=("y",))):
        assert against(bad, organisation="un") == {"U1"}
        assert against(bad, organisation="ngo") == set()


@pytest.mark.parametrize(
    ("change", "objects"),
    [
        ({"residual": v.Risk.VERY_HIGH}, True),  # PC2 allows high
        ({"residual": v.Risk.MEDIUM, "criticality": None}, False),
        ({"residual": v.Risk.HIGH, "criticality": None}, True),
        ({"residual": v.Risk.UNACCEPTABLE, "criticality": v.Criticality.PC1}, True),
        ({"criticality": v.Criticality.PC1}, True),  # headquarters did not approve
        ({"criticality": v.Criticality.PC1, "headquarters": True}, False),
        ({"valid": Span(LEAVES + 1, CLEAR)}, True),
    ],
)
def test_the_residual_risk_is_one_that_the_criticality_allows(
    change: dict[str, Any], objects: bool
) -> None:
    changed = replace(RISK, **change)
    assert (against(changed, organisation="un") == {"U2"}) is objects
    assert against(changed, organisation="icrc") == set()


# X3 and X5.


def test_a_demand_runs_out_only_after_the_column_is_clear_with_its_margin() -> None:
    act = v.Demand(id="demand", party="army", to=("un",), what="leave", deadline_at=CLEAR - 1)
    demand = said("said-demand", "army", 2_000, act)
    assert against(demand) == {"X3"}
    assert against(replace(demand, acts=(replace(act, deadline_at=CLEAR),))) == set()
    roomy = replace(movement(), margin_s=1, latest_at=CLEAR + 1)
    assert "X3" in against(replace(demand, acts=(replace(act, deadline_at=CLEAR),)), roomy)
    assert (
        against(
            demand, said("off", "army", 2_100, v.Withdraw(id="w", party="army", of=("demand",)))
        )
        == set()
    )
    assert against(demand, confirm(2_000)) == {"X3"}  # a tie is not after
    assert against(demand, confirm(2_001)) == set()
    assert against(replace(demand, acts=(replace(act, party="eyes"),))) == set()  # not asked


def test_each_partys_word_is_a_day_old_at_most_when_the_column_leaves() -> None:
    day_old = replace(RESTRAINT, said_at=LEAVES - 24 * HOUR)
    assert against(day_old) == set()
    assert against(replace(day_old, said_at=LEAVES - 24 * HOUR - 1)) == {"X5"}
    old = replace(day_old, said_at=-200_000)
    assert against(old, confirm(5_000)) == set()
    # A confirmation of another time yields none that meets the trip.
    elsewhere = v.Confirm(
        id="c", party="army", of=("grant",), windows=undertaking(start=0, end=LEAVES).windows
    )
    assert against(old, said("said-c", "army", 5_000, elsewhere)) == {"X5"}


# E1 to E5, E8 and E9.


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("E1", {"voluntary": None}),
        ("E1", {"voluntary": False}),
        ("E1", {"forced_route": None}),
        ("E1", {"forced_route": True}),
        ("E2", {"own_choice": None}),
        ("E2", {"own_choice": False}),
        ("E2", {"acceptable_destination": False}),
        ("E2", {"held_by": ("army",)}),  # whose guns reach the road from outside
    ],
)
def test_terms_that_are_bad_or_unknown_object(rule: str, change: dict[str, Any]) -> None:
    assert against(replace(TERMS, **change), purpose=CIVILIAN) == {rule}
    assert against(replace(TERMS, **change), purpose=MEDICAL) == set()


def test_terms_speak_for_the_movers_they_name_and_bad_ones_for_all() -> None:
    fighters = replace(TERMS, movers=frozenset({v.Movers.FIGHTERS}))
    assert against(fighters, purpose=CIVILIAN) == {"E1", "E2"}
    bad = replace(fighters, id="bad", voluntary=False)
    assert against(bad, purpose=CIVILIAN) == {"E1"}
    assert against(replace(TERMS, held_by=("army", "council")), purpose=CIVILIAN) == set()
    inside = replace(PRESENCE, controls=True)
    passage = said(
        "said-pass",
        "army",
        1_000,
        v.Guarantee(id="p", party="army", undertaking=undertaking("passage")),
    )
    assert against(replace(TERMS, held_by=("army",)), inside, passage, purpose=CIVILIAN) == set()


@pytest.mark.parametrize("field", ["informed", "consents", "refusal_open", "stayers_protected"])
def test_every_question_about_consent_is_answered_yes(field: str) -> None:
    for answer in (None, False):
        assert against(replace(CARE, **{field: answer}), purpose=MEDICAL) == {"E3"}
    assert against(replace(CARE, **{field: False}), purpose=AID) == set()


@pytest.mark.parametrize(
    "field", ["together", "belongings", "no_distinction", "special_care", "services"]
)
def test_every_question_about_treatment_is_answered_yes(field: str) -> None:
    for answer in (None, False):
        assert against(replace(CARE, **{field: answer}), purpose=CIVILIAN) == {"E4"}
    half = replace(CARE, id="half", **{field: None})
    assert against(half, purpose=CIVILIAN) == set()  # another record says yes


def test_care_that_was_refused_objects_at_once_and_care_unknown_waits() -> None:
    early = LEAVES - 24 * HOUR - 1
    refused = replace(CARE, checked_at=early, informed=False, together=None)
    assert against(refused, purpose=MEDICAL, as_of=early) & {"E3", "E4"} == {"E3"}


@pytest.mark.parametrize(
    "watch",
    [
        replace(WATCHED, valid=Span(LEAVES, CLEAR - 1)),
        replace(WATCHED, valid=Span(LEAVES + 1, CLEAR)),
        replace(WATCHED, areas=("y",)),
        replace(WATCHED, monitor="army"),
        replace(WATCHED, monitor="nobody"),
    ],
)
def test_somebody_neutral_watches_the_whole_way_while_they_are_on_it(watch: v.Monitoring) -> None:
    assert against(watch, purpose=CIVILIAN, organisation="un") == {"E5"}
    assert against(watch, purpose=CIVILIAN, organisation="ngo") == set()


def test_monitors_who_are_not_neutral_object_at_once() -> None:
    early = LEAVES - 24 * HOUR - 1
    asked_of: dict[str, Any] = {"purpose": CIVILIAN, "organisation": "un", "as_of": early}
    assert "E5" in against(replace(WATCHED, monitor="army"), **asked_of)
    assert "E5" not in against(without=["watched"], **asked_of)
    assert "E5" not in against(replace(WATCHED, monitor="un"), **asked_of)


SCREENED = replace(
    UNSCREENED,
    planned=True,
    party="army",
    guaranteed_in="free",
    independent="eyes",
    sign_off="head",
)
FREE = said(
    "said-free",
    "army",
    1_000,
    v.Guarantee(id="free", party="army", undertaking=undertaking("passage")),
)


def test_a_screening_is_guarded_by_a_guarantee_independent_eyes_and_a_sign_off() -> None:
    assert against(SCREENED, FREE, purpose=CIVILIAN) == set()
    for bad in (
        replace(SCREENED, guaranteed_in="grant-9"),
        replace(SCREENED, party="ministry"),
        replace(SCREENED, independent="army"),
        replace(SCREENED, independent="nobody"),
        replace(SCREENED, sign_off=""),
    ):
        assert against(bad, FREE, purpose=CIVILIAN) == {"E8"}
        assert against(bad, FREE, purpose=AID) == set()
    announced = replace(FREE, form=v.Form.ANNOUNCEMENT)
    assert against(SCREENED, announced, purpose=MEDICAL) == {"E8"}
    off = said("off", "army", 1_500, v.Withdraw(id="w", party="army", of=("free",)))
    assert "E8" in against(SCREENED, FREE, off, purpose=MEDICAL)  # its window is yet to come


def test_for_the_icrc_the_parties_agree_by_name_and_nobody_is_forced() -> None:
    asked_of: dict[str, Any] = {"purpose": CIVILIAN, "organisation": "icrc"}
    civilians = frozenset({v.Movers.CIVILIANS})
    assert against(with_terms(for_whom=civilians), **asked_of) == {"E9"}
    both = civilians | {v.Movers.HUMANITARIAN}
    assert against(with_terms(for_whom=both), **asked_of) == set()
    assert "E9" in against(replace(TERMS, forced_route=True), **asked_of)
    assert "E9" in against(without=["said-consent"], **asked_of)
    assert against(with_terms(for_whom=civilians), purpose=CIVILIAN) == set()
    # It waits for no phase.
    assert "E9" in against(with_terms(for_whom=civilians), **asked_of, as_of=2_000)


# M1.


@pytest.mark.parametrize(
    "case",
    [
        replace(PATIENT, consents=False),
        replace(PATIENT, consents=None),
        replace(PATIENT, facility=""),
        replace(PATIENT, accepted=None),
        replace(PATIENT, deadline_at=CLEAR - 1),
        replace(PATIENT, max_transport_s=CLEAR - LEAVES - 1),
        replace(PATIENT, list_owner="army"),
        replace(PATIENT, cleared_by=("army", "ministry")),
        replace(PATIENT, companions=4),  # five seats of four
        replace(PATIENT, travels=False),
        replace(PATIENT, state=v.PatientState.DIED),
    ],
)
def test_a_patient_travels_only_with_everything_in_order(case: v.Patient) -> None:
    assert against(case, purpose=MEDICAL) == {"M1"}
    assert against(case, purpose=CIVILIAN) == set()


@pytest.mark.parametrize(
    "clearance",
    [
        replace(MAY_TRAVEL, state=v.PermitState.OPEN),
        replace(MAY_TRAVEL, state=v.PermitState.REFUSED),
        replace(MAY_TRAVEL, valid=None),
        replace(MAY_TRAVEL, valid=Span(LEAVES, CLEAR - 1)),
        replace(MAY_TRAVEL, tied_to="an exchange"),
        replace(MAY_TRAVEL, case="case-2"),
    ],
)
def test_a_patient_is_cleared_for_the_whole_trip_and_in_exchange_for_nothing(
    clearance: v.PatientClearance,
) -> None:
    assert against(clearance, purpose=MEDICAL) == {"M1"}


def test_the_latest_word_on_a_case_counts_and_a_tie_is_a_doubt() -> None:
    for moment, objects in ((899, False), (900, True), (901, True)):
        refused = replace(PATIENT, id="no", consents=False, stands_at=moment)
        assert (against(refused, purpose=MEDICAL) == {"M1"}) is objects
        no = replace(MAY_TRAVEL, id="no", state=v.PermitState.REFUSED, stands_at=moment)
        assert (against(no, purpose=MEDICAL) == {"M1"}) is objects


def test_one_case_that_stays_holds_back_no_other() -> None:
    stays = replace(PATIENT, id="two", case="case-2", travels=False, consents=False)
    assert against(stays, purpose=MEDICAL) == set()


def test_a_refusal_objects_at_once_and_an_answer_that_is_due_waits() -> None:
    early = LEAVES - 24 * HOUR - 1
    case = replace(PATIENT, stands_at=early, cleared_by=())
    for field in ("consents", "accepted"):
        assert "M1" in against(replace(case, **{field: False}), purpose=MEDICAL, as_of=early)
        assert "M1" not in against(replace(case, **{field: None}), purpose=MEDICAL, as_of=early)


def test_this_part_knows_each_rule_that_it_says_it_knows() -> None:
    people = {"E1", "E2", "E3", "E4", "E5", "E8", "E9", "M1"}
    papers = {"T2", "T3", "G4", "N4", "N5", "C1", "V1", "V3", "U1", "U2", "X3", "X5"}
    assert people | papers == FURTHER  # as docs/drawn/assurance.py lists them


def test_a_profile_that_the_policy_lacks_is_an_objection() -> None:
    bad = replace(movement(), profile="nobody's")
    known = [(one, 0) for one in (*IN_ORDER[:-1], bad)]
    (found,) = verify(known, NETWORK, "convoy", NOW, policy=POLICY)
    assert (found.rule, found.what) == ("A1", "the policy has no profile nobody's")

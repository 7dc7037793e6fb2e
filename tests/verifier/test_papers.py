"""Papers, vehicles and what is relied on: each rule objecting and not, to the second."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from safeconduct import vocabulary as v
from safeconduct.roads.network import Network
from safeconduct.spacetime import Point, Span
from tests.verifier.some_papers import (
    AID,
    CIVILIAN,
    CLEARED,
    LOOKED,
    RISK,
    SEEN,
    TOLD_ARMY,
    TRIP,
    TRUCK,
    against,
    movement,
)
from tests.verifier.two_places import (
    ALWAYS,
    CLEAR,
    GIVEN,
    LEAVES,
    NETWORK,
    NOW,
    RESTRAINT,
    confirm,
    said,
    undertaking,
    with_terms,
)

HOUR = 3600


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


def test_a_notice_may_still_come_until_its_last_moment() -> None:
    roomy = replace(ARRANGEMENT, lead_s=LEAVES - NOW)
    assert against(roomy) == set()
    assert against(replace(roomy, lead_s=LEAVES - NOW + 1)) == {"T3"}
    # 1 January 1970 was a Thursday (3): there is no Friday left before it leaves.
    assert against(replace(roomy, weekdays=frozenset({3}))) == set()
    assert against(replace(roomy, weekdays=frozenset({4}))) == {"T3"}


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


def test_the_word_for_this_movement_comes_after_the_last_notice_to_its_party() -> None:
    own = with_terms(specificity=v.Specificity.MOVEMENT)  # said at 1,000
    again = replace(TOLD_ARMY, id="again", sent_at=1_000)
    assert against(ARRANGEMENT, own, again) == {"T3"}
    assert against(ARRANGEMENT, own, replace(again, to="ministry")) == set()


def test_the_later_of_two_receipts_says_how_long_a_clearance_lasts() -> None:
    lasts = replace(ARRANGEMENT, clearance_lasts_s=CLEAR - 700)
    assert against(lasts, ACKNOWLEDGED) == {"T3"}
    second = said("said-again", "army", 700, replace(RECEIPT, id="ack-2"))
    assert against(lasts, ACKNOWLEDGED, second) == set()


def test_each_asked_party_was_told_or_it_is_written_why_not() -> None:
    assert against(without=["to-ministry"]) == {"N4"}
    reason = v.NotTold(id="why", movement="convoy", party="ministry", reason="a leak", by="head")
    assert against(reason, without=["to-ministry"]) == set()
    assert against(replace(reason, reason=""), without=["to-ministry"]) == {"N4"}


def test_whoever_knows_an_older_version_only_is_told_anew() -> None:
    assert against(replace(TOLD_ARMY, version=0)) == {"N5"}
    assert against(replace(TOLD_ARMY, id="older", version=0)) == set()
    assert against(replace(TOLD_ARMY, id="newer", to="eyes", version=2)) == set()


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
    assert against(beside, replace(ESCORT, areas=("x", "y"))) == set()
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

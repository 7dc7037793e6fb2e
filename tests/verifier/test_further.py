"""The further rules against papers that are all in order but one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Level, Origin, Phase, Policy, Rule
from safeconduct.spacetime import Span
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
    IN_ORDER,
    LEAVES,
    NETWORK,
    NOW,
    said,
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


def with_phases(*rules: str) -> Policy:
    """A policy in which these rules are due in the last hour."""
    one = Rule(
        id="",
        title="made up",
        level=Level.HARD,
        phase=Phase.T1,
        origin=Origin.OURS,
        says="made up",
        remedy="made up",
        reads=frozenset(),
    )
    return replace(POLICY, rules=tuple(replace(one, id=rule) for rule in rules))


def test_the_phase_of_a_rule_that_the_page_gives_none_is_the_policys() -> None:
    policy = with_phases("N5", "N4")
    assert "N4" in against(without=["to-army"], as_of=LEAVES - HOUR, policy=policy)
    assert "N4" not in against(without=["to-army"], as_of=LEAVES - HOUR - 1, policy=policy)


EARLY = LEAVES - 72 * HOUR - 1  # when no rule is due but those that are due at once
DESK = v.Arrangement(id="desk", party="army", areas=("x",), lead_s=1, valid=ALWAYS, zone="UTC")
NOTICE = replace(TOLD_ARMY, sent_at=EARLY)
RECEIPT = said(
    "said-ack",
    "army",
    EARLY,
    v.Acknowledge(id="ack", party="army", notice="to-army", level=v.AckLevel.OFFICE),
)
LETTER = v.PermitNeed(
    id="letter",
    party="ministry",
    name="letter",
    areas=("x",),
    purposes=frozenset({v.Purpose.ANY}),
    steps=("one",),
    valid=ALWAYS,
)


def permit(state: str, valid: Span = TRIP) -> v.Permit:
    """How the letter stands early on."""
    step = v.PermitStep(name="one", state=v.PermitState(state))
    return v.Permit(
        id="p", need="letter", movement="convoy", steps=(step,), stands_at=EARLY, valid=valid
    )


CASE = replace(PATIENT, stands_at=EARLY)
CLEARANCE = replace(MAY_TRAVEL, stands_at=EARLY)
REFUSED = v.PermitState.REFUSED
ASSESSED = replace(RISK, assessed_at=EARLY)


@pytest.mark.parametrize(
    ("rule", "records", "at_once"),
    [
        ("T3", (replace(DESK, lead_s=73 * HOUR),), False),
        ("T3", (replace(DESK, clearance_lasts_s=HOUR), NOTICE, RECEIPT), True),
        ("N4", (), False),
        ("N5", (replace(NOTICE, version=0),), False),
        ("C1", (LETTER,), False),
        ("C1", (LETTER, permit("open")), False),
        ("C1", (LETTER, permit("refused")), True),
        ("C1", (LETTER, permit("granted", Span(LEAVES, CLEAR - 1))), True),
        ("G4", (replace(LOOKED, areas=("y",)),), False),
        ("E1", (replace(TERMS, voluntary=None),), False),
        ("E1", (replace(TERMS, voluntary=False),), True),
        ("E2", (replace(TERMS, own_choice=None),), False),
        ("E2", (replace(TERMS, held_by=("army",)),), True),
        ("V1", (replace(TRUCK, plate=""),), False),
        ("V1", (replace(NOTICE, listed=()),), False),
        ("U1", (replace(CLEARED, cleared=2),), True),
        ("U1", (replace(CLEARED, valid=Span(LEAVES, CLEAR - 1)),), False),
        ("U1", (replace(CLEARED, areas=("y",)),), False),
        ("U2", (replace(ASSESSED, valid=Span(LEAVES, CLEAR - 1)),), False),
        ("U2", (replace(ASSESSED, residual=v.Risk.UNACCEPTABLE),), True),
        ("U2", (replace(ASSESSED, criticality=None),), True),
        ("U2", (replace(ASSESSED, criticality=v.Criticality.PC4),), True),
        ("E8", (replace(UNSCREENED, planned=True),), True),
        ("M1", (replace(CASE, travels=False),), True),
        ("M1", (replace(CASE, facility=""),), False),
        ("M1", (replace(CASE, deadline_at=LEAVES),), True),
        ("M1", (replace(CASE, max_transport_s=1),), True),
        ("M1", (replace(CASE, companions=4),), True),
        ("M1", (replace(CASE, list_owner="army"),), True),
        ("M1", (CASE, replace(CLEARANCE, state=v.PermitState.OPEN)), False),
        ("M1", (CASE, replace(CLEARANCE, state=REFUSED)), True),
        ("M1", (CASE, replace(CLEARANCE, valid=None)), False),
        ("M1", (CASE, replace(CLEARANCE, tied_to="an exchange")), True),
        ("M1", (CASE, replace(CLEARANCE, party="ministry")), False),
    ],
)
def test_what_is_missing_waits_and_what_is_bad_objects_at_once(
    rule: str, records: tuple[v.Record, ...], at_once: bool
) -> None:
    policy = with_phases("T3", "N4", "N5", "C1", "G4", "E1", "E2")
    found = [
        against(*records, purpose=purpose, organisation="un", as_of=EARLY, policy=policy)
        for purpose in (CIVILIAN, MEDICAL)
    ]
    assert (rule in found[0] | found[1]) is at_once


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


def test_this_part_knows_each_rule_that_it_says_it_knows() -> None:
    people = {"E1", "E2", "E3", "E4", "E5", "E8", "E9", "M1"}
    papers = {"T2", "T3", "G4", "N4", "N5", "C1", "V1", "V3", "U1", "U2", "X3", "X5"}
    assert people | papers | {"R1"} == FURTHER  # as docs/drawn/assurance.py lists them


def test_a_profile_that_the_policy_lacks_is_an_objection() -> None:
    bad = replace(movement(), profile="nobody's")
    known = [(one, 0) for one in (*IN_ORDER[:-1], bad)]
    (found,) = verify(known, NETWORK, "convoy", NOW, policy=POLICY)
    assert (found.rule, found.what) == ("A1", "the policy has no profile nobody's")

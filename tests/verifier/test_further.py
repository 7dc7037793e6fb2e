"""The further rules against papers that are all in order but one."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Level, Origin, Phase, Rule
from tests.verifier.further import FURTHER
from tests.verifier.some_papers import (
    AID,
    BAD,
    CARE,
    CIVILIAN,
    CLEARED,
    GOOD,
    MEDICAL,
    PATIENT,
    POLICY,
    PROFILES,
    RISK,
    SEEN,
    TRUCK,
    UNSCREENED,
    WATCHED,
    against,
    asked,
    movement,
)
from tests.verifier.two_places import (
    IN_ORDER,
    LEAVES,
    NETWORK,
    NOW,
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


def test_this_part_knows_each_rule_that_it_says_it_knows() -> None:
    people = {"E1", "E2", "E3", "E4", "E5", "E8", "E9", "M1"}
    papers = {"T2", "T3", "G4", "N4", "N5", "C1", "V1", "V3", "U1", "U2", "X3", "X5"}
    assert people | papers == FURTHER  # as docs/drawn/assurance.py lists them


def test_a_profile_that_the_policy_lacks_is_an_objection() -> None:
    bad = replace(movement(), profile="nobody's")
    known = [(one, 0) for one in (*IN_ORDER[:-1], bad)]
    (found,) = verify(known, NETWORK, "convoy", NOW, policy=POLICY)
    assert (found.rule, found.what) == ("A1", "the policy has no profile nobody's")

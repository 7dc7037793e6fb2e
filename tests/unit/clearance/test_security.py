"""Rules U1 to U4 under a profile of the United Nations."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.policy import Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Criticality, Risk, Signer
from tests.worlds.two_town_papers import TABLE, policy_of, sign_off, un_papers
from tests.worlds.two_towns import CLEAR, DEPART, TOWNS, may

UN = replace(TOWNS.plus(*un_papers()), policy=policy_of(Organisation.UN, risk_table=TABLE))
TRIP = Span(DEPART, CLEAR)


def codes(world, rule):
    return {f.code for f in world.findings(rule) if f.code}


def test_with_all_its_papers_the_united_nations_may_go():
    assert UN.verdict() == "go"
    assert {f.status.value for r in ("U1", "U2", "U3", "U4") for f in UN.findings(r)} == {"met"}


def test_the_papers_of_the_united_nations_are_asked_of_nobody_else():
    assert TOWNS.verdict() == "go"
    assert TOWNS.only("U1").says == "A rule of UN, which this profile is not."


@pytest.mark.parametrize("rule", ["U1", "U2"])
def test_a_paper_holds_for_the_trip_to_the_second(rule):
    id = {"U1": "travel", "U2": "risk"}[rule]
    assert codes(UN.but(id, valid=TRIP), rule) == set()
    assert codes(UN.but(id, valid=Span(DEPART + 1, CLEAR)), rule)
    assert codes(UN.but(id, valid=Span(DEPART, CLEAR - 1)), rule)


def test_two_clearances_together_may_hold_the_way():
    south = UN.but("travel", areas=("south-bank",))
    assert codes(south, "U1") == {"TRAVEL-NOT-CLEARED"}
    assert "Hill road" in south.only("U1").says
    north = replace(UN.record("travel"), id="north", areas=("north-bank",))
    assert codes(south.plus(north), "U1") == set()


def test_a_clearance_of_another_version_clears_nobody():
    assert codes(UN.but("travel", version=2), "U1") == {"TRAVEL-NOT-CLEARED"}


def test_a_clearance_of_nobody_clears_no_road():
    assert codes(UN.but("travel", travellers=0, cleared=0), "U1") == {"TRAVEL-NOT-CLEARED"}


def test_each_clearance_is_for_the_whole_trip_with_everybody():
    more = replace(UN.record("travel"), id="more", travellers=3, cleared=2)
    world = UN.plus(more)
    assert codes(world, "U1") == {"TRAVELLERS-MISSING"}
    assert "clears 2 of 3 travellers" in world.findings("U1")[0].says
    short = replace(more, cleared=3, valid=Span(DEPART, CLEAR - 1))
    assert codes(UN.plus(short), "U1") == {"TRAVEL-NOT-CLEARED"}


def test_the_latest_assessment_of_the_risk_counts_and_at_a_tie_the_worse():
    worse = replace(UN.record("risk"), id="worse", residual=Risk.UNACCEPTABLE)
    later = replace(worse, assessed_at=may(4))
    earlier = replace(worse, assessed_at=may(2))
    assert codes(UN.plus(later), "U2") == {"RISK-UNACCEPTABLE"}
    assert codes(UN.plus(earlier), "U2") == set()
    assert codes(UN.plus(worse), "U2") == {"RISK-UNACCEPTABLE"}


def test_a_newer_assessment_of_a_part_of_the_trip_leaves_the_rest_unknown():
    part = replace(
        UN.record("risk"), id="part", assessed_at=may(4), valid=Span(may(6, 6), CLEAR - 1)
    )
    assert codes(UN.plus(part), "U2") == {"RISK-NOT-ASSESSED"}
    other_day = replace(part, valid=Span(may(7), may(8)), residual=Risk.UNACCEPTABLE)
    assert codes(UN.plus(other_day), "U2") == set()


@pytest.mark.parametrize(
    ("residual", "criticality", "headquarters", "allowed"),
    [
        (Risk.VERY_HIGH, Criticality.PC1, True, True),
        (Risk.VERY_HIGH, Criticality.PC1, False, False),
        (Risk.HIGH, Criticality.PC1, False, True),
        (Risk.VERY_HIGH, Criticality.PC2, True, False),
        (Risk.HIGH, Criticality.PC2, False, True),
        (Risk.HIGH, Criticality.PC3, False, False),
        (Risk.MEDIUM, Criticality.PC3, False, True),
        (Risk.MEDIUM, Criticality.PC4, False, False),
        (Risk.LOW, Criticality.PC4, False, True),
        (Risk.MEDIUM, None, False, True),
        (Risk.HIGH, None, True, False),
        (Risk.UNACCEPTABLE, Criticality.PC1, True, False),
    ],
)
def test_the_risk_is_held_against_the_table(residual, criticality, headquarters, allowed):
    world = UN.but("risk", residual=residual, criticality=criticality, headquarters=headquarters)
    assert (codes(world, "U2") == set()) is allowed


def test_what_was_held_against_an_unverified_table_says_so():
    finding = UN.but("risk", criticality=Criticality.PC3).only("U2")
    assert finding.says == (
        "The residual risk is high; the table example (version 1, 2030-01-01, not verified) allows "
        "PC3 no more than medium."
    )


def test_without_a_table_it_is_for_sign_off_and_what_is_known_is_still_judged():
    world = replace(UN, policy=policy_of(Organisation.UN))
    assert world.verdict() == "conditional"
    assert world.failing() == {("U3", "NOT-ASSESSED")}
    assert codes(world.but("risk", residual=Risk.UNACCEPTABLE), "U2") == {"RISK-UNACCEPTABLE"}


def test_two_persons_sign_however_the_name_is_typed():
    alone = UN.without("signed-head-of-mission")
    same = sign_off(Signer.RESIDENT_COORDINATOR, by=" Designated-official")
    assert codes(alone.plus(same), "U4") == {"SIGN-OFF-MISSING"}
    assert alone.plus(same).only("U4").says.endswith("one person signed for both.")
    assert codes(alone.plus(replace(same, by="coordinator")), "U4") == set()


def test_a_signature_under_an_older_version_is_none():
    assert codes(UN.but("signed-head-of-mission", version=2), "U4") == {"SIGN-OFF-MISSING"}


def test_at_pc1_the_signature_for_criticality_shows_its_designation():
    first = UN.but("risk", criticality=Criticality.PC1)
    assert codes(first, "U4") == {"SIGN-OFF-MISSING"}
    assert first.verdict() == "conditional"
    designated = first.but("signed-head-of-mission", designation="letter of 1 May")
    assert designated.verdict() == "go"
    assert codes(first.but("signed-designated-official", designation="letter"), "U4")

"""Rules V4, V5 and X2: the gate of an escort, its exception, its part of the road."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.policy import Level, Organisation
from tests.worlds.two_town_papers import escort, policy_of
from tests.worlds.two_towns import BANKS, DEPART, TOWNS

EXCEPTION = {"exception_by": "head of office", "exception_why": "one week.", "end_plan": "8 May."}
CRITERIA = ("needed", "authorities", "security", "sustainable")


def test_an_escort_that_passed_changes_no_verdict_and_shows_how_far_it_goes():
    world = TOWNS.plus(escort())
    assert world.verdict() == "go"
    assert world.only("V5").code == "ESCORT-PART"
    assert "beyond it lies Hill road" in world.only("V5").says


@pytest.mark.parametrize("criterion", CRITERIA)
@pytest.mark.parametrize("answer", [False, None])
def test_each_criterion_is_needed(criterion, answer):
    world = TOWNS.plus(escort(**{criterion: answer}))
    assert world.verdict() == "conditional"
    assert world.only("V4").status.value == ("unmet" if answer is False else "unknown")
    excepted = TOWNS.plus(escort(**{criterion: answer}, **EXCEPTION))
    finding = excepted.only("V4")
    assert (finding.code, finding.risk_owner) == ("ESCORT-EXCEPTION", "head of office")
    assert excepted.verdict() == "conditional"
    assert excepted.failing() == {("V5", "ESCORT-PART")}


@pytest.mark.parametrize("left_out", EXCEPTION)
def test_an_exception_names_who_why_and_how_it_ends(left_out):
    world = TOWNS.plus(escort(needed=False, **(EXCEPTION | {left_out: " "})))
    assert world.only("V4").code == "ESCORT-GATE"


def test_no_exception_stands_in_for_what_was_tried_before():
    world = TOWNS.plus(escort(alternatives="", needed=False, **EXCEPTION))
    finding = world.only("V4")
    assert finding.code == "ESCORT-GATE"
    assert "what else was tried is not written down" in finding.says


def test_one_escort_that_did_not_pass_is_not_made_good_by_another():
    world = TOWNS.plus(escort(), escort("second", needed=None))
    assert {f.code for f in world.findings("V4")} == {"", "ESCORT-GATE"}


def test_the_icrc_takes_none_whatever_was_written():
    world = replace(TOWNS.plus(escort()), policy=policy_of(Organisation.ICRC))
    finding = world.only("V4")
    assert (finding.code, finding.level) == ("NO-ESCORT-ALLOWED", Level.HARD)
    assert world.verdict() == "no-go"
    armed = world.but("at-the-gate", armed_beside=True)
    assert ("V3", "ARMED-BESIDE") in armed.failing()


def test_an_escort_along_the_whole_way_is_no_part_of_it():
    assert TOWNS.plus(escort(areas=BANKS)).only("V5").status.value == "met"


@pytest.mark.parametrize("lack", ["risk_owner", "neutrality"])
def test_an_imposed_escort_needs_an_owner_and_a_word_on_neutrality(lack):
    owned = {"imposed": True, "risk_owner": "head of office", "neutrality": "we say so."}
    met = TOWNS.plus(escort(**owned))
    assert met.only("X2").risk_owner == "head of office"
    assert met.verdict() == "conditional"
    assert TOWNS.plus(escort(**(owned | {lack: ""}))).failing() == {
        ("X2", "ESCORT-IMPOSED"),
        ("V5", "ESCORT-PART"),
    }


def test_what_is_open_says_by_when_it_is_due():
    world = TOWNS.plus(escort(needed=None, imposed=True)).at(DEPART - 4 * 86_400)
    for rule in ("V4", "X2"):
        assert "by 2030-05-03 09:00 UTC" in world.only(rule).remedy

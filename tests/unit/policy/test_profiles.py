"""The profiles of the core: whose they are, how strict, and where that comes from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import PolicyRefused
from safeconduct.policy import Level, Organisation, Origin, Phase
from safeconduct.policy.worked import FIGURES
from safeconduct.vocabulary import Form, InstrumentKind
from tests.rules.test_rows import NOT_YET_THERE
from tests.worlds.two_towns import POLICY

PROFILES = POLICY.profiles
NOTIFIED = InstrumentKind.NOTIFICATION


def test_the_core_has_a_profile_for_each_organisation_and_arrangement():
    assert {profile.id: profile.organisation for profile in PROFILES} == {
        "default": Organisation.ANY,
        "written-and-unconditional": Organisation.ANY,
        "un": Organisation.UN,
        "ngo": Organisation.NGO,
        "icrc": Organisation.ICRC,
        "standing-notification": Organisation.NGO,
    }


@pytest.mark.parametrize("profile", PROFILES, ids=lambda profile: profile.id)
def test_every_profile_says_where_its_strictness_comes_from(profile):
    assert profile.basis.endswith(".")
    assert profile.sources or profile.origin is Origin.OURS


def test_a_receipt_stands_in_for_a_guarantee_under_two_profiles_only():
    accepting = {profile.id for profile in PROFILES if NOTIFIED in profile.instruments}
    assert accepting == {"default", "standing-notification"}


def test_for_the_icrc_nothing_but_consent_stands_in_for_a_guarantee():
    icrc = POLICY.profile("icrc")
    assert icrc.instruments == frozenset({InstrumentKind.CONSENT})
    assert icrc.levels == {"V4": Level.HARD}


def test_no_organisation_brings_a_risk_table_that_nobody_has_checked():
    assert [profile.id for profile in PROFILES if profile.risk_table] == []


def test_what_a_profile_makes_stricter_is_a_rule_that_is_there_or_will_be():
    known = {rule.id for rule in POLICY.rules} | NOT_YET_THERE
    named = {rule for profile in PROFILES for rule in profile.levels}
    assert named | set(POLICY.never_loosened) | set(FIGURES) <= known


def test_no_profile_may_make_a_rule_looser():
    lax = replace(POLICY.profile("ngo"), id="lax", levels={"T1": Level.WARN})
    with pytest.raises(PolicyRefused, match="Profile lax makes rule T1 WARN; it is HARD") as e:
        replace(POLICY, profiles=(*PROFILES, lax))
    assert "may be stricter than the rules, never looser" in str(e.value)


def test_the_rules_that_are_never_loosened_say_why():
    assert {"A1", "A8", "E1", "V3"} <= POLICY.never_loosened.keys()
    assert all(reason.endswith(".") for reason in POLICY.never_loosened.values())


def test_a_rule_binds_those_it_is_for():
    un, ngo = POLICY.profile("un"), POLICY.profile("ngo")
    plain = POLICY.rule("T1")
    assert plain.binds(un) and plain.binds(ngo)
    of_the_un = replace(plain, only_for=frozenset({Organisation.UN}))
    assert of_the_un.binds(un) and not of_the_un.binds(ngo)
    of_one = replace(plain, for_profiles=frozenset({"ngo"}))
    assert of_one.binds(ngo) and not of_one.binds(un)


def test_a_rule_has_the_level_that_a_profile_gives_it():
    strict = replace(POLICY.profile("ngo"), levels={"T5": Level.HARD})
    rule = POLICY.rule("T5")
    assert rule.level_under(None) is Level.COND
    assert rule.level_under(strict) is Level.HARD
    assert rule.phase is Phase.T24 and strict.forms == {Form.ORAL, Form.WRITTEN}

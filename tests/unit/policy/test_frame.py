"""The frame of the core policy: each rule has its check, each check its rule, and both say why."""

from __future__ import annotations

from pathlib import Path

import pytest

from safeconduct.adapters.files.yamllines import mapping_of, parse_yaml
from safeconduct.clearance.checks import CHECKS
from safeconduct.errors import UnknownReference
from safeconduct.policy import Level, Origin, Phase, RiskTable
from safeconduct.register.codec import decode
from safeconduct.vocabulary import Form, Specificity
from tests.worlds.two_town_papers import TABLE
from tests.worlds.two_towns import POLICY

# Sections 7, 9 and 12 of docs/reference/semantics.md list these and no others.
RULES = (
    *("A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9"),
    *("T1", "T2", "T3", "T4", "T5", "G1", "G2", "G3", "G4", "E1", "E2"),
    *("E3", "E4", "E5", "E6", "E7", "E8", "E9", "M1", "M2"),
    *("N1", "N2", "N3", "N4", "N5", "C1", "V1", "V2", "V3", "V4", "V5"),
    *("U1", "U2", "U3", "U4", "X1", "X2", "X3", "X4", "X5", "R1"),
)


def test_the_core_policy_holds_the_rules_of_the_page_in_its_order():
    assert tuple(rule.id for rule in POLICY.rules) == RULES


def test_every_rule_has_a_check_and_every_check_a_rule():
    assert set(CHECKS) == set(RULES)


def test_no_two_rules_share_a_check():
    assert len(set(CHECKS.values())) == len(CHECKS)


def test_some_rules_are_for_sign_off_or_only_shown_and_two_are_invariants():
    levels = {rule.id: rule.level for rule in POLICY.rules}
    signed = [id for id, level in levels.items() if level is Level.COND]
    assert signed == [*("T5", "G3", "E6", "E7", "M2", "N3", "V2", "V4", "U4", "X1", "X2")]
    assert [id for id, level in levels.items() if level is Level.INVARIANT] == ["N1", "N2"]
    assert [id for id, level in levels.items() if level is Level.WARN] == ["V5", "X4"]


def test_every_rule_says_its_test_and_its_remedy_in_whole_sentences():
    for rule in POLICY.rules:
        assert rule.says.endswith("."), rule.id
        assert rule.remedy.endswith("."), rule.id
        assert rule.reads, f"rule {rule.id} declares nothing that it reads"


def test_all_but_four_rules_whose_source_was_seen_link_to_it():
    without = [r.id for r in POLICY.rules if r.origin is Origin.SEEN and not r.sources]
    # These rest on cases that the field knows by name (Yarmouk, Sarajevo), without a link.
    assert without == ["A4", "G2", "G4", "V5"]


def test_a_phase_begins_its_hours_before_departure():
    begins = {phase: phase.before_departure_s for phase in Phase}
    assert begins[Phase.T72] == 72 * 3600
    assert begins[Phase.T24] == 24 * 3600
    assert begins[Phase.T1] == 3600
    assert begins[Phase.PLAN] is begins[Phase.UNDER_WAY] is begins[Phase.AFTER] is None


def test_the_default_profile_is_the_one_of_the_page():
    # Section 7: N = 24 h (T5), R = 5 km and H = 24 h (G4); 6 (a): N = 7 days; 8: 60 minutes.
    profile = POLICY.profile("default")
    assert profile.forms == {Form.WRITTEN, Form.ORAL}
    assert profile.oral_needs_note
    assert profile.least_specificity is Specificity.AREA_AND_TIME
    assert profile.reconfirm_open_ended_s == profile.incident_age_s == 86_400
    assert profile.incident_radius_m == 5_000
    assert profile.recent_use_s == 7 * 86_400
    assert profile.reconfirm_before_departure_s == 3_600


def test_the_strict_profile_takes_writing_only():
    assert POLICY.profile("written-and-unconditional").forms == {Form.WRITTEN}


def test_a_rule_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnknownReference, match="no rule Z9") as caught:
        POLICY.rule("Z9")
    assert "It has A1, A2, " in str(caught.value)
    assert caught.value.facts == {"rule": "Z9"}


def test_a_profile_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(UnknownReference, match="no profile generous") as caught:
        POLICY.profile("generous")
    assert "It has default, written-and-unconditional, un, ngo, icrc, " in str(caught.value)


def test_the_example_table_of_the_page_is_one_and_says_that_it_is_not_verified():
    page = Path(__file__).parents[3] / "docs" / "how-to" / "make-a-policy.md"
    after = page.read_text(encoding="utf-8").split("## The table of risk")[1]
    data = mapping_of(parse_yaml(after.split("```")[1].removeprefix("yaml"), page.name))
    table = decode(RiskTable, data["profiles"][0]["risk_table"])
    assert (table.allowed, table.headquarters) == (TABLE.allowed, TABLE.headquarters)
    assert not table.verified
    assert all(profile.risk_table is None for profile in POLICY.profiles)

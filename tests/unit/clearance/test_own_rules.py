"""Section 10: an organisation's own rule is held against a movement by somebody, who records it."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.policy import Level, Origin, Phase, Reads, Rule
from safeconduct.vocabulary import RuleCheck
from tests.worlds.two_towns import POLICY, TOWNS, Towns, may

OURS = Rule(
    id="NRC-1",
    title="Two vehicles with satellite telephones",
    level=Level.HARD,
    phase=Phase.T24,
    origin=Origin.OURS,
    says="The first and the last vehicle have a satellite telephone that was tried.",
    remedy="Try both telephones.",
    reads=frozenset({Reads.SECURITY}),
    by_record=True,
)


def world(rule: Rule = OURS) -> Towns:
    return replace(TOWNS, policy=replace(POLICY, rules=(*POLICY.rules, rule)))


def check(**changes: object) -> RuleCheck:
    fields: dict[str, object] = {
        "id": "tried",
        "movement": "relief-to-birch",
        "version": 1,
        "rule": "NRC-1",
        "holds": True,
        "by": "radio operator",
        "checked_at": may(6, 7),
        "ground": "both were tried at seven",
    }
    return RuleCheck(**(fields | changes))  # type: ignore[arg-type]


def test_a_check_that_holds_meets_it_and_says_who_looked():
    finding = world().plus(check()).only("NRC-1")
    assert (finding.status.value, finding.statements) == ("met", ("tried",))
    assert finding.says == (
        "radio operator held it against this version, 2030-05-06 07:00 UTC (07:00Z), and it holds: "
        "both were tried at seven."
    )


def test_a_check_that_does_not_hold_is_unmet():
    assert world().plus(check(holds=False)).failing() == {("NRC-1", "RULE-NOT-HELD")}
    assert world().plus(check(holds=False)).verdict() == "no-go"


def test_unchecked_it_waits_for_its_phase_and_is_unknown_from_then_on():
    # Departure is on the 6th at nine, so the rule is due on the 5th at nine.
    assert ("NRC-1", "RULE-UNCHECKED") in world().at(may(5, 8)).waiting()
    assert ("NRC-1", "RULE-UNCHECKED") in world().at(may(5, 9)).failing()
    finding = world().only("NRC-1")
    assert finding.remedy == "Try both telephones; then record a `rule-check` of NRC-1."


def test_a_check_of_another_version_movement_or_rule_counts_for_nothing():
    for other in ({"version": 2}, {"movement": "another"}, {"rule": "NRC-2"}):
        assert ("NRC-1", "RULE-UNCHECKED") in world().plus(check(**other)).failing()


def test_the_latest_check_counts_and_at_a_tie_the_one_that_says_no():
    no = check(id="no", holds=False, checked_at=may(6, 6))
    assert world().plus(no, check()).only("NRC-1").status.value == "met"
    tie = check(id="a-tie", holds=False)
    assert world().plus(tie, check()).only("NRC-1").status.value == "unmet"


def test_a_rule_of_another_profile_is_not_applicable():
    others = world(replace(OURS, for_profiles=frozenset({"ngo"})))
    assert others.only("NRC-1").status.value == "not-applicable"
    assert others.only("NRC-1").says == "A rule of the profile ngo only."
    assert ("NRC-1", "RULE-UNCHECKED") in others.under("ngo").failing()

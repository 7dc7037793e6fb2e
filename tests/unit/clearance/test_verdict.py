"""Section 7 and 8: what levels and statuses amount to, and until when a verdict may be used."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from safeconduct.clearance import Finding, Status, Verdict
from safeconduct.clearance.judgement import verdict_of
from safeconduct.policy import Level
from safeconduct.vocabulary import Departure
from tests.worlds.two_towns import DAY, DEPART, HOUR, NOW, POLICY, TOWNS, may

MET, UNMET, UNKNOWN, NOT_YET_DUE, NOT_APPLICABLE = Status
GO, CONDITIONAL, NO_GO = Verdict
HARD, COND, WARN, INVARIANT = Level


def finding(level, status, risk_owner=""):
    return Finding(rule="A1", level=level, status=status, says="x.", risk_owner=risk_owner)


TABLE = {
    (HARD, MET): GO,
    (HARD, UNMET): NO_GO,
    (HARD, UNKNOWN): NO_GO,
    (HARD, NOT_YET_DUE): CONDITIONAL,
    (HARD, NOT_APPLICABLE): GO,
    (COND, MET): GO,
    (COND, UNMET): CONDITIONAL,
    (COND, UNKNOWN): CONDITIONAL,
    (COND, NOT_YET_DUE): CONDITIONAL,
    (COND, NOT_APPLICABLE): GO,
    (WARN, MET): GO,
    (WARN, UNMET): GO,
    (WARN, UNKNOWN): GO,
    (WARN, NOT_YET_DUE): GO,
    (WARN, NOT_APPLICABLE): GO,
    (INVARIANT, MET): GO,
    (INVARIANT, UNMET): NO_GO,
    (INVARIANT, UNKNOWN): NO_GO,
    (INVARIANT, NOT_APPLICABLE): GO,
}


@pytest.mark.parametrize(("case", "verdict"), TABLE.items(), ids=lambda v: str(v)[:40])
def test_one_finding_decides_by_its_level_and_its_status(case, verdict):
    assert verdict_of([finding(*case), finding(HARD, MET)]) is verdict


def test_a_risk_owner_makes_it_conditional_at_most():
    assert verdict_of([finding(HARD, MET, "head of office")]) is CONDITIONAL
    assert verdict_of([finding(HARD, MET, "head"), finding(HARD, UNMET)]) is NO_GO


def test_of_all_findings_the_strictest_decides():
    order = [GO, CONDITIONAL, NO_GO]
    for (one, first), (other, second) in product(TABLE.items(), repeat=2):
        strictest = max(first, second, key=order.index)
        assert verdict_of([finding(*one), finding(*other)]) is strictest


def test_no_finding_at_all_is_no_go():
    assert verdict_of([]) is NO_GO
    assert replace(TOWNS, policy=replace(POLICY, rules=())).verdict() == "no-go"


def test_a_rule_of_a_lower_level_weighs_less():
    broken = TOWNS.without("quiet-in-the-morning")
    for level, verdict in ((HARD, "no-go"), (COND, "conditional"), (WARN, "go")):
        rules = [replace(r, level=level) if r.id == "G4" else r for r in POLICY.rules]
        policy = replace(POLICY, rules=tuple(rules))
        assert replace(broken, policy=policy).verdict() == verdict


@pytest.mark.parametrize(
    "world",
    [TOWNS, TOWNS.without("north-guarantees", "south-guarantees"), TOWNS.at(may(3))],
    ids=["go", "no words", "three days before"],
)
def test_every_rule_has_something_to_say_in_every_judgement(world):
    assert {f.rule for f in world.judged().findings} == {rule.id for rule in POLICY.rules}


def test_no_verdict_says_safe():
    for world in (TOWNS, TOWNS.at(may(3)), TOWNS.without("north-passage")):
        assert "safe" not in str(world.judged().as_json()).replace("safe_", "").lower()
    assert TOWNS.judged().as_json()["says"] == "conditions recorded as met"


# -- expiry


@pytest.mark.parametrize(
    ("now", "expires"),
    [
        (NOW, DEPART - HOUR),
        (DEPART - HOUR - 1, DEPART - HOUR),
        (DEPART - HOUR, DEPART),
        (DEPART - 1, DEPART),
    ],
)
def test_a_go_expires_an_hour_before_departure_or_at_departure(now, expires):
    judgement = TOWNS.at(now).judged()
    assert judgement.verdict is GO
    assert judgement.expires == expires


def test_a_no_go_does_not_expire():
    assert TOWNS.without("north-passage").judged().expires is None


def test_a_verdict_does_not_outlast_the_moment_the_next_rule_falls_due():
    world = TOWNS.without("quiet-in-the-morning").at(may(4, 17))
    assert world.judged().verdict is CONDITIONAL
    assert world.judged().expires == DEPART - DAY


def test_a_go_does_not_outlast_the_check_that_it_relies_on():
    # Checked on 5 May at 07:40, so that the check is a day old on 6 May at 07:40: ten minutes on.
    world = TOWNS.but("quiet-in-the-morning", checked_at=may(5, 7, 40))
    assert world.judged().verdict is GO
    assert world.at(may(6, 7, 40, 1)).judged().verdict is NO_GO
    assert world.judged().expires <= may(6, 7, 40) + 1


def test_a_go_under_way_expires_at_the_latest_time_of_the_movement():
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader"
    )
    judgement = TOWNS.plus(left).at(DEPART).judged()
    assert judgement.verdict is GO
    assert judgement.expires == may(6, 15)


def test_the_hour_is_the_one_of_the_profile():
    early = replace(POLICY.profile("default"), reconfirm_before_departure_s=80 * 60)
    world = replace(TOWNS, policy=replace(POLICY, profiles=(early,)))
    assert world.judged().expires == DEPART - 80 * 60  # 07:40

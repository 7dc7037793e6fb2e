"""An organisation's own rules, which somebody holds against a movement and records the result."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Rule
from safeconduct.vocabulary import RuleCheck


def held(bench: Bench, rule: Rule) -> list[Finding]:
    """A rule that is met by record: the latest check of this version says whether it holds.

    At a tie the check that says no counts.
    """
    checks = [
        check
        for check in bench.situation.facts_of(RuleCheck, bench.movement.id)
        if check.rule == rule.id and check.version == bench.movement.version
    ]
    if not checks:
        return [_unchecked(bench, rule)]
    last = max(checks, key=lambda check: (check.checked_at, not check.holds, check.id))
    told = f": {clause(last.ground)}" if last.ground else ""
    when = f"{last.by} held it against this version, {bench.time(last.checked_at)}"
    if last.holds:
        return bench.met(rule.id, f"{when}, and it holds{told}.", statements=(last.id,))
    return [
        bench.finding(
            rule.id,
            Status.UNMET,
            f"{when}, and it does not hold{told}.",
            code="RULE-NOT-HELD",
            statements=(last.id,),
        )
    ]


def _unchecked(bench: Bench, rule: Rule) -> Finding:
    return bench.finding(
        rule.id,
        Status.UNKNOWN,
        f"Nobody has held version {bench.movement.version} of this movement against the rule.",
        code="RULE-UNCHECKED",
        waits=True,
        remedy=f"{clause(rule.remedy)}; then record a `rule-check` of {rule.id}.",
    )

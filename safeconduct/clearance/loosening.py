"""Loosened rules: what a named person took the level HARD from, for one profile and for a time.

A loosening is the one record that may raise a verdict, and never to GO: while one is in force the
answer is CONDITIONAL at most, and every verdict names it; docs/decisions says why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from safeconduct.clearance.bench import clause
from safeconduct.clearance.finding import Finding
from safeconduct.clearance.judgement import Loosened, Strictness
from safeconduct.policy import Level, Policy
from safeconduct.situation import Situation
from safeconduct.spacetime import show
from safeconduct.vocabulary import Loosening

# What went wrong inside the program, or leaves open what was recorded at all, is never loosened.
_INTERNAL = frozenset(
    {
        "ERROR",
        "STEP-BUDGET",
        "DOUBLED-ID",
        "TRIP-OVER",
        "NO-CHECK",
        "ROUTE-NOT-ADOPTED",
        "PLACE-NOT-JOINED",
    }
)


def loosenings(
    situation: Situation, policy: Policy, profile: str, zone: str
) -> tuple[Loosened, ...]:
    """The loosenings that are valid now under one profile, by rule; those refused say why.

    Of several for one rule and profile the one that was decided last counts, so that a later one
    whose time is over ends an earlier one; at a tie the one that is over sooner.

    Parameters
    ----------
    zone : the zone in which the sentences tell the time.
    """
    latest: dict[str, Loosening] = {}
    for one in situation.facts(Loosening):
        kept = latest.get(one.rule)
        if one.profile == profile and (kept is None or _rank(one) > _rank(kept)):
            latest[one.rule] = one
    now = situation.as_of
    return tuple(
        _loosened(latest[rule], policy, zone)
        for rule in sorted(latest)
        if latest[rule].valid.contains(now)
    )


def _rank(one: Loosening) -> tuple[int, int, int, str]:
    return one.decided_at, -one.valid.end, one.valid.start, one.id


def _loosened(one: Loosening, policy: Policy, zone: str) -> Loosened:
    refusal = _refusal(one, policy)
    until = show(one.valid.end, zone)
    told = f"Rule {one.rule} was loosened for {one.profile} by {one.by} until {until}: "
    said = f"{told}{clause(one.why)}." + (f" It has no effect: {refusal}" if refusal else "")
    return Loosened(
        id=one.id,
        rule=one.rule,
        profile=one.profile,
        by=one.by,
        why=one.why,
        until=one.valid.end,
        strictness=Strictness.REFUSED if refusal else Strictness.IN_FORCE,
        says=said,
    )


def _refusal(one: Loosening, policy: Policy) -> str:
    """Why a loosening does nothing; empty when it does."""
    rule = next((rule for rule in policy.rules if rule.id == one.rule), None)
    if rule is None:
        return "the policy has no such rule."
    if rule.level is Level.INVARIANT:
        return "it is a promise of the program about itself."
    reason = policy.never_loosened.get(one.rule)
    return f"it may never be loosened. {reason}" if reason else ""


def apply(findings: Iterable[Finding], loosened: Iterable[Loosened]) -> tuple[Finding, ...]:
    """The findings of one profile, those of loosened rules no longer HARD but for sign-off."""
    by_rule = {one.rule: one for one in in_force(loosened)}
    return tuple(_less_hard(finding, by_rule.get(finding.rule)) for finding in findings)


def in_force(loosened: Iterable[Loosened]) -> tuple[Loosened, ...]:
    """Those that do something."""
    return tuple(one for one in loosened if one.strictness is Strictness.IN_FORCE)


def _less_hard(finding: Finding, loosened: Loosened | None) -> Finding:
    if loosened is None or finding.level is not Level.HARD or finding.code in _INTERNAL:
        return finding
    return replace(finding, level=Level.COND, loosened=loosened.id)

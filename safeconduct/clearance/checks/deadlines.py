"""By when somebody has to do something: the moment that the phase of a rule sets, in words."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench


def by(bench: Bench, rule_id: str) -> str:
    """By when what a rule asks for must be there: its phase, or else the departure, or now."""
    if bench.under_way:
        return "now"
    depart_at = bench.movement.depart_at
    due = depart_at - (bench.policy.rule(rule_id).phase.before_departure_s or 0)
    return f"by {bench.time(depart_at if due <= bench.situation.as_of else due)}"

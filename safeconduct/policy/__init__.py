"""The rules, as data: id, level, phase, source, text, what a rule reads, what would meet it.

Answers: by which rules is a movement judged, and how strict is each organisation's profile?
Takes plain values (the files are read by `adapters.files`), gives frozen `Policy`, `Rule` and
`Profile` values that have been checked as a whole. It never judges: the checks that go with the
rule ids are in `clearance.checks`. Start reading at `rules.py`, then `core.yaml`.
"""

from safeconduct.policy.rules import (
    Level,
    Organisation,
    Origin,
    Phase,
    Policy,
    Profile,
    Reads,
    RiskTable,
    Rule,
)

__all__ = [
    "Level",
    "Organisation",
    "Origin",
    "Phase",
    "Policy",
    "Profile",
    "Reads",
    "RiskTable",
    "Rule",
]

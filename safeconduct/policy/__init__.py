"""The rules, as data: id, level, phase, source, text, what a rule reads, what would meet it.

Answers: by which rules is a movement judged, and how strict is each organisation's profile?
Takes plain values (the files are read by `adapters.files`), gives frozen `Policy`, `Rule` and
`Profile` values that have been checked as a whole. It never judges: the checks that go with the
rule ids are in `clearance.checks`. Start reading at `rules.py`, then `core.yaml`; what an
organisation may add or tighten is in `extension.py`.
"""

from safeconduct.policy.changes import Change, Way, changes, profile_changes
from safeconduct.policy.extension import Extension, OwnRule, Tightening, extended, no_looser
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
    "Change",
    "Extension",
    "Level",
    "Organisation",
    "Origin",
    "OwnRule",
    "Phase",
    "Policy",
    "Profile",
    "Reads",
    "RiskTable",
    "Rule",
    "Tightening",
    "Way",
    "changes",
    "extended",
    "no_looser",
    "profile_changes",
]

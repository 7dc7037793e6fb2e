"""Findings and verdict: may this movement go, by which rule not, on whose word, until when.

Answers: GO, CONDITIONAL or NO-GO, each reason tied to a rule and to statements. Takes a
`Situation`, a `Network`, a `Policy` and the id of a movement; gives a `Judgement`, a pure function
of these, sealed as canonical JSON. A verdict is advice about records; it never says "safe" and
decides nothing. Start reading at `judging.py`, then `ledger.py` (is every key turned?) and
`checks/` (one function per rule).
"""

from safeconduct.clearance.finding import Finding, Status, Stretch
from safeconduct.clearance.judgement import Judgement, Loosened, ProfileVerdict, Verdict
from safeconduct.clearance.judging import Judge, judge
from safeconduct.clearance.ledger import Ledger, Missing, Spot

__all__ = [
    "Finding",
    "Judge",
    "Judgement",
    "Ledger",
    "Loosened",
    "Missing",
    "ProfileVerdict",
    "Spot",
    "Status",
    "Stretch",
    "Verdict",
    "judge",
]

"""One function per rule: it looks at the bench and gives findings.

A check never decides a verdict and never raises on purpose; what is missing is `unknown`, with the
doubt named. `CHECKS` maps rule ids to functions; a test holds it against the policy, so that a
rule without a check, or a check without a rule, is noticed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.checks import (
    care,
    checkpoints,
    column,
    daylight,
    escorts,
    evacuation,
    final,
    groups,
    hearing,
    incidents,
    keys,
    links,
    notices,
    patients,
    permits,
    safeguards,
    security,
    supplies,
    times,
    way,
    words,
)
from safeconduct.clearance.finding import Finding

Check = Callable[[Bench], list[Finding]]

CHECKS: Mapping[str, Check] = {
    "A1": keys.all_parties,
    "A2": words.silence,
    "A3": words.spoken_for,
    "A4": words.contested,
    "A5": words.withdrawn,
    "A6": words.tied,
    "A7": links.linked,
    "A8": keys.consents,
    "A9": groups.outside,
    "T1": times.window,
    "T2": times.preparation,
    "T3": notices.arrangements,
    "T4": words.unresolved,
    "T5": times.open_ended,
    "G1": way.whole,
    "G2": way.both_sides,
    "G3": checkpoints.units,
    "G4": incidents.recent,
    "E1": evacuation.voluntary,
    "E2": evacuation.destination,
    "E3": care.told,
    "E4": care.treated,
    "E5": safeguards.monitored,
    "E6": care.last_resort,
    "E7": care.way_home,
    "E8": safeguards.screened,
    "E9": safeguards.agreed,
    "M1": patients.per_patient,
    "M2": supplies.item_by_item,
    "N1": notices.voluntary,
    "N2": notices.receipt_only,
    "N3": notices.submitter,
    "N4": notices.who_was_told,
    "N5": notices.versions,
    "C1": permits.steps,
    "V1": column.listed,
    "V2": column.watched,
    "V3": column.unarmed,
    "V4": escorts.last_resort,
    "V5": escorts.part_of_the_way,
    "U1": security.travel,
    "U2": security.residual,
    "U3": security.table,
    "U4": security.signed,
    "X1": daylight.daylight,
    "X2": escorts.imposed,
    "X3": final.deadlines,
    "X4": final.gathering,
    "X5": final.reconfirmed,
    "R1": hearing.heard,
}

__all__ = ["CHECKS", "Check"]

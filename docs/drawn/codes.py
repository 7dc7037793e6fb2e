"""The page of reason codes, from the source of `clearance` and from `cover.faults`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import safeconduct.clearance
from drawn.markdown import complete, table
from safeconduct.cover import SAYS
from safeconduct.register.view import WriterDoubt

_HEAD = """\
# Reason codes

Drawn from `safeconduct/clearance` and `safeconduct/cover` by `make docs`; do not edit this page.

There are three verdicts only. Why one was given is told by findings, and each finding has a code:
one word that stays the same in the terminal, in JSON and here. What each rule asks is on the page
[rules](rules.md); how exactly it is judged stands in [semantics](semantics.md).

"""

# Code: the rules it belongs to, and its meaning.
FINDINGS = {
    "AFTER-DARK": ("X1", "The column is on the road too near dusk, or before dawn."),
    "ARMED-BESIDE": ("V3", "Armed persons stand beside the column, and no escort passed its gate."),
    "BUILD-UP": ("X4", "Forces were reported to gather on the way, lately."),
    "CARE-REFUSED": ("E3 E4", "It is recorded that people are not told, asked or cared for."),
    "CARE-UNKNOWN": ("E4", "Nobody recorded how families, belongings and the weak are cared for."),
    "CHOICE-UNKNOWN": ("E2", "Nobody recorded whether people choose where they go."),
    "CLOCK-DOUBT": ("R1", "The clock of this machine is in doubt, so what had been said is too."),
    "CLEARANCE-RUN-OUT": ("T3", "The party's clearance ends before the trip does."),
    "CLEARANCE-TIED": ("M1", "A clearance of a case is tied to something, which makes it none."),
    "CONSENT-HOLDER-UNKNOWN": ("A8", "Nobody recorded whose legal consent this road needs."),
    "CONSENT-MISSING": ("A8", "A holder's legal consent is not there for some of the way."),
    "CONVOY-NOT-WATCHED": (
        "V2",
        "No leader, no room that follows the column, or not all that it needs.",
    ),
    "CRITICALITY-MISSING": (
        "U2",
        "The risk is high, and how critical the activity is was not assessed.",
    ),
    "CROSSING-SHUT": ("A8", "A crossing is not recorded as open on both its sides."),
    "DAYLIGHT-UNKNOWN": ("X1", "Nobody recorded from when to when it is day on some of the way."),
    "DEADLINE": ("X3", "A party's ultimatum runs out before the column is clear."),
    "DEADLOCK": ("A7", "Conditions wait for one another in a circle; no order satisfies them."),
    "DEPARTURE-PASSED": ("T1", "The planned departure is over and no departure is recorded."),
    "ERROR": ("any", "The rule could not be checked, so it is unknown; the answer is NO-GO."),
    "ESCORT-EXCEPTION": ("V4", "An armed escort rests on the written exception of a named person."),
    "ESCORT-GATE": ("V4", "An armed escort has not passed its gate: alternatives, four criteria."),
    "ESCORT-IMPOSED": ("X2", "A party imposes an escort; somebody named must own that risk."),
    "ESCORT-PART": ("V5", "An escort covers its part of the road only."),
    "GATE-NOT-CHECKED": ("V3", "Nobody has looked at the column for weapons and armed persons."),
    "HALT-NOT-CHECKED": (
        "T1",
        "The column halts where nobody recorded that it can stand for so long.",
    ),
    "HALT-TOO-SMALL": ("T1", "The column halts at a place that was found too small for it."),
    "HAZARD": ("A1", "A danger without a party, such as mines, is recorded on the way."),
    "HOLD": ("G4", "An incident near the way is not verified yet; somebody has to check it."),
    "HOLD-UNKNOWN": ("T1", "Nobody recorded how long a checkpoint may hold the column."),
    "IMPOSED": ("N1", "The party's notification arrangement is imposed: a constraint, not law."),
    "INCIDENT": ("G4", "A verified incident happened near the way, too lately."),
    "ITEM-REMOVED": ("M2", "A party took an approved item out; met once the leader signed."),
    "ITEM-SHORT": ("M2", "Less of an item is loaded than was approved."),
    "ITEM-UNAPPROVED": ("M2", "More of an item is loaded than was approved."),
    "LAST-RESORT-UNKNOWN": ("E6", "Nobody recorded that aid in place was tried first."),
    "LEG-NOT-NOTIFIED": ("G2", "A party was told of the movement, but not of every leg."),
    "LINK-NOT-ACCEPTED": ("A7", "Movements are linked, and not all concerned accepted the link."),
    "MARGIN-TOO-SHORT": ("T1", "A delay within the margin would outlast what was given."),
    "MONITOR-NOT-NEUTRAL": ("E5", "Some of the way is watched only by those who are not neutral."),
    "NEVER-ASKED": ("A9", "A party outside the agreement was never asked, as far as recorded."),
    "NO-CHECK": ("any", "The policy names a rule that this program cannot check."),
    "NO-CHOICE": ("E2", "People cannot choose where they go, or cannot accept it."),
    "NO-ESCORT-ALLOWED": ("V4", "The organisation uses no armed escort, and one is planned."),
    "NO-PATIENT-LIST": ("M1", "No list of patients, or nobody on it is sure to travel."),
    "NO-RETURN": ("G2", "No way back is planned, and no reason says why there is none."),
    "NO-WINDOW": ("T1", "Keys are missing, so there is no window that could be measured."),
    "NO-SUFFICIENT-SET": ("T2", "Approvals are still missing, so preparation has not begun."),
    "NOT-ACKNOWLEDGED": ("T3", "The party's office has not acknowledged the notice."),
    "NOT-AID-ONLY": ("V1", "Something other than aid was loaded, or nobody looked."),
    "NOT-ASSESSED": (
        "A1 U3",
        "No current assessment of who can act on this road, and of mines; or no risk table.",
    ),
    "NOT-CHECKED": ("G4", "Nobody looked for incidents along the whole way lately."),
    "NOT-HEARD": ("R1", "Whose word is required, or who recorded one, is not known to be whole."),
    "NOT-INFORMED": ("E3", "Nobody recorded that people are told, asked and free to refuse."),
    "NOT-LOADED": ("M2", "Nobody recorded what was approved and what is loaded."),
    "NOT-MONITORED": ("E5", "Nobody recorded neutral monitors on some of the way."),
    "NOT-NOTIFIED": ("T3", "No notice of this version was sent to the party."),
    "NOT-RECONFIRMED": ("X5", "A party has not said it again in the last hours before departure."),
    "NOT-VOLUNTARY": ("E1 E9", "People are made to leave, or forced onto one route."),
    "NOTICE-TOO-LATE": ("T3", "The notice came later than the party's lead time, or on no day."),
    "OLD-VERSION": ("N5", "A party knows an older version of the movement only."),
    "ONLY-TO-ATTACKER": ("E2", "Every destination is held by a party that threatens the way."),
    "OTHER-LEG": ("A7", "A movement linked with this one cannot pass in the same window."),
    "OTHER-VEHICLES": (
        "V1",
        "The vehicles at the gate, or on the list sent, are not those listed.",
    ),
    "PART-OF-A-DEAL": ("A6", "The movement is a clause of a deal; a named person must sign."),
    "PART-OF-THE-WAY": ("G1", "A restraint is confirmed for a part of the way only."),
    "PARTIES-NOT-AGREED": ("E9", "Something of rules A1 and A8 is missing, so not all agreed."),
    "PASSAGE-MISSING": ("A1", "Whoever controls some of the way has not let this column pass."),
    "PATIENT-CONSENT": ("M1", "A case lacks the consent to a named destination."),
    "PATIENT-FACILITY": ("M1", "A case lacks a facility that accepts the patient."),
    "PATIENT-NOT-CLEARED": ("M1", "A case lacks a clearance that holds for the whole trip."),
    "PATIENT-STAYS": ("M1", "A case stays, refused, or died while waiting: shown, stops nobody."),
    "PATIENT-TOO-LATE": ("M1", "The trip ends after a case's deadline."),
    "PERMIT-MISSING": ("C1", "A permit that is needed has not been granted."),
    "PERMIT-NOT-VALID": ("C1", "A permit does not hold for the whole trip."),
    "PERMIT-OPEN": ("C1", "Some steps of a permit are still open."),
    "PERMIT-REFUSED": ("C1", "A step of a permit was refused."),
    "PLACE-NOT-JOINED": (
        "A1",
        "A checkpoint or crossing may be on adopted roads, and nobody has looked for it there.",
    ),
    "PREPARATION-TOO-SHORT": ("T2", "Departure is too soon after the last approval."),
    "RECONFIRM": ("T5", "An open-ended word was not reconfirmed shortly before departure."),
    "REJECTED": ("A1 A8", "The party rejected something, and a key of its is missing."),
    "RESTRAINT-MISSING": ("A1", "A party that can fire on some of the way is not bound not to."),
    "RISK-ABOVE-ALLOWED": ("U2", "The risk is higher than the organisation's table allows."),
    "RISK-NOT-ASSESSED": ("U2", "No assessment of the residual risk is valid for the whole trip."),
    "RISK-UNACCEPTABLE": ("U2", "The residual risk was found unacceptable."),
    "RETURN-CLOSED": ("E7", "The move is meant to last, or papers are taken from people."),
    "RETURN-UNKNOWN": ("E7", "Nobody recorded how the way home stays open."),
    "ROAD-CLOSED": ("A1", "A road on the way is recorded as closed while the column is on it."),
    "ROLES-NOT-APART": ("M1", "Who ranks the list also clears cases on it."),
    "RISK-OWNER": ("A9 N2", "Met only because a named role carries the risk: CONDITIONAL at most."),
    "ROUTE-NOT-ADOPTED": ("G2", "No route was adopted, or the one judged is only proposed."),
    "RULE-NOT-HELD": ("own", "Somebody held the organisation's own rule against it: it fails."),
    "RULE-UNCHECKED": ("own", "Nobody held the organisation's own rule against this version."),
    "SCREENING-UNGUARDED": ("E8", "A screening is planned without all of its guards."),
    "SCREENING-UNKNOWN": ("E8", "Nobody recorded whether people are screened on the way."),
    "SEATS": ("M1", "Patients and companions are more than the seats of the column."),
    "SIDE-NOT-CLEARED": ("G2", "Passage is missing where the column leaves or where it enters."),
    "SIGN-OFF-MISSING": ("U4", "The two offices have not both signed this version."),
    "SILENT": ("A2", "A party whose word is needed has said nothing that is recorded."),
    "STAFF-NOT-NAMED": ("E9", "A party's word leaves out the staff, or some of those who leave."),
    "STALE": ("A1", "The assessment names a party whose presence has lapsed or is unknown."),
    "STEP-BUDGET": ("any", "The judgement grew past its step budget, so the answer is NO-GO."),
    "SUBMITTER-UNKNOWN": ("N3", "A relay passed a notice on, and nobody answers for what it says."),
    "TOLD-UNKNOWN": ("N4", "It is not recorded whether a party was told of the movement."),
    "TOO-LATE": ("T1", "With its margin the trip ends after the latest time planned."),
    "DOUBLED-ID": ("A1", "Records that differ share an id, so that neither counts."),
    "TRAVEL-NOT-CLEARED": ("U1", "Security clearance does not hold for the whole way and trip."),
    "TRAVELLERS-MISSING": ("U1", "Some travellers have no security clearance."),
    "TRANSPORT-TOO-LONG": ("M1", "A patient would be on the road for longer than possible."),
    "TRIP-OVER": ("A1", "By its plan the trip is over; nothing is left to judge."),
    "UNIT-UNCONFIRMED": ("G3", "The unit at a checkpoint has not confirmed the passage itself."),
    "VEHICLE-INCOMPLETE": ("V1", "A vehicle lacks plate, driver or its marking on a leg."),
    "VEHICLES-NOT-LISTED": ("V1", "Fewer vehicles are listed than are to drive."),
    "VEHICLES-NOT-SENT": (
        "V1",
        "A party was told of the movement without the list of its vehicles.",
    ),
    "VOLUNTARINESS-UNKNOWN": ("E1", "Nobody recorded that people leave of their own will."),
    "WAITS-FOR-OTHER": ("A7", "What a party gave waits for somebody else to move."),
    "WEAPON-SEEN": ("V3", "A weapon or an armed person was seen in or on a vehicle."),
    "WAIVER": ("E7", "People were made to sign away home or return: never accepted."),
    "WINDOW-TOO-SHORT": ("T1", "The operation needs a longer window than the one there is."),
}

# Codes of a judgement as a whole, beside those of its findings.
WHOLE = {
    "LOOSENED": "A named person loosened a rule for a time: CONDITIONAL at most, and told in full.",
    "ON-TRACK": "All that is due is met; some rules are not due yet, and the next one is named.",
    "RISK-OWNER": "Somebody named carries a risk in the place of a guarantee.",
    "ROUTE-NOT-ADOPTED": "A route that the plan found was judged; nobody has adopted it yet.",
    "SIGN-OFF": "A rule of level COND is unmet and needs a named person's recorded sign-off.",
    "UNDER-WAY": "A departure is recorded; only the rest of the trip is judged.",
}

# What is to be doubted of a writer: the words that R1, `register keys list` and notes use.
DOUBTS = {
    "bad-signature": "Its key does not vouch for all of its chain.",
    "clock": "It recorded something later than it was received, or before what it had already.",
    "forked": "It signed two entries for one place, or its root believes another chain, or a "
    "device beside it saw another chain of a root.",
    "gapped": "It has written more than has come here, by its own word, its root's or, of a root, "
    "that of a device beside it.",
    "revoked": "Its key was revoked; only the part that its root believes counts.",
    "rolled-back": "It said later that its chain was shorter: a restored copy writes.",
    "stopped-here": "It wrote here until the register was moved or a backup was made; what it "
    "wrote after that may be missing.",
    "root-doubted": "The root that introduced it is in doubt, so a revocation may be missing.",
    "unknown-key": "No trusted root has introduced it; nothing that it wrote counts.",
    "withheld": "Of a part of its chain only the places have come, not what stands there.",
}


def page() -> str:
    """Every code that an answer can show, each with its meaning."""
    complete({**FINDINGS, **WHOLE}, found_codes(), "codes of findings and judgements")
    complete(DOUBTS, {one.value for one in WriterDoubt}, "doubts about writers")
    return (
        _HEAD
        + "## Findings\n\nOne rule on one movement.\n\n"
        + table(["code", "rule", "means"], ([f"`{c}`", *FINDINGS[c]] for c in sorted(FINDINGS)))
        + "\n## The whole judgement\n\nThe field `codes` of a judgement. A NO-GO lists the codes "
        "of the findings that fail there; the others are:\n\n"
        + table(["code", "means"], ([f"`{c}`", WHOLE[c]] for c in sorted(WHOLE)))
        + "\n## What is wrong with a word\n\nWhy something that a party said does not turn a key. "
        "The finding that needs the key\ntells these in words; rules A3 to A6 and T4 use some as "
        "their own code.\n\n"
        + table(["code", "the word"], ([f"`{c.value}`", f"… {SAYS[c]}"] for c in SAYS))
        + "\n## What is doubted of a writer\n\nWhy the entries of a device may not have come "
        "whole, or not be its own. Rule R1 weighs them,\nand `register keys list` shows them.\n\n"
        + table(["doubt", "means"], ([f"`{doubt}`", DOUBTS[doubt]] for doubt in sorted(DOUBTS)))
    )


def found_codes() -> frozenset[str]:
    """The codes in the source of `clearance`: its constants of capitals joined by hyphens."""
    folder = Path(safeconduct.clearance.__file__).parent
    trees = (ast.parse(file.read_text(encoding="utf-8")) for file in folder.rglob("*.py"))
    return frozenset(code for tree in trees for code in _codes_in(tree))


def _codes_in(tree: ast.Module) -> Iterator[str]:
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and ast.unparse(statement.targets[0]) == "__all__":
            continue  # the names of values, such as CHECKS
        for node in ast.walk(statement):
            text = node.value if isinstance(node, ast.Constant) else None
            if isinstance(text, str) and re.fullmatch(r"[A-Z]{3,}|[A-Z]+(-[A-Z]+)+", text):
                yield text

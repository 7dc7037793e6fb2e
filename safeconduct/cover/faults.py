"""Why a grant covers nothing, or not now, or not here: the reasons a finding can name.

The codes are those of docs/reference/semantics.md section 5; the same words appear in findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeconduct.spacetime import Spans
from safeconduct.vocabulary import ConditionKind


class Code(Enum):
    """One reason each."""

    ANNOUNCED_ONLY = "ANNOUNCED-ONLY"
    SPOKEN_FOR = "SPOKEN-FOR"
    INFERRED = "INFERRED"
    NOT_ADDRESSED = "NOT-ADDRESSED"
    NOT_NOTED = "NOT-NOTED"
    NOT_WRITTEN = "NOT-WRITTEN"
    GENERAL = "GENERAL"
    TIME_UNRESOLVED = "TIME-UNRESOLVED"
    NO_PLACE = "NO-PLACE"
    REJECTED = "REJECTED"
    CONTESTED = "CONTESTED"
    TOLD_DIFFERENTLY = "TOLD-DIFFERENTLY"
    CONDITION_OPERATIONAL = "CONDITION-OPERATIONAL"
    CONDITION_RECIPROCAL = "CONDITION-RECIPROCAL"
    CONDITION_QUID_PRO_QUO = "CONDITION-QUID-PRO-QUO"
    CONDITION_HARMFUL = "CONDITION-HARMFUL"
    CONDITION_WORDED = "CONDITION-WORDED"
    WITHDRAWN = "WITHDRAWN"
    SUSPENDED = "SUSPENDED"
    FIRE_UNEXPLAINED = "FIRE-UNEXPLAINED"
    OTHER_PURPOSE = "OTHER-PURPOSE"
    OTHER_DIRECTION = "OTHER-DIRECTION"
    OTHER_PEOPLE = "OTHER-PEOPLE"
    OTHER_MEANS = "OTHER-MEANS"
    OTHER_KIND = "OTHER-KIND"
    OTHER_PLACE = "OTHER-PLACE"
    OUTSIDE_WINDOW = "OUTSIDE-WINDOW"
    WINDOW_ENDED = "WINDOW-ENDED"


CONDITION_FAULT = {
    ConditionKind.OPERATIONAL: Code.CONDITION_OPERATIONAL,
    ConditionKind.RECIPROCAL: Code.CONDITION_RECIPROCAL,
    ConditionKind.QUID_PRO_QUO: Code.CONDITION_QUID_PRO_QUO,
    ConditionKind.HARMFUL: Code.CONDITION_HARMFUL,
}

SAYS = {
    Code.ANNOUNCED_ONLY: "announced in public only, never said directly to the humanitarian side",
    Code.SPOKEN_FOR: "said by another on its behalf, not confirmed by itself",
    Code.INFERRED: "inferred by the source, not said",
    Code.NOT_ADDRESSED: "not said to any humanitarian actor",
    Code.NOT_NOTED: "oral, without a note by a named officer and a call-back",
    Code.NOT_WRITTEN: "not in writing, which this profile asks for",
    Code.GENERAL: "general, without an area and a time it would hold in",
    Code.TIME_UNRESOLVED: "without a time that could be resolved",
    Code.NO_PLACE: "names no road or area",
    Code.REJECTED: "later rejected by the same party",
    Code.CONTESTED: "contested within the party",
    Code.TOLD_DIFFERENTLY: "told differently by those who tell it",
    Code.CONDITION_OPERATIONAL: "hangs on a condition of ours that is still open",
    Code.CONDITION_RECIPROCAL: "hangs on another party that has not moved",
    Code.CONDITION_QUID_PRO_QUO: "tied to a political or military step",
    Code.CONDITION_HARMFUL: "carries a condition that harms people",
    Code.CONDITION_WORDED: "carries a condition, and this profile asks for none",
    Code.WITHDRAWN: "withdrawn",
    Code.SUSPENDED: "suspended by a broader statement and not reconfirmed since",
    Code.FIRE_UNEXPLAINED: "suspended by fire and not reconfirmed since",
    Code.OTHER_PURPOSE: "given for another purpose",
    Code.OTHER_DIRECTION: "given for another direction",
    Code.OTHER_PEOPLE: "given for other people",
    Code.OTHER_MEANS: "about other means",
    Code.OTHER_KIND: "of another kind",
    Code.OTHER_PLACE: "does not contain this stretch",
    Code.OUTSIDE_WINDOW: "does not hold at that time",
    Code.WINDOW_ENDED: "had ended by then",
}
"""Each reason in words that follow "its word is"."""


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A reason for which a whole grant covers nothing; `acts` are the acts that make it so."""

    code: str
    acts: tuple[str, ...] = ()
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Cut:
    """A time taken out of a grant, and the act that took it out."""

    code: Code
    act: str
    spans: Spans

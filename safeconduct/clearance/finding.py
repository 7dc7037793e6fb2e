"""One rule on one movement: met or not, for which party, where, when, and what would mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from safeconduct.policy import Level
from safeconduct.spacetime import Span


class Status(Enum):
    """Not knowing is not the same as not being so, and neither is not being due yet."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"
    NOT_YET_DUE = "not-yet-due"
    NOT_APPLICABLE = "not-applicable"


@dataclass(frozen=True, slots=True, order=True)
class Stretch:
    """Part of the way: an edge or place, and from where to where along it in decimetres."""

    name: str
    start_dm: int = 0
    end_dm: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The outcome of one rule, as far as one party or one place goes.

    Parameters
    ----------
    code : the reason in one word, empty for a plain met; see docs/reference/codes.md.
    party : whose word or deed is at issue, empty when nobody's.
    place : the stretches concerned, in driving order.
    span : the time concerned, UTC.
    statements : ids of the acts, statements or records it rests on.
    says : the finding in a whole sentence.
    remedy : what would meet it, and who must say it.
    waits : the rule may still be met in time; before it is due this is "not yet due".
    due_at : when it falls due, if that differs from its phase.
    holds_until : a met finding that will not stay met by itself: the moment from which it must be
        looked at again (the end of a check's life, say).
    risk_owner : met only through a named risk owner: the verdict is CONDITIONAL at most.
    loosened : the id of the entry that took the level HARD from it, empty when none did.
    profiles : in a joint convoy, the profiles under which it was found; empty when under all.
    """

    rule: str
    level: Level
    status: Status
    says: str
    code: str = ""
    party: str = ""
    place: tuple[Stretch, ...] = ()
    span: Span | None = None
    statements: tuple[str, ...] = ()
    remedy: str = ""
    waits: bool = False
    due_at: int | None = None
    holds_until: int | None = None
    risk_owner: str = ""
    loosened: str = ""
    profiles: tuple[str, ...] = ()

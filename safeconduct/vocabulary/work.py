"""The office's own papers: notices, permits, asks, decisions, outcomes, assumptions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.spacetime import Span
from safeconduct.vocabulary.kinds import Direction, Means, Movers, Purpose, UndertakingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A movement version told to one recipient; what became of it is an act `acknowledge`.

    `listed` are the ids of the vehicles on the list that was sent (rule V1). A relay (`via`)
    passes a notice on and answers for nothing in it; `submitted_by` is the role that does (N3).
    """

    tag: ClassVar[str] = "notice"
    id: str
    movement: str
    version: int
    to: str
    sent_at: int
    legs: tuple[str, ...]
    via: str = ""
    listed: tuple[str, ...] = ()
    submitted_by: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTold:
    """A party that was deliberately not told of a movement, with the reason (rule N4)."""

    tag: ClassVar[str] = "not-told"
    id: str
    movement: str
    party: str
    reason: str
    by: str
    sources: tuple[str, ...] = ()


class PermitState(Enum):
    """How far one step of a permit has come."""

    OPEN = "open"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitStep:
    """One step of a permit and when its state was reached."""

    name: str
    state: PermitState
    at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """How a needed permit stands for one movement; a later record of one `need` replaces it."""

    tag: ClassVar[str] = "permit"
    id: str
    need: str
    movement: str
    steps: tuple[PermitStep, ...]
    stands_at: int
    valid: Span | None = None
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One guarantee to ask for, of one party: what, where, when, for what and for whom.

    As a record: asked whom (`to`, a contact), by whom, through what, and when a reply is due. What
    came of it are later records: `chase` and `reply`.
    """

    tag: ClassVar[str] = "ask"
    id: str
    movement: str
    party: str
    kind: UndertakingKind
    areas: tuple[str, ...]
    spans: tuple[Span, ...]
    purposes: frozenset[Purpose]
    directions: frozenset[Direction]
    for_whom: frozenset[Movers]
    means: frozenset[Means] = frozenset()
    says: str = ""
    meets: tuple[str, ...] = ()
    asked_at: int | None = None
    channel: str = ""
    reply_due_at: int | None = None
    answer: str = ""
    by: str = ""
    to: str = ""


class Choice(Enum):
    """What a named person decided on a verdict."""

    GO = "go"
    GO_WITH_CONDITIONS = "go-with-conditions"
    HOLD = "hold"
    NOT_GO = "not-go"
    ABORT = "abort"
    RESUME = "resume"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A named person's decision on one verdict; the verdict is advice, this is the decision.

    Parameters
    ----------
    by, second : the roles of the two who answer for it, in clear; `second` is empty where one
        person suffices.
    person, second_person : their names; in a live register only commitments go into the entry
        (decision 0009).
    verdict : the hash of the judgement it was made on, empty only where a replay records a
        decision made without this program.
    judged_at, known_at : the moment that judgement was asked about, and up to which records
        counted, so that it can be made again and compared.
    signs : ids of the rules whose open COND findings, or carried risks, are signed for.
    against_advice : it goes although the verdict is NO-GO.
    follows : the decision that stood before; of two at one moment the one that follows holds.
    """

    tag: ClassVar[str] = "decision"
    personal: ClassVar[tuple[str, ...]] = ("person", "second_person")
    id: str
    movement: str
    version: int
    choice: Choice
    by: str
    decided_at: int
    why: str
    verdict: str = ""
    dissent: str = ""
    sources: tuple[str, ...] = ()
    person: str = ""
    second: str = ""
    second_person: str = ""
    judged_at: int | None = None
    known_at: int | None = None
    signs: tuple[str, ...] = ()
    against_advice: bool = False
    follows: str = ""


class Result(Enum):
    """How a mission came out (OCHA's four, and what else happens)."""

    FACILITATED = "facilitated"
    IMPEDED = "impeded"
    DENIED = "denied"
    CANCELLED = "cancelled"
    PARTIAL = "partial"
    CONFISCATED = "confiscated"
    STRUCK = "struck"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemCount:
    """One line of a convoy's ledger: approved, loaded, removed, arrived, given out.

    `note` explains what does not add up; `removed_by` and `removed_where` say which party took
    items out, and at which post (rule M2).
    """

    item: str
    approved: int = 0
    loaded: int = 0
    removed: int = 0
    arrived: int = 0
    distributed: int = 0
    note: str = ""
    removed_by: str = ""
    removed_where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a movement; the latest holds. `by` is a role.

    A correction `follows` the outcome that it corrects, and may name the same hour.
    """

    tag: ClassVar[str] = "outcome"
    id: str
    movement: str
    version: int
    result: Result
    what: str
    at: int | None = None
    items: tuple[ItemCount, ...] = ()
    sources: tuple[str, ...] = ()
    by: str = ""
    follows: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumption:
    """A fact that a replay needs and no source records; ours, counted, refused in live registers.

    `supplies` names the ids of the records it brings in. It never fills a gap that the record
    itself names.
    """

    tag: ClassVar[str] = "assumption"
    id: str
    rule: str
    what: str
    why: str
    supplies: tuple[str, ...]

"""What was read from a report: drafts of acts, each field with the characters it came from."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import Generic, TypeVar

from safeconduct.errors import WrongField
from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Purpose,
    Telling,
    UndertakingKind,
)
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.names import Place
from safeconduct.wire.report import Report

T = TypeVar("T")


class Act(Enum):
    """What somebody does by speaking, by the tags of the vocabulary's acts."""

    # That of an enum runs in Python, and every rule asks whether an act is one of some.
    __hash__ = object.__hash__

    ANNOUNCE = "announce"
    GUARANTEE = "guarantee"
    CONSENT = "consent"
    ACCEPT = "accept"
    REJECT = "reject"
    CONDITION = "condition"
    NARROW = "narrow"
    CONFIRM = "confirm"
    REQUEST = "request"
    DEMAND = "demand"
    WITHDRAW = "withdraw"
    SUSPEND = "suspend"
    DISOWN = "disown"
    DENY = "deny"
    WELCOME = "welcome"
    ASSESS = "assess"
    ACKNOWLEDGE = "acknowledge"
    ALLEGE = "allege"
    REPORT = "report"
    ESTIMATE = "estimate"
    FORECAST = "forecast"
    POSITION = "position"
    DECLINE = "decline-to-comment"
    DO = "do"


class Sureness(Enum):
    """How sure the reader is of a draft: the words say it, they hint at it, or it is a guess."""

    STATED = "stated"
    LIKELY = "likely"
    GUESSED = "guessed"


@dataclass(frozen=True, slots=True)
class Field(Generic[T]):
    """A value, and the words it was read from.

    Raises
    ------
    WrongField : it came from no words; such a field does not exist.
    """

    value: T
    at: tuple[Excerpt, ...]

    def __post_init__(self) -> None:
        if not self.at:
            raise WrongField(
                f"The value {self.value} was read from no words.",
                "Name the characters it came from, or leave the field out.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadTime:
    """A moment or a part of a day as the report words it.

    Parameters
    ----------
    day : the local day that is meant, where it could be told.
    at : the moment, in UTC seconds; None where it could not be resolved.
    unresolved : why not, in words for a person ("evening is no hour"); empty where it was.
    """

    day: dt.date | None = None
    at: int | None = None
    unresolved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadWindow:
    """A stretch of time as the report words it, and what it resolved to.

    Parameters
    ----------
    start, end : half-open, in UTC seconds. Either is None where the text does not tell it; both
        are None where nothing could be resolved.
    zone : the IANA zone in which it was read; empty where none was needed or known.
    daily : it comes back each day at the same hours; `start` and `end` are the first day's.
    open_ended : the text says that it has no end ("until further notice", "from Friday on").
    until_event : an event in the place of an end ("until the last bus"), in the text's words.
    unresolved : why it could not be resolved, in words for a person; empty where it was.
    """

    start: int | None = None
    end: int | None = None
    zone: str = ""
    daily: bool = False
    open_ended: bool = False
    until_event: str = ""
    unresolved: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCondition:
    """A string attached to an act; what it says are the words of its field.

    Parameters
    ----------
    on : the id of the actor who must do it; None where the text does not name one.
    """

    kind: ConditionKind
    on: Field[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One act of one party, as the report tells it; only what the text states is there.

    Parameters
    ----------
    id : `draft-1` and on, in the order of the text.
    act : which act; its words are the shortest that carry it.
    telling : how the report tells it.
    actor : the id of whose voice it is; the words that name it.
    party : the id of whom the act binds or is about, where that is not the actor.
    speaker, office : the person and the role that spoke, as the text has them.
    negated : the words that say that it was not done ("did not guarantee").
    kind, means, windows, areas, corridors, purposes, directions, for_whom, conditions : of what
        was undertaken, as in the vocabulary. An area is the id of a known one, or the words of
        the text; `corridors` is a number of corridors that nobody named.
    to, deadline : of a request or demand, whom it asks (ids) and until when.
    of : ids of the drafts that it answers; the words that point there.
    result, lacks : of an assessment, the judgement and what is lacking (the text's words).
    low, high, unit : of an estimate; None for an end that the text does not give.
    why : in words for a person, why it was read so: which rule, on which words.
    sureness : how sure the reader is.
    """

    id: str
    act: Field[Act]
    telling: Field[Telling]
    actor: Field[str]
    party: Field[str] | None = None
    speaker: Field[str] | None = None
    office: Field[str] | None = None
    negated: Field[bool] | None = None
    kind: Field[UndertakingKind] | None = None
    means: tuple[Field[Means], ...] = ()
    windows: tuple[Field[ReadWindow], ...] = ()
    areas: tuple[Field[str], ...] = ()
    corridors: Field[int] | None = None
    purposes: tuple[Field[Purpose], ...] = ()
    directions: tuple[Field[Direction], ...] = ()
    for_whom: tuple[Field[Movers], ...] = ()
    conditions: tuple[Field[ReadCondition], ...] = ()
    to: tuple[Field[str], ...] = ()
    deadline: Field[ReadTime] | None = None
    of: tuple[Field[str], ...] = ()
    result: Field[Usability] | None = None
    lacks: Field[str] | None = None
    low: Field[int] | None = None
    high: Field[int] | None = None
    unit: Field[str] | None = None
    why: str
    sureness: Sureness


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A report and what was read from it.

    Parameters
    ----------
    drafts : in the order of the text.
    languages : of the parts that were read, as ISO 639-1 codes, the most used first.
    notes : what a person must know of the whole, in sentences: that no day of publication is
        known and days stay unresolved, that a part is in a language nobody reads here, that
        nothing was found.
    places : those of gazetteers that areas of drafts were taken from, in the order of the text.
    reader : who or what else made the drafts; empty where the rules here did.
    """

    report: Report
    drafts: tuple[Draft, ...]
    languages: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    reader: str = ""

    def place_of(self, area: Field[str]) -> Place | None:
        """The place of a gazetteer that an area of a draft is; None where it has none."""
        return next((one for one in self.places if one.at == area.at[0]), None)

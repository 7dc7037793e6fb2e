"""What a golden case must answer: `expected.yaml`, moment by moment.

What the humanitarians said at the time and what we read out of the record are kept apart: the
first is checked against the program's findings, the second is ours and may be wrong. A moment at
which the program cannot agree with those who were there says so, and why.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Any

from safeconduct.adapters.files.definitions import Definitions, Placed
from safeconduct.adapters.files.references import check_references
from safeconduct.adapters.files.times import Clock
from safeconduct.adapters.files.yamllines import Marked, mapping_of
from safeconduct.errors import SafeconductError, WrongField
from safeconduct.register.codec import decode
from safeconduct.vocabulary import UndertakingKind

# A finding is about a place, or about the road or the area where something is missing.
_FINDINGS = {"place": ("place", "edge", "area"), "circle": ("actor",)}


class Answer(Enum):
    """The verdict that a moment must have."""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no-go"


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """A finding that must be there and not be met; what is empty may be anything."""

    rule: str
    party: str = ""
    code: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedReason:
    """A reason the humanitarians gave, in our words, and the rule that carries it."""

    says: str
    rule: str
    party: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One question to a case and its answer.

    Parameters
    ----------
    at : as of when, UTC seconds.
    known_at : what had been recorded by then; None for the same moment.
    stated_reasons : what those who were there said.
    our_reading : what we read out of the record.
    decision : what was decided, in our words.
    disagreement : why the program cannot agree, where it cannot.
    """

    at: int
    movement: str
    verdict: Answer
    our_reading: str
    known_at: int | None = None
    gaps: tuple[Gap, ...] = ()
    stated_reasons: tuple[StatedReason, ...] = ()
    decision: str = ""
    disagreement: str = ""

    def __post_init__(self) -> None:
        if self.verdict is not Answer.GO and not self.gaps:
            raise WrongField(
                f"The verdict {self.verdict.value} is expected without any gap.",
                "Name at least one rule that is not met; a verdict without a reason is no answer.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWindow:
    """A window that must be there: its first and its last departure, to the second."""

    first_at: int
    last_at: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InTheWay:
    """Something that must stand in the way; what is empty may be anything.

    Parameters
    ----------
    place : a road or place on which it is missing.
    """

    party: str = ""
    code: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ToAsk:
    """A word that must be among the asks: of whom, and of which kind."""

    party: str
    kind: UndertakingKind


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMoment:
    """What the plan of a movement must be at one moment.

    Parameters
    ----------
    at, known_at : as of when, and what had been recorded by then; None for the same moment.
    departures : exactly these windows, whatever the road; none where there is no window.
    in_the_way : what must be told for some road that has no window.
    circle : the parties whose words wait for one another.
    asks : words that must be asked for.
    our_reading : where the record says so, or how it follows from the hours, in our words.
    """

    at: int
    movement: str
    our_reading: str
    known_at: int | None = None
    departures: tuple[OpenWindow, ...] = ()
    in_the_way: tuple[InTheWay, ...] = ()
    circle: tuple[str, ...] = ()
    asks: tuple[ToAsk, ...] = ()

    def __post_init__(self) -> None:
        if not self.departures and not self.in_the_way:
            raise WrongField(
                "A plan is expected without a window and without anything that stands in the way.",
                "Name the party and the road, or the window; a plan without either is no answer.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """The whole of `expected.yaml`.

    Parameters
    ----------
    plans : moments at which the plan is asked for too.
    """

    moments: tuple[Moment, ...]
    plans: tuple[PlanMoment, ...] = ()


def read_expected(marked: Marked, zone: str, known: Definitions) -> Expected:
    """What an expected file asks for, whose times are read in `zone`.

    Raises
    ------
    WrongField, TimeRefused : the file is not of its form.
    UnknownReference : a movement, party, place or source that the case does not have.
        Every error has its file, line and field.
    """
    data: dict[str, Any] = mapping_of(marked)
    try:
        expected = decode(Expected, Clock(zone).read(data))
    except SafeconductError as error:
        raise marked.located(error) from None
    for name in ("moments", "plans"):
        for index, moment in enumerate(getattr(expected, name)):
            check_references(Placed(moment, f"{name}[{index}]", marked), known, _FINDINGS)
    return expected

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

# A finding is about a place, or about the road or the area where something is missing.
_FINDINGS = {"place": ("place", "edge", "area")}


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
class Expected:
    """The whole of `expected.yaml`."""

    moments: tuple[Moment, ...]


def read_expected(marked: Marked, zone: str, known: Definitions) -> tuple[Moment, ...]:
    """The moments of an expected file, whose times are read in `zone`.

    Raises
    ------
    WrongField, TimeRefused : the file is not of its form.
    UnknownReference : a movement, party, place or source that the case does not have.
        Every error has its file, line and field.
    """
    data: dict[str, Any] = mapping_of(marked)
    try:
        moments = decode(Expected, Clock(zone).read(data)).moments
    except SafeconductError as error:
        raise marked.located(error) from None
    for index, moment in enumerate(moments):
        check_references(Placed(moment, f"moments[{index}]", marked), known, _FINDINGS)
    return moments

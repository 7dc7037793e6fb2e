"""An organisation's own security papers, and what the day on the road looks like.

Rules U1 to U4 (the United Nations' own), X1 (daylight) and X4 (forces gathering).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Span


class Risk(Enum):
    """Residual risk, from the lowest to what is never accepted."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very-high"
    UNACCEPTABLE = "unacceptable"

    @property
    def height(self) -> int:
        """Its place on the scale, 0 for low."""
        return list(Risk).index(self)


class Criticality(Enum):
    """How critical the activity is to the programme, PC1 the most."""

    PC1 = "PC1"
    PC2 = "PC2"
    PC3 = "PC3"
    PC4 = "PC4"


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelClearance:
    """Security clearance of travellers for these areas and dates; counts, no names (rule U1)."""

    tag: ClassVar[str] = "travel-clearance"
    id: str
    movement: str
    version: int
    travellers: int
    cleared: int
    areas: tuple[str, ...]
    valid: Span
    by: str
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.cleared <= self.travellers:
            raise WrongField(
                f"Clearance {self.id} has {self.cleared} of {self.travellers} travellers cleared.",
                "Give how many travel and how many of them are cleared.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class RiskAssessment:
    """The residual risk of a movement and how critical the activity is (rule U2).

    `criticality` None: not assessed. `headquarters` says whether headquarters approved.
    """

    tag: ClassVar[str] = "risk-assessment"
    id: str
    movement: str
    residual: Risk
    by: str
    assessed_at: int
    valid: Span
    criticality: Criticality | None = None
    headquarters: bool = False
    ground: str = ""
    sources: tuple[str, ...] = ()


class Signer(Enum):
    """The office in which somebody signs (rule U4)."""

    DESIGNATED_OFFICIAL = "designated-official"
    RESIDENT_COORDINATOR = "resident-coordinator"
    HEAD_OF_MISSION = "head-of-mission"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOff:
    """A named role signs for a movement version (rule U4); `designation` is asked for PC1."""

    tag: ClassVar[str] = "sign-off"
    id: str
    movement: str
    version: int
    signer: Signer
    by: str
    signed_at: int
    what: str
    designation: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Daylight:
    """From civil dawn to civil dusk of one day in these areas, as somebody states it (rule X1)."""

    tag: ClassVar[str] = "daylight"
    id: str
    areas: tuple[str, ...]
    during: Span
    by: str
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuge:
    """A place where a whole column can stay the night (rule X1)."""

    tag: ClassVar[str] = "refuge"
    id: str
    place: str
    valid: Span
    by: str
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildUp:
    """Forces were reported to gather in these areas during an offer (rule X4)."""

    tag: ClassVar[str] = "build-up"
    id: str
    areas: tuple[str, ...]
    seen_at: int
    what: str
    by: str
    party: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCheck:
    """Somebody held one rule of their own organisation against a movement version."""

    tag: ClassVar[str] = "rule-check"
    id: str
    movement: str
    version: int
    rule: str
    holds: bool
    by: str
    checked_at: int
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosening:
    """A named role loosens one rule for one profile for a time; every verdict shows it."""

    tag: ClassVar[str] = "loosening"
    id: str
    rule: str
    profile: str
    by: str
    why: str
    decided_at: int
    valid: Span
    sources: tuple[str, ...] = ()

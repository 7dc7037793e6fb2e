"""What is so on the ground, each with who says it, from when and until when.

The world is closed: road that no current `Assessment` covers is not assessed, and nothing that a
party says can cover it. Facts stay as coarse as the rules need: no unit strengths.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Point, Span
from safeconduct.vocabulary.kinds import Means, Movers, Purpose
from safeconduct.vocabulary.undertakings import Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Presence:
    """Party P can act in these areas by these means, with or without physical control.

    It threatens every piece of road it touches, from the start of `valid` on. It leaves only by a
    superseding assessment; past the end of `valid` it is stale and what names it is not assessed.
    """

    tag: ClassVar[str] = "presence"
    id: str
    party: str
    areas: tuple[str, ...]
    means: frozenset[Means]
    valid: Span
    controls: bool = False
    ground: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.means and not self.controls:
            raise WrongField(
                f"Presence {self.id} names no means and no control.",
                "Name what the party can do there, or leave the presence out.",
            )


class Mines(Enum):
    """What an assessment says of mines; `not-assessed` opens nothing."""

    NONE_REPORTED = "none-reported"
    CLEARED = "cleared"
    NOT_ASSESSED = "not-assessed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """ "In these areas, during this time, these presences and no others can act; mines: ..."."""

    tag: ClassVar[str] = "assessment"
    id: str
    areas: tuple[str, ...]
    valid: Span
    presences: tuple[str, ...]
    mines: Mines
    by: str
    ground: str
    supersedes: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentNeed:
    """Whose legal consent these areas need; road with none recorded has an unknown holder."""

    tag: ClassVar[str] = "consent-need"
    id: str
    areas: tuple[str, ...]
    holders: tuple[str, ...]
    valid: Span
    ground: str = ""
    sources: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.holders:
            raise WrongField(
                f"Consent need {self.id} names no holder.",
                "Name whose consent it is, or record a legal basis that replaces it.",
            )


class BasisKind(Enum):
    """What can stand in the place of a holder's consent (rule A8)."""

    RESOLUTION = "resolution"
    CONSENT = "consent"
    AGREEMENT = "agreement"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """A recorded basis that replaces consent in these areas, kept per crossing, with its expiry.

    It replaces the consent of `replaces` (holders). An open condition on it keeps it shut.
    """

    tag: ClassVar[str] = "legal-basis"
    id: str
    basis: BasisKind
    areas: tuple[str, ...]
    replaces: tuple[str, ...]
    valid: Span
    text: str
    purposes: frozenset[Purpose]
    notify: bool = False
    conditions: tuple[Condition, ...] = ()
    sources: tuple[str, ...] = ()


class InstrumentKind(Enum):
    """What is asked of a party for one of its means in one area (DESIGN 7)."""

    GUARANTEE = "guarantee"
    CONSENT = "consent"
    NOTIFICATION = "acknowledged-notification"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """Something other than a guarantee that is accepted for a party's means in an area.

    Acknowledged notification, and a group that cannot be spoken to, reach CONDITIONAL at most,
    through `risk_owner`, and never where that means was used lately (rule A9).
    """

    tag: ClassVar[str] = "instrument"
    id: str
    party: str
    means: frozenset[Means]
    areas: tuple[str, ...]
    instrument: InstrumentKind
    reason: str
    valid: Span
    risk_owner: str = ""  # a role
    mitigation: str = ""
    tried: str = ""  # unreachable: when, how, why it failed
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hazard:
    """A danger without a party: mines, robbery, crowds. Only a dated report clears it."""

    tag: ClassVar[str] = "hazard"
    id: str
    hazard: str
    areas: tuple[str, ...]
    from_at: int
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HazardCleared:
    """A dated report that a hazard is gone, from `cleared_at` on."""

    tag: ClassVar[str] = "hazard-cleared"
    id: str
    of: str
    cleared_at: int
    by: str
    evidence: str


class IncidentState(Enum):
    """How sure we are of an incident."""

    UNVERIFIED = "unverified"
    VERIFIED = "verified"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Something happened: a clash, shelling, an air strike, a mine.

    `areas`, or `near` with the radius from the rule, say where. `attributed_to` empty is fire
    that nobody is known to have opened: it suspends every party capable of it there (rule G4).
    """

    id: str
    what: str
    at: int
    means: Means | None = None
    areas: tuple[str, ...] = ()
    near: Point | None = None
    attributed_to: str = ""
    state: IncidentState = IncidentState.UNVERIFIED


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentReview:
    """A named officer verified or dismissed an incident, with the reason."""

    tag: ClassVar[str] = "incident-review"
    id: str
    of: str
    state: IncidentState
    reviewed_at: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentCheck:
    """Somebody looked for incidents in these areas at this time; what was found is recorded."""

    tag: ClassVar[str] = "incident-check"
    id: str
    areas: tuple[str, ...]
    checked_at: int
    by: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoRecentUse:
    """Checked: this party did not use these means in these areas during this span."""

    tag: ClassVar[str] = "no-recent-use"
    id: str
    party: str
    means: frozenset[Means]
    areas: tuple[str, ...]
    during: Span
    by: str
    ground: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How a party wants to be notified: lead time, submission days, what a change voids (T3, N5).

    `weekdays` are the days on which it takes submissions, Monday 0; empty: every day. An imposed
    arrangement is kept as a constraint, not as law (rule N1).
    """

    tag: ClassVar[str] = "arrangement"
    id: str
    party: str
    areas: tuple[str, ...]
    lead_s: int
    valid: Span
    zone: str
    weekdays: frozenset[int] = frozenset()
    clearance_lasts_s: int | None = None
    change_voids_item_only: bool = False
    imposed: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """A place where the column is held, with the hold to expect as a range (rule T1).

    Without `hold_max_s` nothing is known and the duration of the trip is unknown.
    """

    tag: ClassVar[str] = "checkpoint"
    id: str
    place: str
    party: str
    hold_min_s: int = 0
    hold_max_s: int | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """One crossing, two sides; it is open only while both are (rule A8)."""

    tag: ClassVar[str] = "crossing"
    id: str
    name: str
    place: str
    sides: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CrossingOpen:
    """One side of a crossing is open during this span."""

    tag: ClassVar[str] = "crossing-open"
    id: str
    crossing: str
    side: str
    valid: Span
    ground: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PermitNeed:
    """A permit that a party requires for movements of these purposes in these areas (rule C1)."""

    tag: ClassVar[str] = "permit-need"
    id: str
    party: str
    name: str
    areas: tuple[str, ...]
    purposes: frozenset[Purpose]
    steps: tuple[str, ...]
    valid: Span
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CompositeGround:
    """Why one area of a composite is counted in it, and on whose word."""

    tag: ClassVar[str] = "composite-ground"
    id: str
    composite: str
    members: tuple[str, ...]
    ground: str
    recalled: bool = False
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvacuationTerms:
    """What is known of how voluntary an evacuation is and where it leads (rules E1, E2).

    `None` means nobody has recorded it, which is a doubt and not a yes.
    """

    tag: ClassVar[str] = "evacuation-terms"
    id: str
    movement: str
    voluntary: bool | None = None
    forced_route: bool | None = None
    own_choice: bool | None = None
    acceptable_destination: bool | None = None
    destinations: tuple[str, ...] = ()
    held_by: tuple[str, ...] = ()
    by: str = ""
    ground: str = ""
    movers: frozenset[Movers] = frozenset()
    sources: tuple[str, ...] = ()

"""What an actor does by speaking: one frozen value per act.

Acts that can *grant* cover carry an undertaking: announce, guarantee, consent, accept. Acts that
*limit* take cover away: narrow, condition, reject, withdraw, suspend, disown, deny. Confirm can
restore. Everything else is kept, shown and never counted.

`party` is the party the act is about ("it carries one act per party"); the statement says who
spoke. `of` names the ids of the acts, links, conditions or plans an act answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.spacetime import Window
from safeconduct.vocabulary.facts import Incident
from safeconduct.vocabulary.undertakings import Condition, Undertaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce:
    """A party makes an offer known publicly; alone it never suffices."""

    tag: ClassVar[str] = "announce"
    id: str
    party: str
    undertaking: Undertaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Guarantee:
    """A party undertakes it towards the humanitarian side."""

    tag: ClassVar[str] = "guarantee"
    id: str
    party: str
    undertaking: Undertaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """A holder of legal consent gives it; the undertaking is of kind consent."""

    tag: ClassVar[str] = "consent"
    id: str
    party: str
    undertaking: Undertaking


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """A party accepts a link, a plan or an offer; with an undertaking, it binds itself too."""

    tag: ClassVar[str] = "accept"
    id: str
    party: str
    of: tuple[str, ...]
    undertaking: Undertaking | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A party rejects what is named; its own earlier acceptance of it ends."""

    tag: ClassVar[str] = "reject"
    id: str
    party: str
    of: tuple[str, ...]
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impose:
    """A party ties its own earlier acts `of` to a condition."""

    tag: ClassVar[str] = "condition"
    id: str
    party: str
    of: tuple[str, ...]
    condition: Condition


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """A party narrows its own earlier acts `of`; what is None stays as it was."""

    tag: ClassVar[str] = "narrow"
    id: str
    party: str
    of: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    windows: tuple[Window, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirm:
    """A party says again that its acts `of` stand, in `areas` and `windows` if it names any.

    A confirmation only adds. Where its text is narrower than what was said before, enter a
    `narrow` act beside it: that is what takes the rest away.
    """

    tag: ClassVar[str] = "confirm"
    id: str
    party: str
    of: tuple[str, ...]
    areas: tuple[str, ...] | None = None
    windows: tuple[Window, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """An actor asks something of others."""

    tag: ClassVar[str] = "request"
    id: str
    party: str
    to: tuple[str, ...]
    what: str
    due_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A party demands a step of another, with or without a deadline."""

    tag: ClassVar[str] = "demand"
    id: str
    party: str
    to: tuple[str, ...]
    what: str
    deadline_at: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdraw:
    """A party ends acts of its own for good, from `effective_at` on (rule A5).

    `of` empty means every undertaking it gave before, in `areas` (empty: everywhere). A condition
    named in `of` is dropped by the party that posed it.
    """

    tag: ClassVar[str] = "withdraw"
    id: str
    party: str
    of: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    effective_at: int | None = None  # None: from when it was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspend:
    """A broad restrictive statement: truce over, operation launched, area closed (rule A5).

    It suspends every undertaking the party gave before that overlaps `areas` (empty: everywhere),
    from `effective_at` on, until the party reconfirms the specific one afterwards.
    """

    tag: ClassVar[str] = "suspend"
    id: str
    party: str
    what: str
    areas: tuple[str, ...] = ()
    effective_at: int | None = None  # None: from when it was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Disown:
    """A voice of the party says the acts `of` do not bind it: contested (rule A4)."""

    tag: ClassVar[str] = "disown"
    id: str
    party: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deny:
    """A party denies having done, or having agreed to, what is named."""

    tag: ClassVar[str] = "deny"
    id: str
    party: str
    of: tuple[str, ...] = ()
    what: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """Kind words; never acceptance."""

    tag: ClassVar[str] = "welcome"
    id: str
    party: str
    of: tuple[str, ...] = ()
    what: str = ""


class Usability(Enum):
    """A humanitarian actor's own judgement of an offer."""

    USABLE = "usable"
    NOT_USABLE = "not-usable"
    LACKS = "lacks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assess:
    """A humanitarian actor's own judgement: usable, not usable, or lacking X from Y."""

    tag: ClassVar[str] = "assess"
    id: str
    party: str
    of: tuple[str, ...] = ()
    result: Usability
    lacks: str = ""
    lacking_from: tuple[str, ...] = ()


class AckLevel(Enum):
    """Rule N2: two acknowledgements, two states; each is receipt and nothing more."""

    RELAY = "relay"
    OFFICE = "office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledge:
    """Receipt of a notice: not approval, not a guarantee (rule N2)."""

    tag: ClassVar[str] = "acknowledge"
    id: str
    party: str
    notice: str
    level: AckLevel


@dataclass(frozen=True, slots=True, kw_only=True)
class Allege:
    """A party or political body says another did something; never a finding by itself."""

    tag: ClassVar[str] = "allege"
    id: str
    party: str
    against: str
    what: str
    incident: Incident | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An incident or a fact is reported."""

    tag: ClassVar[str] = "report"
    id: str
    party: str
    what: str = ""
    incident: Incident | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number as a range, with what is counted."""

    tag: ClassVar[str] = "estimate"
    id: str
    party: str
    of_what: str
    low: int
    high: int
    unit: str

    def __post_init__(self) -> None:
        if self.low > self.high:
            raise WrongField(
                f"The estimate of {self.of_what} runs from {self.low} down to {self.high}.",
                "Give the lower figure first.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """What an actor expects to happen."""

    tag: ClassVar[str] = "forecast"
    id: str
    party: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """A principle an actor holds to."""

    tag: ClassVar[str] = "position"
    id: str
    party: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineToComment:
    """An actor declined to comment; silence with a date."""

    tag: ClassVar[str] = "decline-to-comment"
    id: str
    party: str
    about: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Do:
    """A deed or a condition carried out: road cleared, checkpoint opened, list handed in.

    `of` names the deed's act id or the condition's id; without `evidence` it meets nothing.
    `failed` records that it was tried and not done: it undoes an earlier one.
    """

    tag: ClassVar[str] = "do"
    id: str
    party: str
    of: tuple[str, ...]
    what: str
    evidence: str = ""
    failed: bool = False


Act = (
    Announce
    | Guarantee
    | Consent
    | Accept
    | Reject
    | Impose
    | Narrow
    | Confirm
    | Request
    | Demand
    | Withdraw
    | Suspend
    | Disown
    | Deny
    | Welcome
    | Assess
    | Acknowledge
    | Allege
    | Report
    | Estimate
    | Forecast
    | Position
    | DeclineToComment
    | Do
)

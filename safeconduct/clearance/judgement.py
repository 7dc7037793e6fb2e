"""The judgement: verdict and findings, sealed as canonical JSON.

A pure function of the records known, as-of, movement version, policy, network version, zone
database version and step budget; byte for byte the same on every store and machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from typing import Any

from safeconduct.clearance.finding import Finding, Status
from safeconduct.policy import Level
from safeconduct.register import canonical, digest
from safeconduct.spacetime import utc

FORMAT = 1


class Verdict(Enum):
    """Advice about records; a decision is a named person's."""

    GO = "go"
    CONDITIONAL = "conditional"
    NO_GO = "no-go"


SAYS = {
    Verdict.GO: "conditions recorded as met",
    Verdict.CONDITIONAL: "not all conditions are met yet, or a named person must carry a risk",
    Verdict.NO_GO: "conditions are not recorded as met",
}
"""What a verdict says in a sentence. None of them says that a way is without danger."""


def verdict_of(findings: Iterable[Finding]) -> Verdict:
    """The verdict that some findings amount to (semantics, section 7); none at all is NO-GO."""
    found = list(findings)
    failing = {Status.UNMET, Status.UNKNOWN}
    if not found or any(f.level is Level.HARD and f.status in failing for f in found):
        return Verdict.NO_GO
    if any(f.level is Level.INVARIANT and f.status in failing for f in found):
        return Verdict.NO_GO
    waiting = any(
        (f.level is Level.COND and f.status in failing)
        or (f.level in (Level.HARD, Level.COND) and f.status is Status.NOT_YET_DUE)
        or f.risk_owner
        for f in found
    )
    return Verdict.CONDITIONAL if waiting else Verdict.GO


class Strictness(Enum):
    """Whether a loosening does anything; where not, the verdict says why."""

    IN_FORCE = "in-force"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loosened:
    """One rule loosened by an entry for one profile: by whom, why, until when.

    `says` is all of it in a sentence, in the movement's own time.
    """

    id: str
    rule: str
    profile: str
    by: str
    why: str
    until: int
    strictness: Strictness
    says: str

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "id": self.id,
            "rule": self.rule,
            "profile": self.profile,
            "by": self.by,
            "why": self.why,
            "until": utc(self.until),
            "in_force": self.strictness is Strictness.IN_FORCE,
            "says": self.says,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class ProfileVerdict:
    """What one organisation of a joint convoy would be told alone."""

    profile: str
    verdict: Verdict
    codes: tuple[str, ...]
    expires: int | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "verdict": self.verdict.value,
            "codes": list(self.codes),
            "expires": _time(self.expires),
        }


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """One movement judged once.

    Parameters
    ----------
    codes : reasons for the verdict as a whole: ON-TRACK, RISK-OWNER, UNDER-WAY, STEP-BUDGET, ...
    expires : UTC seconds until which a GO or CONDITIONAL may be acted on; None for NO-GO.
    next_due : the moment the next open rule falls due, None if none does.
    residual_risk : sentences that stay true however the verdict reads.
    depth : how far down each relied-on word is confirmed to have reached.
    assumptions : ids of the assumptions that the replay rests on.
    versions : what the judgement was computed from, by version or hash.
    loosened : the loosenings that are valid now for the profiles judged, also those refused.
    by_profile : the verdict of each organisation in the movement's order; one if it is not joint.
    """

    verdict: Verdict
    movement: str
    movement_version: int
    title: str
    as_of: int
    known_at: int
    codes: tuple[str, ...]
    expires: int | None
    next_due: int | None
    under_way: bool
    findings: tuple[Finding, ...]
    residual_risk: tuple[str, ...]
    depth: tuple[tuple[str, str, str], ...]
    assumptions: tuple[str, ...]
    versions: tuple[tuple[str, str], ...]
    loosened: tuple[Loosened, ...] = ()
    by_profile: tuple[ProfileVerdict, ...] = ()

    @cached_property
    def sealed(self) -> bytes:
        """The canonical bytes that the hash is taken over."""
        return canonical(self._body())

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the sealed bytes, hex."""
        return digest(self.sealed)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows, the hash included."""
        return self._body() | {"hash": self.hash}

    def _body(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "verdict": self.verdict.value,
            "says": SAYS[self.verdict],
            "movement": {
                "id": self.movement,
                "version": self.movement_version,
                "title": self.title,
            },
            "as_of": utc(self.as_of),
            "known_at": utc(self.known_at),
            "codes": list(self.codes),
            "expires": _time(self.expires),
            "next_due": _time(self.next_due),
            "under_way": self.under_way,
            "findings": [finding_json(finding) for finding in self.findings],
            "residual_risk": list(self.residual_risk),
            "depth": [
                {"party": party, "statement": statement, "reached": reached}
                for party, statement, reached in self.depth
            ],
            "assumptions": list(self.assumptions),
            "versions": dict(self.versions),
            "loosened": [one.as_json() for one in self.loosened],
            "by_profile": {one.profile: one.as_json() for one in self.by_profile},
        }


def _time(instant: int | None) -> str | None:
    return None if instant is None else utc(instant)


def finding_json(finding: Finding) -> dict[str, Any]:
    """A finding as JSON: whole numbers and text only."""
    return {
        "rule": finding.rule,
        "level": finding.level.value,
        "status": finding.status.value,
        "code": finding.code,
        "party": finding.party or None,
        "place": [
            {"name": s.name, "from_dm": s.start_dm, "to_dm": s.end_dm} for s in finding.place
        ],
        "span": {"from": utc(finding.span.start), "until": utc(finding.span.end)}
        if finding.span
        else None,
        "statements": list(finding.statements),
        "says": finding.says,
        "remedy": finding.remedy or None,
        "due": _time(finding.due_at),
        "holds_until": _time(finding.holds_until),
        "risk_owner": finding.risk_owner or None,
        "loosened": finding.loosened or None,
        "profiles": list(finding.profiles),
    }

"""Joint convoys: one movement under several organisations' profiles, as strict as the strictest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from safeconduct.clearance.bench import Bench
from safeconduct.clearance.finding import Finding
from safeconduct.clearance.judgement import Loosened, Verdict

# From the strictest to the loosest.
_STRICTEST = (Verdict.NO_GO, Verdict.CONDITIONAL, Verdict.GO)


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """What one organisation would be told alone.

    Parameters
    ----------
    expires : UTC seconds until which the verdict may be acted on; None for NO-GO.
    bench : what it was made on; None when the movement could not be looked at.
    """

    profile: str
    findings: tuple[Finding, ...]
    loosened: tuple[Loosened, ...]
    verdict: Verdict
    under_way: bool
    expires: int | None
    bench: Bench | None


def strictest(sides: Sequence[Side]) -> Verdict:
    """The verdict of a joint convoy: no organisation goes that alone might not."""
    return min((side.verdict for side in sides), key=_STRICTEST.index)


def together(sides: Sequence[Side], rules: Sequence[str]) -> tuple[Finding, ...]:
    """The findings of all sides, each once; one that only some make names their profiles.

    Parameters
    ----------
    rules : the ids of the rules in the policy's order, which is the order of the findings.
    """
    if len(sides) == 1:
        return sides[0].findings
    made: dict[Finding, list[str]] = {}
    for side in sides:
        for finding in dict.fromkeys(side.findings):
            made.setdefault(finding, []).append(side.profile)
    order = {rule: place for place, rule in enumerate(rules)}
    merged = [
        finding if len(by) == len(sides) else replace(finding, profiles=tuple(by))
        for finding, by in made.items()
    ]
    # A stable sort: within a rule the order of the sides is kept.
    return tuple(sorted(merged, key=lambda finding: order.get(finding.rule, -1)))

"""What was decided and how it came out, as lines for the head of a report."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.app.assess import Answer
from safeconduct.clearance import Verdict
from safeconduct.clearance.signing import GOING
from safeconduct.spacetime import show


def decision_lines(answer: Answer) -> Iterator[tuple[str, str]]:
    """The decision and the outcome that hold, each with its style; none where nothing is known."""
    zone = answer.movement.zone
    if answer.decisions:
        last = answer.decisions[-1]
        yield (
            f"decided: {last.says(zone)}",
            "bold red" if last.decision.against_advice else "bold",
        )
        if not last.is_of_version:
            yield "nothing is decided yet on this version", "yellow"
        elif _has_turned(answer):
            yield "the verdict has turned since: decide again", "bold red"
        if last.decision.dissent:
            yield f"dissent: {last.decision.dissent}", "yellow"
    if answer.outcomes:
        came = answer.outcomes[-1]
        when = "" if came.at is None else f", {show(came.at, zone)}"
        yield f"came out: {came.result.value.upper()}{when}: {came.what}", "bold"


def _has_turned(answer: Answer) -> bool:
    """Whether a movement is to go by a decision that no NO-GO was the ground of, and now is."""
    last = answer.decisions[-1].decision
    goes = last.choice in GOING and bool(last.verdict) and not last.against_advice
    return goes and not answer.outcomes and answer.judgement.verdict is Verdict.NO_GO

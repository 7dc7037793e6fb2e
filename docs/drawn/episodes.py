"""The table of all recorded moments: what was decided, what the program answers, and why."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from drawn.markdown import table
from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.adapters.files.expected import StatedReason
from safeconduct.app.cases import Checked, check_moment
from safeconduct.app.opening import open_case
from safeconduct.clearance import Finding, Status, Verdict
from safeconduct.spacetime import utc

_HEAD = """\
# The episodes, moment by moment

Drawn by judging every moment of the [bundled cases](cases.md) by `make docs`; do not edit this
page. **Stated reasons** are what the humanitarians said at the time: for each, the rule that it
speaks of, and whether the program finds the same. What the record leaves out and a replay needs is
listed as an assumption with each case.

{episodes} episodes, {moments} moments; at {going} of them the answer is not NO-GO. A program that
always said NO-GO would be wrong {going} times, one that always said CONDITIONAL {refused} times.

"""


def page() -> str:
    """One table for each episode."""
    checked = {folder.name: _checked(folder.name) for folder in bundled_cases()}
    every = [one for found in checked.values() for one in found]
    going = sum(one.judgement.verdict is not Verdict.NO_GO for one in every)
    conditional = sum(one.judgement.verdict is Verdict.CONDITIONAL for one in every)
    head = _HEAD.format(
        episodes=len(checked),
        moments=len(every),
        going=going,
        refused=len(every) - conditional,
    )
    return head + "".join(part for case, found in checked.items() for part in _case(case, found))


def _checked(case: str) -> list[Checked]:
    with closing(open_case(case)) as opened:
        expected = opened.case.expected if opened.case else ()
        return [check_moment(opened, moment) for moment in expected]


def _case(case: str, checked: list[Checked]) -> Iterator[str]:
    yield f"\n## {case}\n\n"
    yield table(
        ["moment", "decided", "verdict", "stated reasons", "our reading"],
        (_row(one) for one in checked),
    )


def _row(checked: Checked) -> list[str]:
    moment, judgement = checked.moment, checked.judgement
    known = "" if moment.known_at is None else f", from what was known at {utc(moment.known_at)}"
    apart = f" {' '.join(moment.disagreement.split())}" if moment.disagreement else ""
    return [
        f"`{moment.movement}` at {utc(moment.at)}{known}",
        " ".join((moment.decision or "none on record").split()),
        judgement.verdict.value.upper(),
        "; ".join(_reason(reason, checked) for reason in moment.stated_reasons) or "none on record",
        " ".join(moment.our_reading.split()) + apart,
    ]


def _reason(reason: StatedReason, checked: Checked) -> str:
    judgement = checked.judgement
    found = any(_is(reason, finding, judgement.verdict) for finding in judgement.findings)
    return f"{reason.rule} {'found' if found else 'not found'}"


def _is(reason: StatedReason, finding: Finding, verdict: Verdict) -> bool:
    """A reason for not going is a rule that is not met; a reason for going is one that is."""
    if finding.rule != reason.rule:
        return False
    if verdict is not Verdict.NO_GO:
        return finding.status is Status.MET
    failing = (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE)
    return finding.status in failing and reason.party in ("", finding.party)

"""Whether a verdict bears a decision: what has to be signed for, and by how many people.

A verdict is advice; the decision is a named person's, and they may know better. So nothing here
forbids to go. It only keeps a decision from passing for something that it is not: a CONDITIONAL
for a GO, one signature for two, a go against the advice for one that follows it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.judgement import Judgement, Verdict
from safeconduct.errors import DecisionRefused
from safeconduct.policy import Level
from safeconduct.register.personal import same_name
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Choice, Decision

GOING = frozenset({Choice.GO, Choice.GO_WITH_CONDITIONS, Choice.RESUME})
"""The decisions after which a column moves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signatories:
    """Who answers for a decision: a role and, unless nobody is named, a name, once or twice."""

    role: str
    person: str
    second_role: str = ""
    second_person: str = ""

    @property
    def are_two(self) -> bool:
        """Whether two different people are named; spelling a name otherwise makes no second one."""
        first, second = self.person.strip(), self.second_person.strip()
        return bool(first and second) and not same_name(first, second)


def to_sign(judgement: Judgement) -> tuple[Finding, ...]:
    """The findings that go only with a person's recorded sign-off.

    These are the rules of level COND that are due and not met, and whatever is met only because a
    named person carries the risk. A rule that is not due yet cannot be signed for.
    """
    failing = (Status.UNMET, Status.UNKNOWN)
    return tuple(
        finding
        for finding in judgement.findings
        if (finding.level is Level.COND and finding.status in failing) or finding.risk_owner
    )


def still_open(judgement: Judgement) -> tuple[Finding, ...]:
    """The findings that are not due yet: whoever decides to go now goes only if they are met."""
    return tuple(
        finding
        for finding in judgement.findings
        if finding.status is Status.NOT_YET_DUE and finding.level in (Level.HARD, Level.COND)
    )


def check_decision(
    judgement: Judgement,
    choice: Choice,
    who: Signatories,
    *,
    why: str,
    signs: Iterable[str] = (),
    against_advice: bool = False,
    decided_at: int,
    before: Decision | None = None,
) -> None:
    """Nothing, when the verdict and what was decided before bear this decision.

    Parameters
    ----------
    signs : ids of the rules that are signed for.
    decided_at : UTC seconds.
    before : the decision that holds until this one is made.

    Raises
    ------
    DecisionRefused : they do not; the message says what would make it one.
    """
    if not why.strip():
        raise _refused("The decision gives no reason.", "Say why, in a sentence: `--why`.", "why")
    if not who.person.strip():
        raise _refused(
            "Nobody is named who decides.", "Name the person, with `--by`: a verdict is advice.",
            "by",
        )  # fmt: skip
    if who.second_person.strip() and not who.are_two:
        raise _refused(
            "Both signatures are the same person's.",
            "Let somebody else sign second, or leave `--second` out.",
            "second",
        )
    _check_sequence(choice, before)
    if choice not in GOING:
        _check_nothing_signed(choice, tuple(signs), against_advice)
        return
    if judgement.verdict is Verdict.NO_GO:
        _check_against_advice(judgement, choice, who, against_advice)
        _check_signs((), tuple(signs))
        return
    _check_with_advice(judgement, choice, decided_at, against_advice)
    asked = to_sign(judgement)
    _check_signs(asked, tuple(signs))
    if judgement.verdict is Verdict.CONDITIONAL and not who.are_two:
        raise _refused(
            "The verdict is CONDITIONAL, and only one person is named.",
            "Two different people sign for what is not met or not due yet: name the other one with "
            "`--second`.",
            "second",
        )


def _check_sequence(choice: Choice, before: Decision | None) -> None:
    was = None if before is None else before.choice
    stands = f"What stands is {was.value}." if was else "Nothing has been decided yet."
    if choice is Choice.ABORT and was not in GOING:
        raise _refused(
            f"There is no decision to go that could be aborted. {stands}",
            "Decide `hold` or `not-go` on a movement that has not been sent.",
            "choice",
        )
    if choice is Choice.RESUME and was not in (Choice.ABORT, Choice.HOLD):
        raise _refused(
            f"Nothing is held or aborted that could be resumed. {stands}",
            "Decide `go`, or `go-with-conditions`.",
            "choice",
        )


def _check_nothing_signed(choice: Choice, signs: tuple[str, ...], against_advice: bool) -> None:
    if signs:
        raise _refused(
            f"A decision to {choice.value} signs for rule {signs[0]}, and nothing goes by it.",
            "Leave `--sign` out, or decide to go.",
            "sign",
        )
    if against_advice:
        raise _refused(
            f"A decision to {choice.value} is against no advice: no verdict tells anybody to go.",
            "Leave `--against-advice` out.",
            "against-advice",
        )


def _check_against_advice(
    judgement: Judgement, choice: Choice, who: Signatories, against_advice: bool
) -> None:
    reasons = ", ".join(judgement.codes) or "see the findings"
    if not against_advice:
        raise _refused(
            f"The verdict is NO-GO ({reasons}).",
            "Hold, or mend what is missing. To go all the same is a person's right and their "
            "burden: `--against-advice`, two named people, and why.",
            "choice",
        )
    if choice is Choice.GO_WITH_CONDITIONS:
        raise _refused(
            f"The verdict is NO-GO ({reasons}), which has no conditions that could be signed for.",
            "Decide `go` with `--against-advice`, and write your conditions into `--why`.",
            "choice",
        )
    if not who.are_two:
        raise _refused(
            "To go against the advice takes two people, and one is named.",
            "Name the other one with `--second`.",
            "second",
        )


def _check_with_advice(
    judgement: Judgement, choice: Choice, decided_at: int, against_advice: bool
) -> None:
    said = judgement.verdict.value.upper()
    if against_advice:
        raise _refused(
            f"The verdict is {said}, and going is not against it.",
            "Leave `--against-advice` out.",
            "against-advice",
        )
    if judgement.expires is not None and decided_at >= judgement.expires:
        raise _refused(
            f"The verdict {said} ran out at {utc(judgement.expires)}, and this is decided at "
            f"{utc(decided_at)}.",
            "Reconfirm, and judge again.",
            "verdict",
        )
    if choice is Choice.GO and judgement.verdict is Verdict.CONDITIONAL:
        ids = _ids(to_sign(judgement))
        signing = f" with `--sign` for {', '.join(ids)}" if ids else ""
        raise _refused(
            "The verdict is CONDITIONAL, not GO.",
            f"Decide `go-with-conditions`{signing}, two people signing.",
            "choice",
        )


def _check_signs(asked: tuple[Finding, ...], signs: tuple[str, ...]) -> None:
    wanted = _ids(asked)
    lacking = [id for id in wanted if id not in signs]
    if lacking:
        first = next(finding for finding in asked if finding.rule == lacking[0])
        raise _refused(
            f"Nobody signs for {_rules(lacking)}. {first.rule}: {first.says}",
            f"Sign for each: {' '.join(f'--sign {id}' for id in wanted)}; or hold.",
            "sign",
        )
    beside = [id for id in signs if id not in wanted]
    if beside:
        raise _refused(
            f"Nothing of {_rules(beside)} is there to be signed for.",
            f"Sign only for what is open: {', '.join(wanted) or 'nothing is'}.",
            "sign",
        )


def _rules(ids: list[str]) -> str:
    return f"rule{'s' if len(ids) > 1 else ''} {', '.join(ids)}"


def _ids(findings: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys(finding.rule for finding in findings))


def _refused(found: str, remedy: str, option: str) -> DecisionRefused:
    return DecisionRefused(found, remedy, option=option)

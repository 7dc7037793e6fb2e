"""The verb `decide`: a named person's decision, recorded on the verdict that it was made on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.app.assess import Answer, assess
from safeconduct.app.decided import Decided
from safeconduct.app.opening import Opened
from safeconduct.app.registers import Recorded, open_live, write
from safeconduct.clearance import Finding, Judge, Judgement
from safeconduct.clearance.difference import changes
from safeconduct.clearance.signing import (
    GOING,
    Signatories,
    check_decision,
    still_open,
    to_sign,
)
from safeconduct.errors import (
    DecisionRefused,
    SafeconductError,
    UnknownReference,
    WrongField,
)
from safeconduct.situation import records_of
from safeconduct.spacetime import Edge, instant, utc
from safeconduct.vocabulary import Choice, Decision, Movement

ROLE, SECOND_ROLE = "decision maker", "second signatory"
"""The roles that are written down where none is given; names never stand in clear."""

SHORTEST_HASH = 8
LOOKED_BACK = 20
"""How many earlier states of the register are tried to find the verdict that somebody cites."""

_HASH = re.compile(rf"[0-9a-f]{{{SHORTEST_HASH},64}}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A decision as it is wished for, before anybody has looked whether the verdict bears it.

    Parameters
    ----------
    choice : one of the words of `Choice`.
    by, second : the names of the two people; `role` and `second_role` what they are.
    verdict : the hash, or its beginning, of the verdict they looked at; empty for none.
    seen_at : as of when they looked at it, as text.
    """

    choice: str
    by: str
    why: str
    role: str = ""
    second: str = ""
    second_role: str = ""
    signs: tuple[str, ...] = ()
    dissent: str = ""
    against_advice: bool = False
    verdict: str = ""
    seen_at: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A decision that was recorded: on which judgement, what was signed, and what stays open.

    `still_open` is empty for a decision by which nothing goes.
    """

    recorded: Recorded
    answer: Answer
    decided: Decided
    signed: tuple[Finding, ...]
    still_open: tuple[Finding, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        judgement = self.answer.judgement
        return {
            "decision": self.decided.as_json(),
            "verdict": judgement.verdict.value,
            "hash": judgement.hash,
            "expires": None if judgement.expires is None else utc(judgement.expires),
            "codes": list(judgement.codes),
            "signed": [_finding(one) for one in self.signed],
            "still_open": [_finding(one) for one in self.still_open],
            "cost": self.answer.cost.as_json(),
            "recorded": self.recorded.as_json(),
        }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule,
        "says": finding.says,
        "risk_owner": finding.risk_owner or None,
        "due": None if finding.due_at is None else utc(finding.due_at),
    }


def decide(
    path: str,
    movement: str | None,
    wish: Wish,
    *,
    at: str | None = None,
    known_at: str | None = None,
    policy: str | None = None,
) -> Made:
    """The movement judged again, and the decision recorded on that judgement.

    Parameters
    ----------
    at : when it is decided, and as of when the movement is judged; this moment if left out.
    known_at : up to when records count; the same moment if left out.

    Raises
    ------
    DecisionRefused : the verdict does not bear it, or is not the one that was looked at.
    RegisterError : the register is a replay. InputError : as `assess`.
    """
    choice = _choice(wish.choice)
    who = Signatories(
        role=wish.role.strip() or ROLE,
        person=wish.by.strip(),
        second_role=(wish.second_role.strip() or SECOND_ROLE) if wish.second.strip() else "",
        second_person=wish.second.strip(),
    )
    with closing(open_live(path, policy)) as opened:
        # Nobody signs for a road that nobody adopted: a proposed route is not looked at here.
        answer = assess(opened, movement, at=at, known_at=known_at, propose=False)
        _check_seen(opened, answer, wish)
        before = answer.decisions[-1].decision if answer.decisions else None
        check_decision(
            answer.judgement,
            choice,
            who,
            why=wish.why,
            signs=wish.signs,
            against_advice=wish.against_advice,
            decided_at=answer.judgement.as_of,
            before=before,
        )
        decision = _decision(answer, choice, who, wish, before, _free_id(opened, answer.movement))
    recorded = write(path, [decision], author=who.person)
    shown = Decided(
        decision=decision,
        person=who.person,
        second_person=who.second_person,
        is_of_version=True,
    )
    signed = tuple(f for f in to_sign(answer.judgement) if f.rule in wish.signs)
    return Made(
        recorded=recorded,
        answer=answer,
        decided=shown,
        signed=signed,
        still_open=still_open(answer.judgement) if choice in GOING else (),
    )


def _choice(written: str) -> Choice:
    try:
        return Choice(written)
    except ValueError:
        raise WrongField(
            f'"{written}" is no decision.',
            f"Choose one of: {', '.join(choice.value for choice in Choice)}.",
        ).located(field="choice") from None


def _decision(
    answer: Answer, choice: Choice, who: Signatories, wish: Wish, before: Decision | None, id: str
) -> Decision:
    judgement = answer.judgement
    return Decision(
        id=id,
        movement=judgement.movement,
        version=judgement.movement_version,
        choice=choice,
        by=who.role,
        person=who.person,
        second=who.second_role,
        second_person=who.second_person,
        decided_at=judgement.as_of,
        why=wish.why.strip(),
        dissent=wish.dissent.strip(),
        verdict=judgement.hash,
        judged_at=judgement.as_of,
        known_at=judgement.known_at,
        signs=tuple(dict.fromkeys(wish.signs)),
        against_advice=wish.against_advice,
        follows=before.id if before else "",
    )


def _free_id(opened: Opened, movement: Movement) -> str:
    """`<movement>/decision-<n>`, the first that the register does not have."""
    taken = {record.id for record in records_of(opened.store.entries())}
    number = 1
    while f"{movement.id}/decision-{number}" in taken:
        number += 1
    return f"{movement.id}/decision-{number}"


# -- the verdict that was looked at


def _check_seen(opened: Opened, answer: Answer, wish: Wish) -> None:
    """Nothing, when no verdict is cited, or the one cited still says what is found now."""
    now = answer.judgement
    if not wish.verdict:
        if wish.seen_at is not None:
            raise WrongField(
                "It is said as of when a verdict was looked at, but not which one.",
                "Give the beginning of its hash with `--verdict`.",
            ).located(field="verdict")
        return
    if not _HASH.fullmatch(wish.verdict):
        raise WrongField(
            f'"{wish.verdict}" is not the hash of a verdict.',
            f"Give at least its first {SHORTEST_HASH} digits, as `assess` prints them.",
        ).located(field="verdict")
    if now.hash.startswith(wish.verdict):
        return
    seen = _seen(opened, answer, wish)
    if seen is None:
        raise _unknown_verdict(now, wish)
    told = changes(seen, now)
    if told:
        raise DecisionRefused(
            f"The verdict {wish.verdict[:16]} no longer stands: as of {utc(now.as_of)} it is "
            f"{now.verdict.value.upper()}, {now.hash[:16]}. What changed: {_listed(told)}.",
            "Look at it again, and decide on what holds now.",
            verdict=now.verdict.value,
            hash=now.hash,
            changes=list(told),
        )


def _unknown_verdict(now: Judgement, wish: Wish) -> DecisionRefused:
    when = wish.seen_at or utc(now.as_of)
    return DecisionRefused(
        f"Nothing on record gives the verdict {wish.verdict[:16]} as of {when}; as of "
        f"{utc(now.as_of)} it is {now.verdict.value.upper()}, {now.hash[:16]}.",
        "Say as of when you looked, with `--seen-at` (the report says it below the title): what "
        "changed since is then told. Or look again.",
        verdict=now.verdict.value,
        hash=now.hash,
    )


def _listed(told: tuple[str, ...]) -> str:
    rest = f"; and {len(told) - 4} more" if len(told) > 4 else ""
    return "; ".join(one.rstrip(".") for one in told[:4]) + rest


def _seen(opened: Opened, answer: Answer, wish: Wish) -> Judgement | None:
    """The judgement that is cited, made again from an earlier state of the register."""
    for judge in _judges(opened, answer.judgement, wish):
        try:
            judgement = judge.judge(answer.judgement.movement)
        except SafeconductError:  # the movement was not there yet
            continue
        if judgement.hash.startswith(wish.verdict):
            return judgement
    return None


def _judges(opened: Opened, now: Judgement, wish: Wish) -> Iterator[Judge]:
    if wish.seen_at is not None:
        seen_at = instant(wish.seen_at, edge=Edge.END)
        yield opened.judge(seen_at, seen_at)
        return
    moments = sorted(set(opened.view().known_since.values()), reverse=True)
    for moment in moments[1 : LOOKED_BACK + 1]:
        situation = opened.situation(now.as_of, now.known_at, seen=moment)
        try:
            yield Judge(situation, opened.network(moment), opened.policy)
        except UnknownReference:  # no road had been recorded then, so nothing could be judged
            return


# -- looking back


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A decision held against its judgement made again.

    `again` is the hash found now; None where the decision cites no judgement, or none can be made.
    """

    decided: Decided
    again: str | None

    @property
    def says(self) -> str:
        """Whether the judgement that it cites is found again, in a sentence."""
        cited = self.decided.decision.verdict
        if not cited:
            return "made without a judgement of this program"
        if self.again is None:
            return "the judgement it cites cannot be made again"
        if self.again == cited:
            return f"made on judgement {cited[:16]}, which is found again"
        return f"made on judgement {cited[:16]}, but {self.again[:16]} is found now"

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        cited = self.decided.decision.verdict
        holds = None if self.again is None else self.again == cited
        return self.decided.as_json() | {"found_again": holds, "says": self.says}


def decisions(
    wanted: Opened, movement: str | None, *, at: str | None = None
) -> tuple[str, tuple[Checked, ...]]:
    """The movement's zone, and every decision on it, oldest first, with its judgement made again.

    Raises
    ------
    InputError : as `assess`.
    """
    answer = assess(wanted, movement, at=at, propose=False)
    found: Iterable[Decided] = answer.decisions
    checked = (Checked(decided=one, again=_again(wanted, one.decision)) for one in found)
    return answer.movement.zone, tuple(checked)


def _again(opened: Opened, decision: Decision) -> str | None:
    if not decision.verdict or decision.judged_at is None:
        return None
    known = decision.judged_at if decision.known_at is None else decision.known_at
    try:
        return opened.judge(decision.judged_at, known).judge(decision.movement).hash
    except SafeconductError:
        return None

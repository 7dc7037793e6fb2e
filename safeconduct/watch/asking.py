"""How each ask stands: open, overdue, chased, answered, and which findings it would meet.

No reply turns a key. What came back is the office's note of it; only the party's recorded word
counts, so an ask that was granted still shows the findings that stay open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from safeconduct.clearance import Finding, Judgement, Status
from safeconduct.planning import MET_BY_WORDS
from safeconduct.register import encode
from safeconduct.situation import Situation
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Answer, Ask, Chase, Reply, UndertakingKind
from safeconduct.watch.calling import Line, whom

OPEN_STATUSES = (Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE)

CODES: Mapping[UndertakingKind, str] = {
    UndertakingKind.RESTRAINT: "RESTRAINT-MISSING",
    UndertakingKind.PASSAGE: "PASSAGE-MISSING",
    UndertakingKind.CONSENT: "CONSENT-MISSING",
}
"""The code of the finding that an ask of a kind would meet, where the party rejected nothing."""

# Of two answers at one moment the one that leaves more doubt holds (law 12).
_MOST_DOUBT_LAST = (Answer.GRANTED, Answer.PARTLY, Answer.REFUSED)


class AskState(Enum):
    """How an ask stands; `no-answer-yet` keeps it open."""

    NOT_SENT = "not-sent"
    OPEN = "open"
    OVERDUE = "overdue"
    GRANTED = "granted"
    PARTLY = "partly"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskStanding:
    """One ask as of the situation's moment.

    Parameters
    ----------
    open_s : how long it has been open, or was until it was answered; None if never sent.
    overdue_s : how long the reply has been overdue; 0 when it is not.
    chases, replies : oldest first.
    answer : the answer that holds; None while there is none.
    call : the contact that was asked, or the one to ask; None where none is recorded.
    would_meet : open findings of the movement's judgement that it is meant to meet.
    """

    ask: Ask
    state: AskState
    open_s: int | None
    overdue_s: int
    chases: tuple[Chase, ...]
    replies: tuple[Reply, ...]
    answer: Reply | None
    call: Line | None
    would_meet: tuple[Finding, ...]

    @property
    def waits(self) -> bool:
        """Whether an answer is still awaited."""
        return self.state in (AskState.OPEN, AskState.OVERDUE)

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "ask": encode(self.ask),
            "state": self.state.value,
            "asked": _time(self.ask.asked_at),
            "reply_due": _time(self.ask.reply_due_at),
            "open_s": self.open_s,
            "overdue_s": self.overdue_s,
            "chased": [
                {"id": c.id, "at": utc(c.chased_at), "by": c.by, "channel": c.channel or None}
                for c in self.chases
            ],
            "replies": [
                {
                    "id": r.id,
                    "at": utc(r.replied_at),
                    "answer": r.answer.value,
                    "what": r.what or None,
                    "statement": r.statement or None,
                }
                for r in self.replies
            ],
            "call": self.call.as_json() if self.call else None,
            "would_meet": [
                {"rule": f.rule, "code": f.code, "status": f.status.value} for f in self.would_meet
            ],
        }


def ask_standings(
    situation: Situation, judgements: Iterable[Judgement] = ()
) -> tuple[AskStanding, ...]:
    """How every recorded ask stands: by when a reply is due, then by id.

    Parameters
    ----------
    judgements : of the movements asked for, as of the same moment; without one an ask is linked
        to no findings.
    """
    judged = {judgement.movement: judgement for judgement in judgements}
    found = [ask_standing(situation, ask, judged.get(ask.movement)) for ask in situation.facts(Ask)]
    return tuple(sorted(found, key=_order))


def ask_standing(situation: Situation, ask: Ask, judgement: Judgement | None = None) -> AskStanding:
    """How one ask stands as of the situation's moment."""
    now = situation.as_of
    chases = sorted(
        (one for one in situation.facts(Chase) if one.ask == ask.id),
        key=lambda one: (one.chased_at, one.id),
    )
    replies = sorted(
        (one for one in situation.facts(Reply) if one.ask == ask.id),
        key=lambda one: (one.replied_at, one.id),
    )
    answer = _answer(replies)
    late = ask.reply_due_at is not None and ask.reply_due_at < now and answer is None
    overdue = late and ask.asked_at is not None
    closed_at = now if answer is None else answer.replied_at
    return AskStanding(
        ask=ask,
        state=_state(ask, answer, overdue=overdue),
        open_s=None if ask.asked_at is None else max(closed_at - ask.asked_at, 0),
        overdue_s=now - ask.reply_due_at if overdue and ask.reply_due_at is not None else 0,
        chases=tuple(chases),
        replies=tuple(replies),
        answer=answer,
        call=whom(situation, ask.party, ask.areas, ask.to),
        would_meet=tuple(f for f in judgement.findings if _meets(ask, f)) if judgement else (),
    )


def _answer(replies: Iterable[Reply]) -> Reply | None:
    """The latest reply that says yes, partly or no; "not yet" is no answer, before or after one."""
    answers = [one for one in replies if one.answer in _MOST_DOUBT_LAST]
    return max(
        answers,
        key=lambda one: (one.replied_at, _MOST_DOUBT_LAST.index(one.answer), one.id),
        default=None,
    )


def _state(ask: Ask, answer: Reply | None, *, overdue: bool) -> AskState:
    if answer is not None:
        return AskState(answer.answer.value)
    if ask.asked_at is None:
        return AskState.NOT_SENT
    return AskState.OVERDUE if overdue else AskState.OPEN


def _meets(ask: Ask, finding: Finding) -> bool:
    """Whether an open finding is one that the ask was made for."""
    if finding.status not in OPEN_STATUSES or finding.party != ask.party:
        return False
    if finding.code in CODES.values():
        return finding.code == CODES.get(ask.kind)
    if finding.code == "REJECTED":  # where a kind is missing that the party has refused
        return (finding.rule == "A8") is (ask.kind is UndertakingKind.CONSENT)
    return finding.rule in ask.meets and finding.rule in MET_BY_WORDS


def _order(standing: AskStanding) -> tuple[bool, int, str]:
    due = standing.ask.reply_due_at
    return due is None, due or 0, standing.ask.id


def _time(moment: int | None) -> str | None:
    return None if moment is None else utc(moment)

"""What a movement waits for, from its judgement: keys, checks, notices, permits, signatures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from safeconduct.clearance import Finding, Status
from safeconduct.clearance.checks.times import hours
from safeconduct.planning import plan
from safeconduct.policy import Level
from safeconduct.vocabulary import Ask, PermitNeed, UndertakingKind
from safeconduct.watch.asking import (
    CODES,
    OPEN_STATUSES,
    AskStanding,
    AskState,
    ask_standings,
)
from safeconduct.watch.given import Given, Words
from safeconduct.watch.item import Desk, Docket, Due, ToDo, last_decision
from safeconduct.watch.permitting import PATIENCE_S, permit_standing

_TO_DO: Mapping[str, ToDo] = {
    **dict.fromkeys(
        ("GATE-NOT-CHECKED", "HALT-NOT-CHECKED", "HOLD", "HOLD-UNKNOWN", "INCIDENT", "NOT-ASSESSED",
         "NOT-CHECKED", "STALE"),
        ToDo.CHECK,
    ),
    **dict.fromkeys(
        ("CLEARANCE-RUN-OUT", "LEG-NOT-NOTIFIED", "NOT-NOTIFIED", "NOTICE-TOO-LATE", "OLD-VERSION",
         "TOLD-UNKNOWN"),
        ToDo.SEND,
    ),
    "NOT-ACKNOWLEDGED": ToDo.CHASE,
    "NOT-HEARD": ToDo.MERGE,
    "CLOCK-DOUBT": ToDo.CHECK,
    **dict.fromkeys(("NOT-RECONFIRMED", "RECONFIRM"), ToDo.RECONFIRM),
    **dict.fromkeys(("DEPARTURE-PASSED", "TRIP-OVER"), ToDo.RECORD),
}  # fmt: skip

# These only say why a key of rule A1 or A8 is missing, or what follows from that; the ask says it.
_EXPLAINS = frozenset({"A2", "A3", "A4", "A5", "A6", "A7", "A9", "T4", "G1"})
_FOLLOWS = frozenset({"NO-SUFFICIENT-SET", "NO-WINDOW", "SIDE-NOT-CLEARED", "REJECTED"})
_OF_THEIR_OWN = frozenset({"PART-OF-A-DEAL", "LINK-NOT-ACCEPTED", "OTHER-LEG"})


def waiting(desk: Desk) -> Iterator[Due]:
    """Everything that the open movements wait for."""
    standings = ask_standings(desk.situation, [one.judgement for one in desk.dockets])
    for docket in desk.open_dockets:
        if desk.now > docket.movement.latest_at:
            yield _outcome(desk, docket)
            continue
        yield from _asks(desk, docket, standings)
        for finding in docket.judgement.findings:
            yield from _finding(desk, docket, finding)
        yield from _permits(desk, docket)
        yield from _verdict(desk, docket)
        yield from _decision(desk, docket)


def _outcome(desk: Desk, docket: Docket) -> Due:
    movement = docket.movement
    left = "" if docket.judgement.under_way else " No departure is recorded either."
    return desk.due(
        movement.latest_at,
        ToDo.RECORD,
        f"By its plan {movement.title} is over: record what became of it.{left}",
        movements=[movement.id],
    )


# -- asks and missing keys


def _asks(desk: Desk, docket: Docket, standings: tuple[AskStanding, ...]) -> Iterator[Due]:
    mine = [one for one in standings if one.ask.movement == docket.movement.id]
    unrecorded = frozenset(one.ask.id for one in mine if _is_unrecorded(docket, one))
    for standing in mine:
        yield from _recorded_ask(desk, docket, standing, unrecorded)
    if docket.bench is None:
        return
    for needed in plan(docket.judgement, docket.bench).asks:
        same = [one for one in mine if (one.ask.party, one.ask.kind) == (needed.party, needed.kind)]
        if not any(_is_told_itself(one, unrecorded) for one in same):
            yield _missing(desk, docket, needed, same)


def _is_told_itself(standing: AskStanding, unrecorded: frozenset[str]) -> bool:
    """Whether the recorded ask says by itself what there is to do about the missing key."""
    return standing.waits or standing.state is AskState.NOT_SENT or standing.ask.id in unrecorded


def _recorded_ask(
    desk: Desk, docket: Docket, standing: AskStanding, unrecorded: frozenset[str]
) -> Iterator[Due]:
    ask, name = standing.ask, desk.name(standing.ask.party)
    when = docket.deadline if ask.reply_due_at is None else ask.reply_due_at
    if standing.waits and docket.bench is not None and not standing.would_meet:
        when, to_do = docket.deadline, ToDo.RECORD
        what = f"What was asked of {name} ({ask.kind.value}) is on record: note the reply as well."
    elif standing.waits:
        chased = f", chased {_times(len(standing.chases))}" if standing.chases else ""
        to_do = ToDo.CHASE
        what = (
            f"{name} has not answered on {ask.kind.value}: asked {_days(standing.open_s or 0)} "
            f"ago{chased}."
        )
    elif standing.state is AskState.NOT_SENT:
        to_do, what = ToDo.SEND, f"The ask for {ask.kind.value} has not been put to {name} yet."
    elif ask.id in unrecorded:
        assert standing.answer is not None  # what was granted was answered
        when, to_do = standing.answer.replied_at, ToDo.RECORD
        what = (
            f"{name} is noted to have granted {ask.kind.value}, and its word is not recorded: "
            "until it is, it turns no key."
        )
    else:
        return
    yield desk.due(
        when,
        to_do,
        what,
        movements=[ask.movement],
        party=ask.party,
        areas=ask.areas,
        asked=ask.to,
        rules=[f.rule for f in standing.would_meet] or [_rule(ask.kind)],
        records=[ask.id],
        since=ask.asked_at,
    )


def _is_unrecorded(docket: Docket, standing: AskStanding) -> bool:
    """Whether an answer is noted without the word that it stands for, while a key is missing."""
    return (
        standing.state in (AskState.GRANTED, AskState.PARTLY)
        and standing.answer is not None
        and not standing.answer.statement
        and bool(standing.would_meet)
        and not _was_given(docket, standing.ask)
    )


def _was_given(docket: Docket, ask: Ask) -> bool:
    """Whether the party said directly, since it was asked, what it was asked for.

    Such a word may have been taken back since, or be too narrow: then it is to be asked for anew,
    and it would be wrong to say that no word is recorded.
    """
    if docket.bench is None or ask.asked_at is None:
        return False
    words = Words(docket.bench.cover)
    return any(
        word.given is not Given.ANNOUNCED and word.statement.said_at >= ask.asked_at
        for grant in docket.bench.situation.grants_of.get(ask.party, ())
        if grant.undertaking.kind is ask.kind
        for word in words.of(grant)
    )


def _missing(desk: Desk, docket: Docket, needed: Ask, same: list[AskStanding]) -> Due:
    """A key that nobody has been asked for, or that what was answered does not turn."""
    told = ""
    answered = [one.answer for one in same if one.answer is not None]
    if answered:
        last = max(answered, key=lambda one: (one.replied_at, one.id))
        told = f" It was asked, and the answer was {last.answer.value}."
    return desk.due(
        docket.deadline,
        ToDo.ASK,
        f"Ask {needed.says.rstrip('.')}.{told}",
        movements=[docket.movement.id],
        party=needed.party,
        areas=needed.areas,
        rules=[_rule(needed.kind)],
        records=[one.ask.id for one in same],
    )


def _rule(kind: UndertakingKind) -> str:
    """The rule that asks for a kind of key."""
    return "A8" if kind is UndertakingKind.CONSENT else "A1"


# -- findings


def _finding(desk: Desk, docket: Docket, finding: Finding) -> Iterator[Due]:
    if finding.risk_owner and not docket.judgement.under_way:
        yield _of_finding(
            desk,
            docket,
            finding,
            ToDo.SIGN,
            f"The risk is to be carried by {finding.risk_owner}, by name: {finding.says}",
            docket.movement.depart_at,
        )
    if finding.status is Status.MET and finding.holds_until is not None:
        # Whose word will be too old is told ahead, with what lapses.
        if finding.rule != "R1" and finding.holds_until <= docket.movement.latest_at:
            said = f"Look again, what was found will be too old: {finding.says}"
            when = finding.holds_until
            yield _of_finding(desk, docket, finding, ToDo.CHECK, said, when)
    elif finding.status in OPEN_STATUSES and not _is_told_elsewhere(finding):
        signed = finding.level is Level.COND and finding.status is not Status.NOT_YET_DUE
        otherwise = ToDo.SIGN if signed else ToDo.SETTLE
        to_do = _TO_DO.get(finding.code, otherwise)
        what = finding.remedy or finding.says
        yield _of_finding(desk, docket, finding, to_do, what, _when(docket, finding))


def _is_told_elsewhere(finding: Finding) -> bool:
    """Whether an ask, or the list of permits, says the same and says it better."""
    if finding.code in _OF_THEIR_OWN:
        return False
    return (
        finding.rule in _EXPLAINS
        or finding.rule == "C1"
        or finding.code in _FOLLOWS
        or finding.code in CODES.values()
    )


def _of_finding(
    desk: Desk, docket: Docket, finding: Finding, to_do: ToDo, what: str, when: int
) -> Due:
    return desk.due(
        when,
        to_do,
        what,
        movements=[docket.movement.id],
        # What a party said is to be had from the office that recorded it, not from the party.
        party="" if finding.rule == "R1" else finding.party,
        rules=[finding.rule],
        records=finding.statements,
    )


def _when(docket: Docket, finding: Finding) -> int:
    """When a finding falls due, or fell due: its own moment, or that of its rule's phase."""
    movement = docket.movement
    if finding.due_at is not None:
        return finding.due_at
    if finding.code == "DEPARTURE-PASSED":
        return movement.depart_at
    if finding.code == "TRIP-OVER":
        return movement.latest_at
    lead = None
    if docket.bench is not None and finding.code not in ("ERROR", "NO-CHECK"):
        lead = docket.bench.policy.rule(finding.rule).phase.before_departure_s
    return docket.deadline if lead is None else movement.depart_at - lead


# -- permits


def _permits(desk: Desk, docket: Docket) -> Iterator[Due]:
    """The permits with open steps, each with how long its next step has been open."""
    for finding in docket.judgement.findings:
        if finding.rule != "C1" or finding.status not in OPEN_STATUSES:
            continue
        need = next(
            (one for one in desk.situation.facts(PermitNeed) if one.id in finding.statements), None
        )
        if need is None:
            yield _of_finding(
                desk, docket, finding, ToDo.PERMIT, finding.says, _when(docket, finding)
            )
            continue
        permit = permit_standing(desk.situation, need, docket.movement.id)
        since = permit.open_since
        when = docket.deadline if since is None else min(docket.deadline, since + PATIENCE_S)
        open_for = f", open for {_days(desk.now - since)}" if since is not None else ""
        next_one = f" Next step: {permit.next_step}{open_for}." if permit.next_step else ""
        yield desk.due(
            when,
            ToDo.PERMIT,
            f"{finding.says}{next_one}",
            movements=[docket.movement.id],
            party=need.party,
            areas=need.areas,
            rules=["C1"],
            records=finding.statements,
            since=since,
        )


# -- the verdict, and the decision on it


def _verdict(desk: Desk, docket: Docket) -> Iterator[Due]:
    """A verdict that lets go expires; what else falls due at that moment says so itself."""
    judgement = docket.judgement
    told = {f.due_at for f in judgement.findings} | {f.holds_until for f in judgement.findings}
    if judgement.expires is None or judgement.under_way or judgement.expires in told:
        return
    yield desk.due(
        judgement.expires,
        ToDo.RECONFIRM,
        f"The verdict {judgement.verdict.value.upper()} may be acted on until then: reconfirm with "
        "every party, and ask again.",
        movements=[docket.movement.id],
    )


def _decision(desk: Desk, docket: Docket) -> Iterator[Due]:
    """A movement about to leave on which no named person has decided."""
    judgement, movement = docket.judgement, docket.movement
    if (
        judgement.under_way
        or last_decision(desk.situation, movement) is not None
        or desk.now > movement.depart_at
    ):
        return
    yield desk.due(
        movement.depart_at,
        ToDo.SIGN,
        f"A named person decides on it; the verdict is {judgement.verdict.value.upper()}, and is "
        "advice.",
        movements=[movement.id],
    )


def _days(seconds: int) -> str:
    days, rest = divmod(seconds, 86_400)
    if not days:
        return hours(rest)
    return "1 day" if days == 1 else f"{days} days"


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

"""A party's record: what became of each of its undertakings, counted with the base it rests on.

Section 10 of docs/reference/semantics.md. A record is counts and the records behind them. It is no
forecast and no score: how many were looked at is part of every number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum

from safeconduct.cover import Cover
from safeconduct.cover.faults import CONDITION_FAULT
from safeconduct.situation import Grant
from safeconduct.spacetime import Spans
from safeconduct.vocabulary import UndertakingKind
from safeconduct.watch.evidence import Case, Evidence, Weight, Witness
from safeconduct.watch.given import Given, Word, Words, strongest, united
from safeconduct.watch.once import told_once
from safeconduct.watch.stood import End, Stood, stood

_CONDITIONS = frozenset(code.value for code in CONDITION_FAULT.values())


class State(Enum):
    """What became of an undertaking."""

    KEPT = "kept"
    BROKEN = "broken"
    UNCLEAR = "unclear"
    RUNNING = "running"
    WITHDRAWN = "withdrawn"
    NOT_TESTED = "not-tested"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One undertaking, what became of it, and what that rests on.

    Parameters
    ----------
    words : the statements that gave it, oldest first; `given` is the strongest of them.
    stood : the times in which it stood, with its own ends taken out.
    why : why the state is what it is, in words.
    twins : the other acts by which the same was told; it is counted once.
    relied_on : movements that went where and when it stood.
    ended_by : the party's own act that took the rest of its time, if one did.
    notice_s : seconds from that act to the first moment that it took; 0 is without notice.
    """

    grant: Grant
    given: Given
    words: tuple[Word, ...]
    state: State
    why: str
    stood: Spans
    evidence: tuple[Evidence, ...] = ()
    relied_on: tuple[str, ...] = ()
    ended_by: End | None = None
    notice_s: int | None = None
    twins: tuple[str, ...] = ()

    @property
    def is_looked_at(self) -> bool:
        """Whether it belongs to the base of kept and broken (section 10)."""
        if self.state is State.UNCLEAR:
            return any(one.weight is Weight.LOOK for one in self.evidence)
        return self.state in (State.KEPT, State.BROKEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many came out how; the six states add up to `given`, and `looked_at` is their base."""

    given: int
    looked_at: int
    kept: int
    broken: int
    unclear: int
    running: int
    withdrawn: int
    not_tested: int

    @classmethod
    def of(cls, undertakings: Iterable[Kept]) -> Counts:
        """The counts over some undertakings."""
        found = tuple(undertakings)
        states = [one.state for one in found]
        return cls(
            given=len(found),
            looked_at=sum(one.is_looked_at for one in found),
            kept=states.count(State.KEPT),
            broken=states.count(State.BROKEN),
            unclear=states.count(State.UNCLEAR),
            running=states.count(State.RUNNING),
            withdrawn=states.count(State.WITHDRAWN),
            not_tested=states.count(State.NOT_TESTED),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyRecord:
    """A party's undertakings with what became of each, oldest first.

    `left_aside` are the ids of what was said in its name and never given by it: relayed, inferred,
    spoken for by another, not noted, or assumed by us.
    """

    party: str
    undertakings: tuple[Kept, ...]
    left_aside: tuple[str, ...]

    @property
    def counts(self) -> Counts:
        """Over all undertakings."""
        return Counts.of(self.undertakings)

    def counts_by_given(self) -> dict[Given, Counts]:
        """The same for each way of giving, for those that occur."""
        return {
            given: Counts.of(found)
            for given in Given
            if (found := [one for one in self.undertakings if one.given is given])
        }


def record(cover: Cover, party: str) -> PartyRecord:
    """What became of each undertaking of one party, in the situation of a cover.

    Parameters
    ----------
    cover : over the situation, under the profile `default`.
    """
    (found,) = records(cover, [party])
    return found


def records(cover: Cover, parties: Iterable[str]) -> tuple[PartyRecord, ...]:
    """The records of several parties, in the order asked; incidents and trips are read once."""
    words = Words(cover)
    witness = Witness(cover, words)
    return tuple(_record(cover, words, witness, party) for party in parties)


def _record(cover: Cover, words: Words, witness: Witness, party: str) -> PartyRecord:
    undertakings, aside = [], []
    for told in told_once(cover.situation, party):
        given = [(grant, found) for grant in told if (found := words.of(grant))]
        if not given:
            aside.append(min(grant.id for grant in told))
        elif told[0].id in cover.situation.tellings.apart:
            tellings = [_kept(cover, words, witness, *one) for one in given]
            undertakings.append(_told_differently(tellings, told))
        else:
            grant = given[0][0]
            kept = _kept(cover, words, witness, grant, united(found for _, found in given))
            undertakings.append(replace(kept, twins=_others(told, grant)))
    undertakings.sort(key=lambda one: (one.words[0].statement.said_at, one.grant.id))
    return PartyRecord(
        party=party, undertakings=tuple(undertakings), left_aside=tuple(sorted(aside))
    )


def _told_differently(tellings: list[Kept], told: tuple[Grant, ...]) -> Kept:
    """One undertaking whose tellings differ: broken where each of them is, else unclear."""
    first = min(tellings, key=lambda one: (one.words[0].statement.said_at, one.grant.id))
    twins = _others(told, first.grant)
    if all(one.state is State.BROKEN for one in tellings):
        return replace(first, twins=twins)
    why = "those who tell it differ in what it undertook"
    return replace(first, state=State.UNCLEAR, why=why, twins=twins)


def _others(told: tuple[Grant, ...], grant: Grant) -> tuple[str, ...]:
    return tuple(sorted(one.id for one in told if one.id != grant.id))


def _kept(
    cover: Cover, words: Words, witness: Witness, grant: Grant, given: tuple[Word, ...]
) -> Kept:
    standing = cover.standings.by_grant[grant.id]
    case = Case(
        grant,
        stood(cover, words, grant, given),
        any(fault.code in _CONDITIONS for fault in standing.faults),
    )
    evidence, relied = witness.on(case), witness.relied(case)
    state, why = _state(case, evidence, relied, cover.situation.as_of)
    taken = case.stood.taken
    return Kept(
        grant=grant,
        given=strongest(given),
        words=given,
        state=state,
        why=why,
        stood=case.stood.spans,
        evidence=evidence,
        relied_on=relied,
        ended_by=taken[1] if taken else None,
        notice_s=taken[0] - taken[1].said_at if taken else None,
    )


def _state(
    case: Case, evidence: tuple[Evidence, ...], relied: tuple[str, ...], as_of: int
) -> tuple[State, str]:
    """The first state of section 10 that holds, and why."""
    weights = {one.weight for one in evidence}
    looked, waits = Weight.LOOK in weights, case.has_open_condition
    deed = case.grant.undertaking.kind is UndertakingKind.DEED
    if Weight.BREAKS in weights:
        return State.BROKEN, "what it had undertaken not to happen did happen, as found below"
    if Weight.DOUBT in weights:
        return State.UNCLEAR, "something speaks against it and does not settle it"
    if deed and looked and not waits:
        return State.KEPT, "somebody independent saw it done"
    if not case.stood.is_over(as_of):
        return State.RUNNING, _running(case.stood, as_of)
    if looked and not waits:
        return State.KEPT, "somebody independent looked and nothing is known against it"
    if looked:
        return State.UNCLEAR, "somebody looked, but a condition of it was never met"
    if relied:
        return State.UNCLEAR, "it was relied on and nobody independent is known to have looked"
    if case.stood.taken:
        return State.WITHDRAWN, "its own act took the rest of its time"
    if not case.stood.promised:
        return State.NOT_TESTED, "it named no time after it was given"
    return State.NOT_TESTED, "nobody is known to have relied on it or to have looked"


def _running(stood: Stood, as_of: int) -> str:
    if not stood.timed:
        return "it has no end that is known"
    return "its time is not over" if stood.spans.bounds[0] <= as_of else "its time has not begun"

"""Which conditions are open: met and dropped by acts, the reciprocal ones by least fixed point.

Section 5 of docs/reference/semantics.md. What is satisfied only through itself is not satisfied:
the iteration starts from nothing and only ever adds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from safeconduct.situation import Grant, Situation
from safeconduct.vocabulary import (
    Accept,
    Condition,
    ConditionKind,
    Do,
    Impose,
    Link,
    Order,
    Reject,
    Telling,
    Withdraw,
)


def conditions_of(situation: Situation, grant: Grant) -> tuple[Condition, ...]:
    """The conditions in the grant's own words, and those its party tied to it afterwards.

    Of a grant that several statements tell, all that any of them tells: each has to be met.
    """
    tied = tuple(
        act.condition
        for act, _ in situation.answers_twins(grant.id, Impose)
        if act.party == grant.party
    )
    told = (situation.grant(one) for one in situation.twins(grant.id))
    return tuple(c for one in told if one is not None for c in one.undertaking.conditions) + tied


def is_done(situation: Situation, ref: str) -> bool:
    """Whether a deed or condition was done, with evidence, and has not failed since."""
    deeds = situation.answers(ref, Do)
    done = [
        s.said_at
        for act, s in deeds
        if act.evidence and not act.failed and s.telling is not Telling.INFERRED
    ]
    failed = [s.said_at for act, s in deeds if act.failed]
    return bool(done) and (not failed or max(failed) < max(done))


def is_dropped(situation: Situation, condition: Condition, party: str) -> bool:
    """Whether the party that posed a condition has dropped it, and not only for a later time."""
    return any(
        act.party == party == s.actor
        and s.telling is not Telling.INFERRED
        and (act.effective_at is None or act.effective_at <= situation.as_of)
        for act, s in situation.answers(condition.id, Withdraw)
    )


def link_is_accepted(situation: Situation, link: Link) -> bool:
    """Whether everyone concerned has accepted the link and stands by it.

    A rejection or withdrawal at the same moment as the acceptance counts (law 12).
    """
    return bool(link.concerned) and all(
        _accepts(situation, link.id, party) for party in link.concerned
    )


def _accepts(situation: Situation, ref: str, party: str) -> bool:
    accepted = [
        (situation.first_told(s), act.id)
        for act, s in situation.answers(ref, Accept)
        if act.party == party and s.actor == party and s.telling is not Telling.INFERRED
        if act.id not in situation.tellings.apart
    ]
    ended = [s.said_at for act, s in situation.answers(ref, Reject) if act.party == party]
    ended += [s.said_at for act, s in situation.answers(ref, Withdraw) if act.party == party]
    for at, act_id in accepted:
        undone = ended + [
            s.said_at for act, s in situation.answers_twins(act_id, Withdraw) if act.party == party
        ]
        if not any(end >= at for end in undone):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Waiting:
    """A grant that waits, and the grants it waits for."""

    grant: str
    condition: Condition
    waits_for: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reciprocity:
    """The outcome of the fixed point: which grants stand, and what the others wait for."""

    satisfied: frozenset[str]
    waiting: tuple[Waiting, ...]

    def deadlocks(self) -> tuple[tuple[Waiting, ...], ...]:
        """The circles of waiting: each is a set of conditions that no order satisfies."""
        ahead: dict[str, set[str]] = {}
        for one in self.waiting:
            ahead.setdefault(one.grant, set()).update(one.waits_for)
        reach = {start: _reachable(start, ahead) for start in ahead}
        circles = {
            frozenset(n for n in reach[start] if n in reach and start in reach[n])
            for start in ahead
            if start in reach[start]
        }
        return tuple(
            tuple(one for one in self.waiting if one.grant in circle)
            for circle in sorted(circles, key=sorted)
        )


def _reachable(start: str, ahead: Mapping[str, set[str]]) -> frozenset[str]:
    seen: set[str] = set()
    todo = list(ahead.get(start, ()))
    while todo:
        here = todo.pop()
        if here not in seen:
            seen.add(here)
            todo.extend(ahead.get(here, ()))
    return frozenset(seen)


def reciprocity(situation: Situation, is_faultless: Callable[[Grant], bool]) -> Reciprocity:
    """Which grants that wait, or are waited for, have all their reciprocal conditions satisfied.

    Parameters
    ----------
    is_faultless : whether a grant would be good if no reciprocal condition were open; it is only
        asked of grants that wait or are waited for.
    """
    links = {link.id: link for link in situation.facts(Link)}
    accepted = {i for i, link in links.items() if link_is_accepted(situation, link)}
    pending = {
        grant.id: conditions
        for grant in situation.tied_grants()
        if (conditions := tuple(_open_reciprocal(situation, grant)))
    }
    awaited = {ref for conditions in pending.values() for c in conditions for ref in c.awaits}
    concerned = [g for g in map(situation.grant, sorted({*pending, *awaited})) if g is not None]
    faultless = frozenset(grant.id for grant in concerned if is_faultless(grant))

    def fulfils(condition: Condition, ref: str, good: frozenset[str]) -> bool:
        together = condition.order is Order.TOGETHER
        if ref in links:
            return together and links[ref].order is Order.TOGETHER and ref in accepted
        # A deed that nobody is known to have promised is not the one that was waited for.
        promised = situation.grant(ref) is not None
        return promised and (is_done(situation, ref) or (together and ref in good))

    def holds(condition: Condition, good: frozenset[str]) -> bool:
        return bool(condition.awaits) and all(fulfils(condition, r, good) for r in condition.awaits)

    good: frozenset[str] = frozenset()
    while True:
        more = frozenset(i for i in faultless if all(holds(c, good) for c in pending.get(i, ())))
        if more == good:
            break
        good = more
    waiting = tuple(
        Waiting(
            grant_id,
            condition,
            tuple(r for r in condition.awaits if situation.grant(r) is not None),
        )
        for grant_id in sorted(pending)
        for condition in pending[grant_id]
        if not holds(condition, good)
    )
    return Reciprocity(good, waiting)


def _open_reciprocal(situation: Situation, grant: Grant) -> Iterable[Condition]:
    """The reciprocal conditions of a grant that no deed has met and its party has not dropped."""
    return (
        condition
        for condition in conditions_of(situation, grant)
        if condition.kind is ConditionKind.RECIPROCAL
        and not is_done(situation, condition.id)
        and not is_dropped(situation, condition, grant.party)
    )

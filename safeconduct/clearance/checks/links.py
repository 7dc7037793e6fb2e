"""Rule A7: what hangs together: one unit, "you first", and circles that no order satisfies."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.candidates import words_of
from safeconduct.clearance.checks.hearing import lacks_hearing
from safeconduct.clearance.checks.times import window
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.unjoined import unjoined_posts
from safeconduct.cover import Code
from safeconduct.cover.conditions import Waiting, link_is_accepted
from safeconduct.vocabulary import Link, Order


def linked(bench: Bench) -> list[Finding]:
    """Rule A7: accepted links make one unit; open reciprocal conditions are unmet or deadlocked."""
    found = [*_circles(bench), *_units(bench)]
    named = {i for f in found for i in f.statements}
    found += [f for f in _waiting(bench) if not named.issuperset(f.statements)]
    if found:
        return found
    accepted = [link.id for link in _links(bench)]
    if accepted:
        return bench.met(
            "A7",
            "Every movement linked with this one can pass in the same window.",
            statements=tuple(accepted),
        )
    return bench.not_applicable("A7", "Nothing that this movement needs hangs on another.")


def _links(bench: Bench) -> list[Link]:
    return [x for x in bench.situation.facts(Link) if bench.movement.id in x.movements]


def _needed(bench: Bench) -> set[str]:
    """The grants that bear on a missing key and hang on a reciprocal condition."""
    return {
        c.standing.grant.id
        for party in bench.ledger.not_turned()
        for c in words_of(bench, party)
        if Code.CONDITION_RECIPROCAL.value in c.codes
    }


def _circles(bench: Bench) -> Iterable[Finding]:
    needed = _needed(bench)
    for circle in bench.cover.standings.reciprocity.deadlocks():
        ids = {one.grant for one in circle}
        if ids & (needed | _awaited_by(bench, needed)):
            yield from _deadlock(bench, circle)


def _awaited_by(bench: Bench, grants: set[str]) -> set[str]:
    """Everything that some grants wait for, directly or not."""
    seen: set[str] = set()
    todo = set(grants)
    while todo:
        todo = {
            ref
            for one in bench.cover.standings.reciprocity.waiting
            if one.grant in todo
            for ref in one.waits_for
        } - seen
        seen |= todo
    return seen


def _deadlock(bench: Bench, circle: tuple[Waiting, ...]) -> Iterable[Finding]:
    """One finding for each party of a circle, each naming all of its legs."""
    legs = "; ".join(
        f"{bench.name(_giver(bench, one))} ({one.grant}) waits for "
        f"{bench.name(one.condition.on)}: {clause(one.condition.what)}"
        for one in circle
    )
    parties = sorted({_giver(bench, one) for one in circle})
    names = " and ".join(bench.name(party) for party in parties)
    for party in parties:
        yield bench.finding(
            "A7",
            Status.UNMET,
            f"Deadlock: no order of moving satisfies all of these. {legs}.",
            code="DEADLOCK",
            party=party,
            statements=tuple(sorted({o.grant for o in circle} | {o.condition.id for o in circle})),
            remedy=f'Get {names} to accept one link, "only together", or one of them to move '
            "first.",
        )


def _giver(bench: Bench, waiting: Waiting) -> str:
    return bench.cover.standings.by_grant[waiting.grant].grant.party


def _waiting(bench: Bench) -> Iterable[Finding]:
    needed = _needed(bench)
    for one in bench.cover.standings.reciprocity.waiting:
        if one.grant in needed:
            party = bench.cover.standings.by_grant[one.grant].grant.party
            yield bench.finding(
                "A7",
                Status.UNMET,
                f"What {bench.name(party)} gave ({one.grant}) waits for "
                f"{bench.name(one.condition.on)}: {clause(one.condition.what)}.",
                code="WAITS-FOR-OTHER",
                party=party,
                statements=tuple(sorted({one.grant, one.condition.id})),
                remedy=f"{bench.name(one.condition.on)} must do it, with evidence, or all "
                f"concerned "
                "must accept to move together.",
            )


def _units(bench: Bench) -> Iterable[Finding]:
    for link in _links(bench):
        if not link_is_accepted(bench.situation, link):
            yield bench.finding(
                "A7",
                Status.UNMET,
                f"The link {link.id} ({link.what}) is not accepted by all concerned: "
                f"{', '.join(bench.name(p) for p in link.concerned)}.",
                code="LINK-NOT-ACCEPTED",
                statements=(link.id,),
                remedy="Record the acceptance of each of them, in its own words.",
            )
            continue
        for other in link.movements:
            if other != bench.movement.id:
                yield from _other_side(bench, link, other)


def _other_side(bench: Bench, link: Link, other: str) -> Iterable[Finding]:
    sibling = bench.sibling(other)
    if sibling is None:
        reason = "is not known or cannot be judged"
    elif sibling.under_way and not sibling.itinerary.entries:
        return  # it has passed
    elif not sibling.ledger.is_whole or any(f.status is not Status.MET for f in window(sibling)):
        reason = "is not covered over its whole way and time itself"
    elif unjoined_posts(sibling):
        reason = "drives on roads on which a checkpoint or crossing was never looked for"
    elif lacks_hearing(sibling):
        reason = "rests on words that may not have come whole (R1)"
    elif link.order is Order.TOGETHER and not sibling.trip.overlaps(bench.trip):
        reason = f"moves in another window, {bench.period(sibling.trip)}"
    elif link.order is Order.AFTER and not _is_before(bench, sibling, link):
        reason = "has to move first and is planned later"
    else:
        return
    yield bench.finding(
        "A7",
        Status.UNMET,
        f"This movement passes only together with {other}, which {reason}.",
        code="OTHER-LEG",
        statements=(link.id,),
        remedy=f"Bring {other} to the same window with all its guarantees; all pass or none.",
    )


def _is_before(bench: Bench, sibling: Bench, link: Link) -> bool:
    """Under a link with an order, whether the movements named before this one end first."""
    earlier = link.movements.index(sibling.movement.id) < link.movements.index(bench.movement.id)
    return (
        sibling.trip.end <= bench.trip.start if earlier else (bench.trip.end <= sibling.trip.start)
    )

"""Every limit, hazard and incident that could be added to a world, one record each.

A `loosening` is no limit, and none is added here: it is the one record that may raise a verdict
(semantics, section 11; `tests/laws/test_loosening_laws.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from safeconduct.vocabulary import (
    Act,
    Binds,
    Condition,
    ConditionKind,
    Deny,
    Disown,
    Form,
    Hazard,
    Impose,
    Incident,
    IncidentState,
    Means,
    Narrow,
    Order,
    Record,
    Reject,
    Report,
    Statement,
    Suspend,
    Telling,
    Withdraw,
)
from tests.worlds.draft import PATRON, window
from tests.worlds.twice import same
from tests.worlds.world import UNDERTAKEN, World

NOWHERE = "nowhere"  # an area that no map shows: it may be anywhere
_STARTS = (None, 0, 1)  # at once; when the column leaves; a second after


def limits_for(world: World, said_at: int) -> list[Record]:
    """What could be said or found at `said_at` to take cover away, in one fixed order.

    Adding any of them to any world must never turn NO-GO into GO.
    """
    return [*_limits(world, said_at)]


def _limits(world: World, said_at: int) -> Iterator[Record]:
    granted = sorted(world.acts(*UNDERTAKEN), key=lambda pair: str(pair[0].id))
    granted = [pair for pair in granted if pair[0].undertaking is not None]
    areas = sorted(world.network.areas)
    bound = {one.bound for one in world.all(Binds)}
    for actor, act in _acts(granted, bound, [*areas, NOWHERE], world.movement.depart_at):
        yield _said(f"said-{act.id}", actor, said_at, act)
    for area in areas:
        yield Hazard(id=f"danger-{area}", hazard="robbery", areas=(area,), from_at=said_at)
    spoken = sorted({said.id for _, said in granted})
    for one, other in pairwise(spoken):  # few of them were ever one
        yield same(one, other, id=f"same-{one}-{other}")
    parties = sorted({act.party for act, _ in granted} | bound)
    for where in ((), *((area,) for area in areas)):
        for means in Means:
            for by in ("", *parties, *(f"{party}-wing" for party in parties)):
                incident = Incident(
                    id=f"fire-{''.join(where) or 'somewhere'}-{means.value}-{by}",
                    what="made up",
                    at=said_at,
                    means=means,
                    areas=where,
                    attributed_to=by,
                    state=IncidentState.UNVERIFIED,
                )
                report = Report(id=f"report-{incident.id}", party="watch", incident=incident)
                yield _said(f"said-{incident.id}", "watch", said_at, report)


def _acts(
    granted: list[tuple[Any, Statement]], bound: set[str], areas: list[str], depart_at: int
) -> Iterator[tuple[str, Act]]:
    """Who says it, and the act; what a patron gave, those it binds can take back as well."""
    for party in sorted({act.party for act, _ in granted} | bound):
        for where in ((), *((area,) for area in areas)):
            for start in _STARTS:
                name = f"{party}-{''.join(where) or 'all'}-{start}"
                at = None if start is None else depart_at + start
                pause = f"pause-{name}"
                yield party, Suspend(id=pause, party=party, what="", areas=where, effective_at=at)
                yield party, Withdraw(id=f"end-{name}", party=party, areas=where, effective_at=at)
    for act, _ in granted:
        party, of = act.party, (act.id,)
        for other in sorted(bound - {party}) if party == PATRON else ():
            yield other, Disown(id=f"disown-{act.id}-{other}", party=other, of=of)
            yield other, Withdraw(id=f"stop-{act.id}-{other}", party=other, of=of)
        yield party, Reject(id=f"no-{act.id}", party=party, of=of)
        yield party, Deny(id=f"deny-{act.id}", party=party, of=of)
        wing = f"{party}-wing"
        yield wing, Disown(id=f"disown-{act.id}", party=wing, of=of)
        yield party, Withdraw(id=f"stop-{act.id}", party=party, of=of)
        yield (
            party,
            Narrow(id=f"less-{act.id}", party=party, of=of, areas=act.undertaking.areas[1:]),
        )
        shorter = tuple(
            window(one.span.start, one.span.end - 1)
            for one in act.undertaking.windows
            if one.span.length_s > 1
        )
        yield party, Narrow(id=f"short-{act.id}", party=party, of=of, windows=shorter)
        for kind in ConditionKind:
            mutual = kind is ConditionKind.RECIPROCAL
            condition = Condition(
                id=f"string-{kind.value}-{act.id}",
                kind=kind,
                on="un",
                what="made up",
                order=Order.TOGETHER if mutual else None,
                awaits=of if mutual else (),  # waits for itself: never satisfied
            )
            yield party, Impose(id=f"tie-{condition.id}", party=party, of=of, condition=condition)


def _said(id: str, actor: str, said_at: int, act: Act) -> Statement:
    return Statement(
        id=id,
        actor=actor,
        said_at=said_at,
        form=Form.ANNOUNCEMENT,
        telling=Telling.SAID,
        paraphrase="made up",
        acts=(act,),
    )

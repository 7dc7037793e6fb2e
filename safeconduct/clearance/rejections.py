"""Which rejections of a party bear on a movement: for the wording of findings, never for cover.

A key is missing because nothing turns it. That its party said no is the reason to name first.
"""

from __future__ import annotations

from safeconduct.situation import Situation
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Accept, Link, Movement, Reject, Statement


def rejections(
    situation: Situation, movement: Movement, trip: Span, party: str
) -> tuple[tuple[Reject, Statement], ...]:
    """The party's rejections that bear on the trip, oldest first.

    One bears when it names this movement, a link with it, an offer whose window meets the trip or
    that has none, or something else that is neither; and when the party has not accepted the same
    thing since.
    """
    return tuple(
        (act, statement)
        for act, statement in situation.by_party(party, Reject)
        if not act.of
        or any(
            _bears(situation, movement, trip, ref)
            and not _accepted_since(situation, party, ref, statement.said_at)
            for ref in act.of
        )
    )


def _bears(situation: Situation, movement: Movement, trip: Span, ref: str) -> bool:
    if ref in situation.movements:
        return ref == movement.id
    for link in situation.facts(Link):
        if link.id == ref:
            return movement.id in link.movements
    grant = situation.grant(ref)
    windows = Spans.of(w.span for w in grant.undertaking.windows) if grant else Spans()
    return not windows or bool(windows.within(trip))


def _accepted_since(situation: Situation, party: str, ref: str, said_at: int) -> bool:
    return any(
        act.party == party
        and situation.first_told(statement) > said_at
        and act.id not in situation.tellings.apart
        for act, statement in situation.answers(ref, Accept)
    )

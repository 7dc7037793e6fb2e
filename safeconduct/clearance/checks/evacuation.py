"""Rules E1 and E2: an evacuation is voluntary, and leads where people choose to go."""

from __future__ import annotations

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.finding import Finding, Status
from safeconduct.spacetime import Span
from safeconduct.vocabulary import EvacuationTerms, Means, Purpose


def _terms(bench: Bench) -> list[EvacuationTerms]:
    return list(bench.situation.facts_of(EvacuationTerms, bench.movement.id))


def _is_evacuation(bench: Bench) -> bool:
    return any(leg.purpose is Purpose.CIVILIAN_EVACUATION for leg in bench.movement.legs)


def _attackers(bench: Bench) -> frozenset[str]:
    """Who can fire on the column somewhere on its way where they do not control the road."""
    return frozenset(
        one.presence.party
        for entry in bench.itinerary.entries
        for cls in set(entry.classes)
        for one in bench.cover.ground(cls).acting
        if not one.presence.controls
        and one.presence.means - {Means.CHECKPOINT}
        and one.spans.within(Span(entry.enter, entry.leave))
    )


def voluntary(bench: Bench) -> list[Finding]:
    """Rule E1: nobody is forced to leave, onto one route or to one place."""
    if not _is_evacuation(bench):
        return bench.not_applicable("E1", "No leg of this movement evacuates civilians.")
    terms = _terms(bench)
    ids = tuple(t.id for t in terms)
    if any(t.voluntary is False or t.forced_route is True for t in terms):
        grounds = "; ".join(clause(t.ground) for t in terms if t.ground)
        return [
            bench.finding(
                "E1",
                Status.UNMET,
                f"The evacuation is not voluntary: {grounds}.",
                code="NOT-VOLUNTARY",
                statements=ids,
            )
        ]
    if not any(t.voluntary is True for t in terms) or not any(
        t.forced_route is False for t in terms
    ):
        return [
            bench.finding(
                "E1",
                Status.UNKNOWN,
                "Nobody has recorded that the people leave of their own will, by a way of "
                "their own "
                "choosing.",
                code="VOLUNTARINESS-UNKNOWN",
                statements=ids,
            )
        ]
    return bench.met(
        "E1", "Recorded as voluntary, with nobody forced onto one route.", statements=ids
    )


def destination(bench: Bench) -> list[Finding]:
    """Rule E2: the person's own choice, and at least one acceptable destination."""
    if not _is_evacuation(bench):
        return bench.not_applicable("E2", "No leg of this movement evacuates civilians.")
    terms = _terms(bench)
    ids = tuple(t.id for t in terms)
    attackers = _attackers(bench)
    for one in terms:
        if not one.held_by or not attackers.issuperset(one.held_by):
            continue
        names = ", ".join(bench.name(p) for p in sorted(one.held_by))
        return [
            bench.finding(
                "E2",
                Status.UNMET,
                f"It leads only to what is held by those who can fire on the way from outside: "
                f"{names}.",
                code="ONLY-TO-ATTACKER",
                party=min(one.held_by),
                statements=ids,
            )
        ]
    if any(t.own_choice is False or t.acceptable_destination is False for t in terms):
        return [
            bench.finding(
                "E2",
                Status.UNMET,
                "People cannot choose where they go, or cannot accept it.",
                code="NO-CHOICE",
                statements=ids,
            )
        ]
    if not (any(t.own_choice for t in terms) and any(t.acceptable_destination for t in terms)):
        return [
            bench.finding(
                "E2",
                Status.UNKNOWN,
                "Nobody has recorded that people choose where they go.",
                code="CHOICE-UNKNOWN",
                statements=ids,
            )
        ]
    return bench.met(
        "E2", "People choose among destinations, one of them acceptable to them.", statements=ids
    )

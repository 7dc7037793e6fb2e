"""Rules E5, E8 and E9: neutral eyes on an evacuation, no screening without guards, all agree."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause
from safeconduct.clearance.checks.care import EVACUATIONS, NOBODY_LEAVES
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.ledger import Spot, hull
from safeconduct.cover import Code, LegProfile, Standing
from safeconduct.situation import Situation
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import (
    ActorKind,
    EvacuationTerms,
    Monitoring,
    Movers,
    Screening,
)

_NEUTRAL = frozenset({ActorKind.MONITOR, ActorKind.HUMANITARIAN})


def monitored(bench: Bench) -> list[Finding]:
    """Rule E5: neutral monitors on the whole way and at both ends, while the column is there."""
    if not bench.legs_for(*EVACUATIONS):
        return bench.not_applicable("E5", NOBODY_LEAVES)
    watches = bench.situation.facts_of(Monitoring, bench.movement.id)
    neutral = [one for one in watches if _is_neutral(bench.situation, one.monitor)]
    unseen = _unwatched(bench, neutral)
    by_nobody = {(spot.entry, spot.cls) for spot in _unwatched(bench, watches)}
    found = [
        *_not_monitored(bench, [s for s in unseen if (s.entry, s.cls) in by_nobody]),
        *_by_others(bench, [s for s in unseen if (s.entry, s.cls) not in by_nobody], watches),
    ]
    return found or bench.met(
        "E5",
        "Neutral monitors are on the whole way and at both its ends.",
        statements=tuple(one.id for one in neutral),
    )


def _is_neutral(situation: Situation, id: str) -> bool:
    """Whether an actor watches for a living, or helps, and belongs to no party."""
    actor = situation.actors.get(id)
    return actor is not None and actor.kind in _NEUTRAL and _is_independent(situation, id)


def _is_independent(situation: Situation, id: str) -> bool:
    """Whether an actor is known, is no party, and belongs to none."""
    actor = situation.actors.get(id)
    above = [situation.actors.get(one) for one in actor.member_of] if actor else []
    parties = [one is None or one.kind is ActorKind.PARTY for one in (actor, *above)]
    return not any(parties)


def _unwatched(bench: Bench, watches: Iterable[Monitoring]) -> list[Spot]:
    """Where the column is at a time when none of these watches."""
    legs = {leg.id: LegProfile.of(leg) for leg in bench.movement.legs}
    found = []
    for entry in bench.itinerary.entries:
        for cls in dict.fromkeys(entry.classes):
            within = bench.network.classes[cls][1]
            here = Spans.of(one.valid for one in watches if within.intersection(one.areas))
            if missing := here.holes(Span(entry.enter, entry.leave)):
                found.append(Spot(entry, cls, legs[entry.leg], missing))
    return found


def _not_monitored(bench: Bench, spots: list[Spot]) -> Iterable[Finding]:
    if spots:
        place, span = bench.stretches(spots), hull(spots)
        yield bench.finding(
            "E5",
            Status.UNKNOWN,
            f"Nobody has recorded neutral monitors on {bench.road(place)}, {bench.period(span)}.",
            code="NOT-MONITORED",
            place=place,
            span=span,
            waits=True,
        )


def _by_others(bench: Bench, spots: list[Spot], watches: Iterable[Monitoring]) -> Iterable[Finding]:
    if spots:
        others = [one for one in watches if not _is_neutral(bench.situation, one.monitor)]
        place = bench.stretches(spots)
        names = " and ".join(dict.fromkeys(bench.name(one.monitor) for one in others))
        yield bench.finding(
            "E5",
            Status.UNMET,
            f"On {bench.road(place)} only {names} would watch, who is not neutral.",
            code="MONITOR-NOT-NEUTRAL",
            place=place,
            span=hull(spots),
            statements=tuple(one.id for one in others),
        )


def screened(bench: Bench) -> list[Finding]:
    """Rule E8: no screening, detention or exchange on the way, unless it is guarded."""
    if not bench.legs_for(*EVACUATIONS):
        return bench.not_applicable("E8", NOBODY_LEAVES)
    records = bench.situation.facts_of(Screening, bench.movement.id)
    if not records:
        return [
            bench.finding(
                "E8",
                Status.UNKNOWN,
                "Nobody has recorded whether people will be screened, held back or exchanged on "
                "the way.",
                code="SCREENING-UNKNOWN",
                waits=True,
                remedy="Find out from each party whether it will screen people, and record it.",
            )
        ]
    planned = [one for one in records if one.planned]
    found = [finding for one in planned for finding in _screening(bench, one)]
    says = "Every screening on the way is guarded." if planned else "Nobody is screened on the way."
    guards = [one.guaranteed_in for one in planned]
    return found or bench.met(
        "E8", says, statements=tuple(dict.fromkeys([*(one.id for one in records), *guards]))
    )


def _screening(bench: Bench, screening: Screening) -> Iterable[Finding]:
    """What a planned screening lacks, in one finding."""
    name = bench.name(screening.party) if screening.party else "Somebody"
    lacking = []
    if not _is_guaranteed(bench, screening):
        lacking.append(
            "a guarantee of its own, good for the whole trip, that nobody is detained"
            if screening.party
            else "the name of the screening party, with its guarantee that nobody is detained"
        )
    if not _is_independent(bench.situation, screening.independent):
        lacking.append("somebody present who belongs to no party")
    if not screening.sign_off.strip():
        lacking.append("the sign-off of a protection officer")
    if lacking:
        what = f"will screen {clause(screening.whom) or 'people'}"
        where = f" at {clause(screening.where)}" if screening.where.strip() else ""
        yield bench.finding(
            "E8",
            Status.UNMET,
            f"{name} {what}{where}; it lacks {'; '.join(lacking)}.",
            code="SCREENING-UNGUARDED",
            party=screening.party,
            statements=(screening.id,),
            remedy=f"{name} must drop the screening, or allow {'; '.join(lacking)}.",
        )


def _is_guaranteed(bench: Bench, screening: Screening) -> bool:
    grant = bench.situation.grant(screening.guaranteed_in)
    if grant is None or not screening.party or grant.party != screening.party:
        return False
    standings = bench.cover.standings
    # A promise without a window holds at any time; one for "soon", for no place or in general does
    # not say that it holds here and then (rule T4).
    vague = {fault.code for fault in standings.wording_faults(grant)}
    if not grant.undertaking.windows and not grant.undertaking.unresolved:
        vague.discard(Code.TIME_UNRESOLVED.value)
    return not vague and _holds_for(standings[grant.id], bench.trip)


def _holds_for(standing: Standing, trip: Span) -> bool:
    """Whether a word is good throughout a trip; a deed without a window is, until it is cut."""
    if not standing.is_good:
        return False
    if not standing.natural:
        return not any(cut.spans.within(trip) for cut in standing.cuts)
    return all(
        Spans.of(span for one in yields for span in one.spans).holds(trip)
        for yields in standing.yields.values()
    )


def agreed(bench: Bench) -> list[Finding]:
    """Rule E9: the ICRC goes only after the parties agreed, for evacuees and staff, unforced."""
    if not bench.legs_for(*EVACUATIONS):
        return bench.not_applicable("E9", NOBODY_LEAVES)
    found = [*_not_agreed(bench), *_staff(bench), *_forced(bench)]
    return found or bench.met(
        "E9", "Every party on the way has agreed, for those who leave and for the staff with them."
    )


def _not_agreed(bench: Bench) -> Iterable[Finding]:
    if not bench.ledger.is_whole:
        names = ", ".join(bench.name(party) for party in bench.ledger.not_turned())
        yield bench.finding(
            "E9",
            Status.UNMET,
            f"Not every party on the way has agreed yet{': ' if names else ''}{names}.",
            code="PARTIES-NOT-AGREED",
            remedy="Obtain what rules A1 and A8 name as missing.",
        )


def _staff(bench: Bench) -> Iterable[Finding]:
    """Parties whose word, for whatever they were asked, leaves out the staff or some who leave."""
    book = bench.ledger
    leaving = frozenset(m for leg in bench.legs_for(*EVACUATIONS) for m in leg.movers)
    everybody = leaving | {Movers.HUMANITARIAN}
    for party in book.parties:
        relied = {id for key in book.asked if key.party == party for id in book.relied.get(key, ())}
        words = [grant for id in sorted(relied) if (grant := bench.situation.grant(id))]
        if not any(
            Movers.ANYONE in word.undertaking.for_whom or everybody <= word.undertaking.for_whom
            for word in words
        ):
            name = bench.name(party)
            yield bench.finding(
                "E9",
                Status.UNMET,
                f"{name} has not given its word for both those who leave and the staff with them.",
                code="STAFF-NOT-NAMED",
                party=party,
                statements=tuple(word.id for word in words),
                remedy=f"{name} must give its word for evacuees and humanitarian staff alike.",
            )


def _forced(bench: Bench) -> Iterable[Finding]:
    terms = bench.situation.facts_of(EvacuationTerms, bench.movement.id)
    forced = [one for one in terms if one.voluntary is False or one.forced_route is True]
    if forced:
        yield bench.finding(
            "E9",
            Status.UNMET,
            "The evacuation is recorded as forced; the ICRC takes part in none.",
            code="NOT-VOLUNTARY",
            statements=tuple(one.id for one in forced),
        )

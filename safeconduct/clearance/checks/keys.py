"""Rules A1 and A8: every key of every party, over the whole way, for the whole time."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause, named, thing
from safeconduct.clearance.candidates import Candidate, candidates
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.ledger import Missing, Spot, hull
from safeconduct.clearance.rejections import rejections
from safeconduct.vocabulary import UndertakingKind

CODES = {
    UndertakingKind.RESTRAINT: "RESTRAINT-MISSING",
    UndertakingKind.PASSAGE: "PASSAGE-MISSING",
    UndertakingKind.CONSENT: "CONSENT-MISSING",
}


def all_parties(bench: Bench) -> list[Finding]:
    """Rule A1: assessed road that is not closed, and every restraint and passage key turned."""
    ledger = bench.ledger
    found = [*_not_assessed(bench), *_hazards(bench), *_closed(bench)]
    for party, missing in ledger.not_turned().items():
        for kind in (UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE):
            of_kind = [one for one in missing if one.key.kind is kind]
            if of_kind:
                found.append(_missing(bench, "A1", party, kind, of_kind))
    if found:
        return found
    grants = {
        g
        for key, ids in ledger.relied.items()
        if key.kind is not UndertakingKind.CONSENT
        for g in ids
    }
    return bench.met(
        "A1",
        f"Every one of the {len(ledger.turned)} keys that the way asks for is recorded as turned "
        "for the whole time on it.",
        statements=tuple(sorted(grants)),
    )


def consents(bench: Bench) -> list[Finding]:
    """Rule A8: consent of every holder, its holder known, every crossing open on both sides."""
    ledger = bench.ledger
    found = []
    if ledger.holder_unknown:
        spots = ledger.holder_unknown
        place = bench.stretches(spots)
        found.append(
            bench.finding(
                "A8",
                Status.UNKNOWN,
                f"Whose legal consent {bench.road(place)} needs is not recorded.",
                code="CONSENT-HOLDER-UNKNOWN",
                place=place,
                span=hull(spots),
                remedy="Record whose consent this road needs, or the legal basis that replaces it.",
            )
        )
    for party, missing in ledger.not_turned().items():
        of_kind = [one for one in missing if one.key.kind is UndertakingKind.CONSENT]
        if of_kind:
            found.append(_missing(bench, "A8", party, UndertakingKind.CONSENT, of_kind))
    for crossing, spot in ledger.shut:
        found.append(
            bench.finding(
                "A8",
                Status.UNMET,
                f"{crossing.name} is not recorded as open on both its sides "
                f"({' and '.join(crossing.sides)}) from {bench.period(hull([spot]))}.",
                code="CROSSING-SHUT",
                place=bench.stretches([spot]),
                span=hull([spot]),
                statements=(crossing.id,),
                remedy=f"Have both sides of {crossing.name} say that it is open then.",
            )
        )
    if found:
        return found
    grants = {
        g for key, ids in ledger.relied.items() if key.kind is UndertakingKind.CONSENT for g in ids
    }
    return bench.met(
        "A8",
        "Consent, or a recorded basis in its place, is there for the whole way.",
        statements=tuple(sorted(grants)),
    )


def _not_assessed(bench: Bench) -> Iterable[Finding]:
    spots = bench.ledger.unassessed
    if not spots:
        return
    place = bench.stretches(spots)
    stale = {spot.entry for spot in bench.ledger.stale}
    code = "STALE" if all(spot.entry in stale for spot in spots) else "NOT-ASSESSED"
    why = (
        "names a party whose presence has lapsed or is unknown"
        if code == "STALE"
        else "is missing, has lapsed or says nothing of mines"
    )
    yield bench.finding(
        "A1",
        Status.UNKNOWN,
        f"{bench.road(place)} is not assessed for {bench.period(hull(spots))}: an assessment of "
        f"who can act there {why}. A road nobody has assessed is not open.",
        code=code,
        place=place,
        span=hull(spots),
        remedy="Record a current assessment of who can act there, by what means, and of mines.",
    )


def _hazards(bench: Bench) -> Iterable[Finding]:
    for hazard, spots in bench.ledger.hazards.values():
        place = bench.stretches(spots)
        yield bench.finding(
            "A1",
            Status.UNMET,
            f"A hazard is recorded on {bench.road(place)}: {clause(hazard.hazard)}. No "
            "undertaking covers it; only a dated report clears it.",
            code="HAZARD",
            place=place,
            span=hull(spots),
            statements=(hazard.id,),
            remedy="Record a dated report, with evidence, that the hazard is cleared.",
        )


def _closed(bench: Bench) -> Iterable[Finding]:
    for closure, spots in bench.ledger.closed.values():
        place = bench.stretches(spots)
        yield bench.finding(
            "A1",
            Status.UNMET,
            f"{bench.road(place)} is recorded as closed, {bench.period(hull(spots))}: "
            f"{clause(closure.why)}. No undertaking opens it.",
            code="ROAD-CLOSED",
            place=place,
            span=hull(spots),
            statements=(closure.id,),
            remedy="Take another road or another time, or record, with evidence, that it was "
            "reopened.",
        )


def _missing(
    bench: Bench, rule: str, party: str, kind: UndertakingKind, missing: list[Missing]
) -> Finding:
    spots: list[Spot] = [spot for one in missing for spot in one.spots]
    ordered = sorted(spots, key=lambda s: (s.entry.enter, s.entry.leave))
    place = bench.stretches(ordered)
    what = thing(kind, (one.key.means for one in missing))
    span = hull(spots)
    purposes = {spot.leg.purpose for spot in spots}
    directions = sorted({spot.leg.direction.value for spot in spots})
    words = candidates(bench, missing)
    refused = rejections(bench.situation, bench.movement, bench.trip, party)
    near = [f"Its {c.says}." for c in _telling(words)[:2]]
    if refused:
        near.insert(0, "It rejected what was offered.")
    why = " ".join(near) or "It has said nothing that bears on it."
    name = bench.name(party)
    return bench.finding(
        rule,
        Status.UNMET,
        f"{name}: no {what} that counts on {bench.road(place)}, {bench.period(span)}. {why}",
        code="REJECTED" if refused else CODES[kind],
        party=party,
        place=place,
        span=span,
        statements=tuple(
            sorted(
                {act.id for act, _ in refused}
                | {i for c in words for i in (c.standing.grant.id, *c.acts)}
            )
        ),
        remedy=f"{name} must give {what} over {bench.road(place)}, {bench.period(span)}, for "
        f"{named(purposes)}, direction {' and '.join(directions)}, said directly to the "
        "humanitarian side.",
    )


def _telling(words: Iterable[Candidate]) -> list[Candidate]:
    """Words that name a purpose before those that name none; otherwise as they came."""
    return sorted(words, key=lambda word: not word.standing.grant.undertaking.purposes)

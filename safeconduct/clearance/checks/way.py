"""Rules G1 and G2: the whole way, both sides, and the way back."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from safeconduct.clearance.bench import Bench, thing
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.ledger import Spot, hull
from safeconduct.cover import Key, LegProfile
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Notice, UndertakingKind


def whole(bench: Bench) -> list[Finding]:
    """Rule G1: restraint along the whole way, not only in the city."""
    partly: dict[str, list[Key]] = defaultdict(list)
    for key in bench.ledger.missing:
        if key.kind is UndertakingKind.RESTRAINT and bench.ledger.turned.get(key):
            partly[key.party].append(key)
    if not partly:
        if any(key.kind is UndertakingKind.RESTRAINT for key in bench.ledger.missing):
            return bench.not_applicable(
                "G1", "No restraint covers a part of the way only; see rule A1."
            )
        return bench.met("G1", "What each party undertook holds along the whole way.")
    return [_part(bench, party, keys) for party, keys in sorted(partly.items())]


def _part(bench: Bench, party: str, keys: list[Key]) -> Finding:
    spots = sorted(
        (spot for key in keys for spot in bench.ledger.missing[key]),
        key=lambda s: (s.entry.enter, s.entry.leave),
    )
    place = bench.stretches(spots)
    name = bench.name(party)
    what = thing(UndertakingKind.RESTRAINT, (key.means for key in keys))
    grants = {g for key in keys for g in bench.ledger.relied.get(key, ())}
    return bench.finding(
        "G1",
        Status.UNMET,
        f"{name}: {what} is confirmed for part of the way only; {bench.road(place)} is not "
        "covered.",
        code="PART-OF-THE-WAY",
        party=party,
        place=place,
        span=hull(spots),
        statements=tuple(sorted(grants)),
        remedy=f"{name} must confirm {what} over {bench.road(place)} too.",
    )


def both_sides(bench: Bench) -> list[Finding]:
    """Rule G2: passage out of one side and into the other, the return leg planned and notified."""
    found = [*_sides(bench), *_return(bench), *_notified(bench)]
    return found or bench.met(
        "G2", "Both sides are cleared, and the way back is planned, or left out for a reason."
    )


def _ends(bench: Bench) -> list[Spot]:
    """The missing passage keys on the first and last entry of each leg."""
    first_last = set()
    for leg in bench.movement.legs:
        of_leg = [e for e in bench.itinerary.entries if e.leg == leg.id]
        if of_leg:
            first_last |= {of_leg[0], of_leg[-1]}
    return [
        spot
        for key, spots in bench.ledger.missing.items()
        if key.kind is UndertakingKind.PASSAGE
        for spot in spots
        if spot.entry in first_last
    ]


def beginnings(bench: Bench) -> list[tuple[Key, Spot]]:
    """Where passage is missing at the place at which a leg takes over from the one before it.

    The way has that place under the leg that ends there; the next one begins there as well, and
    asks for its own purpose, direction and people.
    """
    found: list[tuple[Key, Spot]] = []
    for before, leg in pairwise(bench.movement.legs):
        profile = LegProfile.of(leg)
        places = [e for e in bench.itinerary.entries if e.leg == before.id and e.place]
        for entry in places[-1:]:
            cls, during = entry.classes[0], Span(entry.enter, entry.leave)
            for key, asked in bench.cover.ground(cls).asked:
                turned = bench.cover.turned(key, cls, profile).spans
                lacking = asked.within(during) - turned
                if key.kind is UndertakingKind.PASSAGE and lacking:
                    found.append((key, Spot(entry, cls, profile, lacking)))
    return found


def _sides(bench: Bench) -> list[Finding]:
    spots = _ends(bench) or [spot for _, spot in beginnings(bench)]
    if not spots:
        return []
    place = bench.stretches(spots)
    return [
        bench.finding(
            "G2",
            Status.UNMET,
            f"Clearance is missing at an end of the way: {bench.spots_named(place)}.",
            code="SIDE-NOT-CLEARED",
            place=place,
            span=hull(spots),
            remedy="Obtain passage on the side where the column leaves and on the side it enters.",
        )
    ]


def _return(bench: Bench) -> list[Finding]:
    legs, network = bench.movement.legs, bench.network
    first, last = legs[0].route[0], legs[-1].route[-1]
    start = network.edge(first.edge)
    end = network.edge(last.edge)
    origin = start.b if first.backwards else start.a
    final = end.a if last.backwards else end.b
    if origin == final or bench.movement.one_way:
        return []
    return [
        bench.finding(
            "G2",
            Status.UNMET,
            f"The column ends at {network.place(final).name or final} and no way back is planned.",
            code="NO-RETURN",
            remedy="Add the return leg, or record why there is none (`one_way`).",
        )
    ]


def _notified(bench: Bench) -> list[Finding]:
    movement = bench.movement
    legs = {leg.id for leg in movement.legs}
    named: dict[str, set[str]] = defaultdict(set)
    ids: dict[str, list[str]] = defaultdict(list)
    for notice in bench.situation.facts_of(Notice, movement.id):
        if notice.version == movement.version:
            named[notice.to].update(notice.legs)
            ids[notice.to].append(notice.id)
    return [
        bench.finding(
            "G2",
            Status.UNMET,
            f"{bench.name(party)} was told of the movement but not of the leg "
            f"{', '.join(sorted(legs - told))}.",
            code="LEG-NOT-NOTIFIED",
            party=party,
            statements=tuple(ids[party]),
            remedy=f"Send {bench.name(party)} a notice of every leg.",
        )
        for party, told in sorted(named.items())
        if legs - told
    ]

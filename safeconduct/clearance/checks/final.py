"""Rules X3 to X5: deadlines, forces that gather, and the last word before departure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from safeconduct.clearance.bench import Bench, clause, planned, thing
from safeconduct.clearance.budget import Budget
from safeconduct.clearance.checks.deadlines import by
from safeconduct.clearance.checks.times import hours
from safeconduct.clearance.finding import Finding, Status
from safeconduct.clearance.ledger import Ledger, ledger
from safeconduct.cover import Key, LegProfile, Part, Standing
from safeconduct.spacetime import NEVER, Span
from safeconduct.vocabulary import BuildUp, Demand, Statement, Telling, Withdraw


def deadlines(bench: Bench) -> list[Finding]:
    """Rule X3: no ultimatum of a party on the way runs out before the column is clear."""
    clear_at = bench.trip.end + bench.movement.margin_s
    found = []
    for party, demand, said in _demands(bench):
        if demand.deadline_at is None or demand.deadline_at >= clear_at:
            continue
        if _is_withdrawn(bench, demand):
            continue
        keys = _not_given_since(bench, party, said.said_at)
        if lacking := sorted({thing(key.kind, [key.means]) for key in keys}):
            found.append(_runs_out(bench, demand, demand.deadline_at, said, party, lacking))
    return found or bench.met("X3", "No ultimatum runs out before the column is clear.")


def _demands(bench: Bench) -> Iterable[tuple[str, Demand, Statement]]:
    """What each asked party demands, itself or through a member of it."""
    asked = frozenset(bench.ledger.parties)
    voices = {(party, party) for party in asked}
    for actor in bench.situation.actors.values():
        if actor.member_of:
            voices |= {(party, actor.id) for party in asked.intersection(actor.member_of)}
    for party, voice in sorted(voices):
        for demand, said in bench.situation.by_party(voice, Demand):
            yield party, demand, said


def _is_withdrawn(bench: Bench, demand: Demand) -> bool:
    """Whether the party that made a demand has taken it back itself, and not only for later."""
    return any(
        act.party == demand.party == said.actor
        and said.telling is not Telling.INFERRED
        and (act.effective_at is None or act.effective_at <= bench.situation.as_of)
        for act, said in bench.situation.answers(demand.id, Withdraw)
    )


def _not_given_since(bench: Bench, party: str, said_at: int) -> Iterable[Key]:
    """The keys of a party that its own words of after a moment do not turn all along the way.

    What an instrument or a legal basis stands in for is no word, and what a binder says is not the
    word of the party that made the demand.
    """
    legs = {leg.id: LegProfile.of(leg) for leg in bench.movement.legs}
    for entry in bench.itinerary.entries:
        wide = Span(entry.enter, entry.leave + bench.movement.margin_s)
        for cls in dict.fromkeys(entry.classes):
            ground = bench.cover.ground(cls)
            for key, asked in (*ground.asked, *ground.consents):
                if key.party != party:
                    continue
                since = NEVER
                for part in bench.cover.turned(key, cls, legs[entry.leg]).parts:
                    if part.said_at > said_at and _is_own(bench, part, party):
                        since = since | part.spans
                if asked.within(wide) - since:
                    yield key


def _is_own(bench: Bench, part: Part, party: str) -> bool:
    said = bench.situation.statement(part.statement)
    return said is not None and said.actor == party


def _runs_out(
    bench: Bench, demand: Demand, deadline_at: int, said: Statement, party: str, lacking: list[str]
) -> Finding:
    name, clear_at = bench.name(party), bench.trip.end + bench.movement.margin_s
    return bench.finding(
        "X3",
        Status.UNMET,
        f"{bench.name(demand.party)} has set a deadline, {bench.time(deadline_at)}: "
        f"{clause(demand.what)}. With its margin the column is clear only at "
        f"{bench.time(clear_at)}.",
        code="DEADLINE",
        party=party,
        span=Span(deadline_at, clear_at),
        statements=(demand.id, said.id),
        remedy=f"Be clear with the margin before the deadline, or have {name} withdraw it or give "
        f"again, after {bench.time(said.said_at)}, {' and '.join(lacking)} for the whole way, "
        f"before departure.",
    )


def gathering(bench: Bench) -> list[Finding]:
    """Rule X4: forces that were seen to gather on the way in the last hours."""
    age_s = bench.profile.build_up_age_s
    found = [
        _gathers(bench, seen)
        for seen in bench.situation.facts(BuildUp)
        if bench.situation.as_of - seen.seen_at <= age_s
        and any(bench.cover.overlap(a, b) for a in seen.areas for b in bench.touched)
    ]
    return found or bench.met("X4", f"No build-up was reported on the way in {hours(age_s)}.")


def _gathers(bench: Bench, seen: BuildUp) -> Finding:
    whose = f" of {bench.name(seen.party)}" if seen.party else ""
    return bench.finding(
        "X4",
        Status.UNMET,
        f"A build-up of force{whose} was seen on the way at {bench.time(seen.seen_at)}: "
        f"{clause(seen.what)}.",
        code="BUILD-UP",
        party=seen.party,
        statements=(seen.id,),
    )


def reconfirmed(bench: Bench) -> list[Finding]:
    """Rule X5: every party with a word that is relied on has said it again before departure."""
    hours_s = bench.profile.final_reconfirmation_s
    since = bench.movement.depart_at - hours_s
    words = _relied_on(bench, bench.ledger)
    if not words:
        return bench.not_applicable("X5", "No key rests on the word of a party.")
    fresh = _said_again(bench, words, since)
    stale = {party: given for party, given in sorted(words.items()) if party not in fresh}
    if stale:
        return [_not_reconfirmed(bench, party, given, since) for party, given in stale.items()]
    return bench.met(
        "X5",
        f"Every party has said it again in the {hours(hours_s)} before departure.",
        statements=tuple(sorted({id for ids in fresh.values() for id in ids})),
    )


def _relied_on(bench: Bench, book: Ledger) -> dict[str, list[Standing]]:
    """The words that some key on the way rests on, by the party that gave them."""
    by_grant = bench.cover.standings.by_grant
    ids = {id for used in book.relied.values() for id in used if id in by_grant}
    words: dict[str, list[Standing]] = defaultdict(list)
    for id in sorted(ids):
        words[by_grant[id].grant.party].append(by_grant[id])
    return words


def _said_again(bench: Bench, words: dict[str, list[Standing]], since: int) -> dict[str, set[str]]:
    """The words that are relied on and were said, or said again, since a moment; by their party.

    What was said again before departure stays so under way, also where the word concerned a road
    that lies behind the column: so the whole trip is looked at.
    """
    way, relied = bench.itinerary, words
    if bench.under_way:
        way = planned(bench.movement, bench.network, bench.situation)
        book = ledger(bench.cover, bench.movement, way, Budget(), bench.closed)
        relied = _relied_on(bench, book)
    classes = {cls for entry in way.entries for cls in entry.classes}
    held = frozenset().union(*(bench.network.classes[cls][1] for cls in classes))
    trip = Span(bench.movement.depart_at, way.ends_at)
    fresh: dict[str, set[str]] = defaultdict(set)
    for party, given in (*words.items(), *relied.items()):
        for one in given:
            if _is_fresh(one, since, trip, held):
                fresh[party].add(one.grant.id)
    return fresh


def _is_fresh(word: Standing, since: int, trip: Span, held: frozenset[str]) -> bool:
    """Whether it was said again since a moment, so that it holds on the way during the trip."""
    return any(
        one.said_at >= since and one.spans.within(trip) and one.areas & held
        for yields in word.yields.values()
        for one in yields
    )


def _not_reconfirmed(bench: Bench, party: str, given: list[Standing], since: int) -> Finding:
    name = bench.name(party)
    return bench.finding(
        "X5",
        Status.UNKNOWN,
        f"{name} has not said again what it gave in the "
        f"{hours(bench.profile.final_reconfirmation_s)} before departure, so after "
        f"{bench.time(since)}.",
        code="NOT-RECONFIRMED",
        party=party,
        statements=tuple(one.grant.id for one in given),
        waits=True,
        remedy=f"Have {name} reconfirm one of {', '.join(one.grant.id for one in given)} "
        f"after {bench.time(since)}, {by(bench, 'X5')}.",
    )

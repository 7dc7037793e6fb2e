"""Why what a party did say does not turn a key: each of its words with all the reasons against it.

Only words that bear on the trip are looked at: those whose window meets the trip, those without a
resolved window, and those that ended before it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.clearance.bench import Bench, named
from safeconduct.clearance.ledger import Missing
from safeconduct.cover import SAYS, Code, Cover, Key, Standing
from safeconduct.spacetime import Span, Spans
from safeconduct.vocabulary import Direction, Movers, Purpose, UndertakingKind

_OTHERS = {
    Code.OTHER_PURPOSE.value: "purposes",
    Code.OTHER_DIRECTION.value: "directions",
    Code.OTHER_PEOPLE.value: "people",
}


def _listed(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One grant of a party, and every reason why it does not turn the key here."""

    standing: Standing
    codes: tuple[str, ...]
    acts: tuple[str, ...]

    @property
    def is_of_other_kind(self) -> bool:
        """Whether the word is of another kind than every missing key (passage for restraint)."""
        return Code.OTHER_KIND.value in self.codes

    @property
    def says(self) -> str:
        """The word and the reasons against it: "passage for fighters leaving (id): ..."."""
        given = self.standing.grant.undertaking
        purposes = f" for {named(given.purposes)}" if given.purposes else ""
        reasons = [SAYS[Code(code)] for code in self.codes if code not in _OTHERS]
        others = [word for code, word in _OTHERS.items() if code in self.codes]
        if others:
            reasons.append(f"given for other {_listed(others)}")
        return f"{given.kind.value}{purposes} ({self.standing.grant.id}): {'; '.join(reasons)}"


@dataclass(frozen=True, slots=True)
class _Sought:
    """What a word would have to be to turn a key wherever it is missing; a party has many words.

    Parameters
    ----------
    when : all moments at which the key is missing.
    purposes, directions, movers : of all the legs there.
    within : the areas that each of the places lies in.
    """

    key: Key
    when: Spans
    purposes: frozenset[Purpose]
    directions: frozenset[Direction]
    movers: frozenset[Movers]
    within: frozenset[frozenset[str]]

    @classmethod
    def of(cls, cover: Cover, missing: Missing) -> _Sought:
        legs = {spot.leg for spot in missing.spots}
        return cls(
            key=missing.key,
            when=Spans.of(span for spot in missing.spots for span in spot.missing),
            purposes=frozenset(leg.purpose for leg in legs),
            directions=frozenset(leg.direction for leg in legs),
            movers=frozenset(one for leg in legs for one in leg.movers),
            within=frozenset(cover.network.classes[spot.cls][1] for spot in missing.spots),
        )


def candidates(cover: Cover, missing: Iterable[Missing], trip: Span) -> tuple[Candidate, ...]:
    """The words that could have been meant for some missing keys of one party.

    Each word is held against the key it comes closest to; same kind and fewest faults first.
    """
    best: dict[str, Candidate] = {}
    for one in missing:
        sought = _Sought.of(cover, one)
        for party in _voices(cover, one.key.party):
            for grant in cover.situation.grants_of.get(party, ()):
                standing = cover.standings.by_grant[grant.id]
                if _bears_on(standing, trip):
                    found = Candidate(standing, *_reasons(standing, sought, trip))
                    kept = best.get(grant.id)
                    if kept is None or _distance(found) < _distance(kept):
                        best[grant.id] = found
    return tuple(sorted(best.values(), key=_distance))


def words_of(bench: Bench, party: str) -> tuple[Candidate, ...]:
    """The words that could have been meant for the keys of one party that are missing here."""
    if party not in bench.remembered:
        missing = bench.ledger.not_turned()[party]
        bench.remembered[party] = candidates(bench.cover, missing, bench.trip)
    found: tuple[Candidate, ...] = bench.remembered[party]
    return found


def _distance(candidate: Candidate) -> tuple[bool, int, str]:
    return candidate.is_of_other_kind, len(candidate.codes), candidate.standing.grant.id


def _voices(cover: Cover, party: str) -> Iterable[str]:
    yield party
    for relation in cover.situation.bindings():
        if relation.bound == party:
            yield relation.binder


def _bears_on(standing: Standing, trip: Span) -> bool:
    if standing.grant.undertaking.kind is UndertakingKind.DEED:
        return bool(standing.faults)
    return not standing.natural or any(span.start < trip.end for span in standing.natural)


def _reasons(
    standing: Standing, sought: _Sought, trip: Span
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes = [fault.code for fault in standing.faults]
    acts = [act for fault in standing.faults for act in fault.acts]
    for cut in standing.cuts:
        if cut.spans & sought.when:
            codes.append(cut.code.value)
            acts.append(cut.act)
    codes += [code.value for code in _misfits(standing, sought, trip)]
    return tuple(dict.fromkeys(codes)), tuple(dict.fromkeys(acts))


def _misfits(standing: Standing, sought: _Sought, trip: Span) -> Iterable[Code]:
    given, key = standing.grant.undertaking, sought.key
    if given.kind is not key.kind:
        yield Code.OTHER_KIND
    elif key.means is not None and key.means not in given.means:
        yield Code.OTHER_MEANS
    if Purpose.ANY not in given.purposes and not sought.purposes <= given.purposes:
        yield Code.OTHER_PURPOSE
    if Direction.ANY not in given.directions and not sought.directions <= given.directions:
        yield Code.OTHER_DIRECTION
    if Movers.ANYONE not in given.for_whom and not sought.movers <= given.for_whom:
        yield Code.OTHER_PEOPLE
    if given.areas and any(within.isdisjoint(given.areas) for within in sought.within):
        yield Code.OTHER_PLACE
    if standing.natural:
        if all(span.end <= trip.start for span in standing.natural):
            yield Code.WINDOW_ENDED
        elif sought.when - standing.natural:
            yield Code.OUTSIDE_WINDOW

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

# As text, since every word of a party is asked for them, and the value of an enum is slow to ask.
_OTHER_KIND, _OTHER_MEANS = Code.OTHER_KIND.value, Code.OTHER_MEANS.value
_OTHER_PURPOSE, _OTHER_DIRECTION = Code.OTHER_PURPOSE.value, Code.OTHER_DIRECTION.value
_OTHER_PEOPLE, _OTHER_PLACE = Code.OTHER_PEOPLE.value, Code.OTHER_PLACE.value
_OUTSIDE_WINDOW, _WINDOW_ENDED = Code.OUTSIDE_WINDOW.value, Code.WINDOW_ENDED.value

_OTHERS = {_OTHER_PURPOSE: "purposes", _OTHER_DIRECTION: "directions", _OTHER_PEOPLE: "people"}
# Sets, since asking whether one lies in another needs no hashing of enum members.
_ANY_PURPOSE, _ANY_WAY = frozenset({Purpose.ANY}), frozenset({Direction.ANY})
_ANYONE = frozenset({Movers.ANYONE})


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
        return _OTHER_KIND in self.codes

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


_Distance = tuple[bool, int, str]
"""How far a word is from a key: of another kind, how many reasons against it, and its id."""


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
        times, classes = (s.missing for s in missing.spots), {s.cls for s in missing.spots}
        return cls(
            key=missing.key,
            when=Spans.of(span for one in dict.fromkeys(times) for span in one),
            purposes=frozenset(leg.purpose for leg in legs),
            directions=frozenset(leg.direction for leg in legs),
            movers=frozenset(one for leg in legs for one in leg.movers),
            within=frozenset(cover.network.classes[cls][1] for cls in classes),
        )


def candidates(bench: Bench, missing: Iterable[Missing]) -> tuple[Candidate, ...]:
    """The words that could have been meant for some missing keys of one party.

    Each word is held against the key it comes closest to; same kind and fewest faults first.
    """
    best: dict[str, tuple[_Distance, Candidate]] = {}
    for one in missing:
        for found in _weighed(bench, one):
            grant_id = found[1].standing.grant.id
            kept = best.get(grant_id)
            if kept is None or found[0] < kept[0]:
                best[grant_id] = found
    return tuple(candidate for _, candidate in sorted(best.values(), key=_first))


def words_of(bench: Bench, party: str) -> tuple[Candidate, ...]:
    """The words that could have been meant for the keys of one party that are missing here."""
    if party not in bench.remembered:
        bench.remembered[party] = candidates(bench, bench.ledger.not_turned()[party])
    found: tuple[Candidate, ...] = bench.remembered[party]
    return found


def _weighed(bench: Bench, missing: Missing) -> list[tuple[_Distance, Candidate]]:
    """The words of a party held against one key that is missing; worked out once for a bench."""
    if missing.key not in bench.remembered:
        sought, trip = _Sought.of(bench.cover, missing), bench.trip
        found = []
        for standing in _bearing(bench, missing.key.party, trip):
            codes, acts = _reasons(standing, sought, trip)
            distance = _OTHER_KIND in codes, len(codes), standing.grant.id
            found.append((distance, Candidate(standing, codes, acts)))
        bench.remembered[missing.key] = found
    weighed: list[tuple[_Distance, Candidate]] = bench.remembered[missing.key]
    return weighed


def _bearing(bench: Bench, party: str, trip: Span) -> Iterable[Standing]:
    """How the words stand that a party gave, or another for it, and that bear on the trip."""
    for voice in _voices(bench.cover, party):
        for grant in bench.situation.grants_of.get(voice, ()):
            standing = bench.cover.standings.by_grant[grant.id]
            if _bears_on(standing, trip):
                yield standing


def _first(found: tuple[_Distance, Candidate]) -> _Distance:
    return found[0]


def _voices(cover: Cover, party: str) -> Iterable[str]:
    yield party
    for relation in cover.situation.bindings():
        if relation.bound == party:
            yield relation.binder


def _bears_on(standing: Standing, trip: Span) -> bool:
    if standing.grant.undertaking.kind is UndertakingKind.DEED:
        return bool(standing.faults)
    bounds = standing.natural.bounds
    return not bounds or bounds[0] < trip.end


def _reasons(
    standing: Standing, sought: _Sought, trip: Span
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    codes = [fault.code for fault in standing.faults]
    acts = [act for fault in standing.faults for act in fault.acts]
    for cut in standing.cuts:
        if cut.spans & sought.when:
            codes.append(cut.code.value)
            acts.append(cut.act)
    misfits = _misfits(standing, sought, trip)
    if not codes:
        return tuple(misfits), ()
    return tuple(dict.fromkeys((*codes, *misfits))), tuple(dict.fromkeys(acts))


def _misfits(standing: Standing, sought: _Sought, trip: Span) -> Iterable[str]:
    """The codes of what is not as it is sought, each once."""
    given, key = standing.grant.undertaking, sought.key
    if given.kind is not key.kind:
        yield _OTHER_KIND
    elif key.means is not None and key.means not in given.means:
        yield _OTHER_MEANS
    if not (sought.purposes <= given.purposes or given.purposes >= _ANY_PURPOSE):
        yield _OTHER_PURPOSE
    if not (sought.directions <= given.directions or given.directions >= _ANY_WAY):
        yield _OTHER_DIRECTION
    if not (sought.movers <= given.for_whom or given.for_whom >= _ANYONE):
        yield _OTHER_PEOPLE
    if given.areas and any(within.isdisjoint(given.areas) for within in sought.within):
        yield _OTHER_PLACE
    bounds = standing.natural.bounds
    if bounds:
        if bounds[-1] <= trip.start:
            yield _WINDOW_ENDED
        elif sought.when - standing.natural:
            yield _OUTSIDE_WINDOW

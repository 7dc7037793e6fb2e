"""The candidates: of which party, for what, over which area something could be asked.

A class of road that is closed to a leg because keys are missing there opens when each of these
keys is turned. A candidate turns a key where the road lies within the candidate's area. What no
party's word opens, because nobody has assessed it, or nobody knows whose consent it needs, or it is
under a hazard, has no candidate: it stays closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from safeconduct.cover import Cover, Key, LegProfile
from safeconduct.planning.shortest.puzzle import Chosen
from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import InstrumentKind, Movement, UndertakingKind

__all__ = [
    "Lock",
    "Need",
    "Wanted",
    "bits",
    "locks_of",
    "numbered",
    "passage_only",
    "together",
    "weights_of",
]


@dataclass(frozen=True, slots=True, order=True)
class Wanted:
    """One thing that could be asked of one party: a kind of undertaking over one area.

    A restraint is asked for all the means at once that the party could use there.
    """

    party: str
    kind: str
    area: str

    @classmethod
    def of(cls, party: str, kind: UndertakingKind, area: str) -> Wanted:
        """The candidate of these."""
        return cls(party, kind.value, area)


@dataclass(frozen=True, slots=True)
class Need:
    """A time in which a class of road is closed until any one of some candidates is granted."""

    any_of: frozenset[Wanted]
    missing: Spans


@dataclass(frozen=True, slots=True)
class Lock:
    """When a class of road would be open if everything that can be asked were granted, and what
    that takes."""

    open: Spans
    needs: tuple[Need, ...] = ()


def locks_of(
    covers: Sequence[Cover], leg: LegProfile, movement: Movement, horizon: Span
) -> tuple[Lock, ...]:
    """What each class of the roads needs to be open to a leg, in the order of the classes.

    Parameters
    ----------
    covers : of the same roads, one for each profile that has to be satisfied.
    """
    return tuple(
        together([_lock(cover, cls, leg, movement, horizon) for cover in covers])
        for cls in range(len(covers[0].network.classes))
    )


def passage_only(lock: Lock, horizon: Span, late_s: int) -> Lock:
    """What a class of road needs to let a leg pass that is yet to begin there (rule G2).

    Parameters
    ----------
    late_s : the margin by which the gates will be made smaller, and which is not asked for here:
        the time for which a passage is missing begins so much later, and is never empty.
    """
    kind = UndertakingKind.PASSAGE.value
    needs = (
        Need(
            need.any_of,
            Spans.of(Span(min(s.start + late_s, s.end - 1), s.end) for s in need.missing),
        )
        for need in lock.needs
        if all(one.kind == kind for one in need.any_of)
    )
    return Lock(Spans.of([horizon]), tuple(needs))


def together(locks: Sequence[Lock]) -> Lock:
    """What it takes that all of them are open at once."""
    if len(locks) == 1:
        return locks[0]
    spans = locks[0].open
    merged: dict[frozenset[Wanted], Spans] = {}
    for lock in locks:
        spans = spans & lock.open
        for need in lock.needs:
            merged[need.any_of] = merged.get(need.any_of, NEVER) | need.missing
    return _tidy(spans, merged)


def numbered(legs: Iterable[Sequence[Lock]]) -> dict[Wanted, int]:
    """Every candidate that could open anything, with its number, in the order of the names."""
    found = {one for locks in legs for lock in locks for need in lock.needs for one in need.any_of}
    return {one: number for number, one in enumerate(sorted(found))}


def bits(any_of: Iterable[Wanted], numbers: Mapping[Wanted, int]) -> Chosen:
    """The candidates as a set of numbers."""
    made = 0
    for one in any_of:
        made |= 1 << numbers[one]
    return made


def weights_of(
    legs: Sequence[Sequence[Lock]], length_dm: Sequence[int], numbers: Mapping[Wanted, int]
) -> tuple[int, ...]:
    """What each candidate asks for, in seconds times decimetres: the road that it could open, by
    the time for which it is shut on some leg.

    Parameters
    ----------
    length_dm : how much road there is of each class.
    """
    made = [0] * len(numbers)
    for cls, length in enumerate(length_dm):
        missing: dict[Wanted, Spans] = {}
        for locks in legs if length else ():
            for need in locks[cls].needs:
                for one in need.any_of:
                    missing[one] = missing.get(one, NEVER) | need.missing
        for one, spans in missing.items():
            made[numbers[one]] += int(length) * spans.total_s
    return tuple(made)


def _lock(cover: Cover, cls: int, leg: LegProfile, movement: Movement, horizon: Span) -> Lock:
    ground = cover.ground(cls)
    open_ = (ground.assessed & ground.holder_known).within(horizon)
    for _, closed in (*ground.hazards, *ground.closures):
        open_ = open_ - closed
    merged: dict[frozenset[Wanted], Spans] = {}
    for key, asked in (*ground.asked, *ground.consents) if open_ else ():
        missing = (asked & open_) - cover.turned(key, cls, leg).spans
        for any_of, part in _ways_to_turn(cover, key, missing, cls, leg, movement):
            if any_of:
                merged[any_of] = merged.get(any_of, NEVER) | part
            else:  # no area holds this road, so no word can name it
                open_ = open_ - part
    return _tidy(open_, merged)


def _tidy(spans: Spans, missing: Mapping[frozenset[Wanted], Spans]) -> Lock:
    """The lock without needs that make no difference, in one order."""
    needs = (Need(any_of, when & spans) for any_of, when in missing.items())
    return Lock(
        spans, tuple(sorted((n for n in needs if n.missing), key=lambda n: sorted(n.any_of)))
    )


def _ways_to_turn(
    cover: Cover, key: Key, missing: Spans, cls: int, leg: LegProfile, movement: Movement
) -> Iterator[tuple[frozenset[Wanted], Spans]]:
    """Which candidates turn a key, and when it is missing; by time, where an instrument that is
    recorded lets the party's consent stand for its restraint."""
    within = cover.network.classes[cls][1]
    by_consent = NEVER
    for instrument, parts in cover.by_instrument(key, cls, leg, movement):
        for part in parts:
            missing = missing - part.spans
        if instrument.instrument is InstrumentKind.CONSENT:
            by_consent = by_consent | Spans.of([instrument.valid])
    direct = frozenset(Wanted.of(key.party, key.kind, area) for area in within)
    either = direct | {Wanted.of(key.party, UndertakingKind.CONSENT, area) for area in within}
    for any_of, when in ((direct, missing - by_consent), (either, missing & by_consent)):
        if when:
            yield any_of, when

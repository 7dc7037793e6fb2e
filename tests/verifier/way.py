"""What the further rules have in common: the way that is left, the keys on it, what is due when.

A rule of sections 7 and 9 is asked once at (as of, known at), not instant by instant. Only the keys
that it asks about are looked at over time, at every border between which nothing changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import copy
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from safeconduct.policy.rules import Organisation, Policy, Profile
from safeconduct.spacetime import BEGINNING, Span
from safeconduct.vocabulary import UndertakingKind as Kind
from tests.verifier.column import Ground, Spot
from tests.verifier.words import At, Grant, Voucher

HOUR = 3600
#: How long before departure a rule is due: the phases of the table in section 9.
DUE_BEFORE_S = {
    **{"E3": 24 * HOUR, "E4": 24 * HOUR, "E5": 24 * HOUR, "E8": 72 * HOUR, "M1": 24 * HOUR},
    **{"V1": 24 * HOUR, "V3": HOUR, "U1": 24 * HOUR, "U2": 72 * HOUR, "X5": HOUR},
}
STRICTEST = Profile(
    id="strictest",
    title="in writing only",
    forms=frozenset({v.Form.WRITTEN}),
    unconditional=True,
    instruments=frozenset({v.InstrumentKind.CONSENT, v.InstrumentKind.UNREACHABLE}),
)
PLAIN = Profile(id="default", title="direct", forms=frozenset({v.Form.WRITTEN, v.Form.ORAL}))


def profile_of(movement: v.Movement | None, policy: Policy | None) -> Profile | None:
    """The profile that a movement is judged under; None where the policy has none of its name."""
    if movement is None:
        return None
    if policy is None:
        return PLAIN if movement.profile == "default" else STRICTEST
    return next((one for one in policy.profiles if one.id == movement.profile), None)


class Trouble(NamedTuple):
    """What a rule has against going, and whether it only waits for what nobody recorded yet."""

    rule: str
    waits: bool
    what: str


class Key(NamedTuple):
    """One key asked of a party on one ground at one instant, and the words that turn it."""

    party: str
    at: At
    words: tuple[tuple[Grant, Voucher], ...]
    otherwise: bool  # an instrument or a legal basis stands in for words
    late: bool  # asked only if the trip runs late, within its margin


class Way:
    """The part of a trip that is still ahead, as the further rules ask about it."""

    def __init__(self, judge: Any, policy: Policy) -> None:
        self.judge, self.policy, self.known = judge, policy, judge.known
        self.movement: v.Movement = judge.movement
        self.profile: Profile = judge.profile
        self.as_of: int = judge.as_of
        self.under_way = judge.not_before != BEGINNING
        self.spots: list[Spot] = [one for one in judge.spots if one.end > judge.not_before]
        self.trip = Span(self.movement.depart_at, judge.ends_at)
        asked = list(self._keys())
        self.every_key = asked
        self.keys = [key for key in asked if not key.late]
        self.asked = {key.party for key in asked}
        self._late = [key for key in asked if key.late]

    def whole(self) -> Way:
        """The same way with what lies behind, asked at the same moment."""
        if not self.under_way:
            return self
        judge = copy(self.judge)
        judge.not_before = BEGINNING
        return Way(judge, self.policy)

    def collectives(self, actor: str) -> set[str]:
        """The parties that an actor is a member of."""
        return {p for one in self.known[v.Actor] if one.id == actor for p in one.member_of}

    def is_due(self, rule: str) -> bool:
        """Whether a rule must be met by now; its phase is the page's, or else the policy's."""
        before_s = DUE_BEFORE_S.get(rule)
        for one in self.policy.rules if before_s is None else ():
            before_s = one.phase.before_departure_s if one.id == rule else before_s
        at_once = before_s is None
        return at_once or self.under_way or self.movement.depart_at - before_s <= self.as_of

    def is_of(self, organisation: Organisation) -> bool:
        """Whether the movement is judged under a profile of this organisation."""
        return self.profile.organisation is organisation

    def legs_for(self, *purposes: v.Purpose) -> list[v.Leg]:
        """The legs with one of these purposes, driven already or not."""
        return [leg for leg in self.movement.legs if leg.purpose in purposes]

    def grounds(self) -> set[Ground]:
        """Every ground ahead, of roads and of places."""
        return {ground for spot in self.spots for ground in spot.grounds}

    def mine(self, kind: type) -> list[Any]:
        """The records of one kind about this movement, of any version."""
        return [one for one in self.known[kind] if one.movement == self.movement.id]

    def of_version(self, kind: type) -> list[Any]:
        """The records of one kind about the judged version."""
        return [one for one in self.mine(kind) if one.version == self.movement.version]

    def covers_trip(self, valid: Span | None) -> bool:
        """Whether a paper is valid from the departure to the last vehicle's arrival."""
        return valid is not None and valid.start <= self.trip.start and valid.end >= self.trip.end

    def touches(self, areas: Iterable[str]) -> bool:
        """Whether areas touch the way ahead; one that nobody can place does."""
        named = {*areas}
        unknown = not self.judge.network.areas >= named
        return unknown or any(named & touched for touched, _ in self.grounds())

    def words_of(self, party: str) -> list[tuple[Grant, Voucher]]:
        """The words that the keys of a party rest on; those of its margin where there is no other.

        Words of a binder that turn the party's keys are among them.
        """
        in_time, late = (
            [word for key in keys if key.party == party for word in key.words]
            for keys in (self.keys, self._late)
        )
        return in_time or late

    def _keys(self) -> Iterator[Key]:
        for spot in self.spots:
            start, end = max(spot.start, self.judge.not_before), spot.end + self.movement.margin_s
            borders = {one for one in self.judge.words.borders if start < one < end}
            for touched, within in {*spot.grounds}:
                for t in {start, spot.end - 1, end - 1} | borders:
                    yield from self._asked_at(At(spot.leg, touched, within, t), t >= spot.end)

    def _asked_at(self, at: At, late: bool) -> Iterator[Key]:
        words = self.judge.words
        for party, means in self.judge.keys(at):
            kind = Kind.PASSAGE if means is None else Kind.RESTRAINT
            turning = (*words.turning(kind, party, means, at),)
            stands_in = means is not None and self.judge.restrained(party, means, at)
            if not turning and means is not None and self._by_consent(party, means, at):
                turning = (*words.turning(Kind.CONSENT, party, None, at),)
            yield Key(party, at, turning, stands_in and not turning, late)
        needs = [one for one in self.known[v.ConsentNeed] if one.valid.contains(at.t)]
        here = (one for one in needs if self.judge.touches(one.areas, at))
        for holder in {holder for need in here for holder in need.holders}:
            turning = (*words.turning(Kind.CONSENT, holder, None, at),)
            yield Key(holder, at, turning, self.judge.replaced(holder, at), late)

    def _by_consent(self, party: str, means: v.Means, at: At) -> bool:
        """Whether a consent is the instrument that was asked for in place of this restraint."""
        return any(
            one.party == party
            and one.instrument is v.InstrumentKind.CONSENT
            and means in one.means
            and one.valid.contains(at.t)
            and at.within & {*one.areas}
            for one in self.known[v.Instrument]
        )


def latest(records: Iterable[Any], moment: str) -> list[Any]:
    """The records with the latest moment; several at a tie, and then each of them must do."""
    known = list(records)
    last = max((getattr(one, moment) for one in known), default=None)
    return [one for one in known if getattr(one, moment) == last]

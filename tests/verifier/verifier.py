"""Objections to letting a movement go, found by sampling instants: slow, plain, independent.

Nothing is shared with the rooms that judge, not even sets of spans: everything is asked of one
piece of ground at one instant. Rules A2 to A6 and G1 only say why a key of A1 or A8 is not turned,
so they speak here through those two.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from safeconduct import vocabulary as v
from safeconduct.errors import SafeconductError
from safeconduct.policy.rules import Policy
from safeconduct.roads.network import Network
from safeconduct.spacetime import BEGINNING
from safeconduct.vocabulary import UndertakingKind as Kind
from tests.verifier.closures import no_room, shut
from tests.verifier.column import Spot, trip
from tests.verifier.ends import both_ends
from tests.verifier.further import further, unheard
from tests.verifier.hearing import NOBODY
from tests.verifier.joined import never_looked_for
from tests.verifier.known import counted, doubled
from tests.verifier.way import STRICTEST, profile_of
from tests.verifier.words import At, Words, own_word


class Objection(NamedTuple):
    """One reason against going: the rule, the first sampled instant it was seen at, and what."""

    rule: str
    instant: int
    what: str


def verify(
    records: Iterable[tuple[v.Record, int]],
    network: Network,
    movement_id: str,
    as_of: int,
    known_at: int | None = None,
    policy: Policy | None = None,
    *,
    hearing: Any = NOBODY,
    expires: int | None = None,
) -> tuple[Objection, ...]:
    """Every objection to the movement as of one moment, from what was known at another.

    `records` are values with the instant each was recorded or, in a replay, claimed; `hearing` is
    how far each writer was heard, and `expires` until when somebody's answer lasts. An empty
    answer says that A1 to A5, A7, A8, T1, G1 and G2 do not stand in the way; with a policy, whose
    profiles and phases are read, also the rules of `further.py`; and no more.
    """
    records, known_at = list(records), as_of if known_at is None else known_at
    verifier = Verifier(counted(records, as_of, known_at), network, as_of, movement_id, policy)
    verifier.hearing, verifier.expires = hearing, expires
    found = {*verifier.core()}
    found |= {Objection("A1", as_of, f"{id} is used twice") for id in doubled(records, known_at)}
    if verifier.spots:
        found |= {*map(Objection._make, both_ends(verifier)), *verifier.linked()}
        if policy is not None:
            found |= {Objection(*one) for one in further(verifier, policy)}
    return tuple(sorted(found))


class Verifier:
    """One movement, asked ground by ground and instant by instant: what closes it?

    `spots` is empty where the movement is not known, has no adopted route, or one that does not
    join; `refused` says which. Under way, nothing is asked of what lies `not_before`.
    """

    hearing: Any = NOBODY
    expires: int | None = None

    def __init__(
        self,
        known: Any,
        network: Network,
        as_of: int,
        movement_id: str,
        policy: Policy | None = None,
    ) -> None:
        self.known, self.network, self.as_of = known, network, as_of
        versions = [one for one in known[v.Movement] if one.id == movement_id]
        self.movement: Any = max(versions, key=lambda one: one.version, default=None)
        self.policy, self.profile = policy, profile_of(self.movement, policy)
        self.words = Words(known, network, as_of, self.profile or STRICTEST)
        self.presences = {one.id: one for one in known[v.Presence]}
        left = {(one.movement, one.version) for one in known[v.Departure]}
        under_way = self.movement and (self.movement.id, self.movement.version) in left
        self.not_before = as_of if under_way else BEGINNING
        self.spots: list[Spot] = []
        self.refused = f"movement {movement_id} is not known"
        if self.movement and self.profile is None:
            self.refused = f"the policy has no profile {self.movement.profile}"
        try:
            if self.movement and not all(leg.route for leg in self.movement.legs):
                self.refused = f"no route is adopted for movement {movement_id}"
            elif self.movement and self.profile:
                self.spots = trip(self.movement, network, known[v.Checkpoint], known[v.RoadSpeed])
        except SafeconductError as refused:
            self.refused = str(refused)
        self.ends_at = max((spot.end for spot in self.spots), default=as_of)

    def core(self) -> Iterator[Objection]:
        """The objections of A1, A8 and T1; each closure once, when first sampled."""
        if not self.spots:
            yield Objection("A1", self.as_of, self.refused)
            return
        if self.ends_at <= self.not_before:
            yield Objection("A1", self.as_of, "by its plan the trip is over")
        if self.movement.depart_at < self.as_of and self.not_before == BEGINNING:
            yield Objection("T1", self.as_of, "nobody recorded that it left when it was to leave")
        margin_s, needed_s = self.movement.margin_s, self.movement.window_needed_s
        seen: dict[tuple[str, str], int] = {}
        for spot in self.spots:
            for t in self.sampled(spot, margin_s):
                for rule, what in self.closed(spot, t):
                    seen.setdefault((rule if t < spot.end else "T1", what), t)
        yield from (Objection(rule, t, what) for (rule, what), t in seen.items())
        passed = {spot.place for spot in self.spots[1:]}
        for post in self.known[v.Checkpoint]:
            if post.place in passed and post.hold_max_s is None:
                yield Objection("T1", self.as_of, f"the hold at {post.id} is unknown")
        yield from (Objection("T1", t, what) for t, what in no_room(self))
        yield from (Objection("A1", self.as_of, what) for what in never_looked_for(self))
        if self.ends_at + margin_s > self.movement.latest_at:
            yield Objection("T1", self.ends_at, "with its margin the trip ends too late")
        if needed_s and not seen and self.longest_open_s() < needed_s:
            yield Objection("T1", self.ends_at, f"the way is never open for {needed_s} s at once")

    def sampled(self, spot: Spot, more_s: int = 0) -> list[int]:
        """The instants a spot is asked about: minutes, borders, and a second either side."""
        start, end = max(spot.start, self.not_before), spot.end + more_s
        borders = (border for border in self.words.borders if start - 2 < border < end + 2)
        near = {start, spot.end - 1, spot.end, end - 1, *range(start, end, 60)}
        near |= {border + aside for border in borders for aside in (-1, 0, 1)}
        return sorted(t for t in near if start <= t < end and spot.end > self.not_before)

    def longest_open_s(self) -> int:
        """The longest span that meets the trip and in which the whole way is open at once."""
        longest, since = 0, None
        leaves_at = max(self.movement.depart_at, self.not_before)  # under way: what is left
        ahead = [spot for spot in self.spots if spot.end > self.not_before]
        for border in self.words.borders:  # between two borders nothing changes
            if since is not None and since < self.ends_at and leaves_at < border:
                longest = max(longest, border - since)
            if any(True for spot in ahead for _ in self.closed(spot, border)):
                since = None
            elif since is None:
                since = border
        return longest

    def closed(self, spot: Spot, t: int) -> Iterator[tuple[str, str]]:
        """Every rule that closes the spot at this instant, and what does."""
        for touched, within in spot.grounds:
            here = f"on {spot.place or 'road'} touched by {', '.join(sorted(touched)) or 'nothing'}"
            for rule, what in self.closures(At(spot.leg, touched, within, t)):
                yield rule, f"{what} {here}"
        yield from shut(self, spot, t)

    def closures(self, at: At) -> Iterator[tuple[str, str]]:
        """What closes one ground for one leg at one instant: sections 3, 4 and 6."""
        if not self.assessed(at):
            yield "A1", "not assessed"
        for hazard in self.known[v.Hazard]:
            reports = [one for one in self.known[v.HazardCleared] if one.of == hazard.id]
            gone = any(one.evidence and hazard.from_at <= one.cleared_at <= at.t for one in reports)
            if self.touches(hazard.areas, at) and hazard.from_at <= at.t and not gone:
                yield "A1", f"hazard {hazard.id}"
        for party, means in self.keys(at):
            if means is None and not self.words.turned(Kind.PASSAGE, party, None, at):
                yield "A1", f"no passage by {party}"
            if means is not None and not self.restrained(party, means, at):
                yield "A1", f"no restraint of {means.value} by {party}"
        needs = [one for one in self.known[v.ConsentNeed] if one.valid.contains(at.t)]
        holders = {holder for n in needs if self.touches(n.areas, at) for holder in n.holders}
        if not holders:
            yield "A8", "nobody knows whose consent it takes"
        for holder in holders:
            consented = self.words.turned(Kind.CONSENT, holder, None, at)
            if not consented and not self.replaced(holder, at):
                yield "A8", f"no consent by {holder}"

    def touches(self, areas: Iterable[str], at: At) -> bool:
        """Whether any of these areas touches the ground; one that nobody can place always does."""
        return bool(at.touched & {*areas}) or not self.network.areas >= {*areas}

    def in_force(self, at: At) -> list[v.Assessment]:
        """The assessments that are valid now and were not superseded here, wherever they apply."""
        begun = [one for one in self.known[v.Assessment] if one.valid.start <= at.t]
        gone = {(id, one.id) for one in begun if at.within & {*one.areas} for id in one.supersedes}
        by_another = {id for id, newer in gone if id != newer}
        return [one for one in begun if one.valid.contains(at.t) and one.id not in by_another]

    def assessed(self, at: At) -> bool:
        """Section 3: assessed, nothing stale or unknown named, and the mines spoken for."""
        in_force = self.in_force(at)
        for one in in_force:
            for presence in one.presences if at.touched & {*one.areas} else ():
                named = self.presences.get(presence)
                if named is None or not named.valid.contains(at.t):
                    return False
        return any(
            one.mines is not v.Mines.NOT_ASSESSED for one in in_force if at.within & {*one.areas}
        )

    def keys(self, at: At) -> set[tuple[str, v.Means | None]]:
        """The party and the means of every restraint asked for here; means None for passage."""
        asked: set[tuple[str, v.Means | None]] = set()
        for one in self.known[v.Presence]:
            acts = self.touches(one.areas, at) and one.valid.start <= at.t
            if not acts or self.has_left(one, at):
                continue
            asked |= {(one.party, means) for means in one.means - {v.Means.CHECKPOINT}}
            if one.controls or v.Means.CHECKPOINT in one.means:
                asked.add((one.party, None))
        return asked

    def has_left(self, presence: v.Presence, at: At) -> bool:
        """Whether an assessment in force here replaced one that named it, and none names it."""
        here = [one for one in self.in_force(at) if at.within & {*one.areas}]
        named = {one.id for one in self.known[v.Assessment] if presence.id in one.presences}
        left = any(named & {*one.supersedes} for one in here)
        return left and not any(presence.id in one.presences for one in here)

    def restrained(self, party: str, means: v.Means, at: At) -> bool:
        """Whether a restraint key is turned, by a grant or by an instrument in its place."""
        if self.words.turned(Kind.RESTRAINT, party, means, at):
            return True
        return any(
            self.stands_in(one, means, at)
            for one in self.known[v.Instrument]
            if one.party == party
            and means in one.means
            and one.valid.contains(at.t)
            and at.within & {*one.areas}
        )

    def stands_in(self, one: v.Instrument, means: v.Means, at: At) -> bool:
        """Whether an instrument that applies here, and that the profile takes, does its part."""
        if self.profile is None or one.instrument not in self.profile.instruments:
            return False
        if one.instrument is v.InstrumentKind.CONSENT:
            return self.words.turned(Kind.CONSENT, one.party, None, at)
        if not one.risk_owner or not self.words.unused(one, means, at):
            return False
        if one.instrument is v.InstrumentKind.UNREACHABLE:
            return bool(one.mitigation and one.tried)
        return one.instrument is v.InstrumentKind.NOTIFICATION and any(
            own_word(act, said)
            and (act.party, act.level) == (one.party, v.AckLevel.OFFICE)
            and any((told.id, told.to) == (act.notice, one.party) for told in self.notices())
            for act, said in self.known[v.Acknowledge]
        )

    def replaced(self, holder: str, at: At) -> bool:
        """Whether a legal basis without open conditions stands for this holder's consent here."""
        return any(
            holder in basis.replaces
            and basis.purposes & {at.leg.purpose, v.Purpose.ANY}
            and basis.valid.contains(at.t)
            and at.within & {*basis.areas}
            and not any(self.words.is_open(one, "") for one in basis.conditions)
            for basis in self.known[v.LegalBasis]
        )

    def notices(self) -> list[v.Notice]:
        """The notices of the judged version."""
        version = (self.movement.id, self.movement.version)
        return [one for one in self.known[v.Notice] if (one.movement, one.version) == version]

    def linked(self) -> Iterator[Objection]:
        """Rule A7: every link with this movement is accepted, and what goes together can."""
        for link in (one for one in self.known[v.Link] if self.movement.id in one.movements):
            if not self.words.accepted(link):
                yield Objection("A7", self.as_of, f"link {link.id} is not accepted by all")
            elif link.order is v.Order.TOGETHER:
                for sibling in {*link.movements} - {self.movement.id}:
                    other = Verifier(self.known, self.network, self.as_of, sibling, self.policy)
                    other.hearing = self.hearing
                    if any(True for _ in other.core()) or unheard(other, self.policy):
                        yield Objection("A7", self.as_of, f"{sibling} cannot go along")
                    elif not self._meets(other):
                        yield Objection("A7", self.as_of, f"{sibling} goes at another time")

    def _meets(self, other: Verifier) -> bool:
        ahead = [max(one.spots[0].start, one.not_before) for one in (self, other)]
        return max(ahead) < min(self.ends_at, other.ends_at)

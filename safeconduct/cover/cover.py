"""When each key is turned on each class of road, for each leg profile: the one place that knows.

Section 6 of docs/reference/semantics.md. All answers are computed once per class and leg profile
and kept: a country network has millions of edges but only as many classes as the situation
distinguishes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from safeconduct.cover.conditions import is_done, is_dropped
from safeconduct.cover.ground import Ground, Surveyor, surveyor
from safeconduct.cover.keys import Key, LegProfile, Part, Turned
from safeconduct.cover.standing import Standing, Standings, Yield
from safeconduct.policy import Profile
from safeconduct.situation import Situation
from safeconduct.spacetime import BEGINNING, NEVER, Spans
from safeconduct.vocabulary import (
    AckLevel,
    Acknowledge,
    Binds,
    Condition,
    Crossing,
    CrossingOpen,
    Direction,
    Incident,
    IncidentState,
    Instrument,
    InstrumentKind,
    LegalBasis,
    Means,
    Movement,
    Movers,
    NoRecentUse,
    Notice,
    Purpose,
    Telling,
    UndertakingKind,
)

if TYPE_CHECKING:
    from safeconduct.cover.chart import Chart
    from safeconduct.roads.division import Classed  # loads numpy, which no judgement needs

DAY_S = 86_400
Slots = dict[tuple[UndertakingKind, Means | None], list[tuple[Standing, Yield]]]


class Cover:
    """Who is bound where and when, in one situation, on one network, under one profile.

    Parameters
    ----------
    network : the roads: a `Network`, a `Division`, or anything that knows its classes.
    """

    def __init__(
        self,
        situation: Situation,
        network: Classed,
        profile: Profile,
        before: Surveyor | None = None,
    ) -> None:
        self.situation, self.network, self.profile = situation, network, profile
        self.standings = Standings(situation, profile, self.overlap)
        self._surveyor = surveyor(situation, network.areas, before)
        self._slots: dict[tuple[str, str], Slots] = {}
        self.binders: dict[str, list[Binds]] = defaultdict(list)
        for relation in situation.bindings():
            self.binders[relation.bound].append(relation)
        self.bases = situation.facts(LegalBasis)
        self.instruments: dict[str, list[Instrument]] = defaultdict(list)
        for instrument in situation.facts(Instrument):
            if instrument.instrument not in profile.instruments:
                continue  # this organisation accepts none of that kind in the place of a guarantee
            self.instruments[instrument.party].append(instrument)
        self._turned: dict[tuple[Key, int, LegProfile], Turned] = {}
        self._chart: Chart | None = None

    def in_situation(self, situation: Situation) -> Cover:
        """The cover in another situation; what was read of ground that is the same is kept."""
        cover = Cover(situation, self.network, self.profile, self._surveyor)
        if cover._surveyor is self._surveyor:  # of the same class
            cover._chart = self._chart
        return cover

    @property
    def chart(self) -> Chart:
        """What every class of road asks for, as arrays; worked out once for the same ground."""
        if self._chart is None:
            from safeconduct.cover.chart import Chart  # numpy, which judging never needs

            self._chart = Chart.of(self.network.classes, self._surveyor)
        return self._chart

    def overlap(self, one: str, other: str) -> bool:
        """Whether two areas share ground; an area unknown to the network overlaps everything."""
        known = self.network.areas
        if one not in known or other not in known:
            return True
        return self.network.overlap(one, other)

    def _slots_in(self, party: str, area: str) -> Slots:
        """What the grants of one party yield in one area, by kind and means; worked out once."""
        if (party, area) not in self._slots:
            slots: Slots = defaultdict(list)
            for grant in self.situation.given(party, area):
                standing = self.standings[grant.id]
                for means, yields in standing.yields.items():
                    slot = slots[grant.undertaking.kind, means]
                    slot += [(standing, one) for one in yields if one.spans and area in one.areas]
            self._slots[party, area] = slots
        return self._slots[party, area]

    def ground(self, cls: int) -> Ground:
        """What a class of road asks for, by class number."""
        return self._surveyor.ground(*self.network.classes[cls])

    def turned(self, key: Key, cls: int, leg: LegProfile) -> Turned:
        """When grants (and legal bases, for consents) turn a key on a class, for a leg."""
        wanted = (key, cls, leg)
        if wanted not in self._turned:
            parts = tuple(self._parts(key, cls, leg))
            spans = NEVER
            for part in parts:
                spans = spans | part.spans
            self._turned[wanted] = Turned(spans, parts)
        return self._turned[wanted]

    def _parts(self, key: Key, cls: int, leg: LegProfile) -> Iterable[Part]:
        _, within = self.network.classes[cls]
        yield from self._parts_of(key, key.party, within, leg)
        for relation in self.binders.get(key.party, ()):
            if within.intersection(relation.areas):
                for part in self._parts_of(key, relation.binder, within, leg):
                    yield replace(part, spans=self._bound_spans(key, relation, part))
        if key.kind is UndertakingKind.CONSENT:
            yield from self._bases_for(key, within, leg)

    def _bound_spans(self, key: Key, relation: Binds, part: Part) -> Spans:
        """When a binder's word turns the key of a party it binds."""
        grant = self.standings.by_grant[part.grant].grant
        spans = part.spans & Spans.of([relation.valid])
        return spans - self.standings.lost_for(grant, key.means, key.party, part.statement)

    def _parts_of(
        self, key: Key, party: str, within: frozenset[str], leg: LegProfile
    ) -> Iterable[Part]:
        seen: set[int] = set()  # a yield stands in the slot of each of its areas
        for area in sorted(within):
            for standing, one in self._slots_in(party, area).get((key.kind, key.means), ()):
                reaches = one.also_within is None or within & one.also_within
                if id(one) not in seen and reaches and fits_leg(standing, leg):
                    seen.add(id(one))
                    open_ended = standing.grant.undertaking.open_ended
                    yield Part(
                        one.spans,
                        standing.grant.id,
                        one.statement,
                        one.said_at,
                        open_ended,
                        one.since,
                    )

    def _bases_for(self, key: Key, within: frozenset[str], leg: LegProfile) -> Iterable[Part]:
        for basis in self.bases:
            if (
                key.party in basis.replaces
                and within.intersection(basis.areas)
                and (leg.purpose in basis.purposes or Purpose.ANY in basis.purposes)
                and all(self.is_settled(c, key.party) for c in basis.conditions)
            ):
                valid = basis.valid
                yield Part(Spans.of([valid]), basis.id, "", valid.start, False, BEGINNING)

    def is_settled(self, condition: Condition, party: str) -> bool:
        """Whether a condition of a legal basis is met, or dropped by the party that it binds."""
        return is_done(self.situation, condition.id) or is_dropped(self.situation, condition, party)

    # -- instruments other than a guarantee

    def by_instrument(
        self, key: Key, cls: int, leg: LegProfile, movement: Movement
    ) -> tuple[tuple[Instrument, tuple[Part, ...]], ...]:
        """The instruments that turn a restraint key without a guarantee, and when they do."""
        if key.kind is not UndertakingKind.RESTRAINT or key.party not in self.instruments:
            return ()
        _, within = self.network.classes[cls]
        return tuple(
            (instrument, self._instrument_parts(instrument, key, cls, leg, movement))
            for instrument in self.instruments[key.party]
            if key.means in instrument.means and within.intersection(instrument.areas)
        )

    def _instrument_parts(
        self, instrument: Instrument, key: Key, cls: int, leg: LegProfile, movement: Movement
    ) -> tuple[Part, ...]:
        valid = Spans.of([instrument.valid])
        if instrument.instrument is InstrumentKind.CONSENT:
            consent = Key(UndertakingKind.CONSENT, key.party)
            return tuple(
                replace(part, spans=part.spans & valid)
                for part in self.turned(consent, cls, leg).parts
                if part.statement  # a legal basis replaces consent; it does not make one hold fire
            )
        if self.is_usable(instrument, movement) and self.no_recent_use(instrument, key, cls):
            return (Part(valid, instrument.id, "", BEGINNING, False, BEGINNING),)
        return ()

    def is_usable(self, instrument: Instrument, movement: Movement) -> bool:
        """Whether an instrument with a risk owner has what it needs, recent use left out."""
        if instrument.instrument is InstrumentKind.NOTIFICATION:
            return bool(instrument.risk_owner) and self.office_has_it(movement, instrument.party)
        return instrument.instrument is InstrumentKind.UNREACHABLE and bool(
            instrument.risk_owner and instrument.mitigation and instrument.tried
        )

    def office_has_it(self, movement: Movement, party: str) -> bool:
        """Whether the party's office acknowledged a notice of exactly this version (rule N2)."""
        return any(
            self.is_acknowledged(notice)
            for notice in self.situation.facts_of(Notice, movement.id)
            if notice.to == party and notice.version == movement.version
        )

    def is_acknowledged(self, notice: Notice) -> bool:
        """Whether the office of the party that was told acknowledged this very notice."""
        return any(
            act.level is AckLevel.OFFICE
            and act.party == notice.to == said.actor
            and said.telling is not Telling.INFERRED
            for act, said in self.situation.answers(notice.id, Acknowledge)
        )

    def no_recent_use(self, instrument: Instrument, key: Key, cls: int) -> bool:
        """Whether it was checked, and nothing contradicts, that the means was not used lately.

        Use by a member of the party is use by the party. It counts here wherever it overlaps the
        road or the instrument's own areas, or was told without any place.
        """
        now = self.situation.as_of
        since = now - self.profile.recent_use_s
        touched, within = self.network.classes[cls]
        here = touched.union(instrument.areas)
        used = any(
            told.incident.at >= since and self._is_use(told.incident, key, here)
            for told in self.situation.incidents
        )
        return not used and any(
            check.party == key.party
            and key.means in check.means
            and within.intersection(check.areas)
            and check.during.start <= since
            and check.during.end >= now - DAY_S
            for check in self.situation.facts(NoRecentUse)
        )

    def _is_use(self, incident: Incident, key: Key, here: frozenset[str]) -> bool:
        """Whether an incident may be the key's means, used by its party on this ground."""
        by = incident.attributed_to
        return (
            incident.means is key.means
            and incident.state is not IncidentState.DISMISSED
            and (not by or self.situation.is_of(by, key.party))
            and (
                any(self.overlap(a, b) for a in incident.areas for b in here)
                or (not incident.areas and incident.near is None)
            )
        )

    def open_spans(self, cls: int, leg: LegProfile, movement: Movement) -> Spans:
        """When a class of road is open for a leg: assessed, every key turned, nothing closes it.

        Closures that name edges are not looked at; see `situation.ClosedEdges`.
        """
        ground = self.ground(cls)
        spans = ground.assessed & ground.holder_known
        for _, closed in (*ground.hazards, *ground.closures):
            spans = spans - closed
        for key, asked in (*ground.asked, *ground.consents):
            turned = self.turned(key, cls, leg).spans
            for _, parts in self.by_instrument(key, cls, leg, movement):
                for part in parts:
                    turned = turned | part.spans
            spans = spans - (asked - turned)
        return spans

    # -- crossings

    def crossings_at(self, place: str) -> tuple[tuple[Crossing, Spans], ...]:
        """The crossings at a place, each with when both its sides are open."""
        found = []
        for crossing in self.situation.facts(Crossing):
            if crossing.place == place:
                sides = [self._side_open(crossing.id, side) for side in crossing.sides]
                found.append((crossing, sides[0] & sides[1]))
        return tuple(found)

    def _side_open(self, crossing: str, side: str) -> Spans:
        return Spans.of(
            state.valid
            for state in self.situation.facts(CrossingOpen)
            if state.crossing == crossing and state.side == side
        )


def fits_leg(standing: Standing, leg: LegProfile) -> bool:
    """Whether an undertaking was given for this purpose, this direction and these people."""
    given = standing.grant.undertaking
    return (
        (leg.purpose in given.purposes or Purpose.ANY in given.purposes)
        and (leg.direction in given.directions or Direction.ANY in given.directions)
        and (Movers.ANYONE in given.for_whom or leg.movers <= given.for_whom)
    )

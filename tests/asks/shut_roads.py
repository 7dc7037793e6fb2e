"""Small random countries in which roads are shut for want of words: a few places, parties, areas.

One second is one second, an edge takes a few of them, and a whole trip less than a minute, so that
every moment of every way can be tried. Everybody's word counts as it stands: who said it and how is
the matter of other worlds.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TypeVar

from safeconduct.roads import Network
from safeconduct.roads.network import Edge, Place, Stretch
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Assessment,
    Consent,
    ConsentNeed,
    Convoy,
    Direction,
    Guarantee,
    Hazard,
    Instrument,
    InstrumentKind,
    Leg,
    Means,
    Mines,
    Movement,
    Movers,
    Presence,
    Purpose,
    Record,
    Specificity,
    Undertaking,
    UndertakingKind,
)
from tests.worlds.two_towns import DAY, DEPART, said, window

__all__ = ["SPEED_KMH", "ShutRoads", "shut_roads"]

SPEED_KMH = 36
"""Ten metres, or a hundred decimetres, a second."""

LAND = "land"
"""The area that holds everything."""

_ALWAYS = Span(DEPART - DAY, OPEN_END)
_MEANS = (Means.GROUND_FIRE, Means.AIR_STRIKE, Means.CHECKPOINT)
_KINDS = (UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE, UndertakingKind.CONSENT)
_SPECIFIC = (Specificity.MOVEMENT, Specificity.AREA_AND_TIME)
_Thing = TypeVar("_Thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShutRoads:
    """A country, what is on record there, and a movement between places of it.

    Parameters
    ----------
    ends : of each leg, its first and its last place.
    waits : places at which the column may stand.
    """

    seed: int
    network: Network
    records: tuple[Record, ...]
    movement: Movement
    ends: tuple[tuple[str, str], ...]
    waits: frozenset[str]

    @property
    def seconds(self) -> int:
        """How long there is from the earliest departure to the latest end."""
        return self.movement.latest_at - self.movement.depart_at


def shut_roads(seed: int) -> ShutRoads:
    """The country of this seed."""
    return _Drawing(random.Random(seed), seed).drawn()


@dataclass
class _Drawing:
    rng: random.Random
    seed: int
    areas: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)

    def drawn(self) -> ShutRoads:
        rng = self.rng
        self.parties = ["north", "south", "west"][: rng.randint(1, 3)]
        self.areas = ["hill", "plain", "river"][: rng.randint(1, 3)]
        network = self._network()
        stop = network.places[-1].id
        origin = network.places[0].id
        ends = [(origin, stop), (stop, origin)][: rng.choice([1, 2, 2, 2])]
        if len(ends) == 2 and len(network.places) > 3 and self._maybe(0.2):
            third = network.places[1].id
            ends = [(origin, stop), (stop, third), (third, origin)]
        movement = self._movement(ends)
        return ShutRoads(
            seed=self.seed,
            network=network,
            records=(*self._ground(), *self._words(movement)),
            movement=movement,
            ends=tuple(ends),
            waits=frozenset(one.id for one in network.places if self._maybe(0.25)),
        )

    def _maybe(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _some(self, things: list[_Thing]) -> list[_Thing]:
        """At least one of them, in their order."""
        few = self.rng.sample(range(len(things)), self.rng.randint(1, len(things)))
        return [things[number] for number in sorted(few)]

    def _network(self) -> Network:
        rng, names = self.rng, "abcdef"[: self.rng.randint(3, 5)]
        pairs = [(names[n], rng.choice(names[:n])) for n in range(1, len(names))]
        pairs += [tuple(rng.sample(names, 2)) for _ in range(rng.randint(1, 4))]
        edges = [self._edge(f"e{number}", *pair) for number, pair in enumerate(pairs)]
        places = []
        for name in names:
            touched = {area for area in self.areas if self._maybe(0.2)}
            within = frozenset({LAND} | {one for one in touched if self._maybe(0.8)})
            places.append(Place(name, touched=within | touched, within=within))
        return Network("country", tuple(places), tuple(edges), frozenset({LAND, *self.areas}))

    def _edge(self, id: str, a: str, b: str) -> Edge:
        length = 100 * self.rng.randint(1, 4) - self.rng.choice([0, 0, 30])
        touched, within = [Stretch(LAND, 0, length)], [Stretch(LAND, 0, length)]
        for area in self.areas:
            if not self._maybe(0.55):
                continue
            start, end = 0, length
            if self._maybe(0.3):
                start, end = sorted(self.rng.sample(range(0, length + 1, 10), 2))
            touched.append(Stretch(area, start, end))
            if self._maybe(0.9):
                within.append(Stretch(area, start, end))
        return Edge(id, a, b, length, tuple(touched), tuple(within))

    def _movement(self, ends: list[tuple[str, str]]) -> Movement:
        rng, depart = self.rng, DEPART
        ways = [Direction.IN, Direction.OUT, Direction.OUT]
        return Movement(
            id="relief",
            version=1,
            title="Food",
            organisation="relief",
            zone="UTC",
            depart_at=depart,
            latest_at=depart + rng.choice([14, 20, 30]),
            margin_s=rng.choice([0, 0, 1, 3]),
            convoy=Convoy(vehicles=0, column_m=rng.choice([0, 10, 25])),
            one_way="" if len(ends) > 1 else "it stays there",
            legs=tuple(
                Leg(
                    id=f"leg-{number}",
                    purpose=Purpose.AID_DELIVERY,
                    direction=ways[number],
                    movers=frozenset({Movers.HUMANITARIAN}),
                    origin=start,
                    destination=end,
                    speed_kmh=SPEED_KMH,
                    service_s=rng.choice([0, 0, 2]),
                )
                for number, (start, end) in enumerate(ends)
            ),
        )

    def _ground(self) -> list[Record]:
        rng = self.rng
        facts: list[Record] = [
            Actor(id="relief", name="Relief", kind=ActorKind.HUMANITARIAN),
            *(Actor(id=one, name=one.title(), kind=ActorKind.PARTY) for one in self.parties),
        ]
        places = [*self.areas, LAND] if self._maybe(0.3) else self.areas
        for number in range(rng.randint(1, 4)):
            means = frozenset(one for one in _MEANS if self._maybe(0.4))
            controls = self._maybe(0.5) or not means
            presence = Presence(
                id=f"presence-{number}",
                party=rng.choice(self.parties),
                areas=tuple(self._some(places)) if self._maybe(0.3) else (rng.choice(places),),
                means=means,
                controls=controls,
                valid=_ALWAYS,
            )
            facts.append(presence)
        named = tuple(one.id for one in facts if isinstance(one, Presence))
        assessed = {LAND} if self._maybe(0.9) else set(self._some(self.areas))
        for area in sorted(assessed):
            facts.append(
                Assessment(
                    id=f"looked-at-{area}",
                    areas=(area,),
                    valid=_ALWAYS if self._maybe(0.9) else self._while(),
                    presences=named,
                    mines=Mines.NONE_REPORTED,
                    by="access officer",
                    ground="invented",
                )
            )
        known = LAND if self._maybe(0.92) else rng.choice(self.areas)
        facts.append(
            ConsentNeed(id="whole", areas=(known,), holders=(self.parties[0],), valid=_ALWAYS)
        )
        for area in self.areas:
            if self._maybe(0.25):
                holder = rng.choice(self.parties)
                facts.append(
                    ConsentNeed(id=f"in-{area}", areas=(area,), holders=(holder,), valid=_ALWAYS)
                )
            if self._maybe(0.06):
                facts.append(Hazard(id=f"mined-{area}", hazard="mines", areas=(area,), from_at=0))
        if self._maybe(0.2):
            facts.append(
                Instrument(
                    id="by-consent",
                    party=rng.choice(self.parties),
                    means=frozenset({Means.GROUND_FIRE, Means.AIR_STRIKE}),
                    areas=(rng.choice(places),),
                    instrument=InstrumentKind.CONSENT,
                    reason="its consent is an order to its forces",
                    valid=_ALWAYS if self._maybe(0.5) else self._while(),
                )
            )
        return facts

    def _while(self) -> Span:
        start = DEPART + self.rng.randint(-5, 12)
        return Span(start, start + self.rng.randint(4, 26))

    def _words(self, movement: Movement) -> list[Record]:
        rng, words = self.rng, []
        for number in range(rng.randint(0, 5)):
            party, kind = rng.choice(self.parties), rng.choice(_KINDS)
            when = self._while() if self._maybe(0.7) else Span(DEPART - 60, DEPART + 90)
            given = Undertaking(
                kind=kind,
                means=frozenset(self._some([Means.GROUND_FIRE, Means.AIR_STRIKE]))
                if kind is UndertakingKind.RESTRAINT
                else frozenset(),
                areas=tuple(self._some([*self.areas, LAND])),
                windows=(window(when.start, when.end),),
                purposes=frozenset({Purpose.AID_DELIVERY}),
                directions=frozenset(
                    rng.choice([[Direction.IN], [Direction.OUT], [Direction.ANY], [Direction.ANY]])
                ),
                for_whom=frozenset({Movers.HUMANITARIAN}),
                specificity=rng.choice(_SPECIFIC),
            )
            verb = Consent if kind is UndertakingKind.CONSENT else Guarantee
            act = verb(id=f"word-{number}", party=party, undertaking=given)
            words.append(said(party, DEPART - 7200 + number, act))
        if rng.random() < 0.5:  # the holder of the whole land has often consented to all of it
            given = Undertaking(
                kind=UndertakingKind.CONSENT,
                areas=(LAND,),
                windows=(window(DEPART - 60, DEPART + 90),),
                purposes=frozenset({Purpose.ANY}),
                directions=frozenset({Direction.ANY}),
                for_whom=frozenset({Movers.ANYONE}),
                specificity=_SPECIFIC[0],
            )
            act = Consent(id="land-consent", party=self.parties[0], undertaking=given)
            words.append(said(self.parties[0], DEPART - 7000, act))
        return [movement, *words]

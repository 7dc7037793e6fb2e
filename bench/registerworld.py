"""A synthetic register of signed entries: two offices, five devices, one year; all of it invented.

The country office has a root and three devices that write into the register; two devices of
another office, whose root it trusts, write elsewhere, and what they wrote comes once a week, with a
receipt. What is recorded is the world of `bench/judgements.py` at a tenth of its size, with its
roads, and then what fills registers: counts, positions, words confirmed, guarantees that are over,
checks.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from judgements import (  # the script's own folder is on the path
    DAY_S,
    HOUR_S,
    NOW,
    VALID,
    network,
    records,
)

from safeconduct.adapters.files.replay import NETWORK
from safeconduct.register import Entry, Handling, Head, Store, encode
from safeconduct.register.chain import head_after
from safeconduct.register.hand import SecretHand, signed_entry
from safeconduct.register.keys import KeyIntroduced, OfficeRoot, OfficeTrusted
from safeconduct.register.personal import commit
from safeconduct.register.receipts import Receipt, Received
from safeconduct.register.tree import Frontier
from safeconduct.spacetime import Span, Window
from safeconduct.vocabulary import (
    Confirm,
    Direction,
    Estimate,
    Form,
    Guarantee,
    IncidentCheck,
    Means,
    Movers,
    Position,
    Presence,
    Purpose,
    Record,
    Specificity,
    Statement,
    Suspend,
    Telling,
    Undertaking,
    UndertakingKind,
    Withdraw,
)

__all__ = ["MOVEMENTS", "YEAR_S", "World", "entering", "filled", "hand"]

MOVEMENTS = 100
WEEK_S, YEAR_S = 7 * DAY_S, 365 * DAY_S
AUTHOR = commit("bench", bytes(32))
BATCH = 2_000


def hand(device: str) -> SecretHand:
    """A device whose key is made of its name."""
    return SecretHand(device, hashlib.sha256(device.encode()).digest())


@dataclass
class World:
    """Who writes, and how far their chains are."""

    root: SecretHand
    here: tuple[SecretHand, ...]
    other_root: SecretHand
    there: tuple[SecretHand, ...]
    heads: dict[str, Head] = field(default_factory=dict)
    trees: dict[str, Frontier] = field(default_factory=dict)
    count: int = 0

    @classmethod
    def made(cls) -> World:
        """The two offices, before anybody has written anything."""
        return cls(
            root=hand("root"),
            here=tuple(hand(f"desk-{n}") for n in range(3)),
            other_root=hand("north-root"),
            there=tuple(hand(f"north-{n}") for n in range(2)),
        )

    @classmethod
    def going_on(cls, entries: Iterable[Entry]) -> World:
        """The two offices after they wrote these entries, in any order; for new ones of theirs."""
        world = cls.made()
        for one in sorted(entries, key=lambda one: (one.writer, one.sequence)):
            world.heads[one.writer] = head_after(one)
            world.count += 1
        return world

    def publics(self) -> dict[str, bytes]:
        """The public key of every device, by its id."""
        everybody = (self.root, *self.here, self.other_root, *self.there)
        return {one.writer: one.public for one in everybody}

    def entry(self, by: SecretHand, kind: str, body: Any, recorded_at: int) -> Entry:
        """The next entry of a device, signed."""
        made = signed_entry(
            self.heads.get(by.writer),
            by,
            id=f"{self.count:032x}",
            recorded_at=recorded_at,
            author=AUTHOR,
            kind=kind,
            body=body,
            handling=Handling.INTERNAL,
        )
        self.count += 1
        self.heads[by.writer] = head_after(made)
        self.trees.setdefault(by.writer, Frontier()).add(bytes.fromhex(made.hash))
        return made

    def said(self, by: SecretHand, value: Any, recorded_at: int) -> Entry:
        """The next entry of a device, which holds this value."""
        return self.entry(by, value.tag, encode(value), recorded_at)

    def receipt(self, recorded_at: int) -> Entry:
        """What had come of the other office by then, in the word of the first device here."""
        chains = tuple(
            Received(
                writer=one.writer,
                public=one.public.hex(),
                size=self.heads[one.writer].size,
                root=self.trees[one.writer].root().hex(),
                told_size=self.heads[one.writer].size,
                told_at=recorded_at - HOUR_S,
            )
            for one in (self.other_root, *self.there)
        )
        return self.said(
            self.here[0],
            Receipt(
                bundle=hashlib.sha256(str(recorded_at).encode()).hexdigest(),
                made_by=self.there[0].writer,
                made_at=recorded_at - HOUR_S,
                chains=chains,
            ),
            recorded_at,
        )


def filled(store: Store, count: int, seed: int) -> World:
    """The world that wrote so many entries into an empty store, in a year that ends at NOW."""
    world = World.made()
    for one in (world.root, *world.here):
        store.settle(one.writer)
    batch: list[Entry] = []
    for entry in _written(world, count, random.Random(seed)):
        batch.append(entry)
        if len(batch) == BATCH:
            store.append_all(batch)
            batch.clear()
    store.append_all(batch)
    return world


def entering(name: str, at: int, i: int) -> Iterator[tuple[str, Record]]:
    """One record of each sort that a day brings, about movement `i` and its first party."""
    party, restraint = f"party-{i}", (f"restraint-{i}-0/guarantee",)
    acts: dict[str, Any] = {
        "a guarantee reconfirmed": Confirm(id=f"{name}/c", party=party, of=restraint),
        "a number of people": Estimate(
            id=f"{name}/e", party=party, of_what="people", low=1, high=2, unit="people"
        ),
        "a guarantee withdrawn": Withdraw(id=f"{name}/w", party=party, of=restraint),
        "a truce called off": Suspend(id=f"{name}/s", party=party, what="the truce is over"),
    }
    for what, act in acts.items():
        yield what, _said(act.id.replace("/", "-"), party, act, at)
    yield (
        "a check for incidents",
        IncidentCheck(id=f"{name}-i", areas=(f"region-{i}",), checked_at=at, by="office"),
    )
    yield (
        "a new presence",
        Presence(
            id=f"{name}-p",
            party=party,
            areas=(f"region-{(i + 1) % MOVEMENTS}",),
            valid=VALID,
            means=frozenset({Means.GROUND_FIRE}),
        ),
    )


def _said(name: str, party: str, act: Any, at: int) -> Statement:
    return Statement(
        id=name,
        actor=party,
        said_at=at,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        paraphrase="invented",
        to=("office",),
        acts=(act,),
    )


def _written(world: World, count: int, chance: random.Random) -> Iterator[Entry]:
    begun = NOW - YEAR_S
    yield from _keys(world, begun)
    roads = network(MOVEMENTS)
    yield world.entry(world.here[0], NETWORK, roads.as_json(), begun)
    yield from (world.said(world.here[0], one, begun) for one in records(MOVEMENTS))
    left = count - world.count
    received = begun
    for number in range(max(left, 0)):
        moment = begun + (number + 1) * (YEAR_S - 1) // left
        if moment - received >= WEEK_S and world.count < count:
            received = moment
            yield world.receipt(moment)
        if world.count < count:
            by = chance.choices((*world.here, *world.there), weights=(4, 3, 3, 2, 1))[0]
            yield world.said(by, _filling(number, moment - 60, chance), moment)


def _keys(world: World, at: int) -> Iterator[Entry]:
    for root, office, devices in (
        (world.root, "country", world.here),
        (world.other_root, "north", world.there),
    ):
        public = root.public.hex()
        yield world.said(root, OfficeRoot(office=office, device=root.device, public=public), at)
        for one in devices:
            introduced = KeyIntroduced(device=one.device, public=one.public.hex())
            yield world.said(root, introduced, at)
    other = world.other_root
    trusted = OfficeTrusted(office="north", device=other.device, public=other.public.hex())
    yield world.said(world.root, trusted, at)


def _filling(number: int, at: int, chance: random.Random) -> Record:
    which, i = chance.random(), chance.randrange(MOVEMENTS)
    party, name = f"party-{chance.randrange(MOVEMENTS)}", f"filling-{number}"
    if which < 0.45:
        what = ("people", "patients", "trucks waiting")[number % 3]
        low = chance.randrange(5_000)
        act: Any = Estimate(
            id=f"{name}/e", party=party, of_what=what, low=low, high=2 * low, unit="persons"
        )
    elif which < 0.65:
        act = Position(id=f"{name}/p", party=party, what="aid goes in when all sides agree to it")
    elif which < 0.8:
        act = Confirm(id=f"{name}/c", party=party, of=(f"passage-{i}-{number % 4}/guarantee",))
    elif which < 0.9:
        act = _over(f"{name}/g", party, f"area-{i}-{number % 4}", at)
    else:
        return IncidentCheck(id=name, areas=(f"region-{i}",), checked_at=at, by="office")
    return _said(name, party, act, at)


def _over(name: str, party: str, area: str, at: int) -> Guarantee:
    """A guarantee for one day, soon after it was given."""
    day = Window(Span(at + HOUR_S, at + HOUR_S + DAY_S), "UTC", "for a day")
    undertaking = Undertaking(
        kind=UndertakingKind.PASSAGE,
        areas=(area,),
        windows=(day,),
        purposes=frozenset({Purpose.AID_DELIVERY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.HUMANITARIAN}),
        specificity=Specificity.AREA_AND_TIME,
    )
    return Guarantee(id=name, party=party, undertaking=undertaking)

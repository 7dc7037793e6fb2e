"""A withdrawal that an office has written and not passed on, and what the others may still answer.

Two towns in a register of three offices. Birch records what the north says; the others require its
word for the north, so many seconds old at most. On the morning of the convoy Birch records that the
north takes its word back, and nobody may be sure of hearing it: bundles are late, lost, cut short,
made without what is restricted, or relayed by an office that leaves out a part; a device is stolen
and followed by another. Each answer is held against the plain record of what had come where:

- who has the withdrawal never answers GO;
- who does not have it answers GO at most until the limit of freshness after it was written, and no
  GO that was given lasts longer;
- who heard Birch whole and lately, with no withdrawal yet, answers GO (else nothing was tried).
"""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.bundlefile import read, write
from safeconduct.adapters.memory import MemoryStore
from safeconduct.app.hearing import clock_doubt, hearing_of
from safeconduct.clearance import Judge, Judgement, Verdict
from safeconduct.errors import BundleRefused
from safeconduct.register import Entry, Handling, encode, rooted
from safeconduct.register.bundle import Bundle, signed
from safeconduct.register.hand import SecretHand
from safeconduct.register.note import Checkpoint, Note
from safeconduct.situation import picture, records_of
from safeconduct.vocabulary import Record, RequiredWriter, Statement, Withdraw
from tests.simulation.model import Model
from tests.unit.register.offices import Office, a_hand
from tests.worlds.two_towns import HOUR, MONTH, POLICY, TOWNS, may, said

MOVEMENT = "relief-to-birch"
NORTHERN = [r for r in TOWNS.records if isinstance(r, Statement) and r.actor == "north"]
OTHERS = [r for r in TOWNS.records if r not in NORTHERN]
FOUNDED, BEGINS, ENDS = may(6, 6), may(6, 7), may(6, 8, 59)
"""From the second of these to the third the answer is GO, by all that was said before."""


@dataclass(frozen=True)
class Answer:
    """What an office was told, when, and whether it had the withdrawal then."""

    office: str
    at: int
    judgement: Judgement
    has_it: bool

    @property
    def goes(self) -> bool:
        return self.judgement.verdict is Verdict.GO


class Morning:
    """One morning, drawn from a seed. `wrong` names every answer that may not be."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(f"morning {seed}")
        self.model, self.told, self.wrong = Model(), Counter[str](), list[str]()
        self.answers: list[Answer] = []
        self.mail: list[tuple[Office, bytes]] = []
        self.withdrawn: Entry | None = None
        self.stolen = False
        self.fresh_s = self.chance.choice((60, 600, 1_800, HOUR))
        self._found()

    def _found(self) -> None:
        chance = self.chance
        Office.clock = FOUNDED
        self.alder, self.coast = Office("alder"), Office("coast")
        self.birch = Office("birch", devices=chance.choice((1, 1, 2)))
        self.offices = [self.alder, self.coast, self.birch]
        if chance.random() < 0.5:  # the root's key is in the safe, and says nothing of its chain
            self.birch.settled.remove(self.birch.root)
        if chance.random() < 0.4:  # a device of Birch with a store of its own, out with the north
            self._field("birch-field")
        self.by = chance.choice([one for one in self.offices if one.root is self.birch.root])
        for office in (self.alder, self.coast, self.birch):
            office.trust(*(o for o in self.offices[:3] if o is not office))
        self._write(self.alder, OTHERS)
        for field in self.offices[3:]:  # it hears of its root first
            self._take(field, self.birch.give())
        for giver in self.offices[1:]:
            self._take(self.alder, giver.give())
        self._write(self.by, NORTHERN)
        whole = {"office": "birch"}
        who = chance.choice((whole, whole, {"writer": self.by.hand.writer}))
        required = RequiredWriter(
            id="required",
            party="north",
            fresh_within_s=self.fresh_s,
            valid=MONTH,
            by="head of office",
            decided_at=FOUNDED,
            **who,
        )
        self._write(self.alder, [required])
        self.by_office, self.late, self.late_since = who is whole, False, ENDS
        Office.clock = BEGINS
        self._take(self.alder, self.by.give())
        bundles = {giver.name: giver.give() for giver in (self.alder, self.birch)}
        for office in self.offices:
            for giver, bundle in bundles.items():
                if office.name != giver:
                    self._take(office, bundle)

    def _write(self, office: Office, records: Iterable[Record]) -> None:
        for one in records:
            hand = office.hand
            entry = office.write(hand, one, body=encode(one), handling=Handling.INTERNAL)
            self.model.said(office.name, entry)

    # -- what happens

    def run(self, actions: int) -> list[str]:
        """Carries out so many things, one after another; gives what is wrong."""
        kinds: dict[Callable[[], Any], int] = {
            self.send: 5, self.deliver: 7, self.relay: 2, self.cut: 2, self.damage: 1,
            self.steal: 1, self.withdraw: 3, self.grow: 2,
        }  # fmt: skip
        for _ in range(actions):
            step_s = self.chance.choice((1, 30, self.fresh_s, self.fresh_s + 1, 300, 900))
            Office.clock = max(Office.clock, min(Office.clock + step_s, ENDS - 400))
            (act,) = self.chance.choices(list(kinds), list(kinds.values()))
            act()
            for office in self.offices:
                self._ask(office)
        if self.withdrawn is None:
            self.withdraw()
        self._at_the_limit()
        self._check()
        return self.wrong

    def withdraw(self) -> None:
        """The north takes its word back, and one device knows; some keep it to themselves."""
        if self.withdrawn is not None:
            return
        act = Withdraw(id="taken-back", party="north", of=("north-passage",))
        word = said("north", Office.clock, act)
        hand = self.chance.choice(self.by.hands) if self.by_office else self.by.hand
        level = self.chance.choice((Handling.INTERNAL, Handling.RESTRICTED))
        self.withdrawn = self.by.write(hand, word, body=encode(word), handling=level)
        self.model.said(self.by.name, self.withdrawn)

    def _field(self, name: str) -> Office:
        """A device of Birch with a store of its own."""
        device = a_hand(name)
        self.birch.introduce(device)
        field = Office(name, root=self.birch.root)
        field.hands = field.settled = [device]
        field.store = MemoryStore(root=self.birch.root.writer)
        field.store.settle(device.writer)
        self.offices.append(field)
        return field

    def grow(self) -> None:
        """Birch lets one more device write, out with the north, which may hear of it first."""
        if self.late or not self.by_office:
            return
        field, self.late, self.late_since = self._field("birch-late"), True, Office.clock
        self._take(field, self.birch.give())
        if self.withdrawn is None and self.chance.random() < 0.7:
            self.by = field
        self.told["grown"] += 1

    def send(self) -> None:
        """A bundle leaves an office: all of it, or without what is restricted; some are lost."""
        office, to = self.chance.sample(self.offices, 2)
        level = self.chance.choice((Handling.CONFIDENTIAL, Handling.INTERNAL))
        bundle = office.give(self.chance.choice(office.settled), handling=level)
        if self.chance.random() < 0.2:
            self.told["lost"] += 1
        else:
            self.mail.append((to, write(bundle)))

    def deliver(self) -> None:
        """A bundle arrives, soon or late."""
        if self.mail:
            to, data = self.mail.pop(self.chance.randrange(len(self.mail)))
            self._take(to, read(data))

    def relay(self) -> None:
        """One office hands on at once what it holds."""
        office, to = self.chance.sample(self.offices, 2)
        self._take(to, office.give())

    def cut(self, office: Office | None = None, to: Office | None = None) -> None:
        """An office hands on what it holds but for the end of one chain, and signs that."""
        one, other = self.chance.sample(self.offices, 2)
        office, to = office or one, to or other
        bundle, word = office.give(), self.withdrawn
        victims = [c for c in bundle.chains if c.links and c.writer in self._asked()]
        if not victims:
            return
        chain = self.chance.choice(victims)
        links = chain.links[: -self.chance.choice((1, 1, 2))]
        roots = [c for c in victims if c.writer == self.birch.root.writer]
        if self.late and roots and self.chance.random() < 0.4:  # so nobody knows of the new device
            (chain,) = roots
            links = chain.links[:-1]
        elif word is not None and any(c.writer == word.writer for c in victims):
            chain = next(c for c in victims if c.writer == word.writer)
            links = chain.links[: word.sequence]
        hashes = [link.hash for link in links]
        less = dataclasses.replace(
            chain, size=len(links), links=links, root=rooted(chain.writer, hashes).root
        )
        heads = bundle.heads
        if self.chance.random() < 0.5:  # also what the writer said of its length
            heads = tuple(head for head in heads if head[0] != chain.writer)
        chains = tuple(less if one is chain else one for one in bundle.chains)
        hand = office.hand
        bundle = dataclasses.replace(bundle, chains=chains, heads=heads)
        self.told["cut"] += 1
        self._take(to, signed(bundle, hand.sign(bundle.manifest_bytes())))

    def damage(self) -> None:
        """A bundle is broken off on its way: refused, and nothing of it is heard."""
        office, to = self.chance.sample(self.offices, 2)
        data = write(office.give())
        try:
            read(data[: self.chance.randrange(len(data))])
        except BundleRefused:
            self.told["broken"] += 1
        else:
            self.wrong.append(f"{to.name} could read a bundle that was broken off")

    def steal(self) -> None:
        """A device of Birch is gone; its key is revoked as it was, and another stands in for it."""
        if self.stolen or self.by is not self.birch:
            return
        self.stolen, old = True, self.birch.hand
        head = self.birch.store.head(old.writer)
        assert head is not None
        new = a_hand("birch-next")
        self.birch.store.settle(new.writer)
        self.birch.revoke(old.writer, head.size, head.hash)
        self.birch.introduce(new, instead_of=old.writer)
        swapped: list[list[SecretHand]] = [
            [new if one is old else one for one in hands]
            for hands in (self.birch.hands, self.birch.settled)
        ]
        self.birch.hands, self.birch.settled = swapped
        self.told["stolen"] += 1

    def _required(self) -> set[str]:
        of_birch = [one for one in self.offices if one.root is self.birch.root]
        return {hand.writer for office in of_birch for hand in office.hands}

    def _asked(self) -> set[str]:
        """Whose word must be whole and fresh: of an office that of its root, too."""
        if not self.by_office:
            return {self.by.hand.writer}
        return {*self._required(), self.birch.root.writer}

    def _take(self, to: Office, bundle: Bundle) -> None:
        to.take(bundle)
        heads = [(w, Checkpoint.parse(Note.parse(n.encode()).text)) for w, n in bundle.heads]
        told = [(writer, head.size, head.at or 0) for writer, head in heads]
        for line, at in ((line, head.at) for _, head in heads for line in head.more):
            _, root, size, _ = line.split()  # of a device beside its root
            told.append((root, int(size), at or 0))
        self.model.delivered(to.name, bundle, told)
        self.told["delivered"] += 1

    # -- what is answered

    def _ask(self, office: Office) -> None:
        at, store = office.now(), office.store
        found = office.view(at)
        hearing = hearing_of(found, store, known_at=at, clock=clock_doubt(found, store, at))
        known = picture(records_of(found.entries), as_of=at, known_at=at, hearing=hearing)
        if MOVEMENT not in known.movements:
            return
        judgement = Judge(known, TOWNS.network, POLICY).judge(MOVEMENT)
        word = self.withdrawn
        has_it = word is not None and word.id in self.model.stores[office.name].contents
        answer = Answer(office.name, at, judgement, has_it)
        self.answers.append(answer)
        self._check_heard(answer)

    def _at_the_limit(self) -> None:
        """Everybody is asked about when the limit after the withdrawal is past, if that is ahead.

        Just then a part of what was written comes from the office that has the withdrawal.
        """
        assert self.withdrawn is not None
        limit = self.withdrawn.recorded_at + self.fresh_s
        for office in self.offices:
            if Office.clock < limit <= ENDS:
                Office.clock = limit - 1
            self._ask(office)
        if self.chance.random() < 0.5:
            self.steal()
        for office in self.offices:
            kind = self.chance.choice(("nothing", "not restricted", "cut", "cut"))
            if office is not self.by and kind == "cut":
                self.cut(self.by, office)
            elif office is not self.by and kind == "not restricted":
                self._take(office, self.by.give(handling=Handling.INTERNAL))
        for office in self.offices:
            if Office.clock < ENDS:
                self._ask(office)

    def _check_heard(self, answer: Answer) -> None:
        """Who heard every device lately, all of what it wrote, and of no withdrawal, may go."""
        arrived = self.model.stores[answer.office]
        office = next(one for one in self.offices if one.name == answer.office)
        if self.stolen or self.told["cut"] or answer.has_it or office is self.by:
            return
        devices = self._asked() - office.store.here()
        whole = all(arrived.sizes[one] >= arrived.told_size[one] for one in devices)
        word = self.withdrawn
        dark = word is not None and arrived.sizes[word.writer] > word.sequence
        since = answer.at - self.fresh_s
        lately = all(arrived.told_at.get(one, 0) >= since for one in devices)
        if whole and lately and not dark:
            self.told["heard"] += 1
            if not answer.goes:
                codes = [f.code for f in answer.judgement.findings if f.rule == "R1"]
                self.wrong.append(f"{answer.office} heard all and may not go: {codes}")

    def _check(self) -> None:
        assert self.withdrawn is not None
        limit = self.withdrawn.recorded_at + self.fresh_s
        for one in self.answers:
            self.told["answers"] += 1
            self.told["go"] += one.goes
            if not one.goes:
                continue
            self.told["go without knowing"] += one.at > self.withdrawn.recorded_at
            self.told["go with a new device"] += self.late and one.at > self.late_since
            if one.has_it:
                self.wrong.append(f"{one.office} goes at {one.at} and has the withdrawal")
            elif one.at > limit:
                self.wrong.append(f"{one.office} goes at {one.at}, {one.at - limit} s too late")
            elif one.judgement.expires is None or one.judgement.expires > limit + 1:
                self.wrong.append(f"{one.office} may go until {one.judgement.expires}")
        late = [one for one in self.answers if one.at > limit and not one.has_it]
        self.told["stopped unknowing"] += len(late)


def run(seed: int, count: int, say: Callable[[str], None]) -> dict[str, Any]:
    """How many mornings, how many were wrong, and how often each thing happened."""
    happened, wrong = Counter[str](), 0
    for number in range(count):
        morning = Morning(f"{seed}/{number}")
        found = morning.run(ACTIONS)
        happened += morning.told
        wrong += bool(found)
        for complaint in found[:3]:
            say(f"morning {seed}/{number}: {complaint}")
    return {"mornings": count, "wrong": wrong, "happened": dict(sorted(happened.items()))}


ACTIONS = 8
"""So much happens on a morning."""

"""One history drawn from a seed, and every way in which the stores disagree with the model."""

from __future__ import annotations

import dataclasses
import random
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass

from safeconduct.adapters.bundlefile import read, write
from safeconduct.adapters.memory import MemoryStore
from safeconduct.errors import BundleRefused, KeyRefused
from safeconduct.register import Entry, Handling, Withheld, register_head, rooted
from safeconduct.register.bundle import Bundle, BundleChain, signed
from safeconduct.register.hand import signed_entry
from safeconduct.register.handover import resting
from safeconduct.register.note import Checkpoint, Note
from safeconduct.register.store import writing_in
from safeconduct.register.view import View
from tests.simulation.handing_over import believe, move, restore_elsewhere
from tests.simulation.handing_over import complaints as of_stopped
from tests.simulation.model import Arrived, Model
from tests.simulation.revoked import complaints
from tests.unit.register.offices import AUTHOR, NOON, Ids, Office, a_hand

FAR_AHEAD = 100_000
"""A clock that is ahead by more than a whole history lasts."""


@dataclass
class Parcel:
    """A bundle under way, as bytes; `ghost` when a copy of an office or a thief made it."""

    data: bytes
    bundle: Bundle
    ghost: bool


@dataclass(frozen=True)
class Snapshot:
    """What a store answered about a moment."""

    store: str
    moment: int
    answer: tuple[object, ...]


def answer(found: View) -> tuple[object, ...]:
    return (
        tuple(entry.hash for entry in found.entries),
        tuple((w, s.size, s.complete_at, s.doubts) for w, s in found.writers.items()),
    )


def doubts_of(found: View, writer: str) -> set[str]:
    """What is to be doubted of a writer; of one that nobody has heard of, that."""
    state = found.writers.get(writer)
    return {doubt.value for doubt in state.doubts} if state else {"unheard"}


class Schedule:
    """A history of a few offices. `wrong` names what the stores say and the model does not."""

    def __init__(self, seed: str) -> None:
        self.chance = random.Random(seed)
        self.model, self.told = Model(), Counter[str]()
        self.wrong: list[str] = []
        Office.clock = NOON
        self.offices: list[Office] = []
        self.ghosts: list[Office] = []
        self.backups: dict[str, Office] = {}
        self.backed_up_at: dict[str, int] = {}
        self.arrived_then: dict[str, Arrived] = {}
        self.mail: list[tuple[Office, Parcel]] = []
        self.snapshots: list[Snapshot] = []
        self.last_from: dict[tuple[str, str], Bundle] = {}
        self.stopped: set[str] = set()
        self._found()

    def _found(self) -> None:
        chance = self.chance
        for number in range(chance.choice((2, 3, 3, 3, 3, 3, 4, 5))):
            skew = chance.choice((0, 0, 0, 0, 100, -100, FAR_AHEAD))
            self._join(Office(f"o{number}", devices=chance.choice((1, 1, 1, 2)), skew=skew))
        if chance.random() < 0.25:  # a device of the first office with a store of its own
            home, device = self.offices[0], a_hand("field-1")
            home.introduce(device)
            field = Office("field", root=home.root, skew=home.skew)
            field.hands = field.settled = [device]
            field.store = MemoryStore(root=home.root.writer)
            field.store.settle(device.writer)
            self._join(field)
            self._note_own(home)
        for office in self.offices:
            others = [o for o in self.offices if o.owns_root and o is not office]
            known = [o for o in others if chance.random() < 0.8]
            if office.owns_root:
                office.trust(*known)
                self._note_own(office)
            if chance.random() < 0.3:
                self._back_up(office)

    def _join(self, office: Office) -> None:
        self.offices.append(office)
        self._note_own(office)
        for hand in office.settled:
            self.model.skew[hand.writer] = office.skew

    def _note_own(self, office: Office) -> None:
        for hand in office.settled:
            for entry in office.store.entries(hand.writer):
                self.model.said(office.name, entry)

    # -- what happens

    def run(self, actions: int) -> list[str]:
        """Carries out so many actions and a last exchange; gives what was wrong."""
        kinds = {
            self.say: 25, self.send: 30, self.deliver: 45, self.damage: 6, self.forge: 8,
            self.copy: 3, self.steal: 3, self.back_up: 3, self.restore: 3, self.trust_more: 4,
            self.move: 4, self.restore_elsewhere: 6, self.believe: 3,
        }  # fmt: skip
        for _ in range(actions):
            self._remember()
            (act,) = self.chance.choices(list(kinds), list(kinds.values()))
            act()
            self._check_past(1)
        self._last_exchange()
        self._check_past(8)
        return self.wrong

    def some(self) -> Office:
        return self.chance.choice(self.offices)

    def say(self) -> None:
        office = self.chance.choice([*self.offices, *self.ghosts])
        words = self.chance.choice(("guarantee", "guarantee", "withdraw", "announce"))
        level = self.chance.choice((Handling.INTERNAL, Handling.INTERNAL, Handling.RESTRICTED))
        entry = office.say(words, self.chance.choice(office.hands), handling=level)
        self.told["said"] += 1
        if office not in self.ghosts:
            self.model.said(office.name, entry)

    def send(self) -> None:
        office = self.chance.choice([*self.offices, *self.ghosts])
        to = self.some()
        kind = self.chance.choice(("full", "full", "since", "limited"))
        how: dict[str, object] = {}
        if kind == "limited":
            how["handling"] = Handling.INTERNAL
            if office not in self.ghosts and self.chance.random() < 0.5:
                withheld = office.say("withdraw", handling=Handling.RESTRICTED)
                self.model.said(office.name, withheld)
        if kind == "since" and (last := self.last_from.get((office.name, to.name))):
            how["since"] = last.holdings()
        bundle = office.give(self.chance.choice(office.settled), **how)
        self.told[kind] += 1
        self.mail.append((to, Parcel(write(bundle), bundle, office in self.ghosts)))

    def deliver(self) -> None:
        if not self.mail:
            return
        to, parcel = self.chance.choice(self.mail)
        fate = self.chance.random()
        if fate < 0.75:  # else it comes once more, some time
            self.mail.remove((to, parcel))
        if fate < 0.08:
            self.told["dropped"] += 1
        elif to in self.offices:
            self._hand_over(to, read(parcel.data))

    def _hand_over(self, to: Office, bundle: Bundle) -> bool:
        """Whether a bundle was merged and every writer in it was known."""
        try:
            merged = to.take(bundle, self.chance.choice(to.hands))
        except KeyRefused:  # a device that has not heard of its root yet
            self.told["too_early"] += 1
            return False
        self.told["delivered"] += 1
        self.last_from[(to.name, bundle.office)] = bundle
        self._note_own(to)
        heads = [(w, Checkpoint.parse(Note.parse(n.encode()).text)) for w, n in bundle.heads]
        found = to.view()
        known = [(writer, head) for writer, head in heads if found.ring.get(writer)]
        told = [(writer, head.size, head.at or 0) for writer, head in known]
        self.model.delivered(to.name, bundle, told)
        # Of a chain that came with another's key nothing is looked at.
        unread = {
            no.writer for c in merged.chains for no in c.not_taken if no.reason == "wrong-key"
        }
        seen_at = self.model.stores[to.name].seen_at
        for root, at in (
            (line.split()[1], head.at or 0) for _, head in known for line in head.more
        ):
            seen_at[root] = max(at, seen_at.get(root, at))  # by a device beside it
        for chain in bundle.chains:
            if found.ring.get(chain.writer) and chain.first == 0 and chain.writer not in unread:
                for link in chain.links:
                    if isinstance(link, Entry) and link.id not in self.model.forged:
                        self.model.branches[link.writer, link.sequence].add((link.id, to.name))
        self._check(to, found)
        self._check_withheld(to, bundle, found)
        refused = {no.reason for one in merged.chains for no in one.not_taken}
        return "unknown-key" not in refused

    def damage(self) -> None:
        """Cut short or with a bit turned: refused, or the very same bundle; the store untouched."""
        if not self.mail:
            return
        _, parcel = self.chance.choice(self.mail)
        data = bytearray(parcel.data)
        at = self.chance.randrange(len(data))
        if self.chance.random() < 0.5:
            del data[at:]
        else:
            data[at] ^= 1 << self.chance.randrange(8)
        self.told["damaged"] += 1
        try:
            if read(bytes(data)) != parcel.bundle:
                self.wrong.append(f"a bundle damaged at byte {at} was read as another one")
        except BundleRefused as refused:
            self.told["refused"] += 1
            if not str(refused).strip():
                self.wrong.append("a damaged bundle was refused without a reason")

    def forge(self) -> None:
        """An entry that no true key signed, in a bundle that a stranger signed."""
        victim, to = self.some(), self.some()
        thief = a_hand("thief")
        hand = self.chance.choice(victim.hands)
        bundle = victim.give()
        chains = {one.writer: one for one in bundle.chains}
        kind = self.chance.choice(("unknown", "wrong-key", "wrong-signature", "own-key-given"))
        writer = thief.writer if kind == "unknown" else hand.writer
        signer = dataclasses.replace(_Named(thief.public, writer), sign=thief.sign)
        forged = signed_entry(
            None if kind == "unknown" else victim.store.head(writer), signer,
            id=Ids(f"forged {self.chance.random()}")(), recorded_at=victim.now(), author=AUTHOR,
            kind="statement", body={"is": "statement", "says": "all clear"},
            handling=Handling.PUBLIC,
        )  # fmt: skip
        if kind == "wrong-signature":
            forged = dataclasses.replace(forged, signature="ab" * 64)
        self.model.forged.add(forged.id)
        links = (*(chains[writer].links if writer in chains else ()), forged)
        public = hand.public if kind in ("wrong-key", "wrong-signature") else thief.public
        hashes = [link.hash for link in links]
        made = BundleChain(
            writer=writer, public=public.hex(), first=0, size=len(links),
            root=rooted(writer, hashes).root, links=links,
        )  # fmt: skip
        chains[writer] = made
        bundle = dataclasses.replace(
            bundle, made_by=thief.writer, public=thief.public.hex(), office="thief",
            chains=tuple(chains[name] for name in sorted(chains)),
        )  # fmt: skip
        bundle = signed(bundle, thief.sign(bundle.manifest_bytes()))
        self.told["forged"] += 1
        self.mail.append((to, Parcel(write(bundle), bundle, False)))

    def copy(self) -> None:
        """Somebody has a copy of an office's device, keys and all, and writes on with it."""
        office = self.some()
        ghost = copied(office)
        # An office whose root forks is another matter: here only its devices do.
        ghost.settled = ghost.hands
        self._goes_on(ghost)
        self.told["copies"] += 1
        if self.chance.random() < 0.6:
            self.model.said(office.name, office.say("withdraw"))

    def steal(self) -> None:
        """A device is taken; its office revokes the key as it was then."""
        office = self.some()
        if not office.owns_root:
            return
        self.copy_of(office)
        for hand in office.hands[:1]:
            head = office.store.head(hand.writer)
            size, last = (head.size, head.hash) if head else (0, "0" * 64)
            if hand.writer not in self.model.revoked:
                office.revoke(hand.writer, size, last)
                self.model.revoked[hand.writer] = (size, last)
            new = a_hand(f"{hand.device}-next")
            office.store.settle(new.writer)
            office.introduce(new, instead_of=hand.writer)
            office.hands = [new if one is hand else one for one in office.hands]
            office.settled = [new if one is hand else one for one in office.settled]
            self.model.skew[new.writer] = office.skew
        self._note_own(office)
        self.told["stolen"] += 1

    def copy_of(self, office: Office) -> None:
        ghost = copied(office)
        ghost.hands = ghost.settled = office.hands[:1]
        self._goes_on(ghost)

    def _goes_on(self, ghost: Office) -> None:
        self.ghosts.append(ghost)
        self.model.tainted |= {hand.writer for hand in ghost.hands}
        ghost.say("guarantee")
        bundle = ghost.give(ghost.hand)
        self.mail.append((self.some(), Parcel(write(bundle), bundle, True)))

    def back_up(self) -> None:
        self._back_up(self.some())

    def _back_up(self, office: Office) -> None:
        self.backups[office.name] = copied(office)
        self.backed_up_at[office.name] = office.now()
        self.arrived_then[office.name] = deepcopy(self.model.stores[office.name])

    def _to_restore(self) -> tuple[Office, Office] | None:
        """An office and its backup, which can be restored; the root has written nothing since."""
        office = next((one for one in self.offices if one.name in self.backups), self.some())
        backup = self.backups.pop(office.name, None)
        if backup is None or not office.owns_root:
            return None
        if backup.store.head(office.root.writer) != office.store.head(office.root.writer):
            return None
        self.model.forgotten(office.name)
        self.model.stores[office.name] = self.arrived_then.pop(office.name)
        return office, backup

    def restore(self) -> None:
        """An office goes on with its backup, and has forgotten all that came after."""
        found = self._to_restore()
        if found is None:
            return
        office, backup = found
        office.store = backup.store
        office.ids = Ids(f"{office.name} restored at {Office.clock}")
        self.model.tainted |= {hand.writer for hand in office.hands}
        self.snapshots = [one for one in self.snapshots if one.store != office.name]
        self.told["restored"] += 1

    def restore_elsewhere(self) -> None:
        """A backup is restored on another machine, which goes on with new keys."""
        found = self._to_restore()
        if found is None:
            return
        office, backup = found
        then = self.backed_up_at[office.name]
        self.stopped |= {*restore_elsewhere(office, backup.store, then)}
        for hand in office.hands:
            self.model.skew[hand.writer] = office.skew
        self._note_own(office)
        # What was answered about a moment before the backup is answered so by what it brought back.
        self.snapshots = [o for o in self.snapshots if o.store != office.name or o.moment <= then]
        self.told["restored_elsewhere"] += 1

    def believe(self) -> None:
        """The root says how much it believes of a device that stopped at a restored register."""
        for office in self.offices:
            stopped = self.stopped & resting(office.store.handovers()).keys()
            open_ = sorted(stopped - self.model.revoked.keys() - self.model.tainted)
            if open_ and office.owns_root:
                self.model.revoked[open_[0]] = believe(office, open_[0])
                self._note_own(office)
                self.told["believed"] += 1
                return

    def move(self) -> None:
        """An office goes on in another store; every answer that it gave stays what it was."""
        self.wrong += move(self.some())
        self.told["moved"] += 1

    def trust_more(self) -> None:
        office = self.some()
        others = [o for o in self.offices if o.owns_root and o is not office]
        if office.owns_root:
            office.trust(self.chance.choice(others))
            self._note_own(office)

    # -- what must hold

    def _remember(self) -> None:
        office = self.some()
        moment = office.now()
        found = office.view(moment)
        self._check(office, found)
        self.snapshots.append(Snapshot(office.name, moment, answer(found)))

    def _check_past(self, count: int) -> None:
        """Law 9: what was known at a moment stays what was known at it."""
        by_name = {office.name: office for office in self.offices}
        for one in self.chance.sample(self.snapshots, min(count, len(self.snapshots))):
            self.told["looked_back"] += 1
            if answer(by_name[one.store].view(one.moment)) != one.answer:
                self.wrong.append(f"{one.store} changed its answer about {one.moment}")

    def _check(self, office: Office, found: View) -> None:
        arrived = self.model.stores[office.name]
        for entry in found.entries:
            if entry.id in self.model.forged:
                self.wrong.append(f"{office.name} counts the forged entry {entry.id}")
            elif entry.id not in arrived.contents and entry.writer not in self.model.tainted:
                self.wrong.append(f"{office.name} counts {entry.id}, which never came there")
        for writer, state in found.writers.items():
            told = arrived.told_at.get(writer)
            if writer in office.store.here():
                continue
            ever = max(
                (at for at in (told, arrived.seen_at.get(writer)) if at is not None), default=0
            )
            if state.complete_at is not None and state.complete_at > ever:
                self.wrong.append(f"{office.name} takes {writer} for fresher than it said")
            self.told["fresher_by_a_device"] += (state.complete_at or 0) > (told or 0)
            if writer in self.model.tainted:
                continue
            if told is not None and (state.complete_at or 0) < min(told, found.moment):
                self.wrong.append(f"{office.name} takes {writer} for older than it said")
            if state.size > arrived.sizes[writer]:
                self.wrong.append(f"{office.name} has more of {writer} than came")
            gapped = "gapped" in {doubt.value for doubt in state.doubts}
            if state.complete_at and not gapped and arrived.told_size[writer] > state.size:
                self.wrong.append(f"{office.name} does not say that {writer} has a gap")

    def _check_withheld(self, office: Office, bundle: Bundle, found: View) -> None:
        arrived = self.model.stores[office.name]
        for chain in bundle.chains:
            state = found.writers.get(chain.writer)
            if state is None or chain.writer in self.model.tainted:
                continue
            dark = [n for n in chain.links if isinstance(n, Withheld) and n.sequence < state.size]
            held = {e.sequence for e in office.store.entries(chain.writer)}
            lacking = [one for one in dark if one.sequence not in held]
            self.told["withheld"] += len(lacking)
            if lacking and "withheld" not in {doubt.value for doubt in state.doubts}:
                self.wrong.append(f"{office.name} does not say what is withheld of {chain.writer}")
        if arrived.contents & self.model.forged:
            arrived.contents -= self.model.forged

    # -- the end

    def _last_exchange(self) -> None:
        for office in self.offices:
            if office.owns_root:
                known = office.view().ring
                office.trust(*(
                    other for other in self.offices
                    if other.owns_root and other is not office
                    and known.get(other.root.writer) is None
                ))  # fmt: skip
                self._note_own(office)
        sizes: dict[str, int] = {}
        # What is found out about forks in the first round goes about in the second.
        for number in range(2 if self.model.tainted else 1):
            if number == 0:
                sizes = {h.writer: h.size for o in self.offices for h in o.store.heads()
                         if h.writer in writing_in(o.store)}  # fmt: skip
            if self.chance.random() < 0.75:  # by way of one office
                hub = self.chance.choice([o for o in self.offices if o.owns_root])
                rest = [office for office in self.offices if office is not hub]
                self._take_all(hub, [office.give() for office in rest])
                bundle = hub.give()
                for office in rest:
                    self._take_all(office, [bundle])
            else:
                bundles = [office.give() for office in self.offices]
                for own, office in enumerate(self.offices):
                    self._take_all(office, [*bundles[:own], *bundles[own + 1 :]])
        self._check_end(sizes)

    def _take_all(self, office: Office, bundles: list[Bundle]) -> None:
        """In any order, one twice; what names a writer not known yet comes after the others again.

        A device that has not heard of its root yet waits for the bundle that brings it.
        """
        given = [*bundles, self.chance.choice(bundles)] if len(bundles) > 1 else bundles
        self.chance.shuffle(given)
        again = [bundle for bundle in given if not self._hand_over(office, bundle)]
        again = [bundle for bundle in again if not self._hand_over(office, bundle)]
        if again:
            self.wrong.append(f"{office.name} could not take a bundle at the end")

    def _check_end(self, sizes: dict[str, int]) -> None:
        sound = sorted(set(sizes) - self.model.tainted)
        heads = set()
        for office in self.offices:
            chains = [rooted(w, office.store.hashes(w)[: sizes[w]]) for w in sound]
            heads.add(register_head(chains))
            found = office.view()
            for writer in sound:
                self._check_sound(office, found, writer)
            for writer in self.model.forked():
                doubts = doubts_of(found, writer)
                # Of a revoked key the root says which chain counts; that is checked below.
                if (
                    writer not in self.model.revoked
                    and "forked" not in doubts
                    and (
                        office.name in (tellers := self.model.tellers(writer))
                        or any(self._is_believed(teller) for teller in tellers)
                    )
                ):
                    self.wrong.append(f"{office.name} does not say that {writer} forked: {doubts}")
            for writer in self.model.revoked:
                self.wrong += complaints(self.model, office, found, writer)
        views = {office.name: office.view() for office in self.offices}
        stopped = sorted(self.stopped - self.model.tainted)
        self.wrong += of_stopped(self.offices, views, stopped, self.model.revoked)
        self.told["forked"] += len(self.model.forked())
        self.told["revoked"] += len(self.model.revoked)
        if len(heads) != 1:
            self.wrong.append("after everything was exchanged the stores hold different entries")

    def _is_believed(self, name: str) -> bool:
        """Whether no device of a store wrote two histories, so that all it tells comes across."""
        office = next(one for one in self.offices if one.name == name)
        return self.model.tainted.isdisjoint(hand.writer for hand in office.hands)

    def _check_sound(self, office: Office, found: View, writer: str) -> None:
        """Of a writer that nobody copied everything is here, and there is nothing to doubt."""
        home = next(o for o in self.offices if writer in o.store.here())
        theirs = {e.id for e in home.store.entries(writer) if e.kind == "statement"}
        ours = {e.id for e in found.entries if e.writer == writer and e.kind == "statement"}
        if theirs != ours:
            self.wrong.append(f"{office.name} counts other statements of {writer} than it made")
        doubts = doubts_of(found, writer)
        ahead = self.model.skew[writer] - office.skew >= FAR_AHEAD - 200
        has_spoken = writer in found.writers and found.writers[writer].size > 0
        expected = (
            {"clock"} if ahead and writer not in office.store.here() and has_spoken else set()
        )
        if doubts - {"clock"} or not expected <= doubts or (doubts and not ahead):
            self.wrong.append(f"{office.name} doubts {doubts} of {writer}, not {expected}")


@dataclass(frozen=True)
class _Named:
    """A hand that signs with one key under the name of another."""

    public: bytes
    writer: str
    sign: object = None


def copied(office: Office) -> Office:
    """The office as a backup of now would bring it back: the same keys, its own memory."""
    copy = object.__new__(Office)
    copy.__dict__.update(office.__dict__)
    store = MemoryStore(root=office.store.root)
    for writer in office.store.here():
        store.settle(writer)
    links = (*office.store.entries(), *office.store.withheld())
    store.append_all(sorted(links, key=lambda link: (link.writer, link.sequence)))
    store.hand_over(office.store.handovers())
    copy.store, copy.ids = store, Ids(f"{office.name} copied at {Office.clock}")
    return copy


def walk(seed: str, actions: int) -> Iterator[tuple[str, Counter[str]]]:
    """One schedule; for the campaign."""
    schedule = Schedule(seed)
    schedule.run(actions)
    yield "; ".join(schedule.wrong), schedule.told

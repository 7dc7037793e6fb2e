"""Offices with their roots and devices, in memory: the small shared world of bundles and merges.

Every key is made of its name, so that the same office has the same keys in every test.
"""

from __future__ import annotations

import hashlib
from typing import Any

from safeconduct.adapters.memory import MemoryStore
from safeconduct.register import Entry, Handling, Store, commit, encode
from safeconduct.register.bundle import Bundle, Holding
from safeconduct.register.exporting import export
from safeconduct.register.hand import SecretHand, signed_entry
from safeconduct.register.keys import (
    KeyIntroduced,
    KeyRevoked,
    OfficeRoot,
    OfficeTrusted,
)
from safeconduct.register.merging import Merged, merge
from safeconduct.register.view import View, view

NOON = 1_478_260_800
AUTHOR = commit("access officer", bytes(range(32)))


def a_hand(device: str) -> SecretHand:
    """The device of this name, with a key that is made of it."""
    return SecretHand(device, hashlib.sha256(device.encode()).digest())


class Ids:
    """New ids, the same in every run: counted, under a name."""

    def __init__(self, name: str) -> None:
        self._name, self._count = hashlib.sha256(name.encode()).hexdigest()[:16], 0

    def __call__(self) -> str:
        self._count += 1
        return f"{self._name}{self._count:016x}"


class Office:
    """An office: a store, its root, and the devices that write into the store.

    Time goes on by a second with everything that is done, from `NOON` on, plus `skew`.
    """

    clock = NOON

    def __init__(
        self, name: str, *, root: SecretHand | None = None, devices: int = 1, skew: int = 0
    ) -> None:
        self.name, self.skew = name, skew
        self.root = root or a_hand(f"{name}-root")
        self.owns_root = root is None
        self.hands = [a_hand(f"{name}-{number}") for number in range(1, devices + 1)]
        self.store: Store = MemoryStore(root=self.root.writer)
        self.ids = Ids(name)
        self.settled = [*([self.root] if self.owns_root else []), *self.hands]
        for hand in self.settled:
            self.store.settle(hand.writer)
        if self.owns_root:
            self.write(self.root, self.as_root())
            for hand in self.hands:
                self.introduce(hand)

    @property
    def hand(self) -> SecretHand:
        return self.hands[0]

    def now(self) -> int:
        Office.clock += 1
        return Office.clock + self.skew

    def as_root(self) -> OfficeRoot:
        return OfficeRoot(office=self.name, device=self.root.device, public=self.root.public.hex())

    def introduce(self, hand: SecretHand, **more: Any) -> Entry:
        return self.write(
            self.root, KeyIntroduced(device=hand.device, public=hand.public.hex(), **more)
        )

    def trust(self, *others: Office) -> None:
        for other in others:
            self.write(
                self.root,
                OfficeTrusted(
                    office=other.name, device=other.root.device, public=other.root.public.hex()
                ),
            )

    def revoke(self, writer: str, size: int, last: str, why: str = "taken") -> Entry:
        return self.write(self.root, KeyRevoked(writer=writer, size=size, last=last, why=why))

    def write(self, hand: SecretHand, value: Any, **more: Any) -> Entry:
        """An entry about keys, at the widest level."""
        made = {"kind": value.tag, "body": encode(value), "handling": Handling.PUBLIC}
        return self._append(hand, **(made | more))

    def say(self, words: str, hand: SecretHand | None = None, **more: Any) -> Entry:
        """An entry that says something."""
        made: dict[str, Any] = {
            "kind": "statement",
            "body": {"is": "statement", "says": words},
            "handling": Handling.INTERNAL,
        }
        return self._append(hand or self.hand, **(made | more))

    def _append(self, hand: SecretHand, **what: Any) -> Entry:
        made = {"id": self.ids(), "recorded_at": self.now(), "author": AUTHOR}
        entry = signed_entry(self.store.head(hand.writer), hand, **(made | what))
        self.store.append(entry)
        return entry

    def give(self, hand: SecretHand | None = None, **how: Any) -> Bundle:
        """A bundle of all that is here; every device here says how long its chain is."""
        made: dict[str, Any] = {
            "at": self.now(),
            "handling": Handling.CONFIDENTIAL,
            "hands": self.settled,
        }
        return export(self.store, hand or self.hand, **(made | how))

    def take(self, bundle: Bundle, hand: SecretHand | None = None) -> Merged:
        return merge(
            self.store, bundle, hand or self.hand, at=self.now(), author=AUTHOR, new_id=self.ids
        )

    def view(self, moment: int | None = None) -> View:
        return view(self.store, self.now() if moment is None else moment)

    def said(self, moment: int | None = None) -> list[str]:
        """What everybody said, as far as it counts here."""
        return [
            str(entry.body["says"])
            for entry in self.view(moment).entries
            if entry.kind == "statement" and isinstance(entry.body, dict)
        ]

    def doubts(self, writer: str) -> set[str]:
        """What is to be doubted of a writer now."""
        return {doubt.value for doubt in self.view().writers[writer].doubts}

    def holdings(self) -> tuple[Holding, ...]:
        return self.give().holdings()


def friends(*names: str) -> list[Office]:
    """Offices that trust one another; nothing has gone between them yet."""
    offices = [Office(name) for name in names]
    for office in offices:
        office.trust(*(other for other in offices if other is not office))
    return offices

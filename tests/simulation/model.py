"""The plain record of a history: who said what, and what arrived where. No hashes are followed.

It is kept from what the schedule does, never from what a store answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from safeconduct.register import Entry
from safeconduct.register.bundle import Bundle

Place = tuple[str, int]
"""A writer and a number."""


@dataclass
class Arrived:
    """What had come to one store: how far each chain, which contents, and each writer's word.

    `seen_at` is when a device beside it last told of a root.
    """

    sizes: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    contents: set[str] = field(default_factory=set)
    told_at: dict[str, int] = field(default_factory=dict)
    told_size: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    seen_at: dict[str, int] = field(default_factory=dict)


@dataclass
class Model:
    """The whole history so far.

    Parameters
    ----------
    forged : ids of entries that no true key signed.
    branches : by place, the ids signed for it that reached a store which could tell, and which.
    tainted : writers that wrote twice from one state: from their backup, or with a stolen key.
    revoked : by writer, how much of its chain its root believes, and the hash of the last of it.
    """

    forged: set[str] = field(default_factory=set)
    branches: dict[Place, set[tuple[str, str]]] = field(default_factory=lambda: defaultdict(set))
    tainted: set[str] = field(default_factory=set)
    revoked: dict[str, tuple[int, str]] = field(default_factory=dict)
    skew: dict[str, int] = field(default_factory=dict)
    stores: dict[str, Arrived] = field(default_factory=lambda: defaultdict(Arrived))

    def said(self, store: str, entry: Entry) -> None:
        """A device wrote an entry into a store."""
        self.stores[store].contents.add(entry.id)
        self.stores[store].sizes[entry.writer] = entry.sequence + 1

    def delivered(self, store: str, bundle: Bundle, told: Iterable[tuple[str, int, int]]) -> None:
        """A whole bundle arrived at a store; `told` is (writer, size, at) of each head in it."""
        arrived = self.stores[store]
        for chain in bundle.chains:
            if chain.first <= arrived.sizes[chain.writer]:
                arrived.sizes[chain.writer] = max(arrived.sizes[chain.writer], chain.size)
                arrived.contents |= {one.id for one in chain.links if isinstance(one, Entry)}
        for writer, size, at in told:
            arrived.told_at[writer] = max(at, arrived.told_at.get(writer, at))
            arrived.told_size[writer] = max(size, arrived.told_size[writer])

    def forgotten(self, store: str) -> None:
        """A store was replaced by an older copy of itself, which has seen none of it."""
        for place, seen in self.branches.items():
            self.branches[place] = {one for one in seen if one[1] != store}

    def tellers(self, writer: str) -> set[str]:
        """The stores to which two entries of a writer for one place came."""
        return {
            store
            for (one, _), seen in self.branches.items()
            for _, store in seen
            if one == writer and len({id for id, there in seen if there == store}) > 1
        }

    def forked(self) -> set[str]:
        """The writers of which two entries for one place became known."""
        return {writer for (writer, _), seen in self.branches.items()
                if len({id for id, _ in seen}) > 1}  # fmt: skip

"""What came from elsewhere, and when: the entries by which a register tells what it has received.

Receiving a bundle is itself an entry. So what was known here at a moment does not change when more
arrives, and how old the word of another writer is can be told: the bundle brought that writer's own
signed statement of how long its chain was, and when it said so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.register.canonical import is_digest

__all__ = ["ForkSeen", "NotTaken", "Receipt", "Received"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One writer's chain after a bundle.

    Parameters
    ----------
    size : how much of its chain is here now, withheld places among it.
    root : of the tree over these, 64 hex digits.
    told_size, told_at : by the newest checkpoint of its own that came with the bundle, how long its
        chain was, and when it said so (UTC seconds); None when none came.
    """

    writer: str
    size: int
    root: str
    told_size: int | None = None
    told_at: int | None = None

    def __post_init__(self) -> None:
        if self.size < 0 or not is_digest(self.root):
            raise WrongField(
                f"Of {self.writer} {self.size} entries are said to be here, under the root "
                f"{self.root[:70]!r}.",
                "Give a number of entries and a root of 64 hex digits.",
            )
        if (self.told_size is None) != (self.told_at is None):
            raise WrongField(
                f"Of the checkpoint of {self.writer} only the size or only the time is given.",
                "Give both, or neither.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """What of a bundle was refused: an entry's place, or a whole chain from there on, and why."""

    writer: str
    sequence: int
    reason: str
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A bundle was received: what it brought, and what of it was refused.

    Parameters
    ----------
    bundle : SHA-256 of its bytes as they came.
    made_by : the writer that made it. made_at : when it says so.
    """

    tag: ClassVar[str] = "receipt"
    bundle: str
    made_by: str
    made_at: int
    chains: tuple[Received, ...]
    not_taken: tuple[NotTaken, ...] = ()

    def __post_init__(self) -> None:
        if not is_digest(self.bundle):
            raise WrongField(
                f"The bundle is named {self.bundle[:70]!r}.", "Name it by its SHA-256, in hex."
            )
        if len({one.writer for one in self.chains}) != len(self.chains):
            raise WrongField(
                "A writer's chain stands twice in the receipt.", "Tell each chain once."
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class ForkSeen:
    """A writer signed two entries for one place: here is one, and this is the other.

    Both signatures together prove it, whoever reads them.

    Parameters
    ----------
    here : the hash of the entry in this register.
    signed, signature : the other one's signed bytes as text, and its signature.
    """

    tag: ClassVar[str] = "fork-seen"
    writer: str
    sequence: int
    here: str
    signed: str
    signature: str


def latest(receipts: Iterable[Receipt]) -> dict[str, Received]:
    """Of each writer the furthest that these receipts tell: sizes and times only grow."""
    found: dict[str, Received] = {}
    for one in (chain for receipt in receipts for chain in receipt.chains):
        held = found.get(one.writer)
        found[one.writer] = one if held is None else _further(held, one)
    return found


def _further(held: Received, other: Received) -> Received:
    longer = max(held, other, key=lambda one: (one.size, one.root))
    told = max(held, other, key=lambda one: (one.told_at or -1, one.told_size or -1))
    return Received(
        writer=held.writer,
        size=longer.size,
        root=longer.root,
        told_size=told.told_size,
        told_at=told.told_at,
    )

"""What came from elsewhere, and when: the entries by which a register tells what it has received.

Receiving a bundle is itself an entry. So what was known here at a moment does not change when more
arrives, and how old the word of another writer is can be told: the bundle brought that writer's own
signed statement of how long its chain was, and when it said so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.register.canonical import is_digest

__all__ = ["ForkSeen", "NotTaken", "Receipt", "Received", "latest"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One writer's chain after a bundle.

    Parameters
    ----------
    public : its key, 64 hex digits; the writer's id is made of it.
    size : how much of its chain is here now, withheld places among it.
    root : of the tree over these, 64 hex digits.
    withheld : of these the places whose content is not here, as runs of numbers, each from its
        first number up to the one after its last.
    told_size, told_at : by the newest checkpoint of its own that is here, how long its chain was,
        and when it said so (UTC seconds); None when none ever came.
    note : that checkpoint as it came, with its signatures, so that it can be passed on.
    """

    writer: str
    public: str
    size: int
    root: str
    withheld: tuple[tuple[int, int], ...] = ()
    told_size: int | None = None
    told_at: int | None = None
    note: str = ""

    def __post_init__(self) -> None:
        if self.size < 0 or not is_digest(self.root) or not is_digest(self.public):
            raise WrongField(
                f"Of {self.writer} {self.size} entries are said to be here, under the root "
                f"{self.root[:70]!r} and the key {self.public[:70]!r}.",
                "Give a number of entries, and a root and a key of 64 hex digits each.",
            )
        ends = [0, *(number for run in self.withheld for number in run), self.size]
        if ends != sorted(ends) or any(first == end for first, end in self.withheld):
            raise WrongField(
                f"Of the {self.size} entries of {self.writer} the places {self.withheld} are said "
                "to be withheld.",
                "Give runs that are not empty, in their order, below the number of entries.",
            )
        if (self.told_size is None) != (self.told_at is None):
            raise WrongField(
                f"Of the checkpoint of {self.writer} only the size or only the time is given.",
                "Give both, or neither.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class NotTaken:
    """What of a bundle was refused: a writer's chain from this place on, or its word on its length.

    Parameters
    ----------
    reason : one word, as `safeconduct.register.merging` lists them. says : the same as a sentence.
    proof : the signed note that shows it, where it is one.
    """

    writer: str
    sequence: int
    reason: str
    says: str
    proof: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A bundle was received: what it brought, and what of it was refused.

    Parameters
    ----------
    bundle : SHA-256 of its manifest, which names the hash of all that is in it.
    made_by : the writer that made it. made_at : when it says so.
    chains : those of which something new came, content or word of their length.
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
    """A writer signed an entry that cannot stand in its chain as it is here.

    Parameters
    ----------
    sequence : the place that the entry claims.
    here : the hash of what stands at that place here; empty where nothing does: then the entry
        follows another one than the last here, or its writer writes here and never wrote it.
    signed, signature : its signed bytes as text, and its signature.
    here_signed, here_signature : those of the entry here, where its content is; both signatures
        together prove the fork to whoever reads them.
    """

    tag: ClassVar[str] = "fork-seen"
    writer: str
    sequence: int
    here: str
    signed: str
    signature: str
    here_signed: str = ""
    here_signature: str = ""


def latest(receipts: Iterable[Receipt]) -> dict[str, Received]:
    """Of each writer the furthest that these receipts tell: sizes and times only grow."""
    found: dict[str, Received] = {}
    for one in (chain for receipt in receipts for chain in receipt.chains):
        held = found.get(one.writer)
        found[one.writer] = one if held is None else _further(held, one)
    return found


def _further(held: Received, other: Received) -> Received:
    longer = max(held, other, key=lambda one: (one.size, -_dark(one), one.root))
    told = max(held, other, key=lambda one: (one.told_at or -1, one.told_size or -1, one.note))
    return replace(longer, told_size=told.told_size, told_at=told.told_at, note=told.note)


def _dark(one: Received) -> int:
    return sum(end - first for first, end in one.withheld)

"""What a device says of its root: in its own signed head, how long the root's chain was beside it.

A root's key is seldom at hand, so a root itself seldom says how much it has written. A device that
writes into the same register sees it, and says so in a line of its head. What is introduced or
revoked by a root shows in its chain: so this is how lately a reader has heard of all its devices.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from safeconduct.errors import NoteRefused
from safeconduct.register.canonical import LARGEST
from safeconduct.register.chain import Head, Link
from safeconduct.register.keyring import Keyring
from safeconduct.register.note import Checkpoint, Note

__all__ = ["RootSeen", "agrees", "counting", "line_on", "seen_in"]

_LINE = re.compile(r"root (\S{1,64}) ([1-9][0-9]{0,18}) ([0-9a-f]{64})")


@dataclass(frozen=True, slots=True)
class RootSeen:
    """What a device said of a root: the root's chain ended so at `at`, UTC seconds."""

    device: str
    root: Head
    at: int


def line_on(root: Head) -> str:
    """The line in which a device's head tells of its root."""
    return f"root {root.writer} {root.size} {root.hash}"


@lru_cache(maxsize=4096)
def seen_in(note: str) -> tuple[RootSeen, ...]:
    """What the head in a note tells of roots; nothing where it is no head, or has no moment."""
    try:
        told = Checkpoint.parse(Note.parse(note.encode()).text)
    except (NoteRefused, UnicodeEncodeError):
        return ()
    lines = map(_LINE.fullmatch, told.more if told.at is not None else ())
    return tuple(
        RootSeen(told.origin, Head(one[1], int(one[2]), one[3]), told.at or 0)
        for one in lines
        if one and int(one[2]) <= LARGEST
    )


def counting(seen: Mapping[str, Iterable[RootSeen]], ring: Keyring) -> Iterator[RootSeen]:
    """Of what devices said of roots that which counts: of the own root, by a key not revoked."""
    for device, told in seen.items():
        key = ring.get(device)
        if key is not None and key.believed is None and not key.is_root:
            yield from (one for one in told if (one.device, one.root.writer) == (device, key.root))


def agrees(seen: RootSeen, chain: Sequence[Link]) -> bool:
    """Whether all that was seen of a root's chain is here, and is this."""
    size = seen.root.size
    return size <= len(chain) and chain[size - 1].hash == seen.root.hash

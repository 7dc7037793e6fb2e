"""A case as a register: the same entries, byte for byte, on every machine."""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.adapters.files.casefile import Case
from safeconduct.adapters.memory import MemoryStore
from safeconduct.register import (
    JSON,
    Entry,
    Handling,
    Head,
    Store,
    commit,
    digest,
    encode,
    next_entry,
)
from safeconduct.register.files import named_in
from safeconduct.register.personal import SALT_BYTES
from safeconduct.vocabulary import Movement

WRITER = "replay"
AREA, NETWORK = "area", "network"
"""The kinds of the entries that hold an area, and the network as it is pinned."""

# The author of every entry is the case, which is no person: there is nothing to keep secret, and a
# drawn salt would give every machine other bytes.
_AUTHOR = commit(WRITER, bytes(SALT_BYTES))


def entries_of(case: Case) -> tuple[Entry, ...]:
    """The case as the chain of one writer: areas and network, then the records in file order.

    An entry's id is made from the case's and the record's. Every entry is claimed when its record
    says that it became known, and recorded when the case says, which no replay reads.
    """
    chain: list[Entry] = []
    head: Head | None = None
    for name, kind, body, claimed_at in _bodies(case):
        entry = next_entry(
            head,
            id=digest(f"{case.id}\n{kind}\n{name}".encode())[:32],
            writer=WRITER,
            recorded_at=case.recorded_at,
            claimed_at=claimed_at,
            author=_AUTHOR,
            kind=kind,
            body=body,
            handling=Handling.INTERNAL,
            evidence=named_in(kind, body),
        )
        chain.append(entry)
        head = Head(WRITER, entry.sequence + 1, entry.hash)
    return tuple(chain)


def open_replay(case: Case) -> Store:
    """A store in memory that holds the case, and may hold what only a replay may."""
    store = MemoryStore(replay=True)
    store.append_all(entries_of(case))
    return store


def _bodies(case: Case) -> Iterator[tuple[str, str, JSON, int]]:
    """Name, kind, body and claimed time of every entry, in the order of the chain."""
    for area in case.areas:
        yield area.id, AREA, encode(area), case.recorded_at
    yield case.network.id, NETWORK, case.network.as_json(), case.recorded_at
    for claimed in case.records:
        value = claimed.value
        # The versions of a movement share its id, and each has an entry of its own.
        name = f"{value.id}\n{value.version}" if isinstance(value, Movement) else value.id
        yield name, value.tag, encode(value), claimed.claimed_at

"""Adding entries in one transaction: four questions to the server, however many the entries.

Where texts come with them, the keys that they are sealed with are a fifth.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from safeconduct.adapters.postgres import filing
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Row
from safeconduct.register.chain import Head, Link, Withheld, head_after
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.handover import Handover, check_follows, check_not_moved
from safeconduct.register.personal import Personal
from safeconduct.register.store import admit, kept_with

_HELD = "SELECT id, signed, signature FROM entries WHERE id = ANY(%s)"
_TAKEN = (
    "SELECT writer, sequence, hash FROM places "
    "JOIN unnest(%s::text[], %s::bigint[]) AS asked (writer, sequence) USING (writer, sequence)"
)
_LAST = (
    "SELECT asked.writer, last.sequence + 1, last.hash FROM unnest(%s::text[]) AS asked (writer) "
    "CROSS JOIN LATERAL (SELECT sequence, hash FROM places WHERE places.writer = asked.writer "
    "ORDER BY sequence DESC LIMIT 1) AS last"
)
STOPPED = "SELECT writer, size, at, goes_on, why FROM handovers ORDER BY number"
_SIZES = "SELECT writer, max(sequence) + 1 FROM places GROUP BY writer"


def handovers(rows: Iterable[Row]) -> tuple[Handover, ...]:
    """The handovers in rows of `STOPPED`."""
    return tuple(
        Handover(writer=writer, size=size, at=at, goes_on=goes_on, why=why)
        for writer, size, at, goes_on, why in rows
    )


def hand_over(
    connection: psycopg.Connection[Row], told: Sequence[Handover], *, exactly: bool
) -> None:
    """Writes handovers, inside a transaction that holds the writers' lock; see `Store.hand_over`.

    Raises
    ------
    RegisterError : a chain does not reach the place of its handover, or it was moved before.
    """
    held = handovers(connection.execute(STOPPED))
    check_follows(told, held, dict(connection.execute(_SIZES).fetchall()), exactly=exactly)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO handovers (writer, size, at, goes_on, why) VALUES (%s, %s, %s, %s, %s)",
            [(one.writer, one.size, one.at, one.goes_on, one.why) for one in told],
        )


def add(
    connection: psycopg.Connection[Row],
    entries: Sequence[Link],
    personal: Iterable[Personal],
    *,
    replay: bool,
) -> int:
    """How many of the entries were new and are now written, with the contents they commit to.

    To be called inside a transaction that holds the writers' lock, so that what is read here is
    still so when it is written.

    Raises
    ------
    IdTaken, ChainBroken, RefusedInLiveRegister : as `Store.append`.
    RegisterError : the register was moved.
    """
    check_not_moved(handovers(connection.execute(STOPPED)))
    new = _new(connection, entries, replay=replay)
    _insert(connection, new)
    filing.keep_texts(connection, kept_with(personal, new), new)
    return len(new)


def _new(
    connection: psycopg.Connection[Row], entries: Sequence[Link], *, replay: bool
) -> list[Link]:
    """Those that must be written, by the one rule of admission, as if each came by itself."""
    ids = [entry.id for entry in entries if isinstance(entry, Entry)]
    held = {
        id: entry_from_bytes(bytes(signed), signature)
        for id, signed, signature in connection.execute(_HELD, (ids,), binary=True)
    }
    asked = ([entry.writer for entry in entries], [entry.sequence for entry in entries])
    taken = {(writer, at): hash for writer, at, hash in connection.execute(_TAKEN, asked)}
    writers = sorted(set(asked[0]))
    heads = {row[0]: Head(*row) for row in connection.execute(_LAST, (writers,))}
    new: list[Link] = []
    for entry in entries:
        mine = held.get(entry.id) if isinstance(entry, Entry) else None
        at = (entry.writer, entry.sequence)
        head = heads.get(entry.writer)
        if not admit(entry, mine, taken.get(at), head, replay=replay):
            continue
        new.append(entry)
        taken[at] = entry.hash
        if isinstance(entry, Entry):
            held[entry.id] = entry
        if head is None or entry.sequence >= head.size:
            heads[entry.writer] = head_after(entry)
    return new


def _insert(connection: psycopg.Connection[Row], new: Sequence[Link]) -> None:
    # Entries get their numbers in the order in which they are written here. Places go first: an
    # entry that fills the place of the same call is told apart from it by its table.
    places = [one for one in new if isinstance(one, Withheld)]
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO withheld (writer, sequence, previous, hash, holder) "
            "VALUES (%s, %s, %s, %s, %s)",
            [(p.writer, p.sequence, p.previous, p.hash, json.dumps(p.holder)) for p in places],
        )
        cursor.executemany(
            "INSERT INTO entries (signed, signature) VALUES (%s, %s)",
            [(one.signed_bytes(), one.signature) for one in new if isinstance(one, Entry)],
        )

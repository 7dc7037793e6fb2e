"""Making the next entry of a chain."""

from __future__ import annotations

from safeconduct.errors import ChainBroken
from safeconduct.register.canonical import JSON
from safeconduct.register.chain import Head
from safeconduct.register.entry import NO_PREVIOUS, Entry, Handling
from safeconduct.register.personal import Commitment


def next_entry(
    head: Head | None,
    *,
    id: str,
    writer: str,
    recorded_at: int,
    author: Commitment,
    kind: str,
    body: JSON,
    handling: Handling,
    claimed_at: int | None = None,
    evidence: tuple[str, ...] = (),
    recipients: tuple[str, ...] = (),
) -> Entry:
    """The unsigned entry that follows `head`; the first of its writer when `head` is None.

    Ids and times are the caller's: nothing here draws a number or reads a clock.

    Raises
    ------
    ChainBroken : `head` is of another writer.
    WrongField, NotCanonical : as `Entry`.
    """
    if head is not None and head.writer != writer:
        raise ChainBroken(
            f"Writer {writer} cannot follow the chain of writer {head.writer}.",
            "Give the head of the writer's own chain; each device key writes only one.",
            breach="previous",
            writer=writer,
        )
    return Entry(
        id=id,
        writer=writer,
        sequence=head.size if head else 0,
        previous=head.hash if head else NO_PREVIOUS,
        recorded_at=recorded_at,
        author=author,
        kind=kind,
        body=body,
        handling=handling,
        claimed_at=claimed_at,
        evidence=evidence,
        recipients=recipients,
    )

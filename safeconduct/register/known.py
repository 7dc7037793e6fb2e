"""What was known at a moment: the entries that an answer "as known then" may rest on."""

from __future__ import annotations

from collections.abc import Iterable

from safeconduct.errors import IdTaken
from safeconduct.register.entry import Entry


def known_at(entries: Iterable[Entry], moment: int, *, replay: bool) -> tuple[Entry, ...]:
    """The entries known at `moment`, each once, in the one order that every reader uses.

    Known is what had been recorded by then, the moment itself included. A replay goes by
    `claimed_at` where an entry has one; a live register never reads it. The answer depends
    neither on the order of the entries, nor on how often each comes, nor on any that became known
    later.

    Parameters
    ----------
    entries : n entries in any order; n may be 0.
    moment : UTC seconds.

    Returns
    -------
    At most n entries by the time they became known, then writer, then place in its chain.

    Raises
    ------
    IdTaken : two entries known by then share an id and differ, so that neither can be believed.
    """
    known: dict[str, Entry] = {}
    for entry in entries:
        if known_since(entry, replay=replay) <= moment:
            held = known.setdefault(entry.id, entry)
            if held is not entry:
                known[entry.id] = _agreed(held, entry)
    return tuple(sorted(known.values(), key=lambda entry: _order(entry, replay)))


def known_since(entry: Entry, *, replay: bool) -> int:
    """When the entry became known: `claimed_at` in a replay that has one, else `recorded_at`."""
    if replay and entry.claimed_at is not None:
        return entry.claimed_at
    return entry.recorded_at


def _order(entry: Entry, replay: bool) -> tuple[int, str, int, str]:
    return known_since(entry, replay=replay), entry.writer, entry.sequence, entry.id


def _agreed(one: Entry, other: Entry) -> Entry:
    """Of two copies of one entry the signed one; by signature if both are, so order is nothing."""
    if one.signed_bytes() != other.signed_bytes():
        raise IdTaken(
            f"Two entries with the id {one.id} differ: {one.hash[:12]}… of writer {one.writer} "
            f"and {other.hash[:12]}… of writer {other.writer}.",
            "Ask both writers for their chains; one of the two was made up or changed.",
            id=one.id,
        )
    return max(one, other, key=lambda entry: entry.signature or "")

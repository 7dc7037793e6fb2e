"""The verbs `register show` and `register diff`: one entry, and what became known meanwhile."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.app.opening import Opened, open_either
from safeconduct.app.registers import record_id
from safeconduct.clearance import Judgement
from safeconduct.errors import SafeconductError, TimeRefused, UnknownReference
from safeconduct.register import JSON, Entry, reveal
from safeconduct.register.signing import holds
from safeconduct.spacetime import Edge, instant, utc

__all__ = ["Changed", "Difference", "Shown", "diff", "show"]

_LEAST = 6
"""So many characters name an entry by the beginning of its id or hash."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry, as it stands in a register.

    Parameters
    ----------
    body : with the names that are still known in it.
    counts : whether it counts now; `why` says why not.
    signed : in words, what its signature is worth.
    known_since : from when on it counts as known here, UTC seconds.
    """

    register: str
    entry: Entry
    body: JSON
    counts: bool
    why: str
    signed: str
    known_since: int | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        entry = self.entry
        return {
            "register": self.register,
            "id": entry.id,
            "writer": entry.writer,
            "sequence": entry.sequence,
            "previous": entry.previous,
            "hash": entry.hash,
            "recorded_at": utc(entry.recorded_at),
            "claimed_at": None if entry.claimed_at is None else utc(entry.claimed_at),
            "known_since": None if self.known_since is None else utc(self.known_since),
            "kind": entry.kind,
            "record": record_id(entry),
            "handling": entry.handling.value,
            "recipients": list(entry.recipients),
            "evidence": list(entry.evidence),
            "signed": self.signed,
            "counts": self.counts,
            "why": self.why or None,
            "body": self.body,
        }


def show(wanted: str, name: str) -> Shown:
    """An entry by its id, its hash, the beginning of either, or the id of the record in it.

    Raises
    ------
    UnknownReference : no entry has this name, or several have.
    MissingFile, NotARegister : there is no such register or case.
    """
    with closing(open_either(wanted)) as opened:
        entry = _named(tuple(opened.store.entries()), name)
        now = opened.view()
        refused = {one.entry.id: one.says for one in now.refused}
        counts = any(one.id == entry.id for one in now.entries)
        why = "" if counts else refused.get(entry.id, "No receipt tells that it came.")
        return Shown(
            register=opened.name,
            entry=entry,
            body=reveal(entry.body, opened.store.personal),
            counts=counts,
            why=why,
            signed=_signed(opened, entry),
            known_since=now.known_since.get(entry.id),
        )


def _named(entries: tuple[Entry, ...], name: str) -> Entry:
    """The one entry that is meant."""
    exact = [one for one in entries if name in (one.id, one.hash)]
    exact = exact or [one for one in entries if name == record_id(one)]
    found = exact or [
        one
        for one in entries
        if len(name) >= _LEAST and (one.id.startswith(name) or one.hash.startswith(name))
    ]
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownReference(
            f"No entry is named {name!r}, by its id, its hash or the record in it.",
            "See them all: `safeconduct register log`.",
            id=name,
        )
    raise UnknownReference(
        f"{len(found)} entries are named {name!r}.",
        f"Give an id: {', '.join(one.id for one in found[:4])}{' ...' if found[4:] else ''}",
        id=name,
    )


def _signed(opened: Opened, entry: Entry) -> str:
    if opened.store.replay:
        return "not signed: a replay is made from a case, and proves nothing"
    key = opened.view().ring.get(entry.writer)
    if entry.signature is None:
        return "not signed"
    if key is None:
        return "signed by a key that no trusted root has introduced"
    if not holds(key.public, entry.signed_bytes(), bytes.fromhex(entry.signature)):
        return f"signed wrongly: not by the key of {entry.writer}"
    return f"signed by {entry.writer} of the office {key.office}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """A movement whose answer reads otherwise; None where there was no answer yet."""

    movement: str
    before: Judgement | None
    now: Judgement | None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "movement": self.movement,
            "before": self.before.verdict.value if self.before else None,
            "now": self.now.verdict.value if self.now else None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What became known between two moments, and which answers it changed.

    Parameters
    ----------
    came : the entries that count at the later moment and did not at the earlier.
    went : those that counted and count no more, as when a key was revoked.
    changed : the movements whose answer as of the later moment depends on it.
    """

    register: str
    before: int
    after: int
    came: tuple[Entry, ...]
    went: tuple[Entry, ...]
    changed: tuple[Changed, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "from": utc(self.before),
            "until": utc(self.after),
            "came": [_line(one) for one in self.came],
            "went": [_line(one) for one in self.went],
            "changed": [one.as_json() for one in self.changed],
        }


def diff(wanted: str, before: str, after: str) -> Difference:
    """What became known after one moment and up to another.

    Parameters
    ----------
    before, after : moments as text with their zone.

    Raises
    ------
    TimeRefused : a moment cannot be read, or the second is not after the first.
    MissingFile, NotARegister, UnknownReference : there is no such register or case.
    """
    first, last = instant(before, edge=Edge.END), instant(after, edge=Edge.END)
    if last <= first:
        raise TimeRefused(
            f"{utc(last)} is not after {utc(first)}.", "Give the earlier moment first."
        ).located(field="until")
    with closing(open_either(wanted)) as opened:
        then, now = opened.view(first).entries, opened.view(last).entries
        old, new = {one.id for one in then}, {one.id for one in now}
        return Difference(
            register=opened.name,
            before=first,
            after=last,
            came=tuple(one for one in now if one.id not in old),
            went=tuple(one for one in then if one.id not in new),
            changed=tuple(_changed(opened, first, last)),
        )


def _changed(opened: Opened, first: int, last: int) -> list[Changed]:
    """Every movement judged as of the later moment, from what was known at each."""
    found = []
    movements = opened.situation(last, last).movements.keys()
    for movement in sorted(movements | opened.situation(last, first).movements.keys()):
        before, now = (_judged(opened, movement, last, known) for known in (first, last))
        if before is None or now is None or before.verdict is not now.verdict:
            found.append(Changed(movement=movement, before=before, now=now))
    return found


def _judged(opened: Opened, movement: str, as_of: int, known: int) -> Judgement | None:
    try:
        return opened.judge(as_of, known).judge(movement)
    except SafeconductError:  # the movement, or any road, was not known then
        return None


def _line(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "record": record_id(entry),
        "writer": entry.writer,
        "recorded_at": utc(entry.recorded_at),
    }

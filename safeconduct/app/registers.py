"""The verbs `init`, `record` and `register log`."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.chance import new_id, new_salt
from safeconduct.adapters.clock import now
from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import find_case
from safeconduct.adapters.files.replay import NETWORK, entries_of
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.app.batches import check_values, new_ground, read_batch, with_roads
from safeconduct.app.opening import Opened, open_either, open_register
from safeconduct.errors import RegisterError
from safeconduct.register import (
    JSON,
    Entry,
    Handling,
    Head,
    Personal,
    encode,
    next_entry,
    register_head,
    split,
)
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Movement, Record

WRITER = "office"
"""The writer of an unsigned register; signing gives every device a key of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What was written: how many entries, their ids, and the register's new head."""

    register: str
    entries: tuple[Entry, ...]
    head: str

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "register": self.register,
            "recorded": [
                {"id": e.id, "kind": e.kind, "record": record_id(e), "at": utc(e.recorded_at)}
                for e in self.entries
            ],
            "head": self.head,
        }


def init(path: str, from_case: str | None = None) -> Recorded:
    """A new register file; filled with a case, it is a replay.

    Raises
    ------
    RegisterExists : something is already there.
    MissingFile, InputError : the case cannot be read; then nothing is made.
    """
    entries: tuple[Entry, ...] = ()
    if from_case is not None:
        entries = entries_of(read_case(find_case(from_case)))
    store = SqliteStore.create(path, replay=from_case is not None)
    try:
        store.append_all(entries)
        return Recorded(register=path, entries=entries, head=register_head(store.heads()))
    finally:
        store.close()


def record(path: str, source: str, author: str = "") -> Recorded:
    """Everything in `source`, recorded now; all of it or nothing.

    Parameters
    ----------
    source : a YAML file of records in sections, "-" for standard input, or a case folder whose
        areas and network are taken (not its records).
    author : who enters it; only a salted commitment goes into the entries, the name beside them.

    Raises
    ------
    MissingFile, NotARegister, InputError, RefusedInLiveRegister : nothing is written.
    """
    with closing(open_live(path)) as opened:
        if source != "-" and Path(source).is_dir():
            ground = new_ground(read_case(find_case(source)), opened.store.entries())
            return _append(opened, path, ((kind, body, ()) for kind, body in ground), author)
        values = read_batch(opened, source)
        return _append(opened, path, _with_ground(opened, values), author)


def write(
    path: str, values: Iterable[Record], author: str = "", personal: Iterable[Personal] = ()
) -> Recorded:
    """Records that a verb has made, recorded now under the checks of a file; all or nothing.

    Parameters
    ----------
    author : as for `record`.
    personal : the contents of commitments that the values hold already, to be kept beside them.

    Raises
    ------
    MissingFile, NotARegister, InputError, RefusedInLiveRegister : nothing is written.
    """
    values = tuple(values)
    with closing(open_live(path)) as opened:
        check_values(opened, values)
        return _append(opened, path, _with_ground(opened, values), author, tuple(personal))


def open_live(path: str, policy_file: str | None = None) -> Opened:
    """A register that is no replay, to be written to.

    Raises
    ------
    RegisterError : it is a replay.
    All that `open_register` raises.
    """
    opened = open_register(path, policy_file)
    if opened.store.replay:
        opened.close()
        raise RegisterError(
            "The register is a replay, which holds a case as it was.",
            "Make a live register with `safeconduct init R` and record there.",
        ).located(file=path)
    return opened


def _append(
    opened: Opened,
    path: str,
    bodies: Iterable[tuple[str, JSON, tuple[str, ...]]],
    author: str,
    personal: tuple[Personal, ...] = (),
) -> Recorded:
    store = opened.store
    entries, names = _entries(bodies, store.head(WRITER), author)
    store.append_all(entries, (*names, *personal))
    return Recorded(register=path, entries=entries, head=register_head(store.heads()))


def _entries(
    bodies: Iterable[tuple[str, JSON, tuple[str, ...]]], head: Head | None, author: str
) -> tuple[tuple[Entry, ...], tuple[Personal, ...]]:
    """The entries that follow `head`, and the names that stand beside them."""
    moment = now()
    whose = Personal.of(author or "not named", new_salt())
    made: list[Entry] = []
    names: list[Personal] = []
    for kind, written, hidden in bodies:
        body, apart = split(written, {field: new_salt() for field in hidden})
        names += apart
        entry = next_entry(
            head,
            id=new_id(),
            writer=WRITER,
            recorded_at=moment,
            author=whose.commitment,
            kind=kind,
            body=body,
            handling=Handling.INTERNAL,
        )
        made.append(entry)
        head = Head(WRITER, entry.sequence + 1, entry.hash)
    return tuple(made), (whose, *names) if made else ()


def _with_ground(
    opened: Opened, values: tuple[Record, ...]
) -> Iterable[tuple[str, JSON, tuple[str, ...]]]:
    """What is to be written: the kind, the body, and the fields of it that hold a person's name.

    Roads that are adopted come with the network that has them, cut already, so that nobody who
    judges needs to cut anything.
    """
    grown = with_roads(opened, values).grown
    if grown is not None:
        yield NETWORK, grown.as_json(), ()
    yield from _encoded(values)


def _encoded(values: Iterable[Record]) -> Iterable[tuple[str, JSON, tuple[str, ...]]]:
    for value in values:
        names = getattr(value, "personal", ())
        yield value.tag, encode(value), tuple(name for name in names if getattr(value, name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The entries of a register in order, and its head."""

    register: str
    replay: bool
    entries: tuple[Entry, ...]
    head: str

    def as_json(self) -> dict[str, Any]:
        """The same as JSON."""
        return {
            "register": self.register,
            "replay": self.replay,
            "head": self.head,
            "entries": [
                {
                    "id": e.id,
                    "writer": e.writer,
                    "sequence": e.sequence,
                    "hash": e.hash,
                    "previous": e.previous,
                    "recorded_at": utc(e.recorded_at),
                    "claimed_at": None if e.claimed_at is None else utc(e.claimed_at),
                    "kind": e.kind,
                    "record": record_id(e),
                    "handling": e.handling.value,
                    "recipients": list(e.recipients),
                }
                for e in self.entries
            ],
        }


def log(wanted: str, last: int = 0) -> Log:
    """The entries of a register file, or of a case opened as a replay.

    Parameters
    ----------
    last : only so many of the last entries; 0 for all of them.

    Raises
    ------
    MissingFile, NotARegister, UnknownReference : there is no such register or case.
    """
    with closing(open_either(wanted)) as opened:
        entries = tuple(opened.store.entries())
        return Log(
            register=opened.name,
            replay=opened.store.replay,
            entries=entries[-last:] if last else entries,
            head=register_head(opened.store.heads()),
        )


def record_id(entry: Entry) -> str:
    """The id of the record that an entry holds, with the version of a movement."""
    body = entry.body
    if not isinstance(body, dict):
        return ""
    if entry.kind == Movement.tag:
        return f"{body.get('id')} v{body.get('version')}"
    return str(body.get("id", ""))

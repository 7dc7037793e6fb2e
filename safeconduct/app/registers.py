"""The verbs `init`, `record` and `register log`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.chance import new_id, new_salt
from safeconduct.adapters.clock import now
from safeconduct.adapters.files.casefile import read_case
from safeconduct.adapters.files.casefolder import find_case
from safeconduct.adapters.files.replay import NETWORK, entries_of
from safeconduct.adapters.stores import create_store, name_of
from safeconduct.app.batches import check_values, new_ground, read_batch, with_roads
from safeconduct.app.hands import Pen, check_clock, pen_for
from safeconduct.app.opening import Opened, open_either, open_register
from safeconduct.errors import RegisterError, WrongField
from safeconduct.register import (
    JSON,
    Entry,
    Handling,
    Personal,
    Store,
    Withheld,
    encode,
    register_head,
    roots_of,
    split,
)
from safeconduct.register.chain import head_after
from safeconduct.register.erasing import operation_of
from safeconduct.register.files import named_in
from safeconduct.register.hand import signed_entry
from safeconduct.register.view import View
from safeconduct.spacetime import OPEN_END, Edge, instant, utc
from safeconduct.vocabulary import Movement, Record


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


def replayed(path: str, case: str) -> Recorded:
    """A new register file that holds a case as it was: a replay.

    Raises
    ------
    RegisterExists : something is already there.
    MissingFile, InputError : the case cannot be read; then nothing is made.
    """
    entries = entries_of(read_case(find_case(case)))
    with closing(create_store(path, replay=True)) as store:
        store.append_all(entries)
        return Recorded(
            register=name_of(path), entries=entries, head=register_head(roots_of(store))
        )


def record(path: str, source: str, author: str = "", text: str | None = None) -> Recorded:
    """Everything in `source`, recorded now; all of it or nothing.

    Parameters
    ----------
    source : a YAML file of records in sections, "-" for standard input, or a case folder whose
        areas and network are taken (not its records).
    author : who enters it; only a salted commitment goes into the entries, the name beside them.
    text : what the file would hold, where there is none; `source` is then what messages call it.

    Raises
    ------
    MissingFile, NotARegister, InputError, RefusedInLiveRegister : nothing is written.
    """
    with closing(open_live(path)) as opened:
        if text is None and source != "-" and Path(source).is_dir():
            ground = new_ground(read_case(find_case(source)), opened.store.entries())
            return append_bodies(opened, path, ((kind, body, ()) for kind, body in ground), author)
        values = read_batch(opened, source, text)
        return append_bodies(opened, path, _with_ground(opened, values), author)


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
        return append_bodies(opened, path, _with_ground(opened, values), author, tuple(personal))


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
        ).located(file=name_of(path))
    return opened


def append_bodies(
    opened: Opened,
    path: str,
    bodies: Iterable[tuple[str, JSON, tuple[str, ...]]],
    author: str,
    personal: tuple[Personal, ...] = (),
) -> Recorded:
    """What was written into an opened register: for each body its kind, and what of it is personal.

    Raises
    ------
    KeyRefused, Locked, ClockDoubted : this machine may not write here; nothing is written.
    """
    bodies = tuple(bodies)
    store = opened.store
    if not bodies:
        return Recorded(register=name_of(path), entries=(), head=register_head(roots_of(store)))
    pen = pen_for(store, opened.view().ring)
    entries, names = _entries(bodies, pen, store, author)
    store.append_all(entries, (*names, *personal))
    pen.written(store)
    opened.forget_views()
    return Recorded(register=name_of(path), entries=entries, head=register_head(roots_of(store)))


def _entries(
    bodies: Iterable[tuple[str, JSON, tuple[str, ...]]], pen: Pen, store: Store, author: str
) -> tuple[tuple[Entry, ...], tuple[Personal, ...]]:
    """The entries that this machine writes next, and the names that stand beside them."""
    moment, head = now(), pen.head
    check_clock(moment, store, pen.hand.writer)
    # The author is committed to once for each operation, so that one can be forgotten by itself.
    authors: dict[str, Personal] = {}
    made: list[Entry] = []
    names: list[Personal] = []
    for kind, written, hidden in bodies:
        operation = operation_of(kind, written)
        if operation not in authors:
            authors[operation] = Personal.of(author or "not named", new_salt())
        body, apart = split(written, {field: new_salt() for field in hidden})
        names += apart
        entry = signed_entry(
            head,
            pen.hand,
            id=new_id(),
            recorded_at=moment,
            author=authors[operation].commitment,
            kind=kind,
            body=body,
            handling=Handling.INTERNAL,
            evidence=named_in(kind, body),
        )
        made.append(entry)
        head = head_after(entry)
    return tuple(made), (*authors.values(), *names)


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
    """The entries of a register in order, and its head.

    Parameters
    ----------
    view : what of it is known now, and counts. withheld : the places whose content is elsewhere.
    """

    register: str
    replay: bool
    entries: tuple[Entry, ...]
    head: str
    view: View
    withheld: tuple[Withheld, ...]

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
                    "known_since": self._since(e),
                    "kind": e.kind,
                    "record": record_id(e),
                    "handling": e.handling.value,
                    "recipients": list(e.recipients),
                }
                for e in self.entries
            ],
            "withheld": [
                {"writer": one.writer, "sequence": one.sequence, "holder": one.holder}
                for one in self.withheld
            ],
        }

    def _since(self, entry: Entry) -> str | None:
        since = self.view.known_since.get(entry.id)
        return None if since is None else utc(since)


def log(
    wanted: str,
    last: int = 0,
    about: Sequence[str] = (),
    *,
    at: str | None = None,
    known_at: str | None = None,
) -> Log:
    """The entries of a register file, or of a case opened as a replay.

    Parameters
    ----------
    last : only so many of the last entries; 0 for all of them.
    about : only what counts and is about each of these: ids of parties, areas, movements, acts.
    at, known_at : with `about`: only what had been said or had happened by one moment, and was
        known by another; moments as text with their zone, None for all that is here.

    Raises
    ------
    MissingFile, NotARegister, UnknownReference : there is no such register or case.
    WrongField : a moment is given and no name. TimeRefused : a moment cannot be read.
    """
    if not about and (at or known_at):
        raise WrongField(
            "A moment is given, and nothing that the entries shall be about.",
            "Name a party, an area or a movement with `--about`; what an earlier moment knew of "
            "everything is told by `safeconduct register diff`.",
        ).located(field="about")
    as_of = instant(at, edge=Edge.END) if at else OPEN_END
    known = instant(known_at, edge=Edge.END) if known_at else OPEN_END
    with closing(open_either(wanted)) as opened:
        held = opened.about(about, as_of, known) if about else opened.store.entries()
        entries = tuple(held)
        return Log(
            register=opened.name,
            replay=opened.store.replay,
            entries=entries[-last:] if last else entries,
            head=register_head(roots_of(opened.store)),
            view=opened.view(known),
            withheld=() if about else opened.store.withheld(),
        )


def record_id(entry: Entry) -> str:
    """The id of the record that an entry holds, with the version of a movement."""
    body = entry.body
    if not isinstance(body, dict):
        return ""
    if entry.kind == Movement.tag:
        return f"{body.get('id')} v{body.get('version')}"
    # What is said of keys has no id; it names a device, or the writer that it takes back.
    return str(body.get("id") or body.get("device") or body.get("writer") or "")

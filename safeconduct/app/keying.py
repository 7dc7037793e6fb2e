"""The verbs of `register keys`: who may write into a register, and who may not any more."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import Any

from safeconduct.adapters.clock import now
from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.passphrase import passphrase
from safeconduct.adapters.stores import name_of
from safeconduct.app.founding import DEVICE, ROOT, key_entries
from safeconduct.app.hands import check_clock, pen_for
from safeconduct.app.opening import Opened
from safeconduct.app.registers import open_live
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.register import NO_PREVIOUS, register_head, roots_of
from safeconduct.register.exporting import publics
from safeconduct.register.handover import check_not_moved
from safeconduct.register.keys import KeyIntroduced, KeyRecord, KeyRevoked, OfficeTrusted
from safeconduct.register.store import chains_of, writing_in
from safeconduct.register.view import View, WriterState

__all__ = [
    "KeyList",
    "KeyRow",
    "Keyed",
    "introduce",
    "list_keys",
    "new_key",
    "revoke",
    "rotate",
    "trust",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRow:
    """One writer of a register, as it is known now.

    Parameters
    ----------
    here : whether it writes into this register itself. ours : whether this machine has its key.
    why : why it was revoked.
    """

    writer: str
    office: str
    is_root: bool
    here: bool
    ours: bool
    state: WriterState
    why: str

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "writer": self.writer,
            "office": self.office or None,
            "root": self.is_root,
            "here": self.here,
            "ours": self.ours,
            "entries": self.state.size,
            "doubts": sorted(doubt.value for doubt in self.state.doubts),
            "why": self.why or None,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyList:
    """The writers of a register, by id, and whose word on keys counts.

    Parameters
    ----------
    root : of this register's own office. office : its name. public : its public key, 64 hex digits,
        by which another office comes to trust it. Both are empty before its first entry came.
    """

    register: str
    root: str
    office: str
    public: str
    rows: tuple[KeyRow, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "root": self.root,
            "office": self.office or None,
            "public": self.public or None,
            "keys": [row.as_json() for row in self.rows],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyed:
    """What was done about a key.

    Parameters
    ----------
    writer : the key that it was about. public : to be given to the root, as 64 hex digits.
    introduced : whether a root has spoken for it.
    lies_open : whether a key was made that nothing locks on this disk.
    """

    register: str
    writer: str
    public: str | None
    introduced: bool
    head: str
    lies_open: bool = False

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "writer": self.writer,
            "public": self.public,
            "introduced": self.introduced,
            "head": self.head,
            "lies_open": self.lies_open,
        }


def list_keys(path: str) -> KeyList:
    """Every writer that the register knows of.

    Raises
    ------
    MissingFile, NotARegister, RegisterError : there is no live register at this path.
    """
    with closing(open_live(path)) as opened:
        view, here, keys = opened.view(), writing_in(opened.store), KeyFolder.own()
        root = view.ring.get(opened.store.root)
        return KeyList(
            register=name_of(path),
            root=opened.store.root,
            office=root.office if root else "",
            public=root.public.hex() if root else "",
            rows=tuple(
                KeyRow(
                    writer=writer,
                    office=state.office,
                    is_root=(key := view.ring.get(writer)) is not None and key.is_root,
                    here=writer in here,
                    ours=keys.find(writer) is not None,
                    state=state,
                    why=key.why if key else "",
                )
                for writer, state in _states(view, here).items()
            ),
        )


def _states(view: View, here: frozenset[str]) -> dict[str, WriterState]:
    """The state of every writer, those among them that have written nothing yet."""
    silent = {
        writer: WriterState(
            writer=writer, office="", size=0, complete_at=view.moment, doubts=frozenset()
        )
        for writer in here - view.writers.keys()
    }
    return dict(sorted({**view.writers, **silent}.items()))


def new_key(path: str, device: str = DEVICE) -> Keyed:
    """A new key of this machine that writes into a register; where the root is here, introduced.

    Raises
    ------
    WrongField : the name of the device has other characters.
    RegisterError : the register was moved, and goes on elsewhere.
    All that `open_live` raises.
    """
    with closing(open_live(path)) as opened:
        check_not_moved(opened.store.handovers())
        key = KeyFolder.own().new(device, passphrase())
        opened.store.settle(key.writer)
        return _keyed(opened, path, key.writer, key.public.hex(), lies_open=key.sealed is None)


def introduce(path: str, device: str, public: str, instead_of: str | None = None) -> Keyed:
    """The root of the office lets a device write.

    Parameters
    ----------
    public : as the device printed it, 64 hex digits.
    instead_of : the writer that it follows.

    Raises
    ------
    KeyRefused : the office's root is not on this machine. WrongField : no such name or key.
    UnknownReference : `instead_of` is no writer that is known; WrongField : another office's.
    """
    with closing(open_live(path)) as opened:
        if instead_of is not None:
            _known(opened, instead_of)
            _check_ours(opened, instead_of)
        record = KeyIntroduced(device=device, public=public, instead_of=instead_of)
        if opened.view().ring.get(record.writer) is not None:
            raise WrongField(
                f"{record.writer} has been introduced already.",
                "A key is introduced once; a revoked one is replaced by a new one.",
            ).located(field="public")
        _say(opened, record)
        return _keyed(opened, path, record.writer, public)


def trust(path: str, office: str, device: str, public: str) -> Keyed:
    """The root of the office believes another office's root about that office's keys.

    Raises
    ------
    KeyRefused : the office's root is not on this machine.
    UnknownReference : no root has this name: its office would still be believed in nothing.
    WrongField : no such key; or it is known already, and saying it again changes nothing.
    """
    with closing(open_live(path)) as opened:
        record = OfficeTrusted(office=office, device=device, public=public)
        if (known := opened.view().ring.get(record.writer)) is not None:
            gone = "" if known.believed is None else f", and was revoked: {known.why}"
            raise WrongField(
                f"{record.writer} is known here already, as a key of {known.office}{gone}.",
                "Merge what it exports. A root that was revoked is not trusted again: its office "
                "makes a new one.",
            ).located(field="public")
        _check_root_named(opened, device, public)
        _say(opened, record)
        return _keyed(opened, path, record.writer, public)


def revoke(path: str, writer: str, why: str, after: int | None = None) -> Keyed:
    """The root of the office takes a key back; what it signs from then on counts for nothing.

    Parameters
    ----------
    after : how many of its entries are still believed; all that are here when left out.

    Raises
    ------
    KeyRefused : the office's root is not on this machine.
    UnknownReference : no such writer is known. WrongField : it has fewer entries here, or no reason
        is given.
    """
    with closing(open_live(path)) as opened:
        _known(opened, writer)
        hashes = opened.store.hashes(writer)
        size = len(hashes) if after is None else after
        if not 0 <= size <= len(hashes):
            raise WrongField(
                f"{size} entries of {writer} are to be believed, and {len(hashes)} are here.",
                "Give a number up to that; merge the others first.",
            ).located(field="after")
        if not why.strip():
            raise WrongField(
                "No reason is given for taking the key back.",
                "Say why, such as `--why 'laptop taken at a checkpoint on 3 May'`.",
            ).located(field="why")
        last = hashes[size - 1] if size else NO_PREVIOUS
        _say(opened, KeyRevoked(writer=writer, size=size, last=last, why=why.strip()))
        return _keyed(opened, path, writer, None)


def rotate(path: str, why: str = "rotated") -> Keyed:
    """A new key for this machine, introduced in place of the one that it writes with, which ends.

    Raises
    ------
    KeyRefused : this machine has no key that writes here, or the office's root is not on it.
    """
    with closing(open_live(path)) as opened:
        old = pen_for(opened.store, opened.view().ring)
        root = pen_for(opened.store, opened.view().ring, root=True)
        hashes = opened.store.hashes(old.hand.writer)
        key = KeyFolder.own().new(old.key.device, passphrase())
        records: tuple[KeyRecord, ...] = (
            KeyIntroduced(device=key.device, public=key.public.hex(), instead_of=old.hand.writer),
            KeyRevoked(
                writer=old.hand.writer,
                size=len(hashes),
                last=hashes[-1] if hashes else NO_PREVIOUS,
                why=why,
            ),
        )
        moment = now()
        check_clock(moment, opened.store, root.hand.writer)
        entries, whose = key_entries(root.head, root.key, records, moment)
        root.take_up(opened.store, moment)
        opened.store.settle(key.writer)
        opened.store.append_all(entries, (whose,))
        root.written(opened.store)
        opened.forget_views()
        return _keyed(opened, path, key.writer, key.public.hex(), lies_open=key.sealed is None)


def _say(opened: Opened, record: KeyRecord) -> None:
    """The root writes this about a key."""
    root = pen_for(opened.store, opened.view().ring, root=True)
    moment = now()
    check_clock(moment, opened.store, root.hand.writer)
    entries, whose = key_entries(root.head, root.key, (record,), moment)
    root.take_up(opened.store, moment)
    opened.store.append_all(entries, (whose,))
    root.written(opened.store)
    opened.forget_views()


def _known(opened: Opened, writer: str) -> None:
    ring = opened.view().ring
    if ring.get(writer) is None:
        raise UnknownReference(
            f"No key of a writer {writer} has been introduced in this register.",
            f"Known: {', '.join(sorted(ring.keys)) or 'none'}.",
            writer=writer,
        )


def _check_ours(opened: Opened, writer: str) -> None:
    """A device follows one of its own office: another office says itself what follows what."""
    key = opened.view().ring.keys[writer]
    if key.root != opened.store.root:
        raise WrongField(
            f"{writer} is a device of {key.office}, and a new one of this office cannot follow it.",
            "Leave `--instead-of` out, or name the device of this office that it replaces.",
        ).located(field="instead_of")


def _check_root_named(opened: Opened, device: str, public: str) -> None:
    """A root is called as this key is on record here; where it is not, as every root is made."""
    on_record = publics(chains_of(opened.store)).items()
    names = {writer.rpartition(":")[0] for writer, key in on_record if key == public} or {ROOT}
    if device not in names:
        raise UnknownReference(
            f"No root is named {device!r} with this key: nobody would come to be believed by it.",
            f"Known: {', '.join(sorted(names))}. `safeconduct register keys list` at that office "
            "prints the whole line.",
            device=device,
        ).located(field="device")


def _keyed(
    opened: Opened, path: str, writer: str, public: str | None, *, lies_open: bool = False
) -> Keyed:
    return Keyed(
        register=name_of(path),
        writer=writer,
        public=public,
        introduced=opened.view().ring.get(writer) is not None,
        head=register_head(roots_of(opened.store)),
        lies_open=lies_open,
    )

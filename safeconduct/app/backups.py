"""The verbs `register backup` and `register restore`: a whole register, kept and brought back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.backupfile import FILE_BYTES, check_size, read, write
from safeconduct.adapters.clock import now
from safeconduct.adapters.files.newfile import write_new
from safeconduct.adapters.files.plaintext import read_bytes
from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.keys.reader import identity_of
from safeconduct.adapters.memory import MemoryStore
from safeconduct.adapters.passphrase import passphrase
from safeconduct.adapters.stores import making, name_of, on_server, open_store
from safeconduct.app.erasing import to_forget
from safeconduct.app.filing import Shelf, opened_file
from safeconduct.app.founding import DEVICE
from safeconduct.app.keying import introduce, new_key
from safeconduct.app.opening import Opened, open_register
from safeconduct.errors import (
    ClockDoubted,
    EvidenceRefused,
    KeyRefused,
    Locked,
    RegisterError,
    SafeconductError,
)
from safeconduct.register import Entry, Head, register_head, roots_of
from safeconduct.register.backup import Backup, backup_from, backup_of, bytes_of, fill
from safeconduct.register.copying import copy
from safeconduct.register.files import Filed
from safeconduct.register.handover import MOVED, RESTORED, Handover, resting
from safeconduct.register.signing import PUBLIC_BYTES, writer_id
from safeconduct.register.verifying import Verified, verify
from safeconduct.spacetime import utc

__all__ = ["BackedUp", "Contents", "Restored", "back_up", "check_backup", "read_backup", "restore"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What is in a backup, for a person to compare with what another printed.

    Parameters
    ----------
    made_at : UTC seconds. root : the writer whose word on keys counts in it; empty in a replay.
    entries, withheld, texts, files : how many entries, places without content, personal texts and
        files of evidence.
    head : of the register, 64 hex digits. chains : how far each writer's reaches.
    """

    made_at: int
    root: str
    entries: int
    withheld: int
    texts: int
    files: int
    head: str
    chains: tuple[Head, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "made_at": utc(self.made_at),
            "root": self.root or None,
            "entries": self.entries,
            "withheld": self.withheld,
            "texts": self.texts,
            "files": self.files,
            "head": self.head,
            "chains": [
                {"writer": one.writer, "size": one.size, "hash": one.hash} for one in self.chains
            ],
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class BackedUp:
    """A backup that was written and read again.

    Parameters
    ----------
    damaged : the evidence whose files are kept and do not open, and so are not in it, and why.
    """

    register: str
    file: str
    readers: int
    contents: Contents
    size_bytes: int
    damaged: tuple[str, ...] = ()

    @property
    def is_nearly_full(self) -> bool:
        """Whether the next one may be too large to be written."""
        return self.size_bytes > FILE_BYTES // 2

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "file": self.file,
            "encrypted_for": "readers" if self.readers else "passphrase",
            "size_bytes": self.size_bytes,
            "damaged": list(self.damaged),
            **self.contents.as_json(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """A register that a backup brought back.

    Parameters
    ----------
    clear : whether it lies open on this disk.
    writer : the new key of this machine; None where none was made. public : of that key.
    introduced : whether the office's root has let it write. why_not : in words, where it has not.
    stopped : the writers that wrote into it and do so no more, the root left out.
    follows : of these the one that the new key is to follow.
    faults : what is wrong with a signature or a key, in words.
    """

    register: str
    file: str
    contents: Contents
    clear: bool
    writer: str | None
    public: str | None
    introduced: bool
    why_not: str
    stopped: tuple[str, ...]
    follows: str | None
    faults: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "file": self.file,
            **self.contents.as_json(),
            "clear": self.clear,
            "writer": self.writer,
            "public": self.public,
            "introduced": self.introduced,
            "why_not": self.why_not or None,
            "stopped": list(self.stopped),
            "follows": self.follows,
            "faults": list(self.faults),
        }


def back_up(path: str, file: str, readers: Sequence[str] = ()) -> BackedUp:
    """A new file with all of a register but its keys, encrypted; read again before it is told.

    Parameters
    ----------
    readers : the keys that it is encrypted for, `age1...`; with none it is locked with the
        passphrase of this run.

    Raises
    ------
    WrongField : neither readers nor a passphrase. RegisterExists : something is already there.
    FileTooLarge : more is kept than fits into one.
    RegisterError : the register was written to meanwhile, or the file is not what was written.
    All that `open_register` raises.
    """
    with closing(open_register(path)) as opened:
        forgotten = frozenset(c for _, going in to_forget(opened) for c in going)
        shelf = Shelf(opened)
        damaged = _damaged(shelf)
        made = backup_of(opened.store, now(), forgotten, sorted(shelf.kept - damaged.keys()))
        told = tuple(_told_of(shelf, damaged)) if damaged else ()
    plain = bytes_of(made)
    contents, _ = _checked(backup_from(plain))
    data = write(plain, passphrase=None if readers else passphrase(), readers=readers)
    write_new(Path(file), data)
    if read_bytes(Path(file), FILE_BYTES) != data:
        raise RegisterError(
            "The file is not what was written to it.",
            "The disk or stick is failing: make the backup on another one.",
        ).located(file=file)
    return BackedUp(
        register=name_of(path),
        file=file,
        readers=len(readers),
        contents=contents,
        size_bytes=len(data),
        damaged=told,
    )


def _damaged(shelf: Shelf) -> dict[Filed, EvidenceRefused]:
    """The files that are kept and do not open; each is looked at by itself.

    Raises
    ------
    FileTooLarge : the others are more than fits into a backup.
    """
    found: dict[Filed, EvidenceRefused] = {}
    size = 0
    for at in sorted(shelf.kept):
        try:
            # Sealed they pack to no less than this.
            size += len(opened_file(shelf.store, at) or b"")
        except EvidenceRefused as error:
            found[at] = error
        check_size(size)
    return found


def _told_of(shelf: Shelf, damaged: Mapping[Filed, EvidenceRefused]) -> Iterator[str]:
    for one in shelf.records():
        if one.at in damaged:
            yield f"{one.record.id}: {damaged[one.at]}"


def restore(file: str, path: str, device: str = DEVICE, *, only_read: bool = False) -> Restored:
    """A new register with all that is in a backup; it goes on with a new key of this machine.

    Entries may have been written after the backup was made. So whoever wrote into the register
    stops there, and only what is introduced anew writes. Where the office's root key is on this
    machine and has written nothing since, it introduces the new key.

    Parameters
    ----------
    path : a file or an address where nothing is yet.
    device : the name of this machine's new key.
    only_read : no key is made; the register is to be looked at.

    Raises
    ------
    BackupRefused : it is damaged, cut, no backup, or encrypted for others; nothing is written.
    Locked : it is locked with a passphrase, and none is given or another one.
    RegisterExists : something is already at the path.
    WrongField : the name of the device has other characters.
    """
    writer_id(device, bytes(PUBLIC_BYTES))  # refuses a wrong name before anything is written
    backup = read_backup(file)
    contents, memory = _checked(backup)
    stops = _stops(backup)
    with making(path, replay=backup.replay, root=backup.root) as made:
        copy(memory, made, stops)
    with closing(open_store(path)) as made:
        if register_head(roots_of(made)) != contents.head:
            raise RegisterError(
                f"The new register has the head {register_head(roots_of(made))[:12]}…, and the "
                f"backup {contents.head[:12]}….",
                "The disk is failing: restore it on another one.",
            ).located(file=name_of(path))
        clear = not on_server(path) and not getattr(made, "locked", False)
    stopped = sorted({one.writer for one in stops} - {backup.root})
    follows = None if backup.replay else _followed(path, stopped)
    told = _Key() if only_read or backup.replay else _new_writer(path, device, follows)
    return Restored(
        register=name_of(path),
        file=file,
        contents=contents,
        clear=clear,
        writer=told.writer,
        public=told.public,
        introduced=told.introduced,
        why_not=told.why_not,
        stopped=tuple(stopped),
        follows=follows,
        faults=() if backup.replay else _faults(_verified(backup, backup.root)),
    )


def read_backup(file: str) -> Backup:
    """The backup in a file, as it was made.

    Raises
    ------
    BackupRefused, Locked : as `restore`. MissingFile, FileTooLarge : as for any file.
    """
    try:
        data = read_bytes(Path(file), FILE_BYTES)
        return backup_from(read(data, passphrase, lambda: identity_of(KeyFolder.own(), passphrase)))
    except SafeconductError as error:
        raise error.located(file=file) from None


def check_backup(file: str, root: str | None = None) -> Verified:
    """What a backup proves by itself, once its chains were followed; nothing is written.

    Raises
    ------
    BackupRefused : its chains do not hold. RegisterError : it is one of a replay.
    """
    backup = read_backup(file)
    _checked(backup)
    if backup.replay:
        raise RegisterError(
            "The backup is one of a replay: it was made from a case, and nobody has signed it.",
            "Compare its head with that of the case: `safeconduct register log`.",
        ).located(file=file)
    return _verified(backup, root)


def _checked(backup: Backup) -> tuple[Contents, MemoryStore]:
    """What is in it, and a store in memory that holds it, so every chain was followed."""
    memory = MemoryStore(replay=backup.replay, root=backup.root)
    heads = fill(memory, backup)
    withheld = len(memory.withheld())
    contents = Contents(
        made_at=backup.made_at,
        root=backup.root,
        entries=sum(head.size for head in heads) - withheld,
        withheld=withheld,
        texts=len(backup.personal),
        files=len(backup.files),
        head=backup.head,
        chains=heads,
    )
    return contents, memory


def _stops(backup: Backup) -> tuple[Handover, ...]:
    """That all who wrote into it write there no more; of a register that was moved, since then."""
    stopped = resting(backup.handovers)
    sizes = {one.writer: one.size for one in backup.chains}
    made = []
    for writer in backup.here:
        before = stopped.get(writer)
        if before is not None and before.why != MOVED:
            continue
        made.append(
            Handover(
                writer=writer,
                size=before.size if before else sizes.get(writer, 0),
                at=before.at if before else backup.made_at,
                goes_on=False,
                why=RESTORED,
            )
        )
    return tuple(made)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Key:
    writer: str | None = None
    public: str | None = None
    introduced: bool = False
    why_not: str = ""


def _new_writer(path: str, device: str, follows: str | None) -> _Key:
    """A new key that writes into the register, introduced where the root's key may do that here."""
    key = new_key(path, device)
    assert key.public is not None  # a new key has one
    try:
        introduce(path, device, key.public, follows)
    except (KeyRefused, Locked, ClockDoubted) as error:
        return _Key(writer=key.writer, public=key.public, why_not=error.found)
    return _Key(writer=key.writer, public=key.public, introduced=True)


def _followed(path: str, stopped: Sequence[str]) -> str | None:
    """Of the writers that stopped, the introduced and unrevoked one that wrote last."""
    with closing(open_register(path)) as opened:
        return max(
            (writer for writer in stopped if _is_good(opened, writer)),
            key=lambda writer: _last(opened, writer),
            default=None,
        )


def _is_good(opened: Opened, writer: str) -> bool:
    key = opened.view().ring.get(writer)
    return key is not None and key.believed is None


def _last(opened: Opened, writer: str) -> tuple[int, str]:
    times = (entry.recorded_at for entry in opened.store.entries(writer))
    return max(times, default=0), writer


def _verified(backup: Backup, root: str | None) -> Verified:
    filled = {(link.writer, link.sequence): link for link in backup.links}
    entries = {
        (link.writer, link.sequence): link for link in backup.links if isinstance(link, Entry)
    }
    return verify((filled | entries).values(), root=root or backup.root)


def _faults(found: Verified) -> tuple[str, ...]:
    return tuple(f"{one.writer}: {fault}" for one in found.chains for fault in one.faults)

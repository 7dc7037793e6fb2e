"""Changing the passphrase of a locked register file: the whole file is written anew beside it.

The new file takes the name of the old one in one step, so at every moment the old passphrase or the
new one opens what is there. Nobody else can have the old file open meanwhile. Whoever was waiting
for it would go on in a file without a name: so it is made unreadable once the new one has the name.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from safeconduct.adapters.chance import new_bytes
from safeconduct.adapters.files.newfile import sync_folder
from safeconduct.adapters.sqlite.connection import connected, translated
from safeconduct.adapters.sqlite.locking import Passphrase, key_of
from safeconduct.adapters.sqlite.store import SqliteStore
from safeconduct.errors import RegisterError
from safeconduct.register.copying import copy

__all__ = ["relock"]

_RUINED_BYTES = 4096
"""The first page, of which the cipher's salt and the header are a part."""


def relock(path: Path, passphrase: Passphrase, new: str) -> None:
    """Locks a register file with another passphrase; of a symbolic link, the file it leads to.

    Raises
    ------
    Locked : the passphrase is missing or another. MissingFile, NotARegister : as for opening.
    RegisterError : another program has the register open, or the disk is full or fails.
    """
    path = path.resolve()  # a new file in place of the link would leave the old one as it is
    SqliteStore.open(path, passphrase).close()  # of this version's schema, and it opens
    handle = os.open(path, os.O_RDWR)
    # A lock of the system's is lost when any handle of the file is closed: this one goes last.
    try:
        with _alone(path, key_of(path, passphrase)) as connection:
            _put_new(SqliteStore(connection, path), path, new)
            if os.fstat(handle).st_nlink == 0:  # else it is a copy too, under another name
                os.pwrite(handle, bytes(_RUINED_BYTES), 0)
                os.fsync(handle)
    finally:
        os.close(handle)


def _put_new(source: SqliteStore, path: Path, new: str) -> None:
    beside = path.with_name(f".{path.name}.{new_bytes(4).hex()}")
    try:
        made = SqliteStore.create(beside, replay=source.replay, root=source.root, passphrase=new)
        with closing(made):
            copy(source, made)
        os.chmod(beside, stat.S_IMODE(path.stat().st_mode))
        _sync(beside)
        os.replace(beside, path)
        sync_folder(path)
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)


@contextmanager
def _alone(path: Path, key: str) -> Iterator[apsw.Connection]:
    """A connection that nobody has beside it, to a file that has no log any more."""
    with translated(path), connected(path, key) as connection:
        try:
            # Only who is alone can leave the kind of journal that has a log.
            mode = connection.execute(
                "PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = DELETE"
            ).fetchall()[-1]
            if mode != ("delete",):
                raise RegisterError(
                    "Another program has the register open.",
                    "Close it and do the same again; nothing was changed.",
                )
            connection.execute("BEGIN EXCLUSIVE")
            yield connection
        finally:
            connection.close()


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)

"""A disk that writes down what SQLite asks of it, and fails when it is told to.

It lies under the shipped library, below its encrypting layer: what it records of a file with a key
is what a disk would see. What is synced is not really synced; the recording is what counts.
"""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import apsw

from safeconduct.adapters.sqlite import connection
from tests.crash.told import Mark

_NUMBERS = itertools.count()
_MAKES_NAMES = apsw.SQLITE_OPEN_MAIN_JOURNAL | apsw.SQLITE_OPEN_WAL


class Op(NamedTuple):
    """One thing asked of the disk, or one mark of the harness.

    `what` is write, truncate, sync, failed-sync, link, unlink, sync-names or mark. `file` is the
    number of the file's content, which outlives its name.
    """

    what: str
    file: int = -1
    name: str = ""
    offset: int = 0
    data: bytes = b""
    mark: Mark | None = None


@dataclass
class Log:
    """A recording: what was on the disk before, and what was asked of it since."""

    base: dict[str, bytes]
    ops: list[Op] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)
    files: int = 0
    start: int = 0
    """Where the work begins; before it are marks of what was there already."""

    def __post_init__(self) -> None:
        for name in self.base:
            self.names[name] = self.files
            self.files += 1

    def number(self, name: str) -> int:
        """The number of the file of this name; a name that is new is linked first."""
        if name not in self.names:
            self.names[name] = self.files
            self.files += 1
            self.ops.append(Op("link", self.names[name], name))
        return self.names[name]

    def cut(self, upto: int) -> Log:
        """The recording up to an operation, to be continued on its own."""
        log = Log(self.base)
        log.ops = self.ops[:upto]
        for op in log.ops:
            if op.what == "link":
                log.names[op.name] = op.file
                log.files = max(log.files, op.file + 1)
            elif op.what == "unlink":
                log.names.pop(op.name, None)
        return log


@dataclass
class Trouble:
    """Which operation fails, counted from 1 over those of its kind.

    `kind` is `space` (writes, and growth by truncation) or `sync`. A disk that is full stays so
    until `over` is set; a failure that is not `lasting` happens once.
    """

    kind: str
    at: int
    lasting: bool = True
    over: bool = False
    seen: int = 0
    struck: int = 0
    where: int = -1
    """The number of the file that it struck last."""

    def strikes(self, kind: str, file: int) -> bool:
        """Whether this operation on a file fails."""
        if kind != self.kind or self.over:
            return False
        self.seen += 1
        strikes = self.seen >= self.at if self.lasting else self.seen == self.at
        if strikes:
            self.struck, self.where = self.struck + 1, file
        return strikes


class Disk(apsw.VFS):
    """The recording disk of one folder; files elsewhere are served and not recorded."""

    def __init__(self, folder: Path, log: Log, trouble: Trouble | None = None) -> None:
        self.folder, self.log, self.trouble = folder, log, trouble
        self.title = f"recording-{next(_NUMBERS)}"
        self.unnamed: set[int] = set()
        super().__init__(self.title, "unix")

    def xOpen(self, name: Any, flags: list[int]) -> apsw.VFSFile:
        """A file that records; the names of journals are synced with their first sync."""
        path = name.filename() if isinstance(name, apsw.URIFilename) else name
        if path is None or Path(path).parent != self.folder:
            return apsw.VFSFile("unix", name, flags)
        new = Path(path).name not in self.log.names
        number = self.log.number(Path(path).name)
        if new and flags[0] & _MAKES_NAMES:
            self.unnamed.add(number)
        return _File(self, name, flags, number)

    def xDelete(self, name: str, syncdir: bool) -> None:
        """Takes a name away; the folder is synced only when that is asked for."""
        super().xDelete(name, False)
        found = self.log.names.pop(Path(name).name, None)
        if found is not None and Path(name).parent == self.folder:
            self.log.ops.append(Op("unlink", found, Path(name).name))
            if syncdir:
                self.log.ops.append(Op("sync-names"))

    def look(self) -> None:
        """Takes note of names that were taken away by other means than SQLite's."""
        for name in [name for name in self.log.names if not (self.folder / name).exists()]:
            self.log.ops.append(Op("unlink", self.log.names.pop(name), name))

    def fails(self, kind: str, file: int = -1) -> bool:
        """Whether an operation of this kind fails now."""
        return self.trouble is not None and self.trouble.strikes(kind, file)


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: Any, flags: list[int], number: int) -> None:
        super().__init__("unix", name, flags)
        self.disk, self.number = disk, number

    def xWrite(self, data: bytes, offset: int) -> None:
        failed = self.disk.fails("space", self.number)
        # A disk that fills up takes the beginning of what it is given.
        given = bytes(data)[: len(data) // 2] if failed else bytes(data)
        self.disk.log.ops.append(Op("write", self.number, offset=offset, data=given))
        super().xWrite(given, offset)
        if failed:
            raise apsw.FullError("no room on the recording disk")

    def xTruncate(self, newsize: int) -> None:
        self.disk.log.ops.append(Op("truncate", self.number, offset=newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        if self.disk.fails("sync", self.number):
            self.disk.log.ops.append(Op("failed-sync", self.number))
            error = apsw.IOError("the recording disk could not sync")
            error.extendedresult = apsw.SQLITE_IOERR_FSYNC
            raise error
        self.disk.log.ops.append(Op("sync", self.number))
        if self.number in self.disk.unnamed:
            self.disk.unnamed.discard(self.number)
            self.disk.log.ops.append(Op("sync-names"))


@contextlib.contextmanager
def under(
    disk: Disk | None, key: str = "", instead: Mapping[str, str] | None = None
) -> Iterator[None]:
    """While this lasts, every connection is made to the disk, with the key.

    `instead` plants a mistake: words of SQL, and what is run in their place.
    """

    class Through(apsw.Connection):  # type: ignore[misc]  # apsw has no types here
        def __init__(self, name: str, **how: Any) -> None:
            if disk is not None:
                how["vfs"] = f"multipleciphers-{disk.title}"
            super().__init__(name, **how)
            if key:
                self.pragma("key", f"raw:{key}")

        def set_busy_timeout(self, milliseconds: int) -> None:
            super().set_busy_timeout(0)  # nobody else is there to be waited for

        def execute(self, sql: str, *more: Any, **how: Any) -> Any:
            for words, other in (instead or {}).items():
                sql = sql.replace(words, other)
            return super().execute(sql, *more, **how)

    sync, write = os.fsync, os.pwrite

    def synced(handle: int) -> None:
        number = _number(disk, handle)
        if disk is None:
            return  # the images lie where a sync costs time and shows nothing
        if number is None:
            sync(handle)
        elif disk.fails("sync", number):
            disk.log.ops.extend([Op("failed-sync", number)] if number >= 0 else [])
            raise OSError(errno.EIO, "the recording disk could not sync")
        else:
            disk.log.ops.append(Op("sync", number) if number >= 0 else Op("sync-names"))

    def written(handle: int, data: bytes, offset: int) -> int:
        number = _number(disk, handle)
        if disk is not None and number is not None:
            disk.log.ops.append(Op("write", number, offset=offset, data=data))
        return write(handle, data, offset)

    with (
        mock.patch.object(os, "fsync", synced),
        mock.patch.object(os, "pwrite", written),
        mock.patch.object(apsw, "Connection", Through),
        # Each connection has its key already, so no passphrase is to be asked for.
        mock.patch.object(connection, "is_locked", lambda path: False),
    ):
        yield


def _number(disk: Disk | None, handle: int) -> int | None:
    """The number of an open file of the disk, -1 for its folder, None for what is elsewhere."""
    if disk is None:
        return None
    found = os.fstat(handle)
    if os.path.samestat(found, disk.folder.stat()):
        return -1
    for name, number in disk.log.names.items():
        file = disk.folder / name
        if file.exists() and os.path.samestat(found, file.stat()):
            return number
    return None


MEMORY = Path("/dev/shm")


@contextlib.contextmanager
def quick_folder() -> Iterator[Path]:
    """A folder that is removed afterwards; in memory where there is such a place."""
    where = MEMORY if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="safeconduct-crash-", dir=where) as folder:
        yield Path(folder)

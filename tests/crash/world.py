"""One register being worked on, on a recording disk, with the harness listening."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import apsw

from safeconduct.adapters.sqlite import SqliteStore, connection
from safeconduct.errors import RegisterError
from safeconduct.register import Entry, Personal
from safeconduct.register.entry import entry_from_bytes
from safeconduct.register.files import SealedFile
from tests.crash.disk import Disk, Log, Op, quick_folder
from tests.crash.images import image
from tests.crash.told import Batch, Mark, Told, batch_of, told_by
from tests.unit.register.writers import an_entry

NAME = "office.sqlite"

Answer = TypeVar("Answer")


class World:
    """The register at `folder / NAME`; every call is marked in the log before and after.

    Where the disk makes trouble, each call must fail with an error of the program that says what to
    do; then the trouble ends, and the call is made again: by the same store, or by a new one when
    `reopens`. What the errors and the state between them violate is in `wrong`.
    """

    def __init__(self, disk: Disk, *, reopens: bool = False) -> None:
        self.disk, self.reopens = disk, reopens
        self.path = disk.folder / NAME
        self.store: SqliteStore | None = None
        self.wrong: list[str] = []
        self.errors: list[str] = []

    @property
    def told(self) -> Told:
        """What was acknowledged so far."""
        return told_by(op.mark for op in self.disk.log.ops if op.mark is not None)

    def create(self) -> None:
        """Makes the register."""
        self.store = self._tried(lambda: SqliteStore.create(self.path))
        self._mark(Mark("made"))

    def open(self) -> None:
        """Opens the register."""
        self.store = self._tried(lambda: SqliteStore.open(self.path))

    def add(self, entries: Iterable[Entry], personal: Iterable[Personal] = ()) -> None:
        """Appends in one call."""
        entries, personal = tuple(entries), tuple(personal)
        batch = batch_of(entries, personal)
        self._mark(Mark("begun", batch))
        self._tried(lambda: self._here.append_all(entries, personal))
        self._mark(Mark("done", batch))

    def add_bytes(self, batch: Batch) -> None:
        """Appends again what was under way when a program was killed."""
        self.add([entry_from_bytes(*kept) for kept in batch.entries], batch.texts)

    def add_next(self) -> None:
        """Appends the next entry of a chain that is there."""
        head = self._here.heads()[0]
        self.add([an_entry(head, head.writer)])

    def erase(self, content: Personal) -> None:
        """Erases one content."""
        sha256 = content.commitment.sha256
        self._mark(Mark("erasing", text=sha256))
        self._tried(lambda: self._here.erase(content.commitment))
        self._mark(Mark("erased", text=sha256))

    def keep(self, file: SealedFile, key: bytes) -> None:
        """Keeps one file, under a key that its operation has from now on."""
        self._mark(Mark("filing", file=file))
        self._tried(lambda: self._here.operation_key(file.at.operation, key))
        self._tried(lambda: self._here.keep(file, key))
        self._mark(Mark("filed", file=file))

    def destroy(self, operation: str) -> None:
        """Destroys the files of an operation, and so its key."""
        self._mark(Mark("destroying", text=operation))
        going = [at for at in self._here.files() if at.operation == operation]
        self._tried(lambda: self._here.destroy(files=going))
        self._mark(Mark("destroyed", text=operation))

    def close(self) -> None:
        """Closes the register, which moves its log into the file."""
        try:
            self._here.close()
        except RegisterError as error:
            # SQLite closes all the same and leaves its log; only a disk written in Python is heard.
            self.errors.append(str(error))
            assert self.disk.trouble is not None
            self.disk.trouble.over = True
        self.store = None

    def handle(self) -> None:
        """Opens the register with a log that is moved into the file every few pages."""
        handle = self._tried(lambda: connection.open_existing(self.path))
        handle.execute("PRAGMA wal_autocheckpoint = 4")
        self.store = SqliteStore(handle, self.path)

    @property
    def _here(self) -> SqliteStore:
        assert self.store is not None
        return self.store

    def _mark(self, mark: Mark) -> None:
        self.disk.log.ops.append(Op("mark", mark=mark))

    def _tried(self, call: Callable[[], Answer]) -> Answer:
        trouble = self.disk.trouble
        if trouble is None:
            return call()
        try:
            return call()
        except RegisterError as error:
            if not trouble.struck:
                raise
            self.errors.append(str(error))
            if not any(words in str(error) for words in ("Make room", "look after this one")):
                self.wrong.append(f"no remedy: {error}")
        except apsw.Error as error:
            self.wrong.append(f"an error of SQLite came through: {error}")
        self.disk.look()
        self._look()
        trouble.over = True
        if self.reopens and self.store is not None:
            self.store.close()
            self.store = SqliteStore.open(self.path)
        return call()

    def _look(self) -> None:
        """Between the failure and the second try: nothing half, nothing not acknowledged."""
        if self.store is None:
            return
        here = {entry.signed_bytes() for entry in self.store.entries()}
        told = self.told
        must = {kept.signed for batch in told.done for kept in batch.entries}
        if must - here:
            self.wrong.append(f"lost: {len(must - here)} entries after an error")
        # A call whose log could not be moved into the file has failed after its entries were kept;
        # SQLite is silent about that, and only a disk written in Python is heard. But what is shown
        # must be on the disk, and not in memory only.
        if here - must - self._durable():
            self.wrong.append(f"shown: {len(here - must)} entries of a call that failed")

    def _durable(self) -> set[bytes]:
        """The entries that a power cut at this moment would leave, at the least."""
        log = self.disk.log
        with quick_folder() as folder:
            for name, content in image(log, len(log.ops), "none", random.Random(0)).items():
                (folder / name).write_bytes(content)
            plain = apsw.Connection(str(folder / NAME), flags=apsw.SQLITE_OPEN_READWRITE)
            rows = plain.execute("SELECT signed FROM entries").fetchall()
            plain.close()
        return {row[0] for row in rows}


def recorded(folder: Path) -> Log:
    """A recording that begins with what lies in the folder now."""
    return Log({file.name: file.read_bytes() for file in sorted(folder.iterdir())})

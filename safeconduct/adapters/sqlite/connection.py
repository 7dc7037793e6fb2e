"""Opening a register file: is it one, is it whole, and which steps of its schema are missing?"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import apsw

from safeconduct.adapters import upgrades
from safeconduct.adapters.files.newfile import sync_folder
from safeconduct.adapters.sqlite import clear_texts
from safeconduct.adapters.sqlite.locking import Passphrase, is_locked, key_of, new_lock, nobody
from safeconduct.errors import (
    Locked,
    MissingFile,
    NotARegister,
    RegisterError,
    RegisterExists,
    SafeconductError,
)

APPLICATION_ID = 0x53464344
"""Marks the file as ours, in its header: the letters SFCD."""

_BUSY_MS = 5_000

# FULL: an append that was reported as done survives a power cut. Secure delete: erased text is
# overwritten, not merely unlinked. Untrusted schema: a prepared file cannot run functions.
# Temporary tables stay in memory: a file of them would lie beside a locked register in clear.
_SETTINGS = """
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
"""

_LOGGED = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"


def create(
    path: Path, *, replay: bool, root: str, passphrase: str | None = None
) -> apsw.Connection:
    """A connection to a new, empty register; locked where a passphrase is given.

    Raises
    ------
    RegisterExists : something is already at the path; it is left as it is.
    MissingFile : the folder is not there.
    RegisterError : the folder cannot be written to.
    """
    _claim(path)
    try:
        lock = new_lock(passphrase) if passphrase else None
        with translated(path), connected(path, lock) as connection:
            # The schema comes first, in one transaction of the old kind of journal: whatever stops
            # it, the file is empty or a register. EXTRA: a power cut does not bring that journal
            # back, which would undo all.
            _run(connection, "PRAGMA synchronous = EXTRA")
            _bring_up_to_date(connection, replay=replay, root=root)
            _run(connection, _LOGGED)
            return connection
    except BaseException:
        for ending in ("", "-journal", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        raise


def open_existing(path: Path, passphrase: Passphrase = nobody) -> apsw.Connection:
    """A connection to the register at the path, brought up to this version's schema.

    Raises
    ------
    MissingFile : nothing is there.
    NotARegister : text, another program's database, a truncated file, a newer version's register.
    Locked : it is locked, and the passphrase is missing or another.
    """
    if not path.is_file():
        raise MissingFile(
            f"There is no register at {path}.", "Check the path, or make a register there first."
        ).located(file=str(path))
    with translated(path):
        lock = key_of(path, passphrase) if is_locked(path) else None
        place = path.resolve()  # where SQLite has the log, too, of what a symbolic link names
        _write_log_again(place, lock)
    with translated(path), connected(path, lock) as connection:
        _check_ours(connection)
        sync_folder(place)
        before = _pragma(connection, "user_version")
        if _bring_up_to_date(connection):
            upgrades.note(str(path), before, len(_steps()))
        if not connection.readonly("main"):
            _run(connection, _LOGGED)  # where the making was stopped before it
            _settle(connection)
        return connection


@contextmanager
def writing(connection: apsw.Connection) -> Iterator[None]:
    """One transaction, the only one that writes; on any error nothing of it is kept."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into this package's, each with the file it happened in."""
    try:
        yield
    except (apsw.NotADBError, apsw.CorruptError) as error:
        raise NotARegister(
            f"The file is no whole register: {error}.",
            "Check the path; if it was a register, restore it from a copy as a new writer.",
        ).located(file=str(path)) from error
    except apsw.BusyError as error:
        raise RegisterError(
            f"Another program has been writing to the register for over {_BUSY_MS // 1000} s.",
            "Wait until it has finished and try again; nothing was changed.",
        ).located(file=str(path)) from error
    except apsw.FullError as error:
        raise RegisterError(
            f"There is no room to write to the register: {error}.",
            "Make room on the disk and do the same again; what is kept already is not kept twice.",
        ).located(file=str(path)) from error
    except (apsw.IOError, OSError) as error:
        raise RegisterError(
            f"The disk failed while the register was read or written: {error}.",
            "Copy the register to another disk and look after this one, then do the same again; "
            "what is kept already is not kept twice.",
        ).located(file=str(path)) from error
    except apsw.Error as error:
        raise RegisterError(
            f"The register could not be read or written: {error}.",
            "Check that the disk has room and the file may be written; nothing was half written.",
        ).located(file=str(path)) from error
    except SafeconductError as error:
        error.located(file=str(path))
        raise


def _claim(path: Path) -> None:
    """Makes the empty file, readable by its owner alone, unless something is there already."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError as error:
        raise RegisterExists(
            f"Something is already at {path}; a register never overwrites.",
            "Open it, or choose another path.",
        ).located(file=str(path)) from error
    except FileNotFoundError as error:
        raise MissingFile(
            f"The folder {path.parent} is not there.", "Make the folder first, or correct the path."
        ).located(file=str(path)) from error
    except OSError as error:
        raise RegisterError(
            f"No register can be made at {path}: {error.strerror}.",
            "Choose a folder that you may write to.",
        ).located(file=str(path)) from error


@contextmanager
def connected(path: Path, lock: str | None) -> Iterator[apsw.Connection]:
    """A connection that stays open, unless what is done with it first fails."""
    connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.set_busy_timeout(_BUSY_MS)
        if lock is not None:  # before anything is read, also the header
            _run(connection, lock)
            _check_opens(connection, path)
        _run(connection, _SETTINGS)
        yield connection
    except BaseException:
        connection.close()
        raise


def _check_opens(connection: apsw.Connection, path: Path) -> None:
    """Nothing, when the key opens the first page: each page carries a code that only it makes."""
    try:
        _pragma(connection, "schema_version")
    except apsw.NotADBError:
        raise Locked(
            "The register is locked, and it does not open with this passphrase.",
            "Type it again. If it is surely the right one, the file is damaged: restore a backup.",
        ).located(file=str(path)) from None


def _check_ours(connection: apsw.Connection) -> None:
    if _pragma(connection, "page_count") == 0:
        raise NotARegister(
            "The file is empty: making a register there may have been interrupted.",
            "Delete it and make the register again.",
        )
    if _pragma(connection, "application_id") != APPLICATION_ID:
        raise NotARegister(
            "The file is a SQLite database, but no register of this program.", "Check the path."
        )
    version, known = _pragma(connection, "user_version"), len(_steps())
    if version > known:
        raise NotARegister(
            f"The register has schema {version}; this version knows schemas up to {known}.",
            "Update this program; a register is never turned back.",
        )


def _bring_up_to_date(connection: apsw.Connection, *, replay: bool = False, root: str = "") -> bool:
    """Whether the file lacked steps; all are run in one transaction. The rest is for a new file.

    Raises
    ------
    RegisterError : it lacks some, and may only be read.
    """
    steps = _steps()
    if (version := _pragma(connection, "user_version")) == len(steps):
        return False
    if connection.readonly("main"):
        raise RegisterError(
            f"The register has schema {version}, older than the {len(steps)} of this version, and "
            "may only be read.",
            "Open it once where it may be written, which brings it up to date, or use the version "
            "that made it.",
        )
    with writing(connection):
        done = _pragma(connection, "user_version")
        for step in steps[done:]:
            _run(connection, step)
        clear_texts.seal_all(connection)
        if done == 0:
            connection.execute(
                "INSERT INTO register (only, replay, root) VALUES (1, ?, ?)", (int(replay), root)
            )
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {len(steps)}")
    return True


def _settle(connection: apsw.Connection) -> None:
    """Makes sure that all that is found in the register is on the disk, and not only in memory.

    A program that was killed, or whose disk failed to sync, may have left entries in the log that
    the system still shows and a power cut would take away, and with them all that is written after
    them. So they are moved into the file itself.
    """
    try:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except apsw.BusyError:  # another program does it at this moment: wait until it has
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_FULL)


def _write_log_again(path: Path, lock: str | None) -> None:
    """Writes a log that was left behind again, byte for byte, and syncs it.

    SQLite syncs a log's name only where it makes the log. Without its name a power cut could take
    away a log that another program had made, and with it all that was written to it.

    After a failed sync a system may show from memory what the disk never got, and call the next
    sync a success. Only what is written anew is sure to be synced. Where another program has the
    register open, it did this when it opened it, and its log is left alone.
    """
    log = path.with_name(path.name + "-wal")
    if not log.is_file():
        return
    sync_folder(path)
    if log.stat().st_size == 0 or not os.access(log, os.W_OK):
        return
    with connected(path, lock) as alone:
        alone.set_busy_timeout(0)
        try:
            # Read alone, and the log is nobody else's until this connection is closed.
            _run(alone, "PRAGMA locking_mode = EXCLUSIVE; SELECT count(*) FROM sqlite_schema;")
        except apsw.BusyError:
            pass
        else:
            _rewrite(log)
        alone.close()


def _rewrite(file: Path) -> None:
    handle = os.open(file, os.O_RDWR)
    try:
        at = 0
        while block := os.pread(handle, 1 << 20, at):
            at += os.pwrite(handle, block, at)
        os.fsync(handle)
    finally:
        os.close(handle)


def _steps() -> list[str]:
    """The numbered files of the schema, in order; the number of the last is its version."""
    folder = resources.files("safeconduct.adapters.sqlite").joinpath("sql")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return [file.read_text("utf-8") for file in files if file.name.endswith(".sql")]


def _run(connection: apsw.Connection, script: str) -> None:
    """Runs a script to its end; unread, a statement that answers would be the last to run."""
    connection.execute(script).fetchall()


def _pragma(connection: apsw.Connection, name: str) -> int:
    return int(connection.execute(f"PRAGMA {name}").get)

"""Opening and making a register from what a person types: a file, or an address on a server."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from safeconduct.adapters.chance import new_bytes
from safeconduct.adapters.files.newfile import put_new
from safeconduct.adapters.passphrase import passphrase
from safeconduct.errors import RegisterExists, SafeconductError
from safeconduct.register import Store

_SERVER = ("postgresql://", "postgres://")


def on_server(text: str) -> bool:
    """Whether the text names a register on a server rather than a file; nothing is loaded."""
    return text.startswith(_SERVER)


def name_of(text: str) -> str:
    """The register as it may be told in messages: an address without its password."""
    if on_server(text):
        from safeconduct.adapters.postgres import Address  # an extra

        return Address.read(text).shown
    return text


def open_store(text: str) -> Store:
    """The register at a path, or at an address such as `postgresql://user@host/office#north`.

    Raises
    ------
    MissingFile, NotARegister : there is none.
    Locked : the file needs a passphrase, and none is given or another one.
    WrongField : an address that cannot be read.
    RegisterError : the server cannot be reached, or does not allow it.
    MissingExtra : an address, and the library for servers is not installed.
    """
    if on_server(text):
        from safeconduct.adapters.postgres import PostgresStore  # an extra

        return PostgresStore.open(text)
    from safeconduct.adapters.sqlite import SqliteStore  # apsw loads only where a file is opened

    return SqliteStore.open(text, passphrase)


def create_store(text: str, *, replay: bool = False, root: str = "") -> Store:
    """A new, empty register at a path or an address where nothing is yet.

    A file is locked with the passphrase of this run, where one was given. What lies on a server is
    for the server to protect.

    Raises
    ------
    RegisterExists : something is already there.
    MissingFile : the folder is not there.
    WrongField, RegisterError, MissingExtra : as `open_store`.
    """
    if on_server(text):
        from safeconduct.adapters.postgres import PostgresStore  # an extra

        return PostgresStore.create(text, replay=replay, root=root)
    from safeconduct.adapters.sqlite import SqliteStore  # apsw loads only where a file is opened

    return SqliteStore.create(text, replay=replay, root=root, passphrase=passphrase())


@contextmanager
def making(text: str, *, replay: bool = False, root: str = "") -> Iterator[Store]:
    """A new register to be filled; a file has its name only when it was filled without an error.

    Where that fails on a server, what was begun stays in its schema.

    Raises
    ------
    All that `create_store` raises; a file's name may also be taken while it is filled.
    """
    if on_server(text):
        with closing(create_store(text, replay=replay, root=root)) as store:
            yield store
        return
    path = Path(text)
    beside = path.with_name(f".{path.name}.{new_bytes(4).hex()}")
    if os.path.lexists(path):
        raise _taken(path)
    try:
        with closing(create_store(str(beside), replay=replay, root=root)) as store:
            yield store
        put_new(beside, path)
    except FileExistsError:
        raise _taken(path) from None
    except SafeconductError as error:
        if error.file == str(beside):
            error.file = text
        raise
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            beside.with_name(beside.name + ending).unlink(missing_ok=True)


def _taken(path: Path) -> RegisterExists:
    return RegisterExists(
        f"Something is already at {path}; a register never overwrites.",
        "Open it, or choose another path.",
    ).located(file=str(path))


def relocked(path: Path, new: str) -> None:
    """Locks a register file with another passphrase than that of this run.

    Raises
    ------
    Locked, MissingFile, NotARegister : as `open_store`.
    RegisterError : another program has the register open.
    """
    from safeconduct.adapters.sqlite.relocking import relock  # apsw loads only where it is needed

    relock(path, passphrase, new)


def rebuilt(store: Store) -> bool | None:
    """Draws the views of a register on a server anew; whether the map's are there, None in a file.

    Raises
    ------
    RegisterError : the role is not the owner, or something of others rests on a view.
    """
    from safeconduct.adapters.sqlite import SqliteStore  # apsw loads only where a file is opened

    if isinstance(store, SqliteStore):
        return None
    from safeconduct.adapters.postgres import PostgresStore  # an extra

    return store.rebuild_views() if isinstance(store, PostgresStore) else None

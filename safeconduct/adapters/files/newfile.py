"""Writing a new file: whole or not at all, and never over another."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from safeconduct.adapters.chance import new_bytes
from safeconduct.errors import MissingFile, RegisterExists, UnreadableFile

__all__ = ["put_new", "sync_folder", "write_new"]

_NO_LINKS = (errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK)
"""What systems say where a disk, such as a stick, knows no second name for a file."""


def write_new(path: Path, data: bytes) -> None:
    """The bytes in a new file, readable by its owner alone, and on the disk when this returns.

    Raises
    ------
    RegisterExists : something is already there; it is left as it is.
    MissingFile : the folder is not there.
    UnreadableFile : nothing can be written there, as when the disk is full.
    """
    if not path.parent.is_dir():
        raise MissingFile(
            f"The folder {path.parent} is not there.", "Make the folder first, or correct the path."
        ).located(file=str(path))
    beside = path.with_name(f".{path.name}.{new_bytes(4).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        put_new(beside, path)
    except FileExistsError:
        raise RegisterExists(
            f"Something is already at {path}; nothing is ever written over.",
            "Choose another path.",
        ).located(file=str(path)) from None
    except OSError as error:
        raise UnreadableFile(
            f"{path} cannot be written: {error.strerror or error}.",
            "Check that the disk has room and the folder may be written.",
        ).located(file=str(path)) from None
    finally:
        beside.unlink(missing_ok=True)


def put_new(beside: Path, path: Path) -> None:
    """Gives a file that is whole its name, where nothing has it, and puts the name on the disk.

    Raises
    ------
    FileExistsError : something is already there; it is left as it is.
    """
    try:
        # A link is made only where nothing is, which a rename does not look at.
        os.link(beside, path)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        os.replace(beside, path)
    sync_folder(path)


def sync_folder(path: Path) -> None:
    """Puts the names of the folder that the path is in on the disk."""
    folder = os.open(path.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)

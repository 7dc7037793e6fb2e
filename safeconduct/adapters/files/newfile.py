"""Writing a new file: whole or not at all, and never over another."""

from __future__ import annotations

import os
from pathlib import Path

from safeconduct.adapters.chance import new_bytes
from safeconduct.errors import MissingFile, RegisterExists, UnreadableFile

__all__ = ["write_new"]


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
        # A link is made only where nothing is, which a rename does not look at.
        os.link(beside, path)
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

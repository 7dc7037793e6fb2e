"""Writing a file that only its owner reads: whole, or what was there before."""

from __future__ import annotations

import os
from pathlib import Path

from safeconduct.adapters.chance import new_bytes
from safeconduct.adapters.files.newfile import sync_folder

__all__ = ["write_private"]


def write_private(path: Path, text: str) -> None:
    """The whole text or what was there before, readable by its owner alone, and on the disk."""
    beside = path.with_name(f".{path.name}.{new_bytes(4).hex()}")
    try:
        with os.fdopen(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path)

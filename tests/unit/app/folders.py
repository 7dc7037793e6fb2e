"""Folders to work on in a test: a world to spoil, a register to guard, and what a folder holds."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.register import register_head, roots_of

REPOSITORY = Path(__file__).parents[3]
TWO_TOWNS = REPOSITORY / "tests" / "worlds" / "two_towns"
MEBIBYTE = 2**20


def two_towns(folder: Path) -> Path:
    """A copy of the two towns in a folder, to be changed at will."""
    return Path(shutil.copytree(TWO_TOWNS, folder / "two_towns"))


def ground_and_records(folder: Path) -> Path:
    """The records of the two towns as a file that a live register takes.

    What only a case file has is left out: its heading, its areas (they come with the ground), and
    the time at which the incident check is claimed to have been recorded.
    """
    text = (TWO_TOWNS / "case.yaml").read_text()
    records = "zone: UTC\n" + text[text.index("actors:") :]
    start, end = records.index("areas:\n"), records.index("presences:")
    records = records[:start] + records[end:]
    path = folder / "records.yaml"
    path.write_text(records.replace("    recorded_at: 2030-05-06 07:05\n", ""))
    return path


def content(folder: Path) -> dict[str, str]:
    """Every file and folder below a folder, by path, with what would show that it was changed.

    A digest of the bytes; of what is larger than a mebibyte the size and when it was last written.
    """
    return {str(path.relative_to(folder)): _mark(path) for path in sorted(folder.rglob("*"))}


@contextmanager
def untouched(folder: Path) -> Iterator[None]:
    """The block leaves everything in the folder as it was, byte for byte."""
    before = content(folder)
    yield
    assert content(folder) == before


def head(register: Path) -> str:
    """The head of a register file."""
    store = SqliteStore.open(register)
    try:
        return register_head(roots_of(store))
    finally:
        store.close()


def _mark(path: Path) -> str:
    if not path.is_file():
        return "folder" if path.is_dir() else "other"
    found = path.stat()
    if found.st_size > MEBIBYTE:
        return f"{found.st_size} bytes, {found.st_mtime_ns}"
    return hashlib.sha256(path.read_bytes()).hexdigest()

"""The manifest of a folder of roads: what was read, when it was true, and the size of each array.

`manifest.json` is read whole before any array is touched; a folder without one holds nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.plaintext import MEBIBYTE, read_bytes
from safeconduct.errors import MissingFile, SafeconductError, UnreadableFile, WrongField
from safeconduct.register.codec import decode, encode

__all__ = [
    "FORMAT",
    "MANIFEST",
    "ArrayFile",
    "Manifest",
    "Source",
    "manifest_digest",
    "read_manifest",
]

FORMAT = 1
"""Raised whenever a folder of the old form would be read wrongly."""

MANIFEST = "manifest.json"
_LIMIT = 4 * MEBIBYTE


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The file that the roads were read from; `dated` is the date of its data as it states it."""

    file: str = ""
    sha256: str = ""
    dated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrayFile:
    """What a file `<name>.npy` must be."""

    dtype: str
    length: int
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a folder of roads says of itself.

    Parameters
    ----------
    label : what the roads are, in words. credit : whose data it is and under which licence, where
        the label does not say so.
    bounds_e7 : west, south, east, north, degrees times 10,000,000; empty when there is no node.
    tools : the versions of the programs that made it, by name.
    arrays : every array by name.
    """

    format: int
    id: str
    label: str = ""
    credit: str = ""
    source: Source = Source()
    bounds_e7: tuple[int, ...] = ()
    nodes: int
    arcs: int
    edges: int
    kinds: tuple[str, ...] = ()
    surfaces: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    tools: Mapping[str, str]
    arrays: Mapping[str, ArrayFile]

    def as_json(self) -> dict[str, Any]:
        """The manifest as JSON."""
        found = encode(self)
        assert isinstance(found, dict)
        return found


def manifest_digest(folder: Path) -> str:
    """The SHA-256 of a folder's manifest, as 64 hex digits.

    The manifest names the digest of every array, so that it stands for the whole folder.
    """
    return hashlib.sha256(read_bytes(folder / MANIFEST, _LIMIT)).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder of roads.

    Raises
    ------
    MissingFile : no such folder, or no manifest in it.
    UnreadableFile : it is no manifest, or one of another format.
    """
    path = folder / MANIFEST
    if not folder.is_dir():
        raise MissingFile(
            f"There is no folder {folder.name} in {folder.parent}.",
            "Check the name, or make it: `safeconduct roads import FILE --to FOLDER`.",
        ).located(file=str(folder))
    if not path.exists():
        raise MissingFile(
            f"The folder {folder.name} holds no {MANIFEST}, so it is no folder of roads.",
            "Name a folder that `safeconduct roads import` made.",
        ).located(file=str(folder))
    content = read_bytes(path, _LIMIT)
    try:
        data = json.loads(content)
        number = data["format"] if isinstance(data, dict) else None
        if isinstance(number, int) and number != FORMAT:
            raise UnreadableFile(
                f"The folder has format {number}; this program reads format {FORMAT}.",
                "Import the roads again with this program.",
                format=number,
            )
        return decode(Manifest, data)
    except UnreadableFile as error:
        raise error.located(file=str(path)) from None
    except (ValueError, KeyError, RecursionError, WrongField) as error:
        what = error.found if isinstance(error, SafeconductError) else str(error)
        raise UnreadableFile(
            f"The manifest cannot be read: {what.rstrip('.')}.", "Import the roads again."
        ).located(file=str(path)) from None

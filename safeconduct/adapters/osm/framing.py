"""Whether an `.osm.pbf` file is whole, as far as its own framing tells; and its SHA-256.

Such a file is a row of blocks, each with its length in front and a checksum inside, which the
library that reads it verifies. Nothing says how many blocks there are, so a file that was cut
between two of them looks whole. Two signs tell: writers fill every block but the last of a file
with the same count of objects, and put relations (turn restrictions) last.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from safeconduct.errors import MissingFile, UnreadableFile

__all__ = ["Framing", "framing"]

_LONGEST_HEAD, _LONGEST_BLOB = 64 * 1024, 32 * 1024 * 1024  # as the format itself limits them
_AGAIN = "Fetch the file again, and compare its checksum with the publisher's."


@dataclass(frozen=True, slots=True)
class Framing:
    """What the row of blocks tells.

    Parameters
    ----------
    full : the last block is as full as the first one, so more may have followed it.
    """

    sha256: str
    blocks: int
    full: bool


def framing(path: Path) -> Framing:
    """The digest of a file and the state of its row of blocks.

    Raises
    ------
    MissingFile : nothing is there.
    UnreadableFile : no such file, cut short, or damaged; the error names the byte.
    """
    try:
        size = path.stat().st_size
        digest = hashlib.sha256()
        counts: list[int] = []
        blocks = at = 0
        with path.open("rb") as file:
            while head := file.read(4):
                begins = at
                length = int.from_bytes(head, "big")
                if len(head) < 4 or not 0 < length <= _LONGEST_HEAD:
                    raise _broken(path, size, at, blocks)
                header = file.read(length)
                kind, body_length = _header(header, path, size, begins, blocks)
                body = file.read(body_length)
                at += 4 + length + body_length
                if at > size or len(body) < body_length:
                    raise _cut(path, size, at, blocks)
                if kind != ("OSMData" if blocks else "OSMHeader"):
                    raise _broken(path, size, begins, blocks)
                for part in (head, header, body):
                    digest.update(part)
                if kind == "OSMData" and (not counts or at == size):
                    counts.append(_objects(body, path, size, begins, blocks))
                blocks += 1
    except FileNotFoundError:
        raise MissingFile.at(path) from None
    except OSError as refused:
        raise UnreadableFile(
            f"{path.name} cannot be read: {refused.strerror}.",
            "Check that you may read it and that the disk is there.",
        ).located(file=str(path)) from None
    if blocks < 2:
        raise UnreadableFile(
            f"The file is {size} bytes long and holds no block of data.", _AGAIN
        ).located(file=str(path))
    return Framing(digest.hexdigest(), blocks, len(counts) > 1 and counts[-1] == counts[0])


def _header(data: bytes, path: Path, size: int, at: int, blocks: int) -> tuple[str, int]:
    found: dict[int, int | bytes] = {}
    try:
        found = dict(_fields(data))
        kind, length = found[1], found[3]
        if isinstance(kind, bytes) and isinstance(length, int) and 0 < length <= _LONGEST_BLOB:
            return kind.decode(), length
    except (IndexError, KeyError, ValueError):
        pass
    raise (_cut if at + 4 + len(data) >= size else _broken)(path, size, at, blocks)


def _objects(body: bytes, path: Path, size: int, at: int, blocks: int) -> int:
    """How many nodes, ways and relations a block holds; 0 where it is packed in a rarer way."""
    try:
        return sum(
            _dense(item) if kind == 2 else 1
            for field, group in _fields(_unpacked(body))
            if field == 2 and isinstance(group, bytes)
            for kind, item in _fields(group)
            if kind in (1, 2, 3, 4)
        )
    except (IndexError, KeyError, ValueError, TypeError, zlib.error):
        raise _broken(path, size, at, blocks) from None


def _unpacked(body: bytes) -> bytes:
    blob = dict(_fields(body))
    raw, packed = blob.get(1, b""), blob.get(3)
    if isinstance(packed, bytes):
        return zlib.decompress(packed)
    return raw if isinstance(raw, bytes) else b""


def _dense(item: int | bytes) -> int:
    """The count of nodes packed together: of the numbers whose last byte has no high bit."""
    ids = dict(_fields(item)).get(1, b"") if isinstance(item, bytes) else b""
    return sum(byte < 128 for byte in ids) if isinstance(ids, bytes) else 0


def _fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """The fields of a protocol buffer message: their numbers, and a number or bytes."""
    at = 0
    while at < len(data):
        key, at = _number(data, at)
        kind = key & 7
        if kind == 0:
            value, at = _number(data, at)
            yield key >> 3, value
            continue
        if kind == 2:
            length, at = _number(data, at)
        elif kind in (1, 5):
            length = 8 if kind == 1 else 4
        else:
            raise ValueError(kind)
        if at + length > len(data):
            raise IndexError(at)
        yield key >> 3, data[at : at + length]
        at += length


def _number(data: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
        if shift > 63:
            raise ValueError(at)


def _cut(path: Path, size: int, needed: int, blocks: int) -> UnreadableFile:
    return UnreadableFile(
        f"The file is cut short: it is {size} bytes long, and ends inside block {blocks + 1}.",
        _AGAIN,
        bytes=size,
        block=blocks + 1,
    ).located(file=str(path))


def _broken(path: Path, size: int, at: int, blocks: int) -> UnreadableFile:
    what = "This is no .osm.pbf file" if not blocks else "The file is damaged"
    return UnreadableFile(
        f"{what}: at byte {at} of {size} no block {blocks + 1} begins.",
        _AGAIN if blocks else "Give an OpenStreetMap extract in PBF form, named .osm.pbf.",
        byte=at,
        block=blocks + 1,
    ).located(file=str(path))

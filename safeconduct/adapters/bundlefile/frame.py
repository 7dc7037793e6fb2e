"""The zip of a bundle: written with the standard library, read by a reader that is stricter.

A zip file says everything twice, and readers differ in which they believe. Here there is one way to
be read: the members follow one another without gaps from the first byte on, their list follows
them, and the end record is the end; each name, size and checksum stands twice and agrees. So there
is nothing hidden, nothing overlaps, and what comes out is bounded before anything is unpacked.
Format: PKWARE APPNOTE 6.3.3, sections 4.3.7, 4.3.12 and 4.3.16.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.errors import BundleRefused

__all__ = ["MEMBERS", "OPENED_BYTES", "framed", "unframed"]

MEMBERS = 4096
"""So many parts at the most: a chain and a head for some hundred devices, and files beside."""

OPENED_BYTES = 96 << 20
"""So much may come out at the most. Entries have about 1.5 kB, so this is 60,000 of them; parsed
they take about six times as much memory, which a small laptop still has."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCAL_FORM = struct.Struct("<4sHHHHHIIIHH")
_CENTRAL_FORM = struct.Struct("<4sHHHHHHIIIHHHHHII")
_END_FORM = struct.Struct("<4sHHHHIIH")
_NAME = re.compile(rb"bundle\.json|personal\.jsonl|chains/\d{3,5}\.jsonl|heads/\d{3,5}"
                   rb"|evidence/[0-9a-f]{64}")  # fmt: skip
_STORED, _DEFLATED = 0, 8
_REGULAR = (0o100600 << 16, 0)
"""The kinds of file that a member may be by its attributes: no link, no folder."""


def framed(parts: Mapping[str, bytes]) -> bytes:
    """The zip of these parts, in their order; the same parts give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        for name, data in parts.items():
            about = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            about.create_system, about.external_attr = 3, _REGULAR[0]
            made.writestr(about, data, zipfile.ZIP_DEFLATED, 6)
    return target.getvalue()


@dataclass(frozen=True, slots=True)
class _Member:
    """A line of the list: what it says of a part."""

    name: str
    method: int
    checksum: int
    packed: int
    size: int
    offset: int


def unframed(data: bytes) -> dict[str, bytes]:
    """The parts of a zip, by name.

    Raises
    ------
    BundleRefused : it is not of the one form that is read here; the message says what and where.
    """
    listed = _listed(data)
    total = sum(one.size for one in listed)
    if total > OPENED_BYTES:
        raise _refused(f"Its parts would have {total} bytes, where {OPENED_BYTES} are unpacked")
    parts: dict[str, bytes] = {}
    at = 0
    for one in listed:
        if one.offset != at:
            raise _refused(f"The part {one.name} begins at byte {one.offset}, not at byte {at}")
        at = _check_local(data, one)
        if one.name in parts:
            raise _refused(f"The part {one.name} stands in it twice")
        parts[one.name] = _unpacked(data[at : at + one.packed], one)
        at += one.packed
    if at != _end(data)[1]:
        raise _refused(f"Between the last part and the list of parts, at byte {at}, is more")
    return parts


def _end(data: bytes) -> tuple[int, int, int]:
    """How many parts there are, where their list begins, and how long it is."""
    if len(data) < _END_FORM.size or not data.startswith(_LOCAL):
        raise BundleRefused(
            f"Its {len(data)} bytes do not begin as a bundle does.",
            "Nothing of it was taken. A bundle is what `safeconduct register export` writes: ask "
            "for one, or for this one again, on another stick.",
        )
    at = len(data) - _END_FORM.size
    magic, disk, start, here, members, length, offset, comment = _END_FORM.unpack_from(data, at)
    if magic != _END or comment:
        raise _refused("It does not end as a bundle does; it was cut short, or something follows")
    if disk or start or here != members or offset + length != at:
        raise _refused("Its end record does not fit what is before it")
    if not 0 < members <= MEMBERS:
        raise _refused(f"It has {members} parts, where 1 to {MEMBERS} are read")
    return members, offset, length


def _listed(data: bytes) -> list[_Member]:
    members, at, length = _end(data)
    end = at + length
    found = []
    for number in range(1, members + 1):
        if at + _CENTRAL_FORM.size > end:
            raise _refused(f"The list of parts ends before number {number} of {members}")
        (magic, _, _, flags, method, _, _, checksum, packed, size, named, extra, comment, disk,
         _, attributes, offset) = _CENTRAL_FORM.unpack_from(data, at)  # fmt: skip
        at += _CENTRAL_FORM.size
        name = data[at : min(at + named, end)]
        at += named
        if magic != _CENTRAL or extra or comment or disk or flags:
            kind = "encrypted by the zip itself" if flags & 1 else "not written as a bundle's parts"
            raise _refused(f"Number {number} in the list of parts, {name[:70]!r}, is {kind}")
        if not _NAME.fullmatch(name):
            raise _refused(f"Number {number} in it is named {name[:70]!r}, which no part is")
        if attributes not in _REGULAR or method not in (_STORED, _DEFLATED):
            raise _refused(f"The part {name.decode()} is no plain file")
        found.append(_Member(name.decode(), method, checksum, packed, size, offset))
    if at != end:
        raise _refused(f"After the list of {members} parts there are {end - at} bytes more")
    return found


def _check_local(data: bytes, listed: _Member) -> int:
    """Where the packed bytes of the part begin."""
    at = listed.offset
    if at + _LOCAL_FORM.size > len(data):
        raise _refused(f"The part {listed.name} begins beyond the end")
    magic, _, flags, method, _, _, checksum, packed, size, named, extra = _LOCAL_FORM.unpack_from(
        data, at
    )
    at += _LOCAL_FORM.size
    told = data[at : at + named], method, checksum, packed, size
    name = listed.name.encode()
    if (
        (magic, flags, extra) != (_LOCAL, 0, 0)
        or told
        != (listed.name.encode(), listed.method, listed.checksum, listed.packed, listed.size)
        or at + named + packed > len(data)
    ):
        raise _refused(f"What stands before the part {listed.name} is not what the list says of it")
    return at + len(name)


def _unpacked(packed: bytes, listed: _Member) -> bytes:
    """The bytes of a part; no more is ever unpacked than it is said to have."""
    if listed.method == _STORED:
        found, whole = packed, len(packed) == listed.size
    else:
        unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            found = unpacking.decompress(packed, listed.size + 1)
        except zlib.error as error:
            raise _refused(f"The part {listed.name} cannot be unpacked: {error}") from None
        whole = unpacking.eof and not unpacking.unused_data and len(found) == listed.size
    if not whole or zlib.crc32(found) != listed.checksum:
        raise _refused(
            f"The part {listed.name} does not unpack to the {listed.size} bytes that it is said "
            "to have"
        )
    return found


def _refused(found: str) -> BundleRefused:
    return BundleRefused(
        f"{found}.", "Nothing of it was taken. Ask its maker for it again, on another stick."
    )

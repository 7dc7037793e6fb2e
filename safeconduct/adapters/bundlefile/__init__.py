"""A bundle as a file: a zip of parts, clear or encrypted for its readers.

`read` takes the bytes of a file that anybody may have made, and gives a bundle or refuses it in
bounded time and memory; nothing is ever written to disk by a name that the file gives. `write`
gives the bytes; `safe.py` opens and seals what is encrypted, `frame.py` is the strict reader of the
zip itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from safeconduct.adapters.bundlefile.frame import MEMBERS, OPENED_BYTES, framed, unframed
from safeconduct.adapters.bundlefile.safe import (
    HOW_TO_NAME_READERS,
    SUFFIX,
    is_sealed,
    opened,
    sealed,
)
from safeconduct.errors import BundleRefused, FileTooLarge, WrongField
from safeconduct.register.bundle import Bundle, bundle_from, parts_of

__all__ = [
    "FILE_BYTES",
    "HOW_TO_NAME_READERS",
    "MEMBERS",
    "OPENED_BYTES",
    "SUFFIX",
    "is_bundle",
    "is_sealed",
    "read",
    "write",
]

FILE_BYTES = 64 << 20
"""So large is a file at the most. Text packs to a fifth, so this is more than may come out of it;
and a stick or a bad line carries it."""


def is_bundle(beginning: bytes) -> bool:
    """Whether a file that begins so is a bundle, clear or encrypted, or nothing that is known."""
    return is_sealed(beginning) or beginning.startswith(b"PK")


def write(bundle: Bundle, readers: Sequence[str] = ()) -> bytes:
    """The bytes of a bundle's file; the same bundle gives the same bytes, unless it is encrypted.

    Parameters
    ----------
    readers : their age keys (`age1...`); none leaves the file clear.

    Raises
    ------
    WrongField : the bundle holds personal content and has no readers, or one is no such key.
    FileTooLarge : no reader would take so large a bundle.
    """
    if bundle.personal and not readers:
        raise WrongField(
            f"The bundle holds {len(bundle.personal)} personal texts and would not be encrypted.",
            f"{HOW_TO_NAME_READERS} Or leave the names out.",
        ).located(field="reader")
    parts = parts_of(bundle)
    size = sum(map(len, parts.values()))
    if size > OPENED_BYTES or len(parts) > MEMBERS:
        raise FileTooLarge(
            f"The bundle has {len(parts)} parts and {size} bytes, where {MEMBERS} parts and "
            f"{OPENED_BYTES} bytes are read.",
            "Send only what the other side lacks, or send its evidence in several bundles.",
        )
    data = framed(parts)
    data = sealed(data, readers) if readers else data
    if len(data) > FILE_BYTES:  # photos and recordings do not pack, as text does
        raise FileTooLarge(
            f"The file would have {len(data)} bytes, where {FILE_BYTES} are read.",
            "Send its evidence in several bundles: `--evidence ID` for each.",
        )
    return data


def read(data: bytes, identities: Sequence[str] = ()) -> Bundle:
    """The bundle in the bytes of a file.

    Parameters
    ----------
    identities : our secret age keys (`AGE-SECRET-KEY-1...`), for a file that is encrypted.

    Raises
    ------
    BundleRefused : it is too large, damaged, no bundle, or encrypted for others.
    """
    if len(data) > FILE_BYTES:
        raise BundleRefused(
            f"The file has {len(data)} bytes, where {FILE_BYTES} are read.",
            "Ask its maker for only what is lacking here.",
        )
    if is_sealed(data):
        data = opened(data, identities)
    return bundle_from(unframed(data))

"""Files of evidence beside the entries: each sealed with the one key of its operation.

An entry commits to a file by its SHA-256, and can never be changed; a file must be erasable. So it
is kept sealed (AES-256-GCM) under a key that was drawn for its operation alone, and destroying that
key takes every copy of the sealed bytes with it, wherever a log or an old page still holds one. No
entry, hash or head ever rested on the key.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass

from safeconduct.errors import EvidenceRefused, WrongField
from safeconduct.register.canonical import JSON, is_digest
from safeconduct.register.entry import Entry
from safeconduct.register.erasing import OperationErased, operation_of
from safeconduct.register.sealing import KEY_BYTES, NONCE_BYTES, decrypted, encrypted
from safeconduct.vocabulary.evidence import Evidence

__all__ = [
    "FILE_BYTES",
    "KEY_BYTES",
    "NONCE_BYTES",
    "Filed",
    "SealedFile",
    "check_key",
    "filed_by",
    "named_in",
    "resting",
    "seal",
    "under",
    "unseal",
]

FILE_BYTES = 32 << 20
"""So large is a file at the most: a few minutes of video of a telephone, hundreds of pages. It is
held in memory whole, twice while it is sealed."""

_DOMAIN = b"safeconduct-evidence-v1\0"

_ANEW = (
    "Take the file from a backup, or from the office that gave it, and add it again for another "
    "operation, where it is found then: `safeconduct evidence add FILE --movement ID`, with a "
    "movement or `office`."
)
"""What was kept is never changed, so the damaged bytes stay where they are."""


@dataclass(frozen=True, slots=True, order=True)
class Filed:
    """Where a file is kept: under which operation, and by which hash of its content."""

    operation: str
    sha256: str


@dataclass(frozen=True, slots=True)
class SealedFile:
    """A file as it is kept; without the key of its operation it tells its length and no more.

    Parameters
    ----------
    at : where it is kept; sealed with the rest, so that no file passes for another.
    nonce : 12 bytes that were never used with this key before.
    sealed : the encrypted content and its code, 16 bytes longer than the file.

    Raises
    ------
    WrongField : the hash or the nonce is not of its form.
    """

    at: Filed
    nonce: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        if not is_digest(self.at.sha256) or len(self.nonce) != NONCE_BYTES:
            raise WrongField(
                f"A sealed file is given by the hash {self.at.sha256[:70]!r} and a nonce of "
                f"{len(self.nonce)} bytes; a SHA-256 and {NONCE_BYTES} bytes are expected.",
                "Make it with `seal`.",
            )


def seal(data: bytes, operation: str, key: bytes, nonce: bytes) -> SealedFile:
    """The file sealed for an operation, with its key and a nonce that is new."""
    at = Filed(operation, hashlib.sha256(data).hexdigest())
    return SealedFile(at, nonce, encrypted(data, _bound(at), key, nonce))


def unseal(file: SealedFile, key: bytes) -> bytes:
    """The file, byte for byte as it was given.

    Raises
    ------
    EvidenceRefused : the key is another one, or a byte was changed.
    """
    data = decrypted(file.sealed, _bound(file.at), key, file.nonce)
    if data is None:
        raise EvidenceRefused(
            f"The file {file.at.sha256[:12]}… that is kept for {file.at.operation} does not open: "
            "its bytes, or the key of the operation, are not those that were kept.",
            _ANEW,
            sha256=file.at.sha256,
        )
    # What is sealed is bound to its hash; this looks at the content itself all the same.
    if hashlib.sha256(data).hexdigest() != file.at.sha256:
        raise EvidenceRefused(
            f"The file that is kept as {file.at.sha256[:12]}… has another content than that.",
            _ANEW,
            sha256=file.at.sha256,
        )
    return data


def under(file: SealedFile, key: bytes, held: bytes) -> SealedFile:
    """A file that is sealed with one key, sealed with another, of the same operation elsewhere.

    Its nonce may go along: it was drawn at random, and never used with the other key.

    Raises
    ------
    EvidenceRefused : it does not open with its key.
    """
    data = unseal(file, key)
    return file if key == held else seal(data, file.at.operation, held, file.nonce)


def check_key(given: bytes, held: bytes | None, operation: str) -> None:
    """Nothing, when a file was sealed with the key that its operation has now.

    Raises
    ------
    EvidenceRefused : the key was destroyed, or there is another one since.
    """
    if held is None or not hmac.compare_digest(given, held):
        raise EvidenceRefused(
            f"The key of {operation} is not the one that the file was sealed with: it was "
            "destroyed meanwhile.",
            "What was entered for it is being erased; add the file again if it is still wanted.",
            operation=operation,
        )


def named_in(kind: str, body: JSON) -> tuple[str, ...]:
    """The hashes of the files that an entry of this kind and body rests on."""
    sha256 = body.get("sha256") if kind == Evidence.tag and isinstance(body, dict) else None
    return (sha256,) if isinstance(sha256, str) and is_digest(sha256) else ()


def filed_by(entry: Entry) -> frozenset[Filed]:
    """Where the files are kept that an entry rests on."""
    operation = operation_of(entry.kind, entry.body)
    return frozenset(Filed(operation, sha256) for sha256 in entry.evidence)


def resting(
    entries: Iterable[Entry], erased: Iterable[OperationErased]
) -> dict[Filed, tuple[Entry, ...]]:
    """The files that may be kept, each with the entries that rest on it and that no erasure names.

    A file that was erased and is entered anew afterwards is there again.
    """
    until: dict[str, int] = {}
    for one in erased:
        until[one.operation] = max(one.until, until.get(one.operation, one.until))
    found: dict[Filed, tuple[Entry, ...]] = {}
    for entry in entries:
        for at in filed_by(entry):
            if at.operation not in until or entry.recorded_at > until[at.operation]:
                found[at] = (*found.get(at, ()), entry)
    return found


def _bound(at: Filed) -> bytes:
    return _DOMAIN + bytes.fromhex(at.sha256) + at.operation.encode("utf-8")

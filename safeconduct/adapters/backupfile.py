"""A backup as a file: packed, and always encrypted in the age format.

With a passphrase the file is encrypted for a key that was made for it alone; that key stands at its
head, locked with the passphrase as the keys of this machine are (Argon2id, AES-256-GCM). So the
passphrase can be tried at the same cost everywhere. Without one it is encrypted for its readers.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Sequence

import pyrage

from safeconduct.adapters.bundlefile.safe import opened, sealed
from safeconduct.adapters.keys.sealing import Sealed, seal, unseal
from safeconduct.errors import BackupRefused, BundleRefused, FileTooLarge, Locked, WrongField

__all__ = ["FILE_BYTES", "OPENED_BYTES", "check_size", "is_backup", "read", "write"]

FILE_BYTES = 512 << 20
"""So large is a file at the most: an entry packs to some 300 bytes, evidence not at all. It is held
in memory whole, a few times over, while it is made and while it is read."""

OPENED_BYTES = 1 << 30
"""So much may come out at the most."""

_MAGIC = b"safeconduct-backup-v1\n"
_HEAD_BYTES = 4 << 10
_BOUND = b"safeconduct-backup-v1"

_OTHER = "Nothing of it was restored. Take another copy of the backup, or an older one."
_ELSEWHERE = (
    "Nothing of it was restored. Open it on a machine that it was encrypted for, whose key "
    "`safeconduct register reader` prints there; if this is one, take another copy of the backup."
)

Passphrase = Callable[[], str | None]
Identity = Callable[[], str | None]


def is_backup(beginning: bytes) -> bool:
    """Whether a file that begins so is a backup."""
    return beginning.startswith(_MAGIC)


def write(data: bytes, *, passphrase: str | None = None, readers: Sequence[str] = ()) -> bytes:
    """The bytes of a backup's file, encrypted for its readers, or else with the passphrase.

    Raises
    ------
    WrongField : neither is given, or a reader is no such key.
    FileTooLarge : so large a file would not be read again.
    """
    if not readers and not passphrase:
        raise WrongField(
            "A backup is always encrypted, and neither a passphrase nor a reader was given.",
            "Type a passphrase at the prompt, or give it in SAFECONDUCT_PASSPHRASE. Or have each "
            "reader type `safeconduct register reader` on its own machine, and give its key as "
            "`--reader age1…`.",
        ).located(field="reader")
    lock = None
    if not readers:
        assert passphrase is not None  # asked above
        own = pyrage.x25519.Identity.generate()
        lock = seal(str(own).encode(), passphrase, _BOUND)
        readers = (str(own.to_public()),)
    packed = zlib.compress(data, 6)
    made = _MAGIC + _head(lock) + b"\n" + sealed(packed, readers)
    check_size(len(made), len(data))
    return made


def check_size(packed: int, unpacked: int = 0) -> None:
    """Nothing, when a backup of so many bytes may be written.

    Raises
    ------
    FileTooLarge : it could not be read again.
    """
    if packed <= FILE_BYTES and unpacked <= OPENED_BYTES:
        return
    more = f", and {_mib(unpacked)} unpacked" if unpacked else ""
    raise FileTooLarge(
        f"The backup would have {_mib(packed)} at least{more}. At most {_mib(FILE_BYTES)} are "
        f"written, and {_mib(OPENED_BYTES)} unpacked, since it is held in memory whole.",
        "Close every program that has the register open and copy its file itself to another disk, "
        "locked with a passphrase; of a register on a server make a dump (`pg_dump`). Nearly all "
        "of it are files of evidence: those of operations that are over can be forgotten first "
        "(`safeconduct register erase`).",
        bytes=packed,
        limit=FILE_BYTES,
    )


def _mib(number: int) -> str:
    """
    >>> _mib(512 << 20), _mib((512 << 20) + 1)
    ('512 MiB', '513 MiB')
    """
    return f"{-(-number // (1 << 20))} MiB"


def read(data: bytes, passphrase: Passphrase, identity: Identity) -> bytes:
    """What was backed up.

    Parameters
    ----------
    passphrase : asked where the file is locked with one.
    identity : asked for our secret age key where it is encrypted for readers.

    Raises
    ------
    Locked : it is locked with a passphrase, and none is given or another one.
    BackupRefused : it is damaged, cut, encrypted for others, or no backup.
    """
    lines = data.split(b"\n", 2) if is_backup(data) else []
    if len(lines) != 3 or len(lines[1]) > _HEAD_BYTES or len(data) > FILE_BYTES:
        raise _refused(f"Its {len(data)} bytes are not those of a backup")
    key = _key(lines[1], passphrase, identity)
    try:
        packed = opened(lines[2], (key,) if key else ())
    except BundleRefused as error:
        then = _OTHER if b'"sealed"' in lines[1] else _ELSEWHERE
        raise BackupRefused(error.found, then) from None
    return _unpacked(packed)


def _head(lock: Sealed | None) -> bytes:
    return json.dumps({"sealed": lock.as_json()} if lock else {}).encode()


def _key(head: bytes, passphrase: Passphrase, identity: Identity) -> str | None:
    try:
        told = json.loads(head)
        lock = Sealed.from_json(told["sealed"]) if "sealed" in told else None
    except (ValueError, TypeError, WrongField) as error:
        raise _refused(f"Its head cannot be read: {error!r}") from None
    if _head(lock) != head:  # the case of a letter, or a field that nobody wrote
        raise _refused("Its head is not as this program writes it")
    if lock is None:
        return identity()
    given = passphrase()
    if given is None:
        raise Locked(
            "The backup is locked with a passphrase, and none was given.",
            "Type it at the prompt, or give it in SAFECONDUCT_PASSPHRASE.",
        )
    return unseal(lock, given, _BOUND).decode()


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        found = unpacking.decompress(packed, OPENED_BYTES + 1)
    except zlib.error as error:
        raise _refused(f"It cannot be unpacked: {error}") from None
    if not unpacking.eof or unpacking.unused_data or len(found) > OPENED_BYTES:
        raise _refused(f"It does not unpack to at most {OPENED_BYTES} bytes")
    return found


def _refused(found: str) -> BackupRefused:
    return BackupRefused(f"{found}.", _OTHER)

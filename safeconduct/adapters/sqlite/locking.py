"""The lock of a register file: which key opens it, and how it is told from other files.

Every page of a locked file, of its write-ahead log and of its journal is encrypted by SQLite3
Multiple Ciphers with ChaCha20 and carries a Poly1305 code. The key comes from the passphrase by
Argon2id; the salt is the first 16 bytes of the file, so the file needs nothing beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from safeconduct.adapters.chance import new_bytes
from safeconduct.adapters.keys.sealing import Cost, derived
from safeconduct.errors import Locked

__all__ = ["Passphrase", "is_locked", "key_of", "new_lock", "nobody", "statement"]

Passphrase = Callable[[], str | None]
"""Asks for the passphrase; None when there is nobody to ask."""

_SALT_BYTES = 16
_CLEAR = b"SQLite format 3\0"
# What the cipher leaves readable of the header, https://www.sqlite.org/fileformat2.html section
# 1.3: bytes 16 to 23, of which the last four are the 32 bytes kept for the code on each page and
# three that are always 64, 32, 32.
_HEADER_BYTES, _ALWAYS = 24, bytes((32, 64, 32, 32))
# Part of the format: a register that was locked with one cost opens with no other.
_COST = Cost(passes=3, kib=64 * 1024, lanes=4)


def nobody() -> None:
    """No passphrase: for what opens clear registers only."""
    return


def is_locked(path: Path) -> bool:
    """Whether the file is a locked database: its header is unreadable but for what stays so."""
    with path.open("rb") as file:
        head = file.read(_HEADER_BYTES)
    return len(head) == _HEADER_BYTES and head[:16] != _CLEAR and head[20:] == _ALWAYS


def new_lock(passphrase: str) -> str:
    """The statement that locks a new file, with a salt of its own."""
    return statement(passphrase, new_bytes(_SALT_BYTES))


def key_of(path: Path, passphrase: Passphrase) -> str:
    """The statement that opens a locked file; whether it does is seen when a page is read.

    Raises
    ------
    Locked : no passphrase is given.
    """
    given = passphrase()
    if given is None:
        raise Locked(
            "The register is locked with a passphrase, and none was given.",
            "Type it at the prompt, or give it in SAFECONDUCT_PASSPHRASE.",
        ).located(file=str(path))
    with path.open("rb") as file:
        return statement(given, file.read(_SALT_BYTES))


@lru_cache(maxsize=4)  # a try costs 0.1 s by intent, and one run opens a register many times
def statement(passphrase: str, salt: bytes) -> str:
    """What is said to the library before anything of a locked file is read or written."""
    key = derived(passphrase, salt, _COST)
    return f"PRAGMA cipher = 'chacha20'; PRAGMA key = 'raw:{key.hex()}{salt.hex()}';"

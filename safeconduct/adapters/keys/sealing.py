"""A secret locked with a passphrase: Argon2id (RFC 9106) makes the key, AES-256-GCM locks.

The passphrase is nowhere on disk. What it costs to try one stands beside the lock, so that it can
be raised later without locking anybody out.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Self

from safeconduct.adapters.chance import new_bytes
from safeconduct.errors import Locked, WrongField

__all__ = ["Cost", "Sealed", "derived", "seal", "unseal"]

_SALT_BYTES, _NONCE_BYTES, _KEY_BYTES = 16, 12, 32


@dataclass(frozen=True, slots=True)
class Cost:
    """What one try of a passphrase costs.

    Parameters
    ----------
    passes, kib, lanes : Argon2's time, memory (kibibytes) and parallelism. The default is the
        second recommended choice of RFC 9106, section 4: about 0.1 s on a laptop.
    """

    passes: int = 3
    kib: int = 64 * 1024
    lanes: int = 4

    def __post_init__(self) -> None:
        # A file that asks for more would only be there to use up this machine.
        if not (1 <= self.passes <= 64 and 8 * self.lanes <= self.kib <= 2**21) or not (
            1 <= self.lanes <= 64
        ):
            raise WrongField(
                f"The lock says that a passphrase costs {self.passes} passes over {self.kib} KiB "
                f"in {self.lanes} lanes, which nothing here was locked with.",
                "Take the file again from where it was made.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A locked secret, as bytes that may lie anywhere."""

    cost: Cost
    salt: bytes
    nonce: bytes
    locked: bytes

    def as_json(self) -> dict[str, Any]:
        """As it is written into a file."""
        return {
            "argon2id": [self.cost.passes, self.cost.kib, self.cost.lanes],
            "salt": self.salt.hex(),
            "nonce": self.nonce.hex(),
            "locked": self.locked.hex(),
        }

    @classmethod
    def from_json(cls, data: Any) -> Self:
        """What `as_json` wrote.

        Raises
        ------
        WrongField : it is something else.
        """
        try:
            passes, kib, lanes = data["argon2id"]
            parts = {name: bytes.fromhex(data[name]) for name in ("salt", "nonce", "locked")}
            cost = Cost(int(passes), int(kib), int(lanes))
        except (KeyError, TypeError, ValueError) as error:
            raise WrongField(
                f"This is no locked secret: {error!r}.", "Take the file again from its copy."
            ) from None
        return cls(cost=cost, **parts)


@lru_cache(maxsize=8)  # a try is dear by intent, and one run opens the same lock many times
def derived(passphrase: str, salt: bytes, cost: Cost = Cost()) -> bytes:
    """The key that a passphrase makes with a salt, 32 bytes."""
    from argon2.low_level import Type, hash_secret_raw  # only what is locked needs it

    return hash_secret_raw(
        passphrase.encode("utf-8"),
        salt,
        time_cost=cost.passes,
        memory_cost=cost.kib,
        parallelism=cost.lanes,
        hash_len=_KEY_BYTES,
        type=Type.ID,
    )


def seal(secret: bytes, passphrase: str, bound_to: bytes, cost: Cost = Cost()) -> Sealed:
    """The secret, locked; it opens only with the passphrase and beside what it is bound to."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only what is locked needs it

    salt, nonce = new_bytes(_SALT_BYTES), new_bytes(_NONCE_BYTES)
    locked = AESGCM(derived(passphrase, salt, cost)).encrypt(nonce, secret, bound_to)
    return Sealed(cost=cost, salt=salt, nonce=nonce, locked=locked)


def unseal(sealed: Sealed, passphrase: str, bound_to: bytes) -> bytes:
    """The secret.

    Raises
    ------
    Locked : the passphrase is another, or the lock was changed.
    """
    from cryptography.exceptions import InvalidTag  # only what is locked needs it
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # only what is locked needs it

    key = derived(passphrase, sealed.salt, sealed.cost)
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.locked, bound_to)
    except (InvalidTag, ValueError):
        raise Locked(
            "The passphrase does not open this lock.",
            "Type it again; if the file was copied or changed, take it from where it was whole.",
        ) from None

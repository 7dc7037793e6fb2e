"""The one place that draws random bytes: new ids, salts and keys."""

from __future__ import annotations

import secrets

from safeconduct.register.personal import SALT_BYTES
from safeconduct.register.sealing import KEY_BYTES, NONCE_BYTES


def new_id() -> str:
    """A fresh 128-bit id, as 32 hex characters."""
    return secrets.token_hex(16)


def new_salt() -> bytes:
    """A fresh salt for a commitment."""
    return secrets.token_bytes(SALT_BYTES)


def new_key() -> bytes:
    """A fresh key for what an operation has sealed."""
    return secrets.token_bytes(KEY_BYTES)


def new_nonce() -> bytes:
    """A fresh nonce for what is sealed with such a key."""
    return secrets.token_bytes(NONCE_BYTES)


def new_bytes(count: int) -> bytes:
    """So many fresh bytes, for a key or for what must never come twice."""
    return secrets.token_bytes(count)

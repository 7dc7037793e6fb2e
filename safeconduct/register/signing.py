"""Ed25519 signatures (RFC 8032), and the ids that keys have as writers."""

from __future__ import annotations

import hashlib
import re

from safeconduct.errors import WrongField

__all__ = [
    "PUBLIC_BYTES",
    "SECRET_BYTES",
    "SIGNATURE_BYTES",
    "holds",
    "public_of",
    "sign",
    "writer_id",
]

SECRET_BYTES, PUBLIC_BYTES, SIGNATURE_BYTES = 32, 32, 64

_DEVICE = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_KEY_DIGITS = 20
"""80 bits of the key's hash; nobody finds a second key for an id. The whole key is on record."""


def sign(secret: bytes, data: bytes) -> bytes:
    """The signature over the data, 64 bytes; the same key and data give the same signature."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # a case needs no signatures
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(secret).sign(data)


def public_of(secret: bytes) -> bytes:
    """The public half of a secret key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # a case needs no signatures
        Ed25519PrivateKey,
    )

    return Ed25519PrivateKey.from_private_bytes(secret).public_key().public_bytes_raw()


def holds(public: bytes, data: bytes, signature: bytes) -> bool:
    """Whether the signature over the data is right."""
    from cryptography.exceptions import InvalidSignature  # a case needs no signatures
    from cryptography.hazmat.primitives.asymmetric.ed25519 import (  # a case needs no signatures
        Ed25519PublicKey,
    )

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def writer_id(device: str, public: bytes) -> str:
    """The id of the writer that a device with this key is: its name, and what is of its key alone.

    Raises
    ------
    WrongField : the device's name has other characters, or the key another length.

    >>> writer_id("laptop-2", bytes(32))
    'laptop-2:66687aadf862bd776c8f'
    """
    if not _DEVICE.fullmatch(device):
        raise WrongField(
            f"{device!r} is no name for a device.",
            "Use small letters, digits and hyphens, 40 at the most, such as `goma-laptop-2`.",
        ).located(field="device")
    if len(public) != PUBLIC_BYTES:
        raise WrongField(
            f"A public key of {len(public)} bytes was given, where {PUBLIC_BYTES} are expected.",
            "Give the key of the device as it was printed there.",
        ).located(field="public")
    return f"{device}:{hashlib.sha256(public).hexdigest()[:_KEY_DIGITS]}"

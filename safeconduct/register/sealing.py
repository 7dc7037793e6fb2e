"""What lies beside the entries is sealed (AES-256-GCM) with the one key of its operation.

Destroying that key takes every copy of the sealed bytes with it that does not hold the key: old
pages of a database, its logs, parts of a copy. A whole copy that was made before holds the key as
well, and opens.
"""

from __future__ import annotations

__all__ = ["KEY_BYTES", "NONCE_BYTES", "decrypted", "encrypted"]

KEY_BYTES, NONCE_BYTES = 32, 12


def encrypted(data: bytes, bound: bytes, key: bytes, nonce: bytes) -> bytes:
    """The data sealed and bound to what names it; 16 bytes longer.

    Parameters
    ----------
    nonce : 12 bytes that were never used with this key before.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a case has nothing sealed

    return AESGCM(key).encrypt(nonce, data, bound)


def decrypted(sealed: bytes, bound: bytes, key: bytes, nonce: bytes) -> bytes | None:
    """The data; None when the key or the name is another one, or a byte was changed."""
    from cryptography.exceptions import InvalidTag  # a case has nothing sealed
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # a case has nothing sealed

    try:
        return AESGCM(key).decrypt(nonce, sealed, bound)
    except (InvalidTag, ValueError):
        return None

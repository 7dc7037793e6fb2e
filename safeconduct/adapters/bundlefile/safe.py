"""Encrypting a bundle for its readers, in the age format."""

from __future__ import annotations

from collections.abc import Sequence

import pyrage

from safeconduct.errors import BundleRefused, WrongField

__all__ = ["HOW_TO_NAME_READERS", "SUFFIX", "is_sealed", "opened", "sealed"]

HOW_TO_NAME_READERS = (
    "Have each reader type `safeconduct register reader` on its own machine, which prints a key "
    "`age1…` that is no secret; give it here as `--reader age1…`."
)
"""What to do where nobody is named who could read a file that has to be encrypted."""

SUFFIX = ".age"
"""What the name of an encrypted file ends in; whether it is one is told from its bytes."""

_MAGIC = b"age-encryption.org/"
_HEADER_BYTES = 64 << 10
"""An age header has about 200 bytes for each reader, and each costs a key exchange to try: so this
many bytes, 300 readers, are tried at the most."""


def is_sealed(data: bytes) -> bool:
    """Whether these bytes begin as an encrypted file does."""
    return data.startswith(_MAGIC)


def sealed(data: bytes, readers: Sequence[str]) -> bytes:
    """The bytes encrypted for readers, by their age keys.

    Raises
    ------
    WrongField : one is no such key.
    """
    recipients = []
    for reader in readers:
        try:
            recipients.append(pyrage.x25519.Recipient.from_str(reader.strip()))
        except pyrage.RecipientError:
            raise WrongField(
                f"{reader[:70]!r} is no key that can be encrypted for: such a key begins with "
                "`age1`.",
                HOW_TO_NAME_READERS,
            ).located(field="reader") from None
    return bytes(pyrage.encrypt(data, recipients))


def opened(data: bytes, identities: Sequence[str]) -> bytes:
    """What was encrypted for one of these identities.

    Raises
    ------
    BundleRefused : it was encrypted for others, or is damaged; or an identity is no such key.
    """
    if b"\n--- " not in data[:_HEADER_BYTES]:
        raise BundleRefused(
            f"The file is encrypted, and its first {_HEADER_BYTES} bytes do not end the list of "
            "its readers.",
            "It is damaged, or was made to waste time; ask its maker for it again.",
        )
    keys = []
    for identity in identities:
        try:
            keys.append(pyrage.x25519.Identity.from_str(identity.strip()))
        except pyrage.IdentityError:
            raise BundleRefused(
                "A key that was given to open the file is no age key.",
                "It begins with `AGE-SECRET-KEY-1`; take the one that this device keeps.",
            ) from None
    if not keys:
        raise BundleRefused(
            "The file is encrypted, and no key was given to open it.",
            "Open it on the device that it was encrypted for.",
        )
    try:
        return bytes(pyrage.decrypt(data, keys))
    except pyrage.DecryptError as error:
        raise BundleRefused(
            f"The file cannot be decrypted: {error}.",
            "It was encrypted for other readers, or is damaged: ask its maker for it again.",
        ) from None

"""Personal texts as a store keeps them: sealed with the key of their operation."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.errors import RegisterError, WrongField
from safeconduct.register.personal import SALT_BYTES, Commitment, Personal
from safeconduct.register.sealing import NONCE_BYTES, decrypted, encrypted

__all__ = ["SealedText", "seal_text", "unseal_text"]

_DOMAIN = b"safeconduct-text-v1\0"


@dataclass(frozen=True, slots=True)
class SealedText:
    """A text with its salt, as it is kept; without the key it tells its length and no more.

    Parameters
    ----------
    commitment, operation : whose content it is and with which key it is sealed; both are bound to
        the rest, so that no text passes for another.
    nonce : 12 bytes that were never used with this key before.
    sealed : the encrypted salt and text, and their code.

    Raises
    ------
    WrongField : the nonce is not of its form.
    """

    commitment: Commitment
    operation: str
    nonce: bytes
    sealed: bytes

    def __post_init__(self) -> None:
        if len(self.nonce) != NONCE_BYTES:
            raise WrongField(
                f"A sealed text is given with a nonce of {len(self.nonce)} bytes; {NONCE_BYTES} "
                "bytes are expected.",
                "Make it with `seal_text`.",
            )


def seal_text(content: Personal, operation: str, key: bytes, nonce: bytes) -> SealedText:
    """The content sealed for an operation, with its key and a nonce that is new."""
    data = content.salt + content.value.encode("utf-8")
    bound = _bound(content.commitment, operation)
    return SealedText(content.commitment, operation, nonce, encrypted(data, bound, key, nonce))


def unseal_text(text: SealedText, key: bytes) -> Personal:
    """The content that was sealed.

    Raises
    ------
    RegisterError : the key is another one, or a byte was changed.
    """
    data = decrypted(text.sealed, _bound(text.commitment, text.operation), key, text.nonce)
    if data is None:
        raise RegisterError(
            f"The text behind {str(text.commitment)[:21]}… that is kept for {text.operation} does "
            "not open: its bytes, or the key of the operation, are not those that were kept.",
            "Take the register from a backup; or erase what was entered for the operation.",
            operation=text.operation,
        )
    return Personal(text.commitment, data[:SALT_BYTES], data[SALT_BYTES:].decode("utf-8"))


def _bound(commitment: Commitment, operation: str) -> bytes:
    return _DOMAIN + bytes.fromhex(commitment.sha256) + operation.encode("utf-8")

"""Sealing anew what stays when a key is destroyed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from safeconduct.errors import RegisterError
from safeconduct.register.files import Filed, SealedFile, seal, unseal
from safeconduct.register.personal import Commitment
from safeconduct.register.texts import SealedText, seal_text, unseal_text

__all__ = ["Lot"]


@dataclass(frozen=True, slots=True)
class Lot:
    """What one key seals, as it is kept."""

    texts: tuple[SealedText, ...] = ()
    files: tuple[SealedFile, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.texts or self.files)

    def without(self, texts: Collection[Commitment], files: Collection[Filed]) -> Lot:
        """All of it but these."""
        return Lot(
            tuple(one for one in self.texts if one.commitment not in texts),
            tuple(one for one in self.files if one.at not in files),
        )

    def anew(self, key: bytes, new: bytes, nonce: Callable[[], bytes]) -> Lot:
        """The same under a new key; what does not open with the old one is left out.

        Parameters
        ----------
        nonce : gives 12 bytes that never come twice.
        """
        return Lot(
            tuple(_texts_anew(self.texts, key, new, nonce)),
            tuple(_files_anew(self.files, key, new, nonce)),
        )


def _texts_anew(
    texts: Collection[SealedText], key: bytes, new: bytes, nonce: Callable[[], bytes]
) -> Iterator[SealedText]:
    for one in texts:
        try:
            content = unseal_text(one, key)
        except RegisterError:
            continue
        yield seal_text(content, one.operation, new, nonce())


def _files_anew(
    files: Collection[SealedFile], key: bytes, new: bytes, nonce: Callable[[], bytes]
) -> Iterator[SealedFile]:
    for one in files:
        try:
            data = unseal(one, key)
        except RegisterError:  # EvidenceRefused is one
            continue
        yield seal(data, one.at.operation, new, nonce())

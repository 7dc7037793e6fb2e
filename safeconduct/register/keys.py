"""What is written about keys: which may write, from when on, and which no longer.

These are entries like any others, in the chain of an office's root key. The root of this office is
pinned when a register is made (`Store.root`); the word of another office's root counts for that
office's devices, once this office's root has trusted it. What they add up to is in `keyring.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import WrongField
from safeconduct.register.canonical import is_digest
from safeconduct.register.signing import writer_id

__all__ = ["KEY_KINDS", "KeyIntroduced", "KeyRecord", "KeyRevoked", "OfficeRoot", "OfficeTrusted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfKey:
    """What every record about one key has.

    Parameters
    ----------
    public : Ed25519, 64 hex digits; the writer's id is made of it.
    """

    device: str
    public: str

    def __post_init__(self) -> None:
        if not is_digest(self.public):
            raise WrongField(
                f"The public key {self.public[:70]!r} of {self.device} is not 64 lower-case hex "
                "digits.",
                "Give the key as its device printed it.",
            ).located(field="public")
        writer_id(self.device, bytes.fromhex(self.public))

    @property
    def writer(self) -> str:
        """The id of the key as a writer."""
        return writer_id(self.device, bytes.fromhex(self.public))


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeRoot(_OfKey):
    """The first entry of a root's chain: this key speaks for an office about its keys."""

    tag: ClassVar[str] = "office-root"
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyIntroduced(_OfKey):
    """A device of the root's own office may write from now on.

    Parameters
    ----------
    instead_of : the writer that this one follows, where a key was rotated or a copy restored.
    """

    tag: ClassVar[str] = "key-introduced"
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeTrusted(_OfKey):
    """Another office's root may speak for that office's devices; said by this office's root."""

    tag: ClassVar[str] = "office-trusted"
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked:
    """A writer's entries count only as far as this; what else it signs counts for nothing.

    Parameters
    ----------
    size : how many of its entries are believed.
    last : the hash of the last of them, so that no other chain of that length passes; 64 zeros
        when none is.
    why : in words, such as "laptop taken at a checkpoint on 3 May".
    """

    tag: ClassVar[str] = "key-revoked"
    writer: str
    size: int
    last: str
    why: str

    def __post_init__(self) -> None:
        if (
            self.size < 0
            or not is_digest(self.last)
            or (self.size == 0) != (set(self.last) == {"0"})
        ):
            raise WrongField(
                f"{self.writer} is revoked after {self.size} entries with {self.last[:70]!r} as "
                "the hash of the last.",
                "Give the number of entries that are believed and the hash of the last of them, or "
                "0 and 64 zeros.",
            ).located(field="last")


KeyRecord = OfficeRoot | KeyIntroduced | OfficeTrusted | KeyRevoked

KEY_KINDS: dict[str, type[KeyRecord]] = {
    one.tag: one for one in (OfficeRoot, KeyIntroduced, OfficeTrusted, KeyRevoked)
}
"""The kinds of entries that are about keys."""

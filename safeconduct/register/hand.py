"""The hand that writes: one device with its key, and the entries that it signs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Protocol

from safeconduct.register.chain import Head
from safeconduct.register.entry import Entry
from safeconduct.register.note import Checkpoint, Note, NoteKey, signature_of
from safeconduct.register.signing import public_of, sign, writer_id
from safeconduct.register.writer import next_entry

__all__ = ["Hand", "SecretHand", "signed_checkpoint", "signed_entry"]


class Hand(Protocol):
    """One device key; what it signs is told from all else by the domain at its beginning."""

    @property
    def writer(self) -> str:
        """Its id as a writer."""

    @property
    def public(self) -> bytes:
        """Ed25519, 32 bytes."""

    def sign(self, data: bytes) -> bytes:
        """The signature over the data, 64 bytes."""


class SecretHand:
    """A hand whose secret key is in memory.

    Parameters
    ----------
    device : its name, as `writer_id` takes it.
    secret : Ed25519, 32 bytes.
    """

    def __init__(self, device: str, secret: bytes) -> None:
        self.device, self._secret = device, secret
        self.public = public_of(secret)
        self.writer = writer_id(device, self.public)

    def sign(self, data: bytes) -> bytes:
        """The signature over the data, 64 bytes."""
        return sign(self._secret, data)


def signed_entry(head: Head | None, hand: Hand, **what: Any) -> Entry:
    """The signed entry of this hand that follows `head`; the rest is as `next_entry` takes it."""
    entry = next_entry(head, writer=hand.writer, **what)
    return replace(entry, signature=hand.sign(entry.signed_bytes()).hex())


def signed_checkpoint(
    hand: Hand, size: int, root: bytes, at: int, more: tuple[str, ...] = ()
) -> Note:
    """The hand's word that its chain was no longer than this at that moment (UTC seconds).

    Parameters
    ----------
    more : further lines that it says and signs with this.
    """
    told = Checkpoint(origin=hand.writer, size=size, root=root, at=at, more=more)
    key = NoteKey(hand.writer, hand.public)
    return Note(told.text, (signature_of(key, hand.sign(told.text.encode())),))

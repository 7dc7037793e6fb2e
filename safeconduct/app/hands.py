"""With which key this machine writes into a register, and whether it still may."""

from __future__ import annotations

from dataclasses import dataclass

from safeconduct.adapters.keys import DeviceKey, KeyFolder
from safeconduct.adapters.passphrase import passphrase
from safeconduct.errors import ClockDoubted, KeyRefused
from safeconduct.register import Head, Store
from safeconduct.register.hand import SecretHand
from safeconduct.register.keyring import Keyring
from safeconduct.spacetime import utc

__all__ = ["Pen", "check_clock", "pen_for"]


@dataclass(frozen=True, slots=True)
class Pen:
    """The key of this machine, unlocked, and where its chain goes on."""

    key: DeviceKey
    hand: SecretHand
    head: Head | None

    def written(self, store: Store) -> None:
        """Remembers how far the key has written, after the store has it."""
        head = store.head(self.hand.writer)
        if head is not None:
            self.key.remember(head)


def pen_for(store: Store, ring: Keyring, *, root: bool = False) -> Pen:
    """The key with which this machine writes into a register.

    Parameters
    ----------
    ring : the keys as they are known now.
    root : the office's root key is wanted, to speak about keys; else a device's.

    Raises
    ------
    KeyRefused : this machine has none that may, or the register is an older copy of itself.
    Locked : the key needs a passphrase.
    """
    keys = KeyFolder.own()
    wanted = sorted(writer for writer in store.here() if (writer == store.root) == root)
    found = [key for writer in wanted if (key := keys.find(writer)) is not None]
    good = [key for key in found if not _is_revoked(ring, key.writer)]
    if not good:
        raise _none(store, ring, found, root=root)
    # Of several that may, the one that wrote here last: an older one was followed by it.
    key = max(good, key=lambda key: (_wrote(key), key.writer))
    head = store.head(key.writer)
    _check_not_older(key, head, root=root)
    return Pen(key, key.hand(passphrase), head)


def check_clock(moment: int, store: Store, writer: str) -> None:
    """Nothing, when the moment is not before one at which this writer recorded something here.

    Raises
    ------
    ClockDoubted : it is.
    """
    last = max(store.entries(writer), key=lambda entry: entry.recorded_at, default=None)
    if last is not None and moment < last.recorded_at:
        raise ClockDoubted(
            f"This machine's clock says {utc(moment)}, and its last entry was recorded at "
            f"{utc(last.recorded_at)}.",
            "Set the clock right. If it was ahead when that was recorded, tell the office: that "
            "entry has a wrong time.",
        )


def _is_revoked(ring: Keyring, writer: str) -> bool:
    known = ring.get(writer)
    return known is not None and known.believed is not None


def _wrote(key: DeviceKey) -> int:
    mark = key.mark()
    return mark.size if mark else 0


def _check_not_older(key: DeviceKey, head: Head | None, *, root: bool) -> None:
    mark, here = key.mark(), head.size if head else 0
    if mark is None:
        return
    if mark.size > here or (head and mark.size == here and mark.hash != head.hash):
        raise KeyRefused(
            f"With the key {key.writer} {mark.size} entries have been written, and {here} of them "
            "are in this register: it is an older copy of itself.",
            _for_older_copy(key.writer, root=root),
            writer=key.writer,
        )


def _for_older_copy(writer: str, *, root: bool) -> str:
    """What helps; a merge does not, since it takes nothing that a writer of this register wrote."""
    if root:
        return "Work in the newer copy, which has them; no merge brings them here."
    return (
        "Work in the newer copy, which has them; no merge brings them here. If it is lost, go on "
        "as a new writer: `safeconduct register keys new`, then have the office's root introduce "
        f"that key and take this one back, with `safeconduct register keys revoke R {writer}`."
    )


def _none(store: Store, ring: Keyring, found: list[DeviceKey], *, root: bool) -> KeyRefused:
    if found:
        gone = found[-1].writer
        known = ring.get(gone)
        return KeyRefused(
            f"The key {gone} of this machine was revoked: {known.why if known else ''}.",
            "Make a new one: `safeconduct register keys new`, and have it introduced.",
            writer=gone,
        )
    if root:
        return KeyRefused(
            f"The root key of this office, {store.root}, is not on this machine.",
            "Do this on the machine that has it: `safeconduct register keys list` names them.",
        )
    return KeyRefused(
        "This machine has no key that writes into this register.",
        "Make one: `safeconduct register keys new`, and have it introduced by the office's root.",
    )

"""With which key this machine writes into a register, and whether it still may."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from safeconduct.adapters.keys import DeviceKey, KeyFolder
from safeconduct.adapters.passphrase import passphrase
from safeconduct.errors import ClockDoubted, KeyRefused
from safeconduct.register import Head, Store
from safeconduct.register.hand import SecretHand
from safeconduct.register.handover import MOVED, RESTORED, Handover, resting
from safeconduct.register.keyring import Keyring
from safeconduct.spacetime import utc

__all__ = ["Pen", "check_clock", "is_behind", "pen_for"]


@dataclass(frozen=True, slots=True)
class Pen:
    """The key of this machine, unlocked, and where its chain goes on.

    Parameters
    ----------
    stopped : whether it stopped writing here when a backup was made: a root, which may go on.
    """

    key: DeviceKey
    hand: SecretHand
    head: Head | None
    stopped: bool = False

    def take_up(self, store: Store, moment: int) -> None:
        """Says that it writes here again, where it had stopped; to be called before it does."""
        if self.stopped:
            size = self.head.size if self.head else 0
            again = Handover(
                writer=self.hand.writer, size=size, at=moment, goes_on=True, why=RESTORED
            )
            store.hand_over([again], exactly=True)

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
    KeyRefused : this machine has none that may, or the register is an older copy of itself; it was
        moved; or the key stopped writing here when it was backed up.
    Locked : the key needs a passphrase.
    """
    stopped = resting(store.handovers())
    _check_not_moved(stopped)
    keys = KeyFolder.own()
    wanted = sorted(writer for writer in store.here() if (writer == store.root) == root)
    found = [key for writer in wanted if (key := keys.find(writer)) is not None]
    free = [key for key in found if root or key.writer not in stopped]
    good = [key for key in free if not _is_revoked(ring, key.writer)]
    if found and not free:
        raise _stopped(stopped[found[-1].writer])
    if not good:
        raise _none(store, ring, free, root=root)
    # Of several that may, the one that wrote here last: an older one was followed by it.
    key = max(good, key=lambda key: (_wrote(key), key.writer))
    head = store.head(key.writer)
    _check_not_older(key, head, root=root)
    if key.writer in stopped:
        _check_is_last(key, head)
    return Pen(key, key.hand(passphrase), head, stopped=key.writer in stopped)


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


def is_behind(key: DeviceKey, head: Head | None) -> bool:
    """Whether the key has written more, or other, than the register holds of it."""
    mark, here = key.mark(), head.size if head else 0
    if mark is None:
        return False
    return mark.size > here or bool(head and mark.size == here and mark.hash != head.hash)


def _check_not_moved(stopped: Mapping[str, Handover]) -> None:
    moved = next((one for one in stopped.values() if one.why == MOVED), None)
    if moved is not None:
        raise KeyRefused(
            f"The register was moved on {utc(moved.at)}, and goes on in its new place.",
            "Write there. If the move was interrupted, ask for it again; if the new place is lost, "
            "make a backup of this one and restore it.",
            writer=moved.writer,
        )


def _check_is_last(key: DeviceKey, head: Head | None) -> None:
    """Nothing, when all that a key has ever written is here, by what its machine remembers."""
    mark = key.mark()
    if head is None or mark is None or (mark.size, mark.hash) != (head.size, head.hash):
        wrote = "not known" if mark is None else str(mark.size)
        raise KeyRefused(
            f"This register was restored from a backup with {head.size if head else 0} entries of "
            f"{key.writer}; how many it has written is {wrote}.",
            "Merge its later entries from another office, or introduce the new device where the "
            "root wrote last and bring that by a bundle.",
            writer=key.writer,
        )


def _stopped(stop: Handover) -> KeyRefused:
    return KeyRefused(
        f"The key {stop.writer} wrote into this register until the backup of {utc(stop.at)}; what "
        "it wrote after that is not here, so it writes here no more.",
        "Make a new key: `safeconduct register keys new`, and have it introduced.",
        writer=stop.writer,
    )


def _check_not_older(key: DeviceKey, head: Head | None, *, root: bool) -> None:
    mark, here = key.mark(), head.size if head else 0
    if mark is not None and is_behind(key, head):
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

"""Registers that are handed over: moved to another store, or restored on another machine.

As `register migrate` and `register restore` do it (decision 0021), on stores in memory. Whoever had
written there has stopped; what it wrote later comes by a bundle, as from any other office. Nothing
forks by any of it, no earlier answer changes, and what may be missing is doubted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from safeconduct.adapters.memory import MemoryStore
from safeconduct.app.carrying import stops_of
from safeconduct.errors import RegisterError
from safeconduct.register import Store
from safeconduct.register.copying import copy
from safeconduct.register.hand import SecretHand
from safeconduct.register.handover import MOVED, RESTORED, Handover, resting
from safeconduct.register.view import View
from tests.unit.register.offices import Ids, Office, a_hand


def move(office: Office) -> Iterator[str]:
    """The office goes on in another store; gives what is wrong with the one it leaves."""
    left, target = office.store, MemoryStore(root=office.store.root)
    stops = stops_of(left, office.now(), MOVED)
    copy(left, target, stops)
    left.hand_over(stops, exactly=True)
    if office.hand.writer in {one.writer for one in stops}:
        yield from _takes_more(target, office, "the copy, before it goes on,")
    target.hand_over([replace(one, goes_on=True) for one in stops])
    yield from _takes_more(left, office, "what it left")
    office.store = target


def _takes_more(store: Store, office: Office, what: str) -> Iterator[str]:
    kept, office.store = office.store, store
    try:
        office.say("guarantee")
    except RegisterError:
        return
    finally:
        office.store = kept
    yield f"{office.name} was moved, and {what} takes entries"


def restore_elsewhere(office: Office, backup: Store, at: int) -> tuple[str, ...]:
    """The office goes on with what a backup holds, by new keys; gives who stopped, the root not.

    Parameters
    ----------
    backup : as it was at that moment; the root has written nothing since.
    """
    stops = stops_of(backup, at, RESTORED)
    target = MemoryStore(root=backup.root)
    copy(backup, target, stops)
    root = office.root.writer
    size = len(target.hashes(root))
    office.store, now = target, office.now()
    office.ids = Ids(f"{office.name} restored elsewhere at {Office.clock}")
    again = Handover(writer=root, size=size, at=now, goes_on=True, why=RESTORED)
    target.hand_over([again], exactly=True)
    office.hands = [_follower(office, hand) for hand in office.hands]
    office.settled = [office.root, *office.hands]
    return tuple(sorted({one.writer for one in stops} - {root}))


def _follower(office: Office, hand: SecretHand) -> SecretHand:
    """The new key of the machine, in the place of an old one that is introduced there."""
    new = a_hand(f"{hand.device}-r{Office.clock}")
    office.store.settle(new.writer)
    known = office.view().ring.get(hand.writer)
    office.introduce(new, **({"instead_of": hand.writer} if known else {}))
    return new


def believe(office: Office, writer: str) -> tuple[int, str]:
    """The root says that of a writer which stopped there it believes what has come by now."""
    hashes = office.store.hashes(writer)
    last = hashes[-1] if hashes else "0" * 64
    office.revoke(writer, len(hashes), last, "restored from a backup")
    return len(hashes), last


def complaints(
    offices: Iterable[Office],
    views: dict[str, View],
    stopped: Iterable[str],
    revoked: Mapping[str, tuple[int, str]],
) -> Iterator[str]:
    """What the offices do not say of writers that stopped, once everything was exchanged.

    Each of them was copied by nobody, so it has one history: all hold as much of it, and nobody has
    reason to speak of two. Where it stopped, what it may have written since is doubted.

    Parameters
    ----------
    revoked : by writer, how much of its chain its root believes; more is taken by nobody.
    """
    offices = list(offices)
    for writer in stopped:
        believed = revoked[writer][0] if writer in revoked else None
        if len({office.store.hashes(writer)[:believed] for office in offices}) != 1:
            yield f"after everything was exchanged the chains of {writer}, which stopped, differ"
        for office in offices:
            state = views[office.name].writers.get(writer)
            doubts = {one.value for one in state.doubts} if state else {"unheard"}
            if doubts & {"forked", "rolled-back", "bad-signature", "unheard"}:
                yield f"{office.name} says {doubts} of {writer}, which has one history"
            rests = resting(office.store.handovers()).get(writer)
            told = state.complete_at if state else None
            if rests is None:
                continue
            # A device goes on nowhere, whatever it said elsewhere; its root settles it, no other.
            if ("stopped-here" in doubts) is ("revoked" in doubts):
                yield f"{office.name} says {doubts} of {writer}, which stopped there at {rests.at}"
            if told is None or told < rests.at:
                yield f"{office.name} takes {writer} for older than where it stopped"

"""What is to be said, after everything was exchanged, of a writer whose key was revoked.

Its root has said by number and hash which part of its chain counts. What a thief wrote on with the
key is not kept, so nobody need hold both entries of a fork; but whoever holds another chain than
the root believes, or less of it, must say so and count none or no more of it.
"""

from __future__ import annotations

from collections.abc import Iterator

from safeconduct.app.hearing import hearing_of
from safeconduct.register.view import View
from tests.simulation.model import Model
from tests.unit.register.offices import Office


def complaints(model: Model, office: Office, found: View, writer: str) -> Iterator[str]:
    """What an office does not say of one of them, or counts beyond what its root believes."""
    size, last = model.revoked[writer]
    held = office.store.hashes(writer)
    heard = hearing_of(found, office.store, known_at=found.moment).writers.get(writer)
    doubts = heard.doubts if heard else frozenset({"unheard"})
    expected = {"revoked"}
    another = 0 < size <= len(held) and held[size - 1] != last
    if len(held) < size:
        expected |= {"gapped"}
    elif another:
        expected |= {"forked"}
    if not expected <= doubts:
        yield f"{office.name} says {set(doubts)} of the revoked {writer}, not {expected}"
    counted = [one.sequence for one in found.entries if one.writer == writer]
    if counted and (another or max(counted) >= size):
        yield f"{office.name} counts what the root of {writer} does not believe"

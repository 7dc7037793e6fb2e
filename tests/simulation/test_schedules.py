"""Whatever happens to offices that are often offline, their stores say what the record says."""

from __future__ import annotations

import os

import pytest

from safeconduct.register.receipts import Receipt
from tests.simulation.campaign import run

COUNT = 60
SEED = int(os.environ.get("SAFECONDUCT_SEED", "1"))


def complaints(count: int = COUNT) -> list[str]:
    said: list[str] = []
    told = run(SEED, count, said.append)
    assert told["happened"]["delivered"] > count
    assert told["happened"]["fresher_by_a_device"] > 0
    return said


@pytest.mark.law(9, 11, 13)
def test_schedules_agree_with_the_plain_record() -> None:
    assert complaints() == []


@pytest.mark.parametrize(
    "spoil", ["receipts", "revocation", "old heads", "stops", "returns", "moved"]
)
def test_a_spoilt_program_disagrees_with_it(spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if spoil == "receipts":  # all that is here was known at every moment
        monkeypatch.setattr("safeconduct.register.told.Told.size", lambda told, writer: 10**9)
        monkeypatch.setattr("safeconduct.register.told.Told.since", lambda told, one: 0)
    elif spoil == "revocation":
        monkeypatch.setattr(
            "safeconduct.register.keyring._Roots.revoke", lambda self, words, root: None
        )
    elif spoil == "stops":  # nobody asks what a writer may have written after its backup
        monkeypatch.setattr("safeconduct.register.history.resting", lambda rows, moment: {})
    elif spoil == "returns":  # what a writer handed out before its backup was restored is no news
        monkeypatch.setattr("safeconduct.register.merging.writing_in", lambda store: store.here())
    elif spoil == "moved":  # what was left is written to
        monkeypatch.setattr("safeconduct.adapters.memory.check_not_moved", lambda rows: None)
    else:  # a head is taken, however old
        monkeypatch.setattr(
            "safeconduct.register.merging._Merging._head_refused", lambda *asked: None
        )
        monkeypatch.setattr("safeconduct.register.told.latest", _last_that_came)
    assert complaints()


def _last_that_came(receipts: list[Receipt]) -> dict[str, object]:
    return {chain.writer: chain for receipt in receipts for chain in receipt.chains}

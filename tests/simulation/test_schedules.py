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


@pytest.mark.parametrize("spoil", ["receipts", "revocation", "old heads"])
def test_a_spoilt_program_disagrees_with_it(spoil: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if spoil == "receipts":  # all that is here was known at every moment
        monkeypatch.setattr("safeconduct.register.told.Told.size", lambda told, writer: 10**9)
        monkeypatch.setattr("safeconduct.register.told.Told.since", lambda told, one: 0)
    elif spoil == "revocation":
        monkeypatch.setattr(
            "safeconduct.register.keyring._Roots.revoke", lambda self, words, root: None
        )
    else:  # a head is taken, however old
        monkeypatch.setattr(
            "safeconduct.register.merging._Merging._head_refused", lambda *asked: None
        )
        monkeypatch.setattr("safeconduct.register.told.latest", _last_that_came)
    assert complaints()


def _last_that_came(receipts: list[Receipt]) -> dict[str, object]:
    return {chain.writer: chain for receipt in receipts for chain in receipt.chains}

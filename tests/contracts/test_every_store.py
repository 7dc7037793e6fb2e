"""The comparison of stores covers every kind, and sees a store that is not like the others."""

from __future__ import annotations

import dataclasses

import pytest

from safeconduct.adapters.postgres import PostgresStore
from safeconduct.errors import RegisterError
from tests.contracts import every_store
from tests.contracts.every_store import KINDS, compared
from tests.contracts.test_store_contract import MAKERS

CASE = "homs-2014-02-old-city"
MEMORY = KINDS["memory"]


def test_every_kind_of_store_that_has_a_contract_is_compared():
    assert list(KINDS) == list(MAKERS)


def test_two_stores_that_hold_the_same_are_told_alike():
    told = compared([CASE], {"one": MEMORY, "other": MEMORY})
    assert told["wrong"] == []
    assert (told["cases"], told["heads"]) == (1, 2)
    assert told["judgements"] == 2 * told["moments"] > 0
    assert told["distinct"] == told["moments"]


def test_a_store_that_lost_entries_is_told_by_head_and_by_every_judgement():
    def forgetful(folder, entries):
        return MEMORY(folder, entries[:-12])

    told = compared([CASE], {"memory": MEMORY, "forgetful": forgetful})
    judgements, head = told["wrong"][:-1], told["wrong"][-1]
    assert judgements == [
        f"{CASE}, moment {number}, in forgetful: another judgement"
        for number in range(told["moments"])
    ]
    assert head.startswith(f"{CASE}: {{'memory': ")


def test_a_store_that_changed_only_when_something_was_recorded_is_told_by_its_head():
    def late(folder, entries):
        last = dataclasses.replace(entries[-1], recorded_at=entries[-1].recorded_at + 1)
        return MEMORY(folder, (*entries[:-1], last))

    wrong = compared([CASE], {"memory": MEMORY, "late": late})["wrong"]
    assert len(wrong) == 1
    assert "'late': " in wrong[0]


def test_a_register_on_the_server_is_gone_afterwards(monkeypatch):
    made = []

    def noted():
        made.append(address := original())
        return address

    original = every_store.new_address
    monkeypatch.setattr(every_store, "new_address", noted)
    assert compared([CASE], {"postgres": KINDS["postgres"]})["wrong"] == []
    (address,) = made
    with pytest.raises(RegisterError, match="There is no register"):
        PostgresStore.open(address)

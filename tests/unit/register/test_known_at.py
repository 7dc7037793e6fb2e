"""What was known at a moment, by example; the laws are in tests/laws."""

from __future__ import annotations

import dataclasses

import pytest

from safeconduct.errors import IdTaken
from safeconduct.register import known_at
from safeconduct.register.chain import head_after
from tests.unit.register.writers import NOON, a_chain, an_entry


def test_an_entry_is_known_from_the_second_it_was_recorded():
    first, second = a_chain(2)  # recorded at noon and a minute later
    assert known_at([first, second], NOON - 1, replay=False) == ()
    assert known_at([first, second], NOON, replay=False) == (first,)
    assert known_at([first, second], NOON + 59, replay=False) == (first,)
    assert known_at([first, second], NOON + 60, replay=False) == (first, second)


def test_only_a_replay_goes_by_the_claimed_time():
    imported = an_entry(claimed_at=NOON - 3600)
    assert known_at([imported], NOON - 3600, replay=True) == (imported,)
    assert known_at([imported], NOON - 3600, replay=False) == ()
    late = an_entry(claimed_at=NOON + 3600)
    assert known_at([late], NOON, replay=True) == ()


def test_known_entries_come_by_time_then_writer_then_place():
    north, south = a_chain(2), a_chain(2, "south")
    expected = (north[0], south[0], north[1], south[1])
    assert known_at([*south, *north], NOON + 60, replay=False) == expected


def test_within_one_second_a_writers_entries_stay_together_in_their_order():
    first = an_entry()
    second = an_entry(head_after(first), recorded_at=NOON)
    (south,) = a_chain(1, "south")
    expected = (first, second, south)
    assert known_at([south, second, first], NOON, replay=False) == expected


def test_the_signed_copy_of_an_entry_is_kept_whatever_the_order():
    plain = an_entry()
    signed = dataclasses.replace(plain, signature="ab" * 64)
    assert known_at([plain, signed], NOON, replay=False) == (signed,)
    assert known_at([signed, plain], NOON, replay=False) == (signed,)


def test_two_different_entries_of_one_id_are_refused():
    one = an_entry()
    other = dataclasses.replace(one, body={"is": "statement", "number": 9})
    with pytest.raises(IdTaken) as caught:
        known_at([one, other], NOON, replay=False)
    assert f"Two entries with the id {one.id} differ" in str(caught.value)

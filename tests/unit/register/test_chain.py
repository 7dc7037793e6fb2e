"""Chains of entries, and the one hash of a register."""

from __future__ import annotations

import dataclasses
import hashlib
import random

import pytest

from safeconduct.errors import ChainBroken
from safeconduct.register import Head, Rooted, register_head, verify_chain
from tests.unit.register.writers import a_chain, an_id


def test_whole_chains_verify_in_any_order_and_give_their_heads():
    north, south = a_chain(4), a_chain(2, "south")
    mixed = [*north, *south]
    random.Random(1).shuffle(mixed)
    assert verify_chain(mixed) == (
        Head("north", 4, north[3].hash),
        Head("south", 2, south[1].hash),
    )
    assert verify_chain([]) == ()


def test_a_missing_entry_is_a_gap_and_the_message_says_from_where():
    north = a_chain(4)
    with pytest.raises(ChainBroken) as caught:
        verify_chain([north[0], north[3]])
    assert "only 1 of its entries are here: 2 are missing before it." in str(caught.value)
    assert "Ask the writer for its entries from number 1 on" in str(caught.value)
    assert caught.value.facts == {"breach": "gap", "writer": "north", "missing_from": 1}


def test_a_chain_without_its_start_is_a_gap():
    with pytest.raises(ChainBroken, match="only 0 of its entries are here: 1 are missing"):
        verify_chain(a_chain(2)[1:])


def test_two_entries_with_one_place_are_a_fork():
    north = a_chain(2)
    rival = dataclasses.replace(north[1], id=an_id(99))
    with pytest.raises(ChainBroken, match="another entry has that place in a chain of 2") as caught:
        verify_chain([*north, rival])
    assert caught.value.facts["breach"] == "fork"


def test_a_changed_entry_shows_in_the_next_one():
    north = a_chain(3)
    changed = dataclasses.replace(north[1], body={"is": "statement", "number": 7})
    with pytest.raises(ChainBroken) as caught:
        verify_chain([north[0], changed, north[2]])
    assert f"the entry before it has {changed.hash[:12]}…" in str(caught.value)
    assert caught.value.facts["breach"] == "previous"


def test_the_head_of_a_register_is_the_hash_of_its_sorted_heads():
    heads = [Rooted("south", 1, "b" * 64), Rooted("north", 2, "a" * 64)]
    by_hand = f'[["north",2,"{"a" * 64}"],["south",1,"{"b" * 64}"]]'
    assert register_head(heads) == hashlib.sha256(by_hand.encode()).hexdigest()
    assert register_head(reversed(heads)) == register_head(heads)


def test_every_single_change_of_a_head_changes_the_registers():
    head = Rooted("north", 2, "a" * 64)
    others = [
        Rooted("south", 2, "a" * 64),
        Rooted("north", 3, "a" * 64),
        Rooted("north", 2, "b" * 64),
    ]
    assert len({register_head([one]) for one in [head, *others]}) == 4
    assert register_head([]) != register_head([head])


def test_two_heads_of_one_writer_are_refused():
    with pytest.raises(ChainBroken, match="Writer north has two heads, of 1 and 2 entries"):
        register_head([Rooted("north", 2, "a" * 64), Rooted("north", 1, "b" * 64)])

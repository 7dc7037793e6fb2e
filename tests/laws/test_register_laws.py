"""Laws 9 and 11 on the ground floor: entries, before anything is read into them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.adapters.memory import MemoryStore
from safeconduct.register import (
    Entry,
    Head,
    known_at,
    known_since,
    register_head,
    roots_of,
    verify_chain,
)
from safeconduct.register.chain import head_after
from tests.unit.register.writers import NOON, an_entry, an_id, examples

moments = st.integers(NOON - 20, NOON + 20)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Up to a dozen entries of three writers, some imported, recorded within forty seconds."""
    heads: dict[str, Head] = {}
    entries = []
    for number in range(draw(st.integers(0, 12))):
        writer = draw(st.sampled_from(["north", "south", "hq"]))
        entry = an_entry(
            heads.get(writer),
            writer,
            id=an_id(number),
            recorded_at=draw(moments),
            claimed_at=draw(st.none() | moments),
        )
        heads[writer] = head_after(entry)
        entries.append(entry)
    return entries


def becoming_known(entries: list[Entry], after: int, replay: bool) -> list[Entry]:
    return [entry for entry in entries if known_since(entry, replay=replay) > after]


@pytest.mark.law(9)
@examples
@given(histories(), moments, st.booleans(), st.randoms(use_true_random=False))
def test_law_9_records_that_come_later_never_change_what_was_known(history, moment, replay, chance):
    later = becoming_known(history, moment, replay)
    some = [entry for entry in history if entry not in later or chance.random() < 0.5]
    assert known_at(some, moment, replay=replay) == known_at(history, moment, replay=replay)


@pytest.mark.law(9)
@examples
@given(histories(), moments, st.booleans())
def test_law_9_a_later_record_that_steals_an_id_changes_nothing_either(history, moment, replay):
    thieves = [
        an_entry(writer="thief", id=entry.id, recorded_at=moment + 1, body={"says": "other"})
        for entry in history
    ]
    before = known_at(history, moment, replay=replay)
    assert known_at([*thieves, *history], moment, replay=replay) == before


@pytest.mark.law(9)
@examples
@given(histories(), moments, st.booleans())
def test_law_9_knowledge_only_grows_with_time(history, moment, replay):
    earlier = set(known_at(history, moment, replay=replay))
    assert earlier <= set(known_at(history, moment + 7, replay=replay))


@pytest.mark.law(11)
@examples
@given(histories(), moments, st.booleans(), st.randoms(use_true_random=False))
def test_law_11_order_and_duplication_do_not_matter(history, moment, replay, chance):
    shuffled = history + [entry for entry in history if chance.random() < 0.5]
    chance.shuffle(shuffled)
    assert known_at(shuffled, moment, replay=replay) == known_at(history, moment, replay=replay)


@examples
@given(histories(), moments, st.booleans())
def test_what_is_known_is_exactly_what_had_become_known(history, moment, replay):
    # Against the definition, written down plainly: neither more nor less, and each once.
    known = known_at(history, moment, replay=replay)
    by_hand = [entry for entry in history if known_since(entry, replay=replay) <= moment]
    assert len(known) == len(by_hand)
    assert set(known) == set(by_hand)


@pytest.mark.law(11)
@examples
@given(histories(), st.randoms(use_true_random=False))
def test_law_11_the_heads_do_not_depend_on_the_order_of_reading(history, chance):
    shuffled = list(history)
    chance.shuffle(shuffled)
    assert verify_chain(shuffled) == verify_chain(history)


@pytest.mark.law(11)
@examples
@given(histories(), st.randoms(use_true_random=False))
def test_law_11_a_store_is_the_same_however_writers_interleave_and_repeat(history, chance):
    straight, mixed = MemoryStore(replay=True), MemoryStore(replay=True)
    straight.append_all(history)
    rest = {name: [e for e in history if e.writer == name] for name in {e.writer for e in history}}
    while rest:
        name = chance.choice(sorted(rest))
        mixed.append_all(rest[name][:1] * chance.choice([1, 2]))
        rest[name] = rest[name][1:]
        rest = {writer: left for writer, left in rest.items() if left}
    assert list(mixed.entries()) == list(straight.entries())
    assert register_head(roots_of(mixed)) == register_head(roots_of(straight))

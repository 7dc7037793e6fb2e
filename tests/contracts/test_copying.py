"""Moving a register between any two kinds of store keeps all that it has."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from safeconduct.adapters.memory import MemoryStore
from safeconduct.errors import ChainBroken, RegisterError
from safeconduct.register import Entry, Personal, Store, register_head, roots_of
from safeconduct.register.chain import head_after
from safeconduct.register.copying import copy
from safeconduct.register.files import Filed, seal, unseal
from safeconduct.register.handover import RESTORED, Handover
from safeconduct.register.store import writing_in
from tests.contracts.test_store_contract import MAKERS, place_of
from tests.postgres import drop_made
from tests.unit.register.writers import NOON, SALT, a_chain, an_entry

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
OPERATIONS = ("convoy-3", "office")
NAMES = tuple(Personal.of(f"Name {number}", SALT) for number in range(3))
STOP = Handover(writer="north", size=3, at=NOON, goes_on=False, why=RESTORED)
Make = Callable[..., Store]


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    made: list[Store] = []

    def maker(kind: str, **how: bool | str) -> Store:
        folder = tmp_path / str(len(made))
        folder.mkdir()
        made.append(MAKERS[kind](folder)(**how))
        return made[-1]

    yield maker
    for store in made:
        store.close()
    drop_made()


def fill(store: Store) -> None:
    """Two writers in turn, a place still withheld, one filled late, one text of three erased."""
    north, south = a_chain(5), a_chain(2, "south")
    store.append_all([north[0], place_of(north[1]), north[2]])
    body = {"is": "statement", "by": [str(name.commitment) for name in NAMES]}
    store.append(south[0])
    named = an_entry(head_after(south[0]), "south", body=body)
    store.append(named, NAMES)
    store.append(north[1])
    store.append_all([place_of(north[3]), north[4], place_of(an_entry(head_after(north[4])))])
    store.append_all([place_of(an_entry(writer="west"))])
    store.erase(NAMES[1].commitment)
    for writer in ("north", "south"):
        store.settle(writer)
    store.hand_over([STOP])
    for operation in OPERATIONS:
        key = store.operation_key(operation, KEY) or b""
        store.keep(seal(b"a letter", operation, key, bytes(12)), key)


def told(store: Store) -> tuple[object, ...]:
    """All that can be asked of a store, without the numbers of arrivals, which say nothing."""
    writers = [head.writer for head in store.heads()]
    return (
        [entry for _, entry in store.arrivals()],
        list(store.entries()),
        store.withheld(),
        store.heads(),
        [store.hashes(writer) for writer in writers],
        store.here(),
        store.handovers(),
        list(store.contents()),
        [store.personal(name.commitment) for name in NAMES],
        [(at, opened(store, at)) for at in store.files()],
        store.replay,
        store.root,
    )


def opened(store: Store, at: Filed) -> bytes:
    return unseal(store.file(at), store.operation_key(at.operation))


@pytest.mark.parametrize(("one", "other"), [*itertools.product(MAKERS, MAKERS)])
def test_a_register_is_the_same_after_it_was_moved(make, one, other):
    source, target = (make(kind, root="office:01") for kind in (one, other))
    fill(source)
    before = told(source)
    assert (
        copy(source, target) == register_head(roots_of(source)) == register_head(roots_of(target))
    )
    assert told(target) == told(source) == before
    assert [entry.sequence for _, entry in target.arrivals()] == [0, 2, 0, 1, 1, 4]
    assert copy(source, target) == register_head(roots_of(target))
    assert told(target) == before
    assert target.append(a_chain(4)[3])  # what was withheld may still come


def test_a_copy_that_was_interrupted_is_filled_up(make):
    source, target = make("sqlite"), make("postgres")
    fill(source)
    target.append_all(a_chain(1))
    copy(source, target)
    assert told(target)[1:] == told(source)[1:]


def test_text_that_was_erased_in_the_target_does_not_come_back(make):
    source, target = make("memory"), make("postgres")
    fill(source)
    copy(source, target)
    target.erase(NAMES[0].commitment)
    copy(source, target)
    assert target.personal(NAMES[0].commitment) is None
    assert target.personal(NAMES[2].commitment) == "Name 2"


def test_a_copy_may_say_of_writers_that_they_stopped(make):
    source, target = make("memory"), make("sqlite")
    fill(source)
    stop = Handover(writer="south", size=2, at=NOON + 9, goes_on=False, why=RESTORED)
    copy(source, target, [stop])
    assert target.handovers() == (STOP, stop)
    assert writing_in(source) == {"south"} and writing_in(target) == frozenset()
    with pytest.raises(ChainBroken, match="another history of who stopped writing"):
        copy(source, target)


def test_files_go_under_the_key_that_the_target_has(make):
    source, target = make("sqlite"), make("postgres")
    fill(source)
    target.operation_key("office", OTHER)
    copy(source, target)
    assert target.operation_key("convoy-3") == KEY
    assert target.operation_key("office") == OTHER
    assert [opened(target, at) for at in target.files()] == [b"a letter"] * 2


def test_texts_are_sealed_with_keys_of_the_target_s_own(make):
    source, target = make("sqlite"), make("postgres")
    fill(source)
    copy(source, target)
    assert source.operation_key("office") != target.operation_key("office") is not None
    nonces = [{text.nonce for text in store.texts()} for store in (source, target)]
    assert len(nonces[0]) == len(nonces[1]) == 2 and nonces[0].isdisjoint(nonces[1])


@pytest.mark.parametrize("kind", MAKERS)
def test_a_target_that_holds_something_else_is_refused_and_left_as_it_was(make, kind):
    source, target = MemoryStore(), make(kind)
    fill(source)
    rival = dataclasses.replace(a_chain(2)[1], body={"is": "statement", "number": 9})
    target.append_all([a_chain(1)[0], rival])
    before = told(target)
    with pytest.raises(ChainBroken) as caught:
        copy(source, target)
    assert "2 entries of writer north, and only the first 1 of them are in" in str(caught.value)
    assert caught.value.facts == {"breach": "fork", "writer": "north", "sequence": 1}
    assert told(target) == before


def test_a_target_that_holds_more_is_refused(make):
    source, target = make("memory"), make("sqlite")
    source.append_all(a_chain(2))
    target.append_all(a_chain(3))
    with pytest.raises(ChainBroken, match="only the first 2 of them"):
        copy(source, target)
    other = make("memory")
    other.append(an_entry(writer="west"))
    with pytest.raises(ChainBroken, match="1 entries of writer west, and only the first 0"):
        copy(source, other)


def test_a_replay_and_a_live_register_are_not_mixed(make):
    with pytest.raises(RegisterError, match="The source is a replay and the target is a live"):
        copy(make("memory", replay=True), make("sqlite"))
    with pytest.raises(RegisterError, match="The source is a live register and the target is a re"):
        copy(make("memory"), make("sqlite", replay=True))


def test_whose_word_on_keys_counts_is_not_changed_by_a_copy(make):
    with pytest.raises(RegisterError, match="the word of office:01 on keys counts, in the target"):
        copy(make("memory", root="office:01"), make("sqlite"))


def test_a_source_that_is_written_to_meanwhile_is_told(make):
    class Busy(MemoryStore):
        """A store into which somebody writes while it is copied."""

        def arrivals(self, after: int = 0) -> Iterator[tuple[int, Entry]]:
            self.append(an_entry(writer="west"))
            return super().arrivals(after)

    source = Busy()
    source.append_all(a_chain(2))
    with pytest.raises(RegisterError, match="Copy again when nobody writes to them"):
        copy(source, make("sqlite"))

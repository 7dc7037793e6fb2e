"""What every store promises, asked of each adapter in the same words."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from safeconduct.adapters.memory import MemoryStore
from safeconduct.adapters.postgres import PostgresStore
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.errors import (
    ChainBroken,
    IdTaken,
    RefusedInLiveRegister,
    RegisterError,
    WrongField,
)
from safeconduct.register import (
    Entry,
    Head,
    Personal,
    Store,
    Withheld,
    commit,
    register_head,
    rooted,
    roots_of,
    verify_chain,
)
from safeconduct.register.chain import head_after
from safeconduct.register.handover import MOVED, RESTORED, Handover
from safeconduct.register.store import writing_in
from tests.postgres import drop_made, new_address
from tests.unit.register.writers import NOON, SALT, a_chain, an_entry, an_id

Maker = Callable[..., Store]

MAKERS: dict[str, Callable[[Path], Maker]] = {
    "memory": lambda folder: MemoryStore,
    "sqlite": lambda folder: partial(SqliteStore.create, folder / "register.sqlite"),
    "locked": lambda folder: partial(
        SqliteStore.create, folder / "register.locked", passphrase="a phrase"
    ),
    "postgres": lambda folder: partial(PostgresStore.create, new_address()),
}
"""How to make a new store of each kind: the list that a new adapter is added to."""


@pytest.fixture(params=sorted(MAKERS))
def make(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Maker]:
    made: list[Store] = []

    def maker(**how: bool | str) -> Store:
        made.append(MAKERS[request.param](tmp_path)(**how))
        return made[-1]

    yield maker
    for store in made:
        store.close()
    drop_made()


@pytest.fixture
def store(make: Maker) -> Store:
    return make()


NAME = Personal.of("A. B., liaison officer", SALT)


def named_entry(head: Head | None = None) -> Entry:
    """An entry that commits to `NAME`."""
    return an_entry(head, body={"is": "statement", "noted_by": str(NAME.commitment)})


def contents(store: Store) -> tuple[list[bytes], tuple[Head, ...]]:
    return [entry.signed_bytes() for entry in store.entries()], store.heads()


def test_a_new_store_is_empty_and_live(store):
    assert contents(store) == ([], ())
    assert store.head("north") is None
    assert store.get(an_id(0)) is None
    assert store.replay is False


def test_what_is_appended_comes_back_byte_for_byte(store):
    entry = dataclasses.replace(
        an_entry(body={"words": "Оголошено перемир'я — فُتح الطريق", "e7": 371_500_000}),
        signature="ab" * 64,
    )
    assert store.append(entry) is True
    (back,) = store.entries()
    assert back == entry
    assert back.signed_bytes() == entry.signed_bytes()
    assert back.signature == entry.signature
    assert store.get(entry.id) == entry


def test_text_may_hold_the_character_of_number_zero(store):
    # JSON can write it; the text of some databases cannot hold it.
    entry = an_entry(body={"words": "a\x00b", "path": "\\u0000"}, recipients=("north \x00",))
    place = dataclasses.replace(place_of(an_entry(head_after(entry))), holder="an \x00 office")
    assert store.append_all([entry, place]) == 2
    assert list(store.entries()) == [entry]
    assert store.withheld() == (place,)


def test_appending_the_same_entry_again_changes_nothing(store):
    north = a_chain(3)
    store.append_all(north)
    before = contents(store)
    assert [store.append(entry) for entry in reversed(north)] == [False, False, False]
    assert store.append_all(north) == 0
    assert contents(store) == before


def test_one_call_may_hold_the_same_entry_twice(store):
    first, second = a_chain(2)
    assert store.append_all([first, first, second, first]) == 2
    assert list(store.entries()) == [first, second]


def test_an_id_is_taken_by_the_first_content_it_came_with(store):
    entry = an_entry()
    store.append(entry)
    other = dataclasses.replace(entry, body={"is": "statement", "number": 9})
    with pytest.raises(IdTaken) as caught:
        store.append(other)
    assert f"The id {entry.id} is already here with other content" in str(caught.value)
    assert caught.value.facts == {"id": entry.id, "held": entry.hash, "offered": other.hash}
    assert store.get(entry.id) == entry


def test_an_id_is_taken_from_another_writer_too(store):
    store.append(an_entry())
    with pytest.raises(IdTaken):
        store.append(an_entry(writer="south", id=an_id(0, "north")))


def test_the_same_bytes_with_another_signature_are_refused(store):
    entry = dataclasses.replace(an_entry(), signature="ab" * 64)
    store.append(entry)
    for signature in (None, "cd" * 64):
        with pytest.raises(IdTaken, match="is already here with another signature"):
            store.append(dataclasses.replace(entry, signature=signature))


def test_a_gap_is_refused(store):
    first, _, third = a_chain(3)
    store.append(first)
    with pytest.raises(ChainBroken, match="only 1 of its entries are here: 1 are missing"):
        store.append(third)
    assert list(store.entries()) == [first]


def test_a_chain_cannot_begin_in_its_middle(store):
    with pytest.raises(ChainBroken, match="only 0 of its entries are here"):
        store.append(a_chain(2)[1])


def test_a_fork_is_refused(store):
    north = a_chain(2)
    store.append_all(north)
    rival = dataclasses.replace(north[1], id=an_id(99))
    with pytest.raises(ChainBroken, match="another entry has that place in a chain of 2"):
        store.append(rival)
    assert list(store.entries()) == north


def test_a_wrong_previous_hash_is_refused(store):
    first, second = a_chain(2)
    store.append(first)
    with pytest.raises(ChainBroken, match="but the entry before it has") as caught:
        store.append(dataclasses.replace(second, previous="1" * 64))
    assert caught.value.facts["breach"] == "previous"
    assert store.append(second)


@pytest.mark.parametrize("broken", [0, 1, 2, 3])
def test_many_entries_are_kept_together_or_not_at_all(store, broken):
    north, south = a_chain(2), a_chain(4, "south")
    store.append_all(north)
    before = contents(store)
    offered = [named_entry(head_after(north[-1])), *south]
    offered[broken + 1] = dataclasses.replace(south[broken], id=north[0].id)
    with pytest.raises(IdTaken):
        store.append_all(offered, [NAME])
    assert contents(store) == before
    assert store.personal(NAME.commitment) is None
    assert store.append_all(south) == 4


def test_entries_come_by_time_then_writer_then_place(store):
    # Recorded at noon, +1 and +2 minutes by both; `hq` backs up its clock by a minute each time.
    north, south = a_chain(3), a_chain(3, "south")
    hq: list[Entry] = []
    for number in range(3):
        head = head_after(hq[-1]) if hq else None
        hq.append(an_entry(head, "hq", recorded_at=NOON + 120 - 60 * number))
    store.append_all([*south, *hq, *north])
    expected = [hq[2], north[0], south[0], hq[1], north[1], south[1], hq[0], north[2], south[2]]
    assert list(store.entries()) == expected
    assert list(store.entries("hq")) == [hq[2], hq[1], hq[0]]
    assert list(store.entries("nobody")) == []


def test_what_is_appended_during_a_reading_is_not_in_it(store):
    north = a_chain(3)
    store.append_all(north[:2])
    reading = store.entries()
    seen = [next(reading)]
    store.append(north[2])
    seen.extend(reading)
    assert seen == north[:2]


def test_heads_say_how_far_each_chain_reaches(store):
    north, south = a_chain(3), a_chain(1, "south")
    store.append_all([*north, *south])
    expected = (Head("north", 3, north[2].hash), Head("south", 1, south[0].hash))
    assert store.heads() == expected == verify_chain(store.entries())
    assert store.head("north") == expected[0]


def test_personal_text_is_found_by_its_commitment(store):
    store.append(named_entry(), [NAME])
    assert store.personal(NAME.commitment) == "A. B., liaison officer"
    assert store.personal(commit("somebody else", SALT)) is None


def test_erasing_removes_the_text_and_leaves_every_entry_and_hash(store):
    entry = named_entry()
    store.append(entry, [NAME])
    before = contents(store)
    assert store.erase(NAME.commitment) is True
    assert store.personal(NAME.commitment) is None
    assert contents(store) == before
    assert verify_chain(store.entries()) == (head_after(entry),)
    assert store.erase(NAME.commitment) is False


def test_receiving_an_entry_again_does_not_bring_erased_text_back(store):
    entry = named_entry()
    store.append(entry, [NAME])
    store.erase(NAME.commitment)
    assert store.append(entry, [NAME]) is False
    assert store.append_all([entry, an_entry(head_after(entry))], [NAME]) == 1
    assert store.personal(NAME.commitment) is None


def test_kept_contents_are_told_with_their_salts_and_erased_ones_are_not(store):
    other = Personal.of("C. D., \x00 driver", bytes(reversed(SALT)))
    body = {"is": "statement", "by": [str(NAME.commitment), str(other.commitment)]}
    assert list(store.contents()) == []
    store.append(an_entry(body=body), [NAME, other])
    kept = sorted((NAME, other), key=lambda content: content.commitment)
    assert list(store.contents()) == kept
    store.erase(NAME.commitment)
    assert list(store.contents()) == [other]


def test_text_that_no_entry_commits_to_is_refused(store):
    with pytest.raises(WrongField, match="which no entry given with it holds"):
        store.append(an_entry(), [NAME])
    assert contents(store) == ([], ())


def test_the_same_text_may_come_with_several_entries(store):
    first = named_entry()
    store.append(first, [NAME])
    assert store.append(named_entry(head_after(first)), [NAME])
    assert store.personal(NAME.commitment) == NAME.value


def test_a_live_store_refuses_a_claimed_time(store):
    with pytest.raises(RefusedInLiveRegister, match="only the time of recording counts"):
        store.append(an_entry(claimed_at=NOON - 60))
    assert contents(store) == ([], ())


def test_a_live_store_refuses_an_assumption(store):
    with pytest.raises(RefusedInLiveRegister, match="is an assumption; this register is live"):
        store.append(an_entry(kind="assumption"))


def test_a_replay_takes_both(make):
    replay = make(replay=True)
    first = an_entry(claimed_at=NOON - 60)
    second = an_entry(head_after(first), kind="assumption")
    assert replay.replay is True
    assert replay.append_all([first, second]) == 2
    assert list(replay.entries()) == [first, second]


# -- offices


def place_of(entry: Entry, holder: str = "the southern office") -> Withheld:
    """The place of an entry, without its content."""
    return Withheld(entry.writer, entry.sequence, entry.previous, entry.hash, holder)


def test_a_withheld_place_keeps_the_chain_whole(store):
    north = a_chain(4)
    assert store.append_all([north[0], place_of(north[1]), north[2]]) == 3
    assert list(store.entries()) == [north[0], north[2]]
    assert store.withheld() == (place_of(north[1]),)
    assert store.head("north") == head_after(north[2])
    assert store.hashes("north") == tuple(entry.hash for entry in north[:3])
    assert roots_of(store) == (rooted("north", [entry.hash for entry in north[:3]]),)
    assert store.append(north[3])


def test_a_chain_may_begin_and_end_with_withheld_places(store):
    north = a_chain(2)
    assert store.append_all([place_of(north[0]), place_of(north[1])]) == 2
    assert list(store.entries()) == []
    assert store.heads() == (head_after(north[1]),)
    assert store.append_all([place_of(north[1])]) == 0


def test_content_that_comes_later_fills_its_place(store):
    north = a_chain(3)
    store.append_all([north[0], place_of(north[1]), north[2]])
    assert store.append(north[1]) is True
    assert store.withheld() == ()
    assert list(store.entries()) == north
    assert store.append(north[1]) is False
    assert store.append_all([place_of(north[1])]) == 0
    assert store.hashes("north") == tuple(entry.hash for entry in north)


def test_other_content_does_not_fill_a_withheld_place(store):
    north = a_chain(2)
    store.append_all([north[0], place_of(north[1])])
    rival = dataclasses.replace(north[1], body={"is": "statement", "number": 7})
    with pytest.raises(ChainBroken, match="the chain forks"):
        store.append(rival)
    assert store.withheld() == (place_of(north[1]),)


@pytest.mark.parametrize(
    ("changes", "breach"),
    [({"sequence": 3}, "gap"), ({"hash": "1" * 64}, "fork"), ({"previous": "1" * 64}, "previous")],
)
def test_a_withheld_place_that_does_not_fit_is_refused(store, changes, breach):
    north = a_chain(3)
    store.append_all(north[:2])
    at = 1 if breach == "fork" else 2
    with pytest.raises(ChainBroken) as caught:
        store.append_all([dataclasses.replace(place_of(north[at]), **changes)])
    assert caught.value.facts["breach"] == breach
    assert "A withheld place (the southern office)" in str(caught.value)
    assert store.hashes("north") == tuple(entry.hash for entry in north[:2])


def test_an_error_after_a_withheld_place_leaves_nothing_of_it(store):
    north = a_chain(3)
    with pytest.raises(ChainBroken):
        store.append_all([place_of(north[0]), north[2]])
    assert store.withheld() == ()
    assert store.heads() == ()


def test_arrivals_are_told_in_the_order_in_which_they_came(store):
    north, south = a_chain(2), a_chain(2, "south")
    store.append_all(south)
    store.append(north[0])
    first, second, third = store.arrivals()
    assert [entry for _, entry in (first, second, third)] == [*south, north[0]]
    assert 0 < first[0] < second[0] < third[0]
    store.append(north[1])
    assert [entry for _, entry in store.arrivals(third[0])] == [north[1]]
    assert [entry for _, entry in store.arrivals(first[0])] == [south[1], *north]


def test_who_writes_here_is_kept(store):
    assert store.here() == frozenset()
    store.settle("north")
    store.settle("north")
    store.settle("south")
    assert store.here() == {"north", "south"}


def stop(writer: str, size: int, why: str = RESTORED, *, goes_on: bool = False) -> Handover:
    return Handover(writer=writer, size=size, at=NOON, goes_on=goes_on, why=why)


def test_a_writer_stops_writing_here_and_may_go_on(store):
    store.append_all([*a_chain(3), *a_chain(2, "south")])
    for writer in ("north", "south"):
        store.settle(writer)
    assert store.handovers() == () and writing_in(store) == {"north", "south"}
    told = (stop("north", 3), stop("south", 1))
    store.hand_over(told)
    assert store.handovers() == told
    assert store.here() == {"north", "south"} and writing_in(store) == frozenset()
    store.hand_over([stop("south", 2, goes_on=True)], exactly=True)
    assert store.handovers()[2:] == (stop("south", 2, goes_on=True),)
    assert writing_in(store) == {"south"}
    assert store.append(a_chain(4)[3])  # what it wrote elsewhere may come


def test_a_handover_beyond_the_end_of_a_chain_is_refused_and_none_is_kept(store):
    store.append_all([*a_chain(3), *a_chain(2, "south")])
    with pytest.raises(RegisterError, match="of north has 3 places, and its handover is after 4"):
        store.hand_over([stop("south", 2), stop("north", 4)])
    with pytest.raises(RegisterError, match="the register was written to meanwhile"):
        store.hand_over([stop("south", 2), stop("north", 2)], exactly=True)
    with pytest.raises(RegisterError, match="of west has 0 places"):
        store.hand_over([stop("west", 1)])
    assert store.handovers() == ()


def test_nothing_is_added_to_a_register_that_was_moved(store):
    store.append_all(a_chain(2))
    store.hand_over([stop("north", 2, MOVED)])
    before = contents(store)
    with pytest.raises(RegisterError, match="was moved to another place, where it goes on"):
        store.append(a_chain(3)[2])
    with pytest.raises(RegisterError, match="Write there"):
        store.append(an_entry(writer="south"))
    assert contents(store) == before
    store.hand_over([stop("north", 2, MOVED, goes_on=True)])
    assert store.append(a_chain(3)[2])


def test_a_register_that_was_moved_is_not_moved_once_more(store):
    store.append_all(a_chain(2))
    store.hand_over([stop("north", 2, MOVED)])
    with pytest.raises(RegisterError, match="was moved to another place, where it goes on"):
        store.hand_over([stop("north", 2, MOVED)], exactly=True)
    assert store.handovers() == (stop("north", 2, MOVED),)
    store.hand_over([stop("north", 2, RESTORED)])  # the new place was lost, this one came back


def test_whose_word_on_keys_counts_is_settled_when_a_store_is_made(make):
    assert make().root == ""


def test_a_store_keeps_the_root_it_was_made_with(make):
    assert make(root="office:0123").root == "office:0123"


def test_all_stores_hold_the_same_bytes_and_the_same_register_head(tmp_path):
    stores = [maker(tmp_path)() for maker in MAKERS.values()]
    north, south = a_chain(3), a_chain(2, "south")
    for store in stores:
        store.append_all([south[0], *north])
        store.append(south[1])
    first, *others = [contents(store) for store in stores]
    assert len(first[0]) == 5
    assert all(other == first for other in others)
    assert len({register_head(roots_of(store)) for store in stores}) == 1
    for store in stores:
        store.close()
    drop_made()

"""Erasing what is personal of an operation: it is gone, here and elsewhere, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app.assess import assess
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase, forget
from safeconduct.app.founding import init
from safeconduct.app.registers import open_live, record
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.register import Commitment, Store
from safeconduct.register.erasing import OFFICE, OperationErased, belonging
from safeconduct.register.store import chains_of
from tests.unit.app.folders import TWO_TOWNS, ground_and_records

MOVEMENT = "relief-to-birch"
CLERK, REACH = "Invented Clerk-of-Record", "radio call sign Invented-Nine"
WHY = "six months are over"


@pytest.fixture
def office(tmp_path: Path) -> str:
    """A register with a movement, a contact, and one author of all of it."""
    path = str(tmp_path / "office.reg")
    init(path)
    record(path, str(TWO_TOWNS), CLERK)
    record(path, str(ground_and_records(tmp_path)), CLERK)
    add_contact(path, "north-desk", party="north", role="liaison", reach=REACH, author=CLERK)
    return path


def ask(path: str, question: Callable[[Store], Any]) -> Any:
    with closing(open_store(path)) as store:
        return question(store)


def texts(path: str) -> list[str]:
    return ask(path, lambda store: sorted(content.value for content in store.contents()))


def signed(path: str) -> list[bytes]:
    return ask(path, lambda store: [e.signed_bytes() for e in store.entries()])


def files(path: str) -> bytes:
    return b"".join(one.read_bytes() for one in Path(path).parent.glob(Path(path).name + "*"))


def test_only_the_texts_of_the_operation_are_gone(office):
    before = texts(office)
    done = erase(office, OFFICE, WHY)
    assert [(one.operation, one.why) for one in done.forgotten] == [(OFFICE, WHY)]
    assert REACH in before and REACH not in texts(office)
    assert texts(office).count(CLERK) == 1  # the author of the movement
    assert erase(office, MOVEMENT, WHY).forgotten[0].texts == 1
    assert CLERK not in texts(office)


def test_no_byte_of_the_files_holds_them(office):
    assert REACH.encode() in files(office)  # else the check below could not fail
    erase(office, OFFICE, WHY)
    erase(office, MOVEMENT, WHY)
    assert REACH.encode() not in files(office)
    assert CLERK.encode() not in files(office)


def test_entries_heads_and_hashes_stay_byte_for_byte(office):
    before, chains = signed(office), ask(office, chains_of)
    erase(office, OFFICE, WHY)
    after = ask(office, chains_of)
    assert set(before) < set(signed(office))
    for writer, chain in chains.items():
        assert after[writer][: len(chain)] == chain


def test_the_erasure_is_on_record_with_who_when_and_why(office):
    done = erase(office, MOVEMENT, WHY, author="Another Clerk")
    entry = ask(office, lambda store: store.get(done.entry))
    assert entry is not None and entry.kind == OperationErased.tag
    assert entry.body["operation"] == MOVEMENT and entry.body["why"] == WHY
    assert entry.body["until"] <= entry.recorded_at
    assert ask(office, lambda store: store.personal(entry.author)) == "Another Clerk"


def test_no_judgement_changes(office):
    """No rule reads an erasable field: with every text gone the answer is the same to the byte."""

    def judged() -> str:
        with closing(open_live(office)) as opened:
            told = assess(opened, at="2030-05-06T07:30:00Z", known_at="2031-01-01T00:00Z")
        return json.dumps(told.as_json(), sort_keys=True)

    with closing(open_store(office)) as store:
        known = store.heads()
    before = judged()
    with closing(open_store(office)) as store:
        assert store.erase_all({content.commitment for content in store.contents()}) > 2
        assert store.heads() == known and not list(store.contents())
    assert judged() == before


def test_what_is_entered_later_is_kept(office):
    erase(office, OFFICE, WHY)
    later = "entered after it was erased"
    with closing(open_live(office)) as opened:
        last = max(entry.recorded_at for entry in opened.store.entries())
    until = ask(office, lambda s: belonging(s.entries(), OFFICE, last - 10_000))
    assert until == frozenset()
    add_contact(office, "south-desk", party="south", role="liaison", reach=later)
    with closing(open_live(office)) as opened:
        assert later in [content.value for content in opened.store.contents()]


def test_content_that_comes_late_is_forgotten_too(office, monkeypatch):
    """As when a backup is put back: what an erasure on record names goes when it is asked again."""
    kept = ask(office, lambda store: list(store.contents()))
    erase(office, OFFICE, WHY)
    with closing(open_live(office)) as opened:
        for content in kept:
            opened.store._keep(content)  # noqa: SLF001  # a copy of before the erasure
        assert forget(opened)[0].operation == OFFICE
    assert REACH not in texts(office)


def test_an_operation_that_nothing_was_entered_for_is_named(office):
    before = signed(office)
    with pytest.raises(UnknownReference, match=f"kept for: {OFFICE}, {MOVEMENT}"):
        erase(office, "relief-to-brich", WHY)
    with pytest.raises(WrongField, match="without why"):
        erase(office, OFFICE, "  ")
    assert signed(office) == before


def test_a_commitment_has_nothing_to_forget_twice(office):
    found = ask(office, lambda store: next(store.contents()).commitment)
    with closing(SqliteStore.open(office)) as store:
        assert store.erase_all({found, Commitment("0" * 64)}) == 1
        assert store.erase_all({found}) == 0

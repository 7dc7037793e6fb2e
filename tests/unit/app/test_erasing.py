"""Erasing what is personal of an operation: it is gone, here and elsewhere, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from safeconduct.adapters.sqlite import SqliteStore, filing
from safeconduct.adapters.stores import open_store
from safeconduct.app.assess import assess
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase, forget
from safeconduct.app.founding import init
from safeconduct.app.registers import open_live, record
from safeconduct.errors import UnknownReference, WrongField
from safeconduct.register import Commitment, Personal, Store
from safeconduct.register.erasing import OFFICE, OperationErased, belonging
from safeconduct.register.store import chains_of
from safeconduct.register.texts import SealedText
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


def sealed(path: str) -> list[SealedText]:
    return ask(path, lambda store: list(store.texts()))


def test_erasing_destroys_the_key_and_with_it_what_a_copy_without_it_holds(office):
    keys = [ask(office, lambda store, n=n: store.operation_key(n)) for n in (OFFICE, MOVEMENT)]
    copied = sealed(office)
    assert all(key in files(office) for key in keys)  # else the check below could not fail
    assert {text.operation for text in copied} == {OFFICE, MOVEMENT}
    erase(office, MOVEMENT, WHY)
    assert ask(office, lambda store: store.operation_key(MOVEMENT)) is None
    erase(office, OFFICE, WHY)
    held = files(office)
    assert not any(key in held for key in keys)
    assert not any(text.sealed in held for text in copied)


def test_no_byte_of_the_files_holds_a_text_not_even_before(office):
    before = files(office)
    assert all(text.sealed in before for text in sealed(office))  # so it would be seen
    erase(office, OFFICE, WHY, author="Another Clerk")
    erase(office, MOVEMENT, WHY)
    for held in (before, files(office)):
        assert not any(text.encode() in held for text in (REACH, CLERK, "Another Clerk"))


def test_an_erasing_that_was_cut_is_done_again_when_it_is_asked_for_again(office, monkeypatch):
    """As where the keys could not be written anew on a server, since somebody was reading."""
    asked: list[tuple[int, int]] = []
    real = SqliteStore.destroy

    def counted(store: SqliteStore, texts: Any = (), files: Any = ()) -> Any:
        asked.append((len(texts), len(files)))
        return real(store, texts, files)

    monkeypatch.setattr(SqliteStore, "destroy", counted)
    erase(office, MOVEMENT, WHY)
    assert asked == [(1, 0)]
    assert erase(office, MOVEMENT, WHY).forgotten == ()
    assert asked == [(1, 0), (0, 0)]


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
        assert store.destroy({text.commitment for text in store.texts()}).texts > 2
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
            put_back(opened.store, content)
        assert forget(opened)[0].operation == OFFICE
    assert REACH not in texts(office)


def put_back(store: Store, content: Personal) -> None:
    """As a copy of before the erasure would, whatever wrote it there."""
    assert isinstance(store, SqliteStore)
    held = store._connection  # noqa: SLF001
    filing.keep_texts(held, [content], store.entries())


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
        assert store.destroy({found, Commitment("0" * 64)}) == (1, 0)
        assert store.destroy({found}) == (0, 0)

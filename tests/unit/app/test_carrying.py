"""A register carried to another store is the same register, locked where a passphrase is given."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app import carrying
from safeconduct.app.carrying import migrate, rebuild
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.app.opening import open_register
from safeconduct.errors import (
    KeyRefused,
    Locked,
    MissingFile,
    RegisterError,
    RegisterExists,
    SafeconductError,
)
from safeconduct.register import register_head, roots_of
from safeconduct.register.erasing import OFFICE
from tests.postgres import drop_made, new_address
from tests.unit.app import offices

REACH = "+00 555 0100"


@pytest.fixture
def office(tmp_path: Path) -> str:
    return str(offices.make(tmp_path))


@pytest.fixture
def address() -> Iterator[str]:
    yield new_address()
    drop_made()


def texts(path: str) -> list[str]:
    with closing(open_store(path)) as store:
        return [content.value for content in store.contents()]


def head(path: str) -> str:
    with closing(open_store(path)) as store:
        return register_head(roots_of(store))


def test_a_clear_register_becomes_a_locked_one(office, tmp_path, monkeypatch):
    target = str(tmp_path / "locked.reg")
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "a phrase")
    done = migrate(office, target)
    assert not done.clear and done.head == head(office) == head(target)
    assert texts(target) == texts(office)
    assert b'"kind":"contact"' in Path(office).read_bytes()
    assert b'"kind":"contact"' not in Path(target).read_bytes()
    assert not any(REACH.encode() in Path(one).read_bytes() for one in (office, target))
    with pytest.raises(
        RegisterError, match=r"was moved before, and not to .*; or it goes on there"
    ):
        migrate(office, target)
    monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
    with pytest.raises(Locked):
        migrate(target, str(tmp_path / "other"))


def test_nothing_is_moved_over_a_file(office, tmp_path):
    target = tmp_path / "letters"
    target.write_text("letters of this morning")
    with pytest.raises(RegisterExists, match="a register never overwrites"):
        migrate(office, str(target))
    assert target.read_text() == "letters of this morning"
    add_contact(office, "new-desk", party="north", role="liaison officer")
    with pytest.raises(MissingFile, match="is not there") as caught:
        migrate(office, str(tmp_path / "no" / "such.reg"))
    assert caught.value.file == str(tmp_path / "no" / "such.reg")


def writable(path: str) -> bool:
    """Whether this machine can write there, even one that remembers nothing of its chain."""
    for mark in KeyFolder.own().folder.glob("*.mark"):
        mark.unlink()
    try:
        add_contact(path, f"desk-{head(path)[:8]}", party="north", role="liaison officer")
    except SafeconductError as error:
        assert isinstance(error, KeyRefused | MissingFile), error
        return False
    return True


def test_a_key_cannot_write_into_both_places_not_even_once(office, tmp_path):
    target = str(tmp_path / "target.reg")
    migrate(office, target)
    assert writable(target) and not writable(office)
    with closing(open_register(office)) as opened:
        (note,) = opened.notes
    assert "This register was moved on" in note and "ask the register where it goes on" in note
    with closing(open_register(target)) as opened:
        assert opened.notes == ()


class Cut(BaseException):
    """The power went."""


@pytest.mark.parametrize("call", [1, 2, 3])
def test_a_move_that_is_cut_leaves_one_place_to_write_to_at_the_most(
    office, tmp_path, monkeypatch, call
):
    """The three steps: the copy stops, the source stops, the copy goes on."""
    target, before = str(tmp_path / "target.reg"), texts(office)
    calls, real = [], SqliteStore.hand_over

    def cut(store, *given, **how):
        calls.append(store)
        if len(calls) == call:
            raise Cut
        real(store, *given, **how)

    monkeypatch.setattr(SqliteStore, "hand_over", cut)
    with pytest.raises(Cut):
        migrate(office, target)
    monkeypatch.undo()
    assert [writable(office), Path(target).exists() and writable(target)] == {
        1: [True, False],
        2: [True, False],
        3: [False, False],
    }[call]
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []
    if call == 2:
        with pytest.raises(RegisterExists):
            migrate(office, target)
        Path(target).unlink()
    done = migrate(office, target)
    assert done.head == head(office) == head(target) and set(before) <= set(texts(target))
    assert [writable(office), writable(target)] == [False, True]


def test_what_is_recorded_while_a_register_is_moved_is_not_left_behind(
    office, tmp_path, monkeypatch
):
    target, real = str(tmp_path / "target.reg"), carrying.copy

    def busy(source, made, stops):
        told = real(source, made, stops)
        add_contact(office, "late-desk", party="north", role="liaison officer")
        return told

    monkeypatch.setattr(carrying, "copy", busy)
    with pytest.raises(RegisterError, match="the register was written to meanwhile"):
        migrate(office, target)
    assert writable(office) and not writable(target)


def test_of_two_moves_at_once_one_is_refused(office, tmp_path, monkeypatch):
    target, other, real = str(tmp_path / "target.reg"), str(tmp_path / "other.reg"), carrying.copy

    def overtaken(source, made, stops):
        told = real(source, made, stops)
        monkeypatch.undo()
        monkeypatch.setenv("SAFECONDUCT_HOME", str(KeyFolder.own().folder.parent))
        migrate(office, other)
        return told

    monkeypatch.setattr(carrying, "copy", overtaken)
    with pytest.raises(RegisterError, match="was moved to another place, where it goes on"):
        migrate(office, target)
    assert [writable(office), writable(target), writable(other)] == [False, False, True]


def test_to_a_server_and_back_with_every_hash(office, address, tmp_path):
    back = str(tmp_path / "back.reg")
    assert migrate(office, address).head == migrate(address, back).head == head(office)
    assert texts(back) == texts(office)
    assert rebuild(address).views
    assert not rebuild(back).views


def test_verbs_write_to_a_server_as_to_a_file(office, address):
    migrate(office, address)
    before = head(address)
    add_contact(address, "new-desk", party="north", role="liaison officer")
    assert head(address) != before
    with pytest.raises(KeyRefused, match="goes on in its new place"):
        add_contact(office, "new-desk", party="north", role="liaison officer")


def test_an_erasure_that_comes_by_bundle_erases_here_too(office, tmp_path):
    other = str(tmp_path / "other.reg")
    init(other, office="another", device="desk")
    with closing(open_store(office)) as store:
        root = KeyFolder.own().find(store.root)
    assert root is not None
    trust(other, "office", "root", root.public.hex())
    first, second = str(tmp_path / "first.age"), str(tmp_path / "second.age")
    export_bundle(office, first, handling="internal", names=True, readers=[reader()])
    assert merge_bundle(other, first).forgotten == ()
    assert REACH in texts(other)
    erase(office, OFFICE, "six months are over")
    export_bundle(office, second, handling="internal", readers=[reader()])
    told = merge_bundle(other, second).forgotten
    assert [(one.operation, one.why) for one in told] == [(OFFICE, "six months are over")]
    assert REACH not in texts(other)
    assert REACH.encode() not in Path(other).read_bytes()

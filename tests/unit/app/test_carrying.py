"""A register carried to another store is the same register, locked where a passphrase is given."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.postgres import PostgresStore
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app import carrying
from safeconduct.app.backups import back_up, restore
from safeconduct.app.carrying import migrate, rebuild
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase
from safeconduct.app.evidence import add
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init
from safeconduct.app.keying import trust
from safeconduct.app.opening import open_register
from safeconduct.app.registers import replayed
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
from safeconduct.register.store import writing_in
from tests.postgres import drop_made, new_address
from tests.unit.app import offices
from tests.unit.app.folders import TWO_TOWNS

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
    with pytest.raises(RegisterError, match="goes on there: nothing is left to do") as caught:
        migrate(office, target)
    assert caught.value.remedy == f"Write to {target}."
    with pytest.raises(RegisterError, match=r"was moved before, and not to .*other\.reg"):
        migrate(office, str(tmp_path / "other.reg"))
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
    if call == 2:  # something was recorded since, just above
        with pytest.raises(RegisterError, match="the register was written to since"):
            migrate(office, target)
        Path(target).unlink()
    done = migrate(office, target)
    assert done.head == head(office) == head(target) and set(before) <= set(texts(target))
    assert [writable(office), writable(target)] == [False, True]


STEPS = ("append_all", "hand_over", "settle", "operation_key", "keep")
"""What a move writes by, to either of the two stores."""


def cut_at(monkeypatch, number: int, *, after: bool) -> list[str]:
    """The power goes before or after the so-manyth step; gives the steps that were taken."""
    taken: list[str] = []

    def cutting(name, real):
        def step(store, *given, **how):
            taken.append(name)
            mine = len(taken)
            if mine == number and not after:
                raise Cut
            told = real(store, *given, **how)
            if mine == number:
                raise Cut
            return told

        return step

    for kind in (SqliteStore, PostgresStore):
        for name in STEPS:
            monkeypatch.setattr(kind, name, cutting(name, getattr(kind, name)))
    return taken


@pytest.fixture
def with_file(office, tmp_path) -> str:
    """The office's register, with a file of evidence."""
    letter = tmp_path / "letter"
    letter.write_bytes(b"the letter of the north")
    add(office, str(letter), ["north-guarantees"], shows="a letter", movement="relief-to-birch")
    return office


@pytest.mark.parametrize("kind", [SqliteStore, PostgresStore])
def test_after_a_cut_at_any_step_the_same_command_goes_on_to_the_end(
    with_file, tmp_path, monkeypatch, kind
):
    """Every cut in a copy of its own, until there is no step left to be cut at."""
    ended = 0
    for number in range(1, 99):
        for after in (False, True):
            source = str(tmp_path / f"source-{number}-{after}.reg")
            shutil.copy(with_file, source)
            target = f"{source}.moved" if kind is SqliteStore else new_address()
            with monkeypatch.context() as patch:
                taken = cut_at(patch, number, after=after)
                try:
                    migrate(source, target)
                    ended += 1
                except Cut:
                    pass
            if len(taken) < number:
                continue
            done = None
            try:
                done = migrate(source, target)
            except RegisterError as error:  # it had come to its end
                assert "goes on there: nothing is left to do" in error.found, (taken, error)
            assert done is None or done.head == head(source) == head(target)
            assert [evidence_of(source), evidence_of(target)] == [1, 1]
            assert moved(source) and not moved(target), taken
        if ended:
            break
    assert taken.count("hand_over") == 3 and "keep" in taken and number == len(taken) + 1
    drop_made()


def evidence_of(path: str) -> int:
    with closing(open_store(path)) as store:
        return len(store.files())


def moved(path: str) -> bool:
    with closing(open_store(path)) as store:
        return bool(store.here()) and not writing_in(store)


def test_what_was_recorded_after_a_move_was_cut_is_not_lost_and_it_says_what_to_do(
    office, tmp_path, monkeypatch
):
    target, real = str(tmp_path / "target.reg"), SqliteStore.hand_over

    def cut(store, *given, **how):
        if how.get("exactly"):
            raise Cut
        real(store, *given, **how)

    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "hand_over", cut)
        with pytest.raises(Cut):
            migrate(office, target)
    add_contact(office, "late-desk", party="north", role="liaison officer")
    with pytest.raises(
        RegisterError, match="and interrupted, and the register was written to"
    ) as e:
        migrate(office, target)
    assert f"delete {target}, and type the same again" in e.value.remedy
    Path(target).unlink()
    assert migrate(office, target).head == head(office)
    assert [writable(office), writable(target)] == [False, True]


def test_a_begun_move_is_no_reason_to_fill_another_register(office, tmp_path):
    """What rests, or is locked otherwise, and is not the beginning of this one is left alone."""
    other = tmp_path / "other.reg"
    init(str(other), office="another", device="desk")
    before = other.read_bytes()
    with pytest.raises(RegisterExists, match="a register never overwrites"):
        migrate(office, str(other))
    assert other.read_bytes() == before
    backup, copy = str(tmp_path / "b"), str(tmp_path / "copy.reg")
    back_up(office, backup, [reader()])
    restore(backup, copy, only_read=True)
    with pytest.raises(RegisterExists, match="a register never overwrites"):
        migrate(office, copy)


def test_a_begun_copy_that_is_locked_asks_for_the_passphrase_it_was_begun_with(
    office, tmp_path, monkeypatch
):
    target, real = str(tmp_path / "locked.reg"), SqliteStore.hand_over

    def cut(store, *given, **how):
        if how.get("exactly"):
            raise Cut
        real(store, *given, **how)

    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "a phrase")
    with monkeypatch.context() as patch:
        patch.setattr(SqliteStore, "hand_over", cut)
        with pytest.raises(Cut):
            migrate(office, target)
    with monkeypatch.context() as patch:
        patch.delenv("SAFECONDUCT_PASSPHRASE")
        with pytest.raises(RegisterExists, match="this passphrase does not open it") as caught:
            migrate(office, target)
        assert "give the passphrase that it was begun with" in caught.value.remedy
    assert migrate(office, target).head == head(office)


def test_replays_are_moved_onto_nothing_that_is_there(tmp_path):
    first, second = str(tmp_path / "first.reg"), str(tmp_path / "second.reg")
    replayed(first, str(TWO_TOWNS))
    assert migrate(first, second).head == head(first)
    with pytest.raises(RegisterExists, match="a register never overwrites"):
        migrate(first, second)


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

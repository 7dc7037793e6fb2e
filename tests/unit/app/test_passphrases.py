"""Another passphrase: the old one or the new one opens everything, whatever stops the change."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from safeconduct.adapters.keys import KeyFolder, sealing
from safeconduct.adapters.keys.reader import identity_of
from safeconduct.adapters.passphrase import passphrase
from safeconduct.adapters.sqlite import SqliteStore, locking, relocking
from safeconduct.adapters.stores import open_store
from safeconduct.app.carrying import migrate
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init
from safeconduct.app.hands import pen_for
from safeconduct.app.opening import open_register
from safeconduct.app.passphrases import change
from safeconduct.app.registers import record
from safeconduct.errors import Locked, RegisterError, SafeconductError, WrongField
from safeconduct.register import register_head, roots_of
from tests.crash.disk import quick_folder
from tests.postgres import drop_made, new_address
from tests.unit.app.folders import REPOSITORY, untouched

OLD, NEW = "the words of before", "the words from now on"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", OLD)
    monkeypatch.setenv("SAFECONDUCT_NEW_PASSPHRASE", NEW)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in memory, and passphrases that cost nothing to try, where hundreds are tried."""

    def made(passphrase: str, salt: bytes, cost: object = None) -> bytes:
        return hashlib.blake2b(passphrase.encode() + salt, digest_size=32).digest()

    locking.statement.cache_clear()
    with quick_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(sealing, "derived", made)
        patch.setattr(locking, "derived", made)
        patch.setenv("SAFECONDUCT_HOME", str(folder / "home"))
        yield folder
    locking.statement.cache_clear()


@pytest.fixture
def office(tmp_path: Path) -> str:
    return an_office(tmp_path)


def an_office(folder: Path) -> str:
    path = str(folder / "office.reg")
    init(path)
    note(path, "first")
    reader()
    return path


def note(path: str, id: str) -> None:
    """Records something, under the name of a clerk."""
    facts = Path(path).with_name("facts.yaml")
    facts.write_text(f"actors:\n  - {{id: {id}, name: Cafe, kind: humanitarian}}\n")
    record(path, str(facts), "Invented Clerk-of-Record")
    facts.unlink()


@pytest.fixture
def address() -> Iterator[str]:
    yield new_address()
    drop_made()


def opens_with(path: str, phrase: str, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether it opens the register, the device's key, the root's, and the one for bundles."""
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", phrase)
    try:
        with closing(open_register(path)) as opened:
            found = [True]
            for root in (False, True):
                found.append(works(lambda root=root: pen_for(
                    opened.store, opened.view().ring, root=root)))  # fmt: skip
            return [*found, works(lambda: identity_of(KeyFolder.own(), passphrase))]
    except Locked:
        return [False]


def works(call) -> bool:
    try:
        call()
    except Locked:
        return False
    return True


def held(path: str, phrase: str) -> tuple[object, ...]:
    with closing(SqliteStore.open(path, lambda: phrase)) as store:
        return (
            [(one.signed_bytes(), one.signature) for _, one in store.arrivals()],
            list(store.contents()),
            store.here(),
            register_head(roots_of(store)),
        )


def test_from_then_on_the_new_one_opens_everything_and_the_old_one_nothing(office, monkeypatch):
    before, mode = held(office, OLD), Path(office).stat().st_mode
    done = change(office)
    assert done.file and len(done.keys) == 3 and "reader" in done.keys and done.left == ()
    assert held(office, NEW) == before
    assert Path(office).stat().st_mode == mode
    assert opens_with(office, OLD, monkeypatch) == [False]
    assert opens_with(office, NEW, monkeypatch) == [True] * 4
    for file in KeyFolder.own().folder.glob("*.json"):
        assert "later" not in json.loads(file.read_text())
    note(office, "second")
    assert sorted(one.name for one in Path(office).parent.iterdir()) == ["home", "office.reg"]


@pytest.mark.parametrize(
    ("given", "new", "error", "told"),
    [
        ("not the words", NEW, Locked, "does not open with this passphrase"),
        (None, NEW, Locked, "and none was given"),
        (OLD, None, WrongField, "No new passphrase was given. Nothing was changed"),
        (OLD, OLD, WrongField, "is the one that is there already"),
    ],
)
def test_what_is_refused_changes_nothing(office, monkeypatch, given, new, error, told):
    for name, value in (("", given), ("_NEW", new)):
        if value is None:
            monkeypatch.delenv(f"SAFECONDUCT{name}_PASSPHRASE")
        else:
            monkeypatch.setenv(f"SAFECONDUCT{name}_PASSPHRASE", value)
    with untouched(Path(office).parent), pytest.raises(error, match=told):
        change(office)


def test_a_passphrase_is_never_taken_from_the_command_line(office):
    ran = subprocess.run(
        [sys.executable, "-m", "safeconduct", "register", "passphrase", office, NEW],
        cwd=REPOSITORY, text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert ran.returncode == 2 and "unexpected extra argument" in ran.stderr


def test_a_clear_register_is_told_how_it_becomes_a_locked_one(tmp_path, monkeypatch):
    monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
    path = str(tmp_path / "clear.reg")
    init(path)
    with pytest.raises(RegisterError, match=r"not locked .* `safeconduct register migrate`"):
        change(path)
    # Its keys lay open; in the locked file that it becomes they are locked with it.
    locked = str(tmp_path / "locked.reg")
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", OLD)
    migrate(path, locked)
    done = change(locked)
    assert len(done.keys) == 2
    for file in KeyFolder.own().folder.glob("*.json"):
        assert {"sealed"} == {"sealed", "secret", "later"} & json.loads(file.read_text()).keys()
    assert opens_with(locked, NEW, monkeypatch) == [True] * 4
    assert opens_with(locked, OLD, monkeypatch) == [False]


def test_a_register_on_a_server_has_the_keys_of_this_machine_changed(office, address, monkeypatch):
    migrate(office, address)
    done = change(address)
    assert not done.file and len(done.keys) == 3
    assert opens_with(address, OLD, monkeypatch) == [True, False, False, False]
    assert opens_with(address, NEW, monkeypatch) == [True] * 4
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", "not the words")
    with pytest.raises(Locked, match="does not open this lock"):
        change(address)


def test_a_key_that_the_old_one_does_not_open_is_left_and_told(office, monkeypatch):
    with closing(open_store(office)) as store:
        root = KeyFolder.own().find(store.root)
    assert root is not None
    root.file.begin(OLD, "words of its own")
    root.file.end()
    before = root.path.read_text()
    done = change(office)
    assert done.left == (root.writer,) and root.writer not in done.keys
    assert root.path.read_text() == before
    assert opens_with(office, NEW, monkeypatch) == [True, True, False, True]


class Cut(BaseException):
    """The power went."""


def test_a_change_that_is_cut_anywhere_leaves_the_old_or_the_new_one(quick, monkeypatch):
    """Cut before each of the calls by which anything reaches the disk."""
    office = an_office(quick)
    whole = held(office, OLD)
    old, cuts = OLD, 0
    while True:
        new = f"{NEW} {cuts}"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("SAFECONDUCT_PASSPHRASE", old)
            patch.setenv("SAFECONDUCT_NEW_PASSPHRASE", new)
            calls = cutting(patch, cuts)
            try:
                change(office)
            except Cut:
                pass
            else:
                assert calls[0] <= cuts
                break
        found = {phrase: opens_with(office, phrase, monkeypatch) for phrase in (old, new)}
        assert [True] * 4 in found.values(), f"cut before call {cuts}: {found}"
        old = next(phrase for phrase, opened in found.items() if all(opened))
        assert held(office, old) == whole
        cuts += 1
    assert cuts > 20
    assert opens_with(office, new, monkeypatch) == [True] * 4
    assert opens_with(office, old, monkeypatch) == [False]
    left = [one.name for one in (*quick.iterdir(), *KeyFolder.own().folder.iterdir())]
    assert not [one for one in left if one.startswith(".")]


def cutting(patch: pytest.MonkeyPatch, at: int) -> list[int]:
    """Every call that writes, syncs or renames is counted; the one of this number cuts."""
    calls = [0]

    def counted(real):
        def call(*given, **how):
            calls[0] += 1
            if calls[0] > at:
                raise Cut
            return real(*given, **how)

        return call

    for name in ("replace", "fsync", "pwrite", "chmod"):
        patch.setattr(os, name, counted(getattr(os, name)))
    patch.setattr(relocking, "copy", counted(relocking.copy))
    patch.setattr(SqliteStore, "close", counted(SqliteStore.close))
    return calls


def test_a_program_that_is_killed_while_it_changes_it_leaves_the_old_or_the_new_one(
    office, monkeypatch
):
    whole, old = held(office, OLD), OLD
    chance, reached = random.Random("kills"), set()
    for number in range(5):
        new = f"{NEW} {number}"
        around = os.environ | {
            "SAFECONDUCT_PASSPHRASE": old, "SAFECONDUCT_NEW_PASSPHRASE": new,
            "PYTHONPATH": str(REPOSITORY),
        }  # fmt: skip
        code = "import sys; from safeconduct.app.passphrases import change; " \
               "print(flush=True); change(sys.argv[1]); print(flush=True)"  # fmt: skip
        with subprocess.Popen(
            [sys.executable, "-P", "-c", code, office], env=around, stdout=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(chance.uniform(0.2, 1.6))
            child.send_signal(signal.SIGKILL)
        found = {phrase: opens_with(office, phrase, monkeypatch) for phrase in (old, new)}
        assert [True] * 4 in found.values(), found
        reached.add(found[new] == [True] * 4)
        old = next(phrase for phrase, opened in found.items() if opened == [True] * 4)
        assert held(office, old) == whole
    assert reached


def test_nobody_else_may_have_the_register_open(office):
    with closing(SqliteStore.open(office, lambda: OLD)) as other:
        list(other.entries())
        with pytest.raises(RegisterError, match="Another program has"):
            change(office)
        assert list(other.entries())
    assert held(office, OLD)
    for file in KeyFolder.own().folder.glob("*[!k]"):  # the marks have no lock
        assert "later" not in json.loads(file.read_text()), "the new passphrase opens it as well"
    change(office)


def test_whoever_waited_for_the_file_does_not_go_on_in_one_without_a_name(office, monkeypatch):
    """A program that opened the file just before it changed finds nothing in it afterwards."""
    before = os.open(office, os.O_RDONLY)
    change(office)
    assert os.fstat(before).st_nlink == 0
    assert os.pread(before, 4096, 0) == bytes(4096)
    os.close(before)


def test_a_second_name_of_the_old_file_stays_a_copy(office, tmp_path):
    os.link(office, tmp_path / "snapshot.reg")
    whole = held(office, OLD)
    change(office)
    assert held(str(tmp_path / "snapshot.reg"), OLD) == whole == held(office, NEW)


def test_a_register_named_by_a_symbolic_link_is_changed_where_it_lies(office, tmp_path):
    """Else the link would become a second register, and the old file open with the old words."""
    link = tmp_path / "by another name.reg"
    link.symlink_to(office)
    change(str(link))
    assert link.is_symlink()
    assert held(office, NEW) == held(str(link), NEW)


def test_a_clear_bundle_is_merged_whatever_opens_the_key_for_encrypted_ones(
    office, tmp_path, monkeypatch
):
    """That key is of the machine, so a register of another passphrase would take no bundle more."""
    other, clear, sealed = (str(tmp_path / name) for name in ("other.reg", "clear", "sealed"))
    init(other)
    export_bundle(office, clear, handling="internal")
    export_bundle(office, sealed, handling="internal", readers=[reader()])
    change(office)
    assert merge_bundle(other, clear).merged.has_unknown
    with pytest.raises(Locked, match="does not open this lock") as caught:
        merge_bundle(other, sealed)
    assert caught.value.file == str(KeyFolder.own().folder / "reader.age")


def test_a_new_passphrase_is_typed_twice_at_a_terminal(monkeypatch):
    from safeconduct.adapters import passphrase as asking  # its prompts are replaced here

    monkeypatch.delenv("SAFECONDUCT_NEW_PASSPHRASE")
    monkeypatch.setattr(asking, "_is_somebody_there", lambda: True)
    typed = iter(["one", "another", "one", "one"])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(typed))
    with pytest.raises(WrongField, match="typed in two different ways"):
        asking.new_passphrase()
    assert asking.new_passphrase() == "one"


def test_every_error_of_a_change_is_of_the_tree(tmp_path):
    with pytest.raises(SafeconductError, match="There is no register"):
        change(str(tmp_path / "none.reg"))

"""A backup brings back every hash and every answer, tells nothing, and makes no second writer."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from safeconduct.adapters import backupfile
from safeconduct.adapters.backupfile import write
from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import open_store
from safeconduct.app import backups
from safeconduct.app.assess import assess
from safeconduct.app.backups import back_up, read_backup, restore
from safeconduct.app.carrying import migrate
from safeconduct.app.contacts import add_contact
from safeconduct.app.erasing import erase
from safeconduct.app.evidence import add, save
from safeconduct.app.exchanging import export_bundle, merge_bundle, reader
from safeconduct.app.founding import init
from safeconduct.app.keying import introduce, list_keys, new_key, revoke, trust
from safeconduct.app.opening import open_register
from safeconduct.app.registers import open_live, replayed
from safeconduct.app.verifying import verify_file
from safeconduct.errors import (
    BackupRefused,
    EvidenceRefused,
    FileTooLarge,
    KeyRefused,
    Locked,
    MissingFile,
    RegisterError,
    RegisterExists,
    SafeconductError,
    WrongField,
)
from safeconduct.register import Head, Store, register_head, roots_of
from safeconduct.register.backup import bytes_of
from safeconduct.register.erasing import OFFICE
from safeconduct.spacetime import utc
from tests.postgres import drop_made, new_address
from tests.unit.app import offices
from tests.unit.app.test_evidence_bundles import damage
from tests.unit.cli.running import safeconduct

PHRASE = "nine words that nobody guesses"
REACH = "+00 555 0100"
LONG_AFTER = "2099-01-01T00:00Z"


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Sits down at one of several machines, each with keys of its own, and one passphrase."""

    def at(name: str) -> None:
        monkeypatch.setenv("SAFECONDUCT_HOME", str(tmp_path / f"home of {name}"))

    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", PHRASE)
    at("first")
    return at


@pytest.fixture
def office(tmp_path: Path) -> str:
    return str(offices.make(tmp_path))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Callable[[str], str]]:
    """A new path or address for a register of a kind."""

    def at(kind: str) -> str:
        return new_address() if kind == "postgres" else str(tmp_path / f"{kind}.reg")

    yield at
    drop_made()


def ask(path: str, question: Callable[[Store], Any]) -> Any:
    with closing(open_store(path)) as store:
        return question(store)


def all_of(store: Store) -> tuple[object, ...]:
    """All that a store tells, but who writes there."""
    writers = [head.writer for head in store.heads()]
    return (
        [(entry.signed_bytes(), entry.signature) for _, entry in store.arrivals()],
        store.withheld(),
        [store.hashes(writer) for writer in writers],
        list(store.contents()),
        store.replay,
        store.root,
        register_head(roots_of(store)),
    )


def last_of(path: str) -> str:
    """When the last entry of a register was recorded."""
    return utc(max(ask(path, lambda s: [entry.recorded_at for entry in s.entries()])))


def judged(path: str, known_at: str) -> list[bytes]:
    """The sealed judgements of a movement at three moments, from what was known at another."""
    with closing(open_live(path)) as opened:
        return [
            assess(opened, at=at, known_at=known_at).judgement.sealed
            for at in ("2030-05-06T05:00Z", "2030-05-06T07:30Z", "2030-05-06T20:00Z")
        ]


def names(path: str) -> set[str]:
    """The contacts that are known and count."""
    with closing(open_register(path)) as opened:
        found = opened.view().entries
    return {
        str(entry.body["id"])
        for entry in found
        if entry.kind == "contact" and isinstance(entry.body, dict)
    }


def contact(path: str, id: str) -> None:
    add_contact(path, id, party="north", role="liaison officer")


def forget_marks() -> None:
    """The machine remembers nothing of how far its keys have written."""
    for mark in KeyFolder.own().folder.glob("*.mark"):
        mark.unlink()


def own_key(path: str) -> str:
    """The key of this machine that writes there now."""
    return next(row.writer for row in list_keys(path).rows if row.here and not row.is_root)


@pytest.mark.law(10)
@pytest.mark.parametrize(
    ("source", "target"), [("clear", "postgres"), ("locked", "back"), ("postgres", "back")]
)
def test_a_register_comes_back_with_every_hash_and_every_judgement(
    office, place, tmp_path, monkeypatch, source, target
):
    if source != "clear":
        office, moved = place(source), office
        migrate(moved, office)
    known = last_of(office)
    before, answers = ask(office, all_of), judged(office, known)
    assert len(set(answers)) > 1
    file = str(tmp_path / "office.backup")
    done = back_up(office, file)
    assert ask(office, all_of) == before
    assert done.contents.head == before[-1]
    assert [(one.writer, one.size) for one in done.contents.chains] == [
        (one.writer, one.size) for one in ask(office, lambda s: s.heads())
    ]
    there = place(target)
    back = restore(file, there, only_read=True)
    assert ask(there, all_of) == before
    assert judged(there, known) == answers
    assert judged(there, LONG_AFTER) != judged(office, LONG_AFTER)
    assert back.contents == done.contents and back.faults == ()
    assert back.clear is False
    assert (back.writer, back.introduced) == (None, False)


def test_a_backup_tells_nothing_of_what_is_in_a_clear_register(tmp_path, monkeypatch):
    monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
    office, file = str(offices.make(tmp_path)), tmp_path / "office.backup"
    with pytest.raises(WrongField, match="neither a passphrase nor a reader was given") as caught:
        back_up(office, str(file))
    assert "type `safeconduct register reader` on its own machine" in caught.value.remedy
    assert not file.exists()
    monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", PHRASE)
    back_up(office, str(file))
    told = (b"north-post", b"writer", b"laptop", b"root:")
    assert all(one in Path(office).read_bytes() for one in told)
    assert not any(one in file.read_bytes() for one in (*told, REACH.encode()))
    assert file.stat().st_mode & 0o077 == 0


def test_a_backup_opens_with_its_passphrase_only(office, tmp_path, monkeypatch):
    file, there = str(tmp_path / "office.backup"), tmp_path / "back.reg"
    back_up(office, file)
    for given, told in (("another", "does not open this lock"), (None, "none was given")):
        if given:
            monkeypatch.setenv("SAFECONDUCT_PASSPHRASE", given)
        else:
            monkeypatch.delenv("SAFECONDUCT_PASSPHRASE")
        with pytest.raises(Locked, match=told) as caught:
            restore(file, str(there))
        assert caught.value.file == file
    assert not there.exists()


def test_a_backup_for_readers_opens_on_their_machines_only(office, tmp_path, machine):
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    machine("second")
    theirs = reader()
    machine("first")
    done = back_up(office, file, [theirs])
    assert done.as_json()["encrypted_for"] == "readers"
    with pytest.raises(BackupRefused, match="encrypted, and no key was given") as caught:
        restore(file, there)
    assert "on a machine that it was encrypted for" in caught.value.remedy
    reader()
    with pytest.raises(BackupRefused, match="cannot be decrypted"):
        restore(file, there)
    machine("second")
    back = restore(file, there)
    assert back.contents == done.contents
    assert not back.introduced and "is not on this machine" in back.why_not
    with pytest.raises(WrongField, match="is no key that can be encrypted for"):
        back_up(office, str(tmp_path / "new"), ["age1nobody"])
    assert not (tmp_path / "new").exists()


def test_a_backup_that_was_cut_is_refused_and_nothing_is_written(office, tmp_path):
    file, there = tmp_path / "office.backup", tmp_path / "back.reg"
    back_up(office, str(file))
    data, keys = file.read_bytes(), sorted(KeyFolder.own().folder.iterdir())
    for size in {0, 1, 21, 22, 60, *range(100, len(data), len(data) // 40), len(data) - 1}:
        file.write_bytes(data[:size])
        with pytest.raises((BackupRefused, Locked)) as caught:
            restore(str(file), str(there))
        assert caught.value.file == str(file) and caught.value.remedy
        with pytest.raises((BackupRefused, Locked, RegisterError)):
            verify_file(str(file))
    file.write_bytes(data + b"more")
    with pytest.raises(BackupRefused):
        restore(str(file), str(there))
    assert not there.exists()
    assert sorted(KeyFolder.own().folder.iterdir()) == keys


def test_a_head_that_is_written_in_another_way_is_refused_though_it_says_the_same(office, tmp_path):
    file = tmp_path / "office.backup"
    back_up(office, str(file))
    magic, head, rest = file.read_bytes().split(b"\n", 2)
    locked = json.loads(head)["sealed"]["locked"].encode()
    file.write_bytes(b"\n".join([magic, head.replace(locked, locked.upper()), rest]))
    with pytest.raises(BackupRefused, match="not as this program writes it"):
        restore(str(file), str(tmp_path / "back.reg"))


def test_a_backup_in_which_one_bit_was_turned_is_refused(office, tmp_path):
    file, there = tmp_path / "office.backup", tmp_path / "back.reg"
    back_up(office, str(file))
    data = file.read_bytes()
    body = data.index(b"age-encryption.org")
    # A try of the passphrase is dear by intent, so only some bits of the head are turned.
    for at in [3, *range(25, body, 37), *range(body, len(data), (len(data) - body) // 60)]:
        turned = bytearray(data)
        turned[at] ^= 1 << at % 8
        file.write_bytes(bytes(turned))
        with pytest.raises((BackupRefused, Locked)):
            restore(str(file), str(there))
    assert not there.exists()
    file.write_bytes(data)
    assert restore(str(file), str(there)).introduced


@pytest.mark.parametrize("readers", [(), ("own",)])
def test_a_backup_whose_head_reads_the_same_and_was_changed_is_refused(office, tmp_path, readers):
    file, there = tmp_path / "office.backup", tmp_path / "back.reg"
    back_up(office, str(file), [reader() for _ in readers])
    magic, head, body = file.read_bytes().split(b"\n", 2)
    told = json.loads(head)
    if told:
        told["sealed"]["locked"] = told["sealed"]["locked"].upper()
    changed = [json.dumps(told).encode()] if told else []
    for other in (*changed, head.replace(b"{", b"{ ", 1), head[:-1] + b" }"):
        file.write_bytes(b"\n".join([magic, other, body]))
        with pytest.raises(BackupRefused, match="head"):
            restore(str(file), str(there))
    assert not there.exists()


@pytest.mark.parametrize(
    ("line", "turn", "told"),
    [
        (0, lambda line: line.replace(b'"made_at":', b'"made_on":'), "A line of it cannot be"),
        (0, lambda line: line.replace(b"backup-v1", b"backup-v9"), "A line of it cannot be read"),
        (1, lambda line: b"", "lines after the first, which speaks of"),
        (
            1,
            lambda line: line.replace(b':\\"office\\"', b':\\"0ffice\\"'),
            "does not hold together",
        ),
        (-1, lambda line: line.replace(b'"]', b'x"]'), "does not match it"),
    ],
)
def test_what_does_not_hold_together_is_refused_though_it_is_well_encrypted(
    office, tmp_path, line, turn, told
):
    """As somebody could make it who has the passphrase, or any reader's key."""
    file, there = tmp_path / "office.backup", tmp_path / "back.reg"
    back_up(office, str(file))
    lines = bytes_of(read_backup(str(file))).splitlines(keepends=True)
    changed = turn(lines[line])
    assert changed != lines[line]
    lines[line] = changed
    file.write_bytes(write(b"".join(lines), passphrase=PHRASE))
    with pytest.raises(BackupRefused, match=told):
        restore(str(file), str(there))
    assert not there.exists()


def test_a_backup_that_leaves_out_the_last_entry_is_refused(office, tmp_path):
    file = tmp_path / "office.backup"
    back_up(office, str(file))
    whole = read_backup(str(file))
    short = dataclasses.replace(whole, links=whole.links[:-1], personal=())
    file.write_bytes(write(bytes_of(short), passphrase=PHRASE))
    with pytest.raises(BackupRefused, match="Its entries lead to the head"):
        restore(str(file), str(tmp_path / "back.reg"))
    assert not (tmp_path / "back.reg").exists()


def test_nothing_is_written_over_and_no_key_is_made_for_nothing(office, tmp_path):
    file, there = str(tmp_path / "office.backup"), tmp_path / "there"
    back_up(office, file)
    keys = sorted(KeyFolder.own().folder.iterdir())
    there.write_text("letters of this morning")
    for call in (lambda: back_up(office, str(there)), lambda: restore(file, str(there))):
        with pytest.raises(RegisterExists):
            call()
    with pytest.raises(MissingFile):
        restore(file, str(tmp_path / "no" / "such.reg"))
    with pytest.raises(WrongField):
        restore(file, str(tmp_path / "new.reg"), "Not A Name")
    assert there.read_text() == "letters of this morning"
    assert sorted(KeyFolder.own().folder.iterdir()) == keys
    assert not (tmp_path / "new.reg").exists()


def test_a_disk_that_knows_no_second_names_takes_a_backup_too(office, tmp_path, monkeypatch):
    def no_links(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("os.link", no_links)
    file, there = tmp_path / "office.backup", tmp_path / "back.reg"
    done = back_up(office, str(file))
    assert restore(str(file), str(there), only_read=True).contents == done.contents
    with pytest.raises(RegisterExists, match="nothing is ever written over"):
        back_up(office, str(file))
    assert [one.name for one in tmp_path.iterdir() if one.name.startswith(".")] == []


def test_the_old_key_does_not_write_into_what_was_restored(office, tmp_path):
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    old = own_key(office)
    back_up(office, file)
    restore(file, there, only_read=True)
    for forgets in (False, True):
        if forgets:
            forget_marks()
        with pytest.raises(KeyRefused, match="wrote into this register until the backup of"):
            contact(there, "new-desk")
    assert "new-desk" not in names(there)
    assert ask(there, lambda s: s.head(old)) == ask(office, lambda s: s.head(old))


def test_where_the_root_is_at_hand_a_new_key_goes_on_at_once(office, tmp_path):
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    old = own_key(office)
    back_up(office, file)
    back = restore(file, there, "tablet")
    assert back.introduced and back.writer == own_key(there) and back.follows == old
    assert back.stopped == (old,)
    contact(there, "new-desk")
    assert names(there) == names(office) | {"new-desk"}
    answers = judged(office, LONG_AFTER)
    assert all(b"NOT-HEARD" in one and old.encode() in one for one in judged(there, LONG_AFTER))
    with closing(open_register(there)) as opened:
        key = opened.view().ring.get(back.writer)
        (note,) = opened.notes
    assert key is not None and key.instead_of == old
    assert old in note and "a withdrawal among it" in note and "keys revoke" in note
    revoke(there, old, "restored from a backup")
    with closing(open_register(there)) as opened:
        assert opened.notes == ()
    assert [b"NOT-HEARD" in one for one in judged(there, LONG_AFTER)] == [
        b"NOT-HEARD" in one for one in answers
    ]
    assert names(there) == names(office) | {"new-desk"}
    assert export_bundle(there, str(tmp_path / "out"), handling="internal").entries > 0
    # The root's mark has moved, so it speaks in the old place no more.
    with pytest.raises(KeyRefused, match="older copy"):
        revoke(office, old, "lost")


def test_where_the_root_is_elsewhere_it_is_said_what_to_ask_of_its_holder(
    office, tmp_path, machine
):
    """The laptop is gone; the root's machine has a copy of the register, and the backup is here."""
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    bundle = str(tmp_path / "from-root.bundle")
    old = own_key(office)
    back_up(office, file)
    machine("second")
    back = restore(file, there)
    assert back.writer is not None and back.public is not None and not back.introduced
    assert "The root key of this office" in back.why_not
    known = last_of(office)
    assert judged(there, known) == judged(office, known)  # it is readable at once
    contact(there, "too-early")
    assert "too-early" not in names(there)
    machine("first")
    introduce(office, back.writer.split(":")[0], back.public, old)
    export_bundle(office, bundle, handling="confidential")
    machine("second")
    merge_bundle(there, bundle)
    assert "too-early" in names(there)
    contact(there, "in-time")
    assert {"too-early", "in-time"} <= names(there)


def test_a_root_that_has_spoken_since_does_not_speak_in_what_was_restored(office, tmp_path):
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    back_up(office, file)
    new_one = new_key(office, "spare")
    introduce(office, "spare", new_one.public or "")
    back = restore(file, there)
    assert not back.introduced and "it is an older copy of itself" in back.why_not
    forget_marks()
    other = restore(file, str(tmp_path / "other.reg"))
    assert not other.introduced and "how many it has written is not known" in other.why_not
    # As where the folder of keys was itself brought back from an older copy.
    root = KeyFolder.own().find(other.contents.root)
    first = ask(office, lambda s: s.hashes(other.contents.root))[0]
    assert root is not None
    root.remember(Head(root.writer, 1, first))
    third = restore(file, str(tmp_path / "third.reg"))
    assert not third.introduced and "how many it has written is 1" in third.why_not


def test_what_was_written_after_the_backup_is_merged_elsewhere_without_a_fork(
    office, tmp_path, machine
):
    file, there = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    old_one, new_one, answer = (str(tmp_path / name) for name in ("old", "new", "answer"))
    old = own_key(office)
    with closing(open_store(office)) as store:
        root = KeyFolder.own().find(store.root)
    assert root is not None
    back_up(office, file)
    for number in range(3):
        contact(office, f"after-{number}")
    export_bundle(office, old_one, handling="confidential")
    restore(file, there)
    contact(there, "restored")
    export_bundle(there, new_one, handling="confidential")
    export_bundle(office, old_one + " again", handling="confidential")  # after the root went on
    later = {"after-0", "after-1", "after-2", "restored"}
    for order in ((old_one, new_one, old_one + " again"), (new_one, old_one + " again", old_one)):
        machine(f"elsewhere {Path(order[0]).name}")
        other = str(tmp_path / f"{Path(order[0]).name}-first.reg")
        init(other, "another", "desk")
        trust(other, "office", root.device, root.public.hex())
        for bundle in order:
            merge_bundle(other, bundle)
        assert later <= names(other)
        doubts = {row.writer: row.state.doubts for row in list_keys(other).rows}
        assert not any(doubts.values()), doubts
    export_bundle(other, answer, handling="confidential")
    machine("first")
    trust(there, "another", "root", _root_of(other).public.hex())
    told = merge_bundle(there, answer)
    assert all(not chain.not_taken for chain in told.merged.chains)
    assert later <= names(there)
    revoke(there, old, "restored from a backup")
    assert later <= names(there)
    with closing(open_register(there)) as opened:
        assert opened.notes == ()


def _root_of(path: str) -> Any:
    root = ask(path, lambda store: store.root)
    home = next(Path(path).parent.glob(f"home of */keys/{root.replace(':', '-')}.json"))
    return KeyFolder(home.parent).find(root)


def test_text_that_was_erased_is_in_no_newer_backup(office, tmp_path, monkeypatch):
    older, newer = str(tmp_path / "older.backup"), str(tmp_path / "newer.backup")
    back_up(office, older)
    erase(office, OFFICE, "six months are over")
    back_up(office, newer)
    assert REACH.encode() in bytes_of(read_backup(older))
    assert REACH.encode() not in bytes_of(read_backup(newer))
    back = str(tmp_path / "back.reg")
    restore(newer, back)
    assert REACH not in ask(back, lambda s: [one.value for one in s.contents()])


def test_text_whose_erasing_was_cut_is_in_no_newer_backup(office, tmp_path, monkeypatch):
    def cut(*_: object) -> None:
        raise RegisterError("The power went.", "Start again.")

    monkeypatch.setattr(SqliteStore, "destroy", cut)
    with pytest.raises(RegisterError, match="The power went"):
        erase(office, OFFICE, "six months are over")
    assert REACH in ask(office, lambda s: [one.value for one in s.contents()])
    newer = str(tmp_path / "newer.backup")
    back_up(office, newer)
    assert REACH.encode() not in bytes_of(read_backup(newer))


def test_text_from_an_older_backup_is_erased_when_the_erasure_comes(office, tmp_path, machine):
    older, bundle = str(tmp_path / "older.backup"), str(tmp_path / "later.bundle")
    back = str(tmp_path / "back.reg")
    back_up(office, older)
    erase(office, OFFICE, "six months are over")
    export_bundle(office, bundle, handling="confidential")
    restore(older, back)
    assert REACH in ask(back, lambda s: [one.value for one in s.contents()])
    (forgotten,) = merge_bundle(back, bundle).forgotten
    assert forgotten.operation == OFFICE
    assert REACH not in ask(back, lambda s: [one.value for one in s.contents()])


def test_files_of_evidence_come_back_until_they_are_erased(office, tmp_path):
    older, newer, back = (str(tmp_path / name) for name in ("1.backup", "2.backup", "back.reg"))
    letter, saved = tmp_path / "letter.pdf", tmp_path / "saved.pdf"
    letter.write_bytes(b"%PDF-1.7 signed by Somebody Rarely-Named" * 1000)
    add(
        office,
        str(letter),
        ("north-guarantees",),
        shows="the north's letter, stamped",
        movement="relief-to-birch",
        id="letter",
    )
    done = back_up(office, older)
    assert (done.contents.files, read_backup(older).files[0].at.operation) == (1, "relief-to-birch")
    assert restore(older, back).contents.files == 1
    save(back, "letter", str(saved))
    assert saved.read_bytes() == letter.read_bytes()
    erase(office, "relief-to-birch", "six months are over")
    assert back_up(office, newer).contents.files == 0
    assert (read_backup(newer).keys, read_backup(newer).files) == ({}, ())
    whole = read_backup(older)
    file = dataclasses.replace(whole.files[0], sealed=whole.files[0].sealed[:-1] + b"x")
    Path(older).write_bytes(
        write(bytes_of(dataclasses.replace(whole, files=(file,))), passphrase=PHRASE)
    )
    with pytest.raises(BackupRefused, match="that is kept for relief-to-birch does not open"):
        restore(older, str(tmp_path / "other.reg"))


def test_no_key_is_in_a_backup(office, tmp_path):
    file = str(tmp_path / "office.backup")
    back_up(office, file)
    plain = bytes_of(read_backup(file))
    for path in KeyFolder.own().folder.glob("*.json"):
        told = json.loads(path.read_text())
        assert told["sealed"]["locked"].encode() not in plain
        assert told["public"].encode() in plain


def test_a_backup_is_verified_by_itself(office, tmp_path):
    file = str(tmp_path / "office.backup")
    back_up(office, file)
    found = verify_file(file)
    assert found.holds and found.says() == verify_file(office).says()
    assert not verify_file(file, "root:0123456789abcdef0123").holds


def test_a_replay_comes_back_as_a_replay_without_keys(tmp_path):
    case, file, there = (str(tmp_path / name) for name in ("case.reg", "case.backup", "back.reg"))
    replayed(case, "homs-2014")
    done = back_up(case, file)
    back = restore(file, there)
    assert ask(there, all_of) == ask(case, all_of)
    assert (back.writer, back.stopped, done.contents.root) == (None, (), "")
    with pytest.raises(RegisterError, match="one of a replay"):
        verify_file(file)


def test_a_place_that_a_register_was_moved_from_brings_it_back_where_the_new_one_is_lost(
    office, tmp_path
):
    lost, file, there = (str(tmp_path / name) for name in ("lost.reg", "old.backup", "back.reg"))
    migrate(office, lost)
    Path(lost).unlink()
    back_up(office, file)
    back = restore(file, there)
    assert back.introduced
    contact(there, "again")
    assert "again" in names(there)
    with pytest.raises(SafeconductError, match="was moved on"):
        contact(office, "again")


def test_a_restored_register_is_backed_up_and_moved_like_any_other(office, tmp_path):
    paths = [str(tmp_path / name) for name in ("1.backup", "1.reg", "2.backup", "2.reg", "3.reg")]
    old = own_key(office)
    back_up(office, paths[0])
    restore(paths[0], paths[1], "second")
    contact(paths[1], "from-1")
    back_up(paths[1], paths[2])
    back = restore(paths[2], paths[3], "third")
    assert back.introduced and back.follows == own_key(paths[1])
    contact(paths[3], "from-2")
    migrate(paths[3], paths[4])
    contact(paths[4], "from-3")
    assert {"from-1", "from-2", "from-3"} <= names(paths[4])
    for path in (office, *paths[1::2][:2]):
        with closing(open_store(path)) as store:
            assert store.hashes(old) == ask(paths[4], lambda s: s.hashes(old))


# -- files of evidence that are damaged, or too many


@pytest.fixture
def letter(office, tmp_path) -> str:
    """A register with a letter and a photo, of which the letter is damaged."""
    for name in (LETTER, PHOTO):
        path = tmp_path / "file"
        path.write_bytes(name)
        add(office, str(path), ["north-guarantees"], shows="a file", movement="relief-to-birch",
            id=name.decode())  # fmt: skip
    return office


LETTER, PHOTO = b"letter", b"photo"


def test_a_damaged_file_is_named_and_left_out_of_a_backup(letter, tmp_path):
    damage(letter, LETTER)
    file, back = str(tmp_path / "office.backup"), str(tmp_path / "back.reg")
    done = back_up(letter, file)
    (told,) = done.damaged
    assert told.startswith("letter: The file ") and "does not open" in told
    assert (done.contents.files, done.as_json()["damaged"]) == (1, [told])
    assert done.size_bytes == Path(file).stat().st_size and not done.is_nearly_full
    assert restore(file, back).contents.head == done.contents.head
    save(back, "photo", str(tmp_path / "photo"))
    assert (tmp_path / "photo").read_bytes() == PHOTO
    with pytest.raises(EvidenceRefused, match="not kept here"):
        save(back, "letter", str(tmp_path / "letter"))


def test_a_script_notices_that_a_damaged_file_is_not_in_a_backup(letter, tmp_path):
    ran = safeconduct("register", "backup", letter, tmp_path / "whole.backup")
    assert ran.code == 0 and "Damaged" not in ran.out
    damage(letter, LETTER)
    ran = safeconduct("register", "backup", letter, tmp_path / "office.backup")
    assert ran.code == 4 and "Damaged, and not in it: letter:" in " ".join(ran.out.split())
    ran = safeconduct("register", "backup", letter, tmp_path / "other.backup", "--json")
    assert ran.code == 4 and ran.json["damaged"]


def test_a_backup_that_is_too_large_says_what_was_found_the_limit_and_what_to_do(
    letter, tmp_path, monkeypatch
):
    file = tmp_path / "office.backup"
    monkeypatch.setattr(backupfile, "FILE_BYTES", 8)  # less than the letter and the photo have
    monkeypatch.setattr(backups, "backup_of", None)  # so it is told before anything is read whole
    with pytest.raises(FileTooLarge, match=r"would have 1 MiB at least\. At most 1 MiB") as caught:
        back_up(letter, str(file))
    assert caught.value.facts == {"bytes": 11, "limit": 8}
    assert "copy its file itself to another disk" in caught.value.remedy
    assert "`pg_dump`" in caught.value.remedy and "register erase" in caught.value.remedy
    assert not file.exists()


def test_a_backup_is_too_large_packed_or_unpacked(letter, tmp_path, monkeypatch):
    whole = bytes_of(read_backup(back_up(letter, str(tmp_path / "office.backup")).file))
    with monkeypatch.context() as patch:
        patch.setattr(backupfile, "FILE_BYTES", 100)
        with pytest.raises(FileTooLarge, match="and 1 MiB unpacked"):
            write(whole, passphrase=PHRASE)
    monkeypatch.setattr(backupfile, "OPENED_BYTES", len(whole) - 1)
    with pytest.raises(FileTooLarge, match="and 1 MiB unpacked"):
        write(whole, passphrase=PHRASE)


def test_a_backup_over_half_of_the_limit_says_its_size(letter, tmp_path, monkeypatch):
    monkeypatch.setattr(backups, "FILE_BYTES", 4 << 10)
    monkeypatch.setattr("safeconduct.app.backups.read_bytes", lambda path, _: path.read_bytes())
    ran = safeconduct("register", "backup", letter, tmp_path / "office.backup")
    assert "It has 0 MiB, and at most 512 fit into one." in " ".join(ran.out.split())

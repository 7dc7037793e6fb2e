"""The register's file: what it keeps, what it refuses, what survives."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from safeconduct.adapters import upgrades
from safeconduct.adapters.sqlite import SqliteStore, connection
from safeconduct.errors import (
    MissingFile,
    NotARegister,
    NotCanonical,
    RegisterError,
    RegisterExists,
)
from safeconduct.register import Personal, register_head, roots_of, verify_chain
from safeconduct.register.chain import head_after
from safeconduct.register.files import seal
from tests.unit.register.writers import SALT, a_chain, an_entry

STEPS = connection._steps()  # noqa: SLF001  # what the schema is made of
KNOWN = len(STEPS)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.sqlite"


@pytest.fixture
def filled(path: Path) -> Path:
    """A closed register with three entries of one writer."""
    store = SqliteStore.create(path)
    store.append_all(a_chain(3))
    store.close()
    return path


def test_a_register_is_the_same_after_it_was_closed_and_opened(path):
    north = a_chain(3)
    store = SqliteStore.create(path)
    store.append_all(north)
    before = register_head(roots_of(store))
    store.close()
    again = SqliteStore.open(path)
    assert list(again.entries()) == north
    assert register_head(roots_of(again)) == before
    assert again.replay is False
    again.close()


def test_a_replay_stays_a_replay(path):
    SqliteStore.create(path, replay=True).close()
    store = SqliteStore.open(path)
    assert store.replay is True
    store.close()


def test_creating_never_overwrites(filled):
    before = filled.read_bytes()
    with pytest.raises(RegisterExists) as caught:
        SqliteStore.create(filled)
    assert str(caught.value).startswith(f"{filled}: Something is already at {filled}")
    assert filled.read_bytes() == before


def test_creating_in_a_folder_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(MissingFile, match="Make the folder first"):
        SqliteStore.create(tmp_path / "nowhere" / "office.sqlite")


def test_a_creation_that_fails_leaves_nothing_behind(path, monkeypatch):
    monkeypatch.setattr(connection, "APPLICATION_ID", "no number")
    with pytest.raises(RegisterError):
        SqliteStore.create(path)
    assert list(path.parent.iterdir()) == []


def test_only_its_owner_may_read_a_new_register(filled):
    assert stat.S_IMODE(filled.stat().st_mode) == 0o600


def test_opening_what_is_not_there_is_refused_and_makes_nothing(path):
    with pytest.raises(MissingFile) as caught:
        SqliteStore.open(path)
    assert f"There is no register at {path}." in str(caught.value)
    assert not path.exists()


def test_text_is_no_register(path):
    path.write_text("party,area,from,until\n" * 200)
    with pytest.raises(NotARegister, match="file is not a database") as caught:
        SqliteStore.open(path)
    assert str(caught.value).startswith(f"{path}: The file is no whole register")


def test_an_empty_file_is_no_register(path):
    path.touch()
    with pytest.raises(NotARegister, match="The file is empty"):
        SqliteStore.open(path)


def test_the_database_of_another_program_is_no_register(path):
    other = apsw.Connection(str(path))
    other.execute("CREATE TABLE entries (id)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotARegister, match="no register of this program"):
        SqliteStore.open(path)
    assert path.read_bytes() == before


def test_a_register_of_a_newer_version_is_refused_and_left_alone(filled):
    raw(filled, "PRAGMA user_version = 99")
    with pytest.raises(NotARegister) as caught:
        SqliteStore.open(filled)
    assert f"The register has schema 99; this version knows schemas up to {KNOWN}." in str(
        caught.value
    )


@pytest.mark.parametrize("phrase", [None, "a phrase"])
def test_a_register_of_an_older_version_is_brought_up_to_date_and_the_user_is_told(
    path, phrase, monkeypatch
):
    name = Personal.of("A. B.", SALT)
    with monkeypatch.context() as patch:
        before = STEPS[:2]  # as the version before files of evidence had them
        patch.setattr(connection, "_steps", lambda: before)
        patch.setattr(SqliteStore, "handovers", lambda store: ())  # it had no such table yet
        store = SqliteStore.create(path, root="office:0123", passphrase=phrase)
        store.append_all([*a_chain(2), an_entry(writer="south", body=[str(name.commitment)])])
        put_in_clear(store, name)
        head = register_head(roots_of(store))
        store.close()
    assert upgrades.told() == ()
    for told in (1, 0):
        store = SqliteStore.open(path, lambda: phrase)
        assert len(upgrades.told()) == told
        assert (register_head(roots_of(store)), store.root) == (head, "office:0123")
        assert store.personal(name.commitment) == "A. B."
        assert store.files() == ()
        store.close()
    store = SqliteStore.open(path, lambda: phrase)
    key = store.operation_key("convoy-3", bytes(32))
    assert store.keep(seal(b"a letter", "convoy-3", key, bytes(12)), key)
    store.close()


def put_in_clear(store: SqliteStore, *texts: Personal) -> None:
    """As versions before schema 5 kept them."""
    store._connection.executemany(  # noqa: SLF001  # as they wrote it
        "INSERT INTO personal VALUES (?, ?, ?)",
        [(one.commitment.sha256, one.salt, one.value) for one in texts],
    )


GONE = Personal.of("Rarely-Named, and in free space only", SALT)


def of_schema_4(path: Path, monkeypatch: pytest.MonkeyPatch, texts: list[Personal]) -> None:
    """A register as the version before this one left it; the first text is of a convoy."""
    with monkeypatch.context() as patch:
        patch.setattr(connection, "_steps", lambda: STEPS[:4])
        store = SqliteStore.create(path)
    first = an_entry(body={"movement": "convoy-3", "by": str(texts[0].commitment)})
    others = [str(one.commitment) for one in texts[1:]]
    store.append_all([first, an_entry(head_after(first), body=others)])
    put_in_clear(store, *texts, GONE)
    store._connection.execute(  # noqa: SLF001  # as a page that was moved leaves a copy of itself
        "PRAGMA secure_delete = OFF; DELETE FROM personal WHERE commitment = ?",
        (GONE.commitment.sha256,),
    ).fetchall()
    store.close()
    assert holds(path.parent, GONE.value.encode())


def rare(count: int) -> list[Personal]:
    """So many texts, in an order that is not that of their commitments."""
    salts = (bytes([number % 251, number // 251]) * 16 for number in range(1, count + 1))
    return [Personal.of(f"Rarely-Named {n} " + "x" * 90, salt) for n, salt in enumerate(salts)]


def test_texts_that_an_older_version_kept_in_clear_are_sealed_when_it_is_opened(path, monkeypatch):
    texts = rare(400)
    of_schema_4(path, monkeypatch, texts)
    for _ in range(2):
        with closing(SqliteStore.open(path)) as store:
            assert not holds(path.parent, b"Rarely-Named")
            assert {one.commitment: one for one in store.contents()} == {
                one.commitment: one for one in texts
            }
            operations = {text.commitment: text.operation for text in store.texts()}
        assert operations.pop(texts[0].commitment) == "convoy-3"
        assert set(operations.values()) == {"office"} and len(operations) == 399
        assert not holds(path.parent, b"Rarely-Named")
    assert "now has schema 5; it had 4" in upgrades.told()[0]


def test_an_upgrade_that_fails_in_its_middle_leaves_the_texts_as_they_were(path, monkeypatch):
    texts = rare(3)
    of_schema_4(path, monkeypatch, texts)
    with monkeypatch.context() as patch:
        patch.setattr(connection, "_steps", lambda: [*STEPS, "SELECT nothing"])
        with pytest.raises(RegisterError):
            SqliteStore.open(path)
    assert holds(path.parent, b"Rarely-Named")
    with closing(SqliteStore.open(path)) as store:
        assert store.personal(texts[2].commitment) == texts[2].value
    upgrades.told()


def test_texts_that_an_older_version_left_in_its_log_are_in_no_byte_either(path, tmp_path):
    of_schema_4(path, pytest.MonkeyPatch(), rare(3))
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(apsw.Connection(str(path))) as old:
        old.execute("INSERT INTO personal SELECT replace(commitment, '0', '1'), salt, value FROM "
                    "personal").fetchall()  # fmt: skip
        for ending in ("", "-wal"):
            shutil.copy(f"{path}{ending}", killed / f"office.sqlite{ending}")
    assert b"Rarely-Named" in (killed / "office.sqlite-wal").read_bytes()
    with closing(SqliteStore.open(killed / "office.sqlite")) as store:
        assert len(list(store.contents())) == 3
        assert not holds(killed, b"Rarely-Named")
    upgrades.told()


def test_a_register_that_another_program_reads_is_upgraded_all_the_same(path, monkeypatch):
    of_schema_4(path, monkeypatch, rare(3))
    monkeypatch.setattr(connection, "_BUSY_MS", 50)
    with closing(apsw.Connection(str(path))) as reader:
        reader.execute("BEGIN; SELECT count(*) FROM entries").fetchall()
        with closing(SqliteStore.open(path)) as store:
            assert len(list(store.contents())) == 3
        assert holds(path.parent, b"Rarely-Named")  # in the pages that the reader may still want
    SqliteStore.open(path).close()
    assert not holds(path.parent, b"Rarely-Named")
    upgrades.told()


def test_a_text_in_clear_that_is_not_the_one_committed_to_is_nobody_s(path, monkeypatch):
    texts = rare(3)
    of_schema_4(path, monkeypatch, texts)
    raw(path, "DROP TRIGGER personal_is_never_changed; UPDATE personal SET value = 'Mallory'"
        " WHERE salt = (SELECT min(salt) FROM personal)")  # fmt: skip
    raw(
        path,
        "CREATE TRIGGER personal_is_never_changed BEFORE UPDATE ON personal BEGIN SELECT 1; END",
    )
    with closing(SqliteStore.open(path)) as store:
        assert {one.commitment for one in store.contents()} == {t.commitment for t in texts[1:]}
    upgrades.told()


def test_what_is_told_of_an_upgrade_names_the_register_and_what_follows(filled, monkeypatch):
    more = [*STEPS, "CREATE TABLE more (id);"]
    monkeypatch.setattr(connection, "_steps", lambda: more)
    SqliteStore.open(filled).close()
    (told,) = upgrades.told()
    assert told.startswith(
        f"{filled} was made by an older version and now has schema {KNOWN + 1}; it had {KNOWN}."
    )
    assert "versions before this one no longer open it" in told


def test_an_older_register_that_may_only_be_read_is_left_alone_and_told(filled, monkeypatch):
    more = [*STEPS, "CREATE TABLE more (id);"]
    monkeypatch.setattr(connection, "_steps", lambda: more)
    monkeypatch.setattr(apsw, "SQLITE_OPEN_READWRITE", apsw.SQLITE_OPEN_READONLY)
    before = filled.read_bytes()
    with pytest.raises(RegisterError) as caught:
        SqliteStore.open(filled)
    assert f"has schema {KNOWN}, older than the {KNOWN + 1} of this version" in str(caught.value)
    assert caught.value.remedy.startswith("Open it once where it may be written")
    assert filled.read_bytes() == before and upgrades.told() == ()


@pytest.mark.parametrize("kept", [100, 4096, 10_000])
def test_a_truncated_register_is_refused(filled, kept):
    assert filled.stat().st_size > kept
    os.truncate(filled, kept)
    with pytest.raises(NotARegister, match="The file is no whole register"):
        SqliteStore.open(filled)


def raw(path: Path, statement: str) -> None:
    """Runs a statement as another program would: a plain connection, no setting of ours."""
    plain = apsw.Connection(str(path))
    try:
        plain.execute(statement)
    finally:
        plain.close()


REPLACING = (
    "REPLACE INTO entries (signed) SELECT CAST(replace(CAST(signed AS TEXT), '{}', '{}') AS BLOB) "
    "FROM entries WHERE sequence = 1"
)


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE entries SET signed = x'7b7d'", "never changed"),
        ("UPDATE entries SET signature = 'ab'", "never changed"),
        ("UPDATE OR REPLACE entries SET number = 1", "never changed"),
        ("DELETE FROM entries WHERE sequence = 2", "never removed"),
        ("REPLACE INTO entries (signed) SELECT signed FROM entries", "never replaced"),
        (REPLACING.format('"writer":"north"', '"writer":"south"'), "never replaced"),  # by its id
        (REPLACING.format('"id":"6e', '"id":"7e'), "never replaced"),  # by its place in the chain
        ("REPLACE INTO entries (number, signed) VALUES (1, x'7b7d')", "never replaced"),
        ("UPDATE register SET replay = 1", "stays live or replay"),
        ("DELETE FROM register", "stays live or replay"),
        ("INSERT INTO entries (signed) VALUES (CAST('{}' AS BLOB))", "NOT NULL"),
        ("INSERT INTO entries (signed) VALUES (x'00')", "malformed JSON"),
        ("INSERT INTO entries (signed, id) VALUES (x'7b7d', 'a')", "generated column"),
    ],
)
def test_the_file_itself_refuses_to_change_what_was_written(filled, statement, message):
    with pytest.raises(apsw.Error, match=message):
        raw(filled, statement)
    store = SqliteStore.open(filled)
    assert list(store.entries()) == a_chain(3)
    store.close()


def test_personal_text_is_erased_or_kept_and_never_changed(path):
    name = Personal.of("A. B.", SALT)
    store = SqliteStore.create(path)
    store.append(an_entry(body={"by": str(name.commitment)}), [name])
    store.close()
    with pytest.raises(apsw.Error, match="kept or erased, never changed"):
        raw(path, "UPDATE personal SET sealed = x'00'")


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE operation_keys SET secret = zeroblob(32)", "kept or destroyed, never changed"),
        ("REPLACE INTO operation_keys VALUES ('convoy-3', zeroblob(32))", "never replaced"),
        ("UPDATE files SET sealed = x'00'", "kept or destroyed, never changed"),
        ("UPDATE files SET operation = 'office'", "kept or destroyed, never changed"),
        ("INSERT INTO operation_keys VALUES ('office', x'00')", "CHECK constraint"),
    ],
)
def test_a_key_and_its_files_are_kept_or_destroyed_and_never_changed(path, statement, message):
    file = seal(b"a letter", "convoy-3", bytes(range(32)), bytes(12))
    store = SqliteStore.create(path)
    store.operation_key("convoy-3", bytes(range(32)))
    store.keep(file, bytes(range(32)))
    store.close()
    with pytest.raises(apsw.Error, match=message):
        raw(path, statement)
    store = SqliteStore.open(path)
    assert store.file(file.at) == file
    store.close()


def test_a_destroyed_key_is_in_no_byte_of_the_files(path):
    keys = [bytes([number]) * 32 for number in range(1, 6)]
    store = SqliteStore.create(path)
    for number, key in enumerate(keys):
        operation = f"convoy-{number}"
        store.operation_key(operation, key)
        store.keep(seal(bytes(9000), operation, key, bytes(12)), key)
    store.close()
    store = SqliteStore.open(path)
    at = store.files()[2]
    sealed = store.file(at).sealed[:200]
    assert at.operation == "convoy-2"
    assert holds(path.parent, keys[2]) and holds(path.parent, sealed)
    assert store.destroy(files=[at]) == (0, 1)
    assert not holds(path.parent, keys[2]) and not holds(path.parent, sealed)
    assert holds(path.parent, keys[3])
    store.close()
    assert not holds(path.parent, keys[2])


def test_a_text_is_in_no_byte_of_the_files_and_its_key_is_not_either_once_it_is_erased(path):
    names = [Personal.of(f"Somebody Rarely-Named-{number}", SALT) for number in range(5)]
    store = SqliteStore.create(path)
    store.append(an_entry(body=[str(name.commitment) for name in names]), names)
    store.close()  # so that it is in the file itself, and not only in its log
    store = SqliteStore.open(path)
    key, copied = store.operation_key("office"), {text.sealed for text in store.texts()}
    assert holds(path.parent, key)  # else the checks below could not fail
    assert all(holds(path.parent, sealed) for sealed in copied)
    assert store.erase(names[2].commitment)
    for _ in range(2):
        assert not holds(path.parent, b"Rarely-Named") and not holds(path.parent, key)
        assert not any(holds(path.parent, sealed) for sealed in copied)
        store.close()
        store = SqliteStore.open(path)
    assert store.personal(names[3].commitment) == names[3].value
    store.close()


def test_a_text_that_was_only_in_the_log_is_erased_too(path):
    name = Personal.of("Somebody Rarely-Named", SALT)
    store = SqliteStore.create(path)
    store.append(an_entry(body={"by": str(name.commitment)}), [name])
    (text,), key = store.texts(), store.operation_key("office")
    assert holds(path.parent, text.sealed) and holds(path.parent, key)
    store.erase(name.commitment)
    assert not holds(path.parent, text.sealed) and not holds(path.parent, key)
    store.close()


def test_a_copy_of_the_file_opens_only_where_it_holds_the_key(path, tmp_path):
    """A whole copy made before an erasure holds it; one without the table of keys opens nowhere."""
    name = Personal.of("Somebody Rarely-Named", SALT)
    with closing(SqliteStore.create(path)) as store:
        store.append(an_entry(body={"by": str(name.commitment)}), [name])
    whole, part = tmp_path / "whole.copy", tmp_path / "part.copy"
    for copy in (whole, part):
        shutil.copy(path, copy)
    raw(part, "PRAGMA foreign_keys = OFF; DELETE FROM operation_keys")
    with closing(SqliteStore.open(path)) as store:
        assert store.erase(name.commitment)
    assert not any(b"Rarely-Named" in file.read_bytes() for file in tmp_path.iterdir())
    with closing(SqliteStore.open(whole)) as store:
        assert store.personal(name.commitment) == name.value
    with closing(SqliteStore.open(part)) as store:
        assert len(store.texts()) == 1 and store.personal(name.commitment) is None


def test_a_power_cut_cannot_take_back_what_was_reported_as_written(filled):
    handle = connection.open_existing(filled)
    found = [handle.execute(f"PRAGMA {name}").get for name in ("journal_mode", "synchronous")]
    assert found == ["wal", 2]  # 2 is FULL
    handle.close()


def test_every_setting_of_a_connection_is_made(filled):
    handle = connection.open_existing(filled)
    names = ("foreign_keys", "secure_delete", "trusted_schema")
    assert [handle.execute(f"PRAGMA {name}").get for name in names] == [1, 1, 0]
    handle.close()


def holds(folder: Path, text: bytes) -> bool:
    return any(text in file.read_bytes() for file in folder.iterdir())


def test_bytes_changed_behind_the_files_back_are_not_passed_on_silently(filled):
    # One digit of the second body, changed in the file itself, below every trigger.
    data = filled.read_bytes()
    assert data.count(b'"number":1') == 1
    filled.write_bytes(data.replace(b'"number":1', b'"number":7'))
    store = SqliteStore.open(filled)
    with pytest.raises(RegisterError, match="the entry before it has"):
        verify_chain(store.entries())
    store.close()


def test_bytes_that_are_no_longer_canonical_are_refused_when_read(filled):
    data = filled.read_bytes()
    filled.write_bytes(data.replace(b'"number":1', b'"numbe":01'))
    store = SqliteStore.open(filled)
    with pytest.raises(NotCanonical) as caught:
        list(store.entries())
    assert str(caught.value).startswith(f"{filled}: ")
    store.close()


def test_a_disk_that_fills_up_leaves_the_register_as_it_was(filled):
    handle = connection.open_existing(filled)
    pages = handle.execute("PRAGMA page_count").get
    handle.execute(f"PRAGMA max_page_count = {pages + 2}")
    store = SqliteStore(handle, filled)
    before = list(store.entries())
    with pytest.raises(RegisterError) as caught:
        store.append_all(a_chain(200, "south"))
    assert "database or disk is full" in str(caught.value)
    assert list(store.entries()) == before
    store.close()


def test_a_second_writer_waits_and_is_then_told_so(filled, monkeypatch):
    monkeypatch.setattr(connection, "_BUSY_MS", 20)
    store = SqliteStore.open(filled)
    other = apsw.Connection(str(filled))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(RegisterError, match="Another program has been writing"):
        store.append(an_entry(writer="south"))
    assert len(list(store.entries())) == 3  # readers are not held up
    other.execute("ROLLBACK")
    assert store.append(an_entry(writer="south"))
    other.close()
    store.close()


KILLED = """
import os, sys
from pathlib import Path
from safeconduct.adapters.sqlite import connection
from tests.unit.register.writers import a_chain
handle = connection.open_existing(Path(sys.argv[1]))
with connection.writing(handle):
    for entry in a_chain(500, "south"):
        handle.execute("INSERT INTO entries (signed) VALUES (?)", (entry.signed_bytes(),))
    handle.cache_flush()
    os._exit(9)
"""


def test_a_process_killed_in_the_middle_of_an_append_leaves_nothing_of_it(filled):
    root = Path(__file__).parents[4]
    died = subprocess.run([sys.executable, "-c", KILLED, str(filled)], cwd=root, check=False)
    assert died.returncode == 9
    log = filled.with_name(filled.name + "-wal")
    assert b'"writer":"south"' in log.read_bytes()  # it had got as far as the disk
    store = SqliteStore.open(filled)
    assert list(store.entries()) == a_chain(3)
    assert store.append_all(a_chain(500, "south")) == 500
    store.close()


def test_a_register_may_be_copied_whole_once_it_is_closed(filled, tmp_path):
    copy = tmp_path / "copy.sqlite"
    shutil.copy(filled, copy)
    store = SqliteStore.open(copy)
    assert list(store.entries()) == a_chain(3)
    store.close()


def test_a_register_opens_while_another_program_writes_to_it(filled):
    other = apsw.Connection(str(filled))
    other.execute("BEGIN IMMEDIATE")
    store = SqliteStore.open(filled)
    assert list(store.entries()) == a_chain(3)
    other.execute("ROLLBACK")
    other.close()
    store.close()


def test_a_register_whose_making_stopped_before_its_log_is_whole(filled):
    raw(filled, "PRAGMA journal_mode = DELETE")
    handle = connection.open_existing(filled)
    assert handle.execute("PRAGMA journal_mode").get == "wal"
    handle.close()


def test_what_a_killed_program_left_in_the_log_is_in_the_file_once_it_is_opened(filled, tmp_path):
    store = SqliteStore.open(filled)
    store.append_all(a_chain(2, "south"))
    left = tmp_path / "left"
    left.mkdir()
    for file in (filled, filled.with_name(filled.name + "-wal")):
        shutil.copy(file, left)
    store.close()
    again = SqliteStore.open(left / filled.name)
    assert b'"writer":"south"' in (left / filled.name).read_bytes()
    again.close()


def test_a_log_that_was_left_behind_is_put_on_the_disk_also_by_a_symbolic_link(
    tmp_path, monkeypatch
):
    """SQLite keeps the log beside the file that the link leads to."""
    left = tmp_path / "left.register"
    with closing(SqliteStore.create(tmp_path / "killed.register")) as store:
        store.settle("north")
        for ending in ("", "-wal"):  # as a program leaves them that is killed here
            shutil.copy(tmp_path / f"killed.register{ending}", tmp_path / f"left.register{ending}")
    (tmp_path / "links").mkdir()
    link = tmp_path / "links" / "by another name"
    link.symlink_to(left)
    written = list[Path]()
    monkeypatch.setattr(connection, "_rewrite", lambda log: written.append(log))
    with closing(SqliteStore.open(link)) as store:
        assert store.here() == {"north"}
    assert written == [left.with_name("left.register-wal")]

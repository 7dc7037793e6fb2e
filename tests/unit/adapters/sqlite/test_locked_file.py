"""A register file that is locked with a passphrase tells nothing, and says so when it is opened."""

from __future__ import annotations

import shutil
from pathlib import Path

import apsw
import pytest

from safeconduct.adapters.sqlite import SqliteStore, locking
from safeconduct.errors import Locked, NotARegister
from safeconduct.register import Entry, Personal
from safeconduct.register.chain import head_after
from tests.unit.register.writers import SALT, an_entry

PHRASE = "a long enough phrase"
NAME = Personal.of("A. B., liaison officer", SALT)


def chain() -> list[Entry]:
    """Entries enough for several pages; the first of them commits to a name."""
    made: list[Entry] = []
    for number in range(20):
        body = {"is": "statement", "number": number, "noted_by": str(NAME.commitment)}
        made.append(an_entry(head_after(made[-1]) if made else None, body=body))
    return made


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.register"


@pytest.fixture
def filled(path: Path) -> Path:
    store = SqliteStore.create(path, passphrase=PHRASE)
    first, *rest = chain()
    store.append(first, [NAME])
    store.append_all(rest)
    store.close()
    return path


def test_it_opens_with_its_passphrase_and_holds_the_same(filled):
    store = SqliteStore.open(filled, lambda: PHRASE)
    assert store.locked
    assert len(list(store.entries())) == 20
    assert store.personal(NAME.commitment) == NAME.value
    store.close()


@pytest.mark.parametrize(
    ("given", "told"), [(None, "none was given"), ("another", "does not open with this passphrase")]
)
def test_without_or_with_another_passphrase_it_is_locked_and_no_other_file(filled, given, told):
    with pytest.raises(Locked, match=told) as error:
        SqliteStore.open(filled, lambda: given)
    assert error.value.file == str(filled)


def test_a_clear_register_asks_nobody(path):
    SqliteStore.create(path).close()

    def asked() -> str:
        raise AssertionError("a clear register was taken for a locked one")

    store = SqliteStore.open(path, asked)
    assert not store.locked
    store.close()


def test_noise_is_no_locked_register(path):
    path.write_bytes(bytes(range(256)) * 32)
    with pytest.raises(NotARegister):
        SqliteStore.open(path, lambda: PHRASE)


def test_neither_the_file_nor_its_log_tells_a_word(path):
    """While it is open, so that the write-ahead log is full of what was written."""
    store = SqliteStore.create(path, passphrase=PHRASE)
    first, *rest = chain()
    store.append(first, [NAME])
    store.append_all(rest)
    log = path.with_name(path.name + "-wal")
    assert log.stat().st_size > 4096
    for file in (path, log, path.with_name(path.name + "-shm")):
        data = file.read_bytes()
        assert NAME.value.encode() not in data
        assert b"writer" not in data
        assert b"CREATE TABLE" not in data
    store.close()


def test_a_changed_page_is_refused(filled):
    data = bytearray(filled.read_bytes())
    for page in range(1, len(data) // 4096):
        data[4096 * page + 100] ^= 1
    filled.write_bytes(bytes(data))
    with pytest.raises(NotARegister, match="no whole register"):
        tuple(SqliteStore.open(filled, lambda: PHRASE).entries())


def test_the_key_is_derived_once_in_a_run(filled, monkeypatch, tmp_path):
    tries = []
    real = locking.derived

    def counted(*given: object) -> bytes:
        tries.append(1)
        return real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(locking, "derived", counted)
    locking.statement.cache_clear()
    for _ in range(5):
        SqliteStore.open(filled, lambda: PHRASE).close()
    assert len(tries) == 1


def test_two_registers_with_one_passphrase_have_two_keys(tmp_path):
    one, other = tmp_path / "one", tmp_path / "other"
    for path in (one, other):
        SqliteStore.create(path, passphrase=PHRASE).close()
    assert one.read_bytes()[:16] != other.read_bytes()[:16]
    swapped = tmp_path / "swapped"
    shutil.copy(one, swapped)
    swapped.write_bytes(other.read_bytes()[:16] + one.read_bytes()[16:])
    with pytest.raises(Locked):
        SqliteStore.open(swapped, lambda: PHRASE)


def test_another_program_without_the_key_reads_nothing(filled):
    connection = apsw.Connection(str(filled))
    with pytest.raises(apsw.NotADBError):
        connection.execute("SELECT * FROM entries").fetchall()
    connection.close()

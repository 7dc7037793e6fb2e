"""Who may do what in a register on a server; and that a server's dump is the same register."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from urllib.parse import urlsplit

import psycopg
import pytest

from safeconduct.adapters import upgrades
from safeconduct.adapters.postgres import PostgresStore, schema
from safeconduct.errors import RegisterError
from safeconduct.register import Personal, register_head, roots_of
from safeconduct.register.files import seal
from tests.postgres import (
    SERVER,
    address,
    connect_as,
    drop_role,
    make_database,
    make_role,
    name_of,
    own_database,
    run,
    without,
)
from tests.unit.register.writers import SALT, a_chain, an_entry

NAME = Personal.of("Somebody Rarely-Named", SALT)
STEPS = schema.steps()


@pytest.fixture
def device() -> Iterator[str]:
    """A role that may log in and nothing else."""
    role = make_role("device")
    yield role
    drop_role(role)


def as_role(register: str, role: str) -> str:
    return address(name_of(register), user=role)


def test_a_stranger_is_told_whom_to_ask(filled, device):
    with pytest.raises(RegisterError) as caught:
        PostgresStore.open(as_role(filled, device))
    assert f"may not look into the register {name_of(filled)}" in str(caught.value)
    assert "admit_writer('ROLE')" in str(caught.value)
    with pytest.raises(RegisterError, match="does not allow this role to do that"):
        PostgresStore.create(address("another", user=device))


def test_a_writer_adds_and_reads_and_nothing_else(filled, device):
    run(f"SELECT {name_of(filled)}.admit_writer(%s)", (device,))
    store = PostgresStore.open(as_role(filled, device))
    named = an_entry(writer="south", body=[str(NAME.commitment)])
    assert store.append(named, [NAME])
    store.settle("south")
    assert store.here() == {"south"}
    assert list(store.entries()) == [*a_chain(1), named, *a_chain(3)[1:]]
    assert store.personal(NAME.commitment) == NAME.value
    assert [entry for _, entry in store.arrivals()] == [*a_chain(3), named]
    with pytest.raises(RegisterError, match="only the owner erases, upgrades and draws views"):
        store.erase(NAME.commitment)
    with pytest.raises(RegisterError, match="does not allow this role"):
        store.rebuild_views()
    assert store.personal(NAME.commitment) == NAME.value
    store.close()


def test_a_writer_adds_files_and_destroys_none(filled, device):
    run(f"SELECT {name_of(filled)}.admit_writer(%s)", (device,))
    store = PostgresStore.open(as_role(filled, device))
    adds_a_file(store)
    with pytest.raises(RegisterError, match="only the owner erases, upgrades and draws views"):
        store.destroy(files=store.files())
    assert len(store.files()) == 1
    store.close()


def test_a_writer_of_an_older_register_may_add_files_once_it_is_upgraded(
    empty, device, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda: STEPS[:2])
        PostgresStore.create(empty).close()
        run(f"SELECT {name_of(empty)}.admit_writer(%s)", (device,))
    with pytest.raises(RegisterError, match="Have its owner open it once"):
        PostgresStore.open(as_role(empty, device))
    PostgresStore.open(empty).close()
    store = PostgresStore.open(as_role(empty, device))
    adds_a_file(store)
    store.close()
    (told,) = upgrades.told()
    assert f"now has schema {len(STEPS)}; it had 2" in told


def test_a_writer_of_an_older_register_may_keep_texts_once_it_is_upgraded(
    empty, device, monkeypatch
):
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda: STEPS[:4])
        PostgresStore.create(empty).close()
        run(f"SELECT {name_of(empty)}.admit_writer(%s)", (device,))
    PostgresStore.open(empty).close()
    store = PostgresStore.open(as_role(empty, device))
    assert store.append(an_entry(body=[str(NAME.commitment)]), [NAME])
    assert store.personal(NAME.commitment) == NAME.value
    with pytest.raises(RegisterError, match="only the owner erases"):
        store.erase(NAME.commitment)
    store.close()
    upgrades.told()


def adds_a_file(store: PostgresStore) -> None:
    key = store.operation_key("convoy-3", bytes(32))
    assert key == bytes(32)
    file = seal(b"a letter", "convoy-3", key, bytes(12))
    assert store.keep(file, key)
    assert store.file(file.at) == file


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO entries (number, signed) OVERRIDING SYSTEM VALUE VALUES (1, '{}')",
        "UPDATE entries SET signature = 'ab'",
        "DELETE FROM entries",
        "TRUNCATE entries",
        "DELETE FROM personal",
        "DELETE FROM operation_keys",
        "DELETE FROM files",
        "INSERT INTO steps (number, name) VALUES (99, 'x')",
        "ALTER TABLE entries DISABLE TRIGGER ALL",
        "DROP TABLE entries",
        "CREATE TABLE more (id integer)",
    ],
)
def test_the_server_refuses_a_writer_what_is_not_its_part(filled, device, statement):
    run(f"SELECT {name_of(filled)}.admit_writer(%s)", (device,))
    with connect_as(device) as other:
        other.execute(f"SET search_path TO {name_of(filled)}")
        with pytest.raises(psycopg.Error, match=r"permission denied|must be owner"):
            other.execute(statement)


def test_a_writer_cannot_upgrade_and_is_told_who_can(filled, device, monkeypatch):
    run(f"SELECT {name_of(filled)}.admit_writer(%s)", (device,))
    more = ("0099_more.sql", "CREATE TABLE more (id integer)")
    monkeypatch.setattr(schema, "steps", lambda: [*STEPS, more])
    with pytest.raises(RegisterError, match="Have its owner open it once with this version"):
        PostgresStore.open(as_role(filled, device))


def test_a_reader_sees_the_views_and_no_bytes_and_no_names(filled, device):
    run(f"SELECT {name_of(filled)}.admit_reader(%s)", (device,))
    home = name_of(filled)
    with connect_as(device) as reader:
        assert reader.execute(f"SELECT count(*) FROM {home}.read_entries").fetchone() == (3,)
        for table in ("entries", "personal", "withheld", "operation_keys", "files"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                reader.execute(f"SELECT * FROM {home}.{table}")


# -- a server's dump


def test_a_dump_restored_elsewhere_is_the_same_register(empty):
    if not (shutil.which("pg_dump") and shutil.which("psql")):
        without("pg_dump and psql are not here")
    store = PostgresStore.create(empty, root="office:0123")
    body = {"is": "statement", "by": str(NAME.commitment), "words": "فُتح الطريق"}
    store.append_all([*a_chain(3), an_entry(writer="south", body=body)], [NAME])
    before = register_head(roots_of(store)), list(store.arrivals())
    store.close()
    target = make_database("restored")
    dump = tool("pg_dump", own_database(), "--schema", name_of(empty))
    tool("psql", target, "--quiet", "--set", "ON_ERROR_STOP=1", given=dump)
    again = PostgresStore.open(address(name_of(empty), database=target))
    assert (register_head(roots_of(again)), list(again.arrivals())) == before
    assert again.personal(NAME.commitment) == NAME.value
    assert again.views_current()
    assert again.append(an_entry(writer="west"))
    with pytest.raises(psycopg.Error, match="never removed"):
        run(f"DELETE FROM {name_of(empty)}.entries", database=target)
    again.close()


def tool(name: str, database: str, *more: str, given: str = "") -> str:
    """What one of the server's own tools prints, run on a database."""
    parts = urlsplit(SERVER)
    where = ["-h", parts.hostname or "", "-p", str(parts.port or 5432), "-d", database]
    who = ["-U", parts.username or "postgres", "-w"]
    known = os.environ | {"PGPASSWORD": parts.password or ""}
    done = subprocess.run(
        [name, *where, *who, *more],
        input=given,
        capture_output=True,
        text=True,
        env=known,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

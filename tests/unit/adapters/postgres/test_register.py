"""The register's schema: what it keeps, what it refuses to whom, what survives."""

from __future__ import annotations

from contextlib import closing
from typing import Any

import psycopg
import pytest

from safeconduct.adapters import upgrades
from safeconduct.adapters.postgres import Address, PostgresStore, line, schema
from safeconduct.errors import NotARegister, RegisterError, RegisterExists
from safeconduct.register import Personal, register_head, roots_of, verify_chain
from safeconduct.register.chain import head_after
from tests.postgres import (
    SERVER,
    address,
    drop_made,
    make_database,
    name_of,
    new_address,
    own_database,
    run,
    shown,
)
from tests.unit.register.writers import SALT, a_chain, an_entry

NAME = Personal.of("Somebody Rarely-Named", SALT)


def test_a_register_is_the_same_after_it_was_closed_and_opened(empty):
    north = a_chain(3)
    store = PostgresStore.create(empty, replay=True, root="office:0123")
    store.append_all(north)
    before = register_head(roots_of(store))
    store.close()
    again = PostgresStore.open(empty)
    assert list(again.entries()) == north
    assert register_head(roots_of(again)) == before
    assert (again.replay, again.root) == (True, "office:0123")
    again.close()
    with pytest.raises(RegisterError, match="was closed; nothing can be asked of it"):
        again.heads()


def test_several_registers_stand_in_one_database(filled):
    other = PostgresStore.create(new_address())
    other.append_all(a_chain(1, "south"))
    store = PostgresStore.open(filled)
    assert [head.writer for head in store.heads()] == ["north"]
    assert [head.writer for head in other.heads()] == ["south"]
    store.close()
    other.close()


def test_creating_never_overwrites(filled):
    with pytest.raises(RegisterExists) as caught:
        PostgresStore.create(filled)
    assert str(caught.value).startswith(f"{shown(filled)}: Something is already in the schema")
    store = PostgresStore.open(filled)
    assert list(store.entries()) == a_chain(3)
    store.close()


def test_creating_leaves_the_tables_of_another_program_alone(empty):
    run(f"CREATE SCHEMA {name_of(empty)} CREATE TABLE theirs (id integer)")
    with pytest.raises(RegisterExists, match="a register never overwrites"):
        PostgresStore.create(empty)
    assert run(f"SELECT count(*) FROM {name_of(empty)}.theirs") == [(0,)]


def test_an_empty_schema_that_somebody_made_ready_is_taken(empty):
    run(f"CREATE SCHEMA {name_of(empty)}")
    PostgresStore.create(empty).close()


def test_a_creation_that_fails_leaves_nothing_behind(empty, monkeypatch):
    monkeypatch.setattr(schema, "steps", lambda: [*STEPS, ("0099_wrong.sql", "SELECT nothing")])
    with pytest.raises(RegisterError, match='column "nothing" does not exist'):
        PostgresStore.create(empty)
    assert run("SELECT 1 FROM pg_namespace WHERE nspname = %s", (name_of(empty),)) == []


STEPS = schema.steps()


def test_opening_what_is_not_there_is_refused_and_names_what_is(filled):
    with pytest.raises(NotARegister) as caught:
        PostgresStore.open(address("elsewhere"))
    told = str(caught.value)
    assert told.startswith(f"{shown(address('elsewhere'))}: There is no register elsewhere in the ")
    assert f"Registers in this database: {name_of(filled)}." in told
    assert "Check the name after #" in told


def test_the_schema_of_another_program_is_no_register(empty):
    run(f"CREATE SCHEMA {name_of(empty)} CREATE TABLE entries (id integer)")
    with pytest.raises(NotARegister, match="is there, but it is no register of this program"):
        PostgresStore.open(empty)


def test_a_database_that_is_not_there_is_told(empty):
    with pytest.raises(RegisterError, match='database "nowhere_at_all" does not exist'):
        PostgresStore.open(address("x", database="nowhere_at_all"))


def test_a_register_of_a_newer_version_is_refused_and_left_alone(filled):
    run(f"INSERT INTO {name_of(filled)}.steps (number, name) VALUES (99, 'later')")
    with pytest.raises(NotARegister) as caught:
        PostgresStore.open(filled)
    known = len(STEPS)
    assert f"has schema 99; this version knows schemas up to {known}." in str(caught.value)


def test_opening_an_older_register_runs_the_steps_that_it_lacks(filled, monkeypatch):
    more = ("0099_more.sql", "CREATE TABLE more (id integer)")
    monkeypatch.setattr(schema, "steps", lambda: [*STEPS, more])
    for told in (1, 0):
        store = PostgresStore.open(filled)
        assert len(upgrades.told()) == told
        assert list(store.entries()) == a_chain(3)
        assert store.views_current()
        store.close()
    done = run(f"SELECT number, name FROM {name_of(filled)}.steps ORDER BY number")
    assert done == [(at, name) for at, (name, _) in enumerate([*STEPS, more], 1)]


def test_a_database_that_is_not_in_utf_8_is_refused():
    latin = make_database("latin", "ENCODING 'LATIN1' LOCALE 'C'")
    with pytest.raises(RegisterError, match="is kept in LATIN1; a register is kept in UTF-8"):
        PostgresStore.create(new_address(database=latin))
    drop_made()


def test_writers_are_ordered_by_code_points_whatever_the_database_s_language():
    english = make_database("english", "ENCODING 'UTF8' LOCALE_PROVIDER icu ICU_LOCALE 'en-US'")
    assert run("SELECT 'a' < 'B'", database=english) == [(True,)]
    store = PostgresStore.create(new_address(database=english))
    writers = ["B", "C", "a", "b"]  # by code points; in English a < b < B < C
    store.append_all([an_entry(writer=writer, id=f"{n:032x}") for n, writer in enumerate(writers)])
    assert [head.writer for head in store.heads()] == writers
    assert [entry.writer for entry in store.entries()] == writers
    store.close()
    drop_made()


# -- what the database itself refuses


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE entries SET signed = '\\x7b7d'", "written once and never changed"),
        ("UPDATE entries SET signature = 'ab' WHERE sequence = 2", "never changed"),
        ("DELETE FROM entries WHERE sequence = 2", "never removed"),
        ("TRUNCATE entries", "never removed"),
        ("TRUNCATE entries, withheld, personal, here, register CASCADE", "never|stays"),
        (
            "INSERT INTO entries (signed) SELECT signed FROM entries ON CONFLICT (id) "
            "DO UPDATE SET signature = 'ab'",
            "never changed",
        ),
        ("INSERT INTO entries (signed) SELECT signed FROM entries", "duplicate key"),
        ("INSERT INTO entries (signed) VALUES ('{}')", "null value in column"),
        ("INSERT INTO entries (signed) VALUES ('\\xff')", "invalid byte sequence"),
        ("INSERT INTO entries (signed) VALUES ('no json')", "invalid input syntax for type json"),
        ("INSERT INTO entries (signed, id) VALUES ('{}', 'a')", "non-DEFAULT value into column"),
        ("INSERT INTO entries (signed, hash) VALUES ('{}', 'a')", "non-DEFAULT value into column"),
        ("INSERT INTO entries (number, signed) VALUES (1, '{}')", "non-DEFAULT value into column"),
        ("UPDATE withheld SET holder = 'x'", "never changed"),
        ("DELETE FROM withheld", "never removed"),
        ("TRUNCATE withheld", "never removed"),
        ("UPDATE here SET writer = 'x'", "stays one"),
        ("DELETE FROM here", "stays one"),
        ("UPDATE register SET replay = true", "stays live or replay"),
        ("DELETE FROM register", "stays live or replay"),
        ("INSERT INTO register VALUES (false, true, '')", "violates check constraint"),
        ("UPDATE steps SET number = 9", "was run or not"),
        ("DELETE FROM steps", "was run or not"),
        ("UPDATE personal SET sealed = '\\x00'", "kept or erased, never changed"),
        ("UPDATE personal SET operation = 'x'", "kept or erased, never changed"),
        ("TRUNCATE personal", "kept or erased, never changed"),
        ("UPDATE operation_keys SET operation = 'x'", "kept or destroyed, never changed"),
        ("TRUNCATE operation_keys, files, personal", "kept or destroyed, never changed"),
        ("UPDATE files SET sealed = '\\x00'", "kept or destroyed, never changed"),
        ("INSERT INTO operation_keys VALUES ('x', '\\x00')", "violates check constraint"),
    ],
)
def test_the_database_itself_refuses_to_change_what_was_written(filled, statement, message):
    run(f"SET search_path TO {name_of(filled)}")
    with pytest.raises(psycopg.Error, match=message):
        run(statement)
    run("RESET search_path")
    store = PostgresStore.open(filled)
    assert list(store.entries()) == a_chain(3)
    store.close()


def test_copy_cannot_give_a_column_that_the_bytes_decide(filled):
    with psycopg.connect(SERVER, dbname=own_database(), autocommit=True) as other:
        other.execute(f"SET search_path TO {name_of(filled)}")
        copying = "COPY entries (signed, id, writer, sequence, recorded_at, kind) FROM STDIN"
        with pytest.raises(psycopg.Error, match="is a generated column"):
            copy_in(other, copying, b"\\\\x7b7d\ta\tnorth\t7\t0\tstatement\n")
        again = b"\\\\x" + a_chain(1)[0].signed_bytes().hex().encode() + b"\n"
        with pytest.raises(psycopg.Error, match="duplicate key"):
            copy_in(other, "COPY entries (signed) FROM STDIN", again)


def copy_in(other: psycopg.Connection[tuple[Any, ...]], statement: str, rows: bytes) -> None:
    with other.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        copy.write(rows)


def test_bytes_changed_below_every_trigger_are_not_passed_on_silently(filled):
    # As a superuser may: triggers off. Generated columns follow the bytes, and the chain breaks.
    run("SET session_replication_role = replica")
    told = (
        "convert_to(replace(convert_from(signed, 'UTF8'), '\"number\":1', '\"number\":7'), 'UTF8')"
    )
    run(f"UPDATE {name_of(filled)}.entries SET signed = {told} WHERE sequence = 1")
    run("SET session_replication_role = origin")
    store = PostgresStore.open(filled)
    with pytest.raises(RegisterError, match="the entry before it has"):
        verify_chain(store.entries())
    store.close()


def test_an_append_is_on_disk_when_it_is_reported_whatever_the_database_s_default(filled):
    run(f"ALTER DATABASE {own_database()} SET synchronous_commit = off")
    found = line.Line(Address.read(filled))
    assert found.read("SHOW synchronous_commit") == [("on",)]
    found.close()
    run(f"ALTER DATABASE {own_database()} RESET synchronous_commit")


# -- erasing


def in_the_file(register: str, text: bytes, table: str = "personal") -> bool:
    """Whether a page of a table in the server's file holds these bytes, in use or not."""
    run("CREATE EXTENSION IF NOT EXISTS pageinspect")
    named = f"{name_of(register)}.{table}"
    found = run(
        "SELECT position(%s::bytea IN get_raw_page(%s, page::integer)) > 0 FROM generate_series(0, "
        "pg_relation_size(%s::regclass) / current_setting('block_size')::integer - 1) AS page",
        (text, named, named),
    )
    return any(held for (held,) in found)


def key_in_the_file(register: str, key: bytes) -> bool:
    return in_the_file(register, key, "operation_keys")


def test_no_page_of_the_server_holds_a_text(empty):
    store = PostgresStore.create(empty)
    store.append(an_entry(body=[str(NAME.commitment)]), [NAME])
    (text,) = store.texts()
    assert in_the_file(empty, text.sealed)  # so the check below looks where it would be
    assert not in_the_file(empty, b"Rarely-Named") and not in_the_file(empty, NAME.salt)
    store.close()


def test_a_destroyed_key_is_in_no_byte_of_the_server_s_file(empty):
    """The sealed rows may lie on in old pages; without the key they are noise."""
    store = PostgresStore.create(empty)
    other = Personal.of("Somebody Else", SALT)
    store.append(an_entry(body=[str(NAME.commitment), str(other.commitment)]), [NAME, other])
    old = store.operation_key("office")
    assert key_in_the_file(empty, old)  # else the check below could not fail
    assert store.erase(NAME.commitment)
    assert not key_in_the_file(empty, old)
    assert key_in_the_file(empty, store.operation_key("office"))
    assert store.personal(other.commitment) == "Somebody Else"
    store.close()


def test_an_erasing_that_cannot_write_the_keys_anew_says_so(empty):
    store = PostgresStore.create(empty)
    store.append(an_entry(body=[str(NAME.commitment)]), [NAME])
    old = store.operation_key("office")
    run(f"ALTER DATABASE {own_database()} SET lock_timeout = '200ms'")
    again = PostgresStore.open(empty)
    with psycopg.connect(SERVER, dbname=own_database()) as reader:
        reader.execute(f"SELECT * FROM {name_of(empty)}.operation_keys")
        with pytest.raises(RegisterError, match="but the key that sealed it may still be in the"):
            again.erase(NAME.commitment)
    run(f"ALTER DATABASE {own_database()} RESET lock_timeout")
    assert again.personal(NAME.commitment) is None
    assert key_in_the_file(empty, old)
    assert again.erase(NAME.commitment) is False  # nothing to erase, and now the file is clean
    assert not key_in_the_file(empty, old)
    for each in (store, again):
        each.close()


def test_who_reads_the_texts_does_not_hold_up_their_erasing(empty):
    with closing(PostgresStore.create(empty)) as store:
        store.append(an_entry(body=[str(NAME.commitment)]), [NAME])
        with psycopg.connect(SERVER, dbname=own_database()) as reader:
            reader.execute(f"SELECT * FROM {name_of(empty)}.personal")
            assert store.erase(NAME.commitment)


# -- texts that an older version kept in clear


def of_an_older_version(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A register as the version before this one made it, with two texts in clear."""
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda: STEPS[:4])
        store = PostgresStore.create(address)
    first = an_entry(body={"movement": "convoy-3", "by": str(NAME.commitment)})
    store.append_all([first, an_entry(head_after(first), body=[str(OTHER.commitment)])])
    store.close()
    for one in (NAME, OTHER):
        run(
            f"INSERT INTO {name_of(address)}.personal VALUES (%s, %s, %s)",
            (one.commitment.sha256, one.salt, one.value.encode()),
        )
    assert in_the_file(address, b"Rarely-Named")


OTHER = Personal.of("Somebody \x00 Else", SALT)


def test_texts_that_an_older_version_kept_in_clear_are_sealed_when_it_is_opened(empty, monkeypatch):
    of_an_older_version(empty, monkeypatch)
    with closing(PostgresStore.open(empty)) as store:
        assert [store.personal(one.commitment) for one in (NAME, OTHER)] == [
            NAME.value, OTHER.value
        ]  # fmt: skip
        operations = {text.commitment: text.operation for text in store.texts()}
        assert operations == {NAME.commitment: "convoy-3", OTHER.commitment: "office"}
        assert not in_the_file(empty, b"Rarely-Named")
    assert run("SELECT to_regclass(%s)", (f"{name_of(empty)}.personal_in_clear",)) == [(None,)]
    assert "now has schema 5; it had 4" in upgrades.told()[0]


def test_an_upgrade_that_fails_in_its_middle_leaves_the_texts_as_they_were(empty, monkeypatch):
    of_an_older_version(empty, monkeypatch)
    with monkeypatch.context() as patch:
        patch.setattr(schema, "steps", lambda: [*STEPS, ("0099_wrong.sql", "SELECT nothing")])
        with pytest.raises(RegisterError):
            PostgresStore.open(empty)
    assert in_the_file(empty, b"Rarely-Named")
    with closing(PostgresStore.open(empty)) as store:
        assert store.personal(NAME.commitment) == NAME.value
    upgrades.told()

"""What the page on shared registers has people type works, on the tests' server."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from safeconduct.adapters.postgres import PostgresStore
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.errors import RegisterError
from safeconduct.register import Personal, register_head, roots_of
from tests.docs.walkthrough import ROOT
from tests.postgres import PASSWORD, SERVER, drop_database, map_database, run, without
from tests.unit.register.writers import SALT, a_chain, an_entry

PAGE = (ROOT / "docs" / "how-to" / "shared-office.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sql|python|console)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MARK = re.compile(r"-- as ([\w-]+|the superuser)(?:, in (\w+))?\n")
OURS = f"safeconduct_test_{os.getpid()}_page"
ROLES = ("office_owner", "tablet_1", "wall_map")
NAME = Personal.of("A. B.", SALT)


def ours(text: str) -> str:
    """The text with names that stand in nobody's way on the tests' server."""
    server = urlsplit(SERVER)
    text = text.replace("choose-one", PASSWORD)
    text = text.replace(
        "office_owner@db.example",
        f"office_owner:{PASSWORD}@{server.hostname}:{server.port or 5432}",
    )
    text = re.sub(rf"\b({'|'.join(ROLES)})\b", rf"{OURS}_\1", text)
    text = re.sub(r"(?<=[/ =])office(?=[# \n]|$)", OURS, text)
    return text.replace("office_restored", f"{OURS}_restored")


def address(role: str, database: str = OURS) -> str:
    server = urlsplit(SERVER)
    where = f"{server.hostname}:{server.port or 5432}"
    return f"postgresql://{OURS}_{role}:{PASSWORD}@{where}/{database}#north"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What each block of the page printed, done in order; `office.sqlite` is there before."""
    map_database()  # skips or fails where there is no server, or no PostGIS
    folder = tmp_path_factory.mktemp("office")
    with closing(SqliteStore.create(folder / "office.sqlite", root="office:01")) as store:
        store.append_all(
            [*a_chain(3), an_entry(writer="south", body=[str(NAME.commitment)])], [NAME]
        )
    yield [do(kind, ours(text), folder) for kind, text in BLOCKS]
    for database in (OURS, f"{OURS}_restored"):
        drop_database(database)
    for role in ROLES:
        run(f"DROP ROLE IF EXISTS {OURS}_{role}", database="postgres")


def do(kind: str, text: str, folder: Path) -> str:
    if kind == "sql":
        return in_sql(text)
    if kind == "python":
        return program([sys.executable, "-c", text], folder)
    return "".join(program(shlex.split(line[2:]), folder) for line in text.splitlines())


def in_sql(text: str) -> str:
    mark = MARK.match(text)
    assert mark, text
    role = {} if mark[1] == "the superuser" else {"user": mark[1], "password": PASSWORD}
    database = {"dbname": mark[2]} if mark[2] else {}
    told = []
    with psycopg.connect(SERVER, autocommit=True, **role, **database) as connection:
        for statement in text[mark.end() :].split(";\n"):
            if statement.strip():
                cursor = connection.execute(statement.encode())
                told += cursor.fetchall() if cursor.description else []
    return str(told)


def program(words: list[str], folder: Path) -> str:
    """What a program prints; the server's own are told where it is, and whose it is."""
    server = urlsplit(SERVER)
    known = os.environ | {
        "PYTHONPATH": str(ROOT),
        "PGHOST": server.hostname or "",
        "PGPORT": str(server.port or 5432),
        "PGUSER": f"{OURS}_office_owner",
        "PGPASSWORD": PASSWORD,
    }
    if words[0] == "pg_restore":
        run(
            f"CREATE DATABASE {OURS}_restored OWNER {OURS}_office_owner TEMPLATE template0 "
            "ENCODING 'UTF8'",
            database="postgres",
        )
        run("CREATE EXTENSION postgis", database=f"{OURS}_restored")
    if not shutil.which(words[0]):
        without(f"{words[0]} is not here")
    ended = subprocess.run(
        words, cwd=folder, env=known, capture_output=True, text=True, check=False
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_every_block_that_is_typed_is_run(done):
    assert len(done) == PAGE.count("```") // 2 > 8


def test_a_register_is_made_and_one_is_moved(done):
    with closing(PostgresStore.open(address("office_owner").replace("#north", "#moved"))) as moved:
        assert moved.root == "office:01"
        assert moved.personal(NAME.commitment) == "A. B."
        head = register_head(roots_of(moved))
    assert f"{head}\n" in done


def test_a_device_that_was_admitted_writes_and_the_map_does_not(done):
    with closing(PostgresStore.open(address("tablet_1"))) as tablet:
        assert tablet.append(an_entry(writer="tablet"))
        with pytest.raises(RegisterError, match="only the owner erases"):
            tablet.erase(NAME.commitment)
    with pytest.raises(RegisterError, match="does not allow this role"):
        PostgresStore.open(address("wall_map"))


def test_the_dump_is_a_register_again(done):
    with closing(PostgresStore.open(address("office_owner", f"{OURS}_restored"))) as again:
        assert again.views_current()
        assert again.rebuild_views() is True


def test_the_messages_of_the_table_are_those_of_the_program():
    folder = ROOT / "safeconduct" / "adapters" / "postgres"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    said = re.sub(r'"\s*f?"', "", source)
    table = PAGE.partition("| message | what to do |")[2].partition("\n\n")[0]
    messages = re.findall(r"^\| ([^|-].*?) \|", table, re.MULTILINE)
    assert len(messages) == 7
    assert [message for message in messages if message not in said] == []

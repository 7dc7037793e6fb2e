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
from safeconduct.app.opening import open_register
from safeconduct.errors import RegisterError
from safeconduct.register import Personal, register_head, roots_of
from tests.docs.walkthrough import ROOT
from tests.postgres import PASSWORD, SERVER, drop_database, map_database, run, without
from tests.unit.app.folders import two_towns
from tests.unit.register.writers import SALT, a_chain, an_entry

PAGE = (ROOT / "docs" / "how-to" / "shared-office.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(sql|console)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
MARK = re.compile(r"-- as ([\w-]+|the superuser)(?:, in (\w+))?\n")
OURS = f"safeconduct_test_{os.getpid()}_page"
ROLES = ("office_owner", "desk_1", "tablet_1", "wall_map")
NAME = Personal.of("A. B.", SALT)
GROUND = ("area", "area", "network")


def ours(text: str) -> str:
    """The text with names that stand in nobody's way on the tests' server."""
    server = urlsplit(SERVER)
    text = text.replace("choose-one", PASSWORD)
    text = re.sub(
        r"(\w+)@db\.example", rf"\1:{PASSWORD}@{server.hostname}:{server.port or 5432}", text
    )
    text = re.sub(rf"\b({'|'.join(ROLES)})\b", rf"{OURS}_\1", text)
    # The database, and not the office or the operation of that name.
    text = re.sub(r"(?<=/)office(?=#)|(?<=DATABASE )office|(?<=, in )office", OURS, text)
    text = re.sub(r"(?<=\.dump )office(?=\n)", OURS, text)
    return text.replace("office_restored", f"{OURS}_restored")


def address(role: str, database: str = OURS) -> str:
    """The address of the page's first register, for a role."""
    server = urlsplit(SERVER)
    where = f"{server.hostname}:{server.port or 5432}"
    return f"postgresql://{OURS}_{role}:{PASSWORD}@{where}/{database}#north"


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    """What each block of the page printed, in order; a register and ground are there before."""
    map_database()  # skips or fails where there is no server, or no PostGIS
    folder = tmp_path_factory.mktemp("office")
    with closing(SqliteStore.create(folder / "office.reg", root="office:01")) as store:
        store.append_all(
            [*a_chain(3), an_entry(writer="south", body=[str(NAME.commitment)])], [NAME]
        )
    two_towns(folder).rename(folder / "ground")
    told: list[str] = []
    for kind, text in BLOCKS:
        printed = re.findall(r"\b[0-9a-f]{64}\b", "".join(told))
        told.append(do(kind, ours(text).replace("PUBLIC", printed[-1] if printed else ""), folder))
    yield told
    for database in (OURS, f"{OURS}_restored"):
        drop_database(database)
    for role in ROLES:
        run(f"DROP ROLE IF EXISTS {OURS}_{role}", database="postgres")


def do(kind: str, text: str, folder: Path) -> str:
    if kind == "sql":
        return in_sql(text)
    lines = text.replace("\\\n", "").splitlines()
    return "".join(program(shlex.split(line[2:]), folder) for line in lines)


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
    """What a program prints; the server's own are told where it is, and whose it is.

    The tablet is a machine with keys of its own; what else is typed is typed on the office's.
    """
    server = urlsplit(SERVER)
    machine = "tablet" if any("tablet_1:" in word for word in words) else "office"
    known = os.environ | {
        "PYTHONPATH": str(ROOT),
        "SAFECONDUCT_HOME": str(folder / f"home of {machine}"),
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
    if words[0] == "safeconduct":
        words = [sys.executable, "-m", *words]
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
    assert any(f"Head {head}" in " ".join(told.split()) for told in done)
    with closing(open_register(address("desk_1"))) as opened:
        assert opened.notes == ()
        assert [e.kind for e in opened.view().entries if e.kind in GROUND] == list(GROUND)


def test_a_device_that_was_admitted_writes_and_the_map_does_not(done):
    with closing(PostgresStore.open(address("tablet_1"))) as tablet:
        assert tablet.append(an_entry(writer="tablet"))
        with pytest.raises(RegisterError, match="only the owner erases"):
            tablet.erase(NAME.commitment)
    with pytest.raises(RegisterError, match="does not allow this role"):
        PostgresStore.open(address("wall_map"))


def test_no_message_shows_a_password(done):
    assert any("postgresql://" in told for told in done)
    assert not [told for told in done if PASSWORD[3:-3] in "".join(told.split())]


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

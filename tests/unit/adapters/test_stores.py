"""What a person types for a register: a file or an address, and what is loaded for it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from safeconduct.adapters.postgres import PostgresStore
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.stores import create_store, on_server, open_store
from safeconduct.errors import MissingFile, RegisterExists
from tests.postgres import drop_made, new_address
from tests.unit.register.writers import a_chain


def test_a_path_is_a_file_and_an_address_is_a_server():
    assert on_server("postgresql://h/db#north")
    assert on_server("postgres://h")
    assert not on_server("office.sqlite")
    assert not on_server("postgresql.sqlite")


def test_a_file_is_made_and_opened(tmp_path):
    path = str(tmp_path / "office.sqlite")
    with pytest.raises(MissingFile):
        open_store(path)
    made = create_store(path, root="office:01")
    made.append_all(a_chain(2))
    made.close()
    opened = open_store(path)
    assert isinstance(opened, SqliteStore)
    assert (opened.root, len(list(opened.entries()))) == ("office:01", 2)
    opened.close()


def test_a_register_on_a_server_is_made_and_opened():
    address = new_address()
    made = create_store(address, replay=True)
    made.append_all(a_chain(2))
    made.close()
    opened = open_store(address)
    assert isinstance(opened, PostgresStore)
    assert (opened.replay, len(list(opened.entries()))) == (True, 2)
    opened.close()
    with pytest.raises(RegisterExists):
        create_store(address)
    drop_made()


WITHOUT = """
import sys
sys.modules["psycopg"] = None  # as where it is not installed
from safeconduct.adapters.stores import open_store
from safeconduct.errors import MissingExtra
try:
    open_store("postgresql://localhost/office")
except MissingExtra as error:
    print(error.as_json())
"""


def test_without_its_library_a_server_is_refused_with_the_extra_to_install():
    told = run(WITHOUT)
    assert "needs the library psycopg, which is not installed" in told
    assert "pip install 'safeconduct[server]'" in told
    assert "'extra': 'server'" in told


def test_a_file_is_opened_without_loading_the_library_for_servers(tmp_path):
    path = str(tmp_path / "office.sqlite")
    told = run(
        "import sys\nfrom safeconduct.adapters.stores import create_store\n"
        f"create_store({path!r}).close()\nprint(sorted({{'psycopg', 'apsw'}} & set(sys.modules)))"
    )
    assert told.strip() == "['apsw']"


def run(source: str) -> str:
    """What a fresh interpreter prints."""
    done = subprocess.run(
        [sys.executable, "-c", source],
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[3],
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout

"""The PostgreSQL server that tests run against, with one database of their own.

It is looked for at `SAFECONDUCT_TEST_POSTGRES` (an address of a superuser), by default on this
machine. Where there is none the calling test is skipped; where the environment variable
`SAFECONDUCT_REQUIRE_POSTGRES` is set, as in continuous integration, it fails instead, so that no
test goes unrun unseen. Every register that a test makes is a schema of its own.
"""

from __future__ import annotations

import atexit
import itertools
import os
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import psycopg
import pytest
from psycopg import sql

REQUIRED = "SAFECONDUCT_REQUIRE_POSTGRES"
SERVER = os.environ.get(
    "SAFECONDUCT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)

_made: list[str] = []
_numbers = itertools.count(1)


def new_address(**query: str) -> str:
    """The address of a register that is not there yet, in the tests' database."""
    register = f"register_{next(_numbers)}"
    _made.append(register)
    return address(register, **query)


def address(register: str, *, database: str = "", user: str = "", **query: str) -> str:
    """The address of a register of this name in the tests' database, or in another."""
    parts = urlsplit(SERVER)
    host = parts.netloc.rpartition("@")[2]
    told = "&".join(f"{key}={value}" for key, value in query.items())
    who = f"{user}@{host}" if user else parts.netloc
    return f"postgresql://{who}/{database or own_database()}?{told}#{register}"


def drop_made() -> None:
    """Removes the registers that were made since it was last called."""
    for register in _made:
        run(sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(register)))
    _made.clear()


def run(statement: Any, bound: Any = None, *, database: str = "") -> list[tuple[Any, ...]]:
    """The rows of a statement run by the superuser, as another program would, each by itself."""
    cursor = _connection(database or own_database()).execute(statement, bound)
    return cursor.fetchall() if cursor.description else []


@cache
def own_database() -> str:
    """The name of a fresh database, dropped when the tests end."""
    name = f"safeconduct_test_{os.getpid()}"
    _server().execute(
        sql.SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(
            sql.Identifier(name)
        )
    )
    atexit.register(drop_database, name)
    return name


def drop_database(name: str) -> None:
    """Removes a database with whatever is connected to it."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(drop)


def require_postgis() -> None:
    """Makes PostGIS an extension of the tests' database, or skips or fails the calling test."""
    own_database()
    try:
        run("CREATE EXTENSION IF NOT EXISTS postgis")
    except psycopg.Error as error:
        without(f"PostGIS is not on the server ({error.diag.message_primary})")


def without(reason: str) -> None:
    """Skips the calling test for this reason, or fails it where the server is required."""
    if os.environ.get(REQUIRED):
        pytest.fail(f"{reason}, and {REQUIRED} is set. Provide it, or unset the variable.")
    pytest.skip(reason)


def _server() -> psycopg.Connection[tuple[Any, ...]]:
    try:
        return _connection("")
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
    without(f"there is no PostgreSQL server for tests: {reason}")
    raise AssertionError  # the line before has left


@cache
def _connection(database: str) -> psycopg.Connection[tuple[Any, ...]]:
    found = psycopg.conninfo.conninfo_to_dict(SERVER)
    found["connect_timeout"] = "5"
    if database:
        found["dbname"] = database
    connection = psycopg.connect(**found, autocommit=True)
    atexit.register(connection.close)
    return connection

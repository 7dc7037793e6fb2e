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
from urllib.parse import urlencode, urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from safeconduct.adapters.postgres import Address

REQUIRED = "SAFECONDUCT_REQUIRE_POSTGRES"
SERVER = os.environ.get(
    "SAFECONDUCT_TEST_POSTGRES", "postgresql://postgres@127.0.0.1:5432/postgres"
)

PASSWORD = "of-no-worth-0123"
"""Of the roles that tests make: some servers let nobody in without one."""

_made: list[tuple[str, str]] = []
_numbers = itertools.count(1)


def new_address(*, database: str = "", lasting: bool = False) -> str:
    """The address of a register that is not there yet, in the tests' database or in another.

    One that is to last goes with its database; the others are removed by `drop_made`.
    """
    register = f"register_{next(_numbers)}"
    if not lasting:
        _made.append((database or own_database(), register))
    return address(register, database=database)


def address(register: str, *, database: str = "", user: str = "", **query: str) -> str:
    """The address of a register of this name in the tests' database, or in another."""
    parts = urlsplit(SERVER)
    host = parts.netloc.rpartition("@")[2]
    told = urlencode(query)
    who = f"{user}:{PASSWORD}@{host}" if user else parts.netloc
    return urlunsplit(("postgresql", who, f"/{database or own_database()}", told, register))


def name_of(register: str) -> str:
    """The schema of a register, from its address."""
    return register.rpartition("#")[2]


def drop_made() -> None:
    """Removes the registers that were made since it was last called."""
    for database, register in _made:
        drop = sql.SQL("DROP SCHEMA IF EXISTS {} CASCADE").format(sql.Identifier(register))
        run(drop, database=database)
    _made.clear()


def run(statement: Any, bound: Any = None, *, database: str = "") -> list[tuple[Any, ...]]:
    """The rows of a statement run by the superuser, as another program would, each by itself."""
    cursor = _connection(database or own_database()).execute(statement, bound)
    return cursor.fetchall() if cursor.description else []


@cache
def own_database() -> str:
    """The name of a fresh database without any extension, dropped when the tests end."""
    return make_database("own")


@cache
def map_database() -> str:
    """The name of a fresh database with PostGIS; skips or fails the calling test without it."""
    name = make_database("map")
    try:
        run("CREATE EXTENSION postgis", database=name)
    except psycopg.Error as error:
        without(f"PostGIS is not on the server ({error.diag.message_primary})")
    return name


def make_database(suffix: str, how: str = "ENCODING 'UTF8'") -> str:
    """The name of a database that is made now, and dropped when the tests end."""
    name = f"safeconduct_test_{os.getpid()}_{suffix}"
    made = sql.SQL("CREATE DATABASE {} TEMPLATE template0 ").format(sql.Identifier(name))
    _server().execute(made + sql.SQL(how))
    atexit.register(drop_database, name)
    return name


def make_role(suffix: str) -> str:
    """The name of a role that may log in, by `PASSWORD`; `drop_role` removes it."""
    name = f"safeconduct_test_{os.getpid()}_{suffix}"
    made = sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}")
    run(made.format(sql.Identifier(name), sql.Literal(PASSWORD)))
    return name


def connect_as(role: str) -> psycopg.Connection[tuple[Any, ...]]:
    """A connection of that role to the tests' database, each statement by itself."""
    return psycopg.connect(
        SERVER, dbname=own_database(), user=role, password=PASSWORD, autocommit=True
    )


def shown(register: str) -> str:
    """A register's address as messages show it."""
    return Address.read(register).shown


def drop_role(name: str) -> None:
    """Removes a role with all that it was granted in the tests' database."""
    run(sql.SQL("DROP OWNED BY {} CASCADE").format(sql.Identifier(name)))
    run(sql.SQL("DROP ROLE {}").format(sql.Identifier(name)))


def drop_database(name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(SERVER, autocommit=True) as connection:
        connection.execute(drop)


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

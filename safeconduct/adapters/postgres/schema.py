"""Making a register and opening one: is it one, and which steps of its schema are missing?"""

from __future__ import annotations

from importlib import resources

from safeconduct.adapters import upgrades
from safeconduct.adapters.postgres import clear_texts, drawn
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Line, Row
from safeconduct.errors import NotARegister, RegisterError, RegisterExists

_OLDEST = 140_000
"""PostgreSQL 14: functions whose bodies are bound when they are made."""

_FOUND = (
    "SELECT has_schema_privilege(n.oid, 'USAGE'), "
    "(SELECT count(*) FROM pg_class AS c WHERE c.relnamespace = n.oid AND c.relkind = 'r' "
    "AND c.relname IN ('entries', 'register', 'steps')) "
    "FROM pg_namespace AS n WHERE n.nspname = %s"
)
_TABLES = 3
_REGISTERS = (
    "SELECT n.nspname FROM pg_namespace AS n JOIN pg_class AS c ON c.relnamespace = n.oid "
    "WHERE c.relkind = 'r' AND c.relname IN ('entries', 'register', 'steps') "
    f"GROUP BY n.nspname HAVING count(*) = {_TABLES} ORDER BY n.nspname"
)
_TAKEN = (
    "SELECT EXISTS (SELECT 1 FROM pg_class AS c WHERE c.relnamespace = n.oid) "
    "FROM pg_namespace AS n WHERE n.nspname = %s"
)


def create(line: Line, *, replay: bool, root: str) -> None:
    """Makes a new, empty register, all of it or nothing.

    An empty schema of the name may be there, made by somebody who may make schemas for one who may
    not.

    Raises
    ------
    RegisterExists : something is in the schema already; it is left as it is.
    RegisterError : the server is too old, the database is not in UTF-8, the role may not.
    """

    def work(connection: psycopg.Connection[Row]) -> None:
        _check_server(connection)
        name = line.address.register
        taken = connection.execute(_TAKEN, (name,)).fetchone()
        if taken is not None and taken[0]:
            raise RegisterExists(
                f"Something is already in the schema {name}; a register never overwrites.",
                "Open it, or give another name after # in the address.",
            )
        if taken is None:
            made = psycopg.sql.SQL("CREATE SCHEMA {}")
            connection.execute(made.format(psycopg.sql.Identifier(name)))
        _run(connection, steps())
        connection.execute(
            "INSERT INTO register (one, replay, root) VALUES (true, %s, %s)", (replay, root)
        )
        drawn.draw(connection)

    line.write(work)


def open_existing(line: Line) -> None:
    """Makes sure that a register is there, and brings it up to this version's schema.

    Raises
    ------
    NotARegister : nothing of the name, another program's schema, a newer version's register.
    RegisterError : the role may not look into it, or may not upgrade it.
    """
    name = line.address.register
    found = line.read(_FOUND, (name,))
    if not found:
        raise _no_such(line, f"There is no register {name} in the database.")
    may_look, tables = found[0]
    if not may_look:
        raise RegisterError(
            f"The role may not look into the register {name}.",
            f"Ask its owner for `SELECT {name}.admit_writer('ROLE')`.",
        ).located(file=line.address.shown)
    if tables != _TABLES:
        raise _no_such(line, f"The schema {name} is there, but it is no register of this program.")
    known = steps()
    ((version,),) = line.read("SELECT coalesce(max(number), 0) FROM steps")
    if version > len(known):
        raise NotARegister(
            f"The register has schema {version}; this version knows schemas up to {len(known)}.",
            "Update this program; a register is never turned back.",
        ).located(file=line.address.shown)
    if version < len(known):
        _upgrade(line, known)
        upgrades.note(line.address.shown, version, len(known))


def steps() -> list[tuple[str, str]]:
    """Name and text of the numbered files of the schema; the number of the last is its version."""
    folder = resources.files("safeconduct.adapters.postgres").joinpath("sql")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return [(one.name, one.read_text("utf-8")) for one in files if one.name.endswith(".sql")]


def _upgrade(line: Line, known: list[tuple[str, str]]) -> None:
    def work(connection: psycopg.Connection[Row]) -> None:
        drawn.wipe(connection)  # a step may change what the views are drawn from
        _run(connection, known)
        drawn.draw(connection)

    try:
        line.write(work)
    except RegisterError as error:
        if isinstance(error.__cause__, psycopg.errors.InsufficientPrivilege):
            error.found = f"The register has an older schema than this version's {len(known)}."
            error.remedy = "Have its owner open it once with this version; that upgrades it."
        raise


def _run(connection: psycopg.Connection[Row], known: list[tuple[str, str]]) -> None:
    """Runs the steps that are missing; another device may have run some while this one waited."""
    done = 0
    if connection.execute("SELECT to_regclass('steps')").fetchone() != (None,):
        done = _number(connection, "SELECT coalesce(max(number), 0) FROM steps")
    for number, (name, text) in enumerate(known[done:], done + 1):
        connection.execute(text.encode())
        connection.execute("INSERT INTO steps (number, name) VALUES (%s, %s)", (number, name))
    clear_texts.seal_all(connection)


def _check_server(connection: psycopg.Connection[Row]) -> None:
    if connection.info.server_version < _OLDEST:
        raise RegisterError(
            f"The server is PostgreSQL {connection.info.server_version // 10_000}; a register "
            "needs 14 or newer.",
            "Ask whoever keeps the server for a newer one.",
        )
    encoding = connection.info.parameter_status("server_encoding")
    if encoding != "UTF8":
        raise RegisterError(
            f"The database is kept in {encoding}; a register is kept in UTF-8.",
            "Make a database for it: CREATE DATABASE office TEMPLATE template0 ENCODING 'UTF8'.",
        )


def _number(connection: psycopg.Connection[Row], query: str) -> int:
    row = connection.execute(query.encode()).fetchone()
    return 0 if row is None else int(row[0])


def _no_such(line: Line, found: str) -> NotARegister:
    there = [str(name) for (name,) in line.read(_REGISTERS)]
    return NotARegister(
        f"{found} Registers in this database: {', '.join(there) or 'none'}.",
        "Check the name after # in the address, or make a register there first.",
    ).located(file=line.address.shown)

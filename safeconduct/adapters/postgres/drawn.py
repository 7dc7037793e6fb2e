"""The views that people, reports and maps read: drawn from the entries, wiped and drawn anew."""

from __future__ import annotations

import hashlib
from importlib import resources

from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.adapters.postgres.line import Line, Row
from safeconduct.errors import RegisterError

_MARK = "Drawn by safeconduct from the entries; anything here may be wiped and drawn anew. "

# Whose comment is ours: a view or function that somebody else put into the schema is left alone.
_OURS = (
    "SELECT 'VIEW', c.oid::regclass::text FROM pg_class AS c "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'v' "
    "AND starts_with(obj_description(c.oid, 'pg_class'), %(mark)s) "
    "UNION ALL SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc AS p "
    "WHERE p.pronamespace = current_schema()::regnamespace "
    "AND starts_with(obj_description(p.oid, 'pg_proc'), %(mark)s)"
)
_UNMARKED = (
    "SELECT 'VIEW', c.oid::regclass::text FROM pg_class AS c "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'v' "
    "UNION ALL SELECT 'FUNCTION', p.oid::regprocedure::text FROM pg_proc AS p "
    "WHERE p.pronamespace = current_schema()::regnamespace"
)
_SEEN_BY = (
    "SELECT c.oid::regclass::text, "
    "CASE acl.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(acl.grantee)) END "
    "FROM pg_class AS c CROSS JOIN LATERAL aclexplode(c.relacl) AS acl "
    "WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'v' "
    "AND acl.privilege_type = 'SELECT' AND acl.grantee <> c.relowner "
    "AND starts_with(obj_description(c.oid, 'pg_class'), %(mark)s)"
)
_POSTGIS = (
    "SELECT n.nspname FROM pg_extension AS e JOIN pg_namespace AS n ON n.oid = e.extnamespace "
    "WHERE e.extname = 'postgis'"
)


def draw(connection: psycopg.Connection[Row]) -> bool:
    """Draws the views, inside a transaction; whether those of the map are among them.

    They are where PostGIS is an extension of the database. Who could see a view before sees the one
    that is drawn in its place; one that is new is seen by its owner alone.

    Raises
    ------
    RegisterError : something that others made rests on a view, so that it cannot be wiped.
    """
    seen_by = connection.execute(_SEEN_BY, {"mark": _MARK}).fetchall()
    wipe(connection)
    before = set(connection.execute(_UNMARKED).fetchall())
    postgis = connection.execute(_POSTGIS).fetchone()
    if postgis is not None:
        connection.execute(
            "SELECT set_config('search_path', "
            "format('%%I, %%I, pg_temp', current_schema(), %s::text), true)",
            postgis,
        )
    for text in _files(maps=postgis is not None):
        connection.execute(text.encode())
    made = [one for one in connection.execute(_UNMARKED).fetchall() if one not in before]
    for kind, name in made:
        connection.execute(
            f"COMMENT ON {kind} {name} IS '{_mark(maps=postgis is not None)}'".encode()
        )
    for name, role in seen_by:
        if ("VIEW", name) in made:
            connection.execute(f"GRANT SELECT ON {name} TO {role}".encode())
    return postgis is not None


def wipe(connection: psycopg.Connection[Row]) -> None:
    """Removes the views that were drawn before, and nothing else; see `draw` for the error."""
    ours = connection.execute(_OURS, {"mark": _MARK}).fetchall()
    try:
        for kind in ("VIEW", "FUNCTION"):
            if names := ", ".join(name for one, name in ours if one == kind):
                connection.execute(f"DROP {kind} {names}".encode())
    except psycopg.errors.DependentObjectsStillExist as error:
        raise RegisterError(
            f"The views cannot be drawn anew: {error.diag.message_detail}.".replace("\n", "; "),
            "Drop what rests on them first, and make it again afterwards.",
        ) from error


def are_current(line: Line) -> bool:
    """Whether the views are those that this version draws in this database as it is.

    They are not after an update of the program that draws others, or when PostGIS came or went.
    What they show is read from the entries at each asking, and so is never behind.
    """
    postgis = bool(line.read(_POSTGIS))
    found = line.read("SELECT obj_description(to_regclass('read_entries'), 'pg_class')")
    return found == [(_mark(maps=postgis),)]


def _files(*, maps: bool) -> list[str]:
    folder = resources.files("safeconduct.adapters.postgres").joinpath("views")
    files = sorted(folder.iterdir(), key=lambda file: file.name)
    return [one.read_text("utf-8") for one in files if maps or not one.name.endswith("_map.sql")]


def _mark(*, maps: bool) -> str:
    digest = hashlib.sha256("".join(_files(maps=maps)).encode()).hexdigest()
    return f"{_MARK}{digest[:16]}"

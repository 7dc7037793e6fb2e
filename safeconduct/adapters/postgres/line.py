"""One connection to the server: transactions that are told apart, and errors of the one tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias, TypeVar

from safeconduct.adapters.postgres.address import Address
from safeconduct.adapters.postgres.driver import psycopg
from safeconduct.errors import RegisterError, SafeconductError

Row: TypeAlias = tuple[Any, ...]
Bound: TypeAlias = Sequence[Any] | Mapping[str, Any] | None
Result = TypeVar("Result")

LOCK_SEED = 1_397_113_668
"""Tells this program's locks from those of others in one database: the letters SFCD as a number."""

_WAIT_S = 30
_TRIES = 3

# What a transaction may be begun anew for: the server rolled it back, and nothing of it was wrong.
_AGAIN = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


class Line:
    """A connection that is made when it is first needed, and made anew after it was lost.

    Settings are those of a session, so the server is spoken to directly, or through a proxy that
    pools whole sessions; one that pools transactions would mix them up.
    """

    def __init__(self, address: Address) -> None:
        self.address = address
        self._connection: psycopg.Connection[Row] | None = None
        self._closed = self._inside = False

    def read(self, query: str, bound: Bound = None) -> list[Row]:
        """All rows of one statement, which sees one state of the database.

        They are fetched at once, so that an append during the reading cannot show in it. A
        connection that was lost since it was last used is made anew.
        """
        with self._translated():
            try:
                return self._rows(query, bound)
            except psycopg.OperationalError:
                if self._alive() or self._inside:
                    raise
            return self._rows(query, bound)

    def write(self, work: Callable[[psycopg.Connection[Row]], Result]) -> Result:
        """What `work` gives, in a transaction of its own that is committed, or leaves nothing.

        The work may be begun anew, after the server undid it or the connection was lost before
        the commit was asked for; so it must do nothing but speak with the connection.

        Raises
        ------
        RegisterError : also when the connection was lost while the commit was under way: then
            nobody here can know whether it was kept. `facts["kept"]` is None, and asking again
            is safe, since ids are written once.
        """
        with self._translated():
            for number in range(1, _TRIES + 1):
                try:
                    return self._attempt(work)
                except _AGAIN:
                    if number == _TRIES:
                        raise
                except psycopg.OperationalError as error:
                    if self._alive() or isinstance(error, _CommitLost) or number == _TRIES:
                        raise
        raise AssertionError  # the last try has returned or raised

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """All that is read inside sees the register as it was at the first reading."""
        with self._translated():
            connection = self._ready()
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
                self._inside = True
                try:
                    yield
                finally:
                    self._inside = False

    def outside(self, statement: str) -> None:
        """Runs a statement that the server takes outside transactions only."""
        with self._translated():
            self._ready().execute(statement.encode())

    def close(self) -> None:
        """Gives the connection back; nothing more can be asked."""
        self._closed = True
        if self._connection is not None:
            self._connection.close()

    def _attempt(self, work: Callable[[psycopg.Connection[Row]], Result]) -> Result:
        connection = self._ready()
        # READ COMMITTED, whatever the database's default: after the writers' lock was waited for,
        # the next statement must see what the writer before has committed.
        connection.execute("BEGIN ISOLATION LEVEL READ COMMITTED")
        try:
            connection.execute(f"SET LOCAL lock_timeout = {_WAIT_S * 1000}".encode())
            connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))",
                (self.address.register, LOCK_SEED),
            )
            done = work(connection)
        except BaseException:
            if self._alive():
                connection.execute("ROLLBACK")
            raise
        try:
            connection.execute("COMMIT")
        except psycopg.OperationalError as error:
            if self._alive():
                raise
            raise _CommitLost from error
        return done

    def _rows(self, query: str, bound: Bound) -> list[Row]:
        return self._ready().execute(query.encode(), bound, binary=True).fetchall()

    def _alive(self) -> bool:
        return self._connection is not None and not self._connection.closed

    def _ready(self) -> psycopg.Connection[Row]:
        if self._closed:
            raise RegisterError(
                "The register was closed; nothing can be asked of it.", "Open it again."
            )
        if self._connection is None or self._connection.closed:
            self._connection = self._connected()
        return self._connection

    def _connected(self) -> psycopg.Connection[Row]:
        try:
            connection = psycopg.connect(**self.address.settings, autocommit=True)  # type: ignore[arg-type]  # all of its settings are text
        except psycopg.Error as error:
            raise RegisterError(
                f"The server cannot be reached: {self._said(error)}.",
                "Check that it runs and can be reached from here, and the user, the password "
                "(in ~/.pgpass or PGPASSWORD) and the database.",
            ) from error
        # The register's schema alone, so that no table of the same name elsewhere is taken for its
        # own. An append that was reported as done survives a power cut of the server, also where
        # the database's default would be quicker.
        path = psycopg.sql.SQL("SET search_path TO {}, pg_temp")
        connection.execute(path.format(psycopg.sql.Identifier(self.address.register)))
        connection.execute(
            "SELECT set_config('synchronous_commit', 'on', false) "
            "WHERE current_setting('synchronous_commit') = 'off'"
        )
        return connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turns the server's errors into this package's, each with the register's address."""
        try:
            yield
        except psycopg.Error as error:
            raise self._told(error).located(file=self.address.shown) from error
        except SafeconductError as error:
            error.located(file=self.address.shown)
            raise

    def _told(self, error: psycopg.Error) -> RegisterError:
        if isinstance(error, _CommitLost):
            return RegisterError(
                "The connection was lost while the server was writing; whether it was kept is "
                "not known.",
                "Do the same again: what was kept is found by its id and not written twice.",
                kept=None,
            )
        for kinds, found, remedy in _TOLD:
            if isinstance(error, kinds):
                said = found.format(said=self._said(error), wait=_WAIT_S)
                return RegisterError(said, remedy)
        if not self._alive():
            return RegisterError(
                f"The connection to the server was lost: {self._said(error)}.",
                "Check the server and the network and try again; nothing was half written.",
            )
        return RegisterError(
            f"The register could not be read or written: {self._said(error)}.",
            "Look at the server's log; nothing was half written.",
        )

    def _said(self, error: psycopg.Error) -> str:
        """The server's first line, without passwords and without its full stop."""
        said = error.diag.message_primary or str(error) or type(error).__name__
        return self.address.without_secrets(said.strip().splitlines()[0].rstrip("."))


class _CommitLost(psycopg.OperationalError):
    """The connection went between asking for a commit and its answer."""


_TOLD: tuple[tuple[type[psycopg.Error] | tuple[type[psycopg.Error], ...], str, str], ...] = (
    (
        psycopg.errors.LockNotAvailable,
        "Another device has been writing to the register for over {wait} s.",
        "Wait until it has finished and try again; nothing was changed.",
    ),
    (
        psycopg.errors.InsufficientPrivilege,
        "The server does not allow this role to do that: {said}.",
        "Ask its owner, who admits a writer with `SELECT REGISTER.admit_writer('ROLE')`; "
        "only the owner erases, upgrades and draws views.",
    ),
    (
        psycopg.errors.ReadOnlySqlTransaction,
        "The server only reads: it is a copy of another, or set so.",
        "Give the address of the server that writes.",
    ),
    (
        (psycopg.errors.DiskFull, psycopg.errors.OutOfMemory),
        "The server has no room left: {said}.",
        "Make room on the server and try again; nothing was half written.",
    ),
)

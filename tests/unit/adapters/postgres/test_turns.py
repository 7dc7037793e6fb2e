"""Several devices at once, and lost connections: who waits, who sees what, what is kept."""

from __future__ import annotations

import itertools
import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql

from safeconduct.adapters.postgres import Address, PostgresStore, adding, line
from safeconduct.errors import ChainBroken, IdTaken, RegisterError
from safeconduct.register import Entry, register_head, roots_of, verify_chain
from safeconduct.register.chain import head_after
from tests.postgres import SERVER, name_of, own_database, run
from tests.unit.register.writers import a_chain, an_entry


@contextmanager
def another(register: str, name: str) -> Iterator[psycopg.Connection]:
    """A connection of another program, with a transaction open in the register's schema."""
    with psycopg.connect(SERVER, dbname=own_database(), application_name=name) as other:
        other.execute(sql.SQL("SET LOCAL search_path TO {}").format(sql.Identifier(register)))
        yield other


# Other runs of these tests may be busy on the server, each in a database of its own.
_NAMED = "FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s"


def waits_for_a_lock(name: str) -> bool:
    """Whether, before long, the connection of this name waits for a lock."""
    for _ in range(200):
        if run(f"SELECT 1 {_NAMED} AND wait_event = 'advisory'", (name,)):
            return True
        run("SELECT pg_sleep(0.01)")
    return False


def end_connections(name: str) -> None:
    """Ends the connections of this name, as a server does that is stopped."""
    assert run(f"SELECT pg_terminate_backend(pid, 5000) {_NAMED}", (name,)) == [(True,)]


def named(register: str, name: str) -> str:
    """The register's address, under a name that its connections can be told by."""
    before, _, after = register.partition("#")
    return f"{before}{'&' if '?' in before else '?'}application_name={name}#{after}"


# -- writers take turns


def test_two_devices_append_in_turn(filled):
    with closing(PostgresStore.open(filled)) as one, closing(PostgresStore.open(filled)) as other:
        north, south = a_chain(5), a_chain(2, "south")
        assert [one.append(north[3]), other.append(south[0])] == [True, True]
        assert [other.append(north[4]), one.append(south[1])] == [True, True]
        assert register_head(roots_of(one)) == register_head(roots_of(other))
        assert [e for _, e in one.arrivals()] == [*north[:4], south[0], north[4], south[1]]


def test_an_append_waits_for_the_one_before_and_both_are_kept(filled):
    home = name_of(filled)
    store = PostgresStore.open(named(filled, "second"))
    with another(home, "first") as first, ThreadPoolExecutor(1) as apart:
        south = a_chain(2, "south")
        first.execute("INSERT INTO entries (signed) VALUES (%s)", (south[0].signed_bytes(),))
        second = apart.submit(store.append, south[1])  # follows what is not committed yet
        assert waits_for_a_lock("second")
        assert not second.done()
        first.commit()
        assert second.result(20) is True
    assert verify_chain(store.entries()) == store.heads()
    assert [e for _, e in store.arrivals(3)] == south
    store.close()


def test_the_second_of_two_rivals_for_one_place_is_refused(filled):
    third = a_chain(4)[3]
    rival = an_entry(head_after(a_chain(3)[2]), id="f" * 32)
    store = PostgresStore.open(named(filled, "second"))
    with another(name_of(filled), "first") as first, ThreadPoolExecutor(1) as apart:
        first.execute("INSERT INTO entries (signed) VALUES (%s)", (third.signed_bytes(),))
        second = apart.submit(store.append, rival)
        assert waits_for_a_lock("second")
        first.commit()
        with pytest.raises(ChainBroken, match="another entry has that place in a chain of 4"):
            second.result(20)
    store.close()


def test_many_devices_append_at_once_and_all_is_kept_in_one_order(filled):
    def device(name: str) -> None:
        with closing(PostgresStore.open(filled)) as store:
            for entry in a_chain(12, name):
                assert store.append(entry)

    names = [f"device-{number}" for number in range(4)]
    with closing(PostgresStore.open(filled)) as reader, ThreadPoolExecutor(4) as apart:
        running = [apart.submit(device, name) for name in names]
        seen: list[tuple[int, Entry]] = []
        # Who asks for what came after the last number misses nothing and sees nothing twice.
        while not all(one.done() for one in running):
            seen += reader.arrivals(seen[-1][0] if seen else 0)
        for one in running:
            one.result()
        seen += reader.arrivals(seen[-1][0])
        assert seen == list(reader.arrivals())
        assert len(seen) == 3 + 4 * 12
        assert {head.size for head in reader.heads() if head.writer in names} == {12}
        assert verify_chain(reader.entries()) == reader.heads()


def test_the_same_entry_from_two_devices_at_once_is_kept_once(filled):
    south = a_chain(6, "south")

    def device(_: int) -> int:
        with closing(PostgresStore.open(filled)) as store:
            return store.append_all(south)

    with ThreadPoolExecutor(3) as apart:
        assert sorted(apart.map(device, range(3))) == [0, 0, 6]


def test_threads_that_share_one_store_do_not_speak_into_one_another(filled):
    with closing(PostgresStore.open(filled)) as store, ThreadPoolExecutor(4) as apart:
        chains = [a_chain(8, f"thread-{number}") for number in range(4)]
        running = [apart.submit(lambda c: [store.append(e) for e in c], chain) for chain in chains]
        assert [one.result() for one in running] == [[True] * 8] * 4
        assert verify_chain(store.entries()) == store.heads()


def test_a_second_writer_waits_and_is_then_told_so(filled, monkeypatch):
    monkeypatch.setattr(line, "_WAIT_S", 0.05)
    with closing(PostgresStore.open(filled)) as store:
        with another(name_of(filled), "first") as first:
            first.execute("INSERT INTO here VALUES ('x')")
            south = an_entry(writer="south")
            first.execute("INSERT INTO entries (signed) VALUES (%s)", (south.signed_bytes(),))
            with pytest.raises(RegisterError, match="Another device has been writing"):
                store.append(an_entry(writer="west"))
            assert len(list(store.entries())) == 3  # readers are not held up
            first.rollback()
        assert store.append(an_entry(writer="west"))


# -- readers


def test_a_reader_sees_whole_appends_or_nothing_of_them(filled, monkeypatch):
    inside, go_on = threading.Event(), threading.Event()
    insert = adding._insert  # noqa: SLF001  # to stop an append between writing and committing

    def stopping(*given: object) -> None:
        insert(*given)  # type: ignore[arg-type]
        inside.set()
        assert go_on.wait(20)

    monkeypatch.setattr(adding, "_insert", stopping)
    with (
        closing(PostgresStore.open(filled)) as reader,
        closing(PostgresStore.open(filled)) as store,
    ):
        with ThreadPoolExecutor(1) as apart:
            writing = apart.submit(store.append_all, a_chain(9, "south"))
            assert inside.wait(20)
            assert len(list(reader.entries())) == 3
            assert reader.head("south") is None
            go_on.set()
            assert writing.result(20) == 9
        assert len(list(reader.entries())) == 12


def test_a_snapshot_sees_one_state_across_several_readings(filled):
    with (
        closing(PostgresStore.open(filled)) as reader,
        closing(PostgresStore.open(filled)) as store,
    ):
        with reader.snapshot():
            before = list(reader.entries())
            store.append(an_entry(writer="south"))
            assert list(reader.entries()) == before
            assert [root.writer for root in roots_of(reader)] == ["north"]
        assert len(list(reader.entries())) == 4
        with pytest.raises(RegisterError, match="inside a snapshot"), reader.snapshot():
            reader.settle("north")
        assert reader.here() == frozenset()


# -- connections that are lost


def test_a_connection_lost_while_idle_is_made_anew(filled):
    store = PostgresStore.open(named(filled, "idle"))
    end_connections("idle")
    assert len(list(store.entries())) == 3
    end_connections("idle")
    assert store.append(an_entry(writer="south"))
    store.close()


def lose_once(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """Ends the connection of this name in the middle of the next append; tells of each append."""
    insert = adding._insert  # noqa: SLF001  # the middle of an append
    begun: list[int] = []

    def losing(*given: object) -> None:
        begun.append(len(begun))
        if len(begun) == 1:
            end_connections(name)
        insert(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(adding, "_insert", losing)
    return begun


def test_an_append_whose_connection_is_ended_in_its_middle_is_begun_anew(filled, monkeypatch):
    store = PostgresStore.open(named(filled, "cut"))
    begun = lose_once(monkeypatch, "cut")
    assert store.append_all(a_chain(3, "south")) == 3
    assert len(begun) == 2
    assert len(list(store.entries())) == 6
    store.close()


def test_an_append_that_the_server_undid_is_begun_anew(filled, monkeypatch):
    insert = adding._insert  # noqa: SLF001  # the middle of an append
    failures: Iterator[type[psycopg.Error] | None] = itertools.chain(
        [psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected],
        itertools.repeat(None),
    )

    def undone(*given: object) -> None:
        insert(*given)  # type: ignore[arg-type]
        if failure := next(failures):
            raise failure("undone")

    monkeypatch.setattr(adding, "_insert", undone)
    with closing(PostgresStore.open(filled)) as store:
        assert store.append(an_entry(writer="south"))
        assert len(list(store.arrivals())) == 4


def test_an_append_that_is_undone_time_and_again_is_given_up(filled, monkeypatch):
    def undone(*_: object) -> None:
        raise psycopg.errors.SerializationFailure("undone")

    monkeypatch.setattr(adding, "_insert", undone)
    with closing(PostgresStore.open(filled)) as store:
        with pytest.raises(RegisterError, match=r"undone\. Look at the server's log; nothing was"):
            store.append(an_entry(writer="south"))
        assert len(list(store.entries())) == 3


def test_an_append_that_is_broken_off_leaves_nothing_for_the_next_to_commit(filled, monkeypatch):
    insert = adding._insert  # noqa: SLF001  # the middle of an append

    def broken_off(*given: object) -> None:
        insert(*given)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    with closing(PostgresStore.open(filled)) as store:
        monkeypatch.setattr(adding, "_insert", broken_off)
        with pytest.raises(KeyboardInterrupt):
            store.append(an_entry(writer="south"))
        monkeypatch.setattr(adding, "_insert", insert)
        assert store.append(an_entry(writer="west"))
        assert [head.writer for head in store.heads()] == ["north", "west"]


def test_a_commit_that_is_broken_off_is_not_found_open_by_the_next(filled, monkeypatch):
    execute = psycopg.Connection.execute

    def broken_off(self: psycopg.Connection, query: object, *more: object, **how: object) -> object:
        if query == "COMMIT":
            raise KeyboardInterrupt
        return execute(self, query, *more, **how)  # type: ignore[arg-type]

    with closing(PostgresStore.open(filled)) as store:
        with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
            patched.setattr(psycopg.Connection, "execute", broken_off)
            store.append(an_entry(writer="south"))
        assert store.append(an_entry(writer="west"))
        assert [head.writer for head in store.heads()] == ["north", "west"]


class Cut:
    """A wire to the server that is cut when the client asks for the commit of an append.

    Parameters
    ----------
    told : whether the server still hears of it; its answer is lost in any case.
    """

    def __init__(self, *, told: bool) -> None:
        self.told, self.armed = told, False
        self.cut = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    def close(self) -> None:
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            parts = urlsplit(SERVER)
            server = socket.create_connection((parts.hostname or "", parts.port or 5432))
            for way in ((client, server, True), (server, client, False)):
                threading.Thread(target=self._carry, args=way, daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        try:
            while data := source.recv(65536):
                if up and self.armed and b"COMMIT\0" in data:
                    self.armed = False
                    self.cut.set()
                    if self.told:
                        target.sendall(data)
                        continue
                    break
                if not up and self.cut.is_set():
                    self.cut.clear()  # the answer was made, and is lost
                    break
                target.sendall(data)
        except OSError:
            pass  # the other way was cut first
        for each in (source, target):
            shut(each)


def shut(each: socket.socket) -> None:
    with suppress(OSError):  # the other side may have gone
        each.shutdown(socket.SHUT_RDWR)
    each.close()


@pytest.mark.parametrize("told", [True, False])
def test_an_append_whose_answer_was_lost_says_so_and_is_safe_to_repeat(filled, told):
    wire = Cut(told=told)
    parts = urlsplit(filled)
    through = urlunsplit(
        parts._replace(
            netloc=f"{parts.netloc.rpartition('@')[0]}@127.0.0.1:{wire.port}",
            query="sslmode=disable&gssencmode=disable",  # so that the wire can read along
        )
    )
    store = PostgresStore.open(through)
    south = a_chain(3, "south")
    wire.armed = True
    with pytest.raises(RegisterError) as caught:
        store.append_all(south)
    assert "whether it was kept is not known. Do the same again" in str(caught.value)
    assert caught.value.facts == {"kept": None}
    wire.cut.clear()
    assert store.append_all(south) == (0 if told else 3)  # the same store, connected anew
    assert list(store.entries("south")) == south
    with pytest.raises(IdTaken):
        store.append(an_entry(writer="west", id=south[0].id))
    store.close()
    wire.close()


def test_what_an_append_asks_of_the_server_does_not_grow_with_its_entries(filled):
    found = line.Line(Address.read(filled))
    asked = Counted(found._ready())  # noqa: SLF001  # counts what passes through it
    few, many = a_chain(2, "south"), a_chain(200, "west")
    counts = []
    for chain in (few, many):
        asked.count = 0
        adding.add(asked, chain, (), replay=False)  # type: ignore[arg-type]
        counts.append(asked.count)
    assert counts[0] == counts[1] <= 4
    found.close()


class Counted:
    """A connection that counts its questions."""

    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection, self.count = connection, 0
        self.cursor: Callable[[], psycopg.Cursor] = connection.cursor

    def execute(self, *given: object, **more: object) -> psycopg.Cursor:
        self.count += 1
        return self._connection.execute(*given, **more)  # type: ignore[arg-type]

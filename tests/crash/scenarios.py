"""What is done to a register while it is recorded. One more kind of work is one more `Scenario`.

To add one: write what must lie on the disk before (through `prepared`, which gives what is already
acknowledged) and what is done (through a `World`, which listens), and add it to `SCENARIOS`. All
models of power cuts, and every failing write and sync, are then tried on it. For kills there is a
list of its own in `child.py`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import apsw

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.adapters.sqlite.connection import APPLICATION_ID
from safeconduct.register import JSON, Entry, Personal
from safeconduct.register.chain import head_after
from safeconduct.register.files import SealedFile, seal
from tests.crash.told import Batch, batch_of
from tests.crash.world import World
from tests.unit.register.writers import a_chain, an_entry


@dataclass(frozen=True)
class Scenario:
    """A name, what is there before, and what is done."""

    name: str
    act: Callable[[World], None]
    prepared: Callable[[Path], list[Batch]] | None = None
    """Makes the file that is there before; without it there is none."""


def text(number: int, long: int = 0) -> Personal:
    """A made-up personal text, the same for the same number."""
    salt = hashlib.sha256(str(number).encode()).digest()
    return Personal.of(f"Somebody Rarely-Named-{number} " + "x" * long, salt)


def named_chain(length: int, writer: str, first: int = 0) -> tuple[list[Entry], list[Personal]]:
    """A chain in which each entry commits to a text of its own."""
    texts = [text(first + number) for number in range(length)]
    bodies: list[JSON] = [{"is": "statement", "by": str(one.commitment)} for one in texts]
    return a_chain(length, writer, bodies), texts


def long_chain(length: int, writer: str, size: int = 3000) -> list[Entry]:
    """A chain of entries that fill about a page each."""
    bodies: list[JSON] = [
        {"is": "statement", "words": f"{n} " * (size // 4)} for n in range(length)
    ]
    return a_chain(length, writer, bodies)


def of_schema_1(path: Path, entries: Sequence[Entry], texts: Sequence[Personal] = ()) -> None:
    """A register as the first version made it: only the first step of the schema."""
    step = resources.files("safeconduct.adapters.sqlite").joinpath("sql/0001_entries.sql")
    old = apsw.Connection(str(path))
    old.execute("PRAGMA journal_mode = WAL").fetchall()
    old.execute("BEGIN")
    old.execute(step.read_text("utf-8")).fetchall()
    old.execute("INSERT INTO register (only, replay) VALUES (1, 0)")
    old.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    old.execute("PRAGMA user_version = 1")
    for entry in entries:
        row = (entry.signed_bytes(), entry.signature)
        old.execute("INSERT INTO entries (signed, signature) VALUES (?, ?)", row)
    for one in texts:
        row = (one.commitment.sha256, one.salt, one.value)
        old.execute("INSERT INTO personal (commitment, salt, value) VALUES (?, ?, ?)", row)
    old.execute("COMMIT")
    old.close()


def _filled(path: Path) -> list[Batch]:
    north, texts = named_chain(3, "north")
    store = SqliteStore.create(path)
    store.append_all(north, texts)
    store.close()
    return [batch_of(north, texts)]


def _old(path: Path) -> list[Batch]:
    north, texts = named_chain(6, "north")
    of_schema_1(path, north, texts)
    return [batch_of(north, texts)]


def _create(world: World) -> None:
    world.create()
    for entry in a_chain(2, "south"):
        world.add([entry])


def _append(world: World) -> None:
    world.open()
    for entry in a_chain(4, "south"):
        world.add([entry])
    world.close()
    world.open()
    for entry in a_chain(3, "east"):
        world.add([entry])


def _batches(world: World) -> None:
    world.open()
    south, texts = named_chain(12, "south", 100)
    world.add(south[:5], texts[:5])
    world.add(south[5:], texts[5:])
    east = an_entry(None, "east", body={"is": "statement", "by": str(text(7, 9000).commitment)})
    world.add([east, an_entry(head_after(east), "east")], [text(7, 9000)])
    world.close()


def _migrate(world: World) -> None:
    world.open()
    world.add(a_chain(2, "south"))
    world.close()


def _copy(world: World) -> None:
    world.create()
    chain = long_chain(24, "south")
    world.add([*named_chain(3, "north")[0], *chain], named_chain(3, "north")[1])
    world.add(a_chain(2, "east"))
    world.close()


def _checkpoint(world: World) -> None:
    world.handle()
    for entry in long_chain(6, "south"):
        world.add([entry])
    world.add(long_chain(3, "east"))
    world.close()


def _erase(world: World) -> None:
    world.open()
    south, texts = named_chain(3, "south", 200)
    world.add(south, texts)
    world.erase(texts[1])
    world.add([an_entry(head_after(south[-1]), "south")])
    world.erase(text(0))
    world.keep(*sealed(4, "convoy-3"))
    body: JSON = {"movement": "convoy-3", "by": [str(text(n).commitment) for n in (300, 301)]}
    world.add([an_entry(None, "east", body=body)], [text(300), text(301)])
    world.erase(text(300))  # the file and the other text are sealed anew
    world.close()


def sealed(number: int, operation: str) -> tuple[SealedFile, bytes]:
    """A made-up file of some pages, the same for the same number, and the key of its operation."""
    key = hashlib.sha256(operation.encode()).digest()
    return seal(bytes([number]) * 9000, operation, key, number.to_bytes(12, "big")), key


def _files(world: World) -> None:
    world.open()
    world.keep(*sealed(1, "convoy-3"))
    world.keep(*sealed(2, "convoy-4"))  # the office has a key already, for its texts
    world.add(a_chain(1, "south"))
    world.keep(*sealed(3, "convoy-3"))
    world.destroy("convoy-3")
    world.add([an_entry(head_after(a_chain(1, "south")[0]), "south")])
    world.close()


SCENARIOS = [
    Scenario("create", _create),
    Scenario("append", _append, _filled),
    Scenario("batches with personal content", _batches, _filled),
    Scenario("migrate", _migrate, _old),
    Scenario("copy", _copy),
    Scenario("checkpoint", _checkpoint, _filled),
    Scenario("erase", _erase, _filled),
    Scenario("files", _files, _filled),
]
"""Each is tried under every model of a power cut, and with every write and sync failing."""


def scenario(name: str) -> Scenario:
    """The scenario of this name."""
    return next(one for one in SCENARIOS if one.name == name)

"""The program that is killed: `python -m tests.crash.child WORK FOLDER SEED`.

It works without end and writes a line before and after each call, to a pipe that is not buffered:
`begun N` and `done N`, N being the number of the call. What each call gives is the same for the
same work, seed and number, so that the parent knows the bytes without reading the register.

Another kind of work is one more entry of `WORK`.
"""

from __future__ import annotations

import itertools
import os
import random
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.register import Entry, Personal
from safeconduct.register.chain import Head, head_after
from tests.crash.scenarios import long_chain, named_chain, of_schema_1, text
from tests.unit.register.writers import an_entry

Call = tuple[Path, list[Entry], list[Personal]]
"""The register that a call is for, and what it gives."""

FILES = 25
"""How many registers of the first schema are there to be migrated."""


def singles(folder: Path, seed: str) -> Iterator[Call]:
    """One entry after another."""
    head: Head | None = None
    for number in itertools.count():
        words = "x" * random.Random(f"{seed}/{number}").randrange(3000)
        entry = an_entry(head, "south", body={"is": "statement", "words": words})
        head = head_after(entry)
        yield folder / "office.sqlite", [entry], []


def batches(folder: Path, seed: str) -> Iterator[Call]:
    """Several entries at a time, each with a personal text."""
    head: Head | None = None
    first = 0
    for number in itertools.count():
        entries: list[Entry] = []
        length = random.Random(f"{seed}/{number}").randint(2, 40)
        texts = [text(first + place, 200) for place in range(length)]
        first += length
        for one in texts:
            entries.append(an_entry(head, "south", body={"by": str(one.commitment)}))
            head = head_after(entries[-1])
        yield folder / "office.sqlite", entries, texts


def migrations(folder: Path, seed: str) -> Iterator[Call]:
    """Opening one register of the first schema after another; nothing is given."""
    del seed
    for number in range(FILES):
        yield folder / f"old-{number}.sqlite", [], []


def copies(folder: Path, seed: str) -> Iterator[Call]:
    """Copying a whole register into a new one, in one call, again and again."""
    chain = [*named_chain(20, "north")[0], *long_chain(150 + len(seed), "south")]
    texts = named_chain(20, "north")[1]
    for number in itertools.count():
        yield folder / f"copy-{number}.sqlite", chain, texts


WORK: dict[str, Callable[[Path, str], Iterator[Call]]] = {
    "singles": singles,
    "batches": batches,
    "migrations": migrations,
    "copies": copies,
}
"""What a killed program may have been doing."""


def prepare(work: str, folder: Path) -> list[tuple[Path, list[Entry], list[Personal]]]:
    """What must lie there before the work, and is kept already."""
    if work in ("singles", "batches"):
        SqliteStore.create(folder / "office.sqlite").close()
        return []
    if work == "copies":
        return []
    north, texts = named_chain(6, "north")
    first = folder / "old-0.sqlite"
    of_schema_1(first, north, texts)
    for number in range(1, FILES):
        (folder / f"old-{number}.sqlite").write_bytes(first.read_bytes())
    return [(folder / f"old-{number}.sqlite", north, texts) for number in range(FILES)]


def main(work: str, folder: Path, seed: str) -> None:
    """Works until it is killed, or there is nothing more to do."""
    store: SqliteStore | None = None
    last: Path | None = None
    for number, (path, entries, texts) in enumerate(WORK[work](folder, seed)):
        _say(f"begun {number}")
        if path != last:
            if store is not None:
                store.close()
            store = SqliteStore.open(path) if path.exists() else SqliteStore.create(path)
            last = path
        assert store is not None
        store.append_all(entries, texts)
        _say(f"done {number}")


def _say(words: str) -> None:
    os.write(1, f"{words}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3])

"""Every bundled case in every kind of store: the same heads and the same judgements, byte for byte.

Each case is recorded into a new register of each kind, which is opened anew where it lies on a disk
or a server. Then every moment that the case is asked about is judged from that register alone, and
held against the judgement of the case itself.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.replay import entries_of
from safeconduct.adapters.memory import MemoryStore
from safeconduct.adapters.postgres import PostgresStore
from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.app.cases import check_moment
from safeconduct.app.opening import Opened
from safeconduct.register import Entry, Store, register_head, roots_of
from tests.golden.bundled import CASES, moments, opened
from tests.postgres import drop_made, new_address

Filled = Callable[[Path, tuple[Entry, ...]], Store]
"""A register of one kind that holds these entries, opened to be read; files go into the folder."""

_PHRASE = "a phrase"


def _memory(folder: Path, entries: tuple[Entry, ...]) -> Store:
    store = MemoryStore(replay=True)
    store.append_all(entries)
    return store


def _sqlite(folder: Path, entries: tuple[Entry, ...]) -> Store:
    place = folder / "register.sqlite"
    return _anew(
        partial(SqliteStore.create, place, replay=True), partial(SqliteStore.open, place), entries
    )


def _locked(folder: Path, entries: tuple[Entry, ...]) -> Store:
    place = folder / "register.locked"
    return _anew(
        partial(SqliteStore.create, place, replay=True, passphrase=_PHRASE),
        partial(SqliteStore.open, place, lambda: _PHRASE),
        entries,
    )


def _postgres(folder: Path, entries: tuple[Entry, ...]) -> Store:
    place = new_address()
    return _anew(
        partial(PostgresStore.create, place, replay=True),
        partial(PostgresStore.open, place),
        entries,
    )


def _anew(
    create: Callable[[], Store], reopen: Callable[[], Store], entries: tuple[Entry, ...]
) -> Store:
    store = create()
    store.append_all(entries)
    store.close()
    return reopen()


KINDS: dict[str, Filled] = {
    "memory": _memory,
    "sqlite": _sqlite,
    "locked": _locked,
    "postgres": _postgres,
}
"""Each kind of store by the name that the contract suite has for it."""


def compared(
    cases: Iterable[str] = CASES,
    kinds: dict[str, Filled] = KINDS,
    say: Callable[[str], None] = lambda text: None,
) -> dict[str, Any]:
    """How many judgements and heads were compared, and in words each that differed.

    A judgement is compared with that of the case, and the heads of a case with one another.
    """
    told: dict[str, Any] = {"cases": 0, "moments": 0, "judgements": 0, "heads": 0, "wrong": []}
    distinct: set[bytes] = set()
    for case in cases:
        expected = _judged(opened(case), case)
        distinct |= set(expected)
        told["cases"] += 1
        told["moments"] += len(expected)
        heads: dict[str, str] = {}
        for kind, filled in kinds.items():
            heads[kind], found = _on(kind, filled, case)
            told["judgements"] += len(found)
            told["heads"] += 1
            told["wrong"] += [
                f"{case}, moment {number}, in {kind}: another judgement"
                for number, (one, other) in enumerate(zip(found, expected, strict=True))
                if one != other
            ]
        if len(set(heads.values())) != 1:
            told["wrong"].append(f"{case}: {heads}")
        say(f"{case}: {len(expected)} moments, head {next(iter(heads.values()))}")
    return told | {"distinct": len(distinct)}


def _on(kind: str, filled: Filled, case: str) -> tuple[str, list[bytes]]:
    """The head of a register of this kind that holds the case, and what is judged from it alone."""
    held = opened(case)
    assert held.case is not None
    with tempfile.TemporaryDirectory(prefix=f"every-store-{kind}-") as folder:
        store = filled(Path(folder), entries_of(held.case))
        try:
            alone = Opened(name=held.name, title=held.title, store=store, policy=held.policy)
            return register_head(roots_of(store)), _judged(alone, case)
        finally:
            store.close()
            drop_made()


def _judged(asked: Opened, case: str) -> list[bytes]:
    return [check_moment(asked, moment).judgement.sealed for moment in moments(case)]

"""What must be true of the files that are left: read by the store, and by a plain connection."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import apsw

from safeconduct.adapters.sqlite import SqliteStore
from safeconduct.errors import MissingFile, NotARegister, SafeconductError
from safeconduct.register import Head, Personal, verify_chain
from safeconduct.register.files import SealedFile, unseal
from tests.crash.told import Batch, Kept, Told
from tests.unit.register.writers import an_entry

SCHEMA = 5


def complaints(path: Path, told: Told) -> list[str]:
    """What is wrong with the register at the path after what was told; empty when all is well.

    Goes on with the register: appends to it, and opens it a second time.
    """
    try:
        store = SqliteStore.open(path)
    except (MissingFile, NotARegister) as error:
        if told.made:
            return [f"lost: the whole register: {error}"]
        return _of_half_made(path, error)
    except SafeconductError as error:
        return [f"does not open: {error}"]
    try:
        found = [Kept(entry.signed_bytes(), entry.signature) for entry in store.entries()]
        wrong = [
            *_lost(found, told),
            *_texts(store, found, told),
            *_files(store, told),
            *_heads(store, found),
        ]
        found.append(_goes_on(store))
        store.close()
        wrong += _plainly(path, found)
        again = SqliteStore.open(path)
        second = [Kept(entry.signed_bytes(), entry.signature) for entry in again.entries()]
        again.close()
    except (SafeconductError, apsw.Error) as error:
        return [f"does not go on: {type(error).__name__}: {error}"]
    if Counter(second) != Counter(found):
        wrong.append(f"changed: {len(second)} entries at the second opening, {len(found)} before")
    return wrong


def _of_half_made(path: Path, error: SafeconductError) -> list[str]:
    """A register whose making was never reported may be refused, if it says what to do."""
    if not isinstance(error, MissingFile) and "make the register again" not in str(error):
        return [f"half made, and no remedy is told: {error}"]
    # The remedy must work, whatever else lies in the folder.
    path.unlink(missing_ok=True)
    try:
        store = SqliteStore.create(path)
        entry = an_entry()
        store.append(entry)
        here = list(store.entries())
        store.close()
    except SafeconductError as again:
        return [f"half made, and cannot be made again: {again}"]
    return [] if here == [entry] else [f"made again with {len(here)} entries, not 1"]


def _lost(found: list[Kept], told: Told) -> list[str]:
    here, must = set(found), {kept for batch in told.done for kept in batch.entries}
    wrong = [f"lost: {len(must - here)} acknowledged entries"] if must - here else []
    if len(here) != len(found):
        wrong.append("twice: an entry is there more than once")
    rest = here - must
    for batch in told.begun:
        part = set(batch.entries) - must
        if part & here and not part <= here:
            wrong.append(f"half: {len(part & here)} of the {len(part)} entries of one call")
        rest -= part
    if rest:
        wrong.append(f"invented: {len(rest)} entries that nobody gave")
    return wrong


def _texts(store: SqliteStore, found: list[Kept], told: Told) -> list[str]:
    wrong, here = [], set(found)
    for batch in {*told.done, *told.begun}:
        there = set(batch.entries) <= here
        for content in batch.texts:
            sha256, held = content.commitment.sha256, store.personal(content.commitment)
            if held not in (None, content.value):
                wrong.append("changed: a personal text")
            if sha256 in told.erased and held is not None:
                wrong.append("lost: an acknowledged erasure")
            if not (there or held is None) and not _elsewhere(content, batch, told, here):
                wrong.append("half: a personal text without its entry")
            if there and held is None and sha256 not in told.erasing:
                wrong.append("lost: the personal text of an entry that is there")
    return wrong


def _files(store: SqliteStore, told: Told) -> list[str]:
    """Each operation is destroyed once, and nothing is kept for it afterwards."""
    wrong = []
    for file in told.filing:
        operation = file.at.operation
        held, key = store.file(file.at), store.operation_key(operation)
        if held and key and not _opens(held, key):
            wrong.append("changed: a file")
        if operation in told.destroyed and (held or key):
            wrong.append("lost: an acknowledged destroying of a key")
        if held and not key:
            wrong.append("half: a file without its key")
        if held is None and file in told.filed and operation not in told.destroying:
            wrong.append("lost: an acknowledged file")
    return wrong


def _opens(file: SealedFile, key: bytes) -> bool:
    """Whether the content of the file comes back; it is sealed anew when its key is destroyed."""
    try:
        unseal(file, key)  # which holds it against its hash
    except SafeconductError:
        return False
    return True


def _elsewhere(content: Personal, batch: Batch, told: Told, here: set[Kept]) -> bool:
    return any(
        other != batch and set(other.entries) <= here and content in other.texts
        for other in (*told.done, *told.begun)
    )


def own_heads(found: Iterable[Kept]) -> tuple[Head, ...]:
    """The heads of the chains, from the bytes alone: each number once, from 0 on, each linked."""
    chains: dict[str, dict[int, bytes]] = {}
    for kept in found:
        told = json.loads(kept.signed)
        chains.setdefault(told["writer"], {})[told["sequence"]] = kept.signed
    heads = []
    for writer, chain in sorted(chains.items()):
        previous = "0" * 64
        for number in range(len(chain)):
            if number not in chain or json.loads(chain[number])["previous"] != previous:
                return ()
            previous = hashlib.sha256(chain[number]).hexdigest()
        heads.append(Head(writer, len(chain), previous))
    return tuple(heads)


def _heads(store: SqliteStore, found: list[Kept]) -> list[str]:
    try:
        verified = verify_chain(store.entries())
    except SafeconductError as error:
        return [f"broken: the chain: {error}"]
    if not verified == store.heads() == own_heads(found):
        return [f"broken: heads {store.heads()}, by the bytes {own_heads(found)}"]
    return []


def _goes_on(store: SqliteStore) -> Kept:
    """The next entry of a chain that is there, or the first of a new one, now appended."""
    head = next(iter(store.heads()), None)
    entry = an_entry(head, head.writer if head else "after")
    assert store.append(entry)
    return Kept(entry.signed_bytes(), entry.signature)


def _plainly(path: Path, found: list[Kept]) -> list[str]:
    """What another program would find wrong, without this program's store."""
    plain = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        rows = [Kept(*row) for row in plain.execute("SELECT signed, signature FROM entries")]
        whole = plain.execute("PRAGMA integrity_check").get
        steps = [plain.execute(f"PRAGMA {name}").get for name in ("user_version", "journal_mode")]
    finally:
        plain.close()
    same = Counter(rows) == Counter(found)
    wrong = [] if same else ["changed: a plain reader sees other entries"]
    if whole != "ok":
        wrong.append(f"broken: the file: {whole}")
    if steps != [SCHEMA, "wal"]:
        wrong.append(f"broken: schema and journal are {steps}")
    return wrong

"""A whole register as one text, so that it can be brought back elsewhere with every hash.

In it is all that a store holds, in the order in which it came: entries, withheld places, personal
texts and files of evidence that were still kept, who wrote here and who stopped. No key that signs
is in it. What it says of the
length and root of each chain is held against what its lines lead to, so a part of it is no backup.
How it becomes a file that nobody else reads is in the adapters.
"""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from safeconduct.errors import BackupRefused, RegisterError, SafeconductError
from safeconduct.register.canonical import canonical, parse
from safeconduct.register.chain import Head, Link, Rooted, Withheld, register_head
from safeconduct.register.codec import decode, encode
from safeconduct.register.copying import as_they_came
from safeconduct.register.entry import Entry, entry_from_bytes
from safeconduct.register.files import Filed, SealedFile, under
from safeconduct.register.handover import Handover
from safeconduct.register.personal import Commitment, Personal
from safeconduct.register.store import Store, roots_of

__all__ = ["FORMAT", "Backup", "backup_from", "backup_of", "bytes_of", "fill"]

FORMAT = "safeconduct-backup-v1"
"""The kind that the first line names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _First:
    """The first line: what the others must add up to."""

    kind: ClassVar[str] = FORMAT
    made_at: int
    replay: bool
    root: str
    here: tuple[str, ...]
    handovers: tuple[Handover, ...]
    chains: tuple[Rooted, ...]
    links: int
    personal: int
    keys: int
    files: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A register as it stood at a moment.

    Parameters
    ----------
    made_at : UTC seconds, by the clock of the machine that made it.
    replay, root, here, handovers : as `Store` tells them.
    chains : the tree of every chain. links : every place in the order of its arrival.
    personal : the texts that were kept.
    keys : of the files of evidence, by operation. files : as they are kept, sealed with these.
    """

    made_at: int
    replay: bool
    root: str
    here: tuple[str, ...]
    handovers: tuple[Handover, ...]
    chains: tuple[Rooted, ...]
    links: tuple[Link, ...]
    personal: tuple[Personal, ...]
    keys: Mapping[str, bytes]
    files: tuple[SealedFile, ...]

    @property
    def head(self) -> str:
        """The head of the register, 64 hex digits."""
        return register_head(self.chains)


def backup_of(
    store: Store, at: int, without: Collection[Commitment] = (), files: Iterable[Filed] = ()
) -> Backup:
    """All that a store holds at this moment.

    Parameters
    ----------
    without : texts that are to be forgotten and stay out.
    files : the files of evidence that are not to be forgotten.

    Raises
    ------
    RegisterError : it was written to meanwhile.
    """
    before = roots_of(store)
    kept = [file for place in files if (file := store.file(place)) is not None]
    keys = {name: store.operation_key(name) for name in sorted({one.at.operation for one in kept})}
    made = Backup(
        made_at=at,
        replay=store.replay,
        root=store.root,
        here=tuple(sorted(store.here())),
        handovers=store.handovers(),
        chains=before,
        links=tuple(as_they_came(store)),
        personal=tuple(one for one in store.contents() if one.commitment not in without),
        keys={name: key for name, key in keys.items() if key is not None},
        files=tuple(kept),
    )
    if roots_of(store) != before:
        raise RegisterError(
            "The register was written to while it was read.",
            "Make the backup again; nothing was written.",
        )
    return made


def bytes_of(backup: Backup) -> bytes:
    """The backup as lines of canonical JSON."""
    first = _First(
        made_at=backup.made_at,
        replay=backup.replay,
        root=backup.root,
        here=backup.here,
        handovers=backup.handovers,
        chains=backup.chains,
        links=len(backup.links),
        personal=len(backup.personal),
        keys=len(backup.keys),
        files=len(backup.files),
    )
    return b"".join(line + b"\n" for line in (canonical(encode(first)), *_lines(backup)))


def _lines(backup: Backup) -> Iterator[bytes]:
    for link in backup.links:
        if isinstance(link, Entry):
            yield canonical([link.signed_bytes().decode(), link.signature or ""])
        else:
            yield canonical(encode(link))
    for text in backup.personal:
        yield canonical([str(text.commitment), text.salt.hex(), text.value])
    for operation, key in backup.keys.items():
        yield canonical([operation, key.hex()])
    for file in backup.files:
        sealed = base64.b64encode(file.sealed).decode()
        yield canonical([file.at.operation, file.at.sha256, file.nonce.hex(), sealed])


def backup_from(data: bytes) -> Backup:
    """The backup in these bytes; whether its chains hold is seen when a store is filled with it.

    Raises
    ------
    BackupRefused : it is cut, of another form or version, or a text is not the one committed to.
    """
    lines = data.split(b"\n")
    if len(lines) < 2 or lines[-1]:
        raise _refused("It ends in the middle of a line")
    try:
        first = decode(_First, parse(lines[0]), "the first line")
        rest = lines[1:-1]
        counts = (first.links, first.personal, first.keys, first.files)
        if len(rest) != sum(counts):
            raise _refused(
                f"It has {len(rest)} lines after the first, which speaks of {sum(counts)}"
            )
        links, texts, keys, files = _cut(rest, counts)
        return Backup(
            made_at=first.made_at,
            replay=first.replay,
            root=first.root,
            here=first.here,
            handovers=first.handovers,
            chains=first.chains,
            links=tuple(map(_link, links)),
            personal=tuple(map(_text, texts)),
            keys=dict(map(_key, keys)),
            files=tuple(map(_file, files)),
        )
    except BackupRefused:
        raise
    except (SafeconductError, ValueError) as error:
        raise _refused(f"A line of it cannot be read: {error}".rstrip(".")) from None


def _link(line: bytes) -> Link:
    found = parse(line)
    if isinstance(found, list):
        signed, signature = decode(tuple[str, str], found)
        return entry_from_bytes(signed.encode(), signature or None)
    return decode(Withheld, found)


def _text(line: bytes) -> Personal:
    written, salt, value = decode(tuple[Commitment, str, str], parse(line))
    return Personal(written, bytes.fromhex(salt), value)


def _key(line: bytes) -> tuple[str, bytes]:
    operation, key = decode(tuple[str, str], parse(line))
    return operation, bytes.fromhex(key)


def _file(line: bytes) -> SealedFile:
    operation, sha256, nonce, sealed = decode(tuple[str, str, str, str], parse(line))
    data = base64.b64decode(sealed, validate=True)
    return SealedFile(Filed(operation, sha256), bytes.fromhex(nonce), data)


def _cut(lines: Sequence[bytes], counts: Iterable[int]) -> Iterator[Sequence[bytes]]:
    at = 0
    for count in counts:
        yield lines[at : at + count]
        at += count


def fill(store: Store, backup: Backup) -> tuple[Head, ...]:
    """The heads of an empty store that now holds what the backup does.

    Raises
    ------
    BackupRefused : its chains do not hold, or are not those that it lists.
    """
    try:
        store.append_all(backup.links, backup.personal)
        store.hand_over(backup.handovers)
        for file in backup.files:
            key = backup.keys.get(file.at.operation, b"")
            held = store.operation_key(file.at.operation, key or None) or b""
            store.keep(under(file, key, held), held)
    except SafeconductError as error:
        raise _refused(f"What is in it does not hold together: {error.found}".rstrip(".")) from None
    if roots_of(store) != backup.chains:
        raise _refused(
            f"Its entries lead to the head {register_head(roots_of(store))[:12]}…, and it lists "
            f"{backup.head[:12]}…"
        )
    for writer in backup.here:
        store.settle(writer)
    return store.heads()


def _refused(found: str) -> BackupRefused:
    return BackupRefused(
        f"{found}.", "Nothing of it was restored. Take another copy of the backup, or an older one."
    )

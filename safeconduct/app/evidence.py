"""The verbs of `evidence`: add a file, list what is recorded, show one, write one out again."""

from __future__ import annotations

import hashlib
import mimetypes
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.definitions import parts
from safeconduct.adapters.files.newfile import write_new
from safeconduct.adapters.files.plaintext import read_bytes
from safeconduct.app.batches import check_values
from safeconduct.app.filing import Shelf, Shelved, State, keep, opened_file
from safeconduct.app.office import fresh_id, one_of
from safeconduct.app.opening import Opened, open_register
from safeconduct.app.registers import Recorded, append_bodies, open_live
from safeconduct.errors import EvidenceRefused, UnknownReference, WrongField
from safeconduct.register import Handling, encode
from safeconduct.register.erasing import OFFICE
from safeconduct.register.files import FILE_BYTES, Filed, resting
from safeconduct.situation import records_of
from safeconduct.spacetime import utc
from safeconduct.vocabulary import Evidence, Movement

__all__ = ["Added", "Listed", "Saved", "add", "body", "list_evidence", "save", "show"]

_UNKNOWN = "application/octet-stream"
# The system's own tables would make the answer another one on every machine.
_TYPES = mimetypes.MimeTypes(filenames=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A file that is on record.

    Parameters
    ----------
    evidence : the id of its record. kept : whether it was not kept before and is now.
    recorded : the entry, if there was something new to record.
    """

    evidence: str
    operation: str
    sha256: str
    size_bytes: int
    kept: bool
    recorded: Recorded

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            **self.recorded.as_json(),
            "evidence": self.evidence,
            "operation": self.operation,
            "sha256": self.sha256,
            "size_bytes": self.size_bytes,
            "kept": self.kept,
        }


@dataclass(frozen=True, slots=True)
class Listed:
    """Records of evidence, and where their files are; `others` were not asked for."""

    found: tuple[Shelved, ...]
    others: int = 0

    @property
    def files(self) -> int:
        """How many files they are; one that several records name counts once."""
        return len({one.at.sha256 for one in self.found})

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"files": self.files, "evidence": [body(one) for one in self.found]}


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written out, and the record that it is of."""

    file: str
    shelved: Shelved

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"file": self.file, **body(self.shelved)}


def add(
    path: str,
    file: str,
    of: Sequence[str],
    *,
    shows: str,
    movement: str | None = None,
    handling: str = Handling.RESTRICTED.value,
    media_type: str = "",
    id: str = "",
    author: str = "",
) -> Added:
    """A file, put on record by its hash and kept beside the register.

    The entry is on disk before the file: what a power cut leaves out is kept when the same file is
    added again. A file that is there already is kept once, and only what it newly bears out is
    recorded.

    Parameters
    ----------
    of : the ids of what it bears out: records, statements, acts.
    movement : the operation that it is kept for, or `office`; left out, the one movement that `of`
        is about, else the office.
    media_type : left out, what the ending of the file's name says.

    Raises
    ------
    MissingFile, FileTooLarge, UnreadableFile : no such file, or it is larger than is kept.
    WrongField : an empty file, no such level, several movements.
    UnknownReference : nothing of an id in `of` is on record.
    KeyRefused, RegisterError : this machine may not write here; nothing is written.
    EvidenceRefused : the operation is being erased at this moment; no file is kept. Or it is kept
        already and damaged: nothing is written.
    """
    level = Handling(one_of("handling level", handling, (one.value for one in Handling)))
    data = read_bytes(Path(file), FILE_BYTES)
    if not data:
        raise WrongField(
            f"{Path(file).name} is empty, and shows nothing.", "Give the file that was meant."
        ).located(file=file)
    sha256 = hashlib.sha256(data).hexdigest()
    with closing(open_live(path)) as opened:
        operation = movement or _operation(opened, of)
        opened_file(opened.store, Filed(operation, sha256))  # whether what is kept already is sound
        there = [
            one
            for one in Shelf(opened).records()
            if (one.at.operation, one.at.sha256) == (operation, sha256) and one.erased is None
        ]
        borne_out = {name for one in there for name in one.record.of}
        new = tuple(dict.fromkeys(name for name in of if name not in borne_out))
        values = [
            Evidence(
                id=id or fresh_id(Evidence.tag),
                of=new,
                sha256=sha256,
                size_bytes=len(data),
                media_type=media_type or _TYPES.guess_type(Path(file).name)[0] or _UNKNOWN,
                shows=shows,
                handling=level,
                movement="" if operation == OFFICE else operation,
            )
        ] if new or not there else []  # fmt: skip
        check_values(opened, values)
        recorded = append_bodies(opened, path, [(v.tag, encode(v), ()) for v in values], author)
        _check_not_erased(opened, Filed(operation, sha256))
        return Added(
            evidence=values[0].id if values else there[0].record.id,
            operation=operation,
            sha256=sha256,
            size_bytes=len(data),
            kept=keep(opened.store, operation, data),
            recorded=recorded,
        )


def list_evidence(path: str, *, movement: str | None = None, of: str | None = None) -> Listed:
    """Every record of evidence, or those of an operation or of what they bear out.

    Raises
    ------
    MissingFile, NotARegister, Locked : as for every verb that reads.
    """
    with closing(open_register(path)) as opened:
        records = Shelf(opened).records()
        found = tuple(
            one
            for one in records
            if movement in (None, one.at.operation) and (of is None or of in one.record.of)
        )
        return Listed(found, others=len(records) - len(found))


def show(path: str, id: str) -> Shelved:
    """One record of evidence, and where its file is.

    Raises
    ------
    UnknownReference : there is none of this id.
    """
    with closing(open_register(path)) as opened:
        return _find(Shelf(opened).records(), id)


def save(path: str, id: str, target: str) -> Saved:
    """A new file with the content of a record of evidence, byte for byte as it was given.

    Raises
    ------
    UnknownReference : there is no record of this id.
    EvidenceRefused : its file was erased, is elsewhere, or does not open.
    RegisterExists, MissingFile : something is at the target, or its folder is not there.
    """
    with closing(open_register(path)) as opened:
        shelf = Shelf(opened)
        found = _find(shelf.records(), id)
        data = shelf.content(found.at.sha256) if found.erased is None else None
        if data is None:
            raise _not_here(found)
    write_new(Path(target), data)
    return Saved(target, found)


def _operation(opened: Opened, of: Iterable[str]) -> str:
    """The one movement that these ids are about, or the office."""
    wanted, about = set(of), set()
    for record in records_of(opened.view().entries):
        ids = {getattr(value, "id", None) for value, _ in parts(record, "")}
        if ids & wanted:
            named = record.id if isinstance(record, Movement) else getattr(record, "movement", "")
            about.add(str(named or OFFICE))
    movements = sorted(about - {OFFICE})
    if len(movements) > 1:
        raise WrongField(
            f"What the file bears out is about several movements: {', '.join(movements)}.",
            "Say for which one it is kept, and forgotten with, by `--movement`; add it again for "
            "another.",
        ).located(field="movement")
    return movements[0] if movements else OFFICE


def _check_not_erased(opened: Opened, at: Filed) -> None:
    """Nothing, when an entry rests on the file that no erasure names."""
    if at not in resting(opened.store.entries(), Shelf(opened).erased):
        raise EvidenceRefused(
            f"What was entered for {at.operation} is being erased in this very second, and the "
            "record of this file with it.",
            "Add the file again if it is still wanted.",
            operation=at.operation,
        )


def _find(records: Iterable[Shelved], id: str) -> Shelved:
    known = {one.record.id: one for one in records}
    if id not in known:
        raise UnknownReference(
            f"No evidence {id!r} is on record here.",
            f"Known: {', '.join(sorted(known)) or 'none'}.",
            id=id,
        )
    return known[id]


def _not_here(found: Shelved) -> EvidenceRefused:
    told = f"The file of {found.record.id} cannot be opened: it is {found.says()}."
    remedy = "Its hash and what it shows stay on record."
    if found.state is State.ELSEWHERE:
        remedy = "Ask that office for a bundle with it (`register export --evidence`)."
        if found.own:
            remedy = "Add the same file again, from where it came."
    return EvidenceRefused(told, remedy, id=found.record.id, state=found.state.value)


def body(one: Shelved) -> dict[str, Any]:
    """The body that every door shows of one record."""
    record = one.record
    return {
        "evidence": record.id,
        "shows": record.shows,
        "of": list(record.of),
        "media_type": record.media_type,
        "size_bytes": record.size_bytes,
        "sha256": record.sha256,
        "handling": record.handling.value,
        "operation": one.at.operation,
        "file": one.state.value,
        "says": one.says(),
        "office": one.office or None,
        "recorded_at": utc(one.entry.recorded_at),
        "entry": one.entry.id,
    }

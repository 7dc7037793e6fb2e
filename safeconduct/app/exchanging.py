"""The verbs `register export` and `register merge`: entries between offices, by file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.bundlefile import (
    FILE_BYTES,
    HOW_TO_NAME_READERS,
    OPENED_BYTES,
    is_sealed,
    read,
    write,
)
from safeconduct.adapters.chance import new_id, new_salt
from safeconduct.adapters.clock import now
from safeconduct.adapters.files.newfile import write_new
from safeconduct.adapters.files.plaintext import read_bytes
from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.keys.reader import identity_of, reader_of
from safeconduct.adapters.passphrase import passphrase
from safeconduct.app.erasing import Forgotten, forget
from safeconduct.app.filing import CameAlong, Shelf, Shelved, State, take
from safeconduct.app.hands import check_clock, is_behind, pen_for
from safeconduct.app.opening import Opened
from safeconduct.app.registers import open_live
from safeconduct.errors import (
    BundleRefused,
    EvidenceRefused,
    FileTooLarge,
    UnknownReference,
    WrongField,
)
from safeconduct.register import Handling, Personal, Withheld
from safeconduct.register.bundle import Bundle
from safeconduct.register.exporting import export
from safeconduct.register.hand import SecretHand
from safeconduct.register.merging import Merged, merge
from safeconduct.register.store import writing_in
from safeconduct.register.view import View

__all__ = ["ALL", "Exported", "TakenIn", "export_bundle", "merge_bundle", "read_bundle", "reader"]

ALL = "all"
"""Asks for the files of all evidence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """A bundle that was written.

    Parameters
    ----------
    entries, withheld : how many places of chains went with their content, and without.
    encrypted : whether only its readers can open it.
    files : how many files of evidence went along. stay : those asked for that may not, and why.
    damaged : those asked for that are kept here and do not open, and what to do.
    strangers : the offices that it is for of which nothing is known here, as when one is misspelt.
    """

    file: str
    bundle: str
    entries: int
    withheld: int
    encrypted: bool
    left_out: tuple[str, ...]
    files: int = 0
    stay: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        """Whether nothing that was asked for and may go was left behind."""
        return not self.damaged

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "file": self.file,
            "bundle": self.bundle,
            "entries": self.entries,
            "withheld": self.withheld,
            "encrypted": self.encrypted,
            "left_out": list(self.left_out),
            "files": self.files,
            "stay": list(self.stay),
            "damaged": list(self.damaged),
            "strangers": list(self.strangers),
        }


def export_bundle(
    path: str,
    file: str,
    *,
    handling: str,
    offices: Sequence[str] = (),
    readers: Sequence[str] = (),
    names: bool = False,
    evidence: Sequence[str] = (),
    since: str | None = None,
) -> Exported:
    """A new file with what a register holds, as far as it may go.

    Parameters
    ----------
    handling : the narrowest level that goes; what is narrower goes as a withheld place.
    offices : whom it is for; entries that name recipients go only to these.
    readers : the keys that it is encrypted for, `age1...`; none leaves it open.
    names : whether personal content goes along; only encrypted.
    evidence : the ids of evidence whose files go along, or `all`; only encrypted, and each only as
        far as its own level and the recipients of its entry allow. One that does not open stays,
        and the rest goes.
    since : a bundle of the other side: what it lists as held there is left out.

    Raises
    ------
    WrongField : no such level or reader, or names or evidence in an open file.
    UnknownReference : there is no such evidence.
    FileTooLarge : more than a reader would take.
    RegisterExists : something is already there.
    KeyRefused : this machine has no key that writes here.
    """
    if evidence and not readers:
        raise WrongField(
            "Files of evidence go only into an encrypted bundle, and nobody is named to read this "
            "one.",
            f"{HOW_TO_NAME_READERS} Or leave the evidence out.",
        ).located(field="reader")
    with closing(open_live(path)) as opened:
        view = opened.view()
        pen = pen_for(opened.store, view.ring)
        moment = now()
        check_clock(moment, opened.store, pen.hand.writer)
        strangers = _strangers(view, offices)
        shelf = Shelf(opened)
        wanted = _asked_for(shelf, evidence)
        content = _Content(shelf, {one.at.sha256 for one in wanted})
        made = export(
            opened.store,
            pen.hand,
            at=moment,
            handling=_level(handling),
            addressees=tuple(offices),
            since=() if since is None else read_bundle(since).holdings(),
            hands=_others(opened, pen.hand.writer),
            evidence=content,
            personal=opened.store.contents() if names else (),
        )
    write_new(Path(file), write(made, readers))
    links = [link for chain in made.chains for link in chain.links]
    withheld = sum(isinstance(link, Withheld) for link in links)
    return Exported(
        file=file,
        bundle=made.sha256,
        entries=len(links) - withheld,
        withheld=withheld,
        encrypted=bool(readers),
        left_out=tuple(f"{one.writer}: {one.says}" for one in made.left_out),
        files=len(made.evidence),
        stay=tuple(_staying(wanted, made, content.refused)),
        damaged=tuple(
            f"{one.record.id}: {content.refused[one.at.sha256]}"
            for one in wanted
            if one.at.sha256 in content.refused
        ),
        strangers=strangers,
    )


def _strangers(view: View, offices: Sequence[str]) -> tuple[str, ...]:
    """The offices that no key is of, and that no entry was shared with."""
    known = {key.office for key in view.ring.keys.values()}
    known.update(name for entry in view.entries for name in entry.recipients)
    return tuple(name for name in dict.fromkeys(offices) if name not in known)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What a bundle brought, and what was forgotten because it says so.

    `files` is None where the bundle held none.
    """

    merged: Merged
    forgotten: tuple[Forgotten, ...]
    files: CameAlong | None = None

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        told = {"forgotten": [one.as_json() for one in self.forgotten]} if self.forgotten else {}
        files = {"files": self.files.as_json()} if self.files else {}
        return {**self.merged.as_json(), **told, **files}


def merge_bundle(path: str, file: str, author: str = "") -> TakenIn:
    """What a bundle brought into a register; erasures that came with it are done here as well.

    Raises
    ------
    BundleRefused : it is damaged, no bundle, or encrypted for others; nothing was written.
    KeyRefused : this machine has no key that may write here.
    MissingFile, NotARegister : there is no such file or register.
    """
    bundle = read_bundle(file)
    with closing(open_live(path)) as opened:
        pen = pen_for(opened.store, opened.view().ring)
        moment = now()
        check_clock(moment, opened.store, pen.hand.writer)
        whose = Personal.of(author or "not named", new_salt())
        merged = merge(
            opened.store,
            bundle,
            pen.hand,
            at=moment,
            author=whose.commitment,
            new_id=new_id,
        )
        pen.written(opened.store)
        opened.forget_views()
        forgotten = forget(opened)
        return TakenIn(
            merged, forgotten, take(opened, bundle.evidence) if bundle.evidence else None
        )


def reader() -> str:
    """The key that others encrypt bundles for, so that this machine can open them."""
    return reader_of(KeyFolder.own(), passphrase)


def _others(opened: Opened, but: str) -> list[SecretHand]:
    """The other hands of this machine that write here, so that they say how long their chains are.

    Among them the root: what it has not said about keys is as telling as what it has.
    """
    keys, hands = KeyFolder.own(), []
    for writer in sorted(writing_in(opened.store) - {but}):
        key, head = keys.find(writer), opened.store.head(writer)
        # One that has gone on in another copy would contradict what it says there.
        if key is not None and head is not None and not is_behind(key, head):
            hands.append(key.hand(passphrase))
    return hands


def read_bundle(file: str) -> Bundle:
    """The bundle in a file; this machine's key opens it where it is encrypted.

    Raises
    ------
    BundleRefused : it is damaged, no bundle, or encrypted for others.
    MissingFile, FileTooLarge : nothing is there, or more than is read.
    """
    data = read_bytes(Path(file), FILE_BYTES)
    # A clear one needs no key, which may be locked with another passphrase than the register.
    identity = identity_of(KeyFolder.own(), passphrase) if is_sealed(data) else None
    try:
        return read(data, (identity,) if identity else ())
    except BundleRefused as error:
        raise error.located(file=file) from None


class _Content:
    """The files that were asked for, opened one by one as the bundle is made."""

    def __init__(self, shelf: Shelf, wanted: Collection[str]) -> None:
        self._shelf, self._wanted, self._size = shelf, wanted, 0
        self.refused: dict[str, EvidenceRefused] = {}
        """Those that do not open, and why."""

    def get(self, sha256: str, /) -> bytes | None:
        """The content, where it was asked for, is here and opens."""
        try:
            data = self._shelf.content(sha256) if sha256 in self._wanted else None
        except EvidenceRefused as error:
            self.refused[sha256] = error
            return None
        self._size += len(data or b"")
        if self._size > OPENED_BYTES:
            raise FileTooLarge(
                f"The files of the evidence have more than the {OPENED_BYTES} bytes that are read "
                "of one bundle.",
                "Send them in several bundles: `--evidence ID` for each.",
            )
        return data


def _asked_for(shelf: Shelf, evidence: Sequence[str]) -> tuple[Shelved, ...]:
    if not evidence:
        return ()
    known = {one.record.id: one for one in shelf.records()}
    for id in evidence:
        if id != ALL and id not in known:
            raise UnknownReference(
                f"No evidence {id!r} is on record here.",
                f"Give `{ALL}`, or one of: {', '.join(sorted(known)) or 'none'}.",
                id=id,
            )
    return tuple(one for one in known.values() if ALL in evidence or one.record.id in evidence)


def _staying(wanted: Sequence[Shelved], made: Bundle, damaged: Collection[str]) -> Iterator[str]:
    levels = list(Handling)
    for one in wanted:
        if one.at.sha256 in made.evidence or one.at.sha256 in damaged:
            continue
        level, why = one.record.handling, one.says()
        if one.state is State.HERE and levels.index(level) > levels.index(made.handling):
            why = f"it is {level.value}, and the bundle {made.handling.value}"
        elif one.state is State.HERE:
            why = "what rests on it names other recipients, or a narrower level"
        yield f"{one.record.id}: {why}"


def _level(handling: str) -> Handling:
    try:
        return Handling(handling)
    except ValueError:
        raise WrongField(
            f"There is no handling level {handling!r}.",
            f"Give one of {', '.join(one.value for one in Handling)}.",
        ).located(field="handling") from None

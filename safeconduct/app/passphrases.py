"""The verb `register passphrase`: another one for a register file and this machine's keys."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.keys import KeyFolder
from safeconduct.adapters.keys.reader import reader_file
from safeconduct.adapters.keys.relocking import KeyFile
from safeconduct.adapters.passphrase import new_passphrase, passphrase
from safeconduct.adapters.stores import name_of, on_server, open_store, relocked
from safeconduct.errors import Locked, RegisterError, SafeconductError

__all__ = ["Changed", "change"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What opens with the new passphrase from now on.

    Parameters
    ----------
    file : whether the register is a file of its own, which was written anew.
    keys : the writers whose keys were changed; `reader` for the key that opens bundles.
    left : those that open with neither, and were left as they are.
    """

    register: str
    file: bool
    keys: tuple[str, ...]
    left: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {
            "register": self.register,
            "file": self.file,
            "keys": list(self.keys),
            "left": list(self.left),
        }


def change(path: str) -> Changed:
    """A register file and the keys of this machine that write into it, with another passphrase.

    Whatever stops it, all of them open with the old passphrase, or all with the new one: first
    the keys open with both, then the file changes in one step, then the keys forget the old one.

    Raises
    ------
    Locked : the passphrase of this run is missing or another.
    WrongField : no new one is given, or the same.
    RegisterError : the file is not locked, or another program has it open.
    MissingFile, NotARegister : there is no register.
    """
    with closing(open_store(path)) as store:
        is_file = not on_server(path)
        if is_file and not getattr(store, "locked", False):
            raise RegisterError(
                "The register is not locked with a passphrase.",
                "Move it to a locked file: `safeconduct register migrate`.",
            ).located(file=path)
        files = _key_files(store.here())
    good, left = _opening(files)
    new = new_passphrase()
    old = passphrase() if any(file.is_locked for file in good.values()) else None
    for file in good.values():
        file.begin(old, new)
    if is_file:
        try:
            relocked(Path(path), new)
        except SafeconductError:
            _take_back(path, good.values())
            raise
    for file in good.values():
        file.end()
    return Changed(register=name_of(path), file=is_file, keys=tuple(good), left=tuple(left))


def _take_back(path: str, files: Iterable[KeyFile]) -> None:
    """Where the register was left as it was, the new passphrase opens none of the keys."""
    try:
        open_store(path).close()
    except SafeconductError:  # it has the new one already, or cannot be read: so both stay
        return
    for file in files:
        file.take_back()


def _key_files(writers: frozenset[str]) -> dict[str, KeyFile]:
    """The keys of this machine that these writers are, and the one that it reads bundles with."""
    keys = KeyFolder.own()
    found = {
        writer: key.file for writer in sorted(writers) if (key := keys.find(writer)) is not None
    }
    if (reader := reader_file(keys)) is not None:
        found["reader"] = reader
    return found


def _opening(files: dict[str, KeyFile]) -> tuple[dict[str, KeyFile], list[str]]:
    """Those that open with the passphrase of this run or lie open, and the others.

    Raises
    ------
    Locked : all of them are locked, and none opens.
    """
    good: dict[str, KeyFile] = {}
    refused: dict[str, Locked] = {}
    for name, file in files.items():
        try:
            if file.is_locked:
                file.unlocked(_given())
            good[name] = file
        except Locked as error:
            refused[name] = error.located(file=str(file.path))
    if refused and not good:
        raise next(iter(refused.values()))
    return good, list(refused)


def _given() -> str:
    given = passphrase()
    if given is None:
        raise Locked(
            "The key is locked with a passphrase, and none was given.",
            "Type it at the prompt, or give it in SAFECONDUCT_PASSPHRASE.",
        )
    return given

"""Changing the passphrase of a key's file, so that the old or the new one opens it at any moment.

While a change is under way the file holds two locks, the later one beside the one before. Whoever
opens the later one has the new passphrase, so the change has come that far: the one before goes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.keys.private import write_private
from safeconduct.adapters.keys.sealing import Sealed, seal, unseal
from safeconduct.errors import Locked

__all__ = ["KeyFile"]

_LATER = "later"


@dataclass(frozen=True, slots=True)
class KeyFile:
    """A file with a secret that is locked, or lies open.

    Parameters
    ----------
    bound_to : what its lock is bound to.
    """

    path: Path
    bound_to: bytes

    @property
    def is_locked(self) -> bool:
        """Whether the secret is had with a passphrase only."""
        return "secret" not in self._told()

    def unlocked(self, passphrase: str) -> bytes:
        """The secret of a locked file; a change of its passphrase that was cut is ended.

        Raises
        ------
        Locked : the passphrase is another, or the lock was changed.
        """
        told = self._told()
        lock = self._lock(told, passphrase)
        try:
            secret = unseal(Sealed.from_json(lock), passphrase, self.bound_to)
        except Locked as error:
            raise error.located(file=str(self.path)) from None
        if lock is told.get(_LATER):
            self.end()
        return secret

    def begin(self, passphrase: str | None, new: str) -> None:
        """From now on it opens with either; an open file is locked by `end`.

        Raises
        ------
        Locked : the passphrase is not the one that it opens with.
        """
        if self.is_locked:
            secret = self.unlocked(passphrase or "")
        else:
            secret = _plain(str(self._told()["secret"]))
        told = self._told()
        told[_LATER] = seal(secret, new, self.bound_to).as_json()
        self._write(told)

    def end(self) -> None:
        """From now on it opens with the new one only."""
        told = self._told()
        told["sealed"] = told.pop(_LATER)
        told.pop("secret", None)
        self._write(told)

    def take_back(self) -> None:
        """From now on it opens as before `begin` only."""
        told = self._told()
        told.pop(_LATER, None)
        self._write(told)

    def _lock(self, told: Mapping[str, Any], passphrase: str) -> Any:
        """The later lock where the passphrase opens it, else the one before."""
        if _LATER in told:
            try:
                unseal(Sealed.from_json(told[_LATER]), passphrase, self.bound_to)
                return told[_LATER]
            except Locked:
                pass
        return told["sealed"]

    def _told(self) -> dict[str, Any]:
        return dict(json.loads(self.path.read_text("utf-8")))

    def _write(self, told: Mapping[str, Any]) -> None:
        write_private(self.path, json.dumps(told, indent=1) + "\n")


def _plain(secret: str) -> bytes:
    """What is locked: a device's key stands in its file in hex, a reader's as the text it is."""
    return secret.encode() if secret.startswith("AGE-") else bytes.fromhex(secret)

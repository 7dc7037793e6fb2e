"""The folder with the keys of this machine, outside of any register.

A register that is copied, restored or stolen has no key in it. Beside each key stands how far its
chain reached when it last wrote: a register in which the chain is shorter is an older copy, and the
key must not write there, since that would make two chains of one.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from safeconduct.adapters.chance import new_bytes
from safeconduct.adapters.keys.private import write_private
from safeconduct.adapters.keys.relocking import KeyFile
from safeconduct.adapters.keys.sealing import Sealed, seal
from safeconduct.adapters.userfolder import own_folder
from safeconduct.errors import KeyRefused, Locked, UnreadableFile
from safeconduct.register.chain import Head
from safeconduct.register.hand import SecretHand
from safeconduct.register.signing import PUBLIC_BYTES, SECRET_BYTES, writer_id

__all__ = ["DeviceKey", "KeyFolder", "Mark", "Passphrase"]

_FORMAT = "safeconduct-key-v1"

Passphrase = Callable[[], str | None]
"""Asks for the passphrase; None when there is nobody to ask."""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a key has written: the size of its chain, and the hash of its last entry."""

    size: int
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceKey:
    """A key as it lies in its file.

    Parameters
    ----------
    sealed : the secret, where it is locked with a passphrase; else it lies open in the file.
    """

    path: Path
    device: str
    public: bytes
    sealed: Sealed | None
    _open: bytes | None = None

    @property
    def writer(self) -> str:
        """Its id as a writer."""
        return writer_id(self.device, self.public)

    def hand(self, passphrase: Passphrase) -> SecretHand:
        """The hand that signs with it.

        Raises
        ------
        Locked : it needs a passphrase, and none is given or another one.
        """
        secret = self._open
        if self.sealed is not None:
            given = passphrase()
            if given is None:
                raise Locked(
                    f"The key {self.writer} is locked with a passphrase, and none was given.",
                    "Type it at the prompt, or give it in SAFECONDUCT_PASSPHRASE.",
                ).located(file=str(self.path))
            secret = self.file.unlocked(given)
        assert secret is not None  # a key file has the one or the other
        return SecretHand(self.device, secret)

    @property
    def file(self) -> KeyFile:
        """Its file, for changing the passphrase."""
        return KeyFile(self.path, self.public)

    def mark(self) -> Mark | None:
        """How far it had written when this machine last wrote with it."""
        try:
            size, digest = self._mark_path.read_text("utf-8").split()
            return Mark(int(size), digest)
        except FileNotFoundError:
            return None
        except ValueError:
            raise UnreadableFile(
                "What stands here is not how far a key has written.",
                "Delete the file after looking that the register is no older copy.",
            ).located(file=str(self._mark_path)) from None

    def remember(self, head: Head) -> None:
        """How far it has written now; it replaces what stood there whole."""
        write_private(self._mark_path, f"{head.size} {head.hash}\n")

    @property
    def _mark_path(self) -> Path:
        return self.path.with_suffix(".mark")


class KeyFolder:
    """The keys of this machine's user.

    Parameters
    ----------
    folder : made when the first key is, readable by its owner alone.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def own(cls) -> Self:
        """The folder of the user: SAFECONDUCT_HOME, or where the system keeps configuration."""
        return cls(own_folder() / "keys")

    def new(self, device: str, passphrase: str | None) -> DeviceKey:
        """A new key, written to the folder; locked where a passphrase is given.

        Raises
        ------
        WrongField : the name of the device has other characters.
        """
        hand = SecretHand(device, secret := new_bytes(SECRET_BYTES))
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self._path(hand.writer)
        sealed = seal(secret, passphrase, hand.public) if passphrase else None
        told = {
            "format": _FORMAT,
            "device": device,
            "public": hand.public.hex(),
            **({"sealed": sealed.as_json()} if sealed else {"secret": secret.hex()}),
        }
        write_private(path, json.dumps(told, indent=1) + "\n")
        return DeviceKey(
            path=path,
            device=device,
            public=hand.public,
            sealed=sealed,
            _open=None if sealed else secret,
        )

    def find(self, writer: str) -> DeviceKey | None:
        """The key of a writer, if this machine has it."""
        path = self._path(writer)
        return _read(path) if path.is_file() else None

    def all(self) -> Iterator[DeviceKey]:
        """All keys of the folder, by file name.

        Raises
        ------
        UnreadableFile : a file in it is no key.
        """
        for path in sorted(self.folder.glob("*.json")):
            yield _read(path)

    def _path(self, writer: str) -> Path:
        return self.folder / f"{writer.replace(':', '-')}.json"

    def forget(self, writer: str) -> bool:
        """Removes a key that may write no longer; whether there was one."""
        key = self.find(writer)
        if key is not None:
            key.path.unlink()
        return key is not None


def _read(path: Path) -> DeviceKey:
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != _FORMAT:
            raise KeyError("format")
        public = bytes.fromhex(told["public"])
        secret = bytes.fromhex(told["secret"]) if "secret" in told else None
        sealed = Sealed.from_json(told["sealed"]) if secret is None else None
        if len(public) != PUBLIC_BYTES or (secret and len(secret) != SECRET_BYTES):
            raise ValueError("a key of another length")
        key = DeviceKey(
            path=path, device=told["device"], public=public, sealed=sealed, _open=secret
        )
        _check_pair(key)
        return key
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UnreadableFile(
            f"This is no key file: {error!r}.",
            "Take it out of the folder; if it was a key, make a new one and have it introduced.",
        ).located(file=str(path)) from None


def _check_pair(key: DeviceKey) -> None:
    """An open secret belongs to the public half beside it; a locked one says so when it opens."""
    if key.sealed is None and key.hand(lambda: None).public != key.public:
        raise KeyRefused(
            f"The secret in this file is not that of {key.writer}.",
            "Make a new key and have it introduced.",
        ).located(file=str(key.path))

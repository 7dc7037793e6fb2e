"""The key with which this machine reads what others encrypt for it (age, X25519)."""

from __future__ import annotations

import json

import pyrage

from safeconduct.adapters.keys.folder import KeyFolder, Passphrase
from safeconduct.adapters.keys.private import write_private
from safeconduct.adapters.keys.relocking import KeyFile
from safeconduct.adapters.keys.sealing import seal
from safeconduct.errors import Locked, UnreadableFile

__all__ = ["identity_of", "reader_file", "reader_of"]

_FORMAT = "safeconduct-reader-v1"
_NAME = "reader.age"
_BOUND = b"safeconduct-reader-v1"


def reader_of(keys: KeyFolder, passphrase: Passphrase) -> str:
    """The name that others encrypt for, `age1...`; the key is made when it is first asked for."""
    told = _told(keys)
    if told is None:
        identity = pyrage.x25519.Identity.generate()
        phrase, secret = passphrase(), str(identity)
        told = {"format": _FORMAT, "reader": str(identity.to_public())}
        if phrase:
            told["sealed"] = seal(secret.encode(), phrase, _BOUND).as_json()
        else:
            told["secret"] = secret
        keys.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_private(keys.folder / _NAME, json.dumps(told, indent=1) + "\n")
    return str(told["reader"])


def identity_of(keys: KeyFolder, passphrase: Passphrase) -> str | None:
    """The secret key, `AGE-SECRET-KEY-1...`; None when this machine has never made one.

    Raises
    ------
    Locked : it needs a passphrase, and none is given or another one.
    """
    told = _told(keys)
    if told is None:
        return None
    if "secret" in told:
        return str(told["secret"])
    given = passphrase()
    if given is None:
        raise Locked(
            "The key that opens encrypted bundles is locked with a passphrase, and none was given.",
            "Type it at the prompt, or give it in SAFECONDUCT_PASSPHRASE.",
        ).located(file=str(keys.folder / _NAME))
    return KeyFile(keys.folder / _NAME, _BOUND).unlocked(given).decode()


def reader_file(keys: KeyFolder) -> KeyFile | None:
    """The file of that key, for changing the passphrase; None when there is none."""
    return KeyFile(keys.folder / _NAME, _BOUND) if _told(keys) is not None else None


def _told(keys: KeyFolder) -> dict[str, object] | None:
    path = keys.folder / _NAME
    try:
        told = json.loads(path.read_text("utf-8"))
        if told["format"] != _FORMAT or not told["reader"]:
            raise KeyError("format")
        if not {"secret", "sealed"} & told.keys():
            raise KeyError("secret")
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableFile(
            f"This is no key for reading: {error!r}.",
            "Take it out of the folder; what was encrypted for it can be asked for again.",
        ).located(file=str(path)) from None
    return dict(told)

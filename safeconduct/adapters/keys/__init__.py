"""The device's own secrets: with which keys does this machine write, and who may use them?

Takes: a folder of the user's own; a passphrase from whoever sits there.
Gives: hands that sign, and how far each key has written as this machine remembers it.
Never: writes a secret into a register, keeps a passphrase, or lets two keys share a name.

Start reading at `folder.py`; `sealing.py` is how a secret is locked with a passphrase.
"""

from __future__ import annotations

from safeconduct.adapters.keys.folder import DeviceKey, KeyFolder, Mark
from safeconduct.adapters.keys.sealing import Sealed, seal, unseal

__all__ = ["DeviceKey", "KeyFolder", "Mark", "Sealed", "seal", "unseal"]

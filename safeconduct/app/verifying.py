"""The verb `register verify`: what a register, an export or a backup alone proves by itself."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from safeconduct.adapters.backupfile import is_backup
from safeconduct.adapters.bundlefile import is_bundle
from safeconduct.adapters.stores import name_of, on_server, open_store
from safeconduct.app.backups import check_backup
from safeconduct.app.exchanging import read_bundle
from safeconduct.app.founding import check_root
from safeconduct.app.unswept import unswept
from safeconduct.errors import MissingFile, RegisterError
from safeconduct.register.verifying import Verified, verify, verify_bundle

__all__ = ["verify_file"]


def verify_file(path: str, root: str | None = None) -> Verified:
    """What the signatures and hashes of a register, a bundle or a backup prove, each by itself.

    Parameters
    ----------
    path : a register, a bundle as `register export` writes it, or a backup.
    root : the id of the office's root, as the reader knows it from elsewhere; of a register or its
        backup, the one that it was made with when left out.

    Raises
    ------
    MissingFile, NotARegister, BundleRefused, BackupRefused : it is none of these, or damaged.
    RegisterError : it is a replay, which nobody has signed.
    WrongField : `root` is no id of a root.
    """
    if root is not None:
        check_root(root, "root")
    beginning = b"" if on_server(path) else _beginning(Path(path))
    if is_backup(beginning):
        return check_backup(path, root)
    if is_bundle(beginning):
        return verify_bundle(read_bundle(path), root)
    with closing(open_store(path)) as store:
        if store.replay:
            raise RegisterError(
                "The register is a replay: it was made from a case, and nobody has signed it.",
                "Compare its head with that of the case: `safeconduct register log`.",
            ).located(file=name_of(path))
        with unswept():
            return verify((*store.entries(), *store.withheld()), root=root or store.root)


def _beginning(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(64)
    except (FileNotFoundError, NotADirectoryError):
        raise MissingFile.at(path) from None
    except OSError:
        return b""  # a folder, say: the store tells what is wrong with it

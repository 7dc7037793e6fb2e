"""A text in the person's own editor, and what they made of it."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from pathlib import Path

from safeconduct.errors import InputError

__all__ = ["edited"]

_ELSE = "vi"  # what POSIX has where neither variable names one


def edited(text: str, suffix: str) -> str:
    """What a person saved; the same text where they saved nothing.

    The file lies in a folder that only this user can open, and is gone afterwards.

    Parameters
    ----------
    suffix : of the file's name, so that the editor knows its form.

    Raises
    ------
    InputError : the editor cannot be started, or ended with an error.
    """
    named = os.environ.get("VISUAL") or os.environ.get("EDITOR") or _ELSE
    with tempfile.TemporaryDirectory(prefix="safeconduct-") as folder:
        path = Path(folder) / f"draft{suffix}"
        path.write_text(text, encoding="utf-8")
        try:
            code = subprocess.run([*shlex.split(named), str(path)], check=False).returncode
        except (OSError, ValueError) as error:
            raise InputError(
                f"The editor `{named}` cannot be started: {error}.",
                "Name one that is installed in the variable EDITOR, such as `EDITOR=nano`.",
            ) from None
        if code:
            raise InputError(
                f"The editor `{named}` ended with {code}, so nothing of it was taken.",
                "Edit again, or set the variable EDITOR to another one.",
            )
        return path.read_text(encoding="utf-8")

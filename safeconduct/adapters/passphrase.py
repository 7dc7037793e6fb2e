"""Asking for the passphrase: from whoever sits at the terminal, or from the environment."""

from __future__ import annotations

import getpass
import os
import sys
from functools import cache

__all__ = ["passphrase"]

VARIABLE = "SAFECONDUCT_PASSPHRASE"


def passphrase() -> str | None:
    """What was given for this run; None when there is nobody to ask, and when nothing was typed.

    The environment comes first, for what runs by itself. A passphrase that was typed is asked for
    once in a run, and is kept nowhere.
    """
    return os.environ.get(VARIABLE) or _typed()


@cache
def _typed() -> str | None:
    if not (sys.stdin and sys.stdin.isatty() and sys.stderr.isatty()):
        return None
    return getpass.getpass("Passphrase: ") or None

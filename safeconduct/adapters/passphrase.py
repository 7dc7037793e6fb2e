"""Asking for the passphrase: from whoever sits at the terminal, or from the environment."""

from __future__ import annotations

import getpass
import os
import sys
from functools import cache

from safeconduct.errors import WrongField

__all__ = ["new_passphrase", "passphrase"]

VARIABLE, NEW_VARIABLE = "SAFECONDUCT_PASSPHRASE", "SAFECONDUCT_NEW_PASSPHRASE"


def passphrase() -> str | None:
    """What was given for this run; None when there is nobody to ask, and when nothing was typed.

    The environment comes first, for what runs by itself. A passphrase that was typed is asked for
    once in a run, and is kept nowhere.
    """
    return os.environ.get(VARIABLE) or _typed()


def new_passphrase() -> str:
    """The passphrase that takes the place of the other: from the environment, or typed twice.

    Raises
    ------
    WrongField : none is given, the same as before, or two that differ were typed.
    """
    given = os.environ.get(NEW_VARIABLE)
    if not given and _is_somebody_there():
        given = getpass.getpass("New passphrase: ")
        if given and getpass.getpass("The same again: ") != given:
            raise _refused("The new passphrase was typed in two different ways.")
    if not given:
        raise _refused("No new passphrase was given.")
    if given == passphrase():
        raise _refused("The new passphrase is the one that is there already.")
    return given


def _refused(found: str) -> WrongField:
    return WrongField(
        f"{found} Nothing was changed.",
        f"Type it at the prompts, or give it in {NEW_VARIABLE} beside {VARIABLE}.",
    ).located(field="new passphrase")


@cache
def _typed() -> str | None:
    return (getpass.getpass("Passphrase: ") or None) if _is_somebody_there() else None


def _is_somebody_there() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stderr.isatty())

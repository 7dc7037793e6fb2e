"""Reading a policy file: the same strictness as a case file, then checked as a whole."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from safeconduct.adapters.files.yamllines import read_yaml
from safeconduct.policy import Policy
from safeconduct.register.codec import decode


def core_policy() -> Policy:
    """The policy that comes with the package."""
    return read_policy(Path(str(files("safeconduct") / "policy" / "core.yaml")))


def read_policy(path: Path) -> Policy:
    """The policy in a file.

    Raises
    ------
    MissingFile, UnreadableFile, DuplicateKey, WrongField, PolicyRefused : with file, line, field.
    """
    marked = read_yaml(path)
    with marked.locating():
        return decode(Policy, marked.data)

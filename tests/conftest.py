"""What every test has: a home of its own for the keys of this machine, and no passphrase."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest


@pytest.fixture(scope="session", autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder for keys that is not the user's; child processes take it over."""
    folder = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SAFECONDUCT_HOME", str(folder))
        patch.delenv("SAFECONDUCT_PASSPHRASE", raising=False)
        yield folder


@pytest.fixture(autouse=True)
def unmarked(home: Path) -> None:
    """Tests begin with copies of one register, which a machine that remembers would refuse."""
    for mark in (home / "keys").glob("*.mark"):
        mark.unlink()

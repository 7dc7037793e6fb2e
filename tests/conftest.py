"""What every test has: a home of its own for keys, no passphrase, and the whole program loaded."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import safeconduct


@pytest.fixture(scope="session", autouse=True)
def whole_program(request: pytest.FixtureRequest) -> None:
    """Every module is loaded before the first test, where one of those to come is a property.

    Hypothesis draws constants that stand in the modules loaded by then, so that otherwise what a
    property tries would depend on which tests the same process happened to run before it.
    """
    if not any(_is_property(item) for item in request.session.items):
        return
    for module in walk_packages(safeconduct.__path__, "safeconduct."):
        if not module.name.endswith("__main__"):
            import_module(module.name)


def _is_property(item: pytest.Item) -> bool:
    return getattr(getattr(item, "function", None), "is_hypothesis_test", False)


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

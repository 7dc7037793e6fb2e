"""The examples in the docstrings of the room are run as they stand."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import safeconduct.spacetime


def test_every_example_in_a_docstring_of_the_room_is_true() -> None:
    names = [module.name for module in pkgutil.iter_modules(safeconduct.spacetime.__path__)]
    modules = [importlib.import_module(f"safeconduct.spacetime.{name}") for name in names]
    outcomes = [doctest.testmod(module) for module in modules]
    assert sum(outcome.failed for outcome in outcomes) == 0
    assert sum(outcome.attempted for outcome in outcomes) >= 12

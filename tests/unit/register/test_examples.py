"""The examples in the room's docstrings run."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import safeconduct.register

MODULES = [
    module.name
    for module in pkgutil.walk_packages(safeconduct.register.__path__, "safeconduct.register.")
]


@pytest.mark.parametrize("name", MODULES)
def test_every_example_of_a_docstring_gives_what_it_says(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples_to_run():
    tried = (doctest.testmod(importlib.import_module(name)).attempted for name in MODULES)
    assert sum(tried) >= 8

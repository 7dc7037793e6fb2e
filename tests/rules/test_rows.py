"""Every row of every family of rules."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import tests.rules
from tests.rules.rows import Row


def rows() -> list[Row]:
    """The rows of all families, in the order of the modules' names."""
    names = sorted(each.name for each in pkgutil.iter_modules(tests.rules.__path__))
    families = [importlib.import_module(f"tests.rules.{name}") for name in names]
    return [row for family in families for row in getattr(family, "ROWS", ())]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row.name)
def test_a_rule_says_what_the_table_says(row: Row) -> None:
    found = row.world().findings(row.rule)
    assert row.holds(), [(one.status.value, one.code, one.says) for one in found]

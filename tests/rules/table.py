"""All rows of all families as one table, rule by status, and why a cell of it is empty."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType

import tests.rules
from safeconduct.clearance import Status
from safeconduct.policy import Level, Phase, Rule
from tests.rules.rows import Row

Cell = tuple[str, Status]


def families() -> Iterator[ModuleType]:
    """The modules that hold rows, in the order of their names."""
    for name in sorted(each.name for each in pkgutil.iter_modules(tests.rules.__path__)):
        if not name.startswith("test_"):
            yield importlib.import_module(f"tests.rules.{name}")


def rows() -> list[Row]:
    """The rows of all families, in the order of the modules' names."""
    return [row for family in families() for row in getattr(family, "ROWS", ())]


def empty() -> Mapping[Cell, str]:
    """Why a rule never has a status, as its family's `EMPTY` says."""
    found: dict[Cell, str] = {}
    for family in families():
        found |= getattr(family, "EMPTY", {})
    return found


def why_empty(rule: Rule, status: Status, said: Mapping[Cell, str]) -> str | None:
    """Why a cell is empty: as the family says, or as the rule itself shows; None if nobody does."""
    if (rule.id, status) in said:
        return said[rule.id, status]
    if status is Status.NOT_YET_DUE and rule.phase is Phase.PLAN:
        return "It is due from planning on."
    if rule.level is Level.INVARIANT and status is not Status.NOT_APPLICABLE:
        return "A promise of the program about itself is kept, or the program is wrong."
    return None

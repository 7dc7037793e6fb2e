"""A pytest plugin for shows: writes into each test's record which laws it states, and how often.

`law`: a number from its `@pytest.mark.law(...)`. `asked`: how many examples the surroundings ask
of it, by `SAFECONDUCT_EXAMPLES`. `examples`: how many worlds hypothesis tried.
"""

from __future__ import annotations

import os
import re

import pytest

# "during generate phase (0.31 seconds):" is followed by "... 2000 passing, 0 failing and ...".
_TRIED = re.compile(r"during (?:reuse|generate) phase .*?(\d+) passing", re.DOTALL)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Records the laws of each test, and how many examples are asked of it."""
    asked = os.environ.get("SAFECONDUCT_EXAMPLES", "")
    for item in items:
        laws = [number for mark in item.iter_markers("law") for number in mark.args]
        item.user_properties += [("law", str(number)) for number in laws]
        if laws:
            item.user_properties.append(("asked", asked))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> None:
    """Records the number of examples, once the test has run and before its report is made."""
    statistics = getattr(item, "hypothesis_statistics", None)
    if call.when == "call" and statistics:
        tried = sum(int(number) for number in _TRIED.findall(statistics))
        item.user_properties.append(("examples", str(tried)))

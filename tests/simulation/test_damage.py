"""Damaged bundles are refused with a reason, or are the very same bundle."""

from __future__ import annotations

import os

from tests.simulation.damage import run


def test_damaged_bundles_are_refused_or_the_same() -> None:
    said: list[str] = []
    told = run(int(os.environ.get("SAFECONDUCT_SEED", "1")), 1000, said.append)
    assert (said, told["wrong"]) == ([], 0)
    assert told["happened"]["refused"] > 900
    assert told["peak_mb"] < 20

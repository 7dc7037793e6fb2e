"""Whatever searches tells the compiler first where to keep what it compiles."""

from __future__ import annotations

import os

import pytest

from safeconduct.app import importedmap, kernels, roadmap, roadway, warming
from safeconduct.roads import choosing

VARIABLE = "NUMBA_CACHE_DIR"


@pytest.mark.parametrize(("name", "given"), [("kernel_for", ("ways",)), ("warm", ())])
def test_the_place_of_kernels_is_told_before_the_compiler_is_loaded(
    name: str, given: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, "")  # so that what is set here is undone after the test
    monkeypatch.delenv(VARIABLE)
    told = []
    monkeypatch.setattr(choosing, name, lambda *ways: told.append(os.environ.get(VARIABLE)))
    getattr(kernels, name)(*given)
    assert len(told) == 1 and "safeconduct" in (told[0] or "")


def test_every_verb_that_searches_asks_there() -> None:
    for module in (roadmap, importedmap, roadway):
        assert module.kernel_for is kernels.kernel_for
    assert warming.warm is kernels.warm

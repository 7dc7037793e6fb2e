"""The corners of a sketch are those that sorting finds."""

from __future__ import annotations

import numpy as np
import pytest

from safeconduct.planning.shortest.sketch import _corners


@pytest.mark.parametrize("seed", range(60))
def test_corners_numbered_without_sorting_are_those_of_sorting(seed):
    rng = np.random.default_rng(seed)
    nodes, width, ends = (int(rng.integers(1, most)) for most in (30, 6, 60))
    at, kind = rng.integers(0, nodes, ends), rng.integers(0, width, ends)
    corners, numbers = _corners(at, kind, nodes, width)
    wanted, of_ends = np.unique(at * width + kind, return_inverse=True)
    assert corners.tolist() == wanted.tolist()
    assert numbers.tolist() == of_ends.tolist()

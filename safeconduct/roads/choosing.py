"""Which kernel searches: the plain one for small networks, the compiled one for large ones."""

from __future__ import annotations

from importlib.util import find_spec

from safeconduct.roads.reference import Reference
from safeconduct.roads.search import SearchKernel, Ways

__all__ = ["SMALL", "is_compiled", "kernel_for", "warm"]

#: Up to so many arcs the plain kernel has answered before the compiler is even loaded (0.6 s).
SMALL = 2_000


def kernel_for(ways: Ways) -> SearchKernel:
    """The kernel for these ways; without numba the plain one, whatever their size."""
    return _compiled() if len(ways.head) > SMALL and is_compiled() else Reference()


def is_compiled() -> bool:
    """Whether large networks are searched by the compiled kernel: whether numba is installed."""
    return find_spec("numba") is not None


def warm() -> bool:
    """Compiles the compiled kernel ahead of its first use; False without numba."""
    if is_compiled():
        _compiled()
    return is_compiled()


def _compiled() -> SearchKernel:
    from safeconduct.roads.kernels import Compiled  # loads numba: 0.6 s, only where it pays

    return Compiled()

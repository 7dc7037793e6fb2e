"""Which kernel searches: the plain one for small networks, the compiled one for large ones."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    with _unseen("scipy", "cffi"):
        from safeconduct.roads.kernels import Compiled  # loads numba: 0.5 s, only where it pays

    return Compiled()


@contextmanager
def _unseen(*packages: str) -> Iterator[None]:
    """Packages as if they were not installed, while the compiler is loaded.

    It looks for linear algebra in scipy and for foreign types in cffi. No kernel has either, and a
    third of the time went there. What is loaded already stays.
    """
    hidden = [name for name in packages if not {name, "numba"} & sys.modules.keys()]
    sys.modules |= dict.fromkeys(hidden)  # type: ignore[arg-type]  # None: no such module
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]

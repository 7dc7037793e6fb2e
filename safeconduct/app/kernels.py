"""Which kernel searches, with its compiled form kept where this machine keeps such things."""

from __future__ import annotations

from safeconduct.adapters.kernelcache import keep_kernels
from safeconduct.roads import choosing
from safeconduct.roads.search import SearchKernel, Ways

__all__ = ["kernel_for", "warm"]


def kernel_for(ways: Ways) -> SearchKernel:
    """As `choosing.kernel_for`; what it compiles is found again by the next run."""
    keep_kernels()  # the compiler reads where to keep things when it is first loaded
    return choosing.kernel_for(ways)


def warm() -> bool:
    """As `choosing.warm`; what it compiles is found again by every run after it."""
    keep_kernels()
    return choosing.warm()

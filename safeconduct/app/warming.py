"""The search compiled ahead of its first use."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from safeconduct.app.kernels import warm

__all__ = ["Warmed", "warm_up"]


@dataclass(frozen=True, slots=True)
class Warmed:
    """Whether there was a search to compile."""

    compiled: bool

    @property
    def says(self) -> str:
        """What was done, in a sentence."""
        if self.compiled:
            return "The search is compiled; the first plan need not wait for it."
        return (
            "numba is not installed, so there is nothing to compile: searches run uncompiled. "
            "Install it with: pip install 'safeconduct[routing]'"
        )

    def as_json(self) -> dict[str, Any]:
        """The body that every door shows."""
        return {"compiled": self.compiled, "says": self.says}


def warm_up() -> Warmed:
    """Compiles the search, where there is one to compile."""
    return Warmed(warm())

"""What a show is given, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one show.

    `say` prints a line of progress; `scratch` is a folder of its own that is removed afterwards;
    `count` is how much to try, in the show's own unit: worlds, examples, repetitions. `recorded`
    is a folder with the records of a run of all tests and of all planted defects, from which a
    show may read what it would only repeat; it then says so in `asides`, which end up in its
    closing line.
    """

    id: str
    seed: int
    count: int
    root: Path
    scratch: Path
    say: Callable[[str], None]
    recorded: Path | None = None
    asides: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a show found.

    `counted` says in a few words what was counted; `figures` are the numbers behind it,
    JSON-ready; `missed` names the figures that miss their target while every answer is right.
    """

    passed: bool
    counted: str
    figures: Mapping[str, Any] = field(default_factory=dict)
    missed: tuple[str, ...] = ()

    @property
    def status(self) -> str:
        """`pass`, `fail`, or `missed` when all is right but too slow."""
        if not self.passed:
            return "fail"
        return "missed" if self.missed else "pass"

    @property
    def words(self) -> str:
        """What was counted, and what was missed."""
        return "; missed: ".join(part for part in (self.counted, ", ".join(self.missed)) if part)

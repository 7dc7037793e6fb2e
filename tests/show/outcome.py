"""A show run to its end: its closing line, and the record that is kept of it."""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.show.registry import Entry
from tests.show.run import Run, Shown

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A show that has ended: what it found, with which numbers, in what time."""

    entry: Entry
    seed: int
    count: int
    shown: Shown
    seconds: float
    asides: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """The one closing line."""
        shown = self.shown
        words = ", ".join((shown.words, *self.asides))
        return f"{self.entry.id} {shown.status}: {words}, seed {self.seed}, {self.seconds:.0f} s"

    def as_json(self) -> dict[str, Any]:
        """The record that is kept of it."""
        return {
            "id": self.entry.id,
            "title": self.entry.title,
            "status": self.shown.status,
            "summary": self.line,
            "figures": dict(self.shown.figures),
            "missed": list(self.shown.missed),
            "asides": list(self.asides),
            "seed": self.seed,
            "count": self.count,
            "seconds": round(self.seconds, 3),
            "command": f"make show ID={self.entry.id} SEED={self.seed} COUNT={self.count}",
            "python": platform.python_version(),
            "cores": os.cpu_count(),
        }


def carry_out(
    entry: Entry,
    *,
    seed: int = 1,
    count: int | None = None,
    root: Path = ROOT,
    say: Callable[[str], None] = print,
    recorded: Path | None = None,
) -> Outcome:
    """Runs one show to its end, keeps its record in `build/show/`, and says its closing line.

    `recorded` is a folder with records from which a show may read what it would only repeat.
    Whatever goes wrong inside the show is a `fail`: the record and the line come all the same.
    """
    chosen = entry.count if count is None else count
    say(f"{entry.id}: {entry.title}; seed {seed}, count {chosen}")
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix=f"show-{entry.id}-") as scratch:
        told = _indented(say)
        run = Run(entry.id, seed, chosen, root, Path(scratch), told, recorded)
        shown = _attempt(entry, run)
    seconds = time.monotonic() - began
    outcome = Outcome(entry, seed, chosen, shown, seconds, tuple(run.asides))
    _keep(outcome, root / "build" / "show")
    say(outcome.line)
    return outcome


def _indented(say: Callable[[str], None]) -> Callable[[str], None]:
    return lambda text: say(f"  {text}")


def _attempt(entry: Entry, run: Run) -> Shown:
    try:
        return entry.show(run)
    except Exception as error:  # a show that breaks has failed, and must still say so in its line
        for line in traceback.format_exc().splitlines():
            run.say(line)
        return Shown(False, f"{type(error).__name__}: {' '.join(str(error).split())}")


def _keep(outcome: Outcome, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    text = json.dumps(outcome.as_json(), indent=2, ensure_ascii=False)
    (folder / f"{outcome.entry.id}.json").write_text(text + "\n", encoding="utf-8")

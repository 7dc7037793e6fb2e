"""E3: how many reports are read in a second, and what hostile ones cost."""

from __future__ import annotations

import sys

from bench.limits import reading_lines
from tests.show.commands import stream
from tests.show.run import Run, Shown

TIMED = True


def show(run: Run) -> Shown:
    """Runs the bench once, and holds what it measured to the limits."""
    command = [sys.executable, "bench/reading.py", "--json"]
    figures = stream(command, root=run.root, say=run.say).closing_json()
    found = reading_lines({"reading": figures})
    for line in found:
        run.say(f"{'held  ' if line.held else 'MISSED'} {line.name}: {line.found} ({line.asked})")
    missed = tuple(line.missed for line in found if not line.held)
    return Shown(True, f"{len(found) - len(missed)} of {len(found)} limits held", figures, missed)

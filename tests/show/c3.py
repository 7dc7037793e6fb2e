"""C3: how fast roads are searched, divided, asked about and planned on, against what is asked."""

from __future__ import annotations

import sys
from typing import Any

from bench.limits import lines
from tests.show.commands import stream
from tests.show.run import Run, Shown

TIMED = True
COUNT = 15  # junctions that every search begins at


def show(run: Run) -> Shown:
    """Runs the benches one after another, and holds what they measured to the limits.

    Each bench ends with an error where answers disagree; then nothing here passes.
    """
    seeded = ["--sources", str(run.count), "--seed", str(run.seed)]
    figures: dict[str, Any] = {
        "roads": _bench(run, "roads", *seeded),
        "classes": _bench(run, "classes"),
        "asks": _bench(run, "asks", "--country"),
        "plans": _bench(run, "plans"),
    }
    found = lines(figures)
    for line in found:
        run.say(f"{'held  ' if line.held else 'MISSED'} {line.name}: {line.found} ({line.asked})")
    missed = tuple(line.missed for line in found if not line.held)
    return Shown(True, f"{len(found) - len(missed)} of {len(found)} limits held", figures, missed)


def _bench(run: Run, name: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, f"bench/{name}.py", *options, "--json"]
    return stream(command, root=run.root, say=run.say).closing_json()

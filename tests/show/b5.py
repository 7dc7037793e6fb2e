"""B5: one new entry in a register of 100,000, and what it changes for 500 open movements."""

from __future__ import annotations

import sys

from tests.show.commands import stream
from tests.show.run import Run, Shown

TIMED = True
LIMIT_S = 0.05


def show(run: Run) -> Shown:
    """Runs the bench once; each answer of it is compared with a fresh one."""
    command = [sys.executable, "bench/one_entry.py", "--json"]
    figures = stream(command, root=run.root, say=run.say).closing_json()
    each = {name: one for name, one in figures.items() if isinstance(one, dict)}
    missed = tuple(
        f"{name} took {one['median_s']} s, not under {LIMIT_S}"
        for name, one in each.items()
        if one["median_s"] >= LIMIT_S
    )
    slowest = max(one["median_s"] for one in each.values())
    words = (
        f"{figures['entries']} entries, {figures['open']} open movements, {len(each)} new entries: "
        f"slowest {slowest * 1000:.0f} ms, everything anew {figures['everything_s']} s"
    )
    return Shown(True, words, figures, missed)

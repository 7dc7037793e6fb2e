"""D5: how fast a register is, beside bare floors, against every limit of time that is asked."""

from __future__ import annotations

import sys

from bench.limits import register_lines
from tests.show.commands import stream
from tests.show.run import Run, Shown

TIMED = True
COUNT = 3  # how often a register is checked and drawn


def show(run: Run) -> Shown:
    """Runs the bench once, and holds what it measured to the limits.

    The bench ends with an error where an answer that is given fast is not the one that is worked
    out anew; then nothing here passes.
    """
    options = ["--rounds", str(run.count), "--seed", str(run.seed), "--json"]
    command = [sys.executable, "bench/register.py", *options]
    figures = stream(command, root=run.root, say=run.say).closing_json()
    found = register_lines({"register": figures})
    for line in found:
        run.say(f"{'held  ' if line.held else 'MISSED'} {line.name}: {line.found} ({line.asked})")
    missed = tuple(line.missed for line in found if not line.held)
    words = (
        f"{len(found) - len(missed)} of {len(found)} limits held; an append takes "
        f"{figures['appends']['to_floor']} times a bare insert, checking a register "
        f"{figures['verifying']['to_floor']} times Ed25519 alone"
    )
    return Shown(True, words, figures, missed)

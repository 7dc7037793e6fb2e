"""C3: how fast searches over roads are, beside other libraries, and every figure that was asked."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.limits import lines
from tests.show.commands import CampaignBroken, stream, surroundings
from tests.show.run import Run, Shown

TIMED = True
COUNT = 15  # junctions that every search begins at

# Started like this numba is not there to be found, and a plan must do without it.
_WITHOUT_NUMBA = (
    "import sys; sys.modules['numba'] = None; from safeconduct.cli import main; main(sys.argv[1:])"
)


def show(run: Run) -> Shown:
    """Runs the benches one after another, and holds what they measured to what is asked."""
    figures: dict[str, Any] = {"missing": {}}
    options = ["--sources", str(run.count), "--seed", str(run.seed), "--json"]
    figures["roads"] = _bench(run, "roads.py", *options)
    for name in ("classes", "asks"):
        if (run.root / "bench" / f"{name}.py").exists():
            figures[name] = _bench(run, f"{name}.py", "--json")
        else:
            figures["missing"][name] = f"bench/{name}.py is not there"
    figures["plan"] = _plans(run)
    found = lines(figures)
    for line in found:
        run.say(f"{'held  ' if line.held else 'MISSED'} {line.name}: {line.found} ({line.asked})")
    missed = tuple(line.missed for line in found if not line.held)
    words = f"{len(found)} figures, {len(found) - len(missed)} held"
    return Shown(True, words, figures, missed)


def _bench(run: Run, script: str, *options: str) -> dict[str, Any]:
    command = [sys.executable, f"bench/{script}", *options]
    return stream(command, root=run.root, say=run.say).closing_json()

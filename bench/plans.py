"""How long the verb `plan` takes as a whole process, from its start to its exit.

Every bundled case is planned at its last expected moment, without numba; and the case of
`portocase.py` on the imported roads of Porto, once the compiled search has been kept.

    python bench/plans.py            a table for people
    python bench/plans.py --json     one JSON line

Seconds are the processor's, the median of three after one that is not counted; beside them stand
those on the wall. The first leaves the program's files compiled, as they are once it is installed.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from typing import Any

from country import BUILT, towns  # the script's own folder is on the path
from interleaved import load
from portocase import AT, MOVEMENT, case

from safeconduct.adapters.files.casefolder import bundled_cases
from safeconduct.app.opening import open_case
from safeconduct.spacetime import utc

TIMES = 3
_WITHOUT_NUMBA = "import sys; sys.modules['numba'] = None; "
_VERB = "import sys; from safeconduct.cli import main; sys.argv[0] = 'safeconduct'; main()"


def bundled(times: int) -> dict[str, Any]:
    """Every bundled case, and the slowest of them."""
    each = {}
    for folder in bundled_cases():
        opened = open_case(str(folder))
        if opened.case is None or not opened.case.expected:
            raise SystemExit(f"{folder.name} expects nothing at any moment")
        moment = opened.case.expected[-1]
        asked = [folder.name, "--movement", moment.movement, "--at", utc(moment.at)]
        each[folder.name] = _measured(_WITHOUT_NUMBA + _VERB, asked, times)
    slowest = max(each, key=lambda name: float(each[name]["cpu_s"]))
    return {"bundled_s": each[slowest]["cpu_s"], "slowest": slowest, "bundled": each}


def porto(times: int) -> dict[str, Any]:
    """The case on Porto's own roads."""
    towns()
    asked = [str(case()), "--movement", MOVEMENT, "--at", AT, "--roads", str(BUILT / "porto")]
    found = _measured(_VERB, asked, times)
    return {"porto_s": found["cpu_s"], "porto": found}


def _measured(program: str, asked: Sequence[str], times: int) -> dict[str, Any]:
    command = [sys.executable, "-c", program, "plan", *asked, "--json"]
    each = [_once(command) for _ in range(times + 1)][1:]
    return {
        "cpu_s": round(statistics.median(cpu for cpu, _ in each), 3),
        "wall_s": round(statistics.median(wall for _, wall in each), 3),
        "times": times,
    }


def _once(command: Sequence[str]) -> tuple[float, float]:
    surroundings = {**os.environ}
    surroundings.pop("PYTHONDONTWRITEBYTECODE", None)
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    wall, after = time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-400:]
        raise SystemExit(f"{' '.join(command[3:])} exited {done.returncode}: {said}")
    cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return cpu, wall


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--json", action="store_true", help="one JSON line")
    parser.add_argument("--times", type=int, default=TIMES)
    chosen = parser.parse_args()
    figures = {"load_before": load(), **bundled(chosen.times), **porto(chosen.times)}
    if chosen.json:
        print(json.dumps(figures))
        return
    for name, one in {**figures["bundled"], "porto": figures["porto"]}.items():
        print(f"{name:<40} {one['cpu_s']:.2f} s (wall {one['wall_s']:.2f} s)")


if __name__ == "__main__":
    main()

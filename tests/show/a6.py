"""A6: cold starts of the command, and judging many movements in one process, in seconds."""

from __future__ import annotations

import sys
from typing import Any

from tests.show.commands import cold_median_s, script, stream
from tests.show.run import Run, Shown

TIMED = True
COUNT = 7  # cold starts measured for each median

HELP = ("--help",)
ASSESS = (
    *("assess", "aleppo-2016-11-04", "--movement", "un-aid-east-aleppo"),
    *("--at", "2016-11-04T07:30:00Z", "--json"),
)
NO_GO = 4  # the exit code of `assess` for that verdict

# Seconds that may not be reached.
LIMITS = {"help_s": 0.3, "assess_s": 1.0, "scale_100x_s": 10.0}


def show(run: Run) -> Shown:
    """Measures whole processes as medians after a warm-up, and the bench once at each scale."""
    command = script("safeconduct")
    figures: dict[str, Any] = {}
    for name, options, code in (("help_s", HELP, 0), ("assess_s", ASSESS, NO_GO)):
        median, each = cold_median_s(
            [command, *options], root=run.root, times=run.count, expected_code=code
        )
        run.say(f"safeconduct {' '.join(options)}: median {median:.3f} s of {len(each)}")
        figures |= {name: round(median, 3), f"{name}_each": [round(one, 3) for one in each]}
    figures |= _scale(run)
    missed = tuple(
        f"{name} {figures[name]} is not under {limit}"
        for name, limit in LIMITS.items()
        if figures[name] >= limit
    )
    words = ", ".join(f"{name} {figures[name]}" for name in LIMITS)
    return Shown(True, f"{words}, growth {figures['growth']}", figures, missed)


def _scale(run: Run) -> dict[str, Any]:
    command = [sys.executable, "bench/judgements.py", "--json"]
    scale = stream(command, root=run.root, say=run.say).closing_json()["scale"]
    once, ten, hundred = (float(scale[size]) for size in ("1", "10", "100"))
    return {
        "scale_1x_s": once,
        "scale_10x_s": ten,
        "scale_100x_s": hundred,
        "growth": f"1x : {ten / once:.1f}x : {hundred / once:.1f}x",
    }

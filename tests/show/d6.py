"""D6: what came from outside is refused clearly, in bounded time and memory."""

from __future__ import annotations

from collections.abc import Callable

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests
from tests.simulation.damage import run as damage

COUNT = 5000  # damaged bundles
SOAK = True

SLOWEST_S, PEAK_MB = 1.0, 50.0
"""No small bundle, however damaged, may cost more."""


def show(run: Run) -> Shown:
    """Every part of `PARTS`; it passes when each does."""
    shown = {name: part(run) for name, part in PARTS.items()}
    return Shown(
        all(one.passed for one in shown.values()),
        "; ".join(one.counted for one in shown.values()),
        {name: dict(one.figures) for name, one in shown.items()},
        tuple(missed for one in shown.values() for missed in one.missed),
    )


def malformed_bundles(run: Run) -> Shown:
    """The cases that somebody made on purpose, and many that were damaged by chance."""
    tally = run_tests(run, "tests/unit/adapters/test_bundlefile.py")
    told = damage(run.seed, run.count, run.say)
    bounded = told["slowest_s"] < SLOWEST_S and told["peak_mb"] < PEAK_MB
    words = (
        f"{counted(tally, 'cases')}; {told['tried']} damaged bundles, {told['wrong']} wrong, "
        f"slowest {told['slowest_s']} s, peak {told['peak_mb']} MB"
    )
    return Shown(tally.clean and not told["wrong"] and bounded, words, {**tally.counts, **told})


PARTS: dict[str, Callable[[Run], Shown]] = {"malformed bundles": malformed_bundles}
"""Each part by its name; what is shown about folders that were taken away is added here."""

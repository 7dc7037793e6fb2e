"""D6: what came from outside is refused clearly and within bounds; what was taken tells nothing."""

from __future__ import annotations

from collections.abc import Callable

from tests.seized.campaign import seized
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


def seized_folders(run: Run) -> Shown:
    """A locked register's folder, taken after a clean stop, a kill, and a half import.

    The same search has to find every planted place in a clear register, and every name in the texts
    that it gives out; else it shows nothing. No name lies in clear in the clear register's files.
    """
    looked, found = 0, list[str]()
    for turn in range(max(1, run.count // COUNT)):  # a longer soak plants and kills otherwise
        more, told = seized(run.seed + turn)
        looked += more
        found += told
    for words in found:
        run.say(words)
    words = (
        f"{looked} planted items looked for in folders seized after a clean stop, a kill and half "
        f"an import, {len(found)} found or missed"
    )
    return Shown(looked > 0 and not found, words, {"looked": looked, "found": found})


PARTS: dict[str, Callable[[Run], Shown]] = {
    "malformed bundles": malformed_bundles,
    "seized folders": seized_folders,
}
"""Each part by its name."""

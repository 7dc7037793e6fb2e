"""A2: at every moment named in the recorded episodes, the verdict and the gaps are as written."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests


def show(run: Run) -> Shown:
    """Runs the golden suite, whose cases are the `expected.yaml` of each episode."""
    tally = run_tests(run, "tests/golden")
    figures = {**tally.counts, "cases": [case.name for case in tally.cases]}
    return Shown(tally.clean, counted(tally, "golden checks"), figures)

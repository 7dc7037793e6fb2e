"""E1: the wire report of 4 November 2016, sentence by sentence, and the verdict it leads to."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests


def show(run: Run) -> Shown:
    """Runs the tests of that report, and those of what follows from what is accepted of it."""
    tally = run_tests(run, "tests/reading/test_seed_report.py", "tests/reading/test_acceptance.py")
    return Shown(tally.clean, counted(tally, "sentences and answers"), tally.counts)

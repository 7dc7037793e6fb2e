"""E4: spans, scripts, languages, nothing to read, and files that are no report."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests


def show(run: Run) -> Shown:
    """Runs the tests of any report, and of each kind of file."""
    tally = run_tests(run, "tests/reading/test_any_report.py", "tests/unit/adapters/reports")
    return Shown(tally.clean, counted(tally, "reports and files"), tally.counts)

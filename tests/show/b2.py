"""B2: every rule in every status that it can have, and every rule of the domain in the policy.

The rows are situations that a coordinator can read; each is judged. The same folder tests that no
status of a rule goes without a row or a reason, and that the ids of DOMAIN are those of the policy.
"""

from __future__ import annotations

from collections import Counter

from safeconduct.clearance import Status
from tests.rules.table import empty, rows
from tests.rules.test_rows import NOT_YET_THERE
from tests.show.run import Run, Shown
from tests.show.suites import run_tests
from tests.worlds.two_towns import POLICY

_WORDS = {
    Status.MET: "met",
    Status.UNMET: "unmet",
    Status.UNKNOWN: "unknown",
    Status.NOT_YET_DUE: "not yet due",
    Status.NOT_APPLICABLE: "not applicable",
}


def show(run: Run) -> Shown:
    """Runs the rows and the tests of the table, and counts what there is of each status."""
    tally = run_tests(run, "tests/rules")
    by_status = Counter(row.status for row in rows())
    told = ", ".join(f"{by_status[status]} {word}" for status, word in _WORDS.items())
    words = f"{len(POLICY.rules)} rules, {sum(by_status.values())} situations ({told})"
    words += f", {tally.counts['failed']} failed"
    if NOT_YET_THERE:
        words += f"; still to come: {', '.join(sorted(NOT_YET_THERE))}"
    figures = {
        **tally.counts,
        "rules": len(POLICY.rules),
        "situations": {word: by_status[status] for status, word in _WORDS.items()},
        "cells_that_are_empty_for_a_reason": len(empty()),
        "rules_still_to_come": sorted(NOT_YET_THERE),
    }
    return Shown(tally.clean and not NOT_YET_THERE, words, figures)

"""D1: one contract for every kind of store, and the same answers and heads, byte for byte, on all.

It asks for a real PostgreSQL server: where there is none it fails, and never steps aside.
"""

from __future__ import annotations

import pytest

from tests.contracts.every_store import KINDS, compared
from tests.show.commands import CampaignBroken
from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests

CASES = 16
"""So many bundled cases there are at the least."""


def show(run: Run) -> Shown:
    """Records every bundled case into every kind of store, and runs the contract suite."""
    try:
        told = compared(say=run.say)
    except (pytest.skip.Exception, pytest.fail.Exception) as without:
        raise CampaignBroken(str(without)) from without  # a test would have stepped aside here
    tally = run_tests(run, "tests/contracts")
    for words in told["wrong"]:
        run.say(words)
    whole = told["cases"] >= CASES and told["judgements"] == told["moments"] * len(KINDS)
    # An engine that always says the same gives the same bytes everywhere.
    varied = told["distinct"] > told["cases"]
    words = (
        f"{counted(tally, 'tests of the contract')}; {told['cases']} cases on {len(KINDS)} kinds "
        f"of store ({', '.join(KINDS)}): {told['judgements']} judgements, {told['heads']} heads, "
        f"{len(told['wrong'])} different"
    )
    passed = tally.clean and whole and varied and not told["wrong"]
    return Shown(passed, words, {**tally.counts, **told})

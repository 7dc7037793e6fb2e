"""B6: every verb refuses bad input with what was found, and what to do; nothing is written."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests
from tests.unit.cli.test_every_verb import VERBS

SUITES = (
    "tests/unit/cli/test_every_verb.py",
    "tests/unit/cli/test_bad_work.py",
    "tests/unit/cli/test_svg.py",
    "tests/unit/cli/test_reach.py",
    "tests/unit/cli/test_office_bad_input.py",
    "tests/unit/cli/test_bad_input.py",
    "tests/unit/cli/test_roads.py",
    "tests/unit/app/test_bad_input.py",
    "tests/unit/app/test_extends.py",
    "tests/unit/cli/test_plan.py",
    "tests/unit/cli/test_shortest.py",
)


def show(run: Run) -> Shown:
    """Runs the suites of bad input; the first of them asks every verb that the program has."""
    tally = run_tests(run, *SUITES)
    asked = {
        verb
        for verb in map(" ".join, VERBS)
        if any(case.name.endswith(f"-{verb}]") for case in tally.ended("passed"))
    }
    absent = sorted({" ".join(verb) for verb in VERBS} - asked)
    words = f"{counted(tally, 'cases')}, {len(asked)} of {len(VERBS)} verbs"
    figures = {**tally.counts, "verbs": sorted(asked), "absent": absent}
    return Shown(tally.clean and not absent, words, figures)

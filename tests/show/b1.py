"""B1: sixteen recorded episodes, told moment by moment, and no constant answer that passes."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests

PAGE = "tests/docs/test_docs.py::test_a_page_drawn_from_the_program_is_current[episodes]"
CONSTANT = "test_an_engine_that_always_says_the_same_fails"


def show(run: Run) -> Shown:
    """Runs the golden suite and holds the table of the episodes against the program."""
    tally = run_tests(run, "tests/golden", PAGE)
    constant = [case for case in tally.ended("passed") if CONSTANT in case.name]
    figures = {**tally.counts, "constant_engines_that_fail": len(constant)}
    words = f"{counted(tally, 'golden checks')}, {len(constant)} constant engines fail"
    return Shown(tally.clean and len(constant) == 3, words, figures)

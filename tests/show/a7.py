"""A7: every kind of bad input is refused with file, line, field and remedy; nothing is written."""

from __future__ import annotations

from tests.show.junit import Tally
from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests

SUITES = ("tests/unit/app/test_bad_input.py", "tests/unit/cli/test_bad_input.py")

# What must be among the cases, and the words by which a case's id may name it. Ids are compared
# in small letters with hyphens; an error's own code is the natural word.
KINDS = {
    "an unknown party": ("unknown-party", "unknown-reference"),
    "a movement without end": ("without-end", "no-end", "endless"),
    "a bare 10:00": ("bare-time", "bare-10"),
    "a time that does not exist": ("nonexistent-time", "non-existent-time"),
    "an area that crosses itself": ("self-crossing",),
    "a key given twice": ("duplicate-key", "duplicate-yaml-key"),
    "a file that is missing": ("missing-file",),
    "a file of 100 MB": ("file-too-large", "100-mb"),
    "a value of the wrong type": ("wrong-type", "wrong-field"),
}


def show(run: Run) -> Shown:
    """Runs both suites: the verb's function and the command must refuse in the same way."""
    tally = run_tests(run, *SUITES)
    absent = absent_kinds(tally)
    words = f"{counted(tally, 'cases')}, {len(KINDS) - len(absent)} of {len(KINDS)} kinds"
    if absent:
        words += f", no passed case for {', '.join(absent)}"
    figures = {**tally.counts, "cases": [case.name for case in tally.cases], "absent": absent}
    return Shown(tally.clean and not absent, words, figures)


def absent_kinds(tally: Tally) -> list[str]:
    """The kinds of bad input that no passed case names."""
    ids = [case.name.lower().replace("_", "-") for case in tally.ended("passed")]
    return [
        kind for kind, words in KINDS.items() if not any(word in id for word in words for id in ids)
    ]

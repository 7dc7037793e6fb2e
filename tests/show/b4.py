"""B4: an office's story from an empty register to an outcome, by the command line alone."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.show.suites import run_tests
from tests.story import test_aleppo_story

STORY = "tests/story/test_aleppo_story.py"


def show(run: Run) -> Shown:
    """Drives the story, and says how many steps it has; each holds `assess` and `due` to it."""
    tally = run_tests(run, STORY)
    steps = test_aleppo_story.STEPS
    passed = len(tally.ended("passed"))
    words = f"{len(steps)} steps, from an empty register to what the outcome says of the parties"
    figures = {**tally.counts, "steps": [step.__name__ for step in steps]}
    return Shown(tally.clean and passed == 1, words, figures)

"""A3: every law of this stage holds, each as a property tried on many worlds.

A property says which laws it states by `@pytest.mark.law(4, 5)`; a law that none states is not
shown, however many properties pass.
"""

from __future__ import annotations

from collections import defaultdict

from tests.show.commands import CampaignBroken
from tests.show.junit import Case, Tally
from tests.show.run import Run, Shown
from tests.show.suites import counted, run_tests

COUNT = 2000
SOAK = True

# The laws of this stage. 9 and 13 and 14 (merging, required writers, clocks) come with the
# signed register; 20 is the golden suite's.
LAWS = tuple(range(1, 20))


def show(run: Run) -> Shown:
    """Runs the law suite with `count` examples for each property that is cheap."""
    tally = run_tests(run, "tests/laws", options=[f"--hypothesis-seed={run.seed}"])
    _hold_to_the_count(run, tally)
    stated = stating(tally)
    unstated = [law for law in LAWS if law not in stated]
    examples = {case.name: tried for case in tally.cases for tried in _examples(case)}
    dearer = {name: tried for name, tried in examples.items() if tried < run.count}
    figures = {
        **tally.counts,
        "properties_by_law": {str(law): names for law, names in sorted(stated.items())},
        "examples_in_all": sum(examples.values()),
        "fewer_examples_than_asked": dearer,
        "laws_that_no_property_states": unstated,
    }
    words = f"{counted(tally, 'properties')}, {len(LAWS) - len(unstated)} of {len(LAWS)} laws"
    words += f", {sum(examples.values())} examples"
    if unstated:
        words += f", no property states law {', '.join(map(str, unstated))}"
    return Shown(tally.clean and not unstated, words, figures)


def stating(tally: Tally) -> dict[int, list[str]]:
    """The passed properties of each law."""
    stated: dict[int, list[str]] = defaultdict(list)
    for case in tally.ended("passed"):
        for name, value in case.properties:
            if name == "law":
                stated[int(value)].append(case.name)
    return dict(stated)


def _hold_to_the_count(run: Run, tally: Tally) -> None:
    """Raises CampaignBroken when a law was asked for another number of examples than the show."""
    for case in tally.cases:
        for name, value in case.properties:
            if name == "asked" and value != str(run.count):
                raise CampaignBroken(
                    f"{case.name} was asked for {value or 'its own number of'} examples, not for "
                    f"{run.count}: set SAFECONDUCT_EXAMPLES={run.count} where the tests are run"
                )


def _examples(case: Case) -> list[int]:
    return [int(value) for name, value in case.properties if name == "examples"]

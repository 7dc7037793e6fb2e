"""B3: the verifier agrees on every HARD rule it can know, and the new rules' defects are caught."""

from __future__ import annotations

from pathlib import Path

from tests.defects.catalogue import catalogue
from tests.show.commands import campaign
from tests.show.planting import planted
from tests.show.run import Run, Shown

COUNT = 10_000
SOAK = True
AT_LEAST = 20
FIRST = Path(__file__).parents[1] / "defects" / "first.txt"


def show(run: Run) -> Shown:
    """Runs the verifier's campaign over `count` worlds, then plants the defects of the new rules.

    A campaign that could not ask the engine about every rule, or in which the engine never said GO,
    has tested too little, so it fails.
    """
    options = ("--seed", str(run.seed), "--count", str(run.count))
    agreed = campaign("tests.verifier.campaign", *options, root=run.root, say=run.say)
    caught = planted(run, new_defects())
    passed = all(
        (
            agreed["worlds"] == run.count,
            agreed["disagreements"] == 0,
            agreed["go"] > 0,
            not agreed["unasked"],
            caught["caught"] == caught["defects"] >= AT_LEAST,
        )
    )
    words = (
        f"{agreed['worlds']} worlds, {agreed['disagreements']} disagreements, {agreed['go']} GO; "
        f"{caught['defects']} more planted defects, {caught['caught']} caught"
    )
    for what, names in (("unasked", agreed["unasked"]), ("escaped", caught["escaped"])):
        if names:
            words += f"; {what}: {', '.join(names)}"
    return Shown(passed, words, {**agreed, **caught})


def new_defects() -> list[str]:
    """The ids in the catalogue that were not there before the further rules."""
    return [defect.id for defect in catalogue() if defect.id not in first_defects()]


def first_defects() -> list[str]:
    """The ids that were there before."""
    lines = FIRST.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]

"""A5: each of at least twelve planted defects is caught by the test named for it."""

from __future__ import annotations

from tests.defects.catalogue import catalogue
from tests.show.planting import planted
from tests.show.run import Run, Shown

AT_LEAST = 12


def show(run: Run) -> Shown:
    """Runs the campaign that plants one defect at a time and runs its named test."""
    told = planted(run, [defect.id for defect in catalogue()])
    defects, caught, escaped = told["defects"], told["caught"], told["escaped"]
    passed = defects >= AT_LEAST and caught == defects and not escaped
    words = f"{defects} planted defects, {caught} caught"
    if escaped:
        words += f", escaped: {', '.join(map(str, escaped))}"
    return Shown(passed, words, told)

"""D4: offices that are often offline, simulated: their stores say what the plain record says."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.simulation.campaign import run as simulate

COUNT = 3000  # schedules
SOAK = True

NEEDED = ("forged", "forked", "revoked", "restored", "withheld", "damaged", "dropped", "too_early")
"""A campaign in which one of these never happened has not tried it."""


def show(run: Run) -> Shown:
    """Runs the schedules, each drawn from the seed and its number."""
    told = simulate(run.seed, run.count, run.say)
    happened = told["happened"]
    untried = [name for name in NEEDED if not happened.get(name)]
    words = (
        f"{told['schedules']} schedules, {happened.get('delivered', 0)} deliveries, "
        f"{told['wrong']} wrong"
    )
    if untried:
        words += f", never happened: {', '.join(untried)}"
    return Shown(not told["wrong"] and not untried, words, told)

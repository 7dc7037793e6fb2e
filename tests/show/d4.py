"""D4: offices that are often offline, simulated: their stores say what the plain record says."""

from __future__ import annotations

from tests.show.run import Run, Shown
from tests.simulation.campaign import remembering
from tests.simulation.campaign import run as simulate
from tests.simulation.withheld import run as withhold

COUNT = 3000  # schedules, and a tenth as many mornings of one convoy
LEAST = COUNT  # also in continuous integration
SOAK = True

NEEDED = (
    *("forged", "forked", "revoked", "restored", "withheld", "damaged", "dropped", "too_early"),
    *("moved", "restored_elsewhere", "believed"),
)
"""A campaign in which one of these never happened has not tried it."""

ASKED = ("go", "heard", "go without knowing", "stopped unknowing", "cut", "stolen", "lost")
"""And so with the answers about one convoy while a withdrawal is not passed on."""


def show(run: Run) -> Shown:
    """Runs the schedules and the mornings, each drawn from the seed and its number."""
    told = simulate(run.seed, run.count, run.say)
    happened = told["happened"]
    untried = [name for name in NEEDED if not happened.get(name)]
    with remembering():
        mornings = withhold(run.seed, -(-run.count // 10), run.say)
    answers = mornings["happened"]
    wrong = told["wrong"] + mornings["wrong"]
    untried += [name for name in ASKED if not answers.get(name)]
    words = (
        f"{told['schedules']} schedules, {happened.get('delivered', 0)} deliveries; "
        f"{mornings['mornings']} mornings, {answers.get('go', 0)} GO of "
        f"{answers.get('answers', 0)} answers; {wrong} wrong"
    )
    if untried:
        words += f", never happened: {', '.join(untried)}"
    return Shown(not wrong and not untried, words, told | {"mornings": mornings})

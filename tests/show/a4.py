"""A4: in random worlds, an independent verifier that shares no code finds no GO that is wrong."""

from __future__ import annotations

from tests.show.commands import campaign
from tests.show.run import Run, Shown

COUNT = 5000
SOAK = True


def show(run: Run) -> Shown:
    """Runs the verifier's campaign over `count` worlds.

    A campaign in which the engine never says GO has tested nothing, so it fails.
    """
    options = ("--seed", str(run.seed), "--count", str(run.count))
    told = campaign("tests.verifier.campaign", *options, root=run.root, say=run.say)
    worlds, disagreements, go = told["worlds"], told["disagreements"], told["go"]
    passed = worlds == run.count and disagreements == 0 and go > 0
    tried = f"{worlds} worlds" if worlds == run.count else f"{worlds} of {run.count} worlds"
    return Shown(passed, f"{tried}, {disagreements} disagreements, {go} GO", told)

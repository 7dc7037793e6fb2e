"""C2: the shortest list of asks is that of trying everything; granted and done it makes GO."""

from __future__ import annotations

from tests.show.commands import campaign
from tests.show.run import Run, Shown

COUNT = 2000
SOAK = True


def show(run: Run) -> Shown:
    """Runs the campaign over `count` random countries.

    One in which no list is ever needed, or none is ever of several parties, has tested nothing.
    """
    options = ("--seed", str(run.seed), "--count", str(run.count))
    told = campaign("tests.asks.campaign", *options, root=run.root, say=run.say)
    several = sum(n for kind, n in told["lists"].items() if kind[0] in "23")
    passed = told["worlds"] == run.count and not told["disagreements"] and several > 0
    words = (
        f"{told['worlds']} worlds, {told['disagreements']} disagreements, {several} lists of "
        f"several parties; {told['played']} carried out, {told['left_out']} times without one part"
    )
    return Shown(passed, words, told)

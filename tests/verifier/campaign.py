"""Random worlds, judged by the engine and by the verifier: `python -m tests.verifier.campaign`.

A disagreement is a world in which the engine says GO or CONDITIONAL, or finds nothing against the
verifier's rules, while the verifier objects; there must be none. The other way round, NO-GO on
those rules alone where the verifier is silent, is counted as overcautious and shown, to be
understood. Progress goes to standard error; the last line of standard output is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any, NamedTuple

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.clearance import Status, judge
from safeconduct.errors import UnknownReference
from safeconduct.situation import picture
from tests.verifier.verifier import Objection, verify
from tests.worlds.random_worlds import world
from tests.worlds.world import World

#: The rules the verifier knows, or that say why one of them is not met.
CHECKED = frozenset({"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "T1", "T4", "G1", "G2"})
SHOWN = 5
FAILING = frozenset({Status.UNMET, Status.UNKNOWN, Status.NOT_YET_DUE})


class Opinion(NamedTuple):
    """A verdict, and the rules it holds against the movement, due already or not."""

    verdict: str
    against: frozenset[str]


class Compared(NamedTuple):
    """One world: what the engine and the verifier made of it."""

    world: World
    engine: Opinion
    objections: tuple[Objection, ...]

    @property
    def is_unsafe(self) -> bool:
        """The verifier objects and the engine holds nothing against going on those rules."""
        return bool(self.objections) and not self.engine.against & CHECKED

    @property
    def is_overcautious(self) -> bool:
        """The engine says NO-GO on the verifier's rules alone, and the verifier is silent."""
        refused = self.engine.verdict == "no-go" and self.engine.against <= CHECKED
        return refused and not self.objections

    def __str__(self) -> str:
        changes = " then ".join(self.world.mutated) or "no change"
        against = ", ".join(sorted(self.engine.against)) or "nothing"
        return (
            f"seed {self.world.seed} ({changes}): the engine says {self.engine.verdict} "
            f"({against} against), the verifier {self.objections[0] if self.objections else 'yes'}"
        )


@cache
def _policy() -> Any:
    return core_policy()


def engine_verdict(asked: World) -> Opinion:
    """What the engine says of a world."""
    known = [value for value, claimed_at in asked.records if claimed_at <= asked.known_at]
    situation = picture(known, as_of=asked.as_of, known_at=asked.known_at)
    try:
        judgement = judge(situation, asked.network, _policy(), asked.movements[0])
    except UnknownReference:  # the movement itself is not known yet
        return Opinion("no-go", frozenset({"A1"}))
    against = {one.rule for one in judgement.findings if one.status in FAILING}
    return Opinion(judgement.verdict.value, frozenset(against))


def verifier_objections(asked: World) -> tuple[Objection, ...]:
    """What the verifier says of a world."""
    return verify(asked.records, asked.network, asked.movements[0], asked.as_of, asked.known_at)


def run(
    seeds: Iterable[int],
    say: Callable[[str], None],
    engine: Callable[[World], Opinion] = engine_verdict,
) -> dict[str, int]:
    """The counts over the worlds of these seeds; `say` hears of what is to be looked at."""
    counts: Counter[str] = Counter()
    for done, seed in enumerate(seeds, 1):
        asked = world(seed)
        compared = Compared(asked, engine(asked), verifier_objections(asked))
        counts["worlds"] += 1
        counts[compared.engine.verdict.replace("-", "_")] += 1
        counts["silent"] += not compared.objections
        for kind in ("disagreements", "overcautious"):
            apart = compared.is_unsafe if kind == "disagreements" else compared.is_overcautious
            counts[kind] += apart
            if apart and counts[kind] <= SHOWN:
                say(f"{kind}: {compared}")
        if done % 500 == 0:
            say(f"{done} worlds, {counts['disagreements']} disagreements")
    names = ("worlds", "disagreements", "overcautious", "go", "conditional", "no_go", "silent")
    return {name: counts[name] for name in names}


def main(arguments: list[str] | None = None) -> int:
    """Runs the campaign; 1 if there was any disagreement, otherwise 0."""
    parser = argparse.ArgumentParser(prog="tests.verifier.campaign", description=__doc__)
    parser.add_argument("--seed", type=int, default=1, help="the first world is drawn from it")
    parser.add_argument("--count", type=int, default=5000, help="how many worlds")
    options = parser.parse_args(arguments)
    # Campaigns of different seeds share no world: each has a million of its own.
    first = options.seed * 1_000_000
    told = run(range(first, first + options.count), lambda line: print(line, file=sys.stderr))
    print(json.dumps({**told, "seed": options.seed}))
    return 1 if told["disagreements"] else 0


if __name__ == "__main__":
    sys.exit(main())

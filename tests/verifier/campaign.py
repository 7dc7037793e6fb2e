"""Random worlds, judged by the engine and by the verifier: `python -m tests.verifier.campaign`.

A disagreement is a world in which the verifier objects and the engine does not stop the movement
for it; there must be none. What counts as stopping is read strictly, and apart for two groups:

- the first rules (`FIRST`): the engine holds some rule of them against the movement, due or not;
- the further rules (`FURTHER`): the verifier objects to them only once they are due or what is
  recorded is bad, so there the engine must say NO-GO, and must name a rule of `CHECKED` that is
  unmet or unknown. What the engine calls not yet due is no answer to a further objection.

The other way round, NO-GO on those rules alone where the verifier is silent, is counted as
overcautious and shown, to be understood. So is a world that the engine stops without naming every
further rule that the verifier objects to (`unnamed`): another rule hides it there, and a campaign
of such worlds alone would have compared little. A further rule that the policy does not have is not
asked; `unasked` names it. Progress goes to standard error; the last line of
standard output is one JSON object.
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
from tests.verifier.further import FURTHER
from tests.verifier.verifier import Objection, verify
from tests.worlds.random_worlds import world
from tests.worlds.world import World

#: The rules the verifier knew first, or that say why one of them is not met.
FIRST = frozenset({"A1", "A2", "A3", "A4", "A5", "A6", "A7", "A8", "A9", "T1", "T4", "G1", "G2"})
CHECKED = FIRST | FURTHER
SHOWN = 5
FAILING = frozenset({Status.UNMET, Status.UNKNOWN})
AGAINST = FAILING | {Status.NOT_YET_DUE}


class Opinion(NamedTuple):
    """A verdict, the rules held against it, those that are due or broken, and its end."""

    verdict: str
    against: frozenset[str]
    failing: frozenset[str]
    expires: int | None = None


class Compared(NamedTuple):
    """One world: what the engine and the verifier made of it."""

    world: World
    engine: Opinion
    objections: tuple[Objection, ...]

    @property
    def is_unsafe(self) -> bool:
        """The verifier objects and the engine does not stop the movement on those rules."""
        objected = {one.rule for one in self.objections}
        if objected - FURTHER and not self.engine.against & FIRST:
            return True
        stopped = self.engine.verdict == "no-go" and self.engine.failing & CHECKED
        return bool(objected & FURTHER) and not stopped

    @property
    def is_overcautious(self) -> bool:
        """The engine says NO-GO on the verifier's rules alone, and the verifier is silent."""
        refused = self.engine.verdict == "no-go" and self.engine.failing <= CHECKED
        return refused and not self.objections

    @property
    def is_unnamed(self) -> bool:
        """The verifier objects to a further rule of which the engine says nothing."""
        objected = {one.rule for one in self.objections} & FURTHER
        return not objected <= self.engine.failing

    def __str__(self) -> str:
        changes = " then ".join(self.world.mutated) or "no change"
        against = ", ".join(sorted(self.engine.against)) or "nothing"
        apart = [one for one in self.objections if one.rule not in self.engine.failing]
        first = [*apart, *self.objections, "yes"][0]
        return (
            f"seed {self.world.seed} ({changes}): the engine says {self.engine.verdict} "
            f"({against} against), the verifier {first}"
        )


@cache
def _policy() -> Any:
    return core_policy()


def engine_verdict(asked: World) -> Opinion:
    """What the engine says of a world."""
    known = [value for value, claimed_at in asked.records if claimed_at <= asked.known_at]
    when = {"as_of": asked.as_of, "known_at": asked.known_at}
    situation = picture(known, **when, hearing=asked.hearing)
    try:
        judgement = judge(situation, asked.network, _policy(), asked.movements[0])
    except UnknownReference:  # the movement itself is not known yet
        return Opinion("no-go", frozenset({"A1"}), frozenset({"A1"}))
    against, failing = (
        frozenset(one.rule for one in judgement.findings if one.status in counted)
        for counted in (AGAINST, FAILING)
    )
    return Opinion(judgement.verdict.value, against, failing, judgement.expires)


def verifier_objections(asked: World, expires: int | None = None) -> tuple[Objection, ...]:
    """What the verifier says of a world, and of an answer that lasts until then."""
    question = (asked.network, asked.movements[0], asked.as_of, asked.known_at, _policy())
    found = verify(asked.records, *question, hearing=asked.hearing, expires=expires)
    return tuple(one for one in found if one.rule not in unasked())


def unasked() -> list[str]:
    """The further rules that the policy does not have, so that the engine cannot be asked."""
    return sorted(FURTHER - {rule.id for rule in _policy().rules})


def run(
    seeds: Iterable[int],
    say: Callable[[str], None],
    engine: Callable[[World], Opinion] = engine_verdict,
) -> dict[str, int]:
    """The counts over the worlds of these seeds; `say` hears of what is to be looked at."""
    counts: Counter[str] = Counter()
    for done, seed in enumerate(seeds, 1):
        asked = world(seed)
        opinion = engine(asked)
        compared = Compared(asked, opinion, verifier_objections(asked, opinion.expires))
        counts["worlds"] += 1
        counts[compared.engine.verdict.replace("-", "_")] += 1
        counts["silent"] += not compared.objections
        kinds = {
            "disagreements": compared.is_unsafe,
            "overcautious": compared.is_overcautious,
            "unnamed": compared.is_unnamed,
        }
        for kind, apart in kinds.items():
            counts[kind] += apart
            if apart and counts[kind] <= SHOWN:
                say(f"{kind}: {compared}")
        if done % 500 == 0:
            say(f"{done} worlds, {counts['disagreements']} disagreements")
    verdicts = ("go", "conditional", "no_go")
    names = ("worlds", "disagreements", "overcautious", "unnamed", *verdicts, "silent")
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
    print(json.dumps({**told, "unasked": unasked(), "seed": options.seed}))
    return 1 if told["disagreements"] else 0


if __name__ == "__main__":
    sys.exit(main())

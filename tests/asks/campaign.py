"""Many random countries: `python -m tests.asks.campaign --seed 1 --count 2000`.

In each, the program's shortest list is compared with that of trying everything; it must have the
same members and the same cost, and where there is none for trying everything there is none at all.
Then the list is carried out: granted and finished it must make GO, and without any one part of it
not. Countries with more candidates than can all be tried are drawn anew. Progress goes to standard
error; the last line of standard output is one JSON object.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.asks.every_way import Choice, EveryWay
from tests.asks.program import asked, shortest
from tests.asks.shut_roads import ShutRoads, shut_roads
from tests.asks.to_go import played

MOST_CANDIDATES = 13
"""8,192 choices can all be tried."""


@dataclass
class Tally:
    """What was seen so far; `wrong` names the seed and what was wrong with it."""

    worlds: int = 0
    played: int = 0
    left_out: int = 0
    wrong: list[str] = field(default_factory=list)
    lists: Counter[str] = field(default_factory=Counter)

    def told(self) -> dict[str, object]:
        """The same as JSON values."""
        return {
            "worlds": self.worlds,
            "wrong": self.wrong,
            "disagreements": len(self.wrong),
            "played": self.played,
            "left_out": self.left_out,
            "lists": dict(sorted(self.lists.items())),
        }


def countries(seed: int, count: int) -> Iterator[tuple[ShutRoads, EveryWay]]:
    """So many countries of which every choice can be tried."""
    number = seed * 1_000_000
    while count:
        world = shut_roads(number)
        every = EveryWay(world)
        if len(every.candidates) <= MOST_CANDIDATES:
            yield world, every
            count -= 1
        number += 1


def compare(world: ShutRoads, every: EveryWay, tally: Tally) -> None:
    """One country: the shortest list, and the same carried out."""
    wanted = next(every.in_order(), None)
    found = shortest(world)
    lists = [asked(one.wanted) for one in found.lists]
    tally.worlds += 1
    tally.lists[_kind(wanted)] += 1
    if lists != ([] if wanted is None else [wanted]):
        tally.wrong.append(f"{world.seed}: {lists}, not {wanted}")
    elif wanted is not None and found.lists[0].seconds_dm != sum(map(every.weights.get, wanted)):
        tally.wrong.append(f"{world.seed}: another weight")
    elif found.bound is not None or found.proven != len(found.lists):
        tally.wrong.append(f"{world.seed}: not proven")


def carry_out(world: ShutRoads, tally: Tally) -> None:
    """The list of one country granted and finished, and without each part of it."""
    plan = played(world)
    if plan is None:
        return
    tally.played += 1
    if plan.verdict(world) != "go":
        tally.wrong.append(f"{world.seed}: all granted and done is no GO")
    for id, verdict in plan.without_one(world):
        tally.left_out += 1
        if verdict == "go":
            tally.wrong.append(f"{world.seed}: GO without {id}")


def _kind(wanted: Choice | None) -> str:
    if wanted is None:
        return "none"
    return f"{len({one[0] for one in wanted})} parties, {len(wanted)} asks"


def main() -> int:
    """Runs it, and leaves with 1 where anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    options = parser.parse_args()
    tally = Tally()
    for world, every in countries(options.seed, options.count):
        compare(world, every, tally)
        carry_out(world, tally)
        if tally.worlds % 100 == 0:
            print(f"{tally.worlds} worlds, {len(tally.wrong)} wrong", file=sys.stderr)
    print(json.dumps(tally.told()))
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    raise SystemExit(main())

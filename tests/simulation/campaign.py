"""Many schedules: `python -m tests.simulation.campaign --count 3000 --seed 1`.

What is pure and asked again and again is remembered, so that more schedules fit into the time:
whether a signature holds, and what an entry says about keys or receipts. Ends in a line of JSON.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

import pytest

from safeconduct.register import exporting, keyring, note, told
from tests.simulation.schedule import Schedule

ACTIONS = 12
"""So much happens in a schedule before the last exchange."""


@contextmanager
def remembering() -> Iterator[None]:
    """While it lasts the same question to a pure function is answered from memory."""
    memory = lru_cache(maxsize=20_000)
    with pytest.MonkeyPatch.context() as patch:
        holds = memory(keyring.holds)
        patch.setattr(keyring, "holds", holds)
        patch.setattr(note, "holds", holds)
        patch.setattr(keyring, "_record", memory(keyring._record))  # noqa: SLF001  # only remembered
        patch.setattr(told, "word_in", memory(told.word_in))
        keys_in = exporting._keys_in  # noqa: SLF001  # only remembered
        patch.setattr(exporting, "_keys_in", memory(lambda link: tuple(keys_in(link))))
        yield


def run(seed: int, count: int, say: Callable[[str], None]) -> dict[str, Any]:
    """How many schedules, how many were wrong, and how often each thing happened."""
    happened: Counter[str] = Counter()
    wrong = 0
    began = time.process_time()
    with remembering():
        for number in range(count):
            schedule = Schedule(f"{seed}/{number}")
            found = schedule.run(ACTIONS)
            happened += schedule.told
            wrong += bool(found)
            for complaint in found[:3]:
                say(f"schedule {seed}/{number}: {complaint}")
            if (number + 1) % 500 == 0:
                say(f"{number + 1} schedules")
    seconds = time.process_time() - began
    return {
        "schedules": count,
        "wrong": wrong,
        "happened": dict(sorted(happened.items())),
        "processor_s": round(seconds, 1),
    }


def main() -> None:
    """The campaign from a shell."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--count", type=int, default=1000)
    chosen = asked.parse_args()
    print(json.dumps(run(chosen.seed, chosen.count, print)))


if __name__ == "__main__":
    main()

"""Kills: a program is killed at a random moment of its work, and what it left is judged."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from tests.crash.child import WORK, prepare
from tests.crash.disk import quick_folder
from tests.crash.judge import complaints
from tests.crash.power import Seen
from tests.crash.told import Mark, Told, batch_of

ROOT = Path(__file__).parents[2]

# How many calls are waited for, and then at most how long, so that the kill comes inside the next:
# as long as a call takes, roughly.
_CALLS = {"singles": 40, "batches": 15, "migrations": 12, "copies": 3}
_WAIT_S = {"singles": 0.003, "batches": 0.02, "migrations": 0.02, "copies": 0.2}


def try_kills(count: int, seed: str, seen: Seen) -> None:
    """`count` kills, over the kinds of work in turn."""
    for number, work in zip(range(count), _in_turn(), strict=False):
        with quick_folder() as folder:
            _kill(folder, work, f"{seed}/{number}", seen)


def _in_turn() -> Iterable[str]:
    while True:
        yield from WORK


def _kill(folder: Path, work: str, seed: str, seen: Seen) -> None:
    chance = random.Random(f"{seed}/{work}")
    told: dict[Path, Told] = {}
    for path, entries, texts in prepare(work, folder):
        before = told.setdefault(path, Told(made=True))
        for what in ("begun", "done"):
            before.hear(Mark(what, batch_of(entries, texts)))
    calls = chance.randrange(_CALLS.get(work, 5))
    lines = run_and_kill(work, folder, seed, calls, chance.uniform(0, _WAIT_S.get(work, 0.02)))
    last = max((int(line.split()[1]) for line in lines), default=-1)
    given = list(islice(WORK[work](folder, seed), last + 1))
    for line in lines:
        what, number = line.split()
        path, entries, texts = given[int(number)]
        one = told.setdefault(path, Told(made=work in ("singles", "batches")))
        one.made |= what == "done"
        one.hear(Mark(what, batch_of(entries, texts)))
    seen.tried[f"kills, {work}"] += 1
    seen.tried["kills"] += 1
    seen.tried["kills in the middle of a call"] += bool(lines) and lines[-1].startswith("begun")
    seen.tried["calls acknowledged"] += sum(line.startswith("done") for line in lines)
    for path, one in told.items():
        seen.tried["registers after a kill"] += 1
        where = f"{work} {seed}, killed after {len(lines)} lines, {path.name}"
        seen.wrong += [f"{where}: {words}" for words in complaints(path, one)]


def run_and_kill(work: str, folder: Path, seed: str, calls: int, wait_s: float) -> list[str]:
    """The lines of a program that is killed so long after so many of its calls were done."""
    command = [sys.executable, "-m", "tests.crash.child", work, str(folder), seed]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        lines, done = [], 0
        for line in child.stdout:
            lines.append(line.decode())
            done += line.startswith(b"done")
            if done >= calls:
                break
        time.sleep(wait_s)
        child.send_signal(signal.SIGKILL)
        lines += [line.decode() for line in child.stdout]
    # A line that was cut is no acknowledgement; none is, since a pipe takes a short line whole.
    return [line.strip() for line in lines if line.endswith("\n")]

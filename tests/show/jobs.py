"""Several shows at once, each a process of its own, told one after the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from tests.show.commands import Finished, stream

PASSED, FAILED = 0, 1  # the exit codes of a show that has ended


@dataclass(frozen=True, slots=True)
class Ending:
    """The closing line of a show, and whether it passed."""

    line: str
    passed: bool


def side_by_side(
    commands: Mapping[str, Sequence[str]], *, root: Path, jobs: int, say: Callable[[str], None]
) -> Iterator[Ending]:
    """How each show ended, in the order given; `say` gets all lines of one before the next's.

    `commands` has the command of each by its id. One whose process ends without the closing line
    of its show has failed.
    """
    with ThreadPoolExecutor(jobs) as pool:
        running = {
            id: pool.submit(stream, command, root=root, say=_silent)
            for id, command in commands.items()
        }
        for id, future in running.items():
            finished = future.result()
            for line in finished.lines:
                say(line)
            ending = _ending(id, finished)
            if ending.line not in finished.lines:
                say(ending.line)
            yield ending


def _ending(id: str, finished: Finished) -> Ending:
    last = finished.lines[-1] if finished.lines else ""
    if finished.code in (PASSED, FAILED) and last.startswith(f"{id} "):
        return Ending(last, finished.code == PASSED)
    return Ending(f"{id} fail: its process ended with {finished.code}, not in a show's line", False)


def _silent(line: str) -> None:
    """Nobody hears a line before the show that it belongs to has its turn."""

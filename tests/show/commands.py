"""Programs run from a show: their lines shown as they come, their time, their closing JSON."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True)
class Finished:
    """A program that has ended: its exit code, its lines (both streams), its wall-clock time."""

    command: tuple[str, ...]
    code: int
    lines: tuple[str, ...]
    seconds: float

    def closing_json(self) -> dict[str, Any]:
        """The JSON object on its last line.

        Raises CampaignBroken when it exited otherwise than 0, or its last line is no object.
        """
        last = next((line for line in reversed(self.lines) if line.strip()), "")
        if self.code != 0:
            raise CampaignBroken(f"{self.called} exited {self.code}: {last}")
        try:
            body = json.loads(last)
        except ValueError:
            body = None
        if not isinstance(body, dict):
            raise CampaignBroken(f"{self.called} did not end in a line of JSON but in: {last!r}")
        return body

    @property
    def called(self) -> str:
        """The command as one would type it."""
        return " ".join(self.command)


class CampaignBroken(RuntimeError):
    """A program that a show relies on did not end as agreed."""


def stream(
    command: Sequence[str],
    *,
    root: Path,
    say: Callable[[str], None],
    environment: Mapping[str, str] | None = None,
) -> Finished:
    """Runs a program in `root` to its end, saying each line as it comes."""
    began = time.monotonic()
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=root,
        env=surroundings(environment),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            say(lines[-1])
    return Finished(tuple(command), process.returncode, tuple(lines), time.monotonic() - began)


def campaign(module: str, *options: str, root: Path, say: Callable[[str], None]) -> dict[str, Any]:
    """What `python -m MODULE` says in its closing line of JSON.

    Raises CampaignBroken as `closing_json` does.
    """
    return stream([sys.executable, "-m", module, *options], root=root, say=say).closing_json()


def cold_median_s(
    command: Sequence[str], *, root: Path, times: int, expected_code: int
) -> tuple[float, list[float]]:
    """The median time of a whole process, from start to exit, and every single one, in seconds.

    One run before them warms the file cache and the byte code and is not counted.

    Raises CampaignBroken when a run exits with another code than expected.
    """
    measured = [_timed_s(command, root, expected_code) for _ in range(times + 1)][1:]
    return statistics.median(measured), measured


def _timed_s(command: Sequence[str], root: Path, expected_code: int) -> float:
    began = time.perf_counter()
    done = subprocess.run(command, cwd=root, env=surroundings(), capture_output=True, check=False)
    seconds = time.perf_counter() - began
    if done.returncode != expected_code:
        said = (done.stderr or done.stdout).decode("utf-8", "replace").strip()
        raise CampaignBroken(
            f"{' '.join(command)} exited {done.returncode}, not {expected_code}: {said[-400:]}"
        )
    return seconds


def surroundings(more: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a started program: this one's, less what an outer make or pytest set."""
    pytests = ("CURRENT_TEST", "ADDOPTS", "XDIST_WORKER", "XDIST_WORKER_COUNT", "XDIST_TESTRUNUID")
    outer = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", *(f"PYTEST_{name}" for name in pytests)}
    kept = {name: value for name, value in os.environ.items() if name not in outer}
    return kept | {"PYTHONUNBUFFERED": "1"} | dict(more or {})


def script(name: str) -> str:
    """The path of an installed command, beside the Python that runs this."""
    return str(Path(sys.executable).with_name(name))

"""A page that a reader follows by typing: its files and commands, and what each is to print.

In a page, a line "`name`:" before a block of YAML or JSON is a file to write. In a `console` block
a line that begins with `$ ` is typed, with the next line where it ends in a backslash, and the
lines below it are shown; `…` stands for the rest of a line, and alone on a line for any number of
lines.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]

_PART = re.compile(
    r"^`(?P<name>[\w./-]+)`:\n\n```(?:yaml|json|text)\n(?P<text>.*?)^```$|^```console\n(?P<typed>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Written:
    """A file that the reader writes."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A command, and the lines that the page shows below it."""

    command: str
    shown: tuple[str, ...]


Step = Written | Typed


def steps(page: str) -> list[Step]:
    """What the reader of a page does, in order."""
    found: list[Step] = []
    for part in _PART.finditer(page):
        if part["typed"] is None:
            found.append(Written(part["name"], part["text"]))
        else:
            found += _typed(part["typed"])
    return found


def _typed(block: str) -> Iterator[Typed]:
    for text in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = text.rstrip("\n").split("\n")
        while command.endswith("\\") and shown:
            command = f"{command}\n{shown.pop(0)}"
        yield Typed(command, tuple(shown))


class Shell:
    """A folder of its own in which the steps of a page are done one after the other."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.code = folder / "here", 0
        self.folder.mkdir()
        programs = folder / "programs"
        programs.mkdir()
        # The program of this checkout under its own name, whether or not it is installed.
        started = programs / "safeconduct"
        started.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m safeconduct "$@"\n')
        started.chmod(0o755)
        self.surroundings = os.environ | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "80",
        }

    def do(self, step: Step) -> str:
        """Does one step and gives what it printed, errors included."""
        if isinstance(step, Written):
            path = self.folder / step.name
            path.write_text(step.text, encoding="utf-8")
            return ""
        if step.command == "echo $?":
            return f"{self.code}\n"
        done = subprocess.run(
            ["bash", "-c", step.command],
            cwd=self.folder,
            env=self.surroundings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            check=False,
        )
        self.code = done.returncode
        return done.stdout


def not_printed(shown: tuple[str, ...], printed: str) -> str | None:
    """The first line that a page shows and the program did not print there; None if all is so.

    >>> not_printed(("a…", "…", "d"), "ab\\nc\\nd\\n") is None
    True
    >>> not_printed(("a", "c"), "a\\nb\\nc\\n")
    'c'
    """
    lines = [line.rstrip() for line in printed.splitlines()]
    at, leaps = 0, False
    for line in shown:
        if line == "…":
            leaps = True
            continue
        ahead = range(at, len(lines) if leaps else min(at + 1, len(lines)))
        found = next((n for n in ahead if _is(line, lines[n])), None)
        if found is None:
            return line
        at, leaps = found + 1, False
    return None if leaps or at == len(lines) or not shown else f"no more, but: {lines[at]}"


def _is(shown: str, line: str) -> bool:
    # " …" stands for nothing as well, where a line ends there.
    pattern = re.sub(r"(?:\\ )?…", ".*", re.escape(shown.rstrip()))
    return re.fullmatch(pattern, line) is not None

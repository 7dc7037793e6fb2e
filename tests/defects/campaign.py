"""Plants one defect at a time and runs the tests named for it: `python -m tests.defects.campaign`.

The tree is copied, and on the sound copy every named test must pass. Then each defect is planted in
a copy, alone, and taken out again. It is caught when every test named for it fails there; it has
escaped when one of them passes. Whatever else happens (a text that does not fit, a test that is not
there, code that does not run) is no answer: the campaign ends with exit code 1 and says so. Exit
code 0 says that it ran to its end; the last line of standard output, a JSON object, what it found.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from tests.defects.catalogue import CatalogueBroken, Defect, catalogue
from tests.show.commands import CampaignBroken, surroundings
from tests.show.junit import Case, Tally, read

ROOT = Path(__file__).parents[2]
PARTS = ("safeconduct", "tests", "pyproject.toml")
WORKERS, PATIENCE_S = 2, 600  # a busy machine is slow, and a test that hangs is rare
PASSED, FAILED = 0, 1  # the exit codes of pytest that are an answer
PLUGIN = Path(__file__).parent / "plugin" / "unshrunk.py"
# Byte code is kept in the tree, whatever is the habit around: a process for each defect would
# otherwise compile all sources anew, most of what such a process does.
BYTE_CODE = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": ""}
# A test that ends in one of these has not noticed a wrong answer: there was none.
NO_ANSWER = ("NameError", "UnboundLocalError", "SyntaxError", "IndentationError", "ImportError")


@dataclass(frozen=True, slots=True)
class Outcome:
    """One defect, and those of its tests that passed although it was there."""

    defect: Defect
    blind: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        if not self.blind:
            return f"caught   {self.defect.id} ({self.seconds:.1f} s)"
        return f"ESCAPED  {self.defect.id}: {' and '.join(self.blind)} passed all the same"


def run(defects: Sequence[Defect], say: Callable[[str], None], root: Path = ROOT) -> dict[str, Any]:
    """The counts over some defects; `say` hears of each as it comes.

    Raises
    ------
    CatalogueBroken : a defect does not fit the source.
    CampaignBroken : a named test is not there or fails on the sound tree, or code does not run.
    """
    for defect in defects:
        defect.spoilt((root / defect.file).read_text("utf-8"))
    escaped = []
    with tempfile.TemporaryDirectory(prefix="defects-") as scratch:
        first = _copy(root, Path(scratch) / "tree-1")
        _pass_on(first, defects)
        say(f"{len(defects)} defects; their tests pass on the sound tree")
        free: SimpleQueue[Path] = SimpleQueue()
        for number in range(2, WORKERS + 1):
            free.put(_copy(first, first.with_name(f"tree-{number}")))
        free.put(first)
        with ThreadPoolExecutor(WORKERS) as pool:
            for outcome in pool.map(lambda defect: _try(defect, free), defects):
                say(str(outcome))
                if outcome.blind:
                    escaped.append(outcome.defect.id)
    return {
        "defects": len(defects),
        "caught": len(defects) - len(escaped),
        "escaped": escaped,
    }


def _copy(root: Path, to: Path) -> Path:
    to.mkdir()
    for part in PARTS:
        if (root / part).is_dir():
            shutil.copytree(root / part, to / part)
        else:
            shutil.copy2(root / part, to / part)
    return to


def _pass_on(tree: Path, defects: Sequence[Defect]) -> None:
    """Every test that is named for some defect runs and passes on the sound tree."""
    tests = tuple(dict.fromkeys(test for defect in defects for test in defect.tests))
    tally = _tested(tree, tests, (PASSED,))
    absent = [test for test in tests if not any(_cases(tally, test))]
    skipped = [case.name for case in tally.cases if case.ended != "passed"]
    if absent or skipped:
        raise CampaignBroken(f"On the sound tree these tests did not run: {absent + skipped}")


def _try(defect: Defect, free: SimpleQueue[Path]) -> Outcome:
    """What its tests say of a tree with the defect in it; the tree is one that nobody uses."""
    tree, began = free.get(), time.monotonic()
    try:
        with defect.planted_in(tree):
            tally = _tested(tree, defect.tests, (PASSED, FAILED), defect.id)
    finally:
        free.put(tree)
    blind = [
        test
        for test in defect.tests
        if not any(_noticed(defect, case) for case in _cases(tally, test))
    ]
    return Outcome(defect, tuple(blind), time.monotonic() - began)


def _noticed(defect: Defect, case: Case) -> bool:
    if case.ended == "failed" and case.reason.startswith(NO_ANSWER):
        raise CampaignBroken(f"{defect.id}: what is planted does not run: {case.reason}")
    return case.ended == "failed"


def _cases(tally: Tally, test: str) -> Iterable[Case]:
    """The cases of one test function: one, or one for each of its parameters."""
    path, _, function = test.partition("::")
    name = f"{path.removesuffix('.py').replace('/', '.')}::{function}"
    return (case for case in tally.cases if case.name.partition("[")[0] == name)


def _tested(
    tree: Path, tests: Sequence[str], answers: Iterable[int], what: str = "the sound tree"
) -> Tally:
    """The tests, run in a tree.

    The tree's own packages are found first. Were they not, no defect would ever be caught.
    """
    report = tree.with_name(f"{tree.name}.xml")
    options = ("-p", PLUGIN.stem, "--tb=line", f"--junitxml={report}")
    command = [sys.executable, "-m", "pytest", *options, *tests]
    done = subprocess.run(
        command,
        cwd=tree,
        env=surroundings({"PYTHONPATH": f"{tree}{os.pathsep}{PLUGIN.parent}"} | BYTE_CODE),
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_S,
    )
    if done.returncode not in answers:
        told = (done.stdout + done.stderr).strip()[-2000:]
        raise CampaignBroken(f"pytest ended with {done.returncode} for {what}:\n{told}")
    return read(report)


def main(arguments: list[str] | None = None) -> int:
    """Runs the campaign over the catalogue, or over some of it, and prints the counts."""
    parser = argparse.ArgumentParser(prog="tests.defects.campaign", description=__doc__)
    parser.add_argument("only", nargs="*", metavar="ID", help="these defects instead of all")
    parser.add_argument("--record", type=Path, metavar="FILE", help="keep there what was found")
    asked = parser.parse_args(arguments)
    chosen = asked.only
    defects = [one for one in catalogue() if not chosen or one.id in chosen]
    unknown = sorted(set(chosen) - {defect.id for defect in defects})
    if unknown:
        parser.error(f"no such defect: {', '.join(unknown)}")
    began = time.monotonic()
    try:
        told = run(defects, _say)
    except (CatalogueBroken, CampaignBroken) as broken:
        _say(f"{type(broken).__name__}: {broken}")
        return 1
    seconds = time.monotonic() - began
    _say(f"{seconds:.0f} s")
    if asked.record:
        kept = told | {"tried": [defect.id for defect in defects], "seconds": round(seconds, 3)}
        asked.record.write_text(json.dumps(kept) + "\n", encoding="utf-8")
    print(json.dumps(told))
    return 0


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

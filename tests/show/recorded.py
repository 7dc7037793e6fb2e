"""What a run of everything has recorded, for the shows that would only repeat a part of it.

Continuous integration runs all tests and all planted defects before the shows, and keeps records:
`tests*.xml` (pytest's JUnit files) and `defects.json` (what the campaign found). A record is
believed only when no source is younger than the run that wrote it. Together they must hold every
single test or defect that the show would run.
"""

from __future__ import annotations

import json
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.show.commands import CampaignBroken, stream
from tests.show.junit import Tally, read
from tests.show.run import Run

TESTS, DEFECTS = "tests*.xml", "defects.json"
SOURCES = ("safeconduct", "tests", "docs", "bench", "pyproject.toml")


def recorded_tests(
    run: Run, folder: Path, nodes: Sequence[str], environment: Mapping[str, str]
) -> Tally:
    """How the named files, folders or single tests ended in the recorded run.

    pytest is asked which tests these are, so that one which was left out of the recorded run is
    missed here.

    Raises CampaignBroken when there is no record, or an older one, or a test is in none.
    """
    records = sorted(folder.glob(TESTS))
    if not records:
        raise CampaignBroken(
            f"{folder / TESTS} is not there: run all tests with --junitxml={folder}/tests.xml first"
        )
    for record in records:
        lasted = next(ElementTree.parse(record).getroot().iter("testsuite")).get("time", "0")
        _believe(record, float(lasted), run.root)
    wanted = {recorded_name(node) for node in _collected(run, nodes, environment)}
    cases = (case for record in records for case in read(record).cases)
    tally = Tally(tuple(case for case in cases if case.name in wanted))
    absent = sorted(wanted - {case.name for case in tally.cases})
    if absent:
        raise CampaignBroken(
            f"{len(absent)} of {len(wanted)} tests are not in {folder / TESTS}, such as {absent[0]}"
        )
    run.say(f"{len(wanted)} tests looked up in {folder / TESTS}")
    run.asides.append("as `make test` recorded them")
    return tally


def recorded_defects(run: Run, folder: Path, ids: Iterable[str]) -> dict[str, Any]:
    """What the recorded campaign found of these defects, in the form of its closing line.

    Raises CampaignBroken when there is no record, or an older one, or a defect was not tried.
    """
    record = folder / DEFECTS
    if not record.is_file():
        raise CampaignBroken(
            f"{record} is not there: run `python -m tests.defects.campaign --record {record}` first"
        )
    told = json.loads(record.read_text(encoding="utf-8"))
    _believe(record, float(told["seconds"]), run.root)
    wanted = list(ids)
    absent = sorted(set(wanted) - set(told["tried"]))
    if absent:
        raise CampaignBroken(f"{len(absent)} defects are not in {record}, such as {absent[0]}")
    escaped = [id for id in wanted if id in told["escaped"]]
    run.say(f"{len(wanted)} defects looked up in {record}")
    run.asides.append("as the campaign recorded them")
    return {"defects": len(wanted), "caught": len(wanted) - len(escaped), "escaped": escaped}


def recorded_name(node: str) -> str:
    """The name that a record has for a test which pytest calls by this id.

    >>> recorded_name("tests/a/test_b.py::test_c[x::y.py]")
    'tests.a.test_b::test_c[x::y.py]'
    """
    path, bracket, parameters = node.partition("[")
    file, *within = path.split("::")
    module = file.removesuffix(".py").replace("/", ".")
    *classes, function = within
    return f"{'.'.join((module, *classes))}::{function}{bracket}{parameters}"


def _collected(run: Run, nodes: Sequence[str], environment: Mapping[str, str]) -> Iterator[str]:
    """The ids of the tests that pytest would run."""
    listing = ("--collect-only", "-o", "addopts=-q -p no:cacheprovider")  # an id on each line
    command = [sys.executable, "-m", "pytest", *listing, *nodes]
    listed = stream(command, root=run.root, say=lambda line: None, environment=environment)
    if listed.code != 0:
        last = "\n".join(listed.lines[-20:])
        raise CampaignBroken(f"pytest could not list {', '.join(nodes)} ({listed.code}):\n{last}")
    yield from (line for line in listed.lines if "::" in line)


def _believe(record: Path, lasted_s: float, root: Path) -> None:
    """Raises CampaignBroken when a source has changed since the run that wrote a record began."""
    began = record.stat().st_mtime - lasted_s
    for path in _sources(root):
        if path.stat().st_mtime > began:
            raise CampaignBroken(
                f"{record} is older than {path.relative_to(root)}: run everything again, or "
                "leave --recorded out"
            )


def _sources(root: Path) -> Iterator[Path]:
    for name in SOURCES:
        place = root / name
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path

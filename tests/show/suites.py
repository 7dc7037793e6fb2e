"""Shows that are made of tests: run pytest on some of them, and count."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.show.commands import CampaignBroken, stream
from tests.show.junit import Tally, read
from tests.show.recorded import recorded_tests
from tests.show.run import Run


def run_tests(run: Run, *nodes: str, options: Sequence[str] = ()) -> Tally:
    """How the named files, folders or single tests ended.

    They see the seed and the count of the show as `SAFECONDUCT_SEED`, `SAFECONDUCT_COUNT` and
    `SAFECONDUCT_EXAMPLES`. Where the run has records, the tests are looked up in them instead.

    Raises CampaignBroken when pytest wrote no record (a path is missing, or a file cannot be read),
    or when the records do not hold these tests.
    """
    numbers = {
        "SAFECONDUCT_SEED": str(run.seed),
        "SAFECONDUCT_COUNT": str(run.count),
        "SAFECONDUCT_EXAMPLES": str(run.count),
    }
    if run.recorded is not None:
        return recorded_tests(run, run.recorded, nodes, numbers)
    record = run.scratch / "tests.xml"
    command = [sys.executable, "-m", "pytest", "-v", "--no-header", f"--junitxml={record}"]
    finished = stream(
        [*command, "-p", "tests.show.plugin", *options, *nodes],
        root=run.root,
        say=run.say,
        environment=numbers,
    )
    # 0: all passed, 1: some failed. Everything else means that not all of them were run.
    if finished.code not in (0, 1) or not record.is_file():
        raise CampaignBroken(f"pytest could not run {', '.join(nodes)} (exit {finished.code})")
    return read(record)


def counted(tally: Tally, noun: str) -> str:
    """`41 laws, 0 failed`, and the skipped ones if there are any."""
    counts = tally.counts
    skipped = f", {counts['skipped']} skipped" if counts["skipped"] else ""
    return f"{len(tally.cases)} {noun}, {counts['failed']} failed{skipped}"

"""What a run of pytest did, read from the JUnit file it wrote.

`python -m tests.show.junit FILE` prints the counts and exits 1 when a test was skipped: where
everything is at hand, as in continuous integration, a skipped test is one that nobody ran.
"""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Case:
    """One test: what it is called, how it ended, why, and the properties it recorded."""

    name: str
    ended: str
    reason: str
    properties: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """All tests of one run."""

    cases: tuple[Case, ...]

    def ended(self, how: str) -> tuple[Case, ...]:
        """The tests that ended so: `passed`, `failed` or `skipped`."""
        return tuple(case for case in self.cases if case.ended == how)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many ended how."""
        return {how: len(self.ended(how)) for how in ("passed", "failed", "skipped")}

    @property
    def clean(self) -> bool:
        """Whether something ran, and all of it passed; a skipped test shows nothing."""
        return bool(self.cases) and len(self.ended("passed")) == len(self.cases)


def read(path: Path) -> Tally:
    """The tally of a JUnit file; the file is pytest's own, so nothing hostile is expected in it."""
    root = ElementTree.parse(path).getroot()
    return Tally(tuple(_case(element) for element in root.iter("testcase")))


def _case(element: ElementTree.Element) -> Case:
    ended, reason = "passed", ""
    for tag, word in (("skipped", "skipped"), ("failure", "failed"), ("error", "failed")):
        found = element.find(tag)
        if found is not None:
            ended, reason = word, found.get("message", "")
    properties = tuple(
        (each.get("name", ""), each.get("value", "")) for each in element.iter("property")
    )
    name = f"{element.get('classname', '')}::{element.get('name', '')}"
    return Case(name, ended, reason, properties)


def main(path: str) -> int:
    """Prints the counts and every skipped test; exit code 1 unless all ran."""
    tally = read(Path(path))
    print(", ".join(f"{number} {how}" for how, number in tally.counts.items()))
    for case in tally.ended("skipped"):
        print(f"skipped: {case.name}: {case.reason}")
    if not tally.cases:
        print("No test ran.")
    return 1 if tally.ended("skipped") or not tally.cases else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))

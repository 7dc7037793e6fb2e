"""Every command of a how-to runs, from the register that the first hour ends with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, Written, not_printed, steps

FIRST_HOUR = ROOT / "docs" / "start" / "first-hour.md"
# The pages that go on from there; the others begin anew and have tests of their own.
PAGES = (
    *("ask-and-chase", "note-a-call", "see-what-is-due"),
    *("decide-and-sign", "record-an-outcome", "repeat-a-movement"),
    "find-what-to-ask",
    "find-a-window",
    "see-who-can-be-reached",
    "keep-evidence",
    "read-a-report",
)
TYPED = [ROOT / "docs" / "how-to" / f"{name}.md" for name in PAGES]


@pytest.fixture(scope="module")
def after_the_first_hour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reader's folder at the end of the first hour."""
    shell = Shell(tmp_path_factory.mktemp("first-hour"))
    for step in steps(FIRST_HOUR.read_text(encoding="utf-8")):
        shell.do(step)
    return shell.folder


@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.stem)
def test_every_command_prints_what_the_page_shows(
    page: Path, after_the_first_hour: Path, tmp_path: Path
) -> None:
    shell = Shell(tmp_path)
    shutil.copytree(after_the_first_hour, shell.folder, dirs_exist_ok=True)
    for step in steps(page.read_text(encoding="utf-8")):
        printed = shell.do(step)
        if isinstance(step, Typed):
            assert not_printed(step.shown, printed) is None, f"{step.command}\n{printed}"


@pytest.mark.parametrize("page", TYPED, ids=lambda page: page.stem)
def test_nothing_that_is_typed_is_left_out(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    done = steps(text)
    files = sum(isinstance(step, Written) for step in done)
    assert text.count("```") // 2 == files + text.count("```console\n")
    assert len(done) - files == sum(line.startswith("$ ") for line in text.splitlines())

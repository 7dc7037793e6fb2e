"""Every command of the how-tos around a verdict runs, and prints what the page shows.

Each of these pages goes on from the register that the reader of the first hour has kept.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, Written, not_printed, steps

PAGES = ("decide-and-sign", "record-an-outcome", "repeat-a-movement")
TEXTS = {
    name: (ROOT / "docs" / "how-to" / f"{name}.md").read_text(encoding="utf-8") for name in PAGES
}
FIRST_HOUR = (ROOT / "docs" / "start" / "first-hour.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the reader of the first hour has kept when the part on registers ends."""
    shell = Shell(tmp_path_factory.mktemp("first-hour"))
    for step in steps(FIRST_HOUR.partition("\n## 6. ")[0]):
        if isinstance(step, Written) or step.command.split()[:2] not in (
            ["safeconduct", "assess"],
            ["safeconduct", "demo"],
        ):
            shell.do(step)
    return shell.folder


@pytest.mark.parametrize("page", PAGES)
def test_the_commands_of_a_page_print_what_it_shows(page: str, kept: Path, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    shutil.copytree(kept, shell.folder, dirs_exist_ok=True)
    for step in steps(TEXTS[page]):
        printed = shell.do(step)
        if isinstance(step, Typed):
            assert not_printed(step.shown, printed) is None, f"{step.command}\n{printed}"


@pytest.mark.parametrize("page", PAGES)
def test_nothing_that_the_reader_types_is_left_out(page: str) -> None:
    text = TEXTS[page]
    typed = [step for step in steps(text) if isinstance(step, Typed)]
    assert len(typed) == sum(line.startswith("$ ") for line in text.splitlines()) > 1
    assert text.count("```") // 2 == text.count("```console\n") + sum(
        isinstance(step, Written) for step in steps(text)
    )

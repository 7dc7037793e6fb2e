"""The pages on policies, joint convoys and loosened rules: what they show is what happens."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, not_printed, steps
from tests.unit.app.folders import TWO_TOWNS, ground_and_records, two_towns
from tests.unit.cli.running import safeconduct

HOW_TO = ROOT / "docs" / "how-to"


def _nothing(folder: Path) -> None:
    """The page brings all that it needs."""


def _a_case(folder: Path) -> None:
    """`our-case`, the two towns."""
    two_towns(folder).rename(folder / "our-case")


def _a_register(folder: Path) -> None:
    """`office.db`, a live register of the two towns, in which preparation takes three days."""
    records = ground_and_records(folder)
    written = records.read_text()
    assert written.count("preparation_s: 24h") == 1
    records.write_text(written.replace("preparation_s: 24h", "preparation_s: 72h"))
    for arguments in (
        ("init", folder / "office.db"),
        ("record", TWO_TOWNS, "-r", folder / "office.db"),
        ("record", records, "-r", folder / "office.db"),
    ):
        assert safeconduct(*arguments).code == 0


PAGES: dict[str, Callable[[Path], None]] = {
    "make-a-policy.md": _nothing,
    "judge-a-joint-convoy.md": _a_case,
    "loosen-a-rule.md": _a_register,
}


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_the_page_prints_what_it_shows(page: str, tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    PAGES[page](shell.folder)
    done = steps((HOW_TO / page).read_text(encoding="utf-8"))
    assert sum(isinstance(step, Typed) for step in done) >= 2
    for step in done:
        printed = shell.do(step)
        if isinstance(step, Typed):
            assert not_printed(step.shown, printed) is None, (step.command, printed)

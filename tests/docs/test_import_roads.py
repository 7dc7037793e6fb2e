"""Every command of the page on importing roads runs, and prints what the page shows."""

from __future__ import annotations

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, Written, not_printed, steps

PAGE = (ROOT / "docs" / "how-to" / "import-roads.md").read_text(encoding="utf-8")
STEPS = steps(PAGE)
COMMANDS = [(n, step) for n, step in enumerate(STEPS) if isinstance(step, Typed)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each step printed, done in the order of the page."""
    shell = Shell(tmp_path_factory.mktemp("roads"))
    return [shell.do(step) for step in STEPS]


@pytest.mark.parametrize(
    ("number", "step"), COMMANDS, ids=[f"{n}: {step.command[:60]}" for n, step in COMMANDS]
)
def test_a_command_prints_what_the_page_shows(number: int, step: Typed, printed: list[str]) -> None:
    assert not_printed(step.shown, printed[number]) is None, printed[number]


def test_every_verb_of_roads_is_on_the_page_and_nothing_typed_is_left_out() -> None:
    for verb in ("import", "info", "snap", "route", "warm"):
        assert f"safeconduct roads {verb}" in PAGE
    files = sum(isinstance(step, Written) for step in STEPS)
    assert PAGE.count("```") // 2 == files + PAGE.count("```console\n")
    assert len(COMMANDS) == sum(line.startswith("$ ") for line in PAGE.splitlines())

"""Every command of the page on a party's record runs, and prints what the page shows."""

from __future__ import annotations

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, Written, not_printed, steps

PAGE = (ROOT / "docs" / "how-to" / "read-a-partys-record.md").read_text(encoding="utf-8")
STEPS = steps(PAGE)
COMMANDS = [(n, step) for n, step in enumerate(STEPS) if isinstance(step, Typed)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each step printed, done in the order of the page."""
    shell = Shell(tmp_path_factory.mktemp("record"))
    return [shell.do(step) for step in STEPS]


@pytest.mark.parametrize(
    ("number", "step"), COMMANDS, ids=[f"{n}: {step.command[:60]}" for n, step in COMMANDS]
)
def test_a_command_prints_what_the_page_shows(number: int, step: Typed, printed: list[str]) -> None:
    assert not_printed(step.shown, printed[number]) is None, printed[number]


def test_every_verb_of_parties_is_on_the_page_and_nothing_typed_is_left_out() -> None:
    verbs = {step.command.split()[2] for _, step in COMMANDS if "party" in step.command}
    assert verbs == {"list", "show", "record", "binds"}
    files = sum(isinstance(step, Written) for step in STEPS)
    assert PAGE.count("```") // 2 == files + PAGE.count("```console\n")
    assert len(COMMANDS) == sum(line.startswith("$ ") for line in PAGE.splitlines())

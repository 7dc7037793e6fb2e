"""Every command of the page on protecting a register runs, and prints what the page shows."""

from __future__ import annotations

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, not_printed, steps

PAGE = (ROOT / "docs" / "how-to" / "protect-a-register.md").read_text(encoding="utf-8")
STEPS = [
    step
    for step in steps(PAGE)
    # What is required is said of an office's own parties, which this register has not.
    if isinstance(step, Typed) and "required.yaml" not in step.command
]
NEW = "the words from now on"
COMMANDS = [(n, step) for n, step in enumerate(STEPS) if isinstance(step, Typed)]


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[str, int]]:
    """What each step printed and how it ended; the passphrases come as to what runs by itself."""
    folder, found = tmp_path_factory.mktemp("protect"), []
    shell = Shell(folder)
    shell.surroundings |= {
        "SAFECONDUCT_HOME": str(folder / "home"),
        "SAFECONDUCT_PASSPHRASE": "the words of before",
        "SAFECONDUCT_NEW_PASSPHRASE": NEW,
    }
    for step in STEPS:
        found.append((shell.do(step), shell.code))
        if isinstance(step, Typed) and "register passphrase" in step.command:
            shell.surroundings["SAFECONDUCT_PASSPHRASE"] = NEW
    return found


@pytest.mark.parametrize(
    ("number", "step"), COMMANDS, ids=[f"{n}: {step.command[:60]}" for n, step in COMMANDS]
)
def test_a_command_prints_what_the_page_shows(
    number: int, step: Typed, printed: list[tuple[str, int]]
) -> None:
    told, code = printed[number]
    assert code == 0, told
    assert not_printed(step.shown, told) is None, told


def test_the_verbs_of_keeping_a_register_are_on_the_page() -> None:
    verbs = {step.command.split()[2] for _, step in COMMANDS if " register " in step.command}
    assert verbs == {"passphrase", "backup", "verify", "restore", "erase"}
    typed = [line for line in PAGE.splitlines() if line.startswith("$ ")]
    assert len(COMMANDS) == len(typed) - 1

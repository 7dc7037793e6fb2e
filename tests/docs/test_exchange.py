"""Every command of the page on exchanging with another office runs, and prints what it shows."""

from __future__ import annotations

import re
from pathlib import Path

from tests.docs.walkthrough import ROOT, Shell, Typed, not_printed, steps

PAGE = ROOT / "docs" / "how-to" / "exchange-with-another-office.md"


def test_two_offices_come_to_trust_each_other_and_pass_on_what_they_recorded(
    tmp_path: Path,
) -> None:
    shell, digits = Shell(tmp_path), {}
    text = PAGE.read_text(encoding="utf-8")
    typed = [step for step in steps(text) if isinstance(step, Typed)]
    assert len(typed) == sum(line.startswith("$ ") for line in text.splitlines())
    for step in typed:
        command = step.command
        for office, found in digits.items():
            command = command.replace(f"DIGITS_OF_{office.upper()}", found)
        told = shell.do(Typed(command, step.shown))
        assert shell.code == 0, told
        assert not_printed(step.shown, told) is None, f"{command}\n{told}"
        if "keys list" in command:
            ((office, found),) = re.findall(r"trust R (\w+) root \\\n +([0-9a-f]{64})\n", told)
            digits[office] = found
    assert set(digits) == {"valley", "hill"}

"""Every command of the first hour runs, and prints what the page shows."""

from __future__ import annotations

import shlex

import pytest

from tests.docs.walkthrough import ROOT, Shell, Typed, Written, not_printed, steps

PAGE = (ROOT / "docs" / "start" / "first-hour.md").read_text(encoding="utf-8")
STEPS = steps(PAGE)


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each step printed, done in the order of the page."""
    shell = Shell(tmp_path_factory.mktemp("first-hour"))
    return [shell.do(step) for step in STEPS]


COMMANDS = [(n, step) for n, step in enumerate(STEPS) if isinstance(step, Typed)]


@pytest.mark.parametrize(
    ("number", "step"), COMMANDS, ids=[f"{n}: {step.command[:60]}" for n, step in COMMANDS]
)
def test_a_command_prints_what_the_page_shows(number: int, step: Typed, printed: list[str]) -> None:
    assert not_printed(step.shown, printed[number]) is None, printed[number]


def test_the_page_leads_through_all_three_verdicts_and_an_error() -> None:
    told = [step.shown for step in STEPS if isinstance(step, Typed) and step.command == "echo $?"]
    assert {code for (code,) in told} == {"0", "2", "3", "4"}


def test_nothing_that_the_reader_types_is_left_out_of_the_test() -> None:
    fences = PAGE.count("```") // 2
    files = sum(isinstance(step, Written) for step in STEPS)
    blocks = PAGE.count("```console\n")
    assert fences == files + blocks
    assert len(COMMANDS) == sum(line.startswith("$ ") for line in PAGE.splitlines())


def test_every_verb_of_the_page_is_called_by_its_name() -> None:
    called = {shlex.split(step.command)[0] for _, step in COMMANDS}
    assert called == {"safeconduct", "echo", "mkdir", "sed"}


# The rest proves that the checks above can fail.


def test_a_line_that_is_not_printed_is_named() -> None:
    assert not_printed(("NO-GO…", "…", "end"), "NO-GO now\nmore\n") == "end"


def test_a_line_in_another_place_is_named() -> None:
    assert not_printed(("a", "c"), "a\nb\nc\n") == "c"


def test_lines_after_those_shown_are_named_unless_the_page_leaves_them_out() -> None:
    assert not_printed(("a",), "a\nb\n") == "no more, but: b"
    assert not_printed(("a", "…"), "a\nb\n") is None


def test_a_command_that_shows_nothing_is_held_to_nothing() -> None:
    assert not_printed((), "a\n") is None


def test_files_and_commands_are_read_in_the_order_of_the_page() -> None:
    page = "`a/b.yaml`:\n\n```yaml\nx: 1\n```\n\n```console\n$ one\n1\n$ two\n```\n"
    assert steps(page) == [Written("a/b.yaml", "x: 1\n"), Typed("one", ("1",)), Typed("two", ())]

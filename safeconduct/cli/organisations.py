"""Whose verdict it is: that of each organisation in a joint convoy, and who loosened which rule."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from safeconduct.app.assess import Answer
from safeconduct.clearance.judgement import Strictness
from safeconduct.cli.marks import COLOURS, WORDS
from safeconduct.spacetime import show


def by_profile(answer: Answer) -> Iterator[Text]:
    """One line for each organisation of a joint convoy; none when there is only one."""
    told = answer.judgement.by_profile
    if len(told) < 2:
        return
    yield Text("a joint convoy is as strict as the strictest:")
    for one in told:
        line = Text(f"  {one.profile}: ")
        line.append(WORDS[one.verdict], style=f"bold {COLOURS[one.verdict]}")
        if one.expires is not None:
            line.append(f", to be reconfirmed by {show(one.expires, answer.movement.zone)}")
        yield line


def loosened(answer: Answer) -> Iterator[Text]:
    """Every loosening that is valid now: rule, who, why, until when, and whether it counts."""
    for one in answer.judgement.loosened:
        word = "LOOSENED" if one.strictness is Strictness.IN_FORCE else "NOT LOOSENED"
        yield Text(f"{word}  {one.says}", style="bold yellow")

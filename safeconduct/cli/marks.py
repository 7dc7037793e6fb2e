"""The few signs and colours of a report, the same wherever they stand."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import RenderableType
from rich.padding import Padding
from rich.rule import Rule as Line
from rich.table import Table
from rich.text import Text

from safeconduct.clearance import Status, Verdict

COLOURS = {Verdict.GO: "green", Verdict.CONDITIONAL: "yellow", Verdict.NO_GO: "red"}
WORDS = {Verdict.GO: "GO", Verdict.CONDITIONAL: "CONDITIONAL", Verdict.NO_GO: "NO-GO"}
MARKS = {
    Status.UNMET: ("✗", "red"),
    Status.UNKNOWN: ("?", "red"),
    Status.NOT_YET_DUE: ("…", "yellow"),
    Status.MET: ("✓", "green"),
    Status.NOT_APPLICABLE: ("·", "dim"),
}
RISK = ("!", "yellow")
"""Met, but only because a named person carries the risk."""


def section(title: str) -> RenderableType:
    """A line across the page with a title, and room above it."""
    return Padding(Line(Text(title, style="bold"), align="left", style="dim"), (1, 0, 0, 0))


def bullets(lines: Iterable[str | Text]) -> RenderableType:
    """The lines one under the other, each with a dash and wrapped behind it."""
    table = Table.grid(padding=(0, 1))
    table.add_column(style="dim")
    table.add_column()
    for line in lines:
        table.add_row("–", line if isinstance(line, Text) else Text(line))
    return table

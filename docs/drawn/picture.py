"""The picture of the README: the beginning of `safeconduct demo`, as it stands in a terminal."""

from __future__ import annotations

import io
from collections.abc import Sequence

from rich.console import Console
from rich.segment import Segment
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from safeconduct.app.assess import Answer, assess
from safeconduct.app.opening import open_case
from safeconduct.cli.assessing import DEMO_AT, DEMO_CASE, DEMO_MOVEMENT
from safeconduct.cli.report import report

WIDTH = 80
FINDINGS_SHOWN = 3

Line = Sequence[Segment]

# Dark ground, and colours that keep a contrast of 4.5 to 1 on it.
_THEME = TerminalTheme(
    (30, 33, 39),
    (220, 223, 228),
    [
        (30, 33, 39), (240, 113, 120), (152, 195, 121), (229, 192, 123),
        (115, 184, 255), (198, 160, 246), (86, 182, 194), (220, 223, 228),
    ],
)  # fmt: skip

# Rich's own frame fetches its letters from the net; a picture in a repository stands by itself.
# The measures are those that rich uses for the lines that it draws inside.
_FRAME = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" \
aria-label="The beginning of safeconduct demo in a terminal: the verdict NO-GO, a table of parties \
against hours, and the first reasons">
<style>
.{unique_id}-matrix {{ font-family: "DejaVu Sans Mono", Menlo, Consolas, monospace; \
font-size: {char_height}px; line-height: {line_height}px; white-space: pre; }}
{styles}
</style>
<defs>
<clipPath id="{unique_id}-clip-terminal">
<rect x="0" y="0" width="{terminal_width}" height="{terminal_height}" />
</clipPath>
{lines}
</defs>
<rect fill="#1e2127" width="{width}" height="{height}" rx="8" />
<g transform="translate({terminal_x}, {terminal_y})" clip-path="url(#{unique_id}-clip-terminal)">
{backgrounds}
<g class="{unique_id}-matrix" xml:space="preserve">
{matrix}
</g>
</g>
</svg>
"""


def page() -> str:
    """The picture, as SVG."""
    console = Console(
        width=WIDTH, record=True, file=io.StringIO(), force_terminal=True, color_system="standard"
    )
    for line in _shown(console):
        console.print(Text.assemble(*((part.text, part.style or "") for part in line)), end="\n")
    return console.export_svg(theme=_THEME, code_format=_FRAME, unique_id="demo")


def shown_text() -> list[str]:
    """The lines of the picture as plain text, without the spaces at their ends."""
    console = Console(width=WIDTH, file=io.StringIO())
    return ["".join(part.text for part in line).rstrip() for line in _shown(console)]


def _shown(console: Console) -> list[Line]:
    """The lines up to the last finding that is shown, and one that says how many follow."""
    answer = _answer()
    lines = console.render_lines(report(answer), pad=False)
    starts = [number for number, line in enumerate(lines) if _begins_finding(line)]
    left = len(starts) - FINDINGS_SHOWN
    rest = f"    … {left} more findings, then what is missing from whom, and what was said"
    return [*lines[: starts[FINDINGS_SHOWN]], [], [Segment(rest)]]


def _begins_finding(line: Line) -> bool:
    text = "".join(part.text for part in line)
    return text.startswith(("  ✗ ", "  ? ", "  … "))


def _answer() -> Answer:
    return assess(open_case(DEMO_CASE), DEMO_MOVEMENT, at=DEMO_AT)

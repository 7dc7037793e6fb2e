"""The terminal: one console, plain where colour is not wanted or not possible; and plain JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType

# Wider lines are hard to read, and a report should look alike in every window. Narrower ones break
# every word of the table; below this the terminal may wrap as it likes.
WIDEST, NARROWEST = 100, 60


def screen() -> Console:
    """The console to print on, as wide as the terminal within 60 and 100 columns."""
    console = Console(highlight=False)
    console.width = max(NARROWEST, min(console.width, WIDEST))
    return console


def show_parts(parts: Iterable[RenderableType]) -> None:
    """Print the parts of a page one below the other."""
    console = screen()
    for part in parts:
        console.print(part)


def show_json(body: Any) -> None:
    """Print a body as JSON, in the letters that it holds."""
    print(json.dumps(body, ensure_ascii=False, indent=2))

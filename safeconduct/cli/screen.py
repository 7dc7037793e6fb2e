"""The terminal: one console, plain where colour is not wanted or not possible."""

from __future__ import annotations

from rich.console import Console

# Wider lines are hard to read, and a report should look alike in every window. Narrower ones break
# every word of the table; below this the terminal may wrap as it likes.
WIDEST, NARROWEST = 100, 60


def screen() -> Console:
    """The console to print on, as wide as the terminal within 60 and 100 columns."""
    console = Console(highlight=False)
    console.width = max(NARROWEST, min(console.width, WIDEST))
    return console

"""The counts of what became of a party's undertakings: as a row, and in a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from safeconduct.watch import Counts, PartyRecord

_COUNTED = ("given", "looked\nat", "kept", "broken", "unclear", "running", "other")


def counts_table(first: str) -> Table:
    """A table with one column for each count."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim", pad_edge=False)
    table.add_column(first, overflow="fold")
    for name in _COUNTED:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def numbers(counts: Counts) -> list[Text]:
    """One row of counts; a nought is dim, so that the eye finds the others."""
    shown = (
        (counts.given, "bold"),
        (counts.looked_at, "bold"),
        (counts.kept, "green"),
        (counts.broken, "red"),
        (counts.unclear, "yellow"),
        (counts.running, ""),
        (counts.withdrawn + counts.not_tested, ""),
    )
    return [Text(f"{number}", style=colour if number else "dim") for number, colour in shown]


def legend() -> Iterator[RenderableType]:
    """What the columns are, and what such numbers are not."""
    yield Text(
        "looked at: somebody independent looked, the base of kept and broken. other: withdrawn "
        "before use, or not tested. These are counts of what was recorded; they are no score and "
        "no forecast.",
        style="dim",
    )


def summary(record: PartyRecord) -> str:
    """A record in a sentence that never gives a number without its base."""
    counts, aside = record.counts, len(record.left_aside)
    more = (
        f" {aside} more told of it {'were' if aside > 1 else 'was'} never given." if aside else ""
    )
    if not counts.given:
        return f"It has given no undertaking that is on record.{more}"
    base = counts.looked_at - counts.kept - counts.broken  # unclear in spite of a look
    unclear = counts.unclear - base
    rest = [
        f"{number} {word}"
        for number, word in (
            (unclear, "unclear"),
            (counts.running, "running"),
            (counts.withdrawn, "withdrawn before use"),
            (counts.not_tested, "not tested"),
        )
        if number
    ]
    open_still = f", {base} unclear," if base else ""
    said = (
        f"{counts.broken} broken and {counts.kept} kept{open_still} of {counts.looked_at} that "
        f"were looked at, of {counts.given} given."
    )
    return f"{said} Beside these: {', '.join(rest)}.{more}" if rest else said + more

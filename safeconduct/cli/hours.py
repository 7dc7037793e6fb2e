"""The table of parties against hours: who is bound to what when, at a glance."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from zoneinfo import ZoneInfo

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from safeconduct.app.assess import Answer
from safeconduct.planning import Bound
from safeconduct.spacetime import Span, Spans

HOUR_S = 3600
MOST_CELLS = 24
# A short trip has room for cells of up to three letters, and so for every hour's number.
WIDEST_CELL, NUMBER = 3, 3
BOUND, PARTLY, OFFERED, NOTHING = ("█", "green"), ("▒", "yellow"), ("░", "red"), ("·", "dim")


def hours_table(answer: Answer) -> RenderableType:
    """The parties one under the other, each with what it must give, one cell per hour.

    A long trip has as many hours in a cell as keep it to one line; the legend says how many.
    """
    if not answer.bound:
        return Text("Nothing on the way could be read, so nobody is known to be bound.")
    cells = _cells(answer.horizon)
    width = min(MOST_CELLS // len(cells), WIDEST_CELL)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column()
    table.add_column(no_wrap=True)
    zone = answer.movement.zone
    table.add_row("", Text(_scale(cells, width, zone), style="dim"))
    table.add_row(Text("the column is on the way", style="bold"), _trip(answer, cells, width))
    for _, rows in groupby(answer.bound, key=lambda row: row.party):
        of_party = list(rows)
        table.add_row(_party(answer, of_party[0]), "")
        for row in of_party:
            table.add_row(Text(f"  {row.what}"), _row(row, cells, width, answer.horizon))
    return Group(table, _legend(cells, answer))


def _party(answer: Answer, row: Bound) -> Text:
    text = Text(answer.bench.name(row.party) if answer.bench else row.party, style="bold")
    if row.rejected_at is not None:
        at = dt.datetime.fromtimestamp(row.rejected_at, ZoneInfo(answer.movement.zone))
        text.append(f"  ✗ rejected {at:%Y-%m-%d}", style="not bold red")
    return text


def _cells(horizon: Span) -> list[Span]:
    """The horizon in whole hours, or in as many hours a cell as keep it to one line."""
    start = horizon.start - horizon.start % HOUR_S
    hours = -(-(horizon.end - start) // HOUR_S)
    step = -(-hours // MOST_CELLS) * HOUR_S
    count = -(-(horizon.end - start) // step)
    return [Span(start + i * step, start + (i + 1) * step) for i in range(count)]


def _scale(cells: list[Span], width: int, zone: str) -> str:
    """The local hour over every cell, or over as many as leave room between the numbers."""
    every = -(-NUMBER // width)
    marks = ""
    for index, cell in enumerate(cells):
        if index % every == 0:
            local = dt.datetime.fromtimestamp(cell.start, ZoneInfo(zone))
            marks = marks.ljust(index * width) + f"{local:%H}"
    return marks.ljust(len(cells) * width)


def _row(row: Bound, cells: list[Span], width: int, horizon: Span) -> Text:
    text = Text()
    for cell in cells:
        symbol, style = _symbol(row, cell, horizon)
        text.append(symbol * width, style=style)
    return text


def _trip(answer: Answer, cells: list[Span], width: int) -> Text:
    """The hours in which the column would be out."""
    text = Text()
    trip = answer.bench.trip if answer.bench else None
    for cell in cells:
        out = trip is not None and trip.overlaps(cell)
        text.append(("━" if out else " ") * width, style="bold")
    return text


def _symbol(row: Bound, cell: Span, horizon: Span) -> tuple[str, str]:
    """A cell counts as bound only when all of it is, as far as the table reaches."""
    here = Spans.of([Span(max(cell.start, horizon.start), min(cell.end, horizon.end))])
    if not here - row.bound:
        return BOUND
    if (row.bound | row.partly) & here:
        return PARTLY
    return OFFERED if row.offered & here else NOTHING


def _legend(cells: list[Span], answer: Answer) -> Text:
    hours = cells[0].length_s // HOUR_S
    local = dt.datetime.fromtimestamp(cells[0].start, ZoneInfo(answer.movement.zone))
    size = "an hour" if hours == 1 else f"{hours} hours"
    text = Text(style="dim")
    for (symbol, style), meaning in (
        (BOUND, "bound all the way"),
        (PARTLY, "partly"),
        (OFFERED, "said what does not count"),
        (NOTHING, "nothing"),
    ):
        text.append(symbol, style=style)
        text.append(f" {meaning}  ")
    text.append(f"\na cell is {size}, from {local:%d %b %H:%M} {answer.movement.zone}")
    return text

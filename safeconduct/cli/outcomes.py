"""The verb `outcome`: how it came out, and the ledger as a table with what is missing where."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from safeconduct.app.opening import open_either
from safeconduct.app.outcomes import Account, Told, outcome_of, record_outcome
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.recorded import recorded_as
from safeconduct.cli.screen import screen, show_json, show_parts
from safeconduct.errors import WrongField
from safeconduct.planning.load import HOME_AGAIN, Line
from safeconduct.spacetime import show
from safeconduct.vocabulary import Result


def show_recorded(
    path: str | None, movement: str | None, told: Told, *, at: str | None, as_json: bool
) -> None:
    """Record an outcome."""
    if path is None:
        raise WrongField(
            "No register is named that the outcome could be written to.",
            "Name it: `safeconduct outcome --register R`.",
        )
    account = record_outcome(path, movement, told, at=at)
    if as_json:
        show_json(account.as_json())
        return
    show_parts(_account(account))
    assert account.recorded is not None  # it has just been written
    screen().print(recorded_as(account.outcome.id, account.recorded))


def show_outcome(
    wanted: str | None, movement: str | None, *, at: str | None, as_json: bool
) -> None:
    """The outcome that holds, with its ledger."""
    if wanted is None:
        raise WrongField(
            "No register is named whose outcome is to be shown.",
            "Name it: `safeconduct outcome show --register R`.",
        )
    with closing(open_either(wanted)) as opened:
        account = outcome_of(opened, movement, at=at)
    if as_json:
        body = {"outcome": None if account is None else account.as_json()}
        show_json(body)
        return
    if account is None:
        screen().print("No outcome of this movement is recorded.")
        return
    show_parts(_account(account))


def _account(account: Account) -> Iterator[RenderableType]:
    outcome, zone = account.outcome, account.movement.zone
    when = "" if outcome.at is None else f"   {show(outcome.at, zone)}"
    head = Text(outcome.result.value.upper(), "bold")
    head.append(f"{when}\n{account.movement.title}, version {outcome.version}", style="not bold")
    head.append(f"\n{outcome.what}", style="not bold")
    if outcome.by:
        head.append(f"\ntold by {outcome.by}", style="not bold dim")
    yield head
    if account.lines:
        yield section("What became of the load")
        yield _table(account.lines, outcome.result)
    faults = [f"{line.item.item}: {_told(line)}" for line in account.lines if line.faults]
    if faults:
        yield section("What does not add up")
        yield bullets(faults)
    incidents = [line.incident for line in account.lines if line.incident]
    if incidents:
        yield section("Taken out")
        yield bullets(incidents)
    if account.earlier:
        yield section("Recorded before")
        yield bullets(f"{one.result.value}: {one.what}" for one in account.earlier)


def _told(line: Line) -> str:
    return f"{'; '.join(line.faults)}. Explained: {line.item.note}"


def _table(found: tuple[Line, ...], result: Result) -> Table:
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    table.add_column("item", overflow="fold")
    for column in ("approved", "loaded", "taken out", "arrived", "given out"):
        table.add_column(column, justify="right")
    table.add_column("missing", overflow="fold")
    for line in found:
        item = line.item
        counts = (item.approved, item.loaded, item.removed, item.arrived, item.distributed)
        table.add_row(Text(item.item), *(f"{count:,}" for count in counts), _missing(line, result))
    return table


def _missing(line: Line, result: Result) -> Text:
    """Where the rest is, in the order of the way."""
    way = "came back" if result in HOME_AGAIN else "lost"
    parts = (
        (line.not_loaded, "not loaded"),
        (line.item.removed, "taken out"),
        (line.on_the_way, way),
        (line.in_store, "in store"),
    )
    told = [f"{count:,} {where}" for count, where in parts if count > 0]
    return Text(", ".join(told) or "nothing", "red" if line.item.removed > 0 else "")

"""The verbs `init`, `record` and `register log`."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from safeconduct.app.registers import init, log, record, record_id
from safeconduct.cli.recorded import SHORT, recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.register import known_since
from safeconduct.spacetime import utc


def show_init(path: str, from_case: str | None, *, as_json: bool) -> None:
    """Make a register."""
    made = init(path, from_case)
    if as_json:
        show_json(made.as_json())
        return
    console = screen()
    replay = from_case is not None
    filled = f" with {len(made.entries)} entries of a case, as a replay" if replay else ""
    console.print(Text(f"Made {path}{filled}. Head {made.head[:SHORT]}."))
    if not replay:
        console.print("Next: record areas and roads from a case folder, then who said what.")


def show_record(path: str, source: str, author: str, *, as_json: bool) -> None:
    """Record a file."""
    done = record(path, source, author)
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    for entry in done.entries:
        console.print(Text(f"  {entry.kind}  {record_id(entry)}"))
    counted = f"{len(done.entries)} entries" if done.entries else "nothing: all of it is there"
    console.print(recorded(done, counted))


def show_log(wanted: str, last: int, *, as_json: bool) -> None:
    """The entries in order."""
    found = log(wanted, last)
    if as_json:
        show_json(found.as_json())
        return
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for column in ("known since", "writer", "seq", "kind", "record", "hash"):
        table.add_column(column, overflow="fold")
    for entry in found.entries:
        table.add_row(
            utc(known_since(entry, replay=found.replay)),
            entry.writer,
            str(entry.sequence),
            entry.kind,
            Text(record_id(entry)),
            entry.hash[:8],
        )
    console = screen()
    console.print(table)
    kind = "replay" if found.replay else "live register"
    console.print(Text(f"{found.register}: {kind}, head {found.head}"))

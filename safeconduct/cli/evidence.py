"""The verbs of `evidence`, for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from safeconduct.app.evidence import Added, Listed, Saved, body
from safeconduct.app.filing import Shelved
from safeconduct.cli.recorded import SHORT, counted, recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import utc


def show_added(done: Added, *, as_json: bool) -> None:
    """What is on record of the file now."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    kept = "kept sealed" if done.kept else "here already, and kept once"
    console.print(
        Text(f"  evidence  {done.evidence}  {done.size_bytes} bytes, {done.sha256[:SHORT]}, {kept}")
    )
    console.print(
        Text(
            f"It is kept for {done.operation}, until `register erase --operation {done.operation}` "
            "forgets it."
        )
    )
    if done.recorded.entries:
        console.print(recorded(done.recorded))
    else:
        console.print("Nothing was recorded: all of it is on record.")


def show_list(found: Listed, *, as_json: bool) -> None:
    """The records one by one."""
    if as_json:
        show_json(found.as_json())
        return
    console = screen()
    if not found.found:
        others = f"{counted(found.others, 'other record')} {'is' if found.others == 1 else 'are'}"
        console.print(
            f"No evidence is of what was asked for; {others} here: `safeconduct evidence list`."
            if found.others
            else "No evidence is on record. Next: `safeconduct evidence add`."
        )
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("evidence", "shows", "bears out", "kept for", "file"):
        table.add_column(column, overflow="fold")
    for one in found.found:
        record = one.record
        row = (record.id, record.shows, ", ".join(record.of), one.at.operation, one.says())
        table.add_row(*map(Text, row))
    console.print(table)
    files, records = counted(found.files, "file"), counted(len(found.found), "record")
    console.print(Text(f"{files}, in {records}.", "dim"))


def show_one(found: Shelved, *, as_json: bool) -> None:
    """One record, line by line."""
    if as_json:
        show_json(body(found))
        return
    console = screen()
    for name, said in _lines(found):
        console.print(Text.assemble((f"{name:<11}", "dim"), said))


def show_saved(done: Saved, *, as_json: bool) -> None:
    """Where the file is now."""
    if as_json:
        show_json(done.as_json())
        return
    record = done.shelved.record
    console = screen()
    console.print(
        Text(
            f"Wrote {done.file}: {record.size_bytes} bytes with the hash on record, "
            f"{record.sha256[:SHORT]}."
        )
    )
    console.print("It lies open on this disk. No erasure of the register reaches it there.")


def _lines(found: Shelved) -> Iterator[tuple[str, str]]:
    record = found.record
    yield "evidence", record.id
    yield "shows", record.shows
    yield "bears out", ", ".join(record.of)
    yield "type", f"{record.media_type}, {record.size_bytes} bytes"
    yield "sha256", record.sha256
    yield "handling", record.handling.value
    yield "kept for", found.at.operation
    whose = f" by {found.office}" if found.office else ""
    yield "recorded", f"{utc(found.entry.recorded_at)}{whose}, entry {found.entry.id[:SHORT]}"
    yield "file", found.says()

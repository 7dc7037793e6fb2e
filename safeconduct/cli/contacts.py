"""The verbs of `contact`, for the terminal, and the line that says whom to call."""

from __future__ import annotations

from collections.abc import Iterator

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.contacts import Tree
from safeconduct.app.registers import Recorded, record_id
from safeconduct.cli.recorded import recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import show, utc
from safeconduct.watch.calling import Line

# A number should be read off in one line; what is longer may fold.
WIDE = 18


def call_line(line: Line | None, zone: str) -> str:
    """Whom to call, when that worked last, and whom instead: one sentence."""
    if line is None:
        return "call: nobody is recorded for this party (`safeconduct contact add`)"
    text = f"call {line.contact.role} ({line.contact.id}), {_last(line, zone)}"
    if line.backup is not None:
        text += f"; else {line.backup.role} ({line.backup.id})"
    return text


def show_contact_written(done: Recorded, *, as_json: bool) -> None:
    """What was written of a contact."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    for entry in done.entries:
        console.print(Text(f"  {entry.kind}  {record_id(entry)}"))
    console.print(recorded(done))


def show_list(found: Tree, *, as_json: bool) -> None:
    """The contacts one by one."""
    if as_json:
        show_json(found.list_json())
        return
    console = screen()
    if not found.lines:
        console.print("No contact is recorded. Next: `safeconduct contact add`.")
        return
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    for column in ("contact", "party", "role", "last reached", "backup"):
        table.add_column(column, overflow="fold")
    if found.reach:
        table.add_column("reach", overflow="fold", min_width=WIDE)
    for line in found.lines:
        row = [line.contact.id, line.contact.party, line.contact.role, _when(line)]
        row.append(line.backup.id if line.backup else "none")
        if found.reach:
            row.append(found.reach.get(line.contact.id, "not known here"))
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def show_tree(found: Tree, *, as_json: bool) -> None:
    """The contacts under their parties, the highest first."""
    if as_json:
        show_json(found.as_json())
        return
    console = screen()
    for branch in found.branches:
        console.print(Text(branch.name, style="bold"))
        if not branch.lines:
            console.print(Text("  nobody is recorded: who can be called for it?", style="red"))
        for line in branch.lines:
            head = Text(f"  {line.contact.role}", style="")
            head.append(f"  {line.contact.id}", style="dim")
            console.print(head)
            for said in _speaks(line):
                console.print(Padding(Text(said, style="dim"), (0, 0, 0, 6)))


def _speaks(line: Line) -> Iterator[str]:
    contact = line.contact
    reach = f"{contact.unit or 'the party as a whole'}, depth {contact.depth.value}"
    where = f", in {', '.join(contact.areas)}" if contact.areas else ""
    yield f"{reach}{where}"
    if contact.speaks_for:
        yield f"speaks for {contact.speaks_for}"
    yield _last(line, "UTC")
    backup = line.backup
    yield f"backup: {backup.role} ({backup.id})" if backup else "no backup"
    if contact.note:
        yield contact.note


def _last(line: Line, zone: str) -> str:
    if line.reached_at is None:
        tried = f", tried in vain {_times(line.in_vain)}" if line.in_vain else ""
        return f"never reached yet{tried}"
    since = f", tried in vain since {_times(line.in_vain)}" if line.in_vain else ""
    return f"last reached {show(line.reached_at, zone)}{since}"


def _when(line: Line) -> str:
    text = "never" if line.reached_at is None else utc(line.reached_at)
    return f"{text} ({line.in_vain} in vain)" if line.in_vain else text


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"

"""The verbs `init`, `record` and `register log`."""

from __future__ import annotations

from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from safeconduct.app.founding import Founded, init, join
from safeconduct.app.registers import log, record, record_id, replayed
from safeconduct.cli.recorded import SHORT, recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.register import known_since
from safeconduct.spacetime import utc


def show_replay(path: str, case: str, *, as_json: bool) -> None:
    """Make a replay of a case."""
    made = replayed(path, case)
    if as_json:
        show_json(made.as_json())
        return
    text = f"Made {path} with {len(made.entries)} entries of a case, as a replay."
    screen().print(Text(f"{text} Head {made.head[:SHORT]}."))


def show_init(path: str, office: str, device: str, root: str | None, *, as_json: bool) -> None:
    """Make a register: of a new office, or of one whose root is given."""
    made = init(path, office, device) if root is None else join(path, root, device)
    if as_json:
        show_json(made.as_json())
        return
    console = screen()
    console.print(Text(f"Made {path}. Head {made.head[:SHORT]}."))
    for line in _of_keys(made):
        console.print(Text(line))
    console.print("Next: record areas and roads from a case folder, then who said what.")


def _of_keys(made: Founded) -> Iterator[str]:
    yield f"This machine writes as {made.device}; the office's root is {made.root}."
    if not made.introduced:
        yield (
            "The root does not know it yet, so nothing that it records counts. On the machine with "
            f"the root: safeconduct register keys introduce {made.device.split(':')[0]} "
            f"{made.public}"
        )
    if not made.locked:
        yield (
            "The keys lie open on this disk, since no passphrase was given: whoever takes the "
            "machine can write in its name."
        )


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

"""The verbs `init`, `record` and `register log`."""

from __future__ import annotations

import json
from collections.abc import Iterator

from rich.table import Table
from rich.text import Text

from safeconduct.app.founding import Founded, init, join
from safeconduct.app.looking import diff, show
from safeconduct.app.registers import log, record, record_id, replayed
from safeconduct.cli.recorded import SHORT, brief, recorded
from safeconduct.cli.screen import screen, show_json
from safeconduct.spacetime import utc


def show_replay(path: str, case: str, *, as_json: bool) -> None:
    """Make a replay of a case."""
    made = replayed(path, case)
    if as_json:
        show_json(made.as_json())
        return
    text = f"Made {made.register} with {len(made.entries)} entries of a case, as a replay."
    screen().print(Text(f"{text} Head {made.head[:SHORT]}."))


def show_init(path: str, office: str, device: str, root: str | None, *, as_json: bool) -> None:
    """Make a register: of a new office, or of one whose root is given."""
    made = init(path, office, device) if root is None else join(path, root, device)
    if as_json:
        show_json(made.as_json())
        return
    console = screen()
    console.print(Text(f"Made {made.register}. Head {made.head[:SHORT]}."))
    for line in _of_keys(made):
        console.print(Text(line))
    if made.introduced:
        told = f"`safeconduct register keys list {made.register}` prints what is typed there."
        console.print(Text(f"For another office to believe what this one records: {told}"))
    console.print("Next: record areas and roads from a case folder, then who said what.")


def _of_keys(made: Founded) -> Iterator[str]:
    yield f"This machine writes as {made.device}; the office's root is {made.root}."
    if not made.introduced:
        yield (
            "The root does not know it yet, so nothing that it records counts. On the machine with "
            f"the root: safeconduct register keys introduce R {made.device.split(':')[0]} "
            f"{made.public}"
        )
    if not made.locked:
        yield (
            "No passphrase was given, so the register and the keys lie open on this disk: whoever "
            "takes the machine reads all of it and can write in its name. To lock them, make it "
            "again with SAFECONDUCT_PASSPHRASE set, or at a terminal."
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
    console.print(recorded(done, "" if done.entries else "nothing: all of it is there"))


def show_log(
    wanted: str,
    last: int,
    about: list[str],
    *,
    at: str | None,
    known_at: str | None,
    as_json: bool,
) -> None:
    """The entries in order."""
    found = log(wanted, last, about, at=at, known_at=known_at)
    if as_json:
        show_json(found.as_json())
        return
    table = Table(box=None, padding=(0, 1, 0, 0), header_style="dim")
    for column in ("known since", "writer", "seq", "kind", "record", "hash"):
        table.add_column(column, overflow="fold", no_wrap=column in ("known since", "hash"))
    for entry in found.entries:
        since = found.view.known_since.get(entry.id)
        table.add_row(
            "does not count" if since is None else utc(since),
            entry.writer if found.replay else brief(entry.writer),
            str(entry.sequence),
            entry.kind,
            Text(record_id(entry)),
            entry.hash[:8],
        )
    console = screen()
    if about and not found.entries:
        console.print(Text(f"Nothing was known about {' and '.join(about)}."))
    else:
        console.print(table)
    for one in found.withheld:
        place = f"{brief(one.writer)} {one.sequence}"
        console.print(Text(f"{place}: held by {one.holder}, content withheld"))
    kind = "replay" if found.replay else "live register"
    console.print(Text(f"{found.register}: {kind}, head {found.head}"))


def show_entry(wanted: str, name: str, *, as_json: bool) -> None:
    """One entry, whole."""
    found = show(wanted, name)
    if as_json:
        show_json(found.as_json())
        return
    entry, console = found.entry, screen()
    lines = {
        "entry": entry.id,
        "hash": entry.hash,
        "writer": f"{entry.writer}, its number {entry.sequence}",
        "recorded": utc(entry.recorded_at),
        "known since": "does not count" if found.known_since is None else utc(found.known_since),
        "signed": found.signed,
        "handling": ", ".join([entry.handling.value, *entry.recipients]),
        "evidence": ", ".join(entry.evidence),
        "why not": found.why,
    }
    for name, told in lines.items():
        if told:
            console.print(Text(f"{name:<12} {told}"))
    console.print(Text(f"{entry.kind:<12} {record_id(entry)}"))
    console.print(Text(json.dumps(found.body, indent=2, ensure_ascii=False)))


def show_diff(wanted: str, before: str, after: str, *, as_json: bool) -> None:
    """What became known meanwhile."""
    found = diff(wanted, before, after)
    if as_json:
        show_json(found.as_json())
        return
    console = screen()
    console.print(Text(f"Known at {utc(found.after)} and not at {utc(found.before)}:"))
    for entry in found.came:
        console.print(Text(f"  {entry.kind}  {record_id(entry)}  ({brief(entry.writer)})"))
    for entry in found.went:
        console.print(Text(f"  counts no more: {entry.kind}  {record_id(entry)}"))
    if not (found.came or found.went):
        console.print("  nothing")
    for one in found.changed:
        was, now = (j.verdict.value.upper() if j else "no answer" for j in (one.before, one.now))
        console.print(Text(f"{one.movement}: {was}, and with that known {now}"))
    if not found.changed:
        console.print("No verdict reads otherwise.")

"""How bundles are shown: what went into one, and what became of one."""

from __future__ import annotations

from rich.text import Text

from safeconduct.app.exchanging import Exported
from safeconduct.cli.recorded import SHORT
from safeconduct.cli.screen import screen, show_json
from safeconduct.register.merging import Merged
from safeconduct.spacetime import utc


def show_exported(done: Exported, *, as_json: bool) -> None:
    """What was written."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    console.print(Text(f"Wrote {done.file}: {done.entries} entries, bundle {done.bundle[:SHORT]}."))
    if done.withheld:
        console.print(Text(f"{done.withheld} more go as places without content."))
    for line in done.left_out:
        console.print(Text(f"Left out: {line}"))
    if not done.encrypted:
        console.print("It is not encrypted: whoever holds it reads it.")


def show_merged(done: Merged, *, as_json: bool) -> None:
    """What became of it, chain by chain."""
    if as_json:
        show_json(done.as_json())
        return
    console = screen()
    whose = f" of {done.office}" if done.office else ""
    console.print(
        Text(f"Bundle {done.bundle[:SHORT]}, made {utc(done.made_at)} by {done.made_by}{whose}")
    )
    if not done.maker_known:
        console.print("No trusted root has introduced the device that made it.")
    for chain in done.chains:
        console.print(Text(f"  {chain.says()}"))
    for line in done.left_out:
        console.print(Text(f"  Not handed on: {line}"))
    came = (
        f"{done.new} entries came" if done.receipt else "Nothing new came, so nothing was written"
    )
    console.print(Text(f"{came}. Head {done.head[:SHORT]}."))


def show_reader(key: str, *, as_json: bool) -> None:
    """The key, alone on its line, to be copied."""
    if as_json:
        show_json({"reader": key})
        return
    screen().print(Text(key))

"""The verbs of `register` and their options; what they show is in `registers.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.key_verbs import keys_app
from safeconduct.cli.options import Json

register_app = typer.Typer(help="What a register holds, since when, and by whose hand.")
register_app.add_typer(keys_app, name="keys")

AnyRegister = Annotated[
    str, typer.Argument(metavar="REGISTER", help="A register, or a case (opened as a replay).")
]


@register_app.command("log")
def register_log(
    register: AnyRegister,
    last: Annotated[int, typer.Option(min=0, help="Only the last N entries; 0 for all.")] = 0,
    json: Json = False,
) -> None:
    """The entries of a register in order, with its head."""
    from safeconduct.cli.registers import show_log  # rooms load with their verb

    show_log(register, last, as_json=json)


@register_app.command("show")
def register_show(
    register: AnyRegister,
    entry: Annotated[
        str, typer.Argument(help="Its id or hash, their beginning, or the id of its record.")
    ],
    json: Json = False,
) -> None:
    """One entry: what stands in it, who signed it, whether it counts and since when."""
    from safeconduct.cli.registers import show_entry  # rooms load with their verb

    show_entry(register, entry, as_json=json)


@register_app.command("diff")
def register_diff(
    register: AnyRegister,
    before: Annotated[str, typer.Option("--from", help="The earlier moment, with its zone.")],
    after: Annotated[str, typer.Option("--until", help="The later moment, with its zone.")],
    json: Json = False,
) -> None:
    """What became known between two moments, and which verdicts it changes."""
    from safeconduct.cli.registers import show_diff  # rooms load with their verb

    show_diff(register, before, after, as_json=json)

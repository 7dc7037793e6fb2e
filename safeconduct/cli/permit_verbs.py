"""The verbs of `permit` and their options; what they show is in `permits.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import (
    AnyMovement,
    AsOf,
    Author,
    Happened,
    Json,
    KnownAt,
    OneMovement,
    Register,
)

permit_app = typer.Typer(help="Permits, step by step.")


@permit_app.command("list")
def permit_list(
    register: Register,
    movement: AnyMovement = None,
    at: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Every permit that is needed, step by step, and how long its next step has been open."""
    from safeconduct.app.permits import list_permits  # rooms load with their verb
    from safeconduct.cli.permits import show_permits  # rooms load with their verb

    found = list_permits(str(register), movement=movement, at=at, known_at=known_at)
    show_permits(found, as_json=json)


@permit_app.command("step")
def permit_step(
    need: Annotated[str, typer.Argument(help="The id of the permit need.")],
    step: Annotated[str, typer.Argument(help="The step, as the need names it.")],
    register: Register,
    state: Annotated[str, typer.Option(help="granted, open (handed in) or refused.")] = "granted",
    movement: OneMovement = None,
    valid_from: Annotated[
        str | None, typer.Option(help="From when the permit holds, once it says so.")
    ] = None,
    valid_until: Annotated[str | None, typer.Option(help="Until when it holds.")] = None,
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record how far one step of a permit has come; each call adds the permit's new standing."""
    from safeconduct.app.permits import step_permit  # rooms load with their verb
    from safeconduct.cli.permits import show_step  # rooms load with their verb

    done = step_permit(
        str(register),
        need,
        step,
        movement=movement,
        state=state,
        at=at,
        valid_from=valid_from,
        valid_until=valid_until,
        author=author,
    )
    show_step(done, as_json=json)

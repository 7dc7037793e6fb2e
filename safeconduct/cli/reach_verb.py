"""The verb `reach` and its options; it loads what it needs only when it is called."""

from __future__ import annotations

from typing import Annotated

import typer


def reach(
    case: Annotated[
        str | None, typer.Argument(help="A case folder, or the beginning of a bundled case's name.")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", "-r", help="A register file instead of a case.")
    ] = None,
    movement: Annotated[
        str | None,
        typer.Option("--movement", "-m", help="Whose column, purpose and people to reckon with."),
    ] = None,
    origin: Annotated[
        str | None, typer.Option(help="The place to leave from; the movement's own if left out.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="As of when, for example 2016-11-04T07:30:00Z.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="From what was known when; the same moment if left out.")
    ] = None,
    start: Annotated[
        str | None,
        typer.Option("--from", help="Leave no earlier; the moment asked about if left out."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Be back by then; the latest time planned if left out.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
) -> None:
    """Which settlements can be reached as things stand, how soon, and who is in the way."""
    from safeconduct.cli.reaching import show_reach  # rooms load with their verb

    show_reach(
        case,
        register,
        movement=movement,
        origin=origin,
        at=at,
        known_at=known_at,
        start=start,
        until=until,
        as_json=json,
    )

"""The verb `reach` and its options; it loads what it needs only when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import (
    AsOf,
    BackBy,
    ImportedRoads,
    Json,
    KnownAt,
    LeaveFrom,
    OptionalCase,
    RegisterInstead,
)


def reach(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    movement: Annotated[
        str | None,
        typer.Option("--movement", "-m", help="Whose column, purpose and people to reckon with."),
    ] = None,
    origin: Annotated[
        str | None, typer.Option(help="The place to leave from; the movement's own if left out.")
    ] = None,
    at: AsOf = None,
    known_at: KnownAt = None,
    start: LeaveFrom = None,
    until: BackBy = None,
    roads: ImportedRoads = None,
    json: Json = False,
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
        roads=roads,
        as_json=json,
    )

"""The verb `plan` and its options; it loads what it needs only when it is called."""

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
    MovementId,
    OptionalCase,
    RegisterInstead,
)


def plan(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    movement: MovementId = None,
    at: AsOf = None,
    known_at: KnownAt = None,
    start: LeaveFrom = None,
    until: BackBy = None,
    roads: ImportedRoads = None,
    adopt: Annotated[
        str | None,
        typer.Option(help="Record this route of the plan, such as R1, as the next version."),
    ] = None,
    author: Annotated[
        str, typer.Option(help="With --adopt: who enters it; kept beside the register, erasable.")
    ] = "",
    svg: Annotated[
        str | None, typer.Option(help="Draw the plan into this file as well: map and hours.")
    ] = None,
    json: Json = False,
) -> None:
    """When can it go, by which road, how late may it run; and if not, what stands in the way."""
    from safeconduct.cli.planning import show_adopted, show_plan  # rooms load with their verb

    if adopt is not None:
        show_adopted(
            case,
            register,
            adopt,
            movement=movement,
            at=at,
            start=start,
            until=until,
            roads=roads,
            author=author,
            as_json=json,
        )
        return
    show_plan(
        case,
        register,
        movement=movement,
        at=at,
        known_at=known_at,
        start=start,
        until=until,
        roads=roads,
        svg=svg,
        as_json=json,
    )

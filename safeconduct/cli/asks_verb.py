"""The verb `asks` and its options; it loads what it needs only when it is called."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import (
    AsOf,
    ImportedRoads,
    Json,
    KnownAt,
    MovementId,
    OptionalCase,
    Policy,
    RegisterInstead,
)


def asks(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    movement: MovementId = None,
    at: AsOf = None,
    known_at: KnownAt = None,
    lists: Annotated[int, typer.Option(help="How many lists, the shortest first; 1 to 20.")] = 1,
    steps: Annotated[
        int | None, typer.Option(help="How long to search at most, in places looked at.")
    ] = None,
    roads: ImportedRoads = None,
    policy: Policy = None,
    json: Json = False,
) -> None:
    """The shortest list: which guarantees, of whom, where and when, would open it by any road."""
    from safeconduct.cli.shortest import show_to_ask  # rooms load with their verb

    show_to_ask(
        case,
        register,
        movement=movement,
        at=at,
        known_at=known_at,
        lists=lists,
        steps=steps,
        roads=roads,
        policy=policy,
        as_json=json,
    )

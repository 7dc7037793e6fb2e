"""The verb `asks` and its options; it loads what it needs only when it is called."""

from __future__ import annotations

from typing import Annotated

import typer


def asks(
    case: Annotated[
        str | None, typer.Argument(help="A case folder, or the beginning of a bundled case's name.")
    ] = None,
    register: Annotated[
        str | None, typer.Option("--register", "-r", help="A register file instead of a case.")
    ] = None,
    movement: Annotated[
        str | None, typer.Option("--movement", "-m", help="Which movement; its id.")
    ] = None,
    at: Annotated[
        str | None, typer.Option(help="As of when, for example 2016-11-04T07:30:00Z.")
    ] = None,
    known_at: Annotated[
        str | None, typer.Option(help="From what was known when; the same moment if left out.")
    ] = None,
    lists: Annotated[int, typer.Option(help="How many lists, the shortest first; 1 to 20.")] = 1,
    steps: Annotated[
        int | None, typer.Option(help="How long to search at most, in places looked at.")
    ] = None,
    roads: Annotated[str | None, typer.Option(help="A folder of imported roads to search.")] = None,
    policy: Annotated[
        str | None, typer.Option(help="A policy file instead of the core rules.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
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

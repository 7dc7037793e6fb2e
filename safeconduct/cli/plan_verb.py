"""The verb `plan` and its options; it loads what it needs only when it is called."""

from __future__ import annotations

from typing import Annotated

import typer


def plan(
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
    start: Annotated[
        str | None,
        typer.Option("--from", help="Leave no earlier; the moment asked about if left out."),
    ] = None,
    until: Annotated[
        str | None, typer.Option(help="Be back by then; the latest time planned if left out.")
    ] = None,
    roads: Annotated[str | None, typer.Option(help="A folder of imported roads to search.")] = None,
    adopt: Annotated[
        str | None,
        typer.Option(help="Record this route of the plan, such as R1, as the next version."),
    ] = None,
    author: Annotated[
        str, typer.Option(help="With --adopt: who enters it; kept beside the register, erasable.")
    ] = "",
    json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
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
        as_json=json,
    )

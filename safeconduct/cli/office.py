"""The verbs of the office's day that stand alone, and their options: `due` and `record call`.

Options only; each verb loads what it needs when it is called.
"""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import AsOf, Author, Happened, Json, KnownAt, Policy, Register


def due(
    register: Register,
    within: Annotated[str, typer.Option(help="How far ahead to look: 24h, 3 days.")] = "24h",
    at: AsOf = None,
    known_at: KnownAt = None,
    policy: Policy = None,
    json: Json = False,
) -> None:
    """What must be asked, chased, sent, checked, renewed or signed next, across all movements."""
    from safeconduct.app.dues import what_is_due  # rooms load with their verb
    from safeconduct.cli.dues import show_due  # rooms load with their verb

    found = what_is_due(str(register), within=within, at=at, known_at=known_at, policy=policy)
    show_due(found, as_json=json)


def call(
    register: Register,
    contact: Annotated[
        str, typer.Option("--with", help="The contact; `contact tree` shows its id.")
    ],
    said: Annotated[str, typer.Option(help="What was said, in our words.")] = "",
    confirms: Annotated[
        list[str] | None, typer.Option(help="It confirms this act; once for each.")
    ] = None,
    rejects: Annotated[
        list[str] | None, typer.Option(help="It rejects this; once for each.")
    ] = None,
    withdraws: Annotated[
        list[str] | None, typer.Option(help="It withdraws this act; once for each.")
    ] = None,
    suspends: Annotated[
        str, typer.Option(help="It suspends everything it gave; what it said of it.")
    ] = "",
    area: Annotated[
        list[str] | None, typer.Option(help="Where it suspends it; everywhere if left out.")
    ] = None,
    silent: Annotated[
        bool, typer.Option("--silent", help="It was reached and would say nothing.")
    ] = False,
    no_answer: Annotated[bool, typer.Option("--no-answer", help="Nobody was reached.")] = False,
    read_back: Annotated[
        bool,
        typer.Option("--read-back/--not-read-back", help="Whether it was read back to them."),
    ] = False,
    by: Annotated[str, typer.Option(help="Who noted it: a role, not a name.")] = "",
    movement: Annotated[
        str | None, typer.Option("--movement", "-m", help="The movement it was about.")
    ] = None,
    to: Annotated[str, typer.Option(help="The organisation it was said to.")] = "",
    channel: Annotated[str, typer.Option(help="Through what.")] = "telephone",
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Note a call in one line: what was said, what it does, and what that changes."""
    from safeconduct.app.calls import Call, record_call  # rooms load with their verb
    from safeconduct.cli.calls import show_call  # rooms load with their verb

    told = Call(
        contact=contact,
        said=said,
        confirms=tuple(confirms or ()),
        rejects=tuple(rejects or ()),
        withdraws=tuple(withdraws or ()),
        suspends=suspends,
        areas=tuple(area or ()),
        silent=silent,
        no_answer=no_answer,
        read_back=read_back,
        by=by,
        to=to,
        movement=movement,
        channel=channel,
        at=at,
    )
    show_call(record_call(str(register), told, author), as_json=json)

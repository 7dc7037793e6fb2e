"""The verbs of `ask` and their options; what they show is in `asks.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import (
    AnyMovement,
    AsOf,
    Author,
    Channel,
    Happened,
    Json,
    KnownAt,
    OneMovement,
    Register,
)

ask_app = typer.Typer(help="What was asked of whom, chased, and answered.")

By = Annotated[str, typer.Option(help="Who did it: a role, not a name.")]
ReplyDue = Annotated[
    str | None, typer.Option(help="When a reply is due: a moment, or so long after as 24h.")
]
AskId = Annotated[str, typer.Argument(help="The id of the ask; `ask list` shows it.")]


@ask_app.command("add")
def ask_add(
    register: Register,
    kind: Annotated[str, typer.Option(help="restraint, passage or consent.")],
    area: Annotated[list[str], typer.Option(help="Where; once for each area.")],
    movement: OneMovement = None,
    party: Annotated[str, typer.Option(help="The party that is asked.")] = "",
    to: Annotated[str, typer.Option(help="The contact that is asked, in place of a party.")] = "",
    means: Annotated[
        list[str] | None, typer.Option(help="Restraint only: once for each means.")
    ] = None,
    start: Annotated[
        str | None, typer.Option("--from", help="From when; the departure if left out.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--until", help="Until when; the latest end if left out.")
    ] = None,
    says: Annotated[str, typer.Option(help="The ask in words.")] = "",
    id: Annotated[str, typer.Option("--id", help="An id for it; one is drawn if left out.")] = "",
    by: By = "",
    channel: Channel = "",
    reply_due: ReplyDue = None,
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record one ask: what was asked of whom, through what, and when a reply is due."""
    from safeconduct.app.asks import Sent, add_ask  # rooms load with their verb
    from safeconduct.cli.asks import show_asked  # rooms load with their verb

    done = add_ask(
        str(register),
        Sent(by=by, channel=channel, at=at, reply_due=reply_due),
        movement=movement,
        party=party,
        to=to,
        kind=kind,
        areas=tuple(area),
        means=tuple(means or ()),
        start=start,
        end=end,
        says=says,
        id=id,
        author=author,
    )
    show_asked(done, as_json=json)


@ask_app.command("from")
def ask_from(
    register: Register,
    movement: OneMovement = None,
    party: Annotated[
        list[str] | None, typer.Option(help="Only what this party must give; once for each.")
    ] = None,
    by: By = "",
    channel: Channel = "",
    reply_due: ReplyDue = None,
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record as asked whatever a movement lacks from the parties, unless it was asked already."""
    from safeconduct.app.asks import Sent, ask_from  # rooms load with their verb
    from safeconduct.cli.asks import show_asked  # rooms load with their verb

    sent = Sent(by=by, channel=channel, at=at, reply_due=reply_due)
    done = ask_from(str(register), movement, sent, parties=tuple(party or ()), author=author)
    show_asked(done, as_json=json)


@ask_app.command("chase")
def ask_chase(
    ask: AskId,
    register: Register,
    by: Annotated[str, typer.Option(help="Who chased it: a role, not a name.")],
    channel: Channel = "",
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record that a reply to an ask was called for once more."""
    from safeconduct.app.asks import chase_ask  # rooms load with their verb
    from safeconduct.cli.asks import show_asked  # rooms load with their verb

    done = chase_ask(str(register), ask, by=by, channel=channel, at=at, author=author)
    show_asked(done, as_json=json)


@ask_app.command("reply")
def ask_reply(
    ask: AskId,
    register: Register,
    answer: Annotated[str, typer.Option(help="granted, partly, refused or no-answer-yet.")],
    what: Annotated[str, typer.Option(help="What came back, in our words.")] = "",
    statement: Annotated[
        str, typer.Option(help="The recorded statement or act that holds the party's word.")
    ] = "",
    by: By = "",
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record what came back on an ask. A reply turns no key; the party's recorded word does."""
    from safeconduct.app.asks import reply_to_ask  # rooms load with their verb
    from safeconduct.cli.asks import show_asked  # rooms load with their verb

    done = reply_to_ask(
        str(register),
        ask,
        answer=answer,
        what=what,
        statement=statement,
        by=by,
        at=at,
        author=author,
    )
    show_asked(done, as_json=json)


@ask_app.command("list")
def ask_list(
    register: Register,
    movement: AnyMovement = None,
    only_open: Annotated[
        bool, typer.Option("--open", help="Only those that wait for an answer.")
    ] = False,
    at: AsOf = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """How every ask stands: open, overdue, chased, answered, and what it would meet."""
    from safeconduct.app.asks import list_asks  # rooms load with their verb
    from safeconduct.cli.asks import show_asks  # rooms load with their verb

    found = list_asks(
        str(register), movement=movement, only_open=only_open, at=at, known_at=known_at
    )
    show_asks(found, as_json=json)

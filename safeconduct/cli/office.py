"""The verbs of the office's day and their options: ask, permit, contact, due, record call.

Options only; each verb loads what it needs when it is called.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ask_app = typer.Typer(help="What was asked of whom, chased, and answered.")
permit_app = typer.Typer(help="Permits, step by step.")
contact_app = typer.Typer(help="Who can be called for a party, by role.")

Register = Annotated[Path, typer.Option("--register", "-r", help="The register.")]
Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
Author = Annotated[str, typer.Option(help="Who enters it; kept beside the register, erasable.")]
OneMovement = Annotated[
    str | None, typer.Option("--movement", "-m", help="Which movement; the only one if left out.")
]
AnyMovement = Annotated[str | None, typer.Option("--movement", "-m", help="Only this movement.")]
Happened = Annotated[
    str | None, typer.Option("--at", help="When it happened, with its zone; now if left out.")
]
AsOf = Annotated[
    str | None, typer.Option("--at", help="As of when, for example 2016-11-04T07:30:00Z.")
]
KnownAt = Annotated[
    str | None, typer.Option(help="From what was known when; the same moment if left out.")
]
By = Annotated[str, typer.Option(help="Who did it: a role, not a name.")]
Channel = Annotated[str, typer.Option(help="Through what: telephone, letter, e-mail.")]
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


@contact_app.command("add")
def contact_add(
    contact: Annotated[str, typer.Argument(help="An id for the contact, told by its role.")],
    register: Register,
    party: Annotated[str, typer.Option(help="The party that it belongs to.")],
    role: Annotated[str, typer.Option(help="Its office or function, never a name.")],
    unit: Annotated[str, typer.Option(help="The unit it speaks for.")] = "",
    area: Annotated[
        list[str] | None, typer.Option(help="Where its word reaches; once for each area.")
    ] = None,
    depth: Annotated[str, typer.Option(help="capital, sector, unit or unknown.")] = "unknown",
    authority: Annotated[str, typer.Option(help="commands, speaks-for or unknown.")] = "unknown",
    speaks_for: Annotated[str, typer.Option(help="For whom it speaks, in words.")] = "",
    reach: Annotated[
        str, typer.Option(help="How to reach it; kept beside the register, erasable.")
    ] = "",
    backup: Annotated[str, typer.Option(help="The contact to call when it is not reached.")] = "",
    replaces: Annotated[str, typer.Option(help="The contact in whose place it has come.")] = "",
    note: Annotated[str, typer.Option(help="What else to know; nothing personal.")] = "",
    author: Author = "",
    json: Json = False,
) -> None:
    """Record a contact of a party. How to reach it is kept beside the register, not in it."""
    from safeconduct.app.contacts import add_contact  # rooms load with their verb
    from safeconduct.cli.contacts import show_contact_written  # rooms load with their verb

    done = add_contact(
        str(register),
        contact,
        party=party,
        role=role,
        unit=unit,
        areas=tuple(area or ()),
        depth=depth,
        authority=authority,
        speaks_for=speaks_for,
        reach=reach,
        backup=backup,
        replaces=replaces,
        note=note,
        author=author,
    )
    show_contact_written(done, as_json=json)


@contact_app.command("reached")
def contact_reached(
    contact: Annotated[str, typer.Argument(help="The id of the contact.")],
    register: Register,
    by: Annotated[str, typer.Option(help="Who tried: a role, not a name.")],
    reached: Annotated[
        bool, typer.Option("--reached/--not-reached", help="Whether it worked.")
    ] = True,
    channel: Channel = "",
    note: Annotated[str, typer.Option(help="What else to know; nothing personal.")] = "",
    at: Happened = None,
    author: Author = "",
    json: Json = False,
) -> None:
    """Record that somebody tried to reach a contact, and whether it worked."""
    from safeconduct.app.contacts import note_reached  # rooms load with their verb
    from safeconduct.cli.contacts import show_contact_written  # rooms load with their verb

    done = note_reached(
        str(register),
        contact,
        reached=reached,
        by=by,
        channel=channel,
        note=note,
        at=at,
        author=author,
    )
    show_contact_written(done, as_json=json)


OneParty = Annotated[str | None, typer.Option("--party", help="Only this party.")]


@contact_app.command("list")
def contact_list(
    register: Register,
    party: OneParty = None,
    reveal: Annotated[
        bool, typer.Option("--reveal", help="Also how to reach them, which is personal.")
    ] = False,
    at: AsOf = None,
    json: Json = False,
) -> None:
    """The contacts one by one: role, unit, backup, when last reached."""
    from safeconduct.app.contacts import contact_tree  # rooms load with their verb
    from safeconduct.cli.contacts import show_list  # rooms load with their verb

    show_list(contact_tree(str(register), party=party, reveal=reveal, at=at), as_json=json)


@contact_app.command("tree")
def contact_tree(
    register: Register, party: OneParty = None, at: AsOf = None, json: Json = False
) -> None:
    """Which counterpart speaks for which unit, by party; parties without any are named."""
    from safeconduct.app.contacts import contact_tree  # rooms load with their verb
    from safeconduct.cli.contacts import show_tree  # rooms load with their verb

    show_tree(contact_tree(str(register), party=party, at=at), as_json=json)


def due(
    register: Register,
    within: Annotated[str, typer.Option(help="How far ahead to look: 24h, 3 days.")] = "24h",
    at: AsOf = None,
    known_at: KnownAt = None,
    policy: Annotated[
        str | None, typer.Option(help="A policy file instead of the core rules.")
    ] = None,
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

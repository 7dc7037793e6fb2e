"""The verbs of `contact` and their options; what they show is in `contacts.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import AsOf, Author, Channel, Happened, Json, Register

contact_app = typer.Typer(help="Who can be called for a party, by role.")

OneParty = Annotated[str | None, typer.Option("--party", help="Only this party.")]
Note = Annotated[str, typer.Option(help="What else to know; nothing personal.")]


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
    note: Note = "",
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
    note: Note = "",
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

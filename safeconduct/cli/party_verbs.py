"""The verbs of `party` and their options; what each one shows is in the module it loads."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import Json, KnownAt, OptionalCase, RegisterInstead

party_app = typer.Typer(help="The parties: who binds whom, what each can do, what it kept.")

PartyArgument = Annotated[str, typer.Argument(help="The party; its id.")]
At = Annotated[
    str | None,
    typer.Option(help="As of when; now if left out, in a replay the last moment it knows."),
]
Within = Annotated[int, typer.Option(min=0, max=3650, help="Name what ends within so many days.")]


@party_app.command("list")
def party_list(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    at: At = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """Every party, with how many of its undertakings were kept, broken or left unclear."""
    from safeconduct.cli.parties import show_list  # rooms load with their verb

    show_list(case, register, at, known_at, as_json=json)


@party_app.command("show")
def party_show(
    party: PartyArgument,
    case: OptionalCase = None,
    register: RegisterInstead = None,
    at: At = None,
    known_at: KnownAt = None,
    within: Within = 7,
    movement: Annotated[
        str | None, typer.Option("--movement", "-m", help="What it is still to say for this one.")
    ] = None,
    json: Json = False,
) -> None:
    """One party: members, who binds it, where it can act, what is required, what stands now."""
    from safeconduct.cli.party_show import show_party  # rooms load with their verb

    show_party(party, case, register, at, known_at, within, movement, as_json=json)


@party_app.command("record")
def party_record(
    party: PartyArgument,
    case: OptionalCase = None,
    register: RegisterInstead = None,
    at: At = None,
    known_at: KnownAt = None,
    json: Json = False,
) -> None:
    """What became of each undertaking of a party, with the base of every count and the evidence."""
    from safeconduct.cli.party_record import show_record  # rooms load with their verb

    show_record(party, case, register, at, known_at, as_json=json)


@party_app.command("binds")
def party_binds(
    case: OptionalCase = None,
    register: RegisterInstead = None,
    at: At = None,
    known_at: KnownAt = None,
    within: Within = 7,
    json: Json = False,
) -> None:
    """Whose word binds whom, where, on what evidence and until when; the first to end in front."""
    from safeconduct.cli.parties import show_binds  # rooms load with their verb

    show_binds(case, register, at, known_at, within, as_json=json)

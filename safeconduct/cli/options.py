"""The options and arguments that several verbs take, each with its words in one place."""

from __future__ import annotations

from typing import Annotated

import typer

TO_WRITE = typer.Option("--register", "-r", help="The register to write to.")
_CASE = "A case folder, or the beginning of a bundled case's name."

Case = Annotated[str, typer.Argument(help=_CASE)]
OptionalCase = Annotated[str | None, typer.Argument(help=_CASE)]
"""A case; left out where a register is named."""

Register = Annotated[str, typer.Option("--register", "-r", help="The register.")]
RegisterToWrite = Annotated[str, TO_WRITE]
RegisterInstead = Annotated[
    str | None, typer.Option("--register", "-r", help="A register file instead of a case.")
]

MOVEMENT_ID = typer.Option("--movement", "-m", help="Which movement; its id.")
MovementId = Annotated[str | None, MOVEMENT_ID]
OneMovement = Annotated[
    str | None, typer.Option("--movement", "-m", help="Which movement; the only one if left out.")
]
AnyMovement = Annotated[str | None, typer.Option("--movement", "-m", help="Only this movement.")]

AsOf = Annotated[
    str | None, typer.Option("--at", help="As of when, for example 2016-11-04T07:30:00Z.")
]
KnownAt = Annotated[
    str | None, typer.Option(help="From what was known when; the same moment if left out.")
]
Happened = Annotated[
    str | None, typer.Option("--at", help="When it happened, with its zone; now if left out.")
]

LeaveFrom = Annotated[
    str | None,
    typer.Option("--from", help="Leave no earlier; the moment asked about if left out."),
]
BackBy = Annotated[
    str | None,
    typer.Option("--until", help="Be back by then; the latest time planned if left out."),
]
ImportedRoads = Annotated[
    str | None, typer.Option("--roads", help="A folder of imported roads to search.")
]

Policy = Annotated[
    str | None, typer.Option("--policy", help="A policy file instead of the core rules.")
]
Channel = Annotated[str, typer.Option(help="Through what: telephone, letter, e-mail.")]
Author = Annotated[str, typer.Option(help="Who enters it; kept beside the register, erasable.")]
Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]

"""The verbs of `evidence` and their options; what they show is in `evidence.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import Author, Json, Register, RegisterToWrite

evidence_app = typer.Typer(
    help="Files that bear out what was recorded: on record by their hash, kept sealed beside it."
)

EvidenceId = Annotated[str, typer.Argument(metavar="EVIDENCE", help="The id of the evidence.")]
Operation = Annotated[
    str | None,
    typer.Option("--movement", "-m", help="Only what is kept for this movement, or `office`."),
]


@evidence_app.command("add")
def evidence_add(
    file: Annotated[str, typer.Argument(help="The file: a letter, a photo, a recording.")],
    register: RegisterToWrite,
    of: Annotated[
        list[str],
        typer.Option(help="What it bears out: the id of a record, statement or act; several are "
                     "possible."),
    ],
    shows: Annotated[
        str, typer.Option(help="What somebody sees who opens it; no names of people.")
    ],
    movement: Annotated[
        str | None,
        typer.Option("--movement", "-m", help="The movement that it is kept for and forgotten "
                     "with, or `office`; the one that --of is about if left out."),
    ] = None,
    handling: Annotated[
        str,
        typer.Option(help="Who may see the file: public, internal, restricted, confidential."),
    ] = "restricted",
    media_type: Annotated[
        str, typer.Option("--type", help="Such as image/jpeg; by the file's name if left out.")
    ] = "",
    id: Annotated[str, typer.Option("--id", help="Its id; made up if left out.")] = "",
    author: Author = "",
    json: Json = False,
) -> None:  # fmt: skip
    """Put a file on record by its hash, and keep it sealed; its name is not kept."""
    from safeconduct.app.evidence import add  # rooms load with their verb
    from safeconduct.cli.evidence import show_added  # rooms load with their verb

    done = add(
        register,
        file,
        of,
        shows=shows,
        movement=movement,
        handling=handling,
        media_type=media_type,
        id=id,
        author=author,
    )
    show_added(done, as_json=json)


@evidence_app.command("list")
def evidence_list(
    register: Register,
    movement: Operation = None,
    of: Annotated[str | None, typer.Option(help="Only what bears out this.")] = None,
    json: Json = False,
) -> None:
    """What is on record, what each shows, and where its file is."""
    from safeconduct.app.evidence import list_evidence  # rooms load with their verb
    from safeconduct.cli.evidence import show_list  # rooms load with their verb

    show_list(list_evidence(register, movement=movement, of=of), as_json=json)


@evidence_app.command("show")
def evidence_show(evidence: EvidenceId, register: Register, json: Json = False) -> None:
    """One piece of evidence: its hash, what it shows and bears out, and where its file is."""
    from safeconduct.app.evidence import show  # rooms load with their verb
    from safeconduct.cli.evidence import show_one  # rooms load with their verb

    show_one(show(register, evidence), as_json=json)


@evidence_app.command("save")
def evidence_save(
    evidence: EvidenceId,
    file: Annotated[str, typer.Argument(help="The new file, such as `letter.pdf`.")],
    register: Register,
    json: Json = False,
) -> None:
    """Write the file out as it was given, after its hash was looked at."""
    from safeconduct.app.evidence import save  # rooms load with their verb
    from safeconduct.cli.evidence import show_saved  # rooms load with their verb

    show_saved(save(register, evidence, file), as_json=json)

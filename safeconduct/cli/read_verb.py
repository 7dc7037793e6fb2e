"""The verb `read` and its options; what it shows is in `reading.py`, the walk in `accepting.py`."""

from __future__ import annotations

from typing import Annotated

import typer

from safeconduct.cli.options import Author, Json
from safeconduct.errors import WrongField


def read(
    report: Annotated[str, typer.Argument(help="The report's file; - for standard input.")],
    case: Annotated[
        str | None,
        typer.Option("--case", "-c", help="A case, for its names and the zone of its place."),
    ] = None,
    register: Annotated[
        str | None,
        typer.Option("--register", "-r", help="A register, for its names; what is accepted goes "
                     "there."),
    ] = None,
    id: Annotated[
        str, typer.Option("--id", help="What it is recorded as; by the file's name if left out.")
    ] = "",
    published: Annotated[
        str | None, typer.Option(help="The day on which it was published: 2016-11-04.")
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="The zone of the place, such as Asia/Damascus.")
    ] = None,
    publisher: Annotated[str, typer.Option(help="Who published it.")] = "",
    link: Annotated[str, typer.Option(help="Where it was published.")] = "",
    kind: Annotated[
        str | None,
        typer.Option(help="What the file is, where it does not tell by itself: text, html, eml, "
                     "docx, pdf, csv, xlsx."),
    ] = None,
    columns: Annotated[
        str | None,
        typer.Option(help="Of a table: which column holds what, as a file, or the name it is "
                     "remembered under."),
    ] = None,
    remember: Annotated[
        str, typer.Option(help="Remember those columns under this name.")
    ] = "",
    accept: Annotated[
        bool, typer.Option("--accept", help="Walk through the drafts: accept, edit, reject, merge.")
    ] = False,
    by: Annotated[
        str, typer.Option(help="Who accepts: a name, kept beside the register, erasable.")
    ] = "",
    role: Annotated[str, typer.Option(help="What they are: a role, in clear.")] = "",
    second: Annotated[
        str, typer.Option(help="Who accepts second, which a grant needs: a name, kept as --by is.")
    ] = "",
    second_role: Annotated[str, typer.Option(help="What the second one is.")] = "",
    call_back: Annotated[
        str, typer.Option(help="Or: who of the party was asked whether it was said so, when, with "
                          "what answer; no names of people."),
    ] = "",
    to: Annotated[
        str | None, typer.Option(help="Write what is accepted into this file, for `record`.")
    ] = None,
    author: Author = "",
    json: Json = False,
) -> None:  # fmt: skip
    """What a report says, as drafts with the words they come from; a person accepts them."""
    from safeconduct.app.accepting import Signatures  # rooms load with their verb
    from safeconduct.app.reading import Asked, read_reports  # rooms load with their verb
    from safeconduct.cli.accepting import show_accepted  # rooms load with their verb
    from safeconduct.cli.opened import opened_from  # rooms load with their verb
    from safeconduct.cli.reading import show_readings  # rooms load with their verb

    if accept and json:
        raise WrongField(
            "Both --accept and --json are asked for, and a walk through drafts is a conversation.",
            "Leave one of them out.",
        )
    if accept and report == "-":
        raise WrongField(
            "The report comes on standard input, where what you answer would come from too.",
            "Hand the report in as a file, and walk through its drafts then.",
        )
    opened = opened_from("read REPORT", case, register) if case or register else None
    asked = Asked(
        id=id,
        published=published,
        zone=zone,
        publisher=publisher,
        source=link,
        kind=kind,
        columns=columns,
        remember=remember,
    )
    found = read_reports(report, opened, asked)
    if not accept:
        show_readings(found, as_json=json)
        return
    signed = Signatures(
        by=by, role=role, second=second, second_role=second_role, call_back=call_back
    )
    show_accepted(found, signed, register=register, to=to, author=author)

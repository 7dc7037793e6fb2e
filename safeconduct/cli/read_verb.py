"""The verb `read` and its options; what it shows is in `reading.py`, the walk in `accepting.py`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from safeconduct.cli.options import Author, Json
from safeconduct.errors import WrongField


def read(
    reports: Annotated[
        list[str],
        typer.Argument(help="The report's file; - for standard input. Several are read together: "
                       "what more than one of them tells is proposed once."),
    ],
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
        list[str] | None,
        typer.Option("--id", help="What it is recorded as; by the file's name if left out. Of "
                     "several reports once for each, in their order."),
    ] = None,
    published: Annotated[
        list[str] | None,
        typer.Option(help="The day on which it was published: 2016-11-04. Of several reports once "
                     "for all, or once for each."),
    ] = None,
    zone: Annotated[
        str | None, typer.Option(help="The zone of the place, such as Asia/Damascus.")
    ] = None,
    publisher: Annotated[
        list[str] | None, typer.Option(help="Who published it; once for all, or once for each.")
    ] = None,
    link: Annotated[
        list[str] | None,
        typer.Option(help="Where it was published; of several reports once for each."),
    ] = None,
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
    gazetteer: Annotated[
        list[str] | None,
        typer.Option(help="A file of places that reports may name, or a bundled one by its name; "
                     "none leaves out the one of the zone. May be given several times."),
    ] = None,
    drafts: Annotated[
        list[str] | None,
        typer.Option(help="Drafts that another reader made, in a file in the form of --json, in "
                     "the place of reading; of several reports once for each."),
    ] = None,
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
    """What reports say, as drafts with the words they come from; a person accepts them."""
    from safeconduct.app.accepting import Signatures  # rooms load with their verb
    from safeconduct.app.reading import Asked, read_reports  # rooms load with their verb
    from safeconduct.app.together import read_together  # rooms load with their verb
    from safeconduct.cli.accepting import show_accepted  # rooms load with their verb
    from safeconduct.cli.opened import opened_from  # rooms load with their verb
    from safeconduct.cli.reading import show_readings  # rooms load with their verb

    if accept and json:
        raise WrongField(
            "Both --accept and --json are asked for, and a walk through drafts is a conversation.",
            "Leave one of them out.",
        )
    if accept and "-" in reports:
        raise WrongField(
            "The report comes on standard input, where what you answer would come from too.",
            "Hand the report in as a file, and walk through its drafts then.",
        )
    opened = opened_from("read REPORT", case, register) if case or register else None
    ids = _each("id", id, reports, one_for_all=False)
    days = _each("published", published, reports)
    publishers = _each("publisher", publisher, reports)
    links = _each("link", link, reports, one_for_all=False)
    others = _each("drafts", drafts, reports, one_for_all=False)
    read = [
        one
        for path, named, day, by_whom, source, other in zip(
            reports, ids, days, publishers, links, others, strict=True
        )
        for one in read_reports(
            path,
            opened,
            Asked(
                id=named or "",
                published=day,
                zone=zone,
                publisher=by_whom or "",
                source=source or "",
                kind=kind,
                columns=columns,
                remember=remember,
                drafts=other or "",
                gazetteers=tuple(gazetteer or ()),
            ),
        )
    ]
    found = read_together(read)
    if not accept:
        show_readings(found, as_json=json)
        return
    signed = Signatures(
        by=by, role=role, second=second, second_role=second_role, call_back=call_back
    )
    show_accepted(found, signed, register=register, to=to, author=author)


def _each(
    option: str, given: list[str] | None, reports: list[str], *, one_for_all: bool = True
) -> Sequence[str | None]:
    """What is said of each report by an option that may be given once for all of them.

    Raises
    ------
    WrongField : it is given another number of times than there are reports.
    """
    if not given:
        return [None] * len(reports)
    if len(given) == 1 and one_for_all:
        return given * len(reports)
    if len(given) != len(reports):
        once = "once for all of them, or " if one_for_all else ""
        raise WrongField(
            f"Reports: {len(reports)}; values of --{option}: {len(given)}.",
            f"Give it {once}once for each, in the order of the reports.",
        ).located(field=option)
    return given

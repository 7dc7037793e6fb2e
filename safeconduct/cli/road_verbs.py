"""The verbs of `roads` and their options; what they show is in `roadreport.py`."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(help="Road networks: from a file into a folder, and what a folder holds.")

#: A position west of Greenwich begins with a minus; it is no option.
_POSITIONS = {"ignore_unknown_options": True}

Folder = Annotated[str, typer.Argument(help="A folder that `roads import` made.")]
Json = Annotated[bool, typer.Option("--json", help="The answer as JSON.")]
Within = Annotated[
    int, typer.Option("--within-m", min=1, help="How far a position may be from its junction.")
]


@app.command("import")
def roads_import(
    file: Annotated[
        str,
        typer.Argument(
            help="An .osm.pbf extract, GeoJSON with lines, or a folder with locations.csv and "
            "routes.csv."
        ),
    ],
    to: Annotated[str, typer.Option("--to", help="The folder to make.")],
    id: Annotated[
        str | None, typer.Option("--id", help="How the network is called; as the folder, if left.")
    ] = None,
    longest_m: Annotated[
        int, typer.Option("--longest-m", help="Longer roads are split into edges of this length.")
    ] = 2_000,
    sha256: Annotated[
        str, typer.Option("--sha256", help="What the publisher says is the file's SHA-256.")
    ] = "",
    label: Annotated[str, typer.Option("--label", help="What the roads are, in words.")] = "",
    credit: Annotated[
        str,
        typer.Option("--credit", help="Whose data it is, under which licence; pictures say it."),
    ] = "",
    prefix: Annotated[
        str, typer.Option("--prefix", help="What all ids begin with, such as `dec-`.")
    ] = "",
    json: Json = False,
) -> None:
    """Read a file of roads and keep it as a folder. All of it is written, or nothing."""
    from safeconduct.cli.roadreport import show_import  # rooms load with their verb

    show_import(
        file,
        to,
        id=id,
        longest_m=longest_m,
        sha256=sha256,
        label=label,
        credit=credit,
        prefix=prefix,
        as_json=json,
    )


@app.command("info")
def roads_info(
    folder: Folder,
    check: Annotated[
        bool, typer.Option("--check", help="Read every file and compare it with its digest.")
    ] = False,
    json: Json = False,
) -> None:
    """What a folder of roads holds: source, lengths by kind, limits, parts, what was left out."""
    from safeconduct.cli.roadreport import show_info  # rooms load with their verb

    show_info(folder, check=check, as_json=json)


@app.command("snap", context_settings=_POSITIONS)
def roads_snap(
    folder: Folder,
    position: Annotated[
        str, typer.Argument(metavar="LON,LAT", help="Longitude and latitude in degrees.")
    ],
    within_m: Within = 2_000,
    part: Annotated[
        int | None, typer.Option("--part", min=0, help="Only in this part; 0 is the largest.")
    ] = None,
    json: Json = False,
) -> None:
    """The junction nearest to a position, and how far it is; refused when it is too far."""
    from safeconduct.cli.roadreport import show_snap  # rooms load with their verb

    show_snap(folder, position, within_m=within_m, part=part, as_json=json)


@app.command("route", context_settings=_POSITIONS)
def roads_route(
    folder: Folder,
    from_: Annotated[str, typer.Argument(metavar="FROM", help="LON,LAT, or the id of a junction.")],
    to: Annotated[str, typer.Argument(metavar="TO", help="LON,LAT, or the id of a junction.")],
    speed: Annotated[int, typer.Option("--speed", min=1, help="Of the truck, in km/h.")] = 40,
    weight_kg: Annotated[
        int, typer.Option("--weight-kg", min=1, help="Of the truck with its load.")
    ] = 20_000,
    height_cm: Annotated[int, typer.Option("--height-cm", min=1, help="Of the truck.")] = 400,
    width_cm: Annotated[int, typer.Option("--width-cm", min=1, help="Of the truck.")] = 255,
    within_m: Within = 2_000,
    json: Json = False,
) -> None:
    """The quickest way for a truck, with no area, guarantee or closure looked at: no plan."""
    from safeconduct.cli.roadreport import show_route  # rooms load with their verb
    from safeconduct.roads.ways import Vehicle  # as above

    vehicle = Vehicle(weight_kg=weight_kg, height_cm=height_cm, width_cm=width_cm)
    show_route(folder, from_, to, speed=speed, vehicle=vehicle, within_m=within_m, as_json=json)


@app.command("warm")
def roads_warm(json: Json = False) -> None:
    """Compile the search ahead of its first use, so that the first plan need not wait for it."""
    from safeconduct.cli.roadreport import show_warm  # rooms load with their verb

    show_warm(as_json=json)

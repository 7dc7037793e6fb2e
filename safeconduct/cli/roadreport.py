"""What the verbs of `roads` show: an import, a folder of roads, a junction, a way."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from safeconduct.app.roads import Imported, Near, RoadsInfo, import_roads, near, roads_info
from safeconduct.app.roadway import Roadway, roadway
from safeconduct.app.warming import warm_up
from safeconduct.cli.marks import bullets, section
from safeconduct.cli.progress import progress
from safeconduct.cli.screen import screen
from safeconduct.roads.ways import Vehicle

__all__ = ["show_import", "show_info", "show_route", "show_snap", "show_warm"]


def show_import(
    file: str,
    to: str,
    *,
    id: str | None,
    longest_m: int,
    sha256: str,
    label: str,
    credit: str,
    prefix: str,
    as_json: bool,
) -> None:
    """Imports a file and shows what the folder holds."""
    with progress(quiet=as_json) as tell:
        answer = import_roads(
            file,
            to,
            id=id,
            longest_m=longest_m,
            sha256=sha256,
            label=label,
            credit=credit,
            prefix=prefix,
            tell=tell,
        )
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    screen().print(Group(*_imported(answer)))


def show_info(folder: str, *, check: bool, as_json: bool) -> None:
    """What a folder of roads holds."""
    answer = roads_info(folder, check=check)
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    screen().print(Group(*_info(answer)))


def show_snap(
    folder: str, position: str, *, within_m: int, part: int | None, as_json: bool
) -> None:
    """The junction near a position."""
    answer = near(folder, position, within_m=within_m, part=part)
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    screen().print(Group(*_near(answer)))


def show_route(
    folder: str,
    from_: str,
    to: str,
    *,
    speed: int,
    vehicle: Vehicle,
    within_m: int,
    as_json: bool,
) -> None:
    """The quickest way between two places."""
    answer = roadway(folder, from_, to, speed_kmh=speed, vehicle=vehicle, within_m=within_m)
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    screen().print(Group(*_way(answer)))


def show_warm(*, as_json: bool) -> None:
    """Compiles the search and says so."""
    answer = warm_up()
    if as_json:
        print(json.dumps(answer.as_json(), ensure_ascii=False, indent=2))
        return
    screen().print(Text(answer.says))


def _imported(answer: Imported) -> Iterator[RenderableType]:
    yield Text(f"Imported {answer.source} as {answer.info.folder}.", style="bold")
    yield from _info(answer.info)


def _info(answer: RoadsInfo) -> Iterator[RenderableType]:
    found = answer.manifest
    yield Text(f"{found.id}: {_km(sum(answer.kinds.values()))} of road", style="bold")
    facts = Table.grid(padding=(0, 2))
    facts.add_column(style="dim", no_wrap=True)
    facts.add_column(overflow="fold")
    if found.label:
        facts.add_row("data", Text(found.label))
    if found.credit:
        facts.add_row("credit", Text(found.credit))
    facts.add_row("source", Text(found.source.file))
    facts.add_row("its SHA-256", Text(found.source.sha256))
    facts.add_row("date of the data", Text(found.source.dated or "not stated by the file"))
    facts.add_row(
        "size", f"{found.nodes - answer.copies} junctions, {found.edges} edges, {found.arcs} arcs"
    )
    if answer.copies:
        facts.add_row("turns", f"restricted ones are kept by {answer.copies} copies of junctions")
    if found.bounds_e7:
        west, south, east, north = (f"{degrees / 1e7:.4f}" for degrees in found.bounds_e7)
        facts.add_row("bounds", f"{west}, {south} to {east}, {north} (longitude, latitude)")
    posted = ", ".join(f"{what} {count}" for what, count in answer.posted.items())
    facts.add_row("edges with limits", posted)
    facts.add_row("edges on bridges", str(answer.bridges))
    facts.add_row("checked", "every file is as it was written" if answer.checked else "sizes only")
    yield Padding(facts, (0, 0, 1, 0))
    yield _lengths("kind", answer.kinds)
    if set(answer.surfaces) != {""}:
        yield _lengths("surface", answer.surfaces)
    yield from _parts(answer)
    if found.notes:
        yield section("What was left out or is in doubt")
        yield bullets(found.notes)


def _lengths(what: str, lengths: Mapping[str, int]) -> RenderableType:
    table = Table(box=None, pad_edge=False)
    table.add_column(what)
    table.add_column("km", justify="right")
    for name, length_dm in lengths.items():
        table.add_row(Text(name or "not known"), f"{length_dm / 10_000:.1f}")
    return Padding(table, (0, 0, 1, 0))


def _parts(answer: RoadsInfo) -> Iterator[RenderableType]:
    if len(answer.parts) + answer.other_parts == 1:
        yield Text("All in one part: from everywhere there is a way to everywhere.")
        return
    yield section("Parts between which there is no way there and back")
    table = Table(box=None, pad_edge=False)
    for name in ("part", "junctions", "km"):
        table.add_column(name, justify="right")
    for part in answer.parts:
        table.add_row(str(part.number), str(part.junctions), f"{part.length_dm / 10_000:.1f}")
    yield table
    if answer.other_parts:
        yield Text(f"and {answer.other_parts} smaller parts", style="dim")


def _near(answer: Near) -> Iterator[RenderableType]:
    found = answer.found
    node = answer.graph.node_ids[found.node]
    yield Text(f"{node} at {answer.at}", style="bold")
    yield Text(f"{found.distance_m} m from {answer.asked} (longitude, latitude)")
    if found.is_apart:
        yield Text(
            f"It is in part {found.component}, outside the largest: from the rest of the network "
            "there is no way there and back. Look in the largest with --part 0.",
            style="yellow",
        )


def _way(answer: Roadway) -> Iterator[RenderableType]:
    vehicle = answer.vehicle
    yield Text(f"{_km(answer.length_dm)}, {_minutes(answer.seconds)}", style="bold")
    yield Text(
        f"For a truck of {vehicle.weight_kg / 1000:g} t, {vehicle.height_cm / 100:.2f} m high and "
        f"{vehicle.width_cm / 100:.2f} m wide, at {answer.speed_kmh} km/h."
    )
    table = Table(box=None, pad_edge=False)
    table.add_column("road")
    table.add_column("kind", style="dim")
    table.add_column("km", justify="right")
    table.add_column("minutes", justify="right")
    for leg in answer.legs:
        km, minutes = f"{leg.length_dm / 10_000:.2f}", f"{leg.seconds / 60:.1f}"
        table.add_row(Text(leg.name or "without a name"), Text(leg.kind), km, minutes)
    yield Padding(table, (1, 0))
    for what, end in (("from", answer.start), ("to", answer.end)):
        node = answer.graph.node_ids[end.node]
        yield Text(f"{what}: {node}, {end.distance_m} m from the place asked for", style="dim")
    yield from (Text(note, style="yellow") for note in answer.notes)


def _km(length_dm: int) -> str:
    """Kilometres, rounded up to a tenth."""
    return f"{-(-length_dm // 1_000) / 10:.1f} km"


def _minutes(seconds: int) -> str:
    """Minutes, rounded up."""
    return f"{-(-seconds // 60)} min"

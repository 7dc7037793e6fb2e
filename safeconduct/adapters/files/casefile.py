"""A case folder, read whole or not at all.

case.yaml        title, zone, recorded_at, summary, and the records in sections
areas.geojson    outlines (optional)
roads.yaml       the network: drawn, or a table of towns (optional)
network.json     the network as it was last cut, so that no geometry is needed (optional)
expected.yaml    what a golden case must answer (optional)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.casenetwork import CASE_FILE, CaseNetwork, areas_of, read_network
from safeconduct.adapters.files.definitions import Definitions, Placed
from safeconduct.adapters.files.expected import Expected, Moment, PlanMoment, read_expected
from safeconduct.adapters.files.paths import inside
from safeconduct.adapters.files.references import check_references
from safeconduct.adapters.files.sections import (
    AREAS,
    ASSUMPTIONS,
    SECTIONS,
    Claimed,
    Records,
    unknown_key,
)
from safeconduct.adapters.files.yamllines import Marked, mapping_of, read_yaml
from safeconduct.errors import MissingFile
from safeconduct.register.codec import decode
from safeconduct.roads.network import Network
from safeconduct.roads.occupancy import itinerary
from safeconduct.spacetime import Edge, instant
from safeconduct.spacetime.areas import Area
from safeconduct.spacetime.zones import zone_named
from safeconduct.vocabulary import AdoptedRoads, Checkpoint, Movement

EXPECTED_FILE = "expected.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands above the sections of a case file.

    Parameters
    ----------
    zone : the IANA zone of local times that name none.
    recorded_at : the claimed time of records that carry none; statements are claimed when they
        were said.
    label : a word to show beside every answer, such as "invented".
    """

    title: str
    zone: str
    recorded_at: int
    summary: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A situation as it stands in its folder, every reference checked.

    Parameters
    ----------
    id : the name of the folder.
    records : in the order of the file; an assumption stands before what it supplies.
    areas : of all kinds, the outlines first.
    expected, plans : the moments of a golden case; empty for any other.
    notes : what the reader must be told, such as a pinned network that was out of date.
    """

    id: str
    title: str
    zone: str
    summary: str
    label: str
    recorded_at: int
    records: tuple[Claimed, ...]
    areas: tuple[Area, ...]
    network: Network
    expected: tuple[Moment, ...]
    plans: tuple[PlanMoment, ...]
    notes: tuple[str, ...]
    folder: Path


def read_case(folder: Path) -> Case:
    """The case in a folder.

    Raises
    ------
    MissingFile : there is no such folder, or no case.yaml in it.
    InputError : anything in its files is not as it must be, from a byte that is no text to an id
        that nothing defines; with file, line and field. Nothing is half read.
    """
    marked = read_yaml(_case_file(folder))
    with marked.locating():
        data = mapping_of(marked)
        heading = _heading(data)
        reads = Records(heading.zone, heading.recorded_at, _zones(data))
        records = tuple(reads.of_case(data))
    roads = read_network(folder, areas_of(marked), _adopted(records, marked))
    known = _definitions(roads, records, marked)
    _check_routes(records, roads.network, marked)
    expected = _expected(folder, heading.zone, known)
    return Case(
        id=folder.resolve().name,
        title=heading.title,
        zone=heading.zone,
        summary=heading.summary,
        label=heading.label,
        recorded_at=heading.recorded_at,
        records=records,
        areas=tuple(placed.value for placed in roads.areas),
        network=roads.network,
        expected=expected.moments,
        plans=expected.plans,
        notes=roads.notes,
        folder=folder,
    )


def _adopted(records: Iterable[Claimed], marked: Marked) -> tuple[Placed, ...]:
    """The roads that a case has taken from an import, each with where it stands."""
    return tuple(
        Placed(one.value, one.path, marked)
        for one in records
        if isinstance(one.value, AdoptedRoads)
    )


def _case_file(folder: Path) -> Path:
    if not folder.is_dir():
        raise MissingFile(
            f"There is no folder {folder}.", "Check the path of the case folder."
        ).located(file=str(folder))
    return folder / CASE_FILE


def _heading(data: dict[str, Any]) -> Heading:
    names = {*SECTIONS, AREAS, ASSUMPTIONS}
    written = {key: value for key, value in data.items() if key not in names}
    legal = names | set(Heading.__dataclass_fields__)
    for key in written:
        if key not in legal:
            raise unknown_key(key, legal)
    if isinstance(zone := written.get("zone"), str):
        with inside("zone"):
            zone_named(zone)
        with inside("recorded_at"):
            if "recorded_at" in written:
                written["recorded_at"] = instant(written["recorded_at"], zone, edge=Edge.START)
    return decode(Heading, written)


def _zones(data: dict[str, Any]) -> dict[str, str]:
    """The zones of the actors that name one; what is ill-formed is told when it is read."""
    assumed = [one.get("records") for one in _mappings(data.get(ASSUMPTIONS))]
    sections = [data, *(one for one in assumed if isinstance(one, dict))]
    actors = [actor for section in sections for actor in _mappings(section.get("actors"))]
    return {
        actor["id"]: actor["zone"]
        for actor in actors
        if isinstance(actor.get("id"), str) and isinstance(actor.get("zone"), str)
    }


def _mappings(written: object) -> list[dict[str, Any]]:
    found = written if isinstance(written, list) else []
    return [one for one in found if isinstance(one, dict)]


def _definitions(roads: CaseNetwork, records: Iterable[Claimed], marked: Marked) -> Definitions:
    """Every id of the case, once all of them are unique and all that are used are among them."""
    known = Definitions(roads.network)
    placed = [*roads.areas, *(Placed(one.value, one.path, marked) for one in records)]
    for one in placed:
        known.add(one)
    for one in placed:
        check_references(one, known)
    return known


def _check_routes(records: Iterable[Claimed], network: Network, marked: Marked) -> None:
    """Drives every route once: RouteRefused where its steps or its legs do not join."""
    values = {one.path: one.value for one in records}
    checkpoints = [value for value in values.values() if isinstance(value, Checkpoint)]
    for path, value in values.items():
        if isinstance(value, Movement) and value.has_route:
            with marked.locating(), inside(path):
                itinerary(value, network, checkpoints)


def _expected(folder: Path, zone: str, known: Definitions) -> Expected:
    path = folder / EXPECTED_FILE
    return read_expected(read_yaml(path), zone, known) if path.exists() else Expected(moments=())

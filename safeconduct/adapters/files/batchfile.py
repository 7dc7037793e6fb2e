"""A file of records for a live register: the sections of a case file, under a zone.

What only a replay may hold is refused: assumptions, and times at which something is claimed to
have been recorded. Every reference is held against the register and the file together.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from safeconduct.adapters.files.definitions import Definitions, Placed
from safeconduct.adapters.files.paths import inside
from safeconduct.adapters.files.references import check_references
from safeconduct.adapters.files.sections import (
    ASSUMPTIONS,
    SECTIONS,
    Claimed,
    Records,
    unknown_key,
)
from safeconduct.adapters.files.yamllines import Marked, mapping_of, parse_yaml, read_yaml
from safeconduct.errors import RefusedInLiveRegister, WrongField
from safeconduct.roads.network import Network
from safeconduct.roads.occupancy import itinerary
from safeconduct.spacetime.areas import Area
from safeconduct.spacetime.zones import zone_named
from safeconduct.vocabulary import Actor, AdoptedRoads, Checkpoint, Movement, Record

_LEGAL = {**SECTIONS, "zone": None}


def read_records(
    path: Path,
    text: str | None,
    *,
    network: Network,
    areas: Iterable[Area],
    held: Iterable[Record],
) -> tuple[Record, ...]:
    """The records of a file, in its order.

    Parameters
    ----------
    text : the content, where it did not come from a file: `path` is then what messages call it.
    network, areas, held : what the register has already.

    Raises
    ------
    RefusedInLiveRegister : assumptions, or a `recorded_at`.
    InputError : anything else that is not as it must be; with file, line and field.
    """
    marked = read_yaml(path) if text is None else parse_yaml(text, str(path))
    held = tuple(held)
    with marked.locating():
        data = mapping_of(marked)
        _check_live(data)
        records = tuple(Records(_zone(data), 0, _zones(data, held)).of_case(data))
    check_new(records, marked, network=network, areas=areas, held=held)
    return tuple(one.value for one in records)


def check_new(
    records: Iterable[Claimed],
    marked: Marked,
    *,
    network: Network,
    areas: Iterable[Area],
    held: Iterable[Record],
) -> None:
    """Nothing, when new records have ids of their own, refer to what is there, and can be driven.

    Parameters
    ----------
    marked : where the records were written, for messages.

    Raises
    ------
    InputError : with the path inside `marked`.
    """
    records, areas, held = tuple(records), tuple(areas), tuple(held)
    network = _with_adopted(records, marked, network, areas, held)
    known = Definitions(network)
    register = Marked({}, {}, "the register")
    for value in (*areas, *held):
        known.add(Placed(value, "", register))
    placed = [Placed(one.value, one.path, marked) for one in records]
    for one in placed:
        known.add(one)
    for one in placed:
        check_references(one, known)
    _check_routes(records, held, network, marked)


def _with_adopted(
    records: Iterable[Claimed],
    marked: Marked,
    network: Network,
    areas: tuple[Area, ...],
    held: tuple[Record, ...],
) -> Network:
    """The network as it will be once the roads that are adopted among the records are in it."""
    there = list(held)
    for one in records:
        if isinstance(one.value, AdoptedRoads):
            from safeconduct.roads.adopting import with_adopted  # cutting; few files adopt roads

            with marked.locating(), inside(one.path):
                network = with_adopted(network, areas, (one.value,), there)
            there.append(one.value)
    return network


def _check_live(data: dict[str, Any]) -> None:
    for section, written in data.items():
        if section == ASSUMPTIONS:
            raise RefusedInLiveRegister(
                "The file holds assumptions, which fill what a replay's sources leave out.",
                "In a live register find out, and record what you find.",
            ).located(field=section)
        if section not in _LEGAL:
            raise unknown_key(section, _LEGAL)
        for index, one in enumerate(written if isinstance(written, list) else []):
            if isinstance(one, dict) and "recorded_at" in one:
                raise RefusedInLiveRegister(
                    "A record claims the time at which it was recorded.",
                    "Leave `recorded_at` out; a live register writes down when it records.",
                ).located(field=f"{section}[{index}].recorded_at")


def _zone(data: dict[str, Any]) -> str:
    zone = data.get("zone", "UTC")
    if not isinstance(zone, str):
        raise WrongField(
            "The zone of the file is no text.", "Give an IANA zone, such as Asia/Damascus."
        ).located(field="zone")
    with inside("zone"):
        zone_named(zone)
    return zone


def _zones(data: dict[str, Any], held: tuple[Record, ...]) -> dict[str, str]:
    """The zones of the actors, of the register and of the file."""
    zones = {one.id: one.zone for one in held if isinstance(one, Actor) and one.zone}
    written = data.get("actors")
    for one in written if isinstance(written, list) else []:
        if isinstance(one, dict) and isinstance(one.get("id"), str):
            zone = one.get("zone")
            if isinstance(zone, str):
                zones[one["id"]] = zone
    return zones


def _check_routes(
    records: Iterable[Claimed], held: tuple[Record, ...], network: Network, marked: Marked
) -> None:
    """Drives every new route once: RouteRefused where its steps or its legs do not join."""
    records = tuple(records)
    everything = (*held, *(one.value for one in records))
    checkpoints = [value for value in everything if isinstance(value, Checkpoint)]
    for one in records:
        if isinstance(one.value, Movement) and one.value.has_route:
            with marked.locating(), inside(one.path):
                itinerary(one.value, network, checkpoints)

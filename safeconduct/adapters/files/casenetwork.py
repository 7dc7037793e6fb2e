"""The network of a case folder: cut from its areas and roads, or loaded as it was pinned.

Cutting takes geometry libraries and time. `network.json` keeps the outcome with a digest of what
it was made from; while that digest is right, loading it is all that is needed.
"""

from __future__ import annotations

import difflib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from safeconduct.adapters.files.definitions import Placed
from safeconduct.adapters.files.plaintext import MEBIBYTE, read_bytes
from safeconduct.adapters.files.roadsfile import Roads, read_roads
from safeconduct.adapters.files.sections import written_adopted, written_areas
from safeconduct.adapters.files.yamllines import Marked, mapping_of, read_yaml
from safeconduct.errors import SafeconductError, UnknownReference
from safeconduct.roads.network import Network
from safeconduct.roads.pin import adopted_digest, input_digest, pinned, unpinned
from safeconduct.spacetime import Area
from safeconduct.vocabulary import AdoptedRoads

CASE_FILE, PIN_FILE = "case.yaml", "network.json"
_LIMIT = 32 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class CaseNetwork:
    """The areas of a case, each with where it was written, and the network they cut."""

    areas: tuple[Placed, ...]
    network: Network
    notes: tuple[str, ...] = ()


def areas_of(marked: Marked) -> tuple[Placed, ...]:
    """The areas without an outline of a case file, each with where it stands."""
    with marked.locating():
        return tuple(Placed(area, path, marked) for path, area in written_areas(mapping_of(marked)))


def adopted_of(marked: Marked) -> tuple[Placed, ...]:
    """The roads of a case file that were taken from an import, each with where it stands."""
    with marked.locating():
        return tuple(Placed(one, path, marked) for path, one in written_adopted(mapping_of(marked)))


def read_network(
    folder: Path, drawn_up: Sequence[Placed], adopted: Sequence[Placed] = ()
) -> CaseNetwork:
    """The network of a case folder, from its pin when that is current.

    Parameters
    ----------
    drawn_up : the areas without an outline, from the case file.
    adopted : the roads that were taken from an import, from the case file.

    Raises
    ------
    InputError : a file cannot be used; the error names it. A pin that is out of date is no error:
        the network is cut anew in memory, and the notes say so.
    """
    roads = read_roads(folder, drawn_up)
    pin = folder / PIN_FILE
    if not pin.exists():
        return CaseNetwork(roads.areas, _cut(roads, adopted))
    try:
        network = unpinned(read_bytes(pin, _LIMIT))
    except SafeconductError as error:
        raise error.located(file=str(pin)) from None
    if network.source_sha256 == _digest(roads, adopted):
        return CaseNetwork(roads.areas, network)
    note = (
        f"{PIN_FILE} was made from other areas or roads; the network was cut anew in memory. "
        "Pin it again with `safeconduct case pin`."
    )
    return CaseNetwork(roads.areas, _cut(roads, adopted), (note,))


def pin_case(folder: Path) -> Path:
    """Cuts the network of a case folder and writes it beside the case; gives the path.

    The new file takes the place of the old one in one step, so a reader sees one or the other.
    Raises what `read_network` raises for areas and roads; the records are not looked at.
    """
    marked = read_yaml(folder / CASE_FILE)
    data = pinned(_cut(read_roads(folder, areas_of(marked)), adopted_of(marked)))
    path = folder / PIN_FILE
    fresh = folder / f".{PIN_FILE}.{os.getpid()}"
    try:
        with fresh.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    return path


def _digest(roads: Roads, adopted: Sequence[Placed]) -> str:
    digest = input_digest([placed.value for placed in roads.areas], roads.raw)
    for placed in adopted:
        digest = adopted_digest(digest, placed.value)
    return digest


def _cut(roads: Roads, adopted: Sequence[Placed]) -> Network:
    from safeconduct.roads.build import build  # cutting; a case that is pinned never needs it

    _check_declared(roads)
    areas = [placed.value for placed in roads.areas]
    try:
        network = build(areas, roads.raw)
    except SafeconductError as error:
        _locate(roads, error)
        raise
    return _extended(network, areas, adopted)


def _extended(network: Network, areas: Sequence[Area], adopted: Sequence[Placed]) -> Network:
    """The network with adopted roads; one that is refused is told with its place in the file."""
    if adopted:
        from safeconduct.roads.adopting import extended  # cutting, as above

        held: list[AdoptedRoads] = []
        for placed in adopted:
            try:
                network = extended(network, areas, placed.value, held)
            except SafeconductError as error:
                raise placed.refused(error, placed.path) from None
            held.append(placed.value)
    return network


def _check_declared(roads: Roads) -> None:
    known = sorted(placed.value.id for placed in roads.areas)
    for kind, named in (("place", roads.raw.places), ("edge", roads.raw.edges)):
        for one in named:
            for index, declared in enumerate(one.areas):
                if declared.area not in known:
                    error = _unknown_area(declared.area, f"{kind} {one.id}", known)
                    drawn, listed = f"{kind}s.{one.id}.areas", f"towns.areas.{one.id}"
                    raise _at(roads, error, f"{drawn}[{index}]", f"{listed}[{index}]")


def _locate(roads: Roads, error: SafeconductError) -> None:
    """A build names roads and areas by id, as facts; here they are found in their files."""
    facts = error.facts
    paths = (f"{kind}s.{facts[kind]}" for kind in ("edge", "place") if kind in facts)
    _at(roads, error, *paths)
    for placed in roads.areas:
        if placed.value.id == facts.get("area"):
            placed.refused(error, placed.path)


def _at(roads: Roads, error: SafeconductError, *paths: str) -> SafeconductError:
    """The error, located at the first of the paths that `roads.yaml` has, if any."""
    for path in paths:
        if roads.marked and path in roads.marked.lines:
            return roads.marked.located(error.located(field=path))
    return error


def _unknown_area(id: str, where: str, known: list[str]) -> UnknownReference:
    close = difflib.get_close_matches(id, known, n=3)
    asked = (
        f"Did you mean {' or '.join(close)}?" if close else "Define it, with or without outline."
    )
    return UnknownReference(
        f'The {where} is declared to be in the area "{id}", which this case does not have.',
        f"{asked} Known: {', '.join(known[:8]) or 'none'}.",
        id=id,
        close=close,
    )

"""A network as bytes to be stored beside a case, and back; neither way needs geometry.

The bytes are canonical JSON (RFC 8785), so a network has one `version` on every machine and
`sha256sum` of the stored file gives it.
"""

from __future__ import annotations

import dataclasses
import enum
import hashlib
import json
from collections.abc import Sequence
from typing import Any

from safeconduct.errors import UnreadableFile
from safeconduct.roads.network import FORMAT, Network
from safeconduct.roads.pieces import Edge, Place, Stretch
from safeconduct.roads.raw import RawNetwork
from safeconduct.spacetime import Area, Point
from safeconduct.vocabulary import AdoptedRoads

__all__ = ["adopted_digest", "input_digest", "pinned", "unpinned"]

#: Raised whenever the same input may give another network, so that older pins count as stale.
RULES = 1


def pinned(network: Network) -> bytes:
    """The network as canonical JSON; `unpinned` gives it back.

    >>> network = Network("n", (Place("A"), Place("B")), (Edge("e", "A", "B", 90),))
    >>> unpinned(pinned(network)) == network
    True
    """
    return network.canonical()


def unpinned(data: bytes) -> Network:
    """The network of stored bytes, checked like any other.

    Raises
    ------
    UnreadableFile : not JSON, of another form, or not byte for byte what `pinned` writes.
    WrongField, UnknownReference : the network does not hold together; see `Network`.
    """
    try:
        value = json.loads(data)
        if value["format"] != FORMAT:
            raise UnreadableFile(
                f"The stored network has the form {value['format']!r}; this program reads "
                f"{FORMAT}.",
                "Build the network again from its areas and roads.",
            )
        network = _network(value)
        again = network.canonical()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnreadableFile(
            f"The stored network cannot be read: {type(error).__name__} {error}.",
            "Build the network again from its areas and roads.",
        ) from error
    if again != data:
        raise UnreadableFile(
            "The stored network is not in the one form that this program writes.",
            "Build the network again from its areas and roads; never edit or reformat the file.",
        )
    return network


def input_digest(areas: Sequence[Area], roads: RawNetwork, *, id: str = "roads") -> str:
    """The SHA-256 of everything that a build reads, as 64 hex digits; order makes no difference.

    A stored network whose `source_sha256` differs is stale and must be built again.
    """
    read: dict[str, Any] = {
        "areas": [_plain(area) for area in sorted(areas, key=lambda area: area.id)],
        "edges": [_plain(edge) for edge in sorted(roads.edges, key=lambda edge: edge.id)],
        "id": id,
        "label": roads.label,
        "places": [_plain(place) for place in sorted(roads.places, key=lambda place: place.id)],
        "rules": RULES,
    }
    return _digest(read)


def adopted_digest(before: str, adopted: AdoptedRoads) -> str:
    """The SHA-256 of what an extended network was made from, as 64 hex digits.

    Parameters
    ----------
    before : that of the network without these roads.
    """
    told = {"adopted": _plain(adopted), "before": before}
    return _digest(told)


def _digest(told: dict[str, Any]) -> str:
    # Of integers, text and keys that are names of fields the standard writer makes the bytes of
    # RFC 8785, and ten times as fast; a route's own network is built anew for every route.
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: Any) -> Any:
    """A value of this package as JSON values, for a digest."""
    if isinstance(value, Point):
        return [value.lon_e7, value.lat_e7]
    if dataclasses.is_dataclass(value):
        told = {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
        # What many sources do not tell leaves the digest of those that do not as it was.
        seldom = ("kind", "surface", "apart")
        return {key: one for key, one in told.items() if one or key not in seldom}
    if isinstance(value, enum.Enum):
        return value.value
    return [_plain(member) for member in value] if isinstance(value, tuple) else value


def _network(value: dict[str, Any]) -> Network:
    return Network(
        value["id"],
        tuple(map(_place, value["places"])),
        tuple(map(_edge, value["edges"])),
        areas=frozenset(value["areas"]),
        overlaps=frozenset((one, other) for one, other in value["overlaps"]),
        notes=tuple(value["notes"]),
        source_sha256=value["source_sha256"],
        label=value["label"],
    )


def _place(value: dict[str, Any]) -> Place:
    return Place(
        id=value["id"],
        name=value["name"],
        at=None if value["at"] is None else Point(*value["at"]),
        touched=frozenset(value["touched"]),
        within=frozenset(value["within"]),
        note=value["note"],
    )


def _edge(value: dict[str, Any]) -> Edge:
    return Edge(
        id=value["id"],
        a=value["a"],
        b=value["b"],
        length_dm=value["length_dm"],
        touched=tuple(Stretch(*stretch) for stretch in value["touched"]),
        within=tuple(Stretch(*stretch) for stretch in value["within"]),
        line=tuple(Point(*at) for at in value["line"]),
        name=value["name"],
        schematic=value["schematic"],
        note=value["note"],
        kind=value.get("kind", ""),
        surface=value.get("surface", ""),
    )

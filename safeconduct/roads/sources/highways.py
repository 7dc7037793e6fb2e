"""Which roads of OpenStreetMap a relief truck can drive, and what else it cannot pass: as data.

A loaded truck of 10 to 40 t needs firm ground and a lane of its width. What is in doubt is left
out: a road that is missing costs an option, a road that is not one costs a convoy.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = [
    "GATES",
    "HIGHWAYS",
    "NOT_FOR_TRUCKS",
    "PASSABLE",
    "SURFACES",
    "TOO_ROUGH",
    "fit",
    "surface_of",
]

_BUILT = "built for motor traffic"
_RAMP = "joins two roads of its class"
HIGHWAYS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("motorway", "trunk", "primary", "secondary", "tertiary"), _BUILT),
        **{
            f"{kind}_link": _RAMP
            for kind in ("motorway", "trunk", "primary", "secondary", "tertiary")
        },
        "unclassified": "the least class of through road, the usual one between villages",
        "residential": "streets of a settlement; deliveries end here",
        "living_street": "as residential, at walking pace",
        "service": "ways into yards and depots, where trucks load; not parking aisles",
        "track": "only where its ground is said to be firm: see FIRM",
        "road": "a road whose class nobody has entered yet",
    }
)
"""Values of `highway` that are taken, and why."""

NOT_FOR_TRUCKS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("footway", "path", "steps", "pedestrian", "corridor"), "for people"),
        **dict.fromkeys(("cycleway", "bridleway"), "for bicycles, for riders"),
        **dict.fromkeys(("bus_guideway", "busway", "raceway", "escape"), "for special vehicles"),
        **dict.fromkeys(("construction", "proposed", "abandoned", "razed"), "not there"),
    }
)
"""Values of `highway` that are known and not taken; a value in neither table is not taken and
counted in a note."""

FIRM = frozenset({"grade1", "grade2", "grade3"})
"""Values of `tracktype` of a track that is taken; so is one with a surface in HARD."""

SURFACES = (
    *("", "other", "asphalt", "paved", "concrete", "concrete:plates", "concrete:lanes", "chipseal"),
    *("paving_stones", "sett", "cobblestone", "unhewn_cobblestone", "metal", "wood", "bricks"),
    *("compacted", "fine_gravel", "gravel", "pebblestone", "rock", "unpaved"),
    *("ground", "dirt", "earth", "grass", "grass_paver", "mud", "sand", "clay", "snow", "ice"),
)
"""Values of `surface` that are kept apart; none is "" and any other is "other"."""

_KNOWN = frozenset(SURFACES)

HARD = frozenset(SURFACES[2 : SURFACES.index("pebblestone")])

TOO_ROUGH = frozenset({"very_horrible", "impassable"})
"""Values of `smoothness` that no truck drives (tractors only, or nobody)."""

NOT_THROUGH = frozenset({"parking_aisle", "drive-through", "emergency_access"})
"""Values of `service` that are not taken."""

PASSABLE = frozenset(
    {
        *("no", "entrance", "cattle_grid", "toll_booth", "border_control", "checkpoint"),
        *("lift_gate", "sally_port", "kerb"),
    }
)
"""Values of `barrier` that stop no truck for good: open, flat, or staffed."""

GATES = frozenset({"gate", "swing_gate", "sliding_gate", "wicket_gate", "chain"})
"""Values of `barrier` that are open only where an access tag says so; any other value blocks."""


def surface_of(tags: Mapping[str, str]) -> str:
    """The surface of a road as one of SURFACES.

    >>> surface_of({"surface": "gravel"}), surface_of({"surface": "moon dust"}), surface_of({})
    ('gravel', 'other', '')
    """
    said = tags.get("surface", "")
    return said if said in _KNOWN else "other"


def fit(tags: Mapping[str, str]) -> str:
    """Why a way is no road for a truck, by what it is; empty when it is one.

    >>> fit({"highway": "primary"}), fit({"highway": "track"}), fit({"highway": "footway"})
    ('', 'tracks of soft or unknown ground', 'footway: for people')
    """
    kind = tags.get("highway", "")
    if kind in NOT_FOR_TRUCKS:
        return f"{kind}: {NOT_FOR_TRUCKS[kind]}"
    if kind not in HIGHWAYS:
        return "ways of an unknown class"
    if tags.get("area") == "yes":
        return "squares, drawn as an outline"
    if kind == "track" and tags.get("tracktype") not in FIRM and tags.get("surface") not in HARD:
        return "tracks of soft or unknown ground"
    if tags.get("service") in NOT_THROUGH:
        return "parking aisles and the like"
    if tags.get("smoothness") in TOO_ROUGH:
        return "roads too rough for trucks"
    return ""

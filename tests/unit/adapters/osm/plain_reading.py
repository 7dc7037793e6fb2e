"""A plain reading of an extract, to hold ours against: dictionaries, one object after the other.

Written from what the tags mean, without a look at the reader it judges. It cuts nothing: its roads
are the single straight bits between two points, each driven one way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import osmium
from pyproj import Geod

CLASSES = ["motorway", "trunk", "primary", "secondary", "tertiary"]
TAKEN = {*CLASSES, *(f"{one}_link" for one in CLASSES)}
TAKEN |= {"unclassified", "residential", "living_street", "service", "track", "road"}
FIRM = "asphalt paved concrete concrete:plates concrete:lanes chipseal paving_stones sett bricks"
FIRM += " cobblestone unhewn_cobblestone metal wood compacted fine_gravel gravel"
MAY = {"yes", "permissive", "designated", "official", "public", "destination"}
BY = ("hgv", "goods", "motor_vehicle", "vehicle", "access")
STAFFED = "no entrance cattle_grid toll_booth border_control checkpoint lift_gate sally_port kerb"
GATES = "gate swing_gate sliding_gate wicket_gate chain"

Spot = tuple[int, int]


@dataclass
class Plain:
    """Bits of road by the id of their way: (from, to) positions in 1e-7 degrees."""

    bits: defaultdict[int, list[tuple[Spot, Spot]]] = field(
        default_factory=lambda: defaultdict(list)
    )
    links: list[tuple[int, int]] = field(default_factory=list)
    """The same bits by the numbers of their points: two points may lie at one spot."""
    shut: set[int] = field(default_factory=set)
    """The numbers of points that no truck passes."""

    def metres(self, way: int) -> float:
        """The length of all bits of a way, each direction for itself."""
        geod = Geod(ellps="WGS84")
        return sum(
            geod.inv(a[0] / 1e7, a[1] / 1e7, b[0] / 1e7, b[1] / 1e7)[2] for a, b in self.bits[way]
        )


def plain_reading(path: Path) -> Plain:
    """Every bit of road that a truck may drive."""
    found, spots = Plain(), dict[int, Spot]()
    for one in osmium.FileProcessor(str(path)):
        tags = {tag.k: tag.v for tag in one.tags}
        if one.is_node():
            spots[one.id] = (one.location.x, one.location.y)
            if _bars(tags):
                found.shut.add(one.id)
        elif one.is_way() and _taken(tags):
            forth, back = _directions(tags)
            refs = [node.ref for node in one.nodes]
            while refs and refs[0] not in spots:
                refs.pop(0)
            for m, n in pairwise(refs):
                if n not in spots:
                    break
                found.links += [(m, n)] * forth + [(n, m)] * back
                a, b = spots[m], spots[n]
                if a != b:
                    found.bits[one.id] += [(a, b)] * forth + [(b, a)] * back
    return found


def _word(tags: dict[str, str]) -> str:
    return next((tags[key] for key in BY if key in tags), "yes")


def _bars(tags: dict[str, str]) -> bool:
    kind = tags.get("barrier")
    if not kind:
        return False
    if _word(tags) not in MAY:
        return True
    if kind in STAFFED.split():
        return False
    keys = BY if kind in GATES.split() else BY[:3]
    return not any(key in tags for key in keys)


def _taken(tags: dict[str, str]) -> bool:
    kind = tags.get("highway")
    if kind not in TAKEN or tags.get("area") == "yes":
        return False
    if kind == "track":
        firm = tags.get("surface") in FIRM.split()
        if not firm and tags.get("tracktype") not in ("grade1", "grade2", "grade3"):
            return False
    if tags.get("service") in ("parking_aisle", "drive-through", "emergency_access"):
        return False
    return tags.get("smoothness") not in ("very_horrible", "impassable") and _word(tags) in MAY


def _directions(tags: dict[str, str]) -> tuple[bool, bool]:
    said = tags.get("oneway")
    words = {"yes": (1, 0), "true": (1, 0), "1": (1, 0), "-1": (0, 1), "no": (1, 1), None: (1, 1)}
    forth, back = words.get(said, (0, 0))
    if tags.get("junction") in ("roundabout", "circular"):
        back = 0
        if said == "-1":
            forth = 0
    if said is None and tags.get("highway") in ("motorway", "motorway_link"):
        back = 0
    return bool(forth), bool(back)

"""A case on the roads of Porto, for measuring `plan`: the two invented towns, moved to its river.

The bank south of the river Douro is held by one party and the north by the other, as in
`tests/worlds/two_towns`; the roads between are those that were imported. Nothing of it happened.

    python bench/portocase.py        makes the folder and says how to plan with it
"""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from country import BUILT, ROOT, towns  # the script's own folder is on the path

WORLD = ROOT / "tests" / "worlds" / "two_towns"
FOLDER = BUILT / "porto-case"
MOVEMENT, AT = "relief-to-birch", "2030-05-06T07:30:00Z"

# Where the places are: in the south, on a bridge over the Douro, and in the north.
PLACES = {"alder": (-8.602, 41.110), "bridge": (-8.6094, 41.1400), "birch": (-8.610, 41.175)}
RIVER = 41.1400
"""The parallel that parts the banks here; the real river winds about it."""

_ROADS = """\
label: two places of Porto, for measuring; the roads that are searched are imported
places:
"""


def case() -> Path:
    """The folder of the case, made anew."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    text = (WORLD / "case.yaml").read_text(encoding="utf-8")
    start, end = text.index("areas:\n"), text.index("presences:")
    text = text[:start] + text[end:]
    start, end = text.index("checkpoints:\n"), text.index("# Leaves at 09:00.")
    text = text[:start] + text[end:]
    text = re.sub(r"route: \[bridge.*\]", "origin: alder\n        destination: birch", text)
    text = re.sub(r"route: \[-hill.*\]", "origin: birch\n        destination: alder", text)
    (FOLDER / "case.yaml").write_text(text, encoding="utf-8")
    roads = "".join(
        f"  {id}: {{name: {id.title()}, at: [{lon}, {lat}]}}\n" for id, (lon, lat) in PLACES.items()
    )
    edges = (
        "edges:\n"
        "  bridge-road: {name: Bridge road, between: [alder, bridge], km: 6}\n"
        "  hill-road: {name: Hill road, between: [bridge, birch], km: 9}\n"
    )
    (FOLDER / "roads.yaml").write_text(_ROADS + roads + edges, encoding="utf-8")
    (FOLDER / "areas.geojson").write_text(json.dumps(_banks()), encoding="utf-8")
    return FOLDER


def _banks() -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            _bank("south-bank", "South bank", 40.9, RIVER),
            _bank("north-bank", "North bank", RIVER, 41.4),
        ],
    }


def _bank(id: str, name: str, south: float, north: float) -> dict[str, object]:
    west, east = -9.0, -8.2
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {
        "type": "Feature",
        "properties": {"id": id, "name": name},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }


def main() -> None:
    """Makes what is missing, and says how to plan with it."""
    towns()
    print(
        f"safeconduct plan {case().relative_to(ROOT)} --at {AT} "
        f"--roads {(BUILT / 'porto').relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()

"""What is planted in a register and looked for afterwards, in every form it could be written in."""

from __future__ import annotations

import json
import random
import struct
from dataclasses import dataclass
from pathlib import Path

NAMES, PLACES = 50, 50
_SYLLABLES = (
    *("ka", "ri", "mo", "ze", "lu", "tha", "ben", "dor"),
    *("vis", "qua", "nel", "hos", "jir", "pam", "wex"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """A name or a coordinate, and the bytes that would give it away."""

    shown: str
    forms: tuple[bytes, ...]


def names(seed: int) -> tuple[str, ...]:
    """Invented names, none of which occurs by chance; some are not in Latin letters."""
    chance = random.Random(f"names {seed}")
    made = []
    for number in range(NAMES):
        parts = ["".join(chance.choices(_SYLLABLES, k=4)).title() for _ in range(2)]
        made.append(f"{parts[0]} {parts[1]}-{number}" + (" النهر" if number % 5 == 0 else ""))
    return tuple(made)


def places(seed: int) -> tuple[tuple[float, float], ...]:
    """Invented points, apart from one another, in degrees with seven digits."""
    chance = random.Random(f"places {seed}")
    return tuple(
        (
            round(20.0 + number * 0.5 + chance.uniform(0.0111111, 0.0999999), 6) + 0.0000003,
            round(30.0 + chance.uniform(0.0111111, 0.0999999), 6) + 0.0000007,
        )
        for number in range(PLACES)
    )


def items(seed: int) -> tuple[Item, ...]:
    """All that was planted: a hundred items."""
    return (
        *(Item(name, of_text(name)) for name in names(seed)),
        *(Item(f"{lon:.7f}, {lat:.7f}", _of_point(lon, lat)) for lon, lat in places(seed)),
    )


def found_in(folder: Path, wanted: tuple[Item, ...]) -> list[str]:
    """Each item that some file below the folder holds, with the file; a name of a file counts."""
    told = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file()):
        data = file.read_bytes() + str(file.relative_to(folder)).encode()
        told += [
            f"{item.shown} in {file.relative_to(folder)}"
            for item in wanted
            if any(form in data for form in item.forms)
        ]
    return told


def area_file(seed: int) -> str:
    """GeoJSON with one small area at each of the places."""
    return json.dumps(
        {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {"id": f"invented-{number}", "name": f"Invented {number}"},
                    "geometry": {"type": "Polygon", "coordinates": [_ring(lon, lat)]},
                }
                for number, (lon, lat) in enumerate(places(seed))
            ],
        }
    )


def _ring(lon: float, lat: float) -> list[list[float]]:
    east, north = round(lon + 0.1, 7), round(lat + 0.1, 7)
    lon, lat = round(lon, 7), round(lat, 7)
    return [[lon, lat], [east, lat], [east, north], [lon, north], [lon, lat]]


def of_text(text: str) -> tuple[bytes, ...]:
    """As UTF-8 and UTF-16, plain and as JSON writes it."""
    escaped = json.dumps(text)[1:-1]
    return tuple(
        {
            form
            for one in (text, escaped)
            for form in (one.encode(), one.encode("utf-16-le"), one.encode("utf-16-be"))
        }
    )


def _of_point(lon: float, lat: float) -> tuple[bytes, ...]:
    """As text in degrees and in ten-millionths, as doubles, as two doubles (WKB), as two integers.

    One integer of four bytes says nothing: among the two hundred that would be looked for, one is
    in every twenty megabytes of noise, and an encrypted file is noise.
    """
    forms: set[bytes] = set()
    both = tuple(round(degrees * 10**7) for degrees in (round(lon, 7), round(lat, 7)))
    forms |= {struct.pack(order + "2i", *pair) for order in "<>" for pair in (both, both[::-1])}
    for degrees in (round(lon, 7), round(lat, 7)):
        scaled = round(degrees * 10**7)
        for text in (f"{degrees:.7f}", repr(degrees), str(scaled)):
            forms |= {text.encode(), text.encode("utf-16-le"), text.encode("utf-16-be")}
        forms |= {struct.pack(order + "d", degrees) for order in "<>"}
    return tuple(forms)

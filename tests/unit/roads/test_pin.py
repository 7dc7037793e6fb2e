"""A network stored as bytes and read again, and how a stale one is noticed."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.errors import UnreadableFile, WrongField
from safeconduct.roads import Declaration, RawEdge, RawNetwork, RawPlace, pinned, unpinned
from safeconduct.roads.build import build
from safeconduct.roads.pin import input_digest
from safeconduct.spacetime import Area
from tests.unit.roads.drawing import at, box, composite, declared, road
from tests.unit.roads.two_towns import NETWORK

AREAS = (box("x", 10, -5, 30, 5), declared("d"), composite("xd", "x", "d", closed_by_m=25))
ROADS = RawNetwork(
    (RawPlace("A", "the depot", at(0, 0)), RawPlace("B")),
    (road((0, 0), (50, 0), name="الطريق", areas=(Declaration("d", 20, 60),), note="narrow"),),
    "drawn by hand",
)


def test_a_network_comes_back_as_it_was() -> None:
    network = build(AREAS, ROADS)
    again = unpinned(pinned(network))
    assert again == network
    assert again.version == network.version


def test_reading_a_stored_network_loads_no_geometry_library(tmp_path: Path) -> None:
    stored = tmp_path / "network.json"
    stored.write_bytes(pinned(build(AREAS, ROADS)))
    program = (
        "import sys, pathlib; from safeconduct.roads import unpinned; "
        f"network = unpinned(pathlib.Path({str(stored)!r}).read_bytes()); network.classes; "
        "print(sorted({'shapely', 'pyproj', 'numpy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


def test_a_declared_network_is_built_without_a_geometry_library() -> None:
    program = (
        "import sys; from safeconduct.roads import RawEdge, RawNetwork, RawPlace; "
        "from safeconduct.roads.build import build; "
        "ends = (RawPlace('A'), RawPlace('B')); "
        "build((), RawNetwork(ends, (RawEdge('e', 'A', 'B', length_dm=9),))); "
        "print(sorted({'shapely', 'pyproj', 'numpy'} & set(sys.modules)))"
    )
    root = Path(__file__).parents[3]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "cannot be read: JSONDecodeError"),
        (b"\xff", "cannot be read: UnicodeDecodeError"),
        (b"[]", "cannot be read: TypeError"),
        (b"{}", "cannot be read: KeyError 'format'"),
        (b'{"format":2}', "has the form 2; this program reads 1"),
        (b'{"format":1}', "cannot be read: KeyError 'id'"),
        (pinned(NETWORK)[:-1], "cannot be read: JSONDecodeError"),
        (pinned(NETWORK).replace(b",", b", "), "is not in the one form that this program writes"),
        (pinned(NETWORK).replace(b'"label":""', b'"label":"","more":1'), "is not in the one form"),
    ],
)
def test_bytes_that_are_no_stored_network_are_refused(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        unpinned(data)
    assert says in str(refused.value)
    assert "Build the network again" in refused.value.remedy


def test_a_stored_network_that_does_not_hold_together_is_refused() -> None:
    value = json.loads(pinned(NETWORK))
    value["edges"][0]["length_dm"] = 0
    with pytest.raises(WrongField, match="has a length of 0 dm"):
        unpinned(json.dumps(value).encode())


def test_a_network_keeps_the_digest_of_what_it_was_built_from() -> None:
    assert build(AREAS, ROADS).source_sha256 == input_digest(AREAS, ROADS)
    assert build(AREAS, ROADS, id="other").source_sha256 != input_digest(AREAS, ROADS)


@pytest.mark.parametrize(
    ("areas", "roads"),
    [
        (AREAS[1:], ROADS),
        ((replace(AREAS[0], name="Y"), *AREAS[1:]), ROADS),
        ((*AREAS[:2], replace(AREAS[2], closed_by_m=24)), ROADS),
        ((box("x", 10, -5, 30.02, 5), *AREAS[1:]), ROADS),
        (AREAS, replace(ROADS, label="")),
        (AREAS, replace(ROADS, places=ROADS.places[:1])),
        (AREAS, replace(ROADS, edges=(replace(ROADS.edges[0], areas=()),))),
        (AREAS, replace(ROADS, edges=(*ROADS.edges, RawEdge("f", "A", "B", length_dm=1)))),
    ],
)
def test_any_change_of_what_was_read_makes_a_pin_stale(
    areas: tuple[Area, ...], roads: RawNetwork
) -> None:
    assert input_digest(areas, roads) != input_digest(AREAS, ROADS)


def test_another_order_of_what_was_read_does_not() -> None:
    turned = replace(ROADS, places=ROADS.places[::-1])
    assert input_digest(AREAS[::-1], turned) == input_digest(AREAS, ROADS)

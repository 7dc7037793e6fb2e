"""An extract as ways over points: what is taken, what is in doubt, what is refused."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

import osmium
import pytest

from safeconduct.adapters.osm.survey import read_osm
from safeconduct.errors import MissingExtra, MissingFile, UnreadableFile
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_tracks
from safeconduct.roads.tracks import Tracks
from tests.unit.adapters.osm.extracts import AT, Extract, road
from tests.unit.roads.test_graphing import arcs, ways_through


def tracks(folder: Path, extract: Extract) -> Tracks:
    return read_osm(extract.write(folder / "a.osm.pbf")).tracks


def graph(folder: Path, extract: Extract) -> Graph:
    return graph_of_tracks(tracks(folder, extract))


def test_a_road_is_taken_with_all_that_it_says(tmp_path: Path) -> None:
    says = {"name": "Castello Road", "surface": "asphalt", "bridge": "viaduct", "maxweight": "7.5"}
    found = graph(tmp_path, Extract({5: road(1, 2, 3, maxheight="4.1", maxwidth="3", **says)}))
    assert list(found.edge_ids) == ["w5"]
    assert sorted(found.node_ids) == ["n1", "n3"]
    assert found.names[int(found.name[0])] == "Castello Road"
    assert found.kinds[int(found.kind[0])] == "secondary"
    assert found.surfaces[int(found.surface[0])] == "asphalt"
    limits = found.weight_kg[0], found.height_cm[0], found.width_cm[0], found.bridge[0]
    assert limits == (7500, 410, 300, 1)
    # Points 1 to 3 on the 36th parallel, in 1e-7 degrees.
    assert found.line_lon_e7.tolist() in ([370010000, 370020000, 370030000][::s] for s in (1, -1))


def test_what_no_truck_drives_is_left_out_and_counted(tmp_path: Path) -> None:
    found = tracks(
        tmp_path,
        Extract(
            {
                1: road(1, 2),
                2: road(2, 3, highway="footway"),
                3: road(3, 4, access="private"),
                4: road(4, 5, highway="track"),
                5: road(5, 6, highway="track", tracktype="grade2"),
            }
        ),
    )
    assert list(found.way_ids) == ["w1", "w5"]
    assert found.notes == (
        "left out: 1 footway: for people",
        "left out: 1 roads closed to trucks or the public",
        "left out: 1 tracks of soft or unknown ground",
    )


def test_contradictory_directions_leave_no_way_and_are_named(tmp_path: Path) -> None:
    against = road(1, 2, 7, 1, junction="roundabout", oneway="-1")
    found = tracks(tmp_path, Extract({1: against, 2: road(3, 4), 3: road(4, 5, oneway="maybe")}))
    assert list(found.way_ids) == ["w2"]
    assert found.notes == (
        "in doubt, so less is taken than is drawn: 1 times a roundabout against its own direction "
        "(w1)",
        "in doubt, so less is taken than is drawn: 1 times oneway=maybe is not understood (w3)",
    )


def test_a_limit_that_cannot_be_read_closes_its_road(tmp_path: Path) -> None:
    found = tracks(tmp_path, Extract({1: road(1, 2, maxweight="light"), 2: road(2, 3)}))
    assert list(found.way_ids) == ["w2"]
    assert "1 times a limit that cannot be read (w1)" in found.notes[0]


def test_a_road_driven_backwards_has_one_arc(tmp_path: Path) -> None:
    found = graph(tmp_path, Extract({1: road(1, 2, oneway="-1")}))
    assert arcs(found) == {("n2", "n1", "w1")}


def test_a_bollard_stops_trucks_and_a_checkpoint_does_not(tmp_path: Path) -> None:
    points = {2: {"barrier": "bollard"}, 3: {"barrier": "checkpoint"}}
    found = graph(tmp_path, Extract({1: road(1, 2, 3, 4)}, points=points))
    assert sorted(found.node_ids) == ["n1", "n2~1", "n2~2", "n4"]
    assert "1 points that a barrier closes to trucks" in found.notes


CROSS = {1: road(2, 3), 2: road(3, 4), 3: road(3, 7)}


def turn(value: str, *, via: tuple[str, int] = ("n", 3), to: int = 3, **tags: str) -> Extract:
    """A restriction on who comes by road 1."""
    members = [("w", 1, "from"), (*via, "via"), ("w", to, "to")]
    return Extract(CROSS, [(members, {"type": "restriction", "restriction": value, **tags})])


@pytest.mark.parametrize("value", ["no_left_turn", "no_entry", "no_whim"])
def test_a_forbidden_turn_cannot_be_driven(tmp_path: Path, value: str) -> None:
    found = graph(tmp_path, turn(value))
    assert not ways_through(found, "n2", "n3", "n7")
    assert ways_through(found, "n2", "n3", "n4")


def test_a_compulsory_turn_is_the_only_one(tmp_path: Path) -> None:
    found = graph(tmp_path, turn("only_straight_on", to=2))
    assert ways_through(found, "n2", "n3", "n4")
    assert not ways_through(found, "n2", "n3", "n7")


def test_a_compulsory_turn_into_a_road_that_is_not_there_leaves_none(tmp_path: Path) -> None:
    found = graph(tmp_path, turn("only_left_turn", to=77))
    assert not any(ways_through(found, "n2", "n3", end) for end in ("n2", "n4", "n7"))


def test_a_turn_that_trucks_are_spared_is_open(tmp_path: Path) -> None:
    extract = turn("no_left_turn")
    members, tags = extract.relations[0]
    spared = Extract(CROSS, [(members, {**tags, "except": "psv;hgv"})])
    assert ways_through(graph(tmp_path, spared), "n2", "n3", "n7")


def test_a_restriction_across_a_road_shuts_the_way_into_that_road(tmp_path: Path) -> None:
    ways = {1: road(2, 3), 2: road(3, 4), 3: road(4, 5), 4: road(3, 7)}
    members = [("w", 1, "from"), ("w", 2, "via"), ("w", 3, "to")]
    tags = {"type": "restriction", "restriction": "no_u_turn"}
    found = graph(tmp_path, Extract(ways, [(members, tags)]))
    assert not ways_through(found, "n2", "n3", "n4")
    assert ways_through(found, "n2", "n3", "n7")
    assert ways_through(found, "n7", "n3", "n4", "n5")
    assert any("across a whole road" in note for note in found.notes)


def test_a_road_that_leaves_the_extract_is_kept_up_to_its_border(tmp_path: Path) -> None:
    inside = {n: AT[n] for n in (1, 2, 3, 5, 6)}
    found = tracks(tmp_path, Extract({1: road(1, 2, 4, 5, 6), 2: road(2, 3)}, at=inside))
    assert found.ref[found.first[0] : found.first[1]].tolist() == [0, 1]
    assert found.notes == ("1 roads leave the extract and are kept up to its border",)


def test_a_road_that_begins_outside_is_kept_from_its_border_on(tmp_path: Path) -> None:
    inside = {n: AT[n] for n in (2, 3, 4, 6, 7)}
    ways = {1: road(1, 2, 3, 5, 4), 2: road(3, 4), 3: road(5, 1), 4: road(4, 6, 1), 5: road(6, 7)}
    found = tracks(tmp_path, Extract(ways, at=inside))
    lines = [
        [found.point_ids[p] for p in found.ref[a:b].tolist()]
        for a, b in zip(found.first[:-1].tolist(), found.first[1:].tolist(), strict=True)
    ]
    assert lines == [["n2", "n3"], ["n3", "n4"], [], ["n4", "n6"], ["n6", "n7"]]
    assert found.notes == ("3 roads leave the extract and are kept up to its border",)


def test_limits_that_nothing_looks_at_are_said(tmp_path: Path) -> None:
    found = tracks(tmp_path, Extract({1: road(1, 2, maxaxleload="8"), 2: road(2, 3)}))
    assert found.notes == ("1 roads with a limit on axles or length: not looked at",)


# -- what is refused


def refused(path: Path, **said: str) -> str:
    with pytest.raises(UnreadableFile) as error:
        read_osm(path, **said)
    assert error.value.file == str(path)
    return str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match=r"There is no file a\.osm\.pbf in"):
        read_osm(tmp_path / "a.osm.pbf")


@pytest.mark.parametrize("content", [b"", b"\x00", b"<osm></osm>", b"{}" * 100])
def test_a_file_of_another_form_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.osm.pbf"
    path.write_bytes(content)
    assert "no .osm.pbf file" in refused(path) or "holds no block of data" in refused(path)


def test_a_file_that_ends_inside_a_block_is_told(tmp_path: Path) -> None:
    path = Extract({1: road(1, 2)}).write(tmp_path / "a.osm.pbf")
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    assert f"cut short: it is {len(whole) - 7} bytes long, and ends inside block" in refused(path)


def cut_between_blocks(path: Path) -> Path:
    """An extract of which all is gone that stood behind its first 8,000 roads.

    Writers put 8,000 objects into a block: 8,001 points into two, the roads into a third.
    """
    at = {n: (37.0 + n / 1e5, 36.0) for n in range(1, 8002)}
    whole = Extract({n: road(n, n + 1) for n in range(1, 8001)}, at=at).write(path).read_bytes()
    starts = [spot - 6 for spot in range(len(whole)) if whole.startswith(b"OSMData", spot)]
    path.write_bytes(whole[: starts[-1]])
    return path


def test_a_file_whose_last_block_is_full_may_go_on_and_is_refused(tmp_path: Path) -> None:
    path = cut_between_blocks(tmp_path / "a.osm.pbf")
    assert "its last block is as full as its first" in refused(path)


def test_a_file_without_any_relation_may_lack_its_end_and_is_refused(tmp_path: Path) -> None:
    path = Extract({1: road(1, 2)}).write(tmp_path / "a.osm.pbf")
    bare = tmp_path / "bare.osm.pbf"
    with osmium.SimpleWriter(str(bare)) as writer:
        for one in osmium.FileProcessor(str(path)):
            if not one.is_relation():
                writer.add(one)
    assert "it holds no relation" in refused(bare)


def test_with_the_publishers_digest_a_file_is_known_to_be_whole(tmp_path: Path) -> None:
    path = cut_between_blocks(tmp_path / "a.osm.pbf")
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert read_osm(path, sha256=digest.upper()).tracks.ways == 8000
    assert f"SHA-256 is {digest}, against 00" in refused(path, sha256="00")


def test_without_the_library_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "osmium", None)
    with pytest.raises(MissingExtra, match=r"safeconduct\[routing\]"):
        read_osm(tmp_path / "a.osm.pbf")


def test_whoever_is_told_of_the_progress_may_end_it(tmp_path: Path) -> None:
    path = Extract({1: road(1, 2)}).write(tmp_path / "a.osm.pbf")
    told: list[tuple[str, int]] = []
    read_osm(path, tell=lambda what, count: told.append((what, count)))
    assert told == [("objects read", 0), ("roads read", 1)]

    def stop(what: str, count: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_osm(path, tell=stop)

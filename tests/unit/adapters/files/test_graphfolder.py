"""A graph as a folder: what is written is what is opened, and nothing else is."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from safeconduct.adapters.files import graphfolder
from safeconduct.adapters.files.graphfolder import check_graph, open_graph, write_graph
from safeconduct.adapters.files.graphmanifest import Source, read_manifest
from safeconduct.errors import InputError, MissingFile, UnreadableFile
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_tracks
from tests.unit.roads.test_graphing import CROSS, tracks


@pytest.fixture
def graph() -> Graph:
    found = graph_of_tracks(
        tracks(CROSS, turns=[("w1", "c", "w3", "no")]), id="cross", source_sha256="ab" * 32
    )
    return replace(found, label="drawn for a test")


@pytest.fixture
def folder(graph: Graph, tmp_path: Path) -> Path:
    write_graph(graph, tmp_path / "cross", source=Source(file="a.osm.pbf", sha256="ab" * 32))
    return tmp_path / "cross"


def test_what_is_opened_is_what_was_written(graph: Graph, folder: Path) -> None:
    found = open_graph(folder)
    for field in fields(Graph):
        one, other = getattr(graph, field.name), getattr(found, field.name)
        if isinstance(one, np.ndarray):
            assert one.dtype == other.dtype
            assert one.tolist() == other.tolist(), field.name
        elif field.name in ("names", "node_ids", "edge_ids"):
            assert list(one) == list(other)
        else:
            assert one == other, field.name
    check_graph(folder)


def test_the_arrays_stay_in_their_files_and_cannot_be_changed(folder: Path) -> None:
    head = open_graph(folder).head
    assert head.base is not None
    with pytest.raises(ValueError, match="read-only"):
        head[0] = 0


def test_the_manifest_says_where_it_is_from_and_how_large_everything_is(folder: Path) -> None:
    found = read_manifest(folder)
    assert (found.id, found.source.file, found.nodes, found.edges) == ("cross", "a.osm.pbf", 5, 3)
    # Points b to d on the equator at 0.001 to 0.003 degrees, and n 0.001 north of c.
    assert found.bounds_e7 == (10_000, 0, 30_000, 10_000)
    assert found.tools["safeconduct"]
    for name, form in found.arrays.items():
        assert (folder / f"{name}.npy").stat().st_size == form.bytes
        array = np.load(folder / f"{name}.npy", allow_pickle=False)
        assert (array.dtype.str, len(array)) == (form.dtype, form.length)


def test_nothing_is_ever_overwritten(graph: Graph, folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError, match="cross is there already, and nothing is ever overwritten"):
        write_graph(graph, folder)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_folder_for_a_place_that_is_nowhere_is_refused(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(MissingFile, match="There is no folder"):
        write_graph(graph, tmp_path / "no" / "cross")


@pytest.mark.parametrize("end", [KeyboardInterrupt, OSError, SystemExit])
@pytest.mark.parametrize("after", [0, 1, 13, 27])
def test_a_writing_that_is_broken_off_leaves_nothing(
    graph: Graph,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    after: int,
    end: type[BaseException],
) -> None:
    written, real = [], graphfolder._write_bytes  # noqa: SLF001  # what a full disk would hit

    def breaks(path: Path, content: bytes) -> None:
        if len(written) == after:
            path.write_bytes(content[: len(content) // 2])
            raise end
        written.append(path)
        real(path, content)

    monkeypatch.setattr(graphfolder, "_write_bytes", breaks)
    with pytest.raises(end):
        write_graph(graph, tmp_path / "cross")
    assert list(tmp_path.iterdir()) == []
    assert len(written) == after


# -- what is refused


def refused(folder: Path, *, check: bool = False) -> str:
    with pytest.raises((UnreadableFile, MissingFile)) as error:
        (check_graph if check else open_graph)(folder)
    assert str(folder) in error.value.where
    return str(error.value)


def test_a_folder_that_is_not_there_or_holds_no_roads_is_told(tmp_path: Path) -> None:
    assert "There is no folder nowhere" in refused(tmp_path / "nowhere")
    assert "holds no manifest.json, so it is no folder of roads" in refused(tmp_path)


def edit(folder: Path, **changes: object) -> None:
    path = folder / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def test_an_unknown_format_is_told(folder: Path) -> None:
    edit(folder, format=2)
    assert "The folder has format 2; this program reads format 1" in refused(folder)


@pytest.mark.parametrize("text", ["", "[]", "{}", "{", '{"format": "one"}', "null"])
def test_a_manifest_that_is_none_is_told(folder: Path, text: str) -> None:
    (folder / "manifest.json").write_text(text)
    assert "The manifest cannot be read" in refused(folder)


def test_a_manifest_that_lacks_a_field_is_told(folder: Path) -> None:
    path = folder / "manifest.json"
    data = json.loads(path.read_text())
    del data["nodes"]
    path.write_text(json.dumps(data))
    assert "The manifest cannot be read" in refused(folder)


def arrays(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.npy"))


def test_every_array_that_is_missing_or_cut_is_told(folder: Path) -> None:
    assert len(arrays(folder)) == 27
    for path in arrays(folder):
        content = path.read_bytes()
        path.unlink()
        assert f"The array {path.name} is missing" in refused(folder)
        for length in {0, 10, len(content) - 1}:
            path.write_bytes(content[:length])
            assert f"{path.name} is {length} bytes long, against {len(content)}" in refused(folder)
        path.write_bytes(content + b"\0")
        assert "bytes long" in refused(folder)
        path.write_bytes(content)
    check_graph(folder)


def test_an_array_of_another_form_is_told(folder: Path) -> None:
    path = folder / "head.npy"
    content = path.read_bytes()
    path.write_bytes(content.replace(b"<i4", b">i4"))
    assert "head.npy is no array of 8 entries of <i4" in refused(folder)


def test_shapes_that_disagree_are_told(folder: Path, graph: Graph, tmp_path: Path) -> None:
    broken = replace(graph, length_dm=graph.length_dm[:-1])
    write_graph(broken, tmp_path / "broken")
    assert "length_dm.npy has 2 entries, against 3 for 5 nodes" in refused(tmp_path / "broken")
    edit(folder, nodes=4)
    assert "entries, against" in refused(folder)


def test_an_arc_to_a_node_that_is_not_there_is_told_at_opening(
    graph: Graph, tmp_path: Path
) -> None:
    head = graph.head.copy()
    head[0] = graph.nodes
    write_graph(replace(graph, head=head), tmp_path / "broken")
    assert "head.npy names something that is not there" in refused(tmp_path / "broken")


def test_one_changed_byte_in_any_array_is_told_by_a_check(folder: Path) -> None:
    for path in arrays(folder):
        content = path.read_bytes()
        changed = bytearray(content)
        changed[-1] ^= 1
        path.write_bytes(bytes(changed))
        said = refused(folder, check=True)
        assert path.name in said
        path.write_bytes(content)


def test_a_manifest_without_one_of_the_arrays_is_told(folder: Path) -> None:
    path = folder / "manifest.json"
    data = json.loads(path.read_text())
    del data["arrays"]["bridge"]
    path.write_text(json.dumps(data))
    assert "lists other arrays than a graph has: bridge" in refused(folder)

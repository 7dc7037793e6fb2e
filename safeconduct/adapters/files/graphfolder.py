"""A `Graph` as a folder: one `.npy` file for each array, mapped into memory when opened.

Opening looks at every file's size and form, and that arcs and junctions name what is there, so that
a whole country is open in milliseconds; `check_graph` reads all of it and compares the digests. A
folder is written beside its place and put there in one step: it is whole or it is not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import fields
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

import safeconduct
from safeconduct.adapters.files.graphmanifest import (
    FORMAT,
    MANIFEST,
    ArrayFile,
    Manifest,
    Source,
    read_manifest,
)
from safeconduct.errors import InputError, MissingFile, UnreadableFile
from safeconduct.roads.graph import Graph, Names

__all__ = ["check_graph", "open_graph", "write_graph"]

_TEXTS = ("names", "node_ids", "edge_ids")
_PLAIN = ("id", "kinds", "surfaces", "notes", "source_sha256", "label")
_ARRAYS = tuple(f.name for f in fields(Graph) if f.name not in (*_TEXTS, *_PLAIN))
_TOOLS = ("numpy", "pyproj", "scipy", "osmium")
_LONGS = ("line_first", *(f"{name}_starts" for name in _TEXTS))
_OCTETS = ("backwards", "kind", "surface", "bridge", *(f"{name}_data" for name in _TEXTS))
_AGAIN = "Import the roads again."


def write_graph(
    graph: Graph, folder: Path, *, source: Source | None = None, credit: str = ""
) -> Manifest:
    """Writes a graph as a new folder, all of it or nothing; gives its manifest.

    Parameters
    ----------
    credit : whose data it is, and under which licence, beside the label of the graph.

    Raises
    ------
    InputError : something is there already; nothing is ever overwritten.
    MissingFile : the folder that it is to stand in is not there.
    """
    check_free(folder)
    fresh = Path(tempfile.mkdtemp(prefix=f".{folder.name}.writing-", dir=folder.parent))
    try:
        files = {name: _write(fresh, name, array) for name, array in _arrays_of(graph)}
        manifest = _manifest(graph, source or Source(sha256=graph.source_sha256), files, credit)
        text = json.dumps(manifest.as_json(), ensure_ascii=False, indent=1) + "\n"
        _write_bytes(fresh / MANIFEST, text.encode())
        fresh.chmod(0o755)
        _flush(fresh)
        check_free(folder)
        fresh.rename(folder)
        _flush(folder.parent)
    finally:
        # What interrupts the writing, whatever it is, leaves nothing behind.
        shutil.rmtree(fresh, ignore_errors=True)
    return manifest


def check_free(folder: Path) -> None:
    """Refuses a place for a new folder where something stands, or that is nowhere."""
    if folder.exists() or folder.is_symlink():
        raise InputError(
            f"{folder.name} is there already, and nothing is ever overwritten.",
            "Give the new folder another name, or move the old one away.",
        ).located(file=str(folder))
    if not folder.parent.is_dir():
        raise MissingFile(
            f"There is no folder {folder.parent} to put {folder.name} into.", "Make it first."
        ).located(file=str(folder))


def open_graph(folder: Path) -> Graph:
    """The graph of a folder, its arrays mapped from the files and read as they are needed.

    Raises
    ------
    MissingFile : no such folder, no manifest, an array is missing.
    UnreadableFile : an unknown format, an array of another size or form than the manifest says,
        or arrays that do not fit together.
    """
    manifest = read_manifest(folder)
    wanted = {*_ARRAYS, *(f"{name}_{part}" for name in _TEXTS for part in ("data", "starts"))}
    if manifest.arrays.keys() != wanted:
        odd = sorted(manifest.arrays.keys() ^ wanted)
        raise UnreadableFile(
            f"The manifest lists other arrays than a graph has: {', '.join(odd)}.", _AGAIN
        ).located(file=str(folder / MANIFEST))
    arrays = {name: _mapped(folder, name, form) for name, form in manifest.arrays.items()}
    _check_shapes(manifest, arrays, folder)
    graph = Graph(
        id=manifest.id,
        kinds=manifest.kinds,
        surfaces=manifest.surfaces,
        notes=manifest.notes,
        source_sha256=manifest.source.sha256,
        label=_credited(manifest),
        **_columns(arrays),
    )
    _check_ranges(folder, _searched(graph))
    return graph


def check_graph(folder: Path) -> Graph:
    """The graph of a folder after reading all of it: digests, and that every number fits.

    Raises
    ------
    UnreadableFile : an array is not what was written, or names a node, arc or edge that is not.
    All that `open_graph` raises.
    """
    graph = open_graph(folder)
    for name, form in read_manifest(folder).arrays.items():
        path = folder / f"{name}.npy"
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != form.sha256:
            raise UnreadableFile(
                f"{path.name} was changed or damaged: its SHA-256 is {found}, against "
                f"{form.sha256} as it was written.",
                _AGAIN,
            ).located(file=str(path))
    _check_ranges(folder, _ranges(graph))
    return graph


def _credited(manifest: Manifest) -> str:
    """What the roads are and whose data they are, in one line, as pictures show it."""
    parts = dict.fromkeys((manifest.label, manifest.credit))
    return "; ".join(part.rstrip(".") for part in parts if part) or ""


def _columns(arrays: Mapping[str, NDArray[Any]]) -> dict[str, Any]:
    """The fields of a graph that are arrays, or texts kept in two of them."""
    texts = {name: Names(arrays[f"{name}_data"], arrays[f"{name}_starts"]) for name in _TEXTS}
    return {**texts, **{name: arrays[name] for name in _ARRAYS}}


def _arrays_of(graph: Graph) -> Iterator[tuple[str, NDArray[Any]]]:
    for name in _ARRAYS:
        yield name, getattr(graph, name)
    for name in _TEXTS:
        texts = getattr(graph, name)
        kept = texts if isinstance(texts, Names) else Names.of(texts)
        yield f"{name}_data", kept.data
        yield f"{name}_starts", kept.starts


def _dtype(name: str) -> str:
    return "<i8" if name in _LONGS else "|u1" if name in _OCTETS else "<i4"


def _write(folder: Path, name: str, array: NDArray[Any]) -> ArrayFile:
    plain = np.ascontiguousarray(array, np.dtype(_dtype(name)))
    content = _head(plain.dtype, len(plain)) + plain.tobytes()
    _write_bytes(folder / f"{name}.npy", content)
    return ArrayFile(
        dtype=_dtype(name),
        length=len(plain),
        bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def _write_bytes(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _manifest(
    graph: Graph, source: Source, files: Mapping[str, ArrayFile], credit: str
) -> Manifest:
    bounds: tuple[int, ...] = ()
    if graph.nodes:
        lon, lat = graph.lon_e7, graph.lat_e7
        bounds = (int(lon.min()), int(lat.min()), int(lon.max()), int(lat.max()))
    tools = {"safeconduct": safeconduct.__version__}
    for tool in _TOOLS:
        with contextlib.suppress(PackageNotFoundError):
            tools[tool] = version(tool)
    return Manifest(
        format=FORMAT,
        id=graph.id,
        label=graph.label,
        credit=credit,
        source=source,
        bounds_e7=bounds,
        nodes=graph.nodes,
        arcs=graph.arcs,
        edges=graph.edges,
        kinds=graph.kinds,
        surfaces=graph.surfaces,
        notes=graph.notes,
        tools=tools,
        arrays=files,
    )


def _mapped(folder: Path, name: str, form: ArrayFile) -> NDArray[Any]:
    """One array, mapped; what is in it is not looked at."""
    path = folder / f"{name}.npy"
    dtype = np.dtype(_dtype(name))
    head = _head(dtype, form.length)
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            expected = len(head) + form.length * dtype.itemsize
            if not size == form.bytes == expected:
                raise UnreadableFile(
                    f"{path.name} is {size} bytes long, against {form.bytes} as it was written "
                    f"and {expected} for {form.length} entries.",
                    _AGAIN,
                ).located(file=str(path))
            if file.read(len(head)) != head or form.dtype != _dtype(name):
                raise UnreadableFile(
                    f"{path.name} is no array of {form.length} entries of {dtype.str}.", _AGAIN
                ).located(file=str(path))
            if not form.length:  # an empty array cannot be mapped
                return np.zeros(0, dtype)
            return np.memmap(file, dtype, "r", offset=len(head)).view(np.ndarray)
    except FileNotFoundError:
        raise MissingFile(f"The array {path.name} is missing.", _AGAIN).located(
            file=str(path)
        ) from None
    except OSError as refused:
        raise UnreadableFile(f"{path.name} cannot be read: {refused.strerror}.", _AGAIN).located(
            file=str(path)
        ) from None


def _head(dtype: np.dtype[Any], length: int) -> bytes:
    """What stands before the entries of an array file, byte for byte."""
    head = io.BytesIO()
    form = {"descr": dtype.str, "fortran_order": False, "shape": (length,)}
    np.lib.format.write_array_header_1_0(head, form)
    return head.getvalue()


def _check_shapes(manifest: Manifest, arrays: Mapping[str, NDArray[Any]], folder: Path) -> None:
    """That lengths fit together, and that each row of pointers ends where its array does."""
    n, m, e = manifest.nodes, manifest.arcs, manifest.edges
    lengths = {
        **dict.fromkeys(("lon_e7", "lat_e7", "junction", "component"), n),
        **dict.fromkeys(("first", "node_ids_starts"), n + 1),
        **dict.fromkeys(("head", "edge", "backwards"), m),
        **dict.fromkeys(("a", "b", "length_dm", "kind", "surface", "name", "bridge"), e),
        **dict.fromkeys(("weight_kg", "height_cm", "width_cm"), e),
        **dict.fromkeys(("line_first", "edge_ids_starts"), e + 1),
        "line_lat_e7": len(arrays["line_lon_e7"]),
        "names_starts": max(1, len(arrays["names_starts"])),
    }
    ends = {
        "first": m,
        "line_first": len(arrays["line_lon_e7"]),
        **{f"{name}_starts": len(arrays[f"{name}_data"]) for name in _TEXTS},
    }
    for name, length in lengths.items():
        if len(arrays[name]) != length:
            raise UnreadableFile(
                f"{name}.npy has {len(arrays[name])} entries, against {length} for {n} nodes, "
                f"{m} arcs and {e} edges.",
                _AGAIN,
            ).located(file=str(folder / f"{name}.npy"))
    for name, end in ends.items():
        if (int(arrays[name][0]), int(arrays[name][-1])) != (0, end):
            raise UnreadableFile(
                f"{name}.npy runs from {arrays[name][0]} to {arrays[name][-1]}, against 0 and "
                f"{end}.",
                _AGAIN,
            ).located(file=str(folder / f"{name}.npy"))


def _check_ranges(folder: Path, ranges: Mapping[str, tuple[NDArray[Any], int]]) -> None:
    for name, (array, below) in ranges.items():
        if len(array) and not (int(array.min()) >= 0 and int(array.max()) < below):
            raise UnreadableFile(f"{name}.npy names something that is not there.", _AGAIN).located(
                file=str(folder / f"{name}.npy")
            )


def _searched(graph: Graph) -> dict[str, tuple[NDArray[Any], int]]:
    """What a search follows without looking: a number out of range would lead it out of memory."""
    return {
        "first": (np.diff(graph.first), graph.arcs + 1),
        "head": (graph.head, graph.nodes),
        "edge": (graph.edge, graph.edges),
        "junction": (graph.junction, graph.nodes),
    }


def _ranges(graph: Graph) -> dict[str, tuple[NDArray[Any], int]]:
    """Arrays of numbers, and what those must stay below; rows of pointers as their steps."""
    nodes = graph.nodes
    return {
        "a": (graph.a, nodes),
        "b": (graph.b, nodes),
        "kind": (graph.kind, len(graph.kinds)),
        "surface": (graph.surface, len(graph.surfaces)),
        "name": (graph.name, len(graph.names)),
        "line_first": (np.diff(graph.line_first), len(graph.line_lon_e7) + 1),
        "length_dm": (graph.length_dm - 1, 2**31),
    }

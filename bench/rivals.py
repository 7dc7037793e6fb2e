"""Other libraries' ways to get the distances from one junction to all, by the same seconds.

Each is used as its own pages say, on what it holds fastest, and is built before the clock runs.
Where one is not installed, or cannot be had, its name is told with the reason.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from safeconduct.roads.graph import Ints, Longs
from safeconduct.roads.search import UNREACHED, Ways

__all__ = ["Missing", "Rival", "rivals"]

DSN = os.environ.get("SAFECONDUCT_BENCH_POSTGRES", "host=127.0.0.1 user=postgres dbname=postgres")
"""Where PostgreSQL answers; a schema of the bench's own is made there and removed again."""

SCHEMA = "safeconduct_bench"
NAMES = ("scipy", "networkit", "rustworkx", "networkx", "pgRouting")


class Missing(Exception):
    """A rival that cannot be measured here, and why."""


@dataclass(frozen=True, slots=True)
class Rival:
    """One library: what is timed, and the same distances in full for comparing.

    Parameters
    ----------
    work : what one would call to have all distances from a node.
    distances : those as seconds for each node, UNREACHED where there are none.
    spent : the processor's seconds that another process has spent on it so far, where one does it.
    """

    work: Callable[[int], Any]
    distances: Callable[[int], Longs]
    spent: Callable[[], float] | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """The arcs as columns; of several between the same two nodes only the quickest."""

    nodes: int
    tail: Ints
    head: Ints
    seconds: Ints


@contextmanager
def rivals(ways: Ways, *, none: bool = False) -> Iterator[tuple[dict[str, Rival], dict[str, str]]]:
    """All that can be had, by name, and the reasons why the others cannot."""
    found, missing = dict[str, Rival](), dict[str, str]()
    if none:
        yield found, missing
        return
    arcs = _arcs(ways)
    makers = dict(zip(NAMES, (_scipy, _networkit, _rustworkx, _networkx, _pgrouting), strict=True))
    for name, make in makers.items():
        try:
            found[name] = make(arcs)
        except ImportError as absent:
            missing[name] = f"not installed: {absent}"
        except Missing as absent:
            missing[name] = str(absent)
    try:
        yield found, missing
    finally:
        if "pgRouting" in found:
            _drop()


def _arcs(ways: Ways) -> Arcs:
    nodes = len(ways.first) - 1
    tail = np.repeat(np.arange(nodes, dtype=np.int32), np.diff(ways.first))
    order = np.lexsort((ways.seconds, ways.head, tail))
    tail, head, seconds = tail[order], ways.head[order], ways.seconds[order]
    first = np.ones(len(tail), bool)
    first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
    first &= tail != head
    return Arcs(nodes, tail[first], head[first], seconds[first])


def _scipy(arcs: Arcs) -> Rival:
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import dijkstra

    shape = (arcs.nodes, arcs.nodes)
    matrix = csr_array((arcs.seconds.astype(float), (arcs.tail, arcs.head)), shape=shape)

    def work(source: int) -> Any:
        return dijkstra(matrix, indices=source)

    return Rival(work, lambda source: _exact(work(source)))


def _exact(found: np.ndarray) -> Longs:
    whole = np.full(len(found), UNREACHED, np.int64)
    reached = np.isfinite(found) & (found < 1e15)
    whole[reached] = found[reached].astype(np.int64)
    return whole


def _networkit(arcs: Arcs) -> Rival:
    import networkit

    networkit.setNumberOfThreads(1)
    graph = networkit.GraphFromCoo(
        (arcs.seconds.astype(float), (arcs.tail, arcs.head)),
        n=arcs.nodes,
        weighted=True,
        directed=True,
    )

    def work(source: int) -> Any:
        search = networkit.distance.Dijkstra(graph, source, storePaths=False)
        search.run()
        return search.getDistances(asarray=True)

    return Rival(work, lambda source: _exact(np.asarray(work(source))))


def _rustworkx(arcs: Arcs) -> Rival:
    import rustworkx

    graph = rustworkx.PyDiGraph(multigraph=False)
    graph.add_nodes_from(range(arcs.nodes))
    seconds = arcs.seconds.astype(float).tolist()
    graph.extend_from_weighted_edge_list(
        list(zip(arcs.tail.tolist(), arcs.head.tolist(), seconds, strict=True))
    )

    def work(source: int) -> Any:
        # `float` is the cheapest function there is that gives the weight back.
        return rustworkx.dijkstra_shortest_path_lengths(graph, source, float)

    return Rival(work, lambda source: _spread(arcs.nodes, source, dict(work(source))))


def _networkx(arcs: Arcs) -> Rival:
    import networkx

    graph = networkx.DiGraph()
    graph.add_nodes_from(range(arcs.nodes))
    columns = (arcs.tail.tolist(), arcs.head.tolist(), arcs.seconds.tolist())
    graph.add_weighted_edges_from(zip(*columns, strict=True))

    def work(source: int) -> Any:
        return networkx.single_source_dijkstra_path_length(graph, source)

    return Rival(work, lambda source: _spread(arcs.nodes, source, work(source)))


def _spread(nodes: int, source: int, known: dict[int, float]) -> Longs:
    found = np.full(nodes, UNREACHED, np.int64)
    found[source] = 0
    for node, seconds in known.items():
        found[node] = int(seconds)
    return found


def _pgrouting(arcs: Arcs) -> Rival:
    import psycopg

    try:
        link = psycopg.connect(DSN, autocommit=True, connect_timeout=5)
    except psycopg.Error as refused:
        raise Missing(f"no PostgreSQL answers at {DSN!r}: {refused}") from None
    try:
        link.execute("CREATE EXTENSION IF NOT EXISTS pgrouting CASCADE")
    except psycopg.Error as refused:
        raise Missing(f"PostgreSQL has no pgRouting: {refused}") from None
    link.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")
    link.execute(f"CREATE SCHEMA {SCHEMA}")
    link.execute(
        f"CREATE TABLE {SCHEMA}.arcs (id bigint PRIMARY KEY, source bigint, target bigint, "
        "cost double precision)"
    )
    with link.cursor().copy(f"COPY {SCHEMA}.arcs FROM STDIN") as copy:
        for row in zip(
            range(len(arcs.tail)),
            arcs.tail.tolist(),
            arcs.head.tolist(),
            arcs.seconds.tolist(),
            strict=True,
        ):
            copy.write_row(row)
    link.execute(f"ANALYZE {SCHEMA}.arcs")
    asked = (
        f"pgr_drivingDistance('SELECT id, source, target, cost FROM {SCHEMA}.arcs', %s::bigint, "
        "1e15, true)"
    )

    def work(source: int) -> Any:
        # Summed up by the server, so that no time is spent on sending a row for each node.
        return link.execute(f"SELECT count(*), sum(agg_cost) FROM {asked}", [source]).fetchone()

    def distances(source: int) -> Longs:
        rows = link.execute(f"SELECT node, agg_cost FROM {asked}", [source]).fetchall()
        return _spread(arcs.nodes, source, dict(rows))

    # One process of the server does all the work of one link, and tells what the system counts.
    counted = Path(f"/proc/{link.info.backend_pid}/schedstat")
    if not counted.exists():
        raise Missing("PostgreSQL runs elsewhere: its processor's seconds cannot be read")

    def spent() -> float:
        return int(counted.read_text().split()[0]) / 1e9

    return Rival(work, distances, spent)


def _drop() -> None:
    import psycopg

    with psycopg.connect(DSN, autocommit=True) as link:
        link.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")

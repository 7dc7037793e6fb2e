"""What is around a search: reading a survey, opening a folder, and the memory that a search takes.

Started as a program with a network's name it says how much memory a set search of it takes beyond
the roads and their gates, as a line of JSON: a process has only one high-water mark.
"""

from __future__ import annotations

import json
import statistics
import sys
from pathlib import Path
from typing import Any

from country import BUILT, SOURCE, survey  # the script's own folder is on the path
from interleaved import timed

from safeconduct.adapters.files.graphfolder import open_graph
from safeconduct.roads.graphing import graph_of_tracks

__all__ = ["importing", "opening"]


def importing(times: int = 3) -> dict[str, Any]:
    """Seconds to read the survey and to lay out its roads, in all and for a million ways."""
    import osmium

    everything = sum(1 for _ in osmium.FileProcessor(str(SOURCE), osmium.osm.WAY))
    kept = survey().tracks
    read = statistics.median(timed(lambda _: survey(), 0) for _ in range(times))
    laid = statistics.median(
        timed(lambda _: graph_of_tracks(kept, id="porto"), 0) for _ in range(times)
    )
    return {
        "ways_in_file": everything,
        "roads": kept.ways,
        "reading_s": round(read, 3),
        "laying_out_s": round(laid, 3),
        "per_million_ways_s": round((read + laid) / everything * 1e6, 1),
        "per_million_roads_s": round((read + laid) / kept.ways * 1e6, 1),
        "times": times,
    }


def opening(name: str, times: int = 15) -> dict[str, Any]:
    """Seconds to open a folder of roads whose files the machine has read before."""
    each = [timed(lambda _: open_graph(BUILT / name), 0) for _ in range(times + 1)][1:]
    return {"median_s": round(statistics.median(each), 5), "times": times}


def memory(name: str, seed: int) -> dict[str, Any]:
    """The most memory that each search takes beyond the roads and gates, in megabytes."""
    from ours import searches  # loads the compiler
    from roadworld import world

    here = world(open_graph(BUILT / name), seed=seed, sources=3)
    works = searches(here)
    small = world(open_graph(BUILT / "porto"), seed=seed, sources=1)
    for work in searches(small).values():  # the compiler's own memory is taken before
        work(small.sources[0])
    here.ways.turned()
    before = _status("VmRSS")
    found: dict[str, Any] = {"before_mb": round(before / 1024)}
    for what in ("floor", "screen", "sets", "round trip"):
        peaks = []
        for source in here.sources:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
            resting = _status("VmRSS")
            kept = works[what](source)
            peaks.append((_status("VmHWM") - resting) / 1024)
            del kept
        found[f"{what.replace(' ', '_')}_mb"] = round(max(peaks), 1)
    arrays = (here.ways.first, here.ways.head, here.ways.seconds, here.ways.gate, here.ways.edge)
    arrays += (here.ways.arc, here.ways.node_gate, here.ways.flags)
    found["ways_mb"] = round(sum(array.nbytes for array in arrays) / 2**20, 1)
    return found


def _status(what: str) -> int:
    """A figure of this process in kilobytes, as Linux keeps it."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{what}:"):
            return int(line.split()[1])
    raise SystemExit(f"This machine does not tell {what} of a process; the memory needs Linux.")


if __name__ == "__main__":
    print(json.dumps(memory(sys.argv[1], int(sys.argv[2]))))

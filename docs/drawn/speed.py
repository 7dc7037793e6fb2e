"""The page of speed: every figure asked of searches and of registers, and what bounds a miss."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from bench.limits import RIVALS, Line, against, lines, register_lines
from drawn.markdown import table

ROOT = Path(__file__).parents[2]
KEPT = ROOT / "docs" / "reference" / "speed.json"
SHOWN = ROOT / "build" / "show"

_HEAD = """\
# Speed of roads and registers

Drawn from the last measuring by `make docs`; do not edit this page. Measured by
`make show ID=C3`, or one by one by `bench/roads.py`, `bench/classes.py`, `bench/asks.py` and
`bench/plans.py` (`make bench`); `docs/generate.py speed` takes the figures over.

Figures are medians of work done in turn, A B C, B C A, from seeded junctions. Seconds are the
processor's, on one core, since others used the machine as well; a ratio is the median of the ratios
from the same junction. The *floor* is a plain Dijkstra from one junction to all, compiled the same
way and without windows (`bench/floor.py`); it has a heap, while the set search has a bucket for
each second. About 40 % of the edges have windows, 20 % of the nodes allow waiting, and what adds
less than ten minutes at a node is dropped. The searches had to agree about all distances, and every
round trip was driven again against the windows, before anything was timed.

The country is synthetic: eighteen shifted copies of Porto, joined by a few long roads. Its global
structure is that of no country.
"""

_REGISTER = """
## Registers

Measured by `make show ID=D5`, or by `bench/register.py`. The register is synthetic: five devices of
two offices, in one year, with the roads and movements of `bench/judgements.py` at a tenth of their
size. Seconds are the processor's, save for appends, which wait for the disk; what has a floor is
timed in turn with it. The machine is shared and was busy, so ratios say more than seconds.

*Checked* is what `register verify` does: every signature, by itself. Its floor is Ed25519 alone
over the same bytes, with the keys laid out. *Drawn* is what every verb begins with: each entry is
read, each chain checked, and the picture of all that was known is drawn. *An append* is a
transaction that the disk has confirmed; its floor is an insert of the same bytes, with the same
pragmas, into a table that checks nothing. The next answer and what was known then are asked of a
register that is open: what has been read is kept in memory, and nowhere else. A program that starts
reads all of it. Fast answers were compared with answers worked out anew.
"""

_PGROUTING = (
    "how it is measured: each query of pgRouting is timed on the wall and ours by the processor, "
    "so the ratio moves with the load of the machine; to be measured again on an idle one."
)
_HITTING = (
    "the searches that grow a cut (some 20 for each, 12 ms on Porto and 0.2 s or more on the "
    "country) and, beyond 100 cuts, the least hitting set. A search that is stopped shows its "
    "bound."
)

BOUNDS = {
    "pgRouting to our static search, Porto": _PGROUTING,
    "pgRouting to our static search, the country": _PGROUTING,
    "class table of 4,000 classes rebuilt": "memory: some 2 ms each to intersect the keys of every "
    "class and to turn bits back into 89,000 spans, 0.6 ms to gather the words.",
    "asks for a grid of 60 candidates, the slowest, Porto": _HITTING,
    "asks for a grid of 120 candidates, the slowest, Porto": _HITTING,
    "`plan` on Porto, the compiled search kept": "many small things: about 0.5 s load the program "
    "and its command line, 0.35 s numba and three compiled kernels, and of the rest the judge "
    "takes 0.5 s (it weighs each of fourteen routes and departures), finding and dividing 0.4 s.",
}
"""What bounds a figure that may miss, as its profile says."""


def page() -> str:
    """The page, from the figures that were kept last."""
    if not KEPT.exists():
        return f"{_HEAD}\nNot measured yet.\n"
    figures = json.loads(KEPT.read_text(encoding="utf-8"))
    roads = (_where(figures["roads"]), _limits(lines(figures)), _searches(figures))
    return "".join((_HEAD, *roads, *_register(figures)))


def keep_figures() -> None:
    """Takes over what C3 and D5 measured last, without each single time."""
    figures = json.loads(KEPT.read_text(encoding="utf-8")) if KEPT.exists() else {}
    if (SHOWN / "C3.json").exists():
        figures = {"register": figures.get("register"), **_shown("C3")}
    if (SHOWN / "D5.json").exists():
        figures["register"] = _shown("D5")
    KEPT.write_text(f"{json.dumps(_short(figures), indent=1)}\n", encoding="utf-8")


def _shown(id: str) -> dict[str, Any]:
    record = json.loads((SHOWN / f"{id}.json").read_text(encoding="utf-8"))
    found: dict[str, Any] = record["figures"]
    return found


def _short(figures: Any) -> Any:
    if not isinstance(figures, dict):
        return figures
    left_out = ("each", "each_s", "each_wall_s", "bundled")
    return {name: _short(one) for name, one in figures.items() if name not in left_out}


def _where(measured: Mapping[str, Any]) -> str:
    machine = measured.get("machine", {})
    return (
        f"\nMeasured {measured.get('measured_at', '')} on {machine.get('cores')} cores of "
        f"{machine.get('cpu')}, Python {machine.get('python')}; load "
        f"{measured.get('load_before', [0])[0]} before and {measured.get('load_after', [0])[0]} "
        "after.\n"
    )


def _limits(found: Sequence[Line]) -> str:
    held = sum(line.held for line in found)
    rows = ([line.name, line.asked, line.found, _held(line)] for line in found)
    head = f"\n## What is asked\n\n{held} of {len(found)} hold.\n\n"
    return head + table(["figure", "asked", "measured", "holds"], rows)


def _held(line: Any) -> str:
    if line.held:
        return "yes"
    if line.measured is None:
        return "not measured"
    return f"**missed**; bounded by {BOUNDS.get(line.name, 'what is not known yet')}"


def _register(figures: Mapping[str, Any]) -> Iterator[str]:
    found = figures.get("register")
    if not found:
        return
    yield _REGISTER
    yield _where(found)
    yield _limits(register_lines(figures)).replace("## What", "### What")
    appends, checks = found["appends"], found["verifying"]
    rows = [
        ["appends, one after another", f"{appends['per_s']}", f"{appends['bare_per_s']}",
         f"{appends['to_floor']}"],
        ["the same, signed before it", f"{appends['signed_per_s']}", "", ""],
        ["entries checked", f"{checks['per_s']}", f"{checks['bare_per_s']}",
         f"{checks['to_floor']}"],
    ]  # fmt: skip
    yield "\n### Beside the floors\n\n"
    yield table(["what", "a second", "the floor, a second", "times as long"], rows)
    yield "\n### One entry more\n\n"
    yield table(
        ["next answer after", "median"],
        ([what, f"{ms} ms"] for what, ms in found["next"]["median_ms"].items()),
    )
    yield "\n### What was known then\n\n"
    yield table(
        ["about", "entries found", "median", "19 of 20 under"],
        (
            [what, str(one["entries_found"]), f"{one['median_ms']} ms",
             f"{one['slowest_of_20_ms']} ms"]
            for what, one in found["bitemporal"]["kinds"].items()
        ),
    )  # fmt: skip
    yield (
        f"\nBefore the first such question {found['more']:,} entries are laid out by name, in "
        f"{found['bitemporal']['laid_out_s']} s; the process then takes "
        f"{found['bitemporal']['memory_mb']} MB.\n"
    )


def _searches(figures: Mapping[str, Any]) -> str:
    return "\n## From one junction to all\n" + "".join(
        _scale(figures, scale) for scale in ("porto", "country") if scale in figures["roads"]
    )


def _scale(figures: Mapping[str, Any], scale: str) -> str:
    found = figures["roads"][scale]
    rows = [
        [name, f"{one['median_s'] * 1000:.1f} ms", f"{one['to_floor']:.2f}", str(one["times"])]
        for name, one in found["searches"].items()
    ]
    head = f"\n{scale.title()}: {found['nodes']} nodes, {found['arcs']} arcs; "
    head += f"{found['labels_a_node']} labels a node.\n\n"
    missing = "".join(f"\n{name} was left out: {why}\n" for name, why in found["missing"].items())
    beside = "".join(_beside(figures, scale))
    return head + table(["search", "median", "to the floor", "junctions"], rows) + missing + beside


def _beside(figures: Mapping[str, Any], scale: str) -> Iterator[str]:
    for rival in RIVALS:
        ours = {what: against(figures, scale, rival, what) for what in ("floor", "sets")}
        if all(ours.values()):
            yield (
                f"\n{rival} takes {ours['floor']:.1f} times as long as the floor, and "
                f"{ours['sets']:.1f} times as long as the set search.\n"
            )

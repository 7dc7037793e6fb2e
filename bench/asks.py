"""How long the shortest list of asks takes on the roads of a town, proven with the round trip.

A grid of cells lies over Porto. In each cell one of four parties holds the ground and must give
restraint and passage; in every second one another party can strike from the air. Some have given
their word for a part of the day. A convoy drives from one end of the town to the other, unloads for
half an hour and drives back, all within twelve hours. Parties, words and places are drawn by seed.
On the country, where the ends lie 300 km apart, it drives at 50 km/h and has twenty-four hours; at
30 km/h in twelve no list would help. Seconds are the processor's.

    python bench/asks.py                 60 and 120 candidates on Porto
    python bench/asks.py --country       also on the stitched country of a million junctions
    python bench/asks.py --json          the figures as one line of JSON
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import statistics
import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from country import BUILT, towns  # the script's own folder is on the path
from limits import late_without_a_bound

from safeconduct.adapters.files.graphfolder import open_graph
from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.cover import Cover
from safeconduct.planning.legroads import Roads
from safeconduct.planning.shortest import DEFAULT_STEPS, Shortest, shortest_asks
from safeconduct.planning.shortest.setting import stages_of
from safeconduct.roads.choosing import kernel_for
from safeconduct.roads.dividing import divide
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph
from safeconduct.roads.snapping import arrivals
from safeconduct.situation import picture
from safeconduct.spacetime import Area, AreaKind, Point, Span, Window
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Assessment,
    Authority,
    Consent,
    ConsentNeed,
    Convoy,
    Depth,
    Direction,
    Form,
    Guarantee,
    Leg,
    Means,
    Mines,
    Movement,
    Movers,
    Presence,
    Purpose,
    Record,
    Specificity,
    Statement,
    Telling,
    Undertaking,
    UndertakingKind,
)

HOUR_S = 3_600
BEGIN = 1_800_000_000 // 86_400 * 86_400
DEPART = BEGIN + 6 * HOUR_S
DRIVES = {"porto": (30, 12), "country": (50, 24)}
"""At how many km/h, and within how many hours."""
PARTIES = ("east", "north", "south", "west")
GRIDS = {60: (6, 4), 120: (8, 6)}
"""Columns and rows: two candidates in every cell, and one more in every second."""
SEEDS = 7


@dataclass(frozen=True, slots=True, eq=False)
class Town:
    """A town cut by the cells of one grid."""

    name: str
    division: Division
    cells: tuple[Area, ...]
    cutting_s: float


def town(name: str, candidates: int) -> Town:
    """The roads of a folder, cut by the grid for so many candidates."""
    if not (BUILT / name).exists():
        towns()
    graph = open_graph(BUILT / name)
    cells = tuple(_cells(graph, *GRIDS[candidates]))
    begun = time.process_time()
    division = divide(graph, cells)
    return Town(name, division, cells, time.process_time() - begun)


def _cells(graph: Graph, across: int, up: int) -> list[Area]:
    """Cells with as many junctions in each column, and in each cell of a column."""
    lon, lat = np.asarray(graph.lon_e7, np.int64), np.asarray(graph.lat_e7, np.int64)
    found = []
    shares = np.linspace(0, 1, across + 1)
    lons = np.quantile(lon, shares).astype(np.int64)
    lons[0], lons[-1] = lons[0] - 10_000_000, lons[-1] + 10_000_000
    for x in range(across):
        column = lat[(lon >= lons[x]) & (lon < lons[x + 1])]
        lats = np.quantile(column, np.linspace(0, 1, up + 1)).astype(np.int64)
        lats[0], lats[-1] = int(lat.min()) - 10_000_000, int(lat.max()) + 10_000_000
        for y in range(up):
            west, east, south, north = (int(v) for v in (*lons[x : x + 2], *lats[y : y + 2]))
            corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
            ring = tuple(Point(*corner) for corner in corners)
            name = f"cell-{x}-{y}"
            found.append(Area(id=name, name=name, kind=AreaKind.POLYGON, polygons=((ring,),)))
    return found


def movement(name: str, start: str, stop: str) -> Movement:
    """There and back, with half an hour at the stop."""
    speed_kmh, hours = DRIVES[name]

    def leg(id: str, way: Direction, a: str, b: str, service_s: int) -> Leg:
        return Leg(
            id=id,
            purpose=Purpose.AID_DELIVERY,
            direction=way,
            movers=frozenset({Movers.HUMANITARIAN}),
            origin=a,
            destination=b,
            speed_kmh=speed_kmh,
            service_s=service_s,
        )

    return Movement(
        id="relief",
        version=1,
        title="Food",
        organisation="relief",
        zone="UTC",
        depart_at=DEPART,
        latest_at=DEPART + hours * HOUR_S,
        margin_s=1_800,
        convoy=Convoy(vehicles=10, column_m=300),
        legs=(
            leg("in", Direction.IN, start, stop, 1_800),
            leg("out", Direction.OUT, stop, start, 0),
        ),
    )


def records(cells: tuple[Area, ...], rng: random.Random) -> list[Record]:
    """Who holds which cell, and what was said."""
    always = Span(BEGIN - 86_400, BEGIN + 10 * 86_400)
    facts: list[Record] = [
        Actor(id="relief", name="Relief", kind=ActorKind.HUMANITARIAN),
        *(Actor(id=one, name=one, kind=ActorKind.PARTY) for one in (*PARTIES, "state")),
    ]
    words: list[Record] = []
    names = [cell.id for cell in cells]
    for number, cell in enumerate(names):
        holder, other = rng.sample(PARTIES, 2)
        ground = Presence(
            id=f"in-{cell}",
            party=holder,
            areas=(cell,),
            means=frozenset({Means.GROUND_FIRE}),
            controls=True,
            valid=always,
        )
        facts.append(ground)
        if number % 2 == 0:
            air = frozenset({Means.AIR_STRIKE})
            facts.append(
                Presence(id=f"over-{cell}", party=other, areas=(cell,), means=air, valid=always)
            )
        if rng.random() < 0.3:
            from_h = rng.randint(5, 9)
            words.append(
                _said(
                    holder,
                    Guarantee(
                        id=f"word-{cell}",
                        party=holder,
                        undertaking=_given(
                            UndertakingKind.RESTRAINT,
                            (cell,),
                            Span(BEGIN + from_h * HOUR_S, BEGIN + (from_h + 4) * HOUR_S),
                            frozenset({Means.GROUND_FIRE}),
                        ),
                    ),
                )
            )
    presences = tuple(one.id for one in facts if isinstance(one, Presence))
    facts.append(
        Assessment(
            id="all",
            areas=tuple(names),
            valid=always,
            presences=presences,
            mines=Mines.NONE_REPORTED,
            by="access officer",
            ground="invented",
        )
    )
    facts.append(ConsentNeed(id="state", areas=tuple(names), holders=("state",), valid=always))
    consent = _given(UndertakingKind.CONSENT, tuple(names), always)
    words.append(_said("state", Consent(id="state-consent", party="state", undertaking=consent)))
    return [*facts, *words]


def _given(
    kind: UndertakingKind,
    areas: tuple[str, ...],
    span: Span,
    means: frozenset[Means] = frozenset(),
) -> Undertaking:
    return Undertaking(
        kind=kind,
        means=means,
        areas=areas,
        windows=(Window(span, "UTC", "invented"),),
        purposes=frozenset({Purpose.ANY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.ANYONE}),
        specificity=Specificity.AREA_AND_TIME,
    )


def _said(party: str, act: Any) -> Statement:
    return Statement(
        id=f"said-{act.id}",
        actor=party,
        said_at=BEGIN - 3_600,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        to=("relief",),
        authority=Authority.COMMANDS,
        depth=Depth.UNIT,
        paraphrase="invented",
        acts=(act,),
    )


def one(here: Town, seed: int, steps: int) -> tuple[Shortest, dict[str, float]]:
    """One convoy through one town: the answer, and where its time went, in seconds."""
    rng = random.Random(seed)
    graph = here.division.graph
    inside = np.flatnonzero(np.asarray(graph.component) == 0)
    west, east = (inside[np.argsort(graph.lon_e7[inside])][part] for part in _ENDS)
    ends = [int(graph.junction[rng.choice(part.tolist())]) for part in (west, east)]
    names = [graph.node_ids[node] for node in ends]
    going = movement(here.name, *names)
    situation = picture(records(here.cells, rng), as_of=BEGIN, known_at=BEGIN)
    begun = time.process_time()
    cover = Cover(situation, here.division, core_policy().profile("default"))
    roads = Roads(
        division=here.division,
        covers=(cover,),
        nodes={
            name: (node, *(n for n in arrivals(graph, node) if n != node))
            for name, node in zip(names, ends, strict=True)
        },
        judge_on=_nobody_judges,
        kernel=kernel_for,
    )
    stages = stages_of(roads, going, DEPART)
    set_up = time.process_time()
    found = shortest_asks(
        [cover],
        here.division,
        going,
        stages,
        kernel=kernel_for(stages[0].passages[0].ways),
        steps=steps,
    )
    ended = time.process_time()
    return found, {"setting_s": set_up - begun, "asks_s": ended - set_up}


_ENDS = (slice(0, 2_000), slice(-2_000, None))


def _nobody_judges(edges: frozenset[str]) -> Any:
    raise AssertionError("what is measured here ends before the judge")


def measured(name: str, candidates: int, steps: int, seeds: int) -> dict[str, Any]:
    """The figures of one size, over some seeds."""
    here = town(name, candidates)
    one(here, 0, steps)  # compiles, and fills what is filled once
    found = []
    for seed in range(1, seeds + 1):
        answer, times = one(here, seed, steps)
        best = answer.lists[0] if answer.lists else None
        found.append(
            {
                "seed": seed,
                **{what: round(seconds, 3) for what, seconds in times.items()},
                "candidates": answer.candidates,
                "searches": answer.searches,
                "parties": len(best.parties) if best else None,
                "asks": len(best.wanted) if best else None,
                "proven": answer.bound is None,
                "bound": None
                if answer.bound is None
                else [answer.bound.parties, answer.bound.asks],
            }
        )
        print(found[-1], flush=True)
    each = [one["asks_s"] for one in found]
    return {
        "town": name,
        "nodes": here.division.graph.nodes,
        "grid": candidates,
        "classes": len(here.division.classes),
        "bundles": len(here.division.bundles),
        "cutting_s": round(here.cutting_s, 3),
        "median_s": round(statistics.median(each), 3),
        "worst_s": round(max(each), 3),
        "proven": sum(bool(one["proven"]) for one in found),
        "of": len(found),
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        "with_a_list": sum(one["parties"] is not None for one in found),
        "late_without_a_bound": sum(late_without_a_bound(one) for one in found),
        "each": found,
    }


def main() -> None:
    """Measures, and says what was found."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--country", action="store_true")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--steps", type=int, default=DEFAULT_STEPS)
    parser.add_argument("--grids", type=int, nargs="+", choices=GRIDS, default=[*GRIDS])
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    names = ("porto", "country") if chosen.country else ("porto",)
    wanted = [(name, size) for name in names for size in GRIDS if size in chosen.grids]
    figures = [measured(name, size, chosen.steps, chosen.seeds) for name, size in wanted]
    for one_size in figures:
        print(
            f"{one_size['town']} ({one_size['nodes']} nodes), grid for {one_size['grid']} "
            f"candidates: median {one_size['median_s']} s, worst {one_size['worst_s']} s, "
            f"{one_size['proven']} of {one_size['of']} proven; cut in {one_size['cutting_s']} s, "
            f"at most {one_size['memory_mb']} MB"
        )
    if chosen.json:
        print(json.dumps({f"{one['town']}_{one['grid']}": one for one in figures}))


if __name__ == "__main__":
    main()

"""How long it takes to divide a town by areas, and to say anew when its classes are open.

    python bench/classes.py               a table for people
    python bench/classes.py --json        one JSON line
    python bench/classes.py --town F.osm.pbf --areas F.geojson

**Dividing.** The town (by default Porto) is divided by the 133 neighbourhoods of Aleppo, moved so
that their middle is the town's. Then by one more area: each of some of the 133 that was left out
before, and a box around everything.

**The class table.** An invented land: a lattice of streets under 112 rectangles, 10 parties and
200 undertakings, which makes some 4,000 classes. Of the way from a changed statement to new gates
each part is timed alone:

- `picture_ms`: the picture with one statement more (room `situation`);
- `words_ms`: how each of the undertakings now stands (`cover.standing`);
- `table_ms` and `gates_ms`: the table of all classes, and the gates of a column; these two are
  what "rebuilt" means. Each time it is another statement that was added, so that nothing which
  rests on it can be lying ready;
- `alone_ms`: the same table, asked of the cover class by class.
"""

from __future__ import annotations

import argparse
import gc
import json
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from safeconduct.adapters.files.policyfile import core_policy
from safeconduct.adapters.osm.survey import read_osm
from safeconduct.cover import Cover, LegProfile
from safeconduct.cover.table import table
from safeconduct.roads.dividing import divide, redivide
from safeconduct.roads.division import Division
from safeconduct.roads.graph import Graph
from safeconduct.roads.graphing import graph_of_raw, graph_of_tracks
from safeconduct.roads.raw import RawEdge, RawNetwork, RawPlace
from safeconduct.roads.sources import areas_from_geojson
from safeconduct.situation import Situation, picture
from safeconduct.situation.amended import amended
from safeconduct.spacetime import Area, AreaKind, Point, Span, Window
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Assessment,
    Authority,
    ConsentNeed,
    Convoy,
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
    Step,
    Telling,
    Undertaking,
    UndertakingKind,
)

SHARED = Path(__file__).parents[2] / "shared" / "data"
TIMES = 15
HOUR_S, DAY_S = 3_600, 86_400
NOW = 1_800_000_000  # an arbitrary fixed moment in 2027
VALID = Span(NOW - 30 * DAY_S, NOW + 30 * DAY_S)
HORIZON = Span(NOW, NOW + 7 * DAY_S)

STREETS, STEP = 90, 20_000  # each way, and ten-millionths of a degree between them: some 200 m
WEST, SOUTH = 371_000_000, 362_000_000
RECTANGLES, PARTIES, UNDERTAKINGS = 112, 10, 200
FIRE = (Means.GROUND_FIRE, Means.INDIRECT_FIRE)


def timed(work: Callable[[], Any], times: int = TIMES) -> tuple[float, Any]:
    """The median of several runs in milliseconds of processor time, and what the last one gave.

    All the work is done by one thread; its processor time is the time it takes on a machine that
    does nothing else.
    """
    took = []
    gc.collect()
    for _ in range(times):
        begun = time.process_time()
        found = work()
        took.append(1_000 * (time.process_time() - begun))
    return round(statistics.median(took), 2), found


# Dividing a town.


def town(path: Path) -> Graph:
    """The roads of an extract."""
    return graph_of_tracks(read_osm(path).tracks, id="town")


def laid_over(graph: Graph, path: Path) -> tuple[Area, ...]:
    """The neighbourhoods, moved so that the middle of their box is that of the graph's nodes."""
    areas = areas_from_geojson(path.read_bytes(), name_property="NAME")
    points = [at for one in areas for polygon in one.polygons for ring in polygon for at in ring]
    east = statistics.median_low(graph.lon_e7.tolist()) - _middle([at.lon_e7 for at in points])
    north = statistics.median_low(graph.lat_e7.tolist()) - _middle([at.lat_e7 for at in points])
    return tuple(_moved(one, east, north) for one in areas)


def _middle(values: Sequence[int]) -> int:
    return (min(values) + max(values)) // 2


def _moved(area: Area, east: int, north: int) -> Area:
    polygons = tuple(
        tuple(tuple(Point(p.lon_e7 + east, p.lat_e7 + north) for p in ring) for ring in polygon)
        for polygon in area.polygons
    )
    return replace(area, polygons=polygons)


def dividing(graph: Graph, areas: tuple[Area, ...]) -> dict[str, object]:
    """How long a division takes, and what one more area adds."""
    all_ms, division = timed(lambda: divide(graph, areas), 7)
    one = []
    for left_out in areas[:: len(areas) // TIMES][:TIMES]:
        before = divide(graph, [area for area in areas if area is not left_out])
        took, after = timed(lambda before=before: redivide(before, areas), 3)  # type: ignore[misc]
        one.append(took)
        _same(after, division)
    everything = _rectangle(
        "everything",
        *(int(graph.lon_e7.min()) - 9, int(graph.lat_e7.min()) - 9),
        *(int(graph.lon_e7.max()) + 9, int(graph.lat_e7.max()) + 9),
    )
    wide = (*areas, everything)
    wide_ms, after = timed(lambda: redivide(division, wide), 7)
    _same(after, divide(graph, wide))
    return {
        "edges": graph.edges,
        "areas": len(areas),
        "pieces": len(division.piece_class),
        "classes": len(division.classes),
        "all_ms": all_ms,
        "one_more_ms": round(statistics.median(one), 2),
        "one_more_worst_ms": max(one),
        "city_wide_ms": wide_ms,
        "one_more_to_all": round(statistics.median(one) / all_ms, 3),
    }


def _same(one: Division, other: Division) -> None:
    names = ("piece_first", "piece_end_dm", "piece_class", "edge_bundle", "node_class")
    if one.classes != other.classes or any(
        getattr(one, name).tolist() != getattr(other, name).tolist() for name in names
    ):
        raise SystemExit("redivide does not give what divide gives")


# The class table.


def lattice() -> Graph:
    """Streets between the points of a lattice, driven either way."""
    places = {
        (x, y): RawPlace(f"{x}-{y}", at=Point(WEST + x * STEP, SOUTH + y * STEP))
        for x in range(STREETS)
        for y in range(STREETS)
    }
    edges = [
        RawEdge(f"{a.id}>{b.id}", a.id, b.id, line=(a.at, b.at))
        for (x, y), a in places.items()
        for b in (places.get((x + 1, y)), places.get((x, y + 1)))
        if a.at and b and b.at
    ]
    return graph_of_raw(RawNetwork(tuple(places.values()), tuple(edges)), id="lattice")


def _rectangle(id: str, west: int, south: int, east: int, north: int) -> Area:
    corners = (Point(west, south), Point(east, south), Point(east, north), Point(west, north))
    return Area(id, id, AreaKind.POLYGON, (((*corners, corners[0]),),))


def rectangles(rng: Random) -> tuple[Area, ...]:
    """Areas that overlap one another many times over, and one around them all."""
    found = [_rectangle("land", WEST - 9, SOUTH - 9, WEST + STREETS * STEP, SOUTH + STREETS * STEP)]
    for number in range(RECTANGLES):
        width, height = (rng.randrange(8 * STEP, 45 * STEP) for _ in range(2))
        west = WEST + rng.randrange(STREETS * STEP - width)
        south = SOUTH + rng.randrange(STREETS * STEP - height)
        found.append(_rectangle(f"area-{number:03}", west, south, west + width, south + height))
    return tuple(found)


def records(rng: Random, edge: str) -> Iterator[Record]:
    """Parties that can act on some rectangles each, and what they have undertaken."""
    yield Actor(id="office", name="Office", kind=ActorKind.HUMANITARIAN)
    yield Actor(id="state", name="State", kind=ActorKind.PARTY)
    names = [f"area-{number:03}" for number in range(RECTANGLES)]
    presences = []
    for number in range(PARTIES):
        party = f"party-{number}"
        yield Actor(id=party, name=party, kind=ActorKind.PARTY)
        for part in range(3):
            presences.append(f"{party}-{part}")
            yield Presence(
                id=presences[-1],
                party=party,
                areas=tuple(rng.sample(names, 12)),
                valid=VALID,
                means=frozenset(FIRE) if part else frozenset({Means.CHECKPOINT}),
                controls=not part,
            )
    yield Assessment(
        id="assessment",
        areas=("land",),
        valid=VALID,
        presences=tuple(presences),
        mines=Mines.NONE_REPORTED,
        by="office",
        ground="invented",
    )
    yield ConsentNeed(id="consent", areas=("land",), holders=("state",), valid=VALID)
    yield said("permission", "state", UndertakingKind.CONSENT, ("land",), HORIZON)
    yield from broad(rng)
    for number in range(UNDERTAKINGS - 2 * 3 * PARTIES):
        yield promise(rng, number)
    leg = Leg(
        id="out",
        purpose=Purpose.AID_DELIVERY,
        direction=Direction.IN,
        movers=frozenset({Movers.HUMANITARIAN}),
        route=(Step(edge=edge),),
        speed_kmh=30,
    )
    yield Movement(
        id="m",
        version=1,
        title="invented",
        organisation="office",
        legs=(leg,),
        convoy=Convoy(vehicles=10, column_m=500),
        depart_at=NOW + HOUR_S,
        latest_at=NOW + DAY_S,
        zone="UTC",
    )


def broad(rng: Random) -> Iterator[Statement]:
    """For every key three words for the whole land, which leave two gaps of hours in the week."""
    for number in range(PARTIES):
        for kind in (UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE):
            start = NOW
            for part, end in enumerate(sorted(NOW + rng.randrange(7 * DAY_S) for _ in range(3))):
                if start < end:
                    span = Span(start, end)
                    name = f"broad-{number}-{kind.value}-{part}"
                    yield said(name, f"party-{number}", kind, ("land",), span)
                start = end + rng.randrange(HOUR_S, 6 * HOUR_S)


def promise(rng: Random, number: int) -> Statement:
    """One undertaking of some party, for some rectangles and some hours of the week."""
    start = NOW + rng.randrange(6 * DAY_S)
    span = Span(start, start + rng.randrange(HOUR_S, 3 * DAY_S))
    areas = tuple(f"area-{n:03}" for n in rng.sample(range(RECTANGLES), rng.randint(1, 6)))
    kind = rng.choice((UndertakingKind.RESTRAINT, UndertakingKind.PASSAGE))
    return said(f"promise-{number}", f"party-{rng.randrange(PARTIES)}", kind, areas, span)


def said(
    name: str, party: str, kind: UndertakingKind, areas: tuple[str, ...], span: Span
) -> Statement:
    """A written guarantee to the office."""
    undertaking = Undertaking(
        kind=kind,
        means=frozenset(FIRE) if kind is UndertakingKind.RESTRAINT else frozenset(),
        areas=areas,
        windows=(Window(span, "UTC", "invented"),),
        purposes=frozenset({Purpose.AID_DELIVERY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.HUMANITARIAN}),
        specificity=Specificity.AREA_AND_TIME,
    )
    return Statement(
        id=name,
        actor=party,
        said_at=NOW - 12 * HOUR_S,
        form=Form.WRITTEN,
        telling=Telling.SAID,
        paraphrase="invented",
        to=("office",),
        authority=Authority.COMMANDS,
        acts=(Guarantee(id=f"{name}/guarantee", party=party, undertaking=undertaking),),
    )


def rebuilding() -> dict[str, object]:
    """What a changed statement costs, part by part."""
    rng = Random(2027)
    division = divide(lattice(), rectangles(rng))
    situation = picture(records(rng, division.graph.edge_ids[0]), as_of=NOW, known_at=NOW)
    cover = Cover(situation, division, core_policy().profile("default"))
    chart_ms, chart = timed(lambda: cover.chart, 1)
    movement = situation.movements["m"]
    leg = LegProfile.of(movement.legs[0])
    table(cover, division, leg, movement, HORIZON)
    changed = iter([promise(rng, UNDERTAKINGS + number) for number in range(TIMES)])
    after: list[Situation] = []
    picture_ms, _ = timed(lambda: after.append(amended(situation, next(changed))))
    covers: list[Cover] = []

    def words() -> None:
        covers.append(cover.in_situation(after[len(covers)]))
        for grant in covers[-1].situation.grants:
            covers[-1].standings[grant.id]

    words_ms, _ = timed(words)
    fresh = iter(covers)
    table_ms, found = timed(lambda: table(next(fresh), division, leg, movement, HORIZON))
    gates_ms, gates = timed(lambda: found.gates(60, 120))
    begun = time.perf_counter()
    alone = [
        covers[-1].open_spans(cls, leg, movement).within(HORIZON)
        for cls in range(len(division.classes))
    ]
    alone_ms = round(1_000 * (time.perf_counter() - begun), 1)
    if [*found.classes] != alone:
        raise SystemExit("the table does not say what the cover says")
    return {
        "classes": len(division.classes),
        "bundles": len(division.bundles),
        "keys": len(chart.askings),
        "undertakings": UNDERTAKINGS + 1,
        "spans": len(gates.opens),
        "chart_once_ms": chart_ms,
        "picture_ms": picture_ms,
        "words_ms": words_ms,
        "table_ms": table_ms,
        "gates_ms": gates_ms,
        "rebuilt_ms": round(table_ms + gates_ms, 2),
        "statement_to_gates_ms": round(picture_ms + words_ms + table_ms + gates_ms, 2),
        "alone_ms": alone_ms,
        "alone_to_table": round(alone_ms / table_ms, 1),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="one JSON line")
    parser.add_argument("--town", type=Path, default=SHARED / "roads" / "porto_portugal.osm.pbf")
    parser.add_argument(
        "--areas", type=Path, default=SHARED / "places" / "aleppo-neighbourhoods.geojson"
    )
    asked = parser.parse_args()
    figures: dict[str, dict[str, object]] = {"table": rebuilding()}
    graph = town(asked.town)
    figures["dividing"] = dividing(graph, laid_over(graph, asked.areas))
    if asked.json:
        print(json.dumps(figures))
        return
    for part, found in figures.items():
        for name, figure in found.items():
            print(f"{part:<9} {name:<22} {figure}")


if __name__ == "__main__":
    main()

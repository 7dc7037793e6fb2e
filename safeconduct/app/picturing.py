"""The picture of an answer: what is known of roads, areas and parties, as a drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from safeconduct.adapters.files.picturefile import write_picture
from safeconduct.app.assess import Answer
from safeconduct.clearance import Finding, Status
from safeconduct.papers import Bar, Drawing, Outline, Road, Site, picture
from safeconduct.roads import Edge, Network
from safeconduct.spacetime import Area, Point, Spans, show
from safeconduct.vocabulary import Movement

__all__ = ["draw", "drawing_of"]

_SHUT = frozenset({"A1", "A8"})  # the rules by which a stretch of road is not open
_REASONS = 3


def drawing_of(answer: Answer, windows: Spans | None = None) -> Drawing:
    """What the picture of one assessed movement shows.

    Parameters
    ----------
    windows : the departures that were found, where somebody looked for them.
    """
    movement, judgement = answer.movement, answer.judgement
    network = answer.opened.network(judgement.known_at)
    areas = answer.opened.case.areas if answer.opened.case else ()
    outlines = tuple(_outlines(areas))
    return Drawing(
        title=movement.title,
        says=f"{judgement.verdict.value.upper()}, as of {show(judgement.as_of, movement.zone)}",
        lines=tuple(one.says for one in _failing(answer))[:_REASONS],
        horizon=answer.horizon,
        zone=movement.zone,
        roads=tuple(_roads(answer, network)),
        sites=tuple(_sites(movement, network)),
        outlines=outlines,
        unnamed=tuple(_unnamed(answer, areas)),
        bars=tuple(_bars(answer)),
        trip=answer.bench.trip if answer.bench and answer.bench.itinerary.entries else None,
        windows=windows,
        credit=_credit(network),
    )


def draw(answer: Answer, path: str, windows: Spans | None = None) -> None:
    """Writes the picture of an answer into a file; raises as `write_picture`."""
    write_picture(path, picture(drawing_of(answer, windows)))


def _failing(answer: Answer) -> Iterator[Finding]:
    failing = (Status.UNMET, Status.UNKNOWN)
    return (one for one in answer.judgement.findings if one.status in failing)


def _roads(answer: Answer, network: Network) -> Iterator[Road]:
    """Those of the way first, in driving order, each time they are driven; then all others."""
    bad: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for finding in _failing(answer):
        for stretch in finding.place if finding.rule in _SHUT else ():
            if stretch.end_dm > stretch.start_dm:
                bad[stretch.name].add((stretch.start_dm, stretch.end_dm))
    driven = [step.edge for leg in answer.movement.legs for step in leg.route]
    there = [id for id in driven if network.has_edge(id)]
    for id in there:
        yield _road(network.edge(id), True, tuple(_joined(bad[id])))
    for edge in network.edges:
        if edge.id not in driven:
            yield _road(edge, False, ())


def _road(edge: Edge, is_route: bool, bad: tuple[tuple[int, int], ...]) -> Road:
    return Road(
        a=edge.a,
        b=edge.b,
        name=edge.name or edge.id,
        length_dm=edge.length_dm,
        line=edge.line,
        is_route=is_route,
        bad=bad,
    )


def _joined(parts: set[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The same parts of a road in the fewest that do not overlap."""
    last: tuple[int, int] | None = None
    for start, end in sorted(parts):
        if last is not None and start <= last[1]:
            last = last[0], max(last[1], end)
            continue
        if last is not None:
            yield last
        last = start, end
    if last is not None:
        yield last


def _sites(movement: Movement, network: Network) -> Iterator[Site]:
    edges = [step.edge for leg in movement.legs for step in leg.route]
    on_way = {end for id in edges if network.has_edge(id) for end in _ends(network.edge(id))}
    on_way |= {end for leg in movement.legs for end in (leg.origin, leg.destination) if end}
    for place in network.places:
        if place.name or place.id in on_way:
            name = place.name or place.id
            yield Site(id=place.id, name=name, at=place.at, is_on_route=place.id in on_way)


def _ends(edge: Edge) -> tuple[str, str]:
    return edge.a, edge.b


def _outlines(areas: tuple[Area, ...]) -> Iterator[Outline]:
    """Areas with an outline; those put together into another one are hatched as that one."""
    within = {member: area.name or area.id for area in areas for member in area.members}
    for area in areas:
        rings: tuple[tuple[Point, ...], ...] = tuple(ring for p in area.polygons for ring in p)
        if rings:
            yield Outline(name=area.name or area.id, rings=rings, group=within.get(area.id, ""))


def _unnamed(answer: Answer, areas: tuple[Area, ...]) -> Iterator[str]:
    """The areas of the way that cannot be drawn."""
    names = {area.id: area.name or area.id for area in areas}
    drawn = {area.id for area in areas if area.polygons or area.members}
    for id in sorted(answer.bench.touched if answer.bench else ()):
        if id not in drawn:
            yield names.get(id, id)


def _bars(answer: Answer) -> Iterator[Bar]:
    for row in answer.bound:
        rejected = row.rejected_at
        yield Bar(
            party=answer.bench.name(row.party) if answer.bench else row.party,
            what=row.what,
            bound=row.bound,
            partly=row.partly,
            offered=row.offered,
            note="" if rejected is None else f"rejected on {_day(rejected, answer.movement.zone)}",
        )


def _day(instant: int, zone: str) -> str:
    return show(instant, zone).split()[0]


def _credit(network: Network) -> str:
    label = network.label.rstrip(".")
    if "openstreetmap" in label.lower() or label.lower().endswith((".osm", ".osm.pbf", ".pbf")):
        return f"{label}, © OpenStreetMap contributors"
    return label

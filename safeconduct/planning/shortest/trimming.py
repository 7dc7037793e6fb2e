"""From a list of candidates and a trip to asks: what of them the trip needs, and from when to when.

What is asked for is what the judge's own ledger lacks on the way of the trip: the means that are
not bound there, over the time in which the column is there and as much longer as it may be late.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from safeconduct.clearance import Spot
from safeconduct.clearance.bench import Bench, named, thing
from safeconduct.clearance.checks.way import beginnings
from safeconduct.cover import Key
from safeconduct.errors import BudgetExhausted
from safeconduct.planning.shortest.hitting import least_hitting
from safeconduct.planning.shortest.puzzle import Steps, members
from safeconduct.planning.shortest.wanted import Wanted
from safeconduct.roads.division import Division
from safeconduct.roads.search import Hop
from safeconduct.spacetime import Span
from safeconduct.vocabulary import Ask, Movement, Step, UndertakingKind

__all__ = ["adopted", "on_this_road", "trimmed"]


def adopted(
    movement: Movement,
    division: Division,
    trip: Sequence[Sequence[Hop]],
) -> Movement:
    """The movement on the roads of a trip, without halts, leaving when it does; its next version.

    Where it drives these roads at that time already, it is the movement itself.
    """
    graph = division.graph
    legs = []
    for leg, hops in zip(movement.legs, trip, strict=True):
        steps = tuple(
            Step(
                edge=graph.edge_ids[int(graph.edge[hop.arc])],
                backwards=bool(graph.backwards[hop.arc]),
            )
            for hop in hops
        )
        legs.append(replace(leg, route=steps, halts=()))
    leaves = trip[0][0].enter
    if tuple(legs) == movement.legs and leaves == movement.depart_at:
        return movement
    return replace(movement, legs=tuple(legs), depart_at=leaves, version=movement.version + 1)


def on_this_road(benches: Sequence[Bench], steps: Steps) -> tuple[tuple[Wanted, ...], bool]:
    """The fewest candidates that turn every key which the way of a movement lacks, at its time.

    What lies within no area cannot be asked for by name; it is left out here. When the steps run
    out before the fewest are known it is all that turn some of these keys, and False with them.
    """
    ways_to_turn = {
        frozenset(_turning(bench, key, spot))
        for bench in benches
        for key, spots in _lacking(bench)
        for spot in spots
    } - {frozenset()}
    names = sorted({one for any_of in ways_to_turn for one in any_of})
    number = {one: place for place, one in enumerate(names)}
    cuts = [sum(1 << number[one] for one in any_of) for any_of in ways_to_turn]
    try:
        found = least_hitting(cuts, (1 << len(names)) - 1, [0] * len(names), steps)
    except BudgetExhausted:
        return tuple(names), False
    return tuple(names[place] for place in members(found or 0)), True


def trimmed(
    benches: Sequence[Bench], wanted: Sequence[Wanted], *, prefix: str = "ask"
) -> tuple[Ask, ...]:
    """The asks of a list, as far as the way of the movement on these benches needs them.

    Parameters
    ----------
    benches : the movement on the roads of the trip, one for each profile that it is judged under.
    prefix : what the ids begin with.
    """
    found: dict[Wanted, dict[Key, list[Spot]]] = {one: defaultdict(list) for one in wanted}
    for bench in benches:
        for key, spots in _lacking(bench):
            for spot in spots:
                for one in _turning(bench, key, spot) & found.keys():
                    found[one][key].append(spot)
    return tuple(_ask(benches[0], one, keys, prefix) for one, keys in sorted(found.items()) if keys)


def _lacking(bench: Bench) -> Iterator[tuple[Key, list[Spot]]]:
    """The keys that are missing on the way, missing in its margin, or at the start of a leg."""
    for book in (bench.ledger.missing, bench.ledger.late):
        yield from sorted(book.items(), key=lambda item: item[0].order)
    for key, spot in beginnings(bench):
        yield key, [spot]


def _turning(bench: Bench, key: Key, spot: Spot) -> frozenset[Wanted]:
    """The candidates that turn a key at a spot for all of the time in which it is missing there."""
    within = bench.network.classes[spot.cls][1]
    kinds = [key.kind]
    for instrument, _ in bench.cover.by_instrument(key, spot.cls, spot.leg, bench.movement):
        valid = instrument.valid
        if instrument.instrument.value == UndertakingKind.CONSENT.value and all(
            valid.holds(span) for span in spot.missing
        ):
            kinds.append(UndertakingKind.CONSENT)
    return frozenset(Wanted.of(key.party, kind, area) for kind in kinds for area in within)


def _ask(bench: Bench, one: Wanted, keys: dict[Key, list[Spot]], prefix: str) -> Ask:
    movement, kind = bench.movement, UndertakingKind(one.kind)
    spots = sorted((s for found in keys.values() for s in found), key=lambda s: s.entry.enter)
    span = _needed(bench, spots)
    means = frozenset(key.means for key in keys if key.means is not None)
    if kind is not UndertakingKind.RESTRAINT:
        means = frozenset()
    # Of all legs: where two of them meet, the place is passed on both.
    purposes = frozenset(leg.purpose for leg in movement.legs)
    directions = frozenset(leg.direction for leg in movement.legs)
    ways = " and ".join(sorted(direction.value for direction in directions))
    place = bench.road(bench.stretches(spots))
    return Ask(
        id=f"{prefix}-{one.party}-{one.kind}-{one.area}",
        movement=movement.id,
        party=one.party,
        kind=kind,
        means=means,
        areas=(one.area,),
        spans=(span,),
        purposes=purposes,
        directions=directions,
        for_whom=frozenset(who for leg in movement.legs for who in leg.movers),
        says=f"{bench.name(one.party)}: {thing(kind, means)} in {one.area}, over {place}, "
        f"{bench.period(span)}, for {named(purposes)} {ways}, without conditions that make relief "
        f"a reward, said directly to {bench.name(movement.organisation)}.",
        meets=("A8",) if kind is UndertakingKind.CONSENT else ("A1",),
    )


def _needed(bench: Bench, spots: Iterable[Spot]) -> Span:
    """From the first entering to the last leaving and the margin; where the operation needs one
    window for all of it, that window."""
    movement = bench.movement
    entries = [spot.entry for spot in spots]
    start = min(entry.enter for entry in entries)
    end = max(entry.leave for entry in entries) + movement.margin_s
    if movement.window_needed_s:
        start = min(start, bench.trip.start)
        end = max(end, bench.trip.start + movement.window_needed_s)
    return Span(start, end)

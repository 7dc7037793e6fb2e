"""What the answer for one movement was made from, as far as a new record can change it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

from safeconduct.clearance.bench import Bench, planned
from safeconduct.clearance.budget import Budget
from safeconduct.clearance.concerned import concerned
from safeconduct.clearance.ledger import ledger as whole_ledger
from safeconduct.roads.nearness import box_around
from safeconduct.spacetime import Point
from safeconduct.vocabulary import Arrangement, Checkpoint, Link, Screening


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What one answer depends on.

    Parameters
    ----------
    movements : the movement, and those linked with it, whose keys rule A7 looks at too.
    profiles : the profiles they are judged under.
    areas, places : what their ways touch.
    boxes : the corners around each way; None stands for one that nobody has coordinates of.
    asked : the parties whose keys are asked.
    voices : those, and whoever binds one of them.
    lacking : the parties with a key that is not turned, and whoever binds one of them; whatever
        they say is told in the findings.
    papers : the parties whose words the papers look at: arrangements, screenings and, with whoever
        binds them, checkpoints.
    concerned : the parties of whom rule R1 asks whether all their words have come.
    """

    movements: frozenset[str]
    profiles: frozenset[str]
    areas: frozenset[str]
    places: frozenset[str]
    boxes: tuple[tuple[Point, Point] | None, ...]
    asked: frozenset[str]
    voices: frozenset[str]
    lacking: frozenset[str]
    papers: frozenset[str]
    concerned: frozenset[str]


def reach_of(bench: Bench) -> Reach | None:
    """What the answer made on one bench depends on; None where that is not known."""
    others = {
        other
        for link in bench.situation.facts(Link)
        if bench.movement.id in link.movements
        for other in link.movements
    }
    reach = _own(bench)
    for other in sorted(others - {bench.movement.id}):
        sibling = bench.sibling(other)
        if sibling is None:
            return None
        reach = _both(reach, _own(sibling))
    return reach


def _own(bench: Bench) -> Reach:
    situation, movement, ledger = bench.situation, bench.movement, bench.ledger
    asked = frozenset(key.party for key in (*ledger.asked, *ledger.missing))
    behind, behind_asked = _behind(bench)
    asked |= behind_asked
    arranged = {one.party for one in situation.facts_in(Arrangement, bench.touched)}
    screened = {one.party for one in situation.facts_of(Screening, movement.id)}
    places = frozenset(_places(bench))
    posted = {one.party for one in situation.facts(Checkpoint) if one.place in places}
    return Reach(
        movements=frozenset({movement.id}),
        profiles=frozenset(movement.profiles),
        areas=bench.touched | behind,
        places=places,
        boxes=(box_around(bench.network, bench.itinerary),),
        asked=asked,
        voices=_voices(bench, asked),
        # Under another profile of a joint convoy other keys may be missing.
        lacking=_voices(
            bench, asked if movement.joint else frozenset(k.party for k in ledger.missing)
        ),
        papers=frozenset(arranged | screened | _voices(bench, frozenset(posted))),
        concerned=concerned(bench),
    )


def _behind(bench: Bench) -> tuple[frozenset[str], frozenset[str]]:
    """Under way, the areas and asked parties of all of the trip: rule X5 still looks at them."""
    if not bench.under_way:
        return frozenset(), frozenset()
    way = planned(bench.movement, bench.network, bench.situation)
    book = whole_ledger(bench.cover, bench.movement, way, Budget(), bench.closed)
    touched = {a for e in way.entries for cls in e.classes for a in bench.network.classes[cls][0]}
    return frozenset(touched), frozenset(key.party for key in (*book.asked, *book.missing))


def _voices(bench: Bench, parties: frozenset[str]) -> frozenset[str]:
    """Some parties, and whoever binds one of them."""
    return parties | {one.binder for one in bench.situation.bindings() if one.bound in parties}


def _places(bench: Bench) -> Iterable[str]:
    """Every place that the column drives through, held there or not."""
    for leg in bench.movement.legs:
        for step in leg.route:
            edge = bench.network.edge(step.edge)
            yield from (edge.a, edge.b)


def _both(one: Reach, other: Reach) -> Reach:
    """What either of two depends on."""
    return Reach(
        **{f.name: _joined(getattr(one, f.name), getattr(other, f.name)) for f in fields(Reach)}
    )


def _joined(one: Any, other: Any) -> Any:
    return one + other if isinstance(one, tuple) else one | other

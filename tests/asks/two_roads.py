"""Two roads from the depot to the town and back: one over the hill, one through the fields.

Each takes ten seconds, so that there is little to work out. The land belongs to nobody's army; who
is on the hill and in the fields is what a test says.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from safeconduct.clearance import Judge
from safeconduct.planning.legroads import Roads
from safeconduct.planning.shortest import DEFAULT_STEPS, Proposed, propose
from safeconduct.roads import Network
from safeconduct.roads.dividing import division_of
from safeconduct.roads.network import Edge, Place, Stretch
from safeconduct.roads.reference import Reference
from safeconduct.situation import picture
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Assessment,
    Consent,
    ConsentNeed,
    Convoy,
    Direction,
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
    Undertaking,
    UndertakingKind,
)
from tests.worlds.two_towns import DAY, DEPART, POLICY, said, window

LAND, HILL, FIELD = "land", "hill", "field"
ALWAYS = Span(DEPART - DAY, OPEN_END)
NOW = DEPART - 1800
FIRE = frozenset({Means.GROUND_FIRE})


def network(hill_dm: int = 1000, field_dm: int = 1000) -> Network:
    """A hundred metres over the hill, a hundred through the fields, and land around both."""

    def road(id: str, area: str, length: int) -> Edge:
        stretches = (Stretch(LAND, 0, length), Stretch(area, 0, length))
        return Edge(f"{id}-road", "depot", "town", length, stretches, stretches)

    land = frozenset({LAND})
    places = (Place("depot", touched=land, within=land), Place("town", touched=land, within=land))
    roads = (road(HILL, HILL, hill_dm), road(FIELD, FIELD, field_dm))
    return Network("two-roads", places, roads, frozenset({LAND, HILL, FIELD}))


def movement(route: str = "", **changes: Any) -> Movement:
    """There and back within two minutes, by no road yet or by a named one."""

    def leg(id: str, way: Direction, ends: tuple[str, str]) -> Leg:
        back = way is Direction.OUT
        steps = (Step(edge=f"{route}-road", backwards=back),) if route else ()
        return Leg(
            id=id,
            purpose=Purpose.AID_DELIVERY,
            direction=way,
            movers=frozenset({Movers.HUMANITARIAN}),
            route=steps,
            origin=ends[0],
            destination=ends[1],
            speed_kmh=36,
        )

    made = Movement(
        id="relief",
        version=1,
        title="Food",
        organisation="relief",
        zone="UTC",
        depart_at=DEPART,
        latest_at=DEPART + 120,
        convoy=Convoy(vehicles=0, column_m=0),
        legs=(
            leg("in", Direction.IN, ("depot", "town")),
            leg("out", Direction.OUT, ("town", "depot")),
        ),
    )
    return replace(made, **changes)


def presence(party: str, *areas: str, **changes: Any) -> Presence:
    """A party that can fire on a ground; it controls it only where a test says so."""
    fields: dict[str, Any] = {"means": FIRE, "valid": ALWAYS}
    id = f"{party}-in-{'-'.join(areas)}"
    return Presence(id=id, party=party, areas=areas, **(fields | changes))


def word(
    party: str, kind: UndertakingKind, *areas: str, start: int = -600, end: int = 600
) -> Statement:
    """A word that counts, by default from long before to long after; seconds from departure."""
    given = Undertaking(
        kind=kind,
        means=FIRE if kind is UndertakingKind.RESTRAINT else frozenset(),
        areas=areas,
        windows=(window(DEPART + start, DEPART + end),),
        purposes=frozenset({Purpose.AID_DELIVERY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.HUMANITARIAN}),
        specificity=Specificity.MOVEMENT,
    )
    verb = Consent if kind is UndertakingKind.CONSENT else Guarantee
    act = verb(id=f"{party}-{kind.value}-{'-'.join(areas)}", party=party, undertaking=given)
    return said(party, DEPART - 7200, act)


def ground(*more: Record, assessed: Iterable[str] = (LAND,), need: str = LAND) -> list[Record]:
    """Who there is, what was assessed, and that the state consents to everything."""
    parties = ("north", "south", "state", "west")
    found: list[Record] = [
        Actor(id="relief", name="Relief", kind=ActorKind.HUMANITARIAN),
        *(Actor(id=one, name=one.title(), kind=ActorKind.PARTY) for one in parties),
        ConsentNeed(id="consent", areas=(need,), holders=("state",), valid=ALWAYS),
        word("state", UndertakingKind.CONSENT, LAND),
        *more,
    ]
    named = tuple(one.id for one in more if isinstance(one, Presence))
    for area in assessed:
        found.append(
            Assessment(
                id=f"looked-{area}",
                areas=(area,),
                valid=ALWAYS,
                presences=named,
                mines=Mines.NONE_REPORTED,
                by="access officer",
                ground="invented",
            )
        )
    return found


def proposed(
    records: Iterable[Record],
    going: Movement | None = None,
    *,
    roads: Network | None = None,
    now: int = NOW,
    lists: int = 1,
    steps: int = DEFAULT_STEPS,
) -> Proposed:
    """What the program proposes for a movement, without a route unless told."""
    chosen = going or movement()
    net = roads or network()
    judge = Judge(picture([*records, chosen], as_of=now, known_at=now), net, POLICY)
    return propose(
        Roads(
            division=division_of(net),
            covers=tuple(judge.cover(profile) for profile in chosen.profiles),
            nodes={place.id: (number,) for number, place in enumerate(net.places)},
            judge_on=lambda edges: judge,
            kernel=lambda ways: Reference(),
        ),
        judge,
        chosen,
        lists=lists,
        steps=steps,
    )

"""The records of the two towns: who is there, who said what, what is to move.

The world they make up, and the way through it minute by minute, is told in `two_towns.py`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from safeconduct.cover import LegProfile
from safeconduct.roads import Declaration, Network, RawEdge, RawNetwork, RawPlace
from safeconduct.roads.build import build
from safeconduct.spacetime import Area, AreaKind, Edge, Point, Span, Window, instant
from safeconduct.vocabulary import (
    AckLevel,
    Acknowledge,
    Act,
    Actor,
    ActorKind,
    Arrangement,
    Assessment,
    Authority,
    Checkpoint,
    Consent,
    ConsentNeed,
    Convoy,
    Depth,
    Direction,
    Form,
    Guarantee,
    IncidentCheck,
    Leg,
    Means,
    Mines,
    Movement,
    Movers,
    Notice,
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

HOUR, DAY = 3_600, 86_400
_MAY = instant("2030-05-01T00:00:00Z", edge=Edge.START)
IN = LegProfile(Purpose.AID_DELIVERY, Direction.IN, frozenset({Movers.HUMANITARIAN}))
OUT = replace(IN, direction=Direction.OUT)
GROUND, MORTARS, AIR = Means.GROUND_FIRE, Means.INDIRECT_FIRE, Means.AIR_STRIKE
PASSAGE, CONSENT = UndertakingKind.PASSAGE, UndertakingKind.CONSENT
RESTRAINT = UndertakingKind.RESTRAINT
BANKS = ("north-bank", "south-bank")


def may(day: int, hour: int = 0, minute: int = 0, second: int = 0) -> int:
    """A moment of May 2030, UTC seconds."""
    return _MAY + (day - 1) * DAY + hour * HOUR + minute * 60 + second


NOW, DEPART = may(6, 7, 30), may(6, 9)
CLEAR, CLEAR_WITH_MARGIN = may(6, 13, 2), may(6, 14, 2)


def window(start: int, end: int) -> Window:
    """A window of a party, in UTC, whose wording plays no part."""
    return Window(Span(start, end), "UTC", "invented")


WHOLE_DAY = window(may(6, 6), may(6, 18))
TEN_DAYS, MONTH = Span(may(1), may(10)), Span(may(1), may(32))


def undertaking(kind: UndertakingKind, *areas: str, **changes: Any) -> Undertaking:
    """What a party gives for the relief column all day on 6 May, unless `changes` say otherwise."""
    fields: dict[str, Any] = {
        "kind": kind,
        "areas": areas,
        "windows": (WHOLE_DAY,),
        "purposes": frozenset({Purpose.AID_DELIVERY}),
        "directions": frozenset({Direction.IN, Direction.OUT}),
        "for_whom": frozenset({Movers.HUMANITARIAN}),
        "specificity": Specificity.MOVEMENT,
    }
    return Undertaking(**(fields | changes))


def said(actor: str, at: int, *acts: Act, **strength: Any) -> Statement:
    """A statement in writing to the relief office, by the voice that commands, unless told other.

    Its id is made of the actor, the moment and the first act.
    """
    fields: dict[str, Any] = {
        "id": f"{actor}-{at - _MAY}-{acts[0].id if acts else 'spoke'}",
        "form": Form.WRITTEN,
        "telling": Telling.SAID,
        "to": ("relief",),
        "authority": Authority.COMMANDS,
        "depth": Depth.UNIT,
        "paraphrase": "invented",
    }
    return Statement(actor=actor, said_at=at, acts=acts, **(fields | strength))


def network() -> Network:
    """The roads of the case folder, with coordinates: Birch lies 16.6 km north of Alder."""

    def place(id: str, lat_e7: int, *areas: str) -> RawPlace:
        inside = tuple(Declaration(area) for area in areas)
        return RawPlace(id, id.title(), Point(0, lat_e7), inside)

    def road(id: str, name: str, ends: tuple[str, str], km: int, *areas: Declaration) -> RawEdge:
        return RawEdge(id, *ends, name, km * 10_000, areas=areas)

    south, north = Declaration("south-bank"), Declaration("north-bank")
    river = (Declaration("south-bank", to_dm=40_000), Declaration("north-bank", 40_000))
    raw = RawNetwork(
        (
            place("alder", 100_000_000, "south-bank"),
            place("bridge", 100_500_000, *BANKS),
            place("birch", 101_500_000, "north-bank"),
        ),
        (
            road("bridge-road", "Bridge road", ("alder", "bridge"), 6, south),
            road("hill-road", "Hill road", ("bridge", "birch"), 9, north),
            road("river-road", "River road", ("alder", "birch"), 20, *river),
        ),
        "roads of two invented towns",
    )
    # The far hills are an area that no road comes near.
    areas = [Area(id=id, name=id, kind=AreaKind.DECLARED) for id in (*BANKS, "far-hills")]
    return build(areas, raw)


def facts() -> tuple[Record, ...]:
    presences = (
        Presence(
            id="north-garrison",
            party="north",
            areas=("north-bank",),
            means=frozenset({GROUND}),
            controls=True,
            valid=TEN_DAYS,
        ),
        Presence(
            id="north-mortars",
            party="north",
            areas=BANKS,
            means=frozenset({MORTARS}),
            valid=TEN_DAYS,
        ),
        Presence(
            id="south-garrison",
            party="south",
            areas=("south-bank",),
            means=frozenset({GROUND, Means.CHECKPOINT}),
            controls=True,
            valid=TEN_DAYS,
        ),
    )
    return (
        Actor(id="north", name="The North", kind=ActorKind.PARTY),
        Actor(id="south", name="The South", kind=ActorKind.PARTY),
        Actor(id="relief", name="Relief Office", kind=ActorKind.HUMANITARIAN),
        *presences,
        Assessment(
            id="both-banks",
            areas=BANKS,
            valid=TEN_DAYS,
            presences=tuple(presence.id for presence in presences),
            mines=Mines.NONE_REPORTED,
            by="access officer",
            ground="field staff on both banks",
        ),
        ConsentNeed(id="consent-of-the-south", areas=BANKS, holders=("south",), valid=MONTH),
        Arrangement(
            id="notice-to-the-north",
            party="north",
            areas=("north-bank",),
            lead_s=DAY,
            valid=MONTH,
            zone="UTC",
        ),
        Checkpoint(
            id="bridge-post", place="bridge", party="south", hold_min_s=600, hold_max_s=1_800
        ),
        IncidentCheck(
            id="quiet-in-the-morning", areas=BANKS, checked_at=may(6, 7), by="duty officer"
        ),
    )


def leg(id: str, direction: Direction, *route: str, **changes: Any) -> Leg:
    """A leg of relief at 30 km/h; a road with a minus before its name is driven backwards."""
    steps = tuple(Step(edge=r.removeprefix("-"), backwards=r.startswith("-")) for r in route)
    fields: dict[str, Any] = {
        "purpose": Purpose.AID_DELIVERY,
        "movers": frozenset({Movers.HUMANITARIAN}),
        "speed_kmh": 30,
    }
    return Leg(id=id, direction=direction, route=steps, **(fields | changes))


def movement() -> Movement:
    return Movement(
        id="relief-to-birch",
        version=1,
        title="Food and medicine for Birch",
        organisation="relief",
        zone="UTC",
        depart_at=DEPART,
        latest_at=may(6, 15),
        load_s=2 * HOUR,
        preparation_s=DAY,
        preparation_basis="loading and briefing take a day",
        margin_s=HOUR,
        people_in_need=1_200,
        last_delivery_at=may(-36, 12),
        convoy=Convoy(vehicles=10, column_m=1_000),
        legs=(
            leg("in", Direction.IN, "bridge-road", "hill-road", service_s=2 * HOUR),
            leg("out", Direction.OUT, "-hill-road", "-bridge-road"),
        ),
    )


def guarantee(id: str, party: str, given: Undertaking) -> Guarantee:
    """The act by which a party undertakes something towards the humanitarian side."""
    return Guarantee(id=id, party=party, undertaking=given)


def restraint(*areas: str, means: tuple[Means, ...] = (GROUND, MORTARS)) -> Undertaking:
    """A restraint for the relief column, all day on 6 May."""
    return undertaking(RESTRAINT, *areas, means=frozenset(means))


def words() -> tuple[Record, ...]:
    """What each party gave, the notice it had, and that its office acknowledged it."""
    south_fire = restraint("south-bank", means=(GROUND,))
    consent = undertaking(CONSENT, *BANKS)
    received = {
        party: Acknowledge(
            id=f"{party}-received",
            party=party,
            notice=f"notice-{party}",
            level=AckLevel.OFFICE,
        )
        for party in ("north", "south")
    }
    return (
        said(
            "north",
            may(4, 10),
            guarantee("north-restraint", "north", restraint(*BANKS)),
            guarantee("north-passage", "north", undertaking(PASSAGE, "north-bank")),
            id="north-guarantees",
        ),
        said(
            "south",
            may(4, 11),
            guarantee("south-restraint", "south", south_fire),
            guarantee("south-passage", "south", undertaking(PASSAGE, "south-bank")),
            Consent(id="south-consent", party="south", undertaking=consent),
            id="south-guarantees",
        ),
        said("north", may(4, 15), received["north"], id="north-acknowledges"),
        said("south", may(4, 16), received["south"], id="south-acknowledges"),
        *(notice(party, 1, may(4, 12)) for party in ("north", "south")),
    )


def notice(party: str, version: int, sent_at: int, **changes: Any) -> Notice:
    """A notice of every leg of the relief movement, with the list of its ten vehicles."""
    fields: dict[str, Any] = {
        "id": f"notice-{party}" if version == 1 else f"notice-{party}-{version}",
        "movement": "relief-to-birch",
        "legs": ("in", "out"),
        "listed": tuple(f"truck-{n}{'' if version == 1 else f'-{version}'}" for n in range(1, 11)),
    }
    return Notice(to=party, version=version, sent_at=sent_at, **(fields | changes))

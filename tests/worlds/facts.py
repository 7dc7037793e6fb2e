"""Everything of a made-up world but the words: who is there, the movement, the office's papers."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    AckLevel,
    Acknowledge,
    Actor,
    ActorKind,
    Arrangement,
    Assessment,
    BasisKind,
    Checkpoint,
    ConsentNeed,
    Convoy,
    Crossing,
    CrossingOpen,
    Departure,
    Direction,
    Hazard,
    HazardCleared,
    IncidentCheck,
    Instrument,
    InstrumentKind,
    Leg,
    LegalBasis,
    Means,
    Mines,
    Movement,
    Movers,
    NoRecentUse,
    Notice,
    Permit,
    PermitNeed,
    PermitState,
    PermitStep,
    Presence,
    Purpose,
    RoadSpeed,
    Step,
)
from tests.verifier.column import trip
from tests.worlds.column_facts import list_of
from tests.worlds.draft import DAY, HOUR, PATRON, ZONE, Draft
from tests.worlds.people_facts import SEATS

PARTIES = ("army", "front", "council", "brigade")
HARMS = tuple(means for means in Means if means is not Means.CHECKPOINT)
PURPOSES = (
    Purpose.AID_DELIVERY,
    Purpose.MEDICAL_SUPPLIES,
    Purpose.MEDICAL_EVACUATION,
    Purpose.STAFF_ROTATION,
)
EVERY_PURPOSE = frozenset({*PURPOSES, Purpose.CIVILIAN_EVACUATION})


def actors(draft: Draft) -> None:
    """The parties, a patron above them, a wing of each; the United Nations, an envoy, a watch."""
    for party in (*PARTIES, "ministry", PATRON):
        draft.note(Actor(id=party, name=party.title(), kind=ActorKind.PARTY, zone=ZONE))
        wing = Actor(
            id=f"{party}-wing", name="a wing", kind=ActorKind.POLITICAL, member_of=(party,)
        )
        draft.note(wing)
    others = (
        ("un", ActorKind.HUMANITARIAN),
        ("envoy", ActorKind.MEDIATOR),
        ("watch", ActorKind.MONITOR),
    )
    for id, kind in others:
        draft.note(Actor(id=id, name=id.title(), kind=kind))


def movement(draft: Draft, id: str, way: tuple[Step, ...], *, returns: bool) -> Movement:
    """A movement along the way and, if it returns, back again; its last moment is still open."""
    rng = draft.rng
    purpose = rng.choice(PURPOSES)
    back = tuple(Step(edge=step.edge, backwards=not step.backwards) for step in reversed(way))
    halves = rng.randrange(1, len(way)) if len(way) > 1 and draft.likely(0.15) else len(way)
    ways = [(way[:halves], Direction.IN), (way[halves:], Direction.IN)]
    ways += [(back, Direction.OUT)] if returns else []
    speed = rng.choice((15, 25, 40))
    legs = tuple(
        Leg(
            id=f"leg-{number}",
            purpose=purpose if draft.likely(0.7) else rng.choice(PURPOSES),
            direction=direction,
            movers=frozenset(rng.sample((Movers.HUMANITARIAN, Movers.STATE_RELIEF), 1)),
            route=route,
            speed_kmh=speed if draft.likely(0.8) else rng.choice((10, 30)),
            service_s=rng.choice((0, 600, 1_800)),
        )
        for number, (route, direction) in enumerate([one for one in ways if one[0]], 1)
    )
    return Movement(
        id=id,
        version=1,
        title="made up",
        organisation="un",
        legs=legs,
        convoy=Convoy(vehicles=6, column_m=rng.choice((50, 300, 900)), passengers=SEATS),
        depart_at=draft.depart_at,
        latest_at=draft.depart_at + 10 * DAY,
        zone=ZONE,
        preparation_s=rng.choice((0, HOUR)),
        preparation_basis="made up",
        margin_s=rng.choice((0, 0, 1, 600, 1_800)),
        one_way="" if returns else "made up",
    )


def on_time(
    draft: Draft, plan: Movement, posts: list[Checkpoint], speeds: list[RoadSpeed]
) -> Movement:
    """The movement with its last moment set, often to the very second, and recorded."""
    ends_at = max(spot.end for spot in trip(plan, draft.ground.network, posts, speeds))
    latest_at = ends_at + plan.margin_s + draft.rng.choice((0, 0, 1, HOUR))
    done: Movement = draft.note(replace(plan, latest_at=latest_at))
    return done


def checkpoints(draft: Draft, parties: tuple[str, ...]) -> list[Checkpoint]:
    """None to two checkpoints somewhere on the road, with holds as ranges."""
    out = []
    for _ in range(draft.rng.choice((0, 0, 1, 2))):
        shortest = draft.rng.choice((0, 60, 600))
        post = Checkpoint(
            id=draft.id("post"),
            place=draft.rng.choice(draft.ground.network.places).id,
            party=draft.rng.choice(parties),
            hold_min_s=shortest,
            hold_max_s=shortest + draft.rng.choice((0, 1, 900)),
            basis="made up",
        )
        out.append(draft.note(post))
    return out


def presences(draft: Draft, parties: tuple[str, ...], need: Span) -> list[Presence]:
    """One or two presences of each party, by a few means; the first of all is on the road."""
    out = []
    areas = sorted(draft.ground.network.areas)
    for party in parties:
        for _ in range(draft.rng.choice((1, 1, 2))):
            means = frozenset(draft.rng.sample(tuple(Means), draft.rng.choice((1, 1, 2, 3))))
            presence = Presence(
                id=draft.id("presence"),
                party=party,
                areas=draft.some(areas if out else draft.ground.bases)[:3],
                means=means,
                controls=draft.likely(0.4),
                valid=Span(need.start - 30 * DAY, draft.around(need).end),
            )
            out.append(draft.note(presence))
    return out


def assessments(draft: Draft, here: list[Presence], need: Span) -> Presence | None:
    """Assessments that together hold the whole road; gives the presence that has left, if any."""
    bases, gone = draft.ground.bases, None
    old: tuple[str, ...] = ()
    parts = [(base,) for base in bases] if draft.likely(0.5) else [bases]
    if draft.likely(0.3):
        gone = replace(here[0], id=draft.id("gone"), party=draft.rng.choice(PARTIES))
        draft.note(gone)
        named = (gone.id, *(one.id for one in here))
        first = _assessment(draft, bases, named, Span(need.start - 20 * DAY, need.end + DAY), ())
        old, parts = (first.id,), [bases]
    for areas in parts:
        named = tuple(one.id for one in here if set(one.areas) & set(areas)) if not old else ()
        named = named or tuple(one.id for one in here)
        _assessment(draft, areas, named, draft.around(need), old)
    if draft.likely(0.3):  # a second opinion on part of the road
        named = tuple(one.id for one in here[:1])
        _assessment(draft, draft.some(bases), named, draft.around(need), ())
    return gone


def _assessment(
    draft: Draft, areas: tuple[str, ...], named: tuple[str, ...], valid: Span, old: tuple[str, ...]
) -> Assessment:
    assessment = Assessment(
        id=draft.id("assessment"),
        areas=areas,
        valid=valid,
        presences=named,
        mines=draft.rng.choice((Mines.NONE_REPORTED, Mines.CLEARED)),
        by="watch",
        ground="made up",
        supersedes=old,
    )
    return draft.note(assessment)


def consent_needs(draft: Draft, parties: tuple[str, ...], need: Span) -> None:
    """Whose consent the road needs, one or two holders for each land."""
    holders = ("ministry", *parties)
    for areas in [(base,) for base in draft.ground.bases]:
        needed = ConsentNeed(
            id=draft.id("need"),
            areas=areas,
            holders=draft.some(holders)[:2],
            valid=draft.around(need),
        )
        draft.note(needed)


def legal_basis(draft: Draft, need: Span) -> str | None:
    """A basis that replaces the ministry's consent along the whole road; not in every world."""
    if not draft.likely(0.25):
        return None
    basis = LegalBasis(
        id=draft.id("basis"),
        basis=draft.rng.choice(tuple(BasisKind)),
        areas=draft.ground.bases,
        replaces=("ministry",),
        valid=draft.around(need),
        text="made up",
        purposes=frozenset(draft.rng.choice(((Purpose.ANY,), EVERY_PURPOSE))),
    )
    draft.note(basis)
    return "ministry"


def instrument(draft: Draft, here: list[Presence], need: Span) -> Instrument | None:
    """Something in the place of a guarantee for one party's means; not in every world."""
    # Not for the first presence, so that every world has something that must be granted.
    asked = [[(one.party, means) for means in HARMS if means in one.means] for one in here]
    armed = [key for keys in asked[1:] for key in keys if key not in asked[0]]
    if not armed or not draft.likely(0.25):
        return None
    party, means = draft.rng.choice(armed)
    kinds = (InstrumentKind.CONSENT, InstrumentKind.NOTIFICATION, InstrumentKind.UNREACHABLE)
    stands: Instrument = Instrument(
        id=draft.id("instrument"),
        party=party,
        means=frozenset({means}),
        areas=draft.ground.bases,
        instrument=draft.rng.choice(kinds),
        reason="made up",
        valid=draft.around(need),
        risk_owner="head of office",
        mitigation="made up",
        tried="made up",
    )
    unused = NoRecentUse(
        id=draft.id("unused"),
        party=party,
        means=frozenset({means}),
        areas=draft.ground.bases,
        during=Span(draft.as_of - 7 * DAY, draft.as_of - draft.rng.choice((0, HOUR, DAY))),
        by="watch",
    )
    draft.note(unused)
    return draft.note(stands)


def crossing(draft: Draft, need: Span) -> None:
    """A crossing at some place of the road, open on both sides; not in every world."""
    if not draft.likely(0.3):
        return
    place = draft.rng.choice(draft.ground.network.places).id
    at = draft.note(Crossing(id="gate", name="Gate", place=place, sides=("near", "far")))
    for side in at.sides:
        opens = CrossingOpen(
            id=draft.id("open"), crossing=at.id, side=side, valid=draft.around(need)
        )
        draft.note(opens)


def hazard(draft: Draft) -> None:
    """A hazard that is over, or of another place; not in every world."""
    if not draft.likely(0.3):
        return
    area = draft.rng.choice(sorted(draft.ground.network.areas))
    danger = draft.note(
        Hazard(
            id=draft.id("hazard"), hazard="mines", areas=(area,), from_at=draft.latest_word - DAY
        )
    )
    cleared_at = draft.latest_word - draft.rng.randrange(HOUR)
    report = HazardCleared(
        id=draft.id("cleared"), of=danger.id, cleared_at=cleared_at, by="watch", evidence="made up"
    )
    draft.note(report, cleared_at)


def notices(draft: Draft, plan: Movement, told: tuple[str, ...]) -> int:
    """Each of these parties is told of the movement and its office says so; gives when."""
    sent_at = draft.latest_word - 3 * DAY
    for party in told:
        notice = Notice(
            id=draft.id("notice"),
            movement=plan.id,
            version=plan.version,
            to=party,
            sent_at=sent_at,
            legs=tuple(leg.id for leg in plan.legs),
            listed=list_of(plan),
        )
        draft.note(notice, sent_at)
        receipt = Acknowledge(
            id=draft.id("receipt"), party=party, notice=notice.id, level=AckLevel.OFFICE
        )
        draft.say(party, sent_at + HOUR, receipt)
    return sent_at


def papers(draft: Draft, plan: Movement, told: tuple[str, ...]) -> None:
    """The check for incidents; in some worlds a party's arrangement, and a permit in hand."""
    sent_at = notices(draft, plan, told)
    checked_at = draft.as_of - draft.rng.choice((0, HOUR, 23 * HOUR))
    check = IncidentCheck(
        id=draft.id("check"), areas=draft.ground.bases, checked_at=checked_at, by="watch"
    )
    draft.note(check, checked_at)
    always = Span(draft.latest_word - 30 * DAY, OPEN_END)
    if draft.likely(0.3):
        arrangement = Arrangement(
            id=draft.id("arrangement"),
            party=told[0],
            areas=draft.ground.bases,
            lead_s=draft.rng.choice((DAY, 2 * DAY, plan.depart_at - sent_at)),
            valid=always,
            zone=ZONE,
        )
        draft.note(arrangement)
    if draft.likely(0.3):
        needed = PermitNeed(
            id=draft.id("permit-need"),
            party=told[0],
            name="made up",
            areas=draft.ground.bases,
            purposes=frozenset({Purpose.ANY, *EVERY_PURPOSE}),
            steps=("letter", "stamp"),
            valid=always,
        )
        draft.note(needed)
        steps = tuple(
            PermitStep(name=s, state=PermitState.GRANTED, at=sent_at) for s in needed.steps
        )
        permit = Permit(
            id=draft.id("permit"),
            need=needed.id,
            movement=plan.id,
            steps=steps,
            stands_at=sent_at,
            valid=always,
        )
        draft.note(permit, sent_at)


def departure(draft: Draft, plan: Movement) -> None:
    """The column left as planned."""
    left = Departure(
        id=draft.id("departure"),
        movement=plan.id,
        version=plan.version,
        departed_at=plan.depart_at,
        by="leader",
    )
    draft.note(left, plan.depart_at)

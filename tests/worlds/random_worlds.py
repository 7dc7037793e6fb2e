"""Made-up worlds, drawn from a seed: nearly in order, so that every boundary is worth asking about.

`whole(seed)` is a world in which every key is turned and every paper is there; `world(seed)` is the
same after none to three small changes (`near_misses.py`). Start with `whole` below; the words are
in `voices.py` and `doubts.py`, papers about people in `people_facts.py`, the rest in `facts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from random import Random
from typing import Any

from safeconduct.spacetime import Span, Window
from safeconduct.vocabulary import (
    Checkpoint,
    ConsentNeed,
    Direction,
    InstrumentKind,
    Leg,
    Link,
    Means,
    Movers,
    Order,
    Presence,
    Purpose,
    Record,
    Specificity,
    Statement,
    Undertaking,
    UndertakingKind,
)
from tests.verifier.column import Spot, trip
from tests.worlds import (
    column_facts,
    facts,
    hearing_facts,
    near_hearing,
    people_facts,
    road_facts,
    voices,
)
from tests.worlds.doubts import accept, overcome
from tests.worlds.draft import DAY, HOUR, Draft, window
from tests.worlds.ground import ground
from tests.worlds.near_misses import mutate
from tests.worlds.twice import twice_told
from tests.worlds.world import UNDERTAKEN, World

__all__ = ["Demand", "whole", "world"]

#: 2016-11-04T00:00:00Z, a day on which nothing in these worlds happened.
TODAY = 1_478_217_600
CHANGES = (0, 1, 1, 2, 2, 3)


@dataclass(frozen=True, slots=True)
class Demand:
    """One key that somebody must turn, on ground held by these areas, throughout this span."""

    party: str
    kind: UndertakingKind
    means: Means | None
    leg: Leg
    within: frozenset[str]
    span: Span


def world(seed: int) -> World:
    """A world after none to three small changes; the same seed gives the same world."""
    rng = Random(f"changes {seed}")
    made = whole(seed)
    for _ in range(rng.choice(CHANGES)):
        made = mutate(made, rng)
    own = Random(f"hearing changes {seed}")  # of their own, as those of the people
    for _ in range(own.choice((0, 0, 0, 1, 1, 2))):
        made = mutate(made, own, near_hearing.CHANGES)
    return made


def whole(seed: int) -> World:
    """A world in which everything is in order; the same seed gives the same world.

    In some, an instrument in the place of a guarantee lets a verdict reach CONDITIONAL at most.
    """
    rng = Random(seed)
    roads = Random(f"roads {seed}")  # of their own, as those of the people and the column
    land = road_facts.made_of(ground(rng), roads)
    depart_at = TODAY + rng.randrange(DAY)
    departed = rng.random() < 0.1
    # Most are asked on the last day: before it, no last word can have been said (rule X5).
    before = 0 if departed else rng.choice((2 * HOUR, 2 * HOUR, 20 * HOUR, 22 * HOUR, 3 * DAY))
    draft = Draft(rng, land, as_of=depart_at - before, depart_at=depart_at)
    parties = facts.PARTIES[: rng.randint(1, 4)]
    facts.actors(draft)
    posts = facts.checkpoints(draft, parties)
    returns = rng.random() < 0.7
    plans = [facts.movement(draft, "convoy", land.way, returns=returns)]
    if rng.random() < 0.2 and not departed:
        plans.append(facts.movement(draft, "sister", land.way[:1], returns=False))
    people = Random(f"people {seed}")  # of their own, so that what was drawn before stays
    plans = [people_facts.some_leave(plan, people) for plan in plans]
    rests = Random(f"halts {seed}")
    plans = [road_facts.halting(plan, land, rests) for plan in plans]
    speeds = road_facts.speeds(draft, roads)
    plans = [facts.on_time(draft, plan, posts, speeds) for plan in plans]
    trips = [trip(plan, land.network, posts, speeds) for plan in plans]
    spots = [(s, plan.margin_s) for plan, way in zip(plans, trips, strict=True) for s in way]
    need = Span(depart_at, max(spot.end + margin_s for spot, margin_s in spots))
    if departed:  # the question is asked somewhere on the way
        ends_at = max(spot.end for spot in trips[0])
        draft.as_of = rng.randrange(depart_at, ends_at)
    here = facts.presences(draft, parties, need)
    facts.assessments(draft, here, need)
    facts.consent_needs(draft, parties, need)
    facts.crossing(draft, need)
    facts.hazard(draft)
    road_facts.closures(draft, spots, roads)
    for plan, way in zip(plans, trips, strict=True):
        road_facts.waiting_places(draft, plan, way, rests)
    demands = [*_demands(draft, here, posts, spots, need)]
    given: dict[str, list[tuple[str, int]]] = {}
    for undertaking, demand in _undertakings(draft, demands):
        so_far = len(draft.records)
        voices.grant(draft, demand.party, undertaking, demand.span)
        for act in _granting(draft.records[so_far:]):
            given.setdefault(act.party, []).append((act.id, demand.span.start))
    overcome(draft)
    if len(plans) > 1:
        link = Link(
            id="both",
            order=Order.TOGETHER,
            concerned=parties,
            movements=tuple(plan.id for plan in plans),
        )
        accept(draft, draft.note(link))
    told = tuple(sorted({demand.party for demand in demands} | {*parties, "ministry"}))
    facts.papers(draft, plans[0], told)
    for sister in plans[1:]:
        facts.notices(draft, sister, told)
    people_facts.put_in_order(draft, plans[0], trips[0], told, people)
    own = Random(f"column {seed}")
    column_facts.column(draft, plans[0], own)
    clear_at = max(spot.end for spot in trips[0]) + plans[0].margin_s
    column_facts.gathering(draft, plans[0], parties[0], clear_at, own)
    column_facts.last_words(draft, given, own, depart_at)
    twice_told(draft, Random(f"twice {seed}"))
    if departed:
        facts.departure(draft, plans[0])
    records = list(draft.records)
    rng.shuffle(records)  # the order in which records arrive changes nothing
    ids = tuple(plan.id for plan in plans)
    asked = {demand.party for demand in demands}
    required, hearing = hearing_facts.in_order(draft, asked, Random(f"hearing {seed}"))
    records += required
    at = draft.as_of
    return World(seed, tuple(records), land.network, ids, at, at, hearing=hearing)


def _granting(records: Iterable[tuple[Record, int]]) -> Iterator[Any]:
    """The acts among some records that carry an undertaking on the road."""
    for said, _ in records:
        for act in said.acts if isinstance(said, Statement) else ():
            if isinstance(act, UNDERTAKEN) and act.undertaking and act.undertaking.areas:
                yield act


def _demands(
    draft: Draft,
    here: list[Presence],
    posts: list[Checkpoint],
    spots: list[tuple[Spot, int]],
    need: Span,
) -> Iterator[Demand]:
    """Every key on the way; the instruments and bases that spare some of them are noted here."""
    replaced = facts.legal_basis(draft, need)
    stands = facts.instrument(draft, here, need)
    needs = draft.all(ConsentNeed)
    for number, (spot, margin_s) in enumerate(spots):
        span = Span(spot.start, spot.end + margin_s)
        following = [after.leg for after, _ in spots[number + 1 : number + 2]]
        for touched, within in spot.grounds:
            for presence in here:
                if not touched & {*presence.areas}:
                    continue
                for means in sorted(presence.means & {*facts.HARMS}, key=str):
                    kind = UndertakingKind.RESTRAINT
                    if stands and (stands.party, stands.means) == (
                        presence.party,
                        frozenset({means}),
                    ):
                        if stands.instrument is not InstrumentKind.CONSENT:
                            continue
                        kind = UndertakingKind.CONSENT
                    asked = means if kind is UndertakingKind.RESTRAINT else None
                    yield Demand(presence.party, kind, asked, spot.leg, within, span)
                if presence.controls or Means.CHECKPOINT in presence.means:
                    # A place between two legs is the end of one and the beginning of the next.
                    for leg in (spot.leg, *following) if spot.place else (spot.leg,):
                        kind = UndertakingKind.PASSAGE
                        yield Demand(presence.party, kind, None, leg, within, span)
            for post in posts:  # whoever holds a post lets the column pass there (rule G3)
                if post.place == spot.place:
                    yield Demand(post.party, UndertakingKind.PASSAGE, None, spot.leg, within, span)
            holders = {h for one in needs if touched & {*one.areas} for h in one.holders}
            for holder in sorted(holders - {replaced}):
                yield Demand(holder, UndertakingKind.CONSENT, None, spot.leg, within, span)


def _undertakings(draft: Draft, demands: Iterable[Demand]) -> Iterator[tuple[Undertaking, Demand]]:
    """Undertakings that together meet the demands; each with the span and party it is given by.

    One party may put all of one kind into one undertaking, or split it by leg, area or means.
    """
    styles: dict[tuple[str, str], str] = {}
    groups: dict[tuple[str, ...], list[tuple[str, Demand]]] = {}
    for demand in demands:
        given = (demand.party, demand.kind.value)
        style = styles.setdefault(given, draft.rng.choice(("all", "all", "leg", "area", "means")))
        area = draft.rng.choice(sorted(demand.within))
        part = {
            "all": "",
            "leg": demand.leg.id,
            "area": area,
            "means": demand.means.value if demand.means else "",
        }
        groups.setdefault((*given, part[style]), []).append((area, demand))
    for _, group in sorted(groups.items(), key=lambda item: item[0]):
        met = [demand for _, demand in group]
        need = Span(min(d.span.start for d in met), max(d.span.end for d in met))
        legs = [demand.leg for demand in met]
        undertaking = Undertaking(
            kind=met[0].kind,
            means=frozenset(demand.means for demand in met if demand.means),
            areas=tuple(sorted({area for area, _ in group})),
            windows=_windows(draft, [demand.span for demand in met], need),
            purposes=_or_any(draft, {leg.purpose for leg in legs}, Purpose.ANY),
            directions=_or_any(draft, {leg.direction for leg in legs}, Direction.ANY),
            for_whom=_or_any(draft, {who for leg in legs for who in leg.movers}, Movers.ANYONE),
            specificity=draft.rng.choice((Specificity.AREA_AND_TIME, Specificity.MOVEMENT)),
        )
        first = met[0]
        yield undertaking, Demand(first.party, first.kind, None, first.leg, first.within, need)


def _windows(draft: Draft, spans: list[Span], need: Span) -> tuple[Window, ...]:
    """One window around all, two that meet, or one for each unbroken stretch of need."""
    style = draft.rng.choice(("one", "one", "two", "tight"))
    if style == "tight":
        joined: list[Span] = []
        for span in sorted(spans):
            if joined and span.start <= joined[-1].end:
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        return tuple(window(span.start, span.end) for span in joined)
    whole = draft.around(need)
    if style == "one" or whole.length_s < 2:
        return (window(whole.start, whole.end),)
    turn = draft.rng.randrange(whole.start + 1, whole.end)
    return window(whole.start, turn), window(turn, whole.end)


def _or_any(draft: Draft, values: set[Any], anything: Any) -> frozenset[Any]:
    return frozenset({anything}) if draft.likely(0.3) else frozenset(values)

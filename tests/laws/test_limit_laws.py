"""What takes away: law 2, on worlds that stand one step from going or from not going.

Law 2 is tried with every limiting act and with every fact that closes or asks for more. Three
facts are added only so that they take nothing away by the way: a checkpoint's shortest hold is
none, or the column would come later and might meet a window it was too early for; a consent need
lies where some holder is known already, since where none is, knowing one is a gain; and a presence
has an id that no assessment names. A `loosening` is never added: it is no limit, and what holds of
it is in `test_loosening_laws.py`. Nor is a `road_speed`: a slower road takes nothing away by
itself. It moves the column to other hours, out of what was given or into it, so no order between
verdicts follows from it; what it does to the hours is a law of `test_occupancy_laws.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Arrangement,
    Checkpoint,
    Closure,
    ConsentNeed,
    Crossing,
    Do,
    Hazard,
    IncidentReview,
    IncidentState,
    Link,
    Means,
    Order,
    PermitNeed,
    Presence,
    Purpose,
    Record,
    Report,
    Statement,
)
from tests.laws.asking import (
    SEEDS,
    changes,
    examples,
    going,
    going_seeds,
    in_order,
    in_writing,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.draft import DAY
from tests.worlds.limits import limits_for
from tests.worlds.world import World, add


@pytest.mark.law(2)
@examples
@given(seeds, changes, picks, st.sampled_from((0, 0, 60, 30 * DAY)))
def test_adding_a_limit_or_an_incident_never_raises_the_verdict(
    seed: int, changed: int, pick: int, ago_s: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)  # above GO there is nothing
    limit = one_of(limits_for(asked.world, asked.world.as_of - ago_s), pick)
    assert rank(add(asked.world, limit, 0)) <= asked.rank


@pytest.mark.law(2)
@some
@given(seeds, changes, picks, picks)
def test_adding_a_limit_in_the_second_of_another_word_never_raises_the_verdict(
    seed: int, changed: int, pick: int, word: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    said = one_of([one for one in asked.world.all(Statement) if one.acts], word)
    limit = one_of(limits_for(asked.world, said.said_at), pick)
    assert rank(add(asked.world, limit, 0)) <= asked.rank


@pytest.mark.law(2)
@some
@given(seeds, changes, picks)
def test_adding_a_hazard_or_a_fact_that_asks_for_more_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    assert rank(add(asked.world, one_of([*_closing(asked.world)], pick), 0)) <= asked.rank


@pytest.mark.law(2)
@some
@given(going_seeds, picks, picks)
def test_what_one_limit_has_closed_no_other_limit_opens(seed: int, first: int, second: int) -> None:
    world = in_order(seed).world
    closing = [*limits_for(world, world.as_of), *_closing(world)]
    less = add(world, one_of(closing, first), 0)
    least = add(less, one_of(closing, second), 0)
    assert rank(least) <= rank(less)


def test_limits_do_stop_worlds_that_may_go() -> None:
    # Of limits and of closing facts drawn blindly, each stops a good part of the worlds that may
    # go: so many are one step from NO-GO, and hundreds of others are one step the other way.
    worlds = [in_order(seed).world for seed in going()[:100]]
    limited = [add(w, one_of(limits_for(w, w.as_of), n * 37), 0) for n, w in enumerate(worlds)]
    closed = [add(w, one_of([*_closing(w)], n), 0) for n, w in enumerate(worlds)]
    assert sum(rank(world) == 0 for world in limited) > len(worlds) / 5
    assert sum(rank(world) == 0 for world in closed) > len(worlds) / 5
    assert sum(near(seed, 2).rank == 0 for seed in going()) > len(SEEDS) / 10


def _closing(world: World) -> Iterator[Record]:
    """Every fact that closes road or asks for more, in one order."""
    plan = world.movement
    trip = Span(plan.depart_at - DAY, plan.latest_at + DAY)
    for area in sorted(world.network.areas):
        for party in ("army", "brigade", "strangers"):
            for means in (Means.GROUND_FIRE, Means.AIR_STRIKE, Means.CHECKPOINT):
                yield Presence(
                    id="another", party=party, areas=(area,), means=frozenset({means}), valid=trip
                )
        yield Hazard(id="danger", hazard="robbery", areas=(area,), from_at=plan.latest_at - 60)
        yield Closure(
            id="shut", why="snow", areas=(area,), valid=Span(plan.latest_at - 60, OPEN_END)
        )
        yield _arrangement(area, trip)
        yield _permit_need(area, trip)
    for road in (*(edge.id for edge in world.network.edges), "no-such-road"):
        yield Closure(id="shut", why="snow", edges=(road,), valid=trip)
    for place in world.network.places:
        yield Crossing(id="bar", name="Bar", place=place.id, sides=("near", "far"))
        for most in (0, 1, 900, None):
            yield Checkpoint(id="stop", place=place.id, party="army", hold_max_s=most)
    for need in world.all(ConsentNeed):
        for holder in ("council", "strangers"):
            yield replace(need, id="more", holders=(holder,))
    yield Link(id="ties", order=Order.TOGETHER, concerned=("army",), movements=(plan.id, "ghost"))
    yield from _reviewed(world)
    for act, _ in world.acts(Do):
        failed = replace(act, id="failed-after-all", failed=True)
        yield in_writing("said-failed", "un", world.as_of, failed)


def _arrangement(area: str, trip: Span) -> Arrangement:
    return Arrangement(
        id="ask-us", party="army", areas=(area,), lead_s=9 * DAY, valid=trip, zone="UTC"
    )


def _permit_need(area: str, trip: Span) -> PermitNeed:
    return PermitNeed(
        id="stamp",
        party="army",
        name="made up",
        areas=(area,),
        purposes=frozenset({Purpose.ANY}),
        steps=("stamp",),
        valid=trip,
    )


def _reviewed(world: World) -> Iterator[Record]:
    for act, _ in world.acts(Report):
        yield IncidentReview(
            id="looked-again",
            of=act.incident.id,
            state=IncidentState.VERIFIED,
            reviewed_at=world.as_of,
            by="an officer",
            reason="made up",
        )

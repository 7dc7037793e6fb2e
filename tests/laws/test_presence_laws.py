"""Who is there: law 19, that forgetting a party, or who looked, never opens a road.

The limits of the law are decision 0002's: nothing is promised of taking away a record that is
itself the doubt. So a presence is taken away only where a sound assessment names it. An assessment
is taken away, or lapses, only if it is not broken and contradicts no other about a departure; and
it is taken away only if it replaces none, since the replaced one would stand again.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.spacetime import Span
from safeconduct.vocabulary import Assessment, Means, Mines, Movement, Presence
from tests.laws.asking import (
    bench_of,
    changes,
    examples,
    going_seeds,
    in_order,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.world import World, add, drop, swap

MEANS = st.sampled_from((Means.GROUND_FIRE, Means.MINES, Means.CHECKPOINT))


# Any world.


@pytest.mark.law(19)
@examples
@given(seeds, changes, picks, picks)
def test_a_presence_that_lapses_never_raises_the_verdict(
    seed: int, changed: int, pick: int, when: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)  # above GO there is nothing
    presence = one_of(asked.world.all(Presence), pick)
    assert rank(swap(asked.world, presence, _lapsed(asked.world, presence, when))) <= asked.rank


@pytest.mark.law(19)
@some
@given(seeds, changes, picks)
def test_taking_away_a_presence_that_is_assessed_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    presence = one_of(asked.world.all(Presence), pick)
    assume(asked.rank < 2 and _is_assessed(asked.world, presence))
    assert rank(drop(asked.world, presence.id)) <= asked.rank


@pytest.mark.law(19)
@some
@given(seeds, changes, picks)
def test_taking_away_a_sound_assessment_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assessment = one_of(asked.world.all(Assessment), pick)
    assume(asked.rank < 2 and _is_sound(asked.world, assessment) and not assessment.supersedes)
    assert rank(drop(asked.world, assessment.id)) <= asked.rank


@pytest.mark.law(19)
@some
@given(seeds, changes, picks, picks)
def test_a_sound_assessment_that_lapses_never_raises_the_verdict(
    seed: int, changed: int, pick: int, when: int
) -> None:
    asked = near(seed, changed)
    assessment = one_of(asked.world.all(Assessment), pick)
    assume(asked.rank < 2 and _is_sound(asked.world, assessment))
    lapsed = _lapsed(asked.world, assessment, when)
    assert rank(swap(asked.world, assessment, lapsed)) <= asked.rank


def _lapsed(world: World, record: Any, when: int) -> Any:
    """The record whose time ends earlier: before the trip, within it, or a second too early."""
    valid, plan = record.valid, world.movement
    ends = (plan.depart_at, plan.depart_at + 1, plan.latest_at - 1, valid.end - 1)
    end = one_of([end for end in ends if valid.start < end < valid.end], when)
    return replace(record, valid=Span(valid.start, end))


def _is_assessed(world: World, presence: Presence) -> bool:
    """Whether, wherever and whenever the presence is met, an assessment still says it is there."""
    naming = [one for one in world.all(Assessment) if presence.id in one.presences]
    naming = [one for one in naming if not any(_replaced(world, one))]
    # In an area that the network does not know, it may be anywhere.
    anywhere = {*presence.areas} - world.network.areas
    return all(
        any(touched & {*one.areas} and one.valid.holds(span) for one in naming)
        for touched, span in _met(world)
        if anywhere or touched & {*presence.areas}
    )


def _is_sound(world: World, assessment: Assessment) -> bool:
    """Whether an assessment is not itself the doubt: not broken, and not at odds with another."""
    presences = {one.id: one for one in world.all(Presence)}
    named = [presences.get(id) for id in assessment.presences]
    plan = world.movement
    trip = Span(plan.depart_at, plan.latest_at)
    if not all(one and one.valid.holds(trip) for one in named):
        return False
    gone = {
        id
        for newer in world.all(Assessment)
        for old in world.all(Assessment)
        if old.id in newer.supersedes
        for id in {*old.presences} - {*newer.presences}
    }
    return not gone & {*assessment.presences}


def _replaced(world: World, assessment: Assessment) -> list[Assessment]:
    return [one for one in world.all(Assessment) if assessment.id in one.supersedes]


def _met(world: World) -> list[tuple[frozenset[str], Span]]:
    """The areas that touch each piece and place of the way, and how long the column is there."""
    bench = bench_of(world)
    margin_s = bench.movement.margin_s
    return [
        (bench.network.classes[cls][0], Span(entry.enter, entry.leave + margin_s))
        for entry in bench.itinerary.entries
        for cls in entry.classes
    ]


# Worlds that could go but for one party more.


def _crowded(seed: int, pick: int, means: Means) -> World:
    """A world that could go, with strangers on the road, named by every assessment there."""
    world = in_order(seed).world
    area = one_of(sorted({area for touched, _ in _met(world) for area in touched}), pick)
    plan = world.movement
    strangers = Presence(
        id="strangers-there",
        party="strangers",
        areas=(area,),
        means=frozenset({means}),
        valid=Span(plan.depart_at - 600, plan.latest_at + 600),
    )
    world = add(world, strangers, 0)
    for assessment in world.all(Assessment):
        named = (*assessment.presences, strangers.id)
        world = swap(world, assessment, replace(assessment, presences=named))
    return world


@pytest.mark.law(19)
@some
@given(going_seeds, picks, MEANS, st.sampled_from(("taken away", "lapsed", "lapsed late")))
def test_forgetting_the_one_party_that_has_given_nothing_opens_no_road(
    seed: int, pick: int, means: Means, how: str
) -> None:
    world = _crowded(seed, pick, means)
    (strangers,) = (one for one in world.all(Presence) if one.party == "strangers")
    end = world.movement.depart_at + (how == "lapsed late")
    lapsed = replace(strangers, valid=Span(strangers.valid.start, end))
    forgotten = drop(world, strangers.id) if how == "taken away" else swap(world, strangers, lapsed)
    assert (rank(world), rank(forgotten)) == (0, 0)


@pytest.mark.law(19)
@some
@given(going_seeds, picks, MEANS, picks, st.booleans())
def test_forgetting_who_said_that_this_party_is_there_opens_no_road(
    seed: int, pick: int, means: Means, which: int, taken_away: bool
) -> None:
    world = _crowded(seed, pick, means)
    assessment = one_of(world.all(Assessment), which)
    valid = Span(assessment.valid.start, world.movement.depart_at + 1)
    lapsed = swap(world, assessment, replace(assessment, valid=valid))
    assert rank(drop(world, assessment.id) if taken_away else lapsed) == 0


@pytest.mark.law(19)
@some
@given(going_seeds, picks, MEANS)
def test_a_party_leaves_by_a_newer_assessment_that_replaces_all_that_named_it(
    seed: int, pick: int, means: Means
) -> None:
    # The other side: so it does leave, and the world may go again.
    world = _crowded(seed, pick, means)
    # Where road is touched by the strangers' area, but in no land, nothing can take their place.
    assume(all(any("land" in area for area in within) for within in _held(world)))
    newer = _newer(world, Mines.CLEARED)
    assert rank(add(world, newer, 0)) == 0
    named = tuple(id for id in newer.presences if id != "strangers-there")
    assert rank(add(world, replace(newer, presences=named), 0)) == 2


def _newer(world: World, mines: Mines) -> Assessment:
    """An assessment of all land, that replaces every other and names all who are still there."""
    old: list[Assessment] = world.all(Assessment)
    depart_at = world.movement.depart_at
    latest_at = max(plan.latest_at for plan in world.all(Movement))
    current = [one for one in old if not _replaced(world, one)]
    return replace(
        old[0],
        id="newer",
        areas=tuple(sorted(area for area in world.network.areas if "land" in area)),
        valid=Span(depart_at - 600, latest_at + 600),
        presences=tuple(sorted({id for one in current for id in one.presences})),
        mines=mines,
        supersedes=tuple(one.id for one in old),
    )


def _held(world: World) -> list[frozenset[str]]:
    bench = bench_of(world)
    classes = {cls for entry in bench.itinerary.entries for cls in entry.classes}
    return [bench.network.classes[cls][1] for cls in classes]


@pytest.mark.law(19)
@some
@given(going_seeds)
def test_an_assessment_that_took_back_what_was_said_of_mines_opens_no_road_by_lapsing(
    seed: int,
) -> None:
    world = in_order(seed).world
    depart_at = world.movement.depart_at
    doubt = _newer(world, Mines.NOT_ASSESSED)
    lapsed = replace(doubt, valid=Span(depart_at - 600, depart_at))
    assert (rank(add(world, doubt, 0)), rank(add(world, lapsed, 0))) == (0, 0)

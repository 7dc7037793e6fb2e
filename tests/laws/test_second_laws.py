"""When cover ends: laws 4 and 6, to the second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from safeconduct.cover import Key, LegProfile
from safeconduct.spacetime import NEVER, Spans, Window
from safeconduct.vocabulary import Confirm, LegalBasis, UndertakingKind
from tests.laws.asking import (
    bench_of,
    changes,
    examples,
    going_seeds,
    granted,
    in_order,
    near,
    one_of,
    picks,
    rank,
    regranted,
    seeds,
    some,
)
from tests.laws.needs import needs, posted, voices
from tests.worlds.world import World

# Law 4.


@pytest.mark.law(4)
@some
@given(seeds, changes)
def test_no_key_is_turned_outside_what_those_who_can_turn_it_have_stated(
    seed: int, changed: int
) -> None:
    world = near(seed, changed).world
    bench = bench_of(world)
    for entry in bench.itinerary.entries:
        leg = LegProfile.of(next(x for x in bench.movement.legs if x.id == entry.leg))
        for cls in entry.classes:
            ground = bench.cover.ground(cls)
            for key, _ in (*ground.asked, *ground.consents):
                turned = bench.cover.turned(key, cls, leg).spans
                assert turned - _stated(world, key) == NEVER


def _stated(world: World, key: Key) -> Spans:
    """When anybody who speaks for the key's party stated anything of its kind."""
    speaking = voices(world, key.party)
    spans = [
        window.span
        for act, _ in granted(world)
        if act.party in speaking and act.undertaking.kind is key.kind
        for window in act.undertaking.windows
    ]
    if key.kind is UndertakingKind.CONSENT:
        spans += [one.valid for one in world.all(LegalBasis) if key.party in one.replaces]
    return Spans.of(spans)


# Law 6.


@pytest.mark.law(6)
@examples
@given(going_seeds, picks, picks)
def test_one_second_without_cover_is_no_go(seed: int, pick: int, moment: int) -> None:
    world = in_order(seed).world
    need = one_of([need for need in needs(seed) if need.by_grants], pick)
    wide = need.wide
    # The first and the last second, those around the margin's beginning, and any other.
    anywhere = wide.start + moment % wide.length_s
    borders = (wide.start, wide.end - 1, need.prompt.end - 1, min(need.prompt.end, wide.end - 1))
    t = one_of((*borders, anywhere), moment)
    assert rank(_less(world, need.key, Spans.one(t, t + 1))) == 0


@pytest.mark.law(6)
@some
@given(going_seeds)
def test_cover_that_ends_with_the_last_second_that_is_needed_is_enough(seed: int) -> None:
    # The other side: of every word only the time is left in which the columns need one of its
    # party, a unit stands at its checkpoint, or it spoke its last word; and they still may go.
    world = in_order(seed).world
    said_again = [act for act, said in world.acts(Confirm) if said.id.startswith("last-word-")]
    for act, said in granted(world):
        needed = Spans.of(
            need.wide for need in needs(seed) if act.party in voices(world, need.key.party)
        )
        needed = needed | posted(seed, act.party)
        again = (confirm for confirm in said_again if act.id in confirm.of)
        needed = needed | Spans.of(w.span for one in again for w in one.windows)
        stated = Spans.of(window.span for window in act.undertaking.windows)
        # A deed turns no key: a word against detention holds throughout the trip (rule E8).
        if stated & needed and act.undertaking.kind is not UndertakingKind.DEED:
            world = regranted(world, act, said, windows=_windows(act, stated & needed))
    assert rank(world) == 2


def _less(world: World, key: Key, hole: Spans) -> World:
    """The world in which nobody who speaks for the key's party covers this time."""
    speaking = voices(world, key.party)
    for act, said in granted(world):
        if act.party in speaking and act.undertaking.kind is key.kind:
            left = Spans.of(window.span for window in act.undertaking.windows) - hole
            world = regranted(world, act, said, windows=_windows(act, left))
    return world


def _windows(act: Any, spans: Spans) -> tuple[Window, ...]:
    return tuple(replace(act.undertaking.windows[0], span=span) for span in spans)

"""The reasons of a verdict: law 18, that they are enough to check it again, by another judge.

The other judge is the verifier, which shares no code with the engine. A GO is given to it with the
grants that the findings cite and with no other grant; what was said *about* a grant (confirmed,
met, taken back) belongs to it. Of a NO-GO it is asked at the very place and second that a finding
names.
"""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from hypothesis import assume, given, settings

from safeconduct.clearance import Finding
from safeconduct.errors import UnknownReference
from tests.laws.asking import (
    COUNT,
    changes,
    examples,
    going,
    going_seeds,
    granted,
    in_order,
    judge_of,
    judged,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
    without,
)
from tests.verifier.known import counted
from tests.verifier.verifier import Verifier, verify
from tests.worlds.world import World

#: The verifier looks at every minute of a trip, and takes its time.
few = settings(examples, max_examples=max(25, COUNT // 10))
MISSING = {"RESTRAINT-MISSING", "PASSAGE-MISSING", "CONSENT-MISSING", "REJECTED"}
MISSING |= {"NOT-ASSESSED", "STALE", "HAZARD", "CONSENT-HOLDER-UNKNOWN"}


@pytest.mark.law(18)
@few
@given(going_seeds)
def test_the_grants_that_a_go_cites_are_enough_for_another_judge(seed: int) -> None:
    world = in_order(seed).world
    assume(not judged(world).under_way)
    file = _cited_only(world)
    assert verify(file.records, file.network, file.movements[0], file.as_of, file.known_at) == ()


@pytest.mark.law(18)
@examples
@given(seeds)
def test_the_grants_that_a_verdict_cites_are_enough_for_the_same_verdict(seed: int) -> None:
    asked = in_order(seed)
    assume(asked.rank > 0)
    assert rank(_cited_only(asked.world)) == asked.rank


def test_a_go_does_not_simply_cite_every_grant() -> None:
    # Some worlds have grants that nothing rests on, and these are not cited.
    spared = 0
    for seed in going():
        world = in_order(seed).world
        cited = _cited(world)
        spared += any(act.id not in cited for act, _ in granted(world))
    assert spared > 5


def _cited(world: World) -> set[str]:
    """The ids that the judgements of a world's movements cite; linked ones are each a reason."""
    judge = judge_of(world)
    found = (one for id in world.movements for one in judge.judge(id).findings)
    return {id for finding in found for id in finding.statements}


def _cited_only(world: World) -> World:
    """The world without every grant on the road that no finding cites."""
    cited = _cited(world)
    for act, said in granted(world):
        if act.id not in cited:
            world = without(world, act, said)
    return world


@pytest.mark.law(18)
@some
@given(seeds, changes, picks)
def test_what_a_no_go_finds_missing_is_missing_to_another_judge_there_and_then(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank == 0)
    found = [one for one in findings(asked.world) if one.code in MISSING and one.place]
    finding = one_of([one for one in found if one.rule in ("A1", "A8")], pick)
    assert any(_objections(asked.world, finding))


def findings(world: World) -> tuple[Finding, ...]:
    """What was found; nothing where the movement is not known."""
    try:
        return judged(world).findings
    except UnknownReference:
        return ()


def _objections(world: World, finding: Finding) -> Iterable[str]:
    """What the verifier holds against one place, at the first second a finding names."""
    known = counted(world.records, world.as_of, world.known_at)
    verifier = Verifier(known, world.network, world.as_of, world.movements[0])
    assert finding.span is not None
    roads = {stretch.name for stretch in finding.place}
    places = {one for one in roads if world.network.has_place(one)}
    for spot in verifier.spots:
        # The verifier keeps no names of edges, so roads are found by the time they are occupied.
        if spot.place in places or (not spot.place and roads - places):
            t = finding.span.start
            if spot.start <= t < spot.end:
                for rule, what in verifier.closed(spot, t):
                    if rule == finding.rule and f"{finding.party} " in f"{what} ":
                        yield what

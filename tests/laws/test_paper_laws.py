"""Papers about people and supplies: less of them, or worse ones, never raise a verdict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safeconduct.vocabulary import (
    EvacuationCare,
    EvacuationTerms,
    GateChoice,
    LastResort,
    LoadList,
    Patient,
    PatientClearance,
    PermitState,
    Purpose,
    Removal,
    ReturnTerms,
    Screening,
)
from tests.laws.asking import changes, examples, going_with, in_order, near, picks, rank, seeds
from tests.worlds.people_facts import CARE
from tests.worlds.world import World, add, drop, swap

PAPERS = (
    EvacuationCare,
    EvacuationTerms,
    LastResort,
    LoadList,
    Patient,
    PatientClearance,
    ReturnTerms,
    Screening,
)


def _overloaded(load: LoadList) -> LoadList:
    return replace(load, items=tuple(replace(i, loaded=i.approved + 1) for i in load.items))


WORST: dict[type, Callable[[Any, int], Any]] = {
    EvacuationCare: lambda old, pick: replace(old, **{CARE[pick % len(CARE)]: False}),
    EvacuationTerms: lambda old, pick: replace(old, voluntary=False),
    ReturnTerms: lambda old, pick: replace(old, waiver_signed=True),
    Screening: lambda old, pick: replace(old, planned=True, sign_off=""),
    Patient: lambda old, pick: replace(
        old,
        **(
            {"consents": False},
            {"accepted": False},
            {"deadline_at": old.stands_at},
            {"max_transport_s": 0},
            {"companions": 99},
            {"list_owner": (*old.cleared_by, old.list_owner)[0]},
            {"cleared_by": (*old.cleared_by, "strangers")},
        )[pick % 7],
    ),
    PatientClearance: lambda old, pick: replace(
        old, **({"state": PermitState.REFUSED}, {"tied_to": "an exchange"})[pick % 2]
    ),
    LoadList: lambda old, pick: _overloaded(old),
    Removal: lambda old, pick: replace(old, choice=GateChoice.REFUSE),
}


def _of(world: World, kinds: Any) -> list[Any]:
    return [record for record, _ in world.records if isinstance(record, tuple(kinds))]


@pytest.mark.law(3)
@examples
@given(seeds, picks)
def test_a_paper_less_never_raises_the_verdict(seed: int, pick: int) -> None:
    asked = in_order(seed)
    papers = _of(asked.world, PAPERS)
    if papers:
        lost = papers[pick % len(papers)]
        assert rank(drop(asked.world, lost.id)) <= asked.rank


@pytest.mark.law(3)
@pytest.mark.parametrize("kind", PAPERS, ids=lambda kind: kind.tag)
def test_without_any_paper_of_a_kind_nothing_that_asks_for_it_may_go(kind: type) -> None:
    @examples
    @given(going_with(kind))
    def holds(seed: int) -> None:
        world = in_order(seed).world
        left = tuple(pair for pair in world.records if not isinstance(pair[0], kind))
        # A load list of a movement without medical supplies is asked for only because it is there.
        supplied = any(leg.purpose is Purpose.MEDICAL_SUPPLIES for leg in world.movement.legs)
        if kind is not LoadList or supplied:
            assert rank(replace(world, records=left)) < 2

    holds()


@pytest.mark.law(2)
@examples
@given(seeds, changes, picks, picks)
def test_a_paper_that_says_the_worst_never_raises_the_verdict(
    seed: int, changed: int, pick: int, how: int
) -> None:
    asked = near(seed, changed)
    papers = _of(asked.world, WORST)
    if papers:
        old = papers[pick % len(papers)]
        worse = WORST[type(old)](old, how)
        assert rank(swap(asked.world, old, worse)) <= asked.rank


@pytest.mark.law(12)
@examples
@given(seeds, picks, picks, st.sampled_from([Patient, PatientClearance, LoadList, Removal]))
def test_of_two_records_of_one_moment_the_worse_decides(
    seed: int, pick: int, how: int, kind: type
) -> None:
    asked = in_order(seed)
    papers = _of(asked.world, [kind])
    if papers:
        old = papers[pick % len(papers)]
        again = replace(WORST[kind](old, how), id=f"{old.id}-again")
        alone = swap(asked.world, old, WORST[kind](old, how))
        both = rank(add(asked.world, again, asked.world.known_at))
        assert both == rank(alone)

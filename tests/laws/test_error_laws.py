"""What goes wrong: law 17, that an error is a doubt and never a GO, wherever it happens."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.clearance import Judge, Status, Verdict
from safeconduct.clearance import bench as bench_module
from safeconduct.clearance import judging as judging_module
from safeconduct.clearance.checks import CHECKS
from safeconduct.cover import Cover
from safeconduct.cover.ground import Surveyor
from safeconduct.errors import SafeconductError, UnknownReference, WrongField
from safeconduct.register import canonical, encode
from safeconduct.register.codec import decode
from safeconduct.roads import Network
from safeconduct.vocabulary import Hazard, Means, Presence, Record
from tests.laws.asking import (
    examples,
    going,
    going_seeds,
    in_order,
    judge_of,
    judged,
    near,
    one_of,
    picks,
    policy,
    rank,
    seeds,
    some,
)
from tests.worlds.world import add, reroad, swap

ERRORS: tuple[Exception, ...] = (
    *(ValueError("broken"), KeyError("broken"), ZeroDivisionError("broken")),
    *(RecursionError("broken"), AssertionError("broken"), MemoryError("broken")),
    WrongField("Something is broken.", "Mend it."),
)
errors = st.sampled_from(ERRORS)
#: The rules that every profile keeps; those of one organisation are not looked at by another.
RULES = sorted(rule.id for rule in policy().rules if not rule.only_for)


@pytest.mark.law(17)
@examples
@given(seeds, st.sampled_from(RULES), errors)
def test_a_check_that_breaks_makes_its_rule_unknown_and_the_verdict_no_go(
    seed: int, rule: str, error: Exception
) -> None:
    world = in_order(seed).world  # before anything is broken: its rank is kept for other laws
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(CHECKS, rule, _raising(error))
        judgement = judged(world)
    (failed,) = (one for one in judgement.findings if one.rule == rule)
    assert (failed.status, failed.code) == (Status.UNKNOWN, "ERROR")
    assert f"Rule {rule} could not be checked" in failed.says
    assert judgement.verdict is Verdict.NO_GO


# What the engine asks on its way to a verdict, and where it can break.
WAY: tuple[tuple[Any, str], ...] = (
    *((Cover, "ground"), (Cover, "turned"), (Cover, "by_instrument"), (Cover, "crossings_at")),
    *((Cover, "overlap"), (Cover, "office_has_it"), (Cover, "no_recent_use")),
    *((Cover, "open_spans"), (Surveyor, "ground"), (Network, "pieces"), (Network, "edge")),
    *((Network, "place"), (Network, "edge_classes"), (Network, "place_class")),
    *((bench_module, "itinerary"), (judging_module, "ledger"), (judging_module, "Cover")),
)


@pytest.mark.law(17)
@examples
@given(going_seeds, st.sampled_from(WAY), errors, st.integers(0, 12))
def test_whatever_breaks_on_the_way_to_a_verdict_it_is_no_go(
    seed: int, where: tuple[Any, str], error: Exception, after: int
) -> None:
    """The `after`-th call breaks; where nobody ever calls it so often, nothing has broken."""
    world = in_order(seed).world
    # The network keeps what it has worked out, so it is made anew.
    world = reroad(world, replace(world.network))
    broke: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        whole = getattr(*where)
        patch.setattr(*where, _breaking(whole, error, after, broke))
        verdict = judged(world).verdict
    assert verdict is (Verdict.NO_GO if broke else Verdict.GO)


def _raising(error: Exception) -> Callable[..., Any]:
    def broken(*_: Any, **__: Any) -> Any:
        raise error

    return broken


def _breaking(
    whole: Callable[..., Any], error: Exception, after: int, broke: list[str]
) -> Callable[..., Any]:
    calls = [0]

    def asked(*given: Any, **named: Any) -> Any:
        calls[0] += 1
        if calls[0] > after:
            broke.append("broke")
            raise error
        return whole(*given, **named)

    return asked


def test_most_of_the_way_is_asked_in_most_worlds() -> None:
    # So the property above is not about code that nobody calls.
    world = in_order(going()[0]).world
    called = []
    for where in WAY:
        broke: list[str] = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(*where, _breaking(getattr(*where), ValueError("broken"), 0, broke))
            judged(reroad(world, replace(world.network)))
        called += [where[1]] if broke else []
    assert {"ground", "turned", "pieces", "itinerary", "ledger", "Cover"} <= set(called)


@pytest.mark.law(17)
@some
@given(going_seeds, st.integers(0, 400))
def test_a_judgement_that_outgrows_its_steps_is_no_go(seed: int, steps: int) -> None:
    world = in_order(seed).world
    full = judge_of(world)
    judge = Judge(full.situation, world.network, policy(), steps=steps)
    judgement = judge.judge(world.movements[0])
    whole = full.judge(world.movements[0])
    if judgement.verdict is not Verdict.NO_GO:  # enough steps, and then the same findings
        assert judgement.findings == whole.findings
    else:
        assert judgement.codes == ("STEP-BUDGET",)


@pytest.mark.law(17)
@some
@given(going_seeds, picks)
def test_a_road_that_is_not_on_the_network_is_no_go(seed: int, pick: int) -> None:
    world = in_order(seed).world
    lost = one_of(world.network.edges, pick)
    left = tuple(edge for edge in world.network.edges if edge is not lost)
    judgement = judged(reroad(world, replace(world.network, edges=left)))
    assert judgement.verdict is Verdict.NO_GO
    assert lost.id in judgement.findings[0].says


@pytest.mark.law(17)
@some
@given(going_seeds)
def test_a_movement_under_a_profile_that_nobody_knows_is_no_go(seed: int) -> None:
    world = in_order(seed).world
    strange = swap(world, world.movement, replace(world.movement, profile="nobody-knows"))
    assert judged(strange).verdict is Verdict.NO_GO


@pytest.mark.law(17)
@some
@given(going_seeds)
def test_a_movement_that_is_not_known_or_known_in_two_wordings_gets_no_verdict(seed: int) -> None:
    world = in_order(seed).world
    with pytest.raises(UnknownReference, match="No movement nobody-knows is known"):
        judge_of(world).judge("nobody-knows")
    twice = add(world, replace(world.movement, title="otherwise"), 0)
    with pytest.raises(UnknownReference, match=f"No movement {world.movement.id} is known"):
        judge_of(twice).judge(world.movements[0])


@pytest.mark.law(17)
@examples
@given(seeds, picks, picks)
def test_a_record_that_was_cut_short_is_refused_and_never_read_as_a_smaller_one(
    seed: int, pick: int, length: int
) -> None:
    record, _ = one_of(in_order(seed).world.records, pick)
    body = encode(record)
    assert isinstance(body, dict)
    text = canonical(body)
    cut = text[: length % len(text)]
    with pytest.raises(ValueError):
        json.loads(cut)
    needed = [key for key in sorted(body) if key == "id" or key == "is"]
    less = {key: value for key, value in body.items() if key != one_of(needed, length)}
    with pytest.raises(SafeconductError):
        decode(Record, less)


# An area that the roads do not know: nobody can say where it is, so it may be here.


@pytest.mark.law(17)
@some
@given(going_seeds, st.sampled_from((Means.GROUND_FIRE, Means.CHECKPOINT, Means.MINES)))
def test_a_presence_in_an_area_that_the_network_does_not_know_is_no_go(
    seed: int, means: Means
) -> None:
    world = in_order(seed).world
    plan = world.movement
    valid = replace(world.all(Presence)[0].valid, end=plan.latest_at + 600)
    somewhere = Presence(
        id="somewhere",
        party="strangers",
        areas=("nobody-knows",),
        means=frozenset({means}),
        valid=valid,
    )
    assert rank(add(world, somewhere, 0)) == 0


@pytest.mark.law(17)
@some
@given(going_seeds)
def test_a_hazard_in_an_area_that_the_network_does_not_know_is_no_go(seed: int) -> None:
    world = in_order(seed).world
    hazard = Hazard(id="somewhere", hazard="mines", areas=("nobody-knows",), from_at=0)
    assert rank(add(world, hazard, 0)) == 0


@pytest.mark.law(17)
@some
@given(seeds, st.integers(1, 3), picks)
def test_a_network_that_has_lost_an_area_never_raises_the_verdict(
    seed: int, changed: int, pick: int
) -> None:
    asked = near(seed, changed)
    assume(asked.rank < 2)
    lost = one_of(sorted(asked.world.network.areas), pick)
    assert rank(reroad(asked.world, _without(asked.world.network, lost))) <= asked.rank


def _without(network: Network, area: str) -> Network:
    edges = tuple(
        replace(
            edge,
            touched=tuple(one for one in edge.touched if one.area != area),
            within=tuple(one for one in edge.within if one.area != area),
        )
        for edge in network.edges
    )
    places = tuple(
        replace(one, touched=one.touched - {area}, within=one.within - {area})
        for one in network.places
    )
    overlaps = frozenset(pair for pair in network.overlaps if area not in pair)
    areas = network.areas - {area}
    return replace(network, areas=areas, edges=edges, places=places, overlaps=overlaps)

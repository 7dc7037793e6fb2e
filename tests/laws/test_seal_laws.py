"""The same question, the same bytes; one version, one hash, one end: laws 10, 11 and 15."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.register import canonical, digest, encode
from safeconduct.register.codec import decode
from safeconduct.roads.pin import pinned, unpinned
from safeconduct.vocabulary import (
    Acknowledge,
    ConvoyWatch,
    GateCheck,
    LoadList,
    Notice,
    Record,
    Step,
    Vehicle,
)
from tests.laws.asking import (
    FIRST,
    bench_of,
    changes,
    examples,
    going,
    going_seeds,
    in_order,
    in_writing,
    judge_of,
    judged,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.world import World, add, reroad, swap

ROOT = Path(__file__).parents[2]


def sealed(world: World) -> bytes:
    """The bytes of a world's judgement; empty where the movement is not known."""
    known = world.movements[0] in judge_of(world).situation.movements
    return judged(world).sealed if known else b""


# Law 10.


@pytest.mark.law(10)
@some
@given(seeds, changes)
def test_a_question_asked_twice_is_answered_in_the_same_bytes(seed: int, changed: int) -> None:
    world = near(seed, changed).world
    assert sealed(world) == sealed(world)


@pytest.mark.law(10)
@some
@given(seeds, changes)
def test_records_and_roads_that_were_written_down_and_read_again_give_the_same_bytes(
    seed: int, changed: int
) -> None:
    world = near(seed, changed).world
    read: list[tuple[Record, int]] = [
        (decode(Record, json.loads(canonical(encode(value)))), at) for value, at in world.records
    ]
    again = reroad(replace(world, records=tuple(read)), unpinned(pinned(world.network)))
    assert sealed(again) == sealed(world)


@pytest.mark.law(10)
@some
@given(seeds, changes)
def test_a_judge_who_has_judged_others_before_gives_the_same_bytes(seed: int, changed: int) -> None:
    world = near(seed, changed).world
    judge = judge_of(world)
    assume(world.movements[0] in judge.situation.movements)
    for movement in sorted(judge.situation.movements, reverse=True):
        judge.judge(movement, profile="written-and-unconditional")
        judge.judge(movement)
    assert judge.judge(world.movements[0]).sealed == sealed(world)


@pytest.mark.law(10)
@pytest.mark.parametrize("hash_seed", ["0", "1", "4711"])
def test_another_process_that_hashes_otherwise_gives_the_same_bytes(hash_seed: str) -> None:
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", __name__, str(FIRST), "40"]
    told = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    assert told.stdout.split() == hashes(FIRST, 40)


def hashes(first: int, count: int) -> list[str]:
    """The hashes of what the worlds of some seeds are answered, each after one change and two."""
    worlds = [near(seed, n).world for seed in range(first, first + count) for n in (1, 2)]
    return [digest(sealed(world)) for world in worlds]


# Law 11.


@pytest.mark.law(11)
@examples
@given(seeds, changes, picks)
def test_the_order_and_the_repetition_of_records_change_no_byte(
    seed: int, changed: int, order: int
) -> None:
    world = near(seed, changed).world
    chance = Random(order)
    records = [*world.records, *(pair for pair in world.records if chance.random() < 0.3)]
    chance.shuffle(records)
    assert sealed(replace(world, records=tuple(records))) == sealed(world)


# Law 15.


@pytest.mark.law(15)
@examples
@given(going_seeds)
def test_a_go_names_the_hash_of_its_movement_and_ends_at_departure_at_the_latest(seed: int) -> None:
    world = in_order(seed).world
    judgement = judged(world)
    assume(not judgement.under_way)
    versions = dict(judgement.versions)
    assert versions["movement"] == digest(canonical(encode(world.movement)))
    assert judgement.expires is not None
    assert world.as_of < judgement.expires <= world.movement.depart_at


@pytest.mark.law(15)
@some
@given(st.deferred(lambda: st.sampled_from([s for s in going() if _is_under_way(s)])))
def test_a_go_under_way_ends_before_anything_that_it_rests_on_does(seed: int) -> None:
    judgement = judged(in_order(seed).world)
    assert judgement.expires is not None
    assert in_order(seed).world.as_of < judgement.expires <= in_order(seed).world.movement.latest_at


def _is_under_way(seed: int) -> bool:
    world = in_order(seed).world
    return world.as_of >= world.movement.depart_at


CHANGES: tuple[dict[str, Any], ...] = (
    {"title": "made anew"},
    {"margin_s": 1},
    {"load_s": 1},
    {"people_in_need": 1},
    {"zone": "UTC"},
    {"organisation": "envoy"},
    {"window_basis": "made anew"},
    {},
)


@pytest.mark.law(15)
@some
@given(going_seeds, st.sampled_from(CHANGES))
def test_a_new_version_has_another_hash_and_is_not_covered_by_the_notices_of_the_old(
    seed: int, change: dict[str, Any]
) -> None:
    world = in_order(seed).world
    newer = add(world, replace(world.movement, version=2, **change), 0)
    old, new = judged(world), judged(newer)
    assert new.movement_version == 2
    assert rank(newer) == 0
    assert dict(new.versions)["movement"] != dict(old.versions)["movement"]
    assert new.hash != old.hash


@pytest.mark.law(15)
@some
@given(going_seeds, picks)
def test_any_change_within_one_version_changes_the_hash_too(seed: int, pick: int) -> None:
    world = in_order(seed).world
    plan = world.movement
    leg = plan.legs[0]
    faster = replace(leg, speed_kmh=leg.speed_kmh + 1)
    turned = replace(leg, route=(*leg.route[:-1], Step(edge=leg.route[-1].edge, backwards=True)))
    others = [replace(plan, **change) for change in CHANGES if change]
    others += [replace(plan, legs=(one, *plan.legs[1:])) for one in (faster, turned)]
    other = one_of([one for one in others if one != plan], pick)
    changed = judged(swap(world, plan, other))
    assert dict(changed.versions)["movement"] != dict(judged(world).versions)["movement"]


@pytest.mark.law(15)
@some
@given(going_seeds)
def test_a_new_version_of_which_all_were_told_again_may_go(seed: int) -> None:
    # The other side: it is the notices, the papers of the column and what was loaded that were
    # missing, and nothing else.
    world = in_order(seed).world
    assume(not bench_of(world).under_way)
    newer = add(world, replace(world.movement, version=2), 0)
    for notice in world.all(Notice):
        if notice.movement == world.movement.id:
            listed = tuple(f"{id}-again" for id in notice.listed)
            again = replace(notice, id=f"{notice.id}-again", version=2, listed=listed)
            receipts = [act for act, _ in world.acts(Acknowledge) if act.notice == notice.id]
            receipt = replace(receipts[0], id=f"{receipts[0].id}-again", notice=again.id)
            told = in_writing(f"said-{receipt.id}", receipt.party, notice.sent_at, receipt)
            newer = add(add(newer, again, 0), told, 0)
    for kind in (Vehicle, GateCheck, ConvoyWatch):
        for paper in world.all(kind):
            newer = add(newer, replace(paper, id=f"{paper.id}-again", version=2), 0)
    for load in world.all(LoadList):
        newer = add(newer, replace(load, id=f"{load.id}-again", version=2), 0)
    assert rank(newer) == 2


if __name__ == "__main__":
    print(*hashes(int(sys.argv[1]), int(sys.argv[2])))

"""The made-up worlds: the same from the same seed, well-formed, and nearly in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from random import Random
from typing import Any

import pytest

from safeconduct import vocabulary as v
from safeconduct.adapters.files.policyfile import core_policy
from tests.verifier.verifier import verify
from tests.worlds import near_hearing, near_misses
from tests.worlds.ground import FAR, ground
from tests.worlds.limits import limits_for
from tests.worlds.random_worlds import whole, world
from tests.worlds.world import World, add, assessments, drop, grants, ids_of, limits, presences

SEEDS = range(200)
#: Those that the verifier is asked about, which takes a tenth of a second each.
JUDGED = range(80)
#: Fields that name records, acts, actors, areas or places by id.
REFERENCES = frozenset(
    {
        *("actor", "to", "party", "of", "awaits", "binder", "bound", "areas", "presences"),
        *("supersedes", "holders", "replaces", "attributed_to", "member_of", "concerned"),
        *("movements", "movement", "notice", "need", "crossing", "place", "edge"),
    }
)


@cache
def drawn(seed: int) -> World:
    return world(seed)


def goes(asked: World) -> bool:
    return not verify(asked.records, asked.network, asked.movements[0], asked.as_of, asked.known_at)


def names(value: Any, field: str = "") -> Iterator[str]:
    """Every id that a record refers to."""
    if isinstance(value, str):
        yield from [value] if field in REFERENCES and value else []
    elif isinstance(value, tuple | frozenset):
        for part in value:
            yield from names(part, field)
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from names(getattr(value, one.name), one.name)


def known_ids(asked: World) -> set[str]:
    """Everything that a record of this world may name."""
    found = {id for value, _ in asked.records for id in ids_of(value)}
    found |= {one.id for one in asked.network.places} | {one.id for one in asked.network.edges}
    return found | asked.network.areas | asked.dropped


def test_a_seed_gives_the_same_world_every_time() -> None:
    for seed in range(50):
        assert world(seed) == world(seed)
        assert whole(seed).records == whole(seed).records


def test_seeds_give_different_worlds() -> None:
    assert len({drawn(seed).records for seed in SEEDS}) == len(SEEDS)


def test_every_reference_of_a_world_in_order_resolves() -> None:
    for seed in SEEDS:
        asked = whole(seed)
        dangling = {one for value, _ in asked.records for one in names(value)} - known_ids(asked)
        assert not dangling, seed


def test_after_changes_only_what_a_change_made_up_dangles() -> None:
    # Some changes name somebody or something on purpose that no record defines.
    invented = {"nobody-knows", "strangers", "another", "envoy-2", "nowhere"}
    for seed in SEEDS:
        asked = drawn(seed)
        dangling = {one for value, _ in asked.records for one in names(value)} - known_ids(asked)
        assert dangling <= invented, (seed, asked.mutated)


def test_no_id_is_used_twice() -> None:
    for seed in SEEDS:
        values = [value for value, _ in drawn(seed).records]
        used = Counter((one.id, getattr(one, "version", 0)) for one in values)
        assert max(used.values()) == 1, (seed, used.most_common(1))


def test_in_a_world_in_order_the_verifier_objects_to_nothing() -> None:
    for seed in JUDGED:
        assert goes(whole(seed)), seed


def unheard(asked: World) -> bool:
    """Whether rule R1 alone stands in the way."""
    question = (asked.records, asked.network, asked.movements[0], asked.as_of, asked.known_at)
    found = verify(*question, core_policy(), hearing=asked.hearing)
    return {one.rule for one in found} == {"R1"}


def test_in_a_world_in_order_whoever_must_be_heard_is() -> None:
    some = [seed for seed in SEEDS if whole(seed).all(v.RequiredWriter)][:30]
    assert not [seed for seed in some if unheard(whole(seed))]


def test_a_change_of_what_was_heard_may_be_all_that_stands_in_the_way() -> None:
    heard = {change.__name__ for change in near_hearing.CHANGES}
    some = [seed for seed in SEEDS if drawn(seed).mutated and heard >= {*drawn(seed).mutated}]
    bites = [seed for seed in some if unheard(drawn(seed))]
    assert len(some) / 5 < len(bites) < len(some)


def test_a_good_share_of_worlds_may_go_and_a_good_share_may_not() -> None:
    silent = sum(goes(drawn(seed)) for seed in JUDGED)
    assert 0.2 <= silent / len(JUDGED) <= 0.7


def test_the_worlds_have_all_that_the_rules_speak_of() -> None:
    kinds = {type(value) for seed in SEEDS for value, _ in drawn(seed).records}
    acts = {type(act) for seed in range(300) for act, _ in drawn(seed).acts(object)}
    facts = {v.Binds, v.Hazard, v.HazardCleared, v.Instrument, v.LegalBasis, v.Link, v.Departure}
    facts |= {v.Crossing, v.CrossingOpen, v.Checkpoint, v.Arrangement, v.Permit, v.NoRecentUse}
    facts |= {v.SameStatement}
    said = {v.Announce, v.Guarantee, v.Consent, v.Accept, v.Confirm, v.Withdraw, v.Suspend}
    said |= {v.Disown, v.Deny, v.Reject, v.Narrow, v.Impose, v.Do, v.Report, v.Acknowledge}
    assert facts <= kinds
    assert said <= acts


def test_every_change_is_made_in_some_world_and_some_worlds_are_left_as_they_were() -> None:
    made = Counter(name for seed in range(1500) for name in drawn(seed).mutated)
    changes = (*near_misses.CHANGES, *near_hearing.CHANGES)
    assert set(made) == {change.__name__ for change in changes}
    assert any(not drawn(seed).mutated for seed in SEEDS)


def test_boundaries_are_exact_so_that_one_second_decides() -> None:
    """Some grants end in the very second in which the last thing they are needed for ends."""
    decided = 0
    for seed in range(60):
        asked = whole(seed)
        for act, said in asked.acts(v.Guarantee, v.Consent):
            spans = [one.span for one in act.undertaking.windows]
            decided += any(span.end == asked.movement.latest_at for span in spans) and bool(said)
    assert decided > 20


def test_every_piece_of_the_way_lies_within_an_area() -> None:
    for seed in SEEDS:
        land = ground(Random(seed))
        assert FAR in land.network.areas
        for edge in land.network.edges:
            for piece in land.network.pieces(edge.id):
                assert piece.within & {*land.bases}, (seed, piece)


def test_some_edges_are_cut_and_some_areas_only_touch() -> None:
    pieces = [
        piece
        for seed in SEEDS
        for edge in drawn(seed).network.edges
        for piece in drawn(seed).network.pieces(edge.id)
    ]
    edges = sum(len(drawn(seed).network.edges) for seed in SEEDS)
    assert len(pieces) > edges
    assert any(piece.touched - piece.within for piece in pieces)
    assert any(len(piece.within) > 1 for piece in pieces)


def test_the_roles_name_records_that_are_there() -> None:
    for seed in SEEDS:
        asked = whole(seed)
        there = {value.id for value, _ in asked.records}
        for role in (grants, limits, presences, assessments):
            assert set(role(asked)) <= there
        assert grants(asked) and presences(asked) and assessments(asked)
        assert not set(grants(asked)) & set(limits(asked))


def test_dropping_and_adding_leave_everything_else_as_it_was() -> None:
    asked = whole(1)
    id = grants(asked)[0]
    without = drop(asked, id)
    assert len(without.records) == len(asked.records) - 1
    assert id in without.dropped
    value, at = next(pair for pair in asked.records if pair[0].id == id)
    assert set(add(without, value, at).records) == set(asked.records)


def test_every_limit_that_could_be_added_is_new_and_bites_in_some_world() -> None:
    asked = whole(3)
    there = {value.id for value, _ in asked.records}
    offered = limits_for(asked, asked.as_of)
    assert len({one.id for one in offered}) == len(offered)
    assert not there & {one.id for one in offered}
    some = Random(3).sample(offered, 20)
    bites = [one for one in some if not goes(add(asked, one, asked.known_at))]
    assert 0 < len(bites) < len(some)


@pytest.mark.parametrize("role", [grants, presences, assessments])
def test_dropping_cover_or_knowledge_never_turns_no_into_yes_for_the_verifier(role: Any) -> None:
    for seed in range(30):
        asked = drawn(seed)
        if not goes(asked):
            for id in role(asked)[:2]:
                assert not goes(drop(asked, id)), (seed, id)


def test_adding_a_limit_never_turns_no_into_yes_for_the_verifier() -> None:
    for seed in range(30):
        asked = drawn(seed)
        if not goes(asked):
            offered = limits_for(asked, asked.as_of)
            for one in Random(seed).sample(offered, 3):
                assert not goes(add(asked, one, asked.known_at)), (seed, one.id)

"""What a party's record must always be: counts with their base, and no accuser's word a breach."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from hypothesis import given

from safeconduct.vocabulary import Record
from safeconduct.watch import PartyRecord, State
from tests.laws.asking import examples, picks, seeds, some
from tests.laws.histories import history, told, undertakings
from tests.worlds.aftermath import adversary_alleges, aftermath, verified_fire
from tests.worlds.world import World, add


def count(records: tuple[PartyRecord, ...], state: State) -> set[str]:
    """The undertakings that came out so."""
    return {id for id, one in undertakings(records).items() if one.state is state}


def plus(world: World, *more: Record) -> tuple[PartyRecord, ...]:
    """The records of the world with more in it."""
    for one in more:
        world = add(world, one, 0)
    return told(world)


@examples
@given(seeds)
def test_the_states_add_up_to_what_was_given_and_the_base_lies_between(seed: int) -> None:
    for record in history(seed)[1]:
        for counts in (record.counts, *record.counts_by_given().values()):
            states = (counts.kept, counts.broken, counts.unclear, counts.running)
            assert sum(states) + counts.withdrawn + counts.not_tested == counts.given
            assert counts.kept + counts.broken <= counts.looked_at <= counts.given
        by_given = record.counts_by_given().values()
        assert sum(one.given for one in by_given) == record.counts.given
        assert len({*record.left_aside}.intersection(undertakings((record,)))) == 0


@examples
@given(seeds)
def test_what_was_broken_names_what_broke_it_and_what_was_kept_who_looked(seed: int) -> None:
    for one in undertakings(history(seed)[1]).values():
        weights = [evidence.weight.value for evidence in one.evidence]
        assert ("breaks" in weights) == (one.state is State.BROKEN)
        if one.state is State.KEPT:
            assert set(weights) == {"look"}


@examples
@given(seeds, picks)
def test_an_allegation_by_an_adversary_never_breaks_anything(seed: int, pick: int) -> None:
    world, before = history(seed)
    after = plus(world, adversary_alleges(world, pick))
    assert count(after, State.BROKEN) <= count(before, State.BROKEN)
    assert count(after, State.KEPT) <= count(before, State.KEPT)


@examples
@given(seeds, picks)
def test_a_verified_incident_never_makes_anything_kept(seed: int, pick: int) -> None:
    world, before = history(seed)
    after = plus(world, *verified_fire(world, pick))
    assert count(after, State.KEPT) <= count(before, State.KEPT)
    assert count(after, State.BROKEN) >= count(before, State.BROKEN)


@some
@given(seeds, picks)
def test_what_is_recorded_later_never_changes_what_was_known_then(seed: int, pick: int) -> None:
    world, before = history(seed)
    for late in (adversary_alleges(world, pick), *verified_fire(world, pick)):
        world = add(world, late, world.known_at + 1)
    assert told(world) == before


@some
@given(seeds, picks)
def test_the_order_and_repetition_of_records_change_nothing(seed: int, pick: int) -> None:
    world, before = history(seed)
    shuffled = [*world.records, *world.records[:3]]
    Random(pick).shuffle(shuffled)
    assert told(replace(world, records=tuple(shuffled))) == before


def test_the_worlds_have_every_state_in_them() -> None:
    found = {
        one.state for seed in range(150) for one in undertakings(told(aftermath(seed))).values()
    }
    assert found == set(State)

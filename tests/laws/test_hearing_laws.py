"""Whose word has come whole: laws 13 and 14.

An office that is offline may have recorded a withdrawal. So whoever is required must have been
heard, lately and without doubt, wherever a movement may go; and less that was heard, or more that
is required, never opens anything.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from safeconduct.register.view import WriterDoubt
from safeconduct.situation import REPLAYED, Heard
from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import Arrangement, RequiredWriter
from tests.laws.asking import (
    changes,
    examples,
    going_seeds,
    in_order,
    judge_of,
    judged,
    near,
    one_of,
    picks,
    rank,
    seeds,
    some,
)
from tests.worlds.draft import DAY, HOUR
from tests.worlds.hearing_facts import PAPERS
from tests.worlds.near_hearing import reheard
from tests.worlds.world import World, add

doubts = st.sampled_from(sorted(doubt.value for doubt in WriterDoubt))
#: A doubt of who recorded a word that leaves nothing of the word itself in doubt.
HARMLESS = {"revoked", "withheld", "unknown-key"}
limits_s = st.sampled_from((1, 60, HOUR, 6 * HOUR, 2 * DAY))


def asked_of(world: World, pick: int) -> str:
    """A party that a key is asked of on the way."""
    return one_of(sorted(_asked(world)), pick)


def _asked(world: World) -> set[str]:
    return {key.party for key in judge_of(world).bench_of(world.movements[0]).ledger.asked}


def required(world: World, party: str, fresh_within_s: int = HOUR, **more: Any) -> World:
    """The world in which one writer must be heard for a party: `far-1` of the far office."""
    one = RequiredWriter(
        id=MINE,
        party=party,
        fresh_within_s=fresh_within_s,
        valid=Span(world.as_of, OPEN_END),
        by="head of office",
        decided_at=world.as_of,
        **({"writer": "far-1"} | more),
    )
    return add(world, one, 0)


def heard(world: World, complete_at: int | None, *doubted: str, **more: Any) -> World:
    """The world in which the far office was heard up to a moment, if at all."""
    root = Heard(writer="far-root", office="far", complete_at=world.as_of, is_root=True)
    told = Heard(
        writer="far-1",
        office="far",
        complete_at=complete_at,
        doubts=frozenset(doubted),
        **more,
    )
    return reheard(reheard(_not_replayed(world), root), told)


def _not_replayed(world: World) -> World:
    """The world live; of one that was a replay, in which nobody was heard, nothing is asked."""
    if not world.hearing.replay:
        return world
    mine = [one for one in world.records if not _is_required(one[0])]
    return replace(world, records=tuple(mine), hearing=replace(world.hearing, replay=False))


def _is_required(record: Any) -> bool:
    return isinstance(record, RequiredWriter) and record.id != MINE


MINE = "required-of-far"
WHO = st.sampled_from(({"writer": "far-1"}, {"writer": "", "office": "far"}))


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, limits_s, WHO)
def test_one_second_past_the_limit_of_freshness_is_never_a_go(
    seed: int, pick: int, limit_s: int, who: dict[str, str]
) -> None:
    world = in_order(seed).world
    world = required(world, asked_of(world, pick), limit_s, **who)
    at = world.as_of - limit_s
    assert rank(heard(world, at)) == 2
    assert rank(heard(world, at - 1)) == 0
    assert rank(heard(world, None)) == 0
    assert rank(_not_replayed(world)) == 0  # nobody knows of such a writer


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, doubts, st.sets(doubts, max_size=2), WHO)
def test_a_required_writer_in_doubt_is_never_a_go(
    seed: int, pick: int, doubt: str, more: set[str], who: dict[str, str]
) -> None:
    world = in_order(seed).world
    world = required(world, asked_of(world, pick), **who)
    assert rank(heard(world, world.as_of)) == 2
    assert rank(heard(world, world.as_of, doubt, *more)) == 0


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, doubts)
def test_an_office_whose_root_is_in_doubt_is_not_heard(seed: int, pick: int, doubt: str) -> None:
    world = in_order(seed).world
    world = heard(required(world, asked_of(world, pick), writer="", office="far"), world.as_of)
    root = world.hearing.writers["far-root"]
    assert rank(world) == 2
    assert rank(reheard(world, root, doubts=frozenset({doubt}))) == 0


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, limits_s)
def test_an_office_is_not_heard_one_second_past_the_limit_of_its_root(
    seed: int, pick: int, limit_s: int
) -> None:
    world = in_order(seed).world
    party = asked_of(world, pick)
    office = heard(required(world, party, limit_s, writer="", office="far"), world.as_of)
    device = heard(required(world, party, limit_s), world.as_of)
    root = office.hearing.writers["far-root"]
    for complete_at, going in (
        (world.as_of - limit_s, 2),
        (world.as_of - limit_s - 1, 0),
        (None, 0),
    ):
        assert rank(reheard(office, root, complete_at=complete_at)) == going
        assert rank(reheard(device, root, complete_at=complete_at)) == 2


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, st.integers(1, 3))
def test_a_revoked_writer_is_heard_as_far_as_its_last_followers_are(
    seed: int, pick: int, times: int
) -> None:
    world = in_order(seed).world
    world = heard(required(world, asked_of(world, pick)), None, "revoked")
    assert rank(world) == 0
    for number in range(1, times + 1):
        state = {"office": "far", "follows": f"far-{number}"}
        after = Heard(writer=f"far-{number + 1}", complete_at=world.as_of - HOUR, **state)
        assert rank(reheard(world, after)) == 2
        assert rank(reheard(world, after, complete_at=world.as_of - HOUR - 1)) == 0
        world = reheard(world, after, doubts=frozenset({"revoked"}))
    assert rank(world) == 0
    assert rank(reheard(world, world.hearing.writers["far-1"], follows=after.writer)) == 0


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, doubts)
def test_who_recorded_a_word_is_never_in_doubt_when_it_may_go(
    seed: int, pick: int, doubt: str
) -> None:
    world = in_order(seed).world
    parties = _asked(world)
    one = one_of(
        sorted({said.id for act, said in world.acts(object) if act.party in parties}), pick
    )
    world = heard(world, None, doubt)
    by = {**world.hearing.recorded_by, one: frozenset({"far-1"})}
    doubted = replace(world, hearing=replace(world.hearing, recorded_by=by))
    assert rank(doubted) == (2 if doubt in HARMLESS else 0)


def _is_read(world: World, paper: Any) -> bool:
    situation, movement = judge_of(world).situation, world.movements[0]
    if isinstance(paper, Arrangement):
        return True  # those of a world hold everywhere on the way
    return paper in situation.facts_of(type(paper), movement)


@pytest.mark.law(13)
@examples
@given(going_seeds, picks, doubts)
def test_who_recorded_a_paper_that_is_read_is_never_in_doubt_when_it_may_go(
    seed: int, pick: int, doubt: str
) -> None:
    world = heard(in_order(seed).world, None, doubt)
    papers = [one for kind in PAPERS for one in world.all(kind)]
    assume(papers)
    paper = one_of(sorted(papers, key=lambda one: (one.tag, one.id)), pick)
    by = {**world.hearing.noted_by, (paper.tag, paper.id): frozenset({"far-1"})}
    doubted = replace(world, hearing=replace(world.hearing, noted_by=by))
    # A later permit or clearance sets an older one aside, and nobody reads that any more.
    assume(_is_read(world, paper))
    assert rank(doubted) == (2 if doubt in HARMLESS else 0)


@pytest.mark.law(13)
@examples
@given(seeds, changes, picks, limits_s, WHO, st.booleans())
def test_requiring_one_more_never_opens_anything(
    seed: int, changed: int, pick: int, limit_s: int, who: dict[str, str], far: bool
) -> None:
    asked = near(seed, changed)
    areas = ("far",) if far else ()
    party = one_of(("army", "front", "council", "ministry", "patron", "envoy"), pick)
    more = required(asked.world, party, limit_s, areas=areas, **who)
    for world in (more, heard(more, more.as_of - limit_s)):
        assert rank(world) <= asked.rank


@pytest.mark.law(13)
@examples
@given(seeds, changes, picks, st.sampled_from((1, 2, HOUR, DAY)))
def test_a_word_that_is_complete_up_to_later_never_closes_anything(
    seed: int, changed: int, pick: int, later_s: int
) -> None:
    world = near(seed, changed).world
    old = one_of(sorted(world.hearing.writers.values(), key=lambda one: one.writer), pick)
    before = world.as_of - 2 * DAY if old.complete_at is None else old.complete_at
    fresher = reheard(world, old, complete_at=before + later_s)
    assert rank(fresher) >= rank(world)


@pytest.mark.law(13)
@examples
@given(seeds, changes, picks, doubts)
def test_more_that_is_doubted_never_opens_anything(
    seed: int, changed: int, pick: int, doubt: str
) -> None:
    asked = near(seed, changed)
    old = one_of(sorted(asked.world.hearing.writers.values(), key=lambda one: one.writer), pick)
    # A revoked device is no longer one that its office must be heard through.
    assume(doubt != "revoked")
    assert rank(reheard(asked.world, old, doubts=old.doubts | {doubt})) <= asked.rank


@pytest.mark.law(14)
@examples
@given(seeds, changes, st.text(min_size=1, max_size=20))
def test_a_doubt_about_the_clock_is_never_a_go(seed: int, changed: int, words: str) -> None:
    for world in (in_order(seed).world, near(seed, changed).world):
        hearing = replace(_not_replayed(world).hearing, clock=words)
        assert rank(replace(world, hearing=hearing)) == 0


@pytest.mark.law(13, 14)
@examples
@given(seeds, changes, picks)
def test_a_replay_is_not_asked_who_was_heard(seed: int, changed: int, pick: int) -> None:
    world = replace(near(seed, changed).world, hearing=REPLAYED)
    bare = replace(world, records=tuple(world.but_required))
    assert rank(world) == rank(bare)
    assert rank(required(world, one_of(("army", "ministry"), pick))) == rank(bare)


@pytest.mark.law(13, 15)
@some
@given(going_seeds, picks, st.sampled_from((1, 60, HOUR, 3 * HOUR, 2 * DAY)), st.booleans())
def test_a_go_ends_before_a_required_writer_is_too_old(
    seed: int, pick: int, left_s: int, followed: bool
) -> None:
    world = in_order(seed).world
    world = required(world, asked_of(world, pick), 3 * DAY)
    complete_at = world.as_of - 3 * DAY + left_s
    if followed:
        after = Heard(writer="far-2", office="far", complete_at=complete_at, follows="far-1")
        going = reheard(heard(world, None, "revoked"), after)
    else:
        going = heard(world, complete_at)
    judgement = judged(going)
    assert judgement.expires is not None
    assert judgement.expires <= complete_at + 3 * DAY + 1  # heard at the limit, a second on not
    later = replace(going, as_of=complete_at + 3 * DAY + 1)
    assert rank(later) == 0


@pytest.mark.law(13)
@some
@given(going_seeds, picks)
def test_a_doubt_is_named_with_the_party_and_the_writer(seed: int, pick: int) -> None:
    world = in_order(seed).world
    party = asked_of(world, pick)
    found = [f for f in judged(_not_replayed(required(world, party))).findings if f.rule == "R1"]
    assert any(f.code == "NOT-HEARD" and f.status.value == "unknown" for f in found)
    assert any("far-1" in f.says for f in found)

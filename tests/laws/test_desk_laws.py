"""One record brought to a desk: what is not judged again would have been answered the same."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, reject

from safeconduct.clearance import Judge
from safeconduct.situation import picture
from safeconduct.vocabulary import Movement
from safeconduct.watch import Desk
from tests.laws.asking import changes, examples, near, one_of, picks, policy, seeds
from tests.worlds.adopted_ways import adopted_way
from tests.worlds.world import World


def _apart(world: World) -> World:
    """The world with a movement more for each single road of the way."""
    plan = world.movement
    more = []
    for number, step in enumerate(plan.legs[0].route):
        leg = replace(plan.legs[0], route=(step,))
        more.append(
            (replace(plan, id=f"part-{number}", legs=(leg,), one_way="made up"), world.as_of)
        )
    ids = (*world.movements, *(one.id for one, _ in more))
    return replace(world, records=(*world.records, *more), movements=ids)


@examples
@given(seeds, changes, picks)
def test_what_a_post_beside_adopted_roads_does_not_touch_reads_the_same(
    seed: int, changed: int, pick: int
) -> None:
    way = adopted_way(near(seed, changed).world, pick, placed=pick % 5 != 0)
    world = _apart(way.world)
    held = [value for value, _ in world.records]
    when = {"as_of": world.as_of, "known_at": world.known_at}
    before = picture(held, **when)
    known = [movement for movement in world.movements if movement in before.movements]
    brought = Desk.of(Judge(before, world.network, policy()), known).with_record(way.post)
    assert brought is not None
    after, _ = brought
    fresh = Judge(picture([*held, way.post], **when), world.network, policy())
    assert {m: a.judgement for m, a in after.answers.items()} == {m: fresh.judge(m) for m in known}


@examples
@given(seeds, changes, picks)
def test_what_is_not_judged_again_reads_the_same(seed: int, changed: int, pick: int) -> None:
    world = _apart(near(seed, changed).world)
    held = [value for value, _ in world.records]
    one = one_of([value for value in held if not isinstance(value, Movement)], pick)
    when = {"as_of": world.as_of, "known_at": world.known_at, "hearing": world.hearing}
    before = picture([value for value in held if value is not one], **when)
    known = [movement for movement in world.movements if movement in before.movements]
    desk = Desk.of(Judge(before, world.network, policy()), known)
    brought = desk.with_record(one)
    if brought is None:  # it takes something away: the desk has to be laid anew
        reject()
    after, _ = brought
    fresh = Judge(picture(held, **when), world.network, policy())
    assert {m: a.judgement for m, a in after.answers.items()} == {m: fresh.judge(m) for m in known}

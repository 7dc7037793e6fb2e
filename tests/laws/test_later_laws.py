"""A picture in which time has gone on is the picture that is drawn as of the later moment."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.situation import amended, later, not_yet, picture
from tests.laws.asking import changes, examples, near, one_of, picks, seeds

steps = st.sampled_from((0, 1, 600, 3_600, 86_400, 400_000))


@examples
@given(seeds, changes, picks, steps, steps)
def test_a_picture_goes_on_in_time_and_takes_one_record_more(
    seed: int, changed: int, pick: int, before_s: int, after_s: int
) -> None:
    world = near(seed, changed).world
    held = [value for value, _ in world.records]
    one = one_of(held, pick)
    rest = [value for value in held if value is not one]
    begun = picture(rest, as_of=world.as_of - before_s, known_at=world.known_at)
    when = {"as_of": world.as_of + after_s, "known_at": world.known_at + after_s}
    moved = later(begun, **when, ahead=not_yet(begun))
    assert moved == picture(rest, **when)
    assert amended(moved, one) == picture(held, **when)


@examples
@given(seeds, changes, steps)
def test_what_is_still_to_come_is_what_has_not_happened(
    seed: int, changed: int, before_s: int
) -> None:
    world = near(seed, changed).world
    held = [value for value, _ in world.records]
    as_of = world.as_of - before_s
    begun = picture(held, as_of=as_of, known_at=world.known_at)
    there = {id(one) for kind in begun.index.facts.values() for one in kind}
    ahead = not_yet(begun)
    assert not any(id(one) in there for one in ahead)
    assert not_yet(begun, (*ahead, *ahead)) == ahead

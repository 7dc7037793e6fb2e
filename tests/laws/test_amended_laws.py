"""A picture with one record more is the picture that all records together give."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.situation import amended, picture
from safeconduct.vocabulary import Assumption, Statement
from tests.laws.asking import changes, examples, near, one_of, picks, seeds
from tests.worlds.world import World


def _pictures(world: World, pick: int, moved_s: int) -> tuple[object, object]:
    """A picture amended by one record, and the one drawn from all of them."""
    held = [value for value, _ in world.records]
    one = one_of(held, pick)
    when = {"as_of": world.as_of + moved_s, "known_at": world.known_at}
    before = picture([value for value in held if value is not one], **when)
    return amended(before, one), picture(held, **when)


@examples
@given(seeds, changes, picks, st.sampled_from((0, -3_600, -400_000)))
def test_one_record_more_gives_the_picture_of_all(
    seed: int, changed: int, pick: int, moved_s: int
) -> None:
    found, drawn = _pictures(near(seed, changed).world, pick, moved_s)
    assert found == drawn


@examples
@given(seeds, picks)
def test_a_record_that_is_there_already_changes_nothing(seed: int, pick: int) -> None:
    world = near(seed, 1).world
    held = [value for value, _ in world.records]
    whole = picture(held, as_of=world.as_of, known_at=world.known_at)
    assert amended(whole, one_of(held, pick)) is whole


@examples
@given(seeds, picks)
def test_where_something_is_taken_away_the_picture_is_drawn_anew(seed: int, pick: int) -> None:
    world = near(seed, 1).world
    held = [value for value, _ in world.records]
    whole = picture(held, as_of=world.as_of, known_at=world.known_at)
    said = one_of(
        [
            one
            for one in held
            if isinstance(one, Statement) and one.acts and whole.as_of >= one.said_at
        ],
        pick,
    )
    told_otherwise = replace(said, paraphrase="told otherwise")
    same_acts = replace(said, id="another")
    assumed = Assumption(id="a", rule="A1", what="w", why="y", supplies=())
    assert [amended(whole, one) for one in (told_otherwise, same_acts, assumed)] == [None] * 3

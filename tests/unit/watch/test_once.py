"""A party's record where one word stands in several statements: it is counted once."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Form, IncidentState, SameStatement, Suspend, Withdraw
from safeconduct.watch import Given, State, perhaps_twice, record
from tests.unit.watch.histories import AFTER, LATER, NOON, check, kept, report, review
from tests.worlds.twice import same, told_again
from tests.worlds.two_towns import SPOKEN, may, said, window

ONE, OTHER = "north-guarantees", "north-guarantees-desk"
WORD, TWIN = "north-restraint", "north-restraint-desk"


def twice(*more, world=LATER, **otherwise):
    """What happened to the two towns, with the word of the north recorded by a desk as well."""
    told = told_again(world.record(ONE), "desk", **otherwise)
    return world.plus(told, *more)


LINK = same(ONE, OTHER)


def counts(world):
    return record(world.cover(), "north").counts


def test_a_word_told_twice_counts_twice_until_somebody_says_that_it_is_one():
    alone = counts(LATER).given
    assert counts(twice()).given == 2 * alone
    assert counts(twice(LINK)).given == alone


def test_it_is_told_with_all_its_words_and_by_the_strongest():
    one = kept(twice(LINK, form=Form.ORAL, noted=True, call_back=True), WORD)
    assert (one.given, one.twins) == (Given.WRITTEN, (TWIN,))
    assert [word.statement.id for word in one.words] == [ONE, OTHER]


def test_a_telling_that_gives_nothing_by_itself_is_not_left_aside_apart():
    told = record(twice(LINK, form=Form.RELAYED).cover(), "north")
    assert told.left_aside == ()
    assert kept(twice(LINK, form=Form.RELAYED), WORD).twins == (TWIN,)


def test_fire_on_it_breaks_it_once():
    fired = (report(), review(IncidentState.VERIFIED))
    assert (counts(twice(*fired)).broken, counts(twice(*fired, LINK)).broken) == (2, 1)


def test_a_withdrawal_of_one_telling_ends_it():
    back = said("north", may(5), Withdraw(id="back", party="north", of=(TWIN,)))
    assert kept(twice(back), WORD).ended_by is None
    assert kept(twice(back, LINK), WORD).ended_by.act == "back"


def test_a_telling_that_dates_it_later_is_no_later_word_after_a_suspension():
    pause = said("north", may(4, 12), Suspend(id="pause", party="north", what="the truce is over"))
    world = twice(pause, LINK, said_at=may(4, 23))
    assert kept(world, WORD).stood.within(window(may(6), AFTER).span).bounds == ()


@pytest.mark.parametrize(
    ("incident", "state"), [((), State.UNCLEAR), ((report(), review()), State.BROKEN)]
)
def test_told_differently_it_is_unclear_unless_each_telling_of_it_is_broken(incident, state):
    world = twice(LINK, *incident).given(TWIN, windows=(window(may(6, 7), may(6, 18)),))
    one = kept(world, WORD)
    assert (one.state, one.twins) == (state, (TWIN,))
    assert counts(world).given == counts(LATER).given


def test_told_differently_it_is_no_breach_where_one_telling_does_not_reach_the_fire():
    world = twice(LINK, report(), review())
    short = world.given(TWIN, windows=(window(may(6, 6), NOON),))
    one = kept(short, WORD)
    assert (one.state, one.why) == (State.UNCLEAR, "those who tell it differ in what it undertook")


# -- pointed out, never linked


def pairs(world):
    return [(one.one.id, one.other.id) for one in perhaps_twice(world.situation(), "north")]


def test_what_looks_like_one_word_is_pointed_out_until_it_is_linked():
    world = twice(world=SPOKEN, said_at=may(4, 10) + 900)
    assert pairs(world) == [
        (WORD, TWIN),
        ("north-passage", "north-passage-desk"),
    ]
    assert pairs(world.plus(LINK)) == []
    assert SameStatement not in {type(one) for one in world.records}


def test_a_pair_that_differs_in_one_field_is_told_with_both_values():
    world = twice(world=SPOKEN).given("north-passage-desk", unnamed_corridors=2)
    found = perhaps_twice(world.situation(), "north")
    assert [one.differ for one in found] == [(), (("unnamed corridors", "0", "2"),)]


@pytest.mark.parametrize(
    "otherwise",
    [{"said_at": may(4, 11) + 1}, {"sources": ("letter",)}, {"actor": "south"}],
    ids=["more than an hour later", "from the same source", "by another, about other times"],
)
def test_what_is_further_apart_is_not(otherwise):
    world = SPOKEN.but(ONE, sources=("letter",))
    world = twice(world=world, **otherwise)
    if "sources" not in otherwise:
        world = world.but(OTHER, sources=())
    if "actor" in otherwise:
        world = world.given(TWIN, open_ended=True).given("north-passage-desk", open_ended=True)
    assert pairs(world) == []


def test_an_independent_look_counts_for_the_one_undertaking():
    assert kept(twice(LINK, check()), WORD).state is State.KEPT

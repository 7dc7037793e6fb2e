"""Section 5: what takes time out of a good grant, to the second; ties go to the doubt."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import NEVER, OPEN_END, Spans
from safeconduct.vocabulary import Confirm, Form, Suspend, Withdraw
from tests.worlds.two_towns import PASSAGE, SPOKEN, WHOLE_DAY, codes, may, said

WORD = "north-passage"
GIVEN = may(4, 10)  # when the north gave its word, for 6 May 06:00 to 18:00
NINE = may(6, 9)
ALL = Spans.of([WHOLE_DAY.span])
UNTIL_NINE = Spans.one(may(6, 6), NINE)


def passage(*statements, world=SPOKEN):
    return world.at(may(7)).plus(*statements).turned(PASSAGE, "north")


def withdraw(at, *of, party="north", **more):
    return said(party, at, Withdraw(id=f"withdraw-{at}", party=party, of=of, **more))


def suspend(at, party="north", **more):
    act = Suspend(id=f"suspend-{at}", party=party, what="the truce is over", **more)
    return said(party, at, act, form=Form.ANNOUNCEMENT, to=())


def confirm(at, of=WORD, **strength):
    return said("north", at, Confirm(id=f"confirm-{at}", party="north", of=(of,)), **strength)


def test_a_withdrawal_ends_a_word_from_the_second_it_was_said():
    assert passage(withdraw(NINE, WORD)) == UNTIL_NINE


def test_a_withdrawal_holds_for_good_whatever_is_confirmed_afterwards():
    assert passage(withdraw(NINE, WORD), confirm(may(6, 10))) == UNTIL_NINE


def test_a_withdrawal_may_take_effect_later_or_before_it_was_said():
    assert passage(withdraw(may(5), WORD, effective_at=NINE)) == UNTIL_NINE
    assert passage(withdraw(may(6, 12), WORD, effective_at=NINE)) == UNTIL_NINE


def test_a_withdrawal_of_another_word_takes_nothing_from_this_one():
    assert passage(withdraw(NINE, "north-restraint")) == ALL


def test_a_withdrawal_that_names_nothing_ends_every_word_of_the_party_there():
    assert passage(withdraw(NINE)) == UNTIL_NINE
    assert passage(withdraw(NINE, areas=("north-bank",))) == UNTIL_NINE
    assert passage(withdraw(NINE, areas=("far-hills",))) == ALL


def test_areas_overlap_when_the_network_says_so():
    # Both banks hold the place bridge, so they share ground.
    assert SPOKEN.network.overlap("north-bank", "south-bank")
    assert passage(withdraw(NINE, areas=("south-bank",))) == UNTIL_NINE


def test_an_area_that_the_network_does_not_know_may_be_anywhere():
    assert passage(withdraw(NINE, areas=("the-valley",))) == UNTIL_NINE


@pytest.mark.parametrize(
    ("at", "left"),
    [(GIVEN - 1, ALL), (GIVEN, NEVER), (GIVEN + 1, NEVER)],
    ids=["a second before", "the same second", "a second after"],
)
def test_a_limit_takes_what_was_said_up_to_its_own_second(at, left):
    assert passage(withdraw(at)) == left
    assert passage(suspend(at)) == left


def test_another_party_withdraws_and_suspends_only_its_own():
    assert passage(withdraw(NINE, WORD, party="south"), suspend(NINE, party="south")) == ALL


def test_a_broad_statement_suspends_every_word_it_overlaps_for_good():
    assert passage(suspend(NINE)) == UNTIL_NINE
    assert passage(suspend(NINE, areas=("north-bank",))) == UNTIL_NINE
    assert passage(suspend(NINE, areas=("far-hills",))) == ALL


def test_a_reconfirmation_ends_a_suspension_from_the_second_it_was_said():
    again = passage(suspend(NINE), confirm(may(6, 10)))
    assert again == ALL - Spans.one(NINE, may(6, 10))


@pytest.mark.parametrize("at", [NINE - 1, NINE], ids=["a second before", "the same second"])
def test_only_what_is_reconfirmed_after_the_suspension_stands_again(at):
    assert passage(suspend(NINE), confirm(at)) == UNTIL_NINE
    assert passage(suspend(NINE), confirm(NINE + 1)) == ALL - Spans.one(NINE, NINE + 1)


def test_the_first_good_reconfirmation_counts_and_a_faulty_one_does_not():
    public = confirm(may(6, 10), form=Form.ANNOUNCEMENT)
    good = confirm(may(6, 11))
    assert passage(suspend(NINE), public) == UNTIL_NINE
    assert passage(suspend(NINE), public, good, confirm(may(6, 12))) == (
        ALL - Spans.one(NINE, may(6, 11))
    )


def test_a_reconfirmation_restores_only_the_word_that_it_names():
    assert passage(suspend(NINE), confirm(may(6, 10), of="north-restraint")) == UNTIL_NINE


def test_a_suspension_may_reach_back_before_it_was_said():
    back = suspend(may(6, 10), effective_at=may(6, 8))
    assert passage(back) == Spans.one(may(6, 6), may(6, 8))
    assert passage(back, confirm(may(6, 9))) == Spans.one(may(6, 6), may(6, 8))
    assert passage(back, confirm(may(6, 11))) == ALL - Spans.one(may(6, 8), may(6, 11))


def test_a_suspension_reconfirmed_before_it_takes_effect_never_does():
    assert passage(suspend(may(5), effective_at=NINE), confirm(may(5, 12))) == ALL


def test_two_suspensions_need_a_word_after_the_later_one():
    both = (suspend(NINE), suspend(may(6, 11)))
    assert passage(*both, confirm(may(6, 10))) == (
        ALL - Spans.one(NINE, may(6, 10)) - Spans.one(may(6, 11), OPEN_END)
    )


def test_a_word_given_after_the_limit_is_a_new_one():
    anew = SPOKEN.but("north-guarantees", said_at=may(5))
    assert passage(withdraw(GIVEN), suspend(GIVEN), world=anew) == ALL


def test_a_suspended_word_is_not_faulty_it_only_holds_at_no_time():
    world = SPOKEN.plus(suspend(may(5)))
    assert codes(world.standing(WORD)) == []
    assert [cut.code.value for cut in world.standing(WORD).cuts] == ["SUSPENDED"]
    assert ("A5", "SUSPENDED") in world.failing()

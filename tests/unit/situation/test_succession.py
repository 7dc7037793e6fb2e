"""Which of several decisions, or outcomes, holds: the latest, in whatever order they arrive."""

from __future__ import annotations

from itertools import permutations

from safeconduct.situation import picture
from safeconduct.situation.succession import decisions_in_order, outcomes_in_order
from safeconduct.vocabulary import Choice, Decision, Outcome, Result
from tests.worlds.two_towns import MOVEMENT, NOW


def decided(id, choice, at=NOW, follows=""):
    return Decision(
        id=id, movement=MOVEMENT, version=1, choice=choice, by="head", decided_at=at, why="so",
        follows=follows,
    )  # fmt: skip


def came_out(id, result, at=NOW, follows=""):
    return Outcome(
        id=id, movement=MOVEMENT, version=1, result=result, what="so", at=at, follows=follows
    )


def ids(records):
    return [one.id for one in records]


def test_the_latest_decision_holds_in_whatever_order_they_come():
    go, hold, early = (
        decided("b", Choice.GO),
        decided("a", Choice.HOLD, NOW + 60),
        decided("c", Choice.NOT_GO, NOW - 60),
    )
    for order in permutations((go, hold, early)):
        assert ids(decisions_in_order(order)) == ["c", "b", "a"]


def test_of_two_at_one_moment_the_one_that_follows_the_other_holds():
    one, two = decided("one", Choice.HOLD), decided("two", Choice.RESUME, follows="one")
    three = decided("three", Choice.ABORT, follows="two")
    for order in permutations((one, two, three)):
        assert ids(decisions_in_order(order)) == ["one", "two", "three"]


def test_of_two_at_one_moment_that_know_nothing_of_each_other_the_more_careful_one_holds():
    assert decisions_in_order([decided("a", Choice.HOLD), decided("b", Choice.GO)])[-1].id == "a"
    fine, bad = came_out("a", Result.FACILITATED), came_out("b", Result.STRUCK)
    assert outcomes_in_order([bad, fine])[-1] is bad


def test_a_correction_holds_though_it_names_the_same_hour():
    wrong = came_out("wrong", Result.STRUCK)
    right = came_out("right", Result.FACILITATED, follows="wrong")
    assert ids(outcomes_in_order([right, wrong])) == ["wrong", "right"]


def test_an_outcome_without_an_hour_comes_before_every_other():
    assert (
        ids(outcomes_in_order([came_out("a", Result.DENIED), came_out("b", Result.STRUCK, None)]))[
            -1
        ]
        == "a"
    )


def test_a_circle_of_followers_ends():
    one, two = decided("one", Choice.GO, follows="two"), decided("two", Choice.HOLD, follows="one")
    assert decisions_in_order([one, two])[-1].choice is Choice.HOLD


def test_a_decision_counts_from_the_second_it_was_made_and_an_outcome_from_its_hour():
    for record in (decided("d", Choice.GO), came_out("o", Result.DENIED)):
        for now, found in ((NOW - 1, ()), (NOW, (record,))):
            assert picture([record], as_of=now, known_at=now).facts(type(record)) == found
    untimed = came_out("o", Result.DENIED, None)
    assert picture([untimed], as_of=NOW, known_at=NOW).facts(Outcome) == (untimed,)

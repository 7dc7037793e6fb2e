"""Rules T2 and T5: time to prepare after the last approval, and open-ended words kept fresh."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.vocabulary import Announce, Confirm, Form
from tests.worlds.two_towns import BANKS, DAY, DEPART, HOUR, POLICY, TOWNS, may, said

MOVEMENT = "relief-to-birch"
A_DAY_BEFORE = DEPART - DAY


def confirmed(at, *of, by="north"):
    return said(by, at, Confirm(id=f"confirm-{at}", party=by, of=of))


# -- T2: the operation needs 24 h of preparation before it departs at 09:00


@pytest.mark.parametrize(
    ("said_at", "in_time"),
    [(A_DAY_BEFORE - 1, True), (A_DAY_BEFORE, True), (A_DAY_BEFORE + 1, False)],
    ids=["a second more", "exactly", "a second short"],
)
def test_the_last_approval_leaves_the_whole_preparation_to_the_second(said_at, in_time):
    world = TOWNS.but("south-guarantees", said_at=said_at)
    assert world.failing() == (set() if in_time else {("T2", "PREPARATION-TOO-SHORT")})


def test_the_finding_says_when_it_could_leave():
    world = TOWNS.but("south-guarantees", said_at=may(5, 10))
    says = world.only("T2").says
    assert "existed from 2030-05-05 10:00 UTC" in says
    assert "with 24 h of preparation the earliest departure is 2030-05-06 10:00 UTC" in says


def test_preparation_counts_from_the_first_sufficient_set():
    # The same word given again later does not begin the count anew.
    again = said("south", may(6, 7), TOWNS.act("south-restraint"), id="again")
    once_more = TOWNS.without("south-restraint").plus(
        said("south", may(4, 11), TOWNS.act("south-restraint"), id="first"),
        confirmed(may(6, 7), "south-restraint", by="south"),
    )
    assert once_more.verdict() == "go"
    assert TOWNS.without("south-restraint").plus(again).failing() == {
        ("T2", "PREPARATION-TOO-SHORT")
    }


def test_an_announcement_counts_from_its_confirmation():
    offer = Announce(
        id="north-passage", party="north", undertaking=TOWNS.act("north-passage").undertaking
    )
    public = said("north", may(4), offer, form=Form.ANNOUNCEMENT, to=())
    world = TOWNS.without("north-passage").plus(public)
    assert world.plus(confirmed(A_DAY_BEFORE, "north-passage")).verdict() == "go"
    late = world.plus(confirmed(A_DAY_BEFORE + 1, "north-passage"))
    assert late.failing() == {("T2", "PREPARATION-TOO-SHORT")}


def test_two_words_that_only_together_cover_the_way_count_from_the_later():
    whole = TOWNS.act("north-restraint")
    north, south = (
        replace(whole, id=bank, undertaking=replace(whole.undertaking, areas=(bank,)))
        for bank in BANKS
    )
    halves = TOWNS.without("north-restraint").plus(
        said("north", may(4), north), said("north", A_DAY_BEFORE + 1, south)
    )
    assert halves.failing() == {("T2", "PREPARATION-TOO-SHORT")}


def test_no_sufficient_set_is_unknown_with_the_doubt_named():
    finding = TOWNS.without("south-consent").only("T2")
    assert (finding.status.value, finding.code) == ("unknown", "NO-SUFFICIENT-SET")
    assert finding.remedy == "The earliest departure is 24 h after the last approval."


def test_without_preparation_a_word_may_come_up_to_the_departure():
    world = TOWNS.but(MOVEMENT, preparation_s=0).but("south-guarantees", said_at=may(6, 7, 30))
    assert world.verdict() == "go"


# -- T5: an open-ended word is vouched for within 24 h before departure


def open_ended(*grants, world=TOWNS):
    for grant in grants or ("north-passage",):
        world = world.given(grant, open_ended=True)
    return world


def test_an_open_ended_word_that_was_not_reconfirmed_is_for_sign_off():
    world = open_ended()
    assert world.failing() == {("T5", "RECONFIRM")}
    assert world.verdict() == "conditional"
    finding = world.only("T5")
    assert (finding.level.value, finding.party) == ("COND", "north")
    assert finding.remedy == "Have The North reconfirm it after 2030-05-05 09:00 UTC (09:00Z)."


@pytest.mark.parametrize(
    ("at", "fresh"),
    [(A_DAY_BEFORE - 1, False), (A_DAY_BEFORE, True), (A_DAY_BEFORE + 1, True)],
    ids=["a second early", "exactly", "a second later"],
)
def test_a_reconfirmation_within_the_hours_before_departure_keeps_it_fresh(at, fresh):
    world = open_ended().plus(confirmed(at, "north-passage"))
    assert world.verdict() == ("go" if fresh else "conditional")


def test_a_word_with_an_end_needs_no_reconfirmation():
    assert TOWNS.findings("T5")[0].status.value == "not-applicable"


def test_an_open_ended_word_beside_one_with_an_end_is_not_relied_on():
    spare = TOWNS.but("north-passage", id="spare").act("spare")
    world = open_ended().plus(said("north", may(4), spare))
    assert world.verdict() == "go"


def test_every_open_ended_word_of_a_party_is_named():
    world = open_ended("north-passage", "north-restraint")
    assert set(world.only("T5").statements) == {"north-passage", "north-restraint"}


def test_each_party_with_an_open_ended_word_is_named():
    world = open_ended("north-passage", "south-passage")
    assert {f.party for f in world.findings("T5")} == {"north", "south"}


def test_the_hours_are_those_of_the_profile():
    hasty = replace(POLICY.profile("default"), reconfirm_open_ended_s=HOUR)
    world = replace(open_ended(), policy=replace(POLICY, profiles=(hasty,)), now=may(6, 8, 30))
    assert world.plus(confirmed(may(6, 8), "north-passage")).verdict() == "go"
    assert world.plus(confirmed(may(6, 7), "north-passage")).failing() == {("T5", "RECONFIRM")}

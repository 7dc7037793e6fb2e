"""Rules E1 and E2: an evacuation is voluntary, and leads where people choose to go."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Means, Purpose
from tests.worlds.leaving import care, home, leaving, resort, screening, terms
from tests.worlds.two_towns import HOUR


def evacuation(purpose=Purpose.CIVILIAN_EVACUATION):
    """Civilians leave Birch; of their papers only the terms are still to come."""
    return leaving(purpose).plus(care(), resort(), home(), screening())


def judged(*known):
    return evacuation().plus(*known)


@pytest.mark.parametrize(
    "purpose", [Purpose.AID_DELIVERY, Purpose.MEDICAL_EVACUATION, Purpose.FIGHTERS_LEAVING]
)
def test_only_the_evacuation_of_civilians_asks_for_these(purpose):
    world = evacuation(purpose)
    assert world.only("E1").status.value == world.only("E2").status.value == "not-applicable"


def test_an_evacuation_recorded_as_voluntary_and_chosen_is_met():
    assert judged(terms()).verdict() == "go"


def test_what_nobody_has_recorded_is_a_doubt():
    assert judged().failing() == {("E1", "VOLUNTARINESS-UNKNOWN"), ("E2", "CHOICE-UNKNOWN")}
    assert judged(terms(id="x", movement="another")).failing() == judged().failing()


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"voluntary": None}, "VOLUNTARINESS-UNKNOWN"),
        ({"forced_route": None}, "VOLUNTARINESS-UNKNOWN"),
        ({"voluntary": False}, "NOT-VOLUNTARY"),
        ({"forced_route": True}, "NOT-VOLUNTARY"),
    ],
)
def test_e1_asks_for_free_will_and_no_forced_route(known, code):
    assert judged(terms(**known)).failing() == {("E1", code)}


@pytest.mark.parametrize(
    ("known", "code"),
    [
        ({"own_choice": None}, "CHOICE-UNKNOWN"),
        ({"acceptable_destination": None}, "CHOICE-UNKNOWN"),
        ({"own_choice": False}, "NO-CHOICE"),
        ({"acceptable_destination": False}, "NO-CHOICE"),
    ],
)
def test_e2_asks_for_own_choice_and_an_acceptable_destination(known, code):
    assert judged(terms(**known)).failing() == {("E2", code)}


def test_one_record_that_says_no_outweighs_another_that_says_yes():
    no = terms(id="second", voluntary=False, own_choice=False)
    assert judged(terms(), no).failing() == {("E1", "NOT-VOLUNTARY"), ("E2", "NO-CHOICE")}


def test_two_records_may_say_the_two_halves():
    world = judged(
        terms(forced_route=None, acceptable_destination=None),
        terms(id="second", voluntary=None, own_choice=None),
    )
    assert world.verdict() == "go"


@pytest.mark.parametrize("acceptable", [None, False])
def test_destinations_held_only_by_who_threatens_the_way_fail(acceptable):
    held = terms(acceptable_destination=acceptable, held_by=("north",))
    finding = judged(held).only("E2")
    assert (finding.code, finding.party) == ("ONLY-TO-ATTACKER", "north")
    assert "held by those who can fire on the way from outside: The North." in finding.says


def test_who_fires_only_where_it_holds_the_road_does_not_attack_the_way_to_itself():
    assert judged(terms(held_by=("south",))).verdict() == "go"


def test_terms_that_lead_only_to_the_attacker_fail_beside_others():
    other = judged(terms(), terms(id="second", held_by=("north",)))
    assert other.only("E2").code == "ONLY-TO-ATTACKER"


def test_a_destination_held_by_another_is_not_the_attackers():
    world = judged(terms(held_by=("north", "red-cross")))
    assert world.verdict() == "go"


def test_a_destination_held_by_a_party_without_means_on_the_way_is_not_the_attackers():
    # The south only keeps the post at the bridge; what is wanting is that anybody accepted it.
    post = frozenset({Means.CHECKPOINT})
    known = terms(acceptable_destination=None, held_by=("south",))
    world = judged(known).but("south-garrison", means=post)
    assert world.failing() == {("E2", "CHOICE-UNKNOWN")}


def test_the_reason_is_told_in_the_words_of_who_recorded_it():
    finding = judged(terms(voluntary=False)).only("E1")
    assert finding.says == "The evacuation is not voluntary: asked in Birch."
    assert finding.statements == ("terms",)


def test_the_stay_in_birch_is_the_one_of_the_plan():
    assert evacuation().movement().legs[0].service_s == 2 * HOUR

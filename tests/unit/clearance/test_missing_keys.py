"""Section 7, rule A1: which key is not turned, of whom, where and when, and on what word."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Accept,
    Direction,
    Link,
    Movers,
    Order,
    Purpose,
    Reject,
)
from tests.worlds.twice import same, told_again
from tests.worlds.two_towns import (
    DEPART,
    ENVOY,
    MORTARS,
    PASSAGE,
    TOWNS,
    guarantee,
    may,
    said,
    undertaking,
    window,
)


def test_every_rule_of_a_movement_in_order_is_met_or_not_applicable():
    assert TOWNS.verdict() == "go"
    assert {f.status.value for f in TOWNS.judged().findings} == {"met", "not-applicable"}


def test_a1_names_the_party_the_key_the_road_and_the_hours():
    finding = TOWNS.without("north-passage").only("A1")
    assert (finding.code, finding.party) == ("PASSAGE-MISSING", "north")
    # At the bridge from 09:12 on, in Birch, and at the bridge again until 12:50.
    assert finding.says.startswith("The North: no passage that counts on ")
    assert "2030-05-06 09:12 to 12:50 UTC" in finding.says
    assert "direction in and out" in finding.remedy


def test_a1_names_only_the_hours_in_which_the_key_is_asked():
    coming = TOWNS.but("north-garrison", valid=Span(may(6, 10), may(10)))
    found = coming.without("north-passage").findings("A1")
    (passage,) = (one for one in found if one.code == "PASSAGE-MISSING")
    assert "2030-05-06 10:00 to 12:50 UTC" in passage.says


def test_a1_has_one_finding_for_each_party_and_kind():
    world = TOWNS.without("north-guarantees", "south-guarantees")
    found = {(f.party, f.code) for f in world.findings("A1")}
    assert found == {
        (party, f"{kind}-MISSING")
        for party in ("north", "south")
        for kind in ("PASSAGE", "RESTRAINT")
    }


def test_a1_is_unknown_where_the_road_is_not_assessed():
    finding = TOWNS.without("both-banks").only("A1")
    assert (finding.status.value, finding.code) == ("unknown", "NOT-ASSESSED")
    assert "A road nobody has assessed is not open." in finding.says


def test_a1_tells_a_stale_assessment_from_none():
    stale = TOWNS.but("south-garrison", valid=replace(TOWNS.record("both-banks").valid, end=DEPART))
    assert stale.only("A1").status.value == "unknown"
    assert "whose presence has lapsed" in stale.only("A1").says


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        ({"areas": ("south-bank",)}, "does not contain this stretch"),
        ({"purposes": frozenset({Purpose.STAFF_ROTATION})}, "given for other purposes"),
        ({"directions": frozenset({Direction.THROUGH})}, "given for other directions"),
        ({"for_whom": frozenset({Movers.FIGHTERS})}, "given for other people"),
        ({"windows": (window(may(6, 6), may(6, 10)),)}, "does not hold at that time"),
        ({"windows": (window(may(5), may(6)),)}, "had ended by then"),
        (
            {
                "purposes": frozenset({Purpose.STAFF_ROTATION}),
                "directions": frozenset({Direction.THROUGH}),
                "for_whom": frozenset({Movers.FIGHTERS}),
            },
            "given for other purposes, directions and people",
        ),
    ],
)
def test_a1_says_why_the_word_that_was_given_does_not_count(given, reason):
    says = TOWNS.given("north-passage", **given).only("A1").says
    assert f"(north-passage): {reason}." in says


def test_a_restraint_of_other_means_is_told_as_one():
    world = TOWNS.given("south-restraint", means=frozenset({MORTARS}))
    assert "(south-restraint): about other means." in world.only("A1").says


def test_a_word_for_any_purpose_direction_and_people_is_not_blamed_for_them():
    world = TOWNS.given(
        "north-passage",
        areas=("south-bank",),
        purposes=frozenset({Purpose.ANY}),
        directions=frozenset({Direction.ANY}),
        for_whom=frozenset({Movers.ANYONE}),
    )
    assert "(north-passage): does not contain this stretch." in world.only("A1").says


def test_a_rejection_is_told_first():
    reject = said("north", may(5), Reject(id="no", party="north", of=("north-passage",)))
    finding = TOWNS.plus(reject).only("A1")
    assert finding.code == "REJECTED"
    assert "It rejected what was offered." in finding.says
    assert "no" in finding.statements


def test_a_rejection_of_an_offer_for_other_days_is_not_told_as_one_of_this():
    past = undertaking(PASSAGE, "north-bank", windows=(window(may(1), may(2)),))
    offer = said("envoy", may(1), guarantee("old", "north", past))
    reject = said("north", may(1, 12), Reject(id="no", party="north", of=("old",)))
    world = TOWNS.without("north-passage").plus(ENVOY, offer, reject)
    assert world.only("A1").code == "PASSAGE-MISSING"


@pytest.mark.parametrize(
    ("movement", "code"), [("relief-to-birch", "REJECTED"), ("another", "PASSAGE-MISSING")]
)
def test_a_rejected_link_is_told_where_it_is_a_link_with_this_movement(movement, code):
    link = Link(id="link", order=Order.TOGETHER, concerned=("north",), movements=(movement,))
    reject = said("north", may(5), Reject(id="no", party="north", of=("link",)))
    world = TOWNS.without("north-passage").plus(link, reject)
    assert world.only("A1").code == code


@pytest.mark.parametrize(
    ("accepted_at", "code"), [(may(5), "REJECTED"), (may(5) + 1, "PASSAGE-MISSING")]
)
def test_a_rejection_is_told_until_the_same_is_accepted_afterwards(accepted_at, code):
    reject = said("north", may(5), Reject(id="no", party="north", of=("plan",)))
    accept = said("north", accepted_at, Accept(id="yes", party="north", of=("plan",)))
    assert TOWNS.without("north-passage").plus(reject, accept).only("A1").code == code


@pytest.mark.parametrize(
    ("earlier", "others", "code"),
    [
        (0, {}, "PASSAGE-MISSING"),
        (1, {}, "REJECTED"),
        (0, {"acts": ()}, "REJECTED"),
    ],
    ids=["alike", "told-earlier-by-another", "told-differently"],
)
def test_what_is_told_by_several_was_accepted_afterwards_by_all_of_them(earlier, others, code):
    reject = said("north", may(5), Reject(id="no", party="north", of=("plan",)))
    yes = said("north", may(5) + 1, Accept(id="yes", party="north", of=("plan",)), id="says-yes")
    other = told_again(yes, "desk", said_at=yes.said_at - earlier, **others)
    world = TOWNS.without("north-passage").plus(reject, yes, other, same(yes.id, other.id))
    assert code in {one.code for one in world.findings("A1")}


def test_a_rejection_of_everything_is_told():
    reject = said("north", may(5), Reject(id="no", party="north", of=(), what="all of it"))
    assert TOWNS.without("north-passage").plus(reject).only("A1").code == "REJECTED"

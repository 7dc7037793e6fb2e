"""Rules G3, N3, X3, X4 and X5: units, relays, ultimatums, forces that gather, last words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.policy import Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    BuildUp,
    Confirm,
    Departure,
    Depth,
    Form,
    Instrument,
    InstrumentKind,
    NoRecentUse,
    Telling,
    Withdraw,
)
from tests.worlds.two_town_papers import demand, policy_of
from tests.worlds.two_towns import (
    BANKS,
    CLEAR,
    CLEAR_WITH_MARGIN,
    DAY,
    DEPART,
    ENVOY,
    GROUND,
    HOUR,
    PATRON,
    TEN_DAYS,
    TOWNS,
    WING,
    binds,
    may,
    notice,
    said,
    window,
)

ALL_SOUTH = ("south-restraint", "south-passage", "south-consent")
LEFT = Departure(id="left", movement="relief-to-birch", version=1, departed_at=DEPART, by="leader")


def confirm(party, at, *of, id="again", **changes):
    return said(party, at, Confirm(id=id, party=party, of=of, **changes), id=f"said-{id}")


# -- X5


@pytest.mark.parametrize(
    ("at", "fresh"),
    [(DEPART - DAY, True), (DEPART - DAY - 1, False)],
    ids=["24 h", "a second more"],
)
def test_a_last_word_was_said_at_most_a_day_before_departure_to_the_second(at, fresh):
    world = TOWNS.but("north-calls", said_at=at).at(DEPART - HOUR)
    assert world.failing() == (set() if fresh else {("X5", "NOT-RECONFIRMED")})
    assert world.verdict() == ("go" if fresh else "no-go")


def test_a_last_word_is_due_an_hour_before_departure_to_the_second():
    world = TOWNS.without("north-calls")
    assert world.at(DEPART - HOUR - 1).verdict() == "conditional"
    assert world.at(DEPART - HOUR).verdict() == "no-go"


def test_the_hours_are_those_of_the_profile():
    two = replace(TOWNS, policy=policy_of(Organisation.ANY, final_reconfirmation_s=2 * HOUR))
    assert {f.party for f in two.findings("X5") if f.code} == {"north", "south"}


def test_who_has_not_called_is_named_with_what_it_gave_and_by_when():
    finding = TOWNS.without("north-calls").only("X5")
    assert finding.party == "north"
    assert finding.says == (
        "The North has not said again what it gave in the 24 h before departure, so after "
        "2030-05-05 09:00 UTC (09:00Z)."
    )
    assert "Have The North reconfirm one of north-passage, north-restraint" in finding.remedy
    assert "by 2030-05-06 08:00 UTC" in finding.remedy
    assert finding.statements == ("north-passage", "north-restraint")


@pytest.mark.parametrize(
    ("windows", "fresh"),
    [
        ((window(CLEAR - 1, CLEAR),), True),
        ((window(CLEAR, CLEAR_WITH_MARGIN),), False),
        ((window(DEPART, DEPART + 1),), True),
        ((window(DEPART - 1, DEPART),), False),
    ],
    ids=["last second", "margin only", "first second", "before"],
)
def test_a_last_word_speaks_of_some_second_of_the_trip(windows, fresh):
    world = TOWNS.but("north-still", of=("north-restraint",), windows=windows)
    assert ({f.code for f in world.findings("X5")} == {""}) is fresh


def test_a_last_word_about_another_place_is_none():
    world = TOWNS.given("north-restraint", areas=(*BANKS, "far-hills"))
    away = world.but("north-still", of=("north-restraint",), areas=("far-hills",), windows=None)
    assert {f.code for f in away.findings("X5")} == {"NOT-RECONFIRMED"}


def test_a_word_that_nothing_rests_on_need_not_be_said_again():
    # What the north gives for the far hills is fresh, and no key of the way rests on it.
    spare = replace(TOWNS.act("north-passage"), id="spare")
    hills = replace(spare, undertaking=replace(spare.undertaking, areas=("far-hills",)))
    world = TOWNS.without("north-calls").plus(said("north", may(5, 20), hills))
    assert {f.code for f in world.findings("X5")} == {"NOT-RECONFIRMED"}


@pytest.mark.parametrize(
    "strength",
    [
        {"form": Form.ANNOUNCEMENT},
        {"telling": Telling.INFERRED},
        {"to": ()},
        {"form": Form.ORAL},
    ],
    ids=["in public", "inferred", "to nobody", "not noted"],
)
def test_a_last_word_counts_as_any_word_does(strength):
    world = TOWNS.but("north-calls", **strength)
    assert ("X5", "NOT-RECONFIRMED") in world.waiting()


def test_a_word_given_on_the_last_day_is_its_own_last_word():
    world = TOWNS.without("north-calls").but("north-guarantees", said_at=DEPART - DAY)
    assert world.verdict() == "go"


def test_whoever_gave_the_word_says_it_again():
    # The patron gave it for the north, which it binds.
    world = TOWNS.plus(PATRON, binds("patron", "north", *BANKS))
    world = world.but("north-guarantees", actor="patron")
    world = world.but("north-restraint", party="patron").but("north-passage", party="patron")
    assert {f.party for f in world.findings("X5") if f.code} == {"patron"}


def test_under_way_a_last_word_about_the_road_behind_still_counts():
    # At 12:50 only the bridge road is ahead; the south spoke of Birch at half past ten.
    world = TOWNS.plus(LEFT).at(may(6, 12, 50))
    assert world.verdict() == "go"
    silent = TOWNS.without("south-calls").plus(LEFT).at(may(6, 12, 50))
    assert silent.failing() == {("X5", "NOT-RECONFIRMED")}


# -- X3


@pytest.mark.parametrize(
    ("deadline", "met"), [(CLEAR_WITH_MARGIN, True), (CLEAR_WITH_MARGIN - 1, False)]
)
def test_the_column_is_clear_with_its_margin_before_a_deadline_to_the_second(deadline, met):
    world = TOWNS.plus(demand(deadline))
    assert (world.verdict() == "go") is met
    assert world.failing() == (set() if met else {("X3", "DEADLINE")})


def test_a_deadline_that_is_past_is_still_one():
    assert TOWNS.plus(demand(may(4, 21))).failing() == {("X3", "DEADLINE")}


def test_a_deadline_is_named_with_who_demands_what_and_what_to_do():
    finding = TOWNS.plus(demand(may(6, 11))).only("X3")
    assert finding.party == "south"
    assert finding.says == (
        "The South has set a deadline, 2030-05-06 11:00 UTC (11:00Z): leave the bridge. With its "
        "margin the column is clear only at 2030-05-06 14:02 UTC (14:02Z)."
    )
    assert "have The South withdraw it or give again" in finding.remedy
    assert "restraint from ground fire" in finding.remedy


@pytest.mark.parametrize(
    ("changes", "met"),
    [({"party": "patron"}, True), ({"party": "wing"}, False), ({"deadline_at": None}, True)],
    ids=["of nobody on the way", "of a member of the north", "without a deadline"],
)
def test_a_demand_counts_when_it_has_a_deadline_and_somebody_on_the_way_makes_it(changes, met):
    made = demand(may(6, 11))
    act = replace(made.acts[0], **changes)
    world = TOWNS.plus(PATRON, WING, replace(made, acts=(act,)))
    assert (world.failing() == set()) is met


def withdrawal(actor="south", **changes):
    fields = {"party": "south", "of": ("ultimatum",)} | changes
    return said(actor, may(5), Withdraw(id="back", **fields))


@pytest.mark.parametrize(
    ("back", "met"),
    [
        (withdrawal(), True),
        (withdrawal(actor="envoy"), False),
        (withdrawal(party="north"), False),
        (withdrawal(of=()), False),
        (withdrawal(effective_at=TOWNS.now), True),
        (withdrawal(effective_at=TOWNS.now + 1), False),
    ],
    ids=["itself", "told by another", "by another", "naming nothing", "from now", "from later"],
)
def test_only_the_party_itself_takes_an_ultimatum_back(back, met):
    world = TOWNS.plus(ENVOY, demand(may(6, 11)), back)
    found = {f.code for f in world.findings("X3")}
    assert found == ({""} if met else {"DEADLINE"})


@pytest.mark.parametrize(
    ("again", "met"),
    [
        (confirm("south", may(4, 20) + 1, *ALL_SOUTH), True),
        (confirm("south", may(4, 20), *ALL_SOUTH), False),
        (confirm("south", may(5), *ALL_SOUTH[:2]), False),
        (confirm("south", may(5), *ALL_SOUTH, areas=("south-bank",)), False),
        (
            confirm("south", may(5), *ALL_SOUTH, windows=(window(DEPART, CLEAR_WITH_MARGIN - 1),)),
            False,
        ),
        (confirm("south", may(5), *ALL_SOUTH, windows=(window(DEPART, CLEAR_WITH_MARGIN),)), True),
    ],
    ids=[
        "all",
        "in the same second",
        "not all keys",
        "not all places",
        "a second short",
        "exactly",
    ],
)
def test_every_key_is_given_again_after_the_ultimatum(again, met):
    world = TOWNS.plus(demand(may(6, 11)), again)
    assert ({f.code for f in world.findings("X3")} == {""}) is met


def test_a_binder_does_not_take_the_ultimatum_of_the_bound_back():
    words = tuple(TOWNS.act(id) for id in ALL_SOUTH)
    theirs = tuple(replace(word, id=f"p-{word.id}", party="patron") for word in words)
    relation = binds("patron", "south", *BANKS)
    world = TOWNS.plus(PATRON, relation, demand(may(6, 11)), said("patron", may(5), *theirs))
    assert ("X3", "DEADLINE") in world.failing()


def test_while_a_key_of_the_party_is_missing_its_ultimatum_stands():
    again = confirm("south", may(5), *ALL_SOUTH)
    world = TOWNS.without("south-restraint").plus(demand(may(6, 11)), again)
    assert ("X3", "DEADLINE") in world.failing()


def test_what_stands_in_for_a_word_is_no_word_after_the_ultimatum():
    instead = Instrument(
        id="unreachable",
        party="south",
        means=frozenset({GROUND}),
        areas=BANKS,
        instrument=InstrumentKind.UNREACHABLE,
        reason="no line",
        valid=TEN_DAYS,
        risk_owner="head of office",
        mitigation="scouts ahead",
        tried="on four days",
    )
    quiet = NoRecentUse(
        id="quiet",
        party="south",
        means=frozenset({GROUND}),
        areas=BANKS,
        during=Span(may(-10), may(6, 7)),
        by="watch",
    )
    again = confirm("south", may(5), *ALL_SOUTH)
    world = TOWNS.without("south-restraint").plus(instead, quiet, demand(may(6, 11)), again)
    assert ("A1", "RESTRAINT-MISSING") not in world.failing()
    assert ("X3", "DEADLINE") in world.failing()


# -- X4


@pytest.mark.parametrize(
    ("changes", "seen"),
    [
        ({"seen_at": TOWNS.now - 3 * DAY}, True),
        ({"seen_at": TOWNS.now - 3 * DAY - 1}, False),
        ({"areas": ("far-hills",)}, False),
        ({"areas": ("an area nobody drew",)}, True),
    ],
    ids=["72 h ago", "a second more", "far away", "nobody knows where"],
)
def test_a_build_up_on_the_way_in_the_last_days_is_shown_and_changes_no_verdict(changes, seen):
    fields = {"areas": ("north-bank",), "seen_at": may(5), "party": "north"} | changes
    world = TOWNS.plus(BuildUp(id="troops", what="trucks with troops", by="driver", **fields))
    assert world.verdict() == "go"
    assert ({f.code for f in world.findings("X4")} == {"BUILD-UP"}) is seen


# -- G3


def test_an_order_that_has_not_reached_the_unit_is_for_sign_off_at_every_passing():
    world = TOWNS.but("south-guarantees", depth=Depth.SECTOR)
    assert world.failing() == {("G3", "UNIT-UNCONFIRMED")}
    assert world.verdict() == "conditional"
    finding = world.only("G3")
    assert (finding.party, [s.name for s in finding.place]) == ("south", ["bridge"])
    assert "The unit of The South at checkpoint bridge-post (Bridge)" in finding.says


@pytest.mark.parametrize(
    ("windows", "met"),
    [
        (None, True),
        ((window(may(6, 9, 12), may(6, 12, 50)),), True),
        ((window(may(6, 9, 12) + 1, may(6, 12, 50)),), False),
        ((window(may(6, 9, 12), may(6, 12, 50) - 1),), False),
    ],
    ids=["whole", "exactly", "a second late", "a second short"],
)
def test_the_unit_confirms_for_all_of_the_time_at_the_checkpoint(windows, met):
    # At the bridge from 09:12 on; on the way back the tail has passed at 12:50.
    deep = confirm("south", may(5), "south-passage", windows=windows)
    world = TOWNS.but("south-guarantees", depth=Depth.CAPITAL).plus(deep)
    assert (world.failing() == set()) is met


def test_another_kind_of_word_from_the_unit_is_not_the_passage():
    deep = confirm("south", may(5), "south-restraint", "south-consent")
    world = TOWNS.but("south-guarantees", depth=Depth.CAPITAL).plus(deep)
    assert world.failing() == {("G3", "UNIT-UNCONFIRMED")}


# -- N3


def test_who_answers_for_a_relayed_notice_is_named_in_the_latest_one():
    relayed = TOWNS.but("notice-north", via="relay desk")
    assert relayed.failing() == {("N3", "SUBMITTER-UNKNOWN")}
    assert "went through relay desk, which answers for nothing in it" in relayed.only("N3").says
    again = notice("north", 1, may(4, 13), id="again", via="relay desk", submitted_by="officer")
    assert relayed.plus(again).failing() == set()
    assert relayed.plus(replace(again, sent_at=may(4, 12))).failing() == relayed.failing()

"""The verifier against worlds small enough to work out by hand, and against the engine."""

from __future__ import annotations

import ast
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from safeconduct import vocabulary as v
from safeconduct.roads.network import Network, Place
from safeconduct.roads.occupancy import itinerary
from safeconduct.spacetime import Point, Span
from tests.verifier import campaign
from tests.verifier.column import trip
from tests.verifier.two_places import (
    ALWAYS,
    ASSESSMENT,
    CLEAR,
    CONSENT,
    CONVOY,
    ENTERS_B,
    GIVEN,
    IN_ORDER,
    LEAVES,
    LEG,
    NEED,
    NETWORK,
    NOW,
    PRESENCE,
    RESTRAINT,
    confirm,
    objections,
    rules,
    said,
    undertaking,
    with_terms,
)
from tests.verifier.verifier import Objection, verify
from tests.worlds.random_worlds import whole

HERE = Path(__file__).parent
DAY = 86_400
PARTS = (
    *("verifier.py", "words.py", "known.py", "tellings.py", "column.py", "closures.py"),
    *("ends.py", "joined.py", "further.py", "way.py", "papers.py", "people.py"),
    *("reliance.py", "hearing.py"),
)


def test_a_movement_whose_every_key_is_turned_meets_no_objection() -> None:
    assert objections() == ()


# Where the column is.


def test_a_column_is_on_a_road_from_its_head_entering_to_its_tail_leaving() -> None:
    # 10 km at 10 m/s: 1,000 s; 100 m of column: 10 s.
    spans = [(spot.place, spot.start, spot.end) for spot in trip(CONVOY, NETWORK, [])]
    assert spans == [("A", 10_000, 10_010), ("", 10_000, 11_010), ("B", 11_000, 11_010)]


def test_a_hold_as_a_range_widens_everything_after_it() -> None:
    # There and back, held at B for 60 to 300 s and unloading for 500 s.
    back = replace(LEG, id="out", route=(v.Step(edge="road", backwards=True),))
    both = replace(CONVOY, legs=(replace(LEG, service_s=500), back), latest_at=20_000)
    post = v.Checkpoint(id="post", place="B", party="army", hold_min_s=60, hold_max_s=300)
    spans = [(spot.place, spot.start, spot.end) for spot in trip(both, NETWORK, [post])]
    assert spans == [
        ("A", 10_000, 10_010),
        ("", 10_000, 11_310),  # 11,000 at B, held until 11,300, the tail 10 s behind
        ("B", 11_000, 11_810),  # 11,300 + 500 + 10
        ("", 11_560, 12_810),  # off at 11,000 + 60 + 500 or 11,800; 1,000 s; 10 s
        ("A", 12_560, 12_810),
    ]


def test_the_column_is_where_the_roads_say_it_is() -> None:
    for seed in range(100):
        world = whole(seed)
        posts, speeds = world.all(v.Checkpoint), world.all(v.RoadSpeed)
        for movement in world.all(v.Movement):
            way = trip(movement, world.network, posts, speeds)
            mine = [(s.place, s.start, s.end) for s in way]
            theirs = itinerary(movement, world.network, posts, speeds)
            assert mine == [(e.place or "", e.enter, e.leave) for e in theirs.entries], seed


def test_a_route_that_does_not_join_is_refused_and_the_places_named() -> None:
    gap = replace(CONVOY, legs=(replace(LEG, route=(v.Step(edge="road"), v.Step(edge="road"))),))
    (found,) = objections(gap)
    assert "road starts at A, but the column is at B" in found.what


YARD = v.WaitingPlace(
    id="yard", place="B", holds_m=100, by="x", checked_at=0, valid=Span(ENTERS_B, CLEAR + 600)
)
RESTED = replace(
    CONVOY,
    legs=(replace(LEG, halts=(v.Halt(place="B", wait_s=600),)),),
    latest_at=CLEAR + 600,
)


LONGER = tuple(
    replace(told, acts=(replace(told.acts[0], undertaking=undertaking(kind, end=CLEAR + 600)),))
    for told, kind in ((RESTRAINT, "restraint"), (CONSENT, "consent"))
)


def test_a_halt_keeps_the_place_and_not_the_road() -> None:
    back = replace(LEG, id="out", route=(v.Step(edge="road", backwards=True),))
    both = replace(RESTED, legs=(*RESTED.legs, back), latest_at=20_000)
    spans = [(spot.place, spot.start, spot.end) for spot in trip(both, NETWORK, [])]
    assert spans == [
        ("A", 10_000, 10_010),
        ("", 10_000, 11_010),  # the tail has come in
        ("B", 11_000, 11_610),
        ("", 11_600, 12_610),
        ("A", 12_600, 12_610),
    ]


@pytest.mark.parametrize(
    ("change", "objected"),
    [
        ({}, set()),
        ({"holds_m": 99}, {"T1"}),
        ({"place": "A"}, {"T1"}),
        ({"valid": Span(ENTERS_B + 1, CLEAR + 600)}, {"T1"}),
        ({"valid": Span(ENTERS_B, CLEAR + 599)}, {"T1"}),
    ],
)
def test_a_column_halts_only_where_it_was_found_to_fit(
    change: dict[str, Any], objected: set[str]
) -> None:
    assert rules(RESTED, *LONGER, replace(YARD, **change)) == objected
    assert rules(RESTED, *LONGER) == {"T1"}


def test_a_later_check_of_a_waiting_place_sets_the_earlier_one_aside_for_good() -> None:
    later = replace(YARD, id="later", holds_m=99, checked_at=1)
    assert rules(RESTED, *LONGER, YARD, later) == {"T1"}
    assert rules(RESTED, *LONGER, YARD, replace(later, valid=Span(0, 1))) == {"T1"}
    assert rules(RESTED, *LONGER, YARD, replace(later, valid=Span(CLEAR + 600, 99_999))) == set()
    assert rules(RESTED, *LONGER, YARD, replace(later, checked_at=0)) == {"T1"}


def speed(kmh: int, valid: Span, **named: Any) -> v.RoadSpeed:
    return v.RoadSpeed(id="v", speed_kmh=kmh, valid=valid, basis=v.SpeedBasis.POLICY, **named)


def test_a_recorded_speed_counts_for_the_roads_it_fits_if_it_is_valid_at_departure() -> None:
    # 18 km/h are 5 m/s: 2,000 s for the road and 20 s for the column.
    then = Span(LEAVES, LEAVES + 1)
    network = replace(NETWORK, edges=(replace(NETWORK.edges[0], kind="track"),))
    for named in ({}, {"edges": ("road",)}, {"kinds": ("track",)}, {"edges": ("road", "x")}):
        way = trip(CONVOY, network, [], [speed(18, then, **named)])
        assert [(s.start, s.end) for s in way] == [
            (10_000, 10_020),
            (10_000, 12_020),
            (12_000, 12_020),
        ]
    for other in (
        speed(18, Span(LEAVES - 1, LEAVES)),
        speed(18, Span(LEAVES + 1, LEAVES + 2)),
        speed(60, then),
        speed(18, then, edges=("road",), kinds=("primary",)),
        speed(18, then, surfaces=("gravel",)),
    ):
        assert trip(CONVOY, network, [], [other]) == trip(CONVOY, network, [])


SNOW = v.Closure(id="snow", why="snow", edges=("road",), valid=Span(9_000, LEAVES + 1))


@pytest.mark.parametrize(
    ("change", "shut"),
    [
        ({}, {"A1"}),
        ({"valid": Span(9_000, LEAVES)}, set()),
        ({"valid": Span(CLEAR, CLEAR + 1)}, set()),
        ({"valid": Span(CLEAR - 1, CLEAR + 1)}, {"A1"}),
        ({"edges": ("another",)}, {"A1"}),  # nobody knows which road that is
        ({"edges": (), "areas": ("x",)}, {"A1"}),
        ({"edges": (), "areas": ("y",)}, set()),
        ({"edges": (), "areas": ("nowhere",)}, {"A1"}),
    ],
)
def test_a_closure_objects_while_the_column_is_on_what_it_closes(
    change: dict[str, Any], shut: set[str]
) -> None:
    assert rules(replace(SNOW, **change)) == shut


def test_a_closure_ends_with_a_report_that_has_evidence_and_comes_after_it_begins() -> None:
    report = v.RoadReopened(id="ploughed", of="snow", reopened_at=9_000, by="un", evidence="seen")
    assert rules(SNOW, report) == set()
    for worthless in (
        replace(report, evidence=""),
        replace(report, of="another"),
        replace(report, reopened_at=8_999),
        replace(report, reopened_at=NOW + 1),
    ):
        assert rules(SNOW, worthless) == {"A1"}


# Who is there.


def test_one_uncovered_second_is_an_objection_at_that_second() -> None:
    short = with_terms(windows=undertaking(end=CLEAR - 1).windows)
    assert {(one.rule, one.instant) for one in objections(short)} == {("A1", CLEAR - 1)}


def test_restraint_never_stands_in_for_passage() -> None:
    controlled = replace(PRESENCE, controls=True)
    assert rules(controlled) == {"A1", "G2"}
    passage = v.Guarantee(id="pass", party="army", undertaking=undertaking("passage"))
    assert objections(controlled, said("said-pass", "army", 1_000, passage)) == ()


def test_a_presence_that_nobody_assessed_still_needs_its_restraint() -> None:
    newcomer = replace(PRESENCE, id="new", party="front")
    assert "front" in objections(newcomer)[0].what


def test_a_presence_stays_after_its_end_and_leaves_the_road_unassessed() -> None:
    stale = replace(PRESENCE, valid=Span(0, ENTERS_B))
    found = {(one.rule, one.instant) for one in objections(stale)}
    assert found == {("A1", ENTERS_B)}


def test_a_presence_leaves_only_by_an_assessment_that_supersedes() -> None:
    gone = replace(PRESENCE, id="gone", party="front")
    old = replace(ASSESSMENT, id="old", presences=("gone", "guns"))
    assert rules(gone, old) == {"A1"}
    assert objections(gone, old, replace(ASSESSMENT, supersedes=("old",))) == ()
    elsewhere = replace(ASSESSMENT, id="two", presences=("gone",))
    superseding = replace(ASSESSMENT, supersedes=("old",))
    assert rules(gone, old, superseding, elsewhere) == {"A1"}


@pytest.mark.parametrize(
    "assessment",
    [
        replace(ASSESSMENT, valid=Span(0, CLEAR - 1)),
        replace(ASSESSMENT, areas=("y",)),
        replace(ASSESSMENT, mines=v.Mines.NOT_ASSESSED),
        replace(ASSESSMENT, presences=("guns", "nobody")),
    ],
)
def test_road_that_no_assessment_opens_is_closed(assessment: v.Assessment) -> None:
    assert any(one.what.startswith("not assessed") for one in objections(assessment))


def test_a_hazard_closes_the_road_until_a_report_with_evidence_clears_it() -> None:
    mines = v.Hazard(id="mines", hazard="mines", areas=("x",), from_at=500)
    cleared = v.HazardCleared(id="clear", of="mines", cleared_at=600, by="watch", evidence="seen")
    assert rules(mines) == {"A1"}
    assert rules(mines, replace(cleared, evidence="")) == {"A1"}
    assert objections(mines, cleared) == ()


# What was said.


@pytest.mark.parametrize(
    "told",
    [
        {"form": v.Form.ANNOUNCEMENT},
        {"form": v.Form.RELAYED},
        {"form": v.Form.ORAL, "noted": True},
        {"form": v.Form.ORAL, "call_back": True},
        {"telling": v.Telling.INFERRED},
        {"to": ()},
        {"to": ("wing",)},
        {"actor": "envoy"},
        {"said_at": NOW + 1},
    ],
)
def test_a_word_that_lacks_strength_turns_no_key(told: dict[str, Any]) -> None:
    weak = replace(RESTRAINT, **told)
    assert rules(weak) == {"A1"}


@pytest.mark.parametrize(
    "terms",
    [
        {"specificity": v.Specificity.GENERAL},
        {"unresolved": "soon"},
        {"windows": ()},
        {"areas": (), "unnamed_corridors": 2},
        {"areas": ("y",)},
        {"means": frozenset({v.Means.AIR_STRIKE})},
        {"purposes": frozenset({v.Purpose.FIGHTERS_LEAVING})},
        {"directions": frozenset({v.Direction.OUT})},
        {"for_whom": frozenset({v.Movers.CIVILIANS})},
    ],
)
def test_terms_that_do_not_fit_the_leg_turn_no_key(terms: dict[str, Any]) -> None:
    assert rules(with_terms(**terms)) == {"A1"}


def test_the_partys_own_confirmation_makes_anothers_word_count() -> None:
    relayed = replace(RESTRAINT, actor="envoy")
    assert objections(relayed, confirm(2_000)) == ()
    assert rules(relayed, replace(confirm(2_000), actor="envoy")) == {"A1"}


def test_a_confirmation_of_less_makes_no_more_than_that_count() -> None:
    relayed = replace(RESTRAINT, actor="envoy")
    act = v.Confirm(
        id="less", party="army", of=("grant",), windows=undertaking(end=CLEAR - 1).windows
    )
    found = objections(relayed, said("said-less", "army", 2_000, act))
    assert {one.instant for one in found} == {CLEAR - 1}


def test_a_narrowing_cuts_every_voucher() -> None:
    act = v.Narrow(id="less", party="army", of=("grant",), areas=())
    assert rules(said("said-less", "army", 500, act), confirm(2_000)) == {"A1"}


def test_a_binder_speaks_only_where_and_while_it_binds() -> None:
    patron = replace(RESTRAINT, actor="patron")
    binds = v.Binds(
        id="binds", binder="patron", bound="army", areas=("x",), valid=ALWAYS, evidence="a decree"
    )
    assert objections(patron, binds) == ()
    assert rules(patron, replace(binds, evidence="")) == {"A1"}
    assert rules(patron, replace(binds, areas=("y",))) == {"A1"}
    ends = objections(patron, replace(binds, valid=Span(0, ENTERS_B)))
    assert {one.instant for one in ends} == {ENTERS_B}


def test_a_withdrawal_ends_what_was_given_before_it_for_good() -> None:
    stop = v.Withdraw(id="stop", party="army", effective_at=ENTERS_B)
    found = objections(said("said-stop", "army", 2_000, stop), confirm(3_000))
    assert {one.instant for one in found} == {ENTERS_B}
    anew = replace(RESTRAINT, id="anew", said_at=2_001, acts=(replace(GIVEN, id="grant-2"),))
    assert objections(said("said-stop", "army", 2_000, stop), anew) == ()


def test_a_suspension_lasts_until_the_same_undertaking_is_confirmed_after_it() -> None:
    pause = said("said-pause", "army", 2_000, v.Suspend(id="pause", party="army", what="over"))
    assert rules(pause) == {"A1"}
    assert rules(pause, confirm(2_000)) == {"A1"}  # a tie is not after
    assert objections(pause, confirm(2_001)) == ()


def test_a_suspension_of_another_area_suspends_nothing_here() -> None:
    act = v.Suspend(id="pause", party="army", what="over", areas=("y",))
    assert objections(said("said-pause", "army", 2_000, act)) == ()
    overlapping = replace(NETWORK, overlaps=frozenset({("x", "y")}))
    assert rules(said("said-pause", "army", 2_000, act), network=overlapping) == {"A1"}


@pytest.mark.parametrize("voice", ["army", "wing"])
def test_a_contradiction_is_ended_only_by_the_authority_that_commands(voice: str) -> None:
    denial = said("said-no", voice, 2_000, v.Disown(id="no", party=voice, of=("grant",)))
    assert rules(denial) == {"A1"}
    assert rules(denial, confirm(3_000)) == {"A1"}
    assert objections(denial, confirm(3_000, authority=v.Authority.COMMANDS)) == ()


def test_a_party_that_rejects_its_own_word_has_given_none() -> None:
    no = said("said-no", "army", 2_000, v.Reject(id="no", party="army", of=("grant",)))
    assert rules(no, confirm(3_000)) == {"A1"}


@pytest.mark.parametrize(("by", "shaken"), [("", True), ("army", True), ("front", False)])
def test_fire_by_the_party_or_by_nobody_known_shakes_its_restraint(by: str, shaken: bool) -> None:
    incident = v.Incident(
        id="shell",
        what="shelling",
        at=2_000,
        means=v.Means.INDIRECT_FIRE,
        areas=("x",),
        attributed_to=by,
    )
    report = said("told", "watch", 2_000, v.Report(id="report", party="watch", incident=incident))
    assert (rules(report) == {"A1"}) is shaken
    assert objections(report, confirm(2_001)) == ()
    dismissed = v.IncidentReview(
        id="review",
        of="shell",
        state=v.IncidentState.DISMISSED,
        reviewed_at=2_500,
        by="an officer",
        reason="a quarry",
    )
    assert objections(report, dismissed) == ()


def string(kind: v.ConditionKind, **answer: Any) -> v.Condition:
    return v.Condition(id="string", kind=kind, on="un", what="a list", **answer)


def test_a_condition_counts_as_unmet_until_it_is_met_with_evidence_or_dropped() -> None:
    tied = with_terms(conditions=(string(v.ConditionKind.OPERATIONAL),))
    deed = v.Do(id="do", party="un", of=("string",), what="handed in", evidence="a receipt")
    done = said("said-do", "un", 2_000, deed)
    failed = said("said-failed", "un", 2_000, replace(deed, id="failed", failed=True))
    drops = v.Withdraw(id="drop", party="army", of=("string",))
    assert rules(tied) == {"A1"}
    assert objections(tied, done) == ()
    assert rules(tied, replace(done, acts=(replace(deed, evidence=""),))) == {"A1"}
    assert rules(tied, done, failed) == {"A1"}
    assert objections(tied, said("said-drop", "army", 2_000, drops)) == ()


def test_what_is_satisfied_only_through_itself_is_not_satisfied() -> None:
    waits = string(v.ConditionKind.RECIPROCAL, order=v.Order.TOGETHER, awaits=("consent",))
    tied = with_terms(conditions=(waits,))
    assert objections(tied) == ()
    back = v.Impose(
        id="tie",
        party="ministry",
        of=("consent",),
        condition=replace(waits, id="back", awaits=("grant",)),
    )
    assert rules(tied, said("said-tie", "ministry", 2_000, back)) == {"A1", "A8"}
    assert rules(with_terms(conditions=(replace(waits, order=v.Order.AFTER),))) == {"A1"}


# Consent, crossings, instruments.


def test_road_whose_consent_holder_nobody_recorded_is_closed() -> None:
    assert rules(replace(NEED, valid=Span(0, LEAVES))) == {"A8"}


def test_a_legal_basis_replaces_the_holder_it_names_and_no_other() -> None:
    basis = v.LegalBasis(
        id="basis",
        basis=v.BasisKind.RESOLUTION,
        areas=("x",),
        replaces=("ministry",),
        valid=ALWAYS,
        text="a resolution",
        purposes=frozenset({v.Purpose.ANY}),
    )
    unsaid = replace(CONSENT, acts=())
    assert rules(unsaid) == {"A8"}
    assert objections(unsaid, basis) == ()
    assert rules(unsaid, replace(basis, replaces=("council",))) == {"A8"}
    open_string = string(v.ConditionKind.OPERATIONAL)
    assert rules(unsaid, replace(basis, conditions=(open_string,))) == {"A8"}


def test_a_crossing_is_open_only_while_both_its_sides_are() -> None:
    gate = v.Crossing(id="gate", name="Gate", place="B", sides=("a", "b"))
    one = v.CrossingOpen(id="one", crossing="gate", side="a", valid=ALWAYS)
    other = replace(one, id="other", side="b", valid=Span(0, CLEAR - 1))
    assert {(o.rule, o.instant) for o in objections(gate, one, other)} == {("A8", CLEAR - 1)}
    assert objections(gate, one, replace(other, valid=Span(0, CLEAR))) == ()


@pytest.mark.parametrize("kind", ["acknowledged-notification", "unreachable"])
def test_an_instrument_stands_in_only_where_the_means_was_not_used(kind: str) -> None:
    silent = replace(RESTRAINT, acts=())
    instrument = v.Instrument(
        id="instrument",
        party="army",
        means=frozenset({v.Means.INDIRECT_FIRE}),
        areas=("x",),
        instrument=v.InstrumentKind(kind),
        reason="no answer",
        valid=ALWAYS,
        risk_owner="head of office",
        mitigation="speed",
        tried="daily, by radio",
    )
    notice = v.Notice(
        id="notice", movement="convoy", version=1, to="army", sent_at=500, legs=("in",)
    )
    receipt = v.Acknowledge(id="ack", party="army", notice="notice", level=v.AckLevel.OFFICE)
    unused = v.NoRecentUse(
        id="unused",
        party="army",
        means=frozenset({v.Means.INDIRECT_FIRE}),
        areas=("x",),
        during=Span(NOW - 7 * DAY, NOW - DAY),
        by="watch",
    )
    papers = (silent, instrument, notice, said("said-ack", "army", 600, receipt), unused)
    assert objections(*papers) == ()
    assert rules(*papers, replace(instrument, risk_owner="")) == {"A1"}
    later = replace(unused, during=Span(NOW - 7 * DAY + 1, NOW))
    assert rules(*papers, later) == {"A1"}
    incident = v.Incident(
        id="shell", what="shelling", at=NOW - 7 * DAY, means=v.Means.INDIRECT_FIRE, areas=("x",)
    )
    report = v.Report(id="report", party="watch", incident=incident)
    assert rules(*papers, said("told", "watch", 700, report)) == {"A1"}


# T1, G2, A7, and what is known.


def test_the_keys_must_stay_turned_through_the_margin() -> None:
    late = replace(CONVOY, margin_s=5, latest_at=CLEAR + 5)
    ends_too_soon = with_terms(windows=undertaking(end=CLEAR + 4).windows)
    consent = replace(
        CONSENT,
        acts=(
            v.Consent(
                id="consent", party="ministry", undertaking=undertaking("consent", end=CLEAR + 5)
            ),
        ),
    )
    found = objections(late, ends_too_soon, consent)
    assert {(one.rule, one.instant) for one in found} == {("T1", CLEAR + 4)}
    holds = with_terms(windows=undertaking(end=CLEAR + 5).windows)
    assert objections(late, holds, consent) == ()


def test_the_trip_with_its_margin_must_be_over_in_time() -> None:
    assert rules(replace(CONVOY, latest_at=CLEAR - 1)) == {"T1"}


def test_a_hold_that_nobody_knows_is_an_objection() -> None:
    assert rules(v.Checkpoint(id="post", place="B", party="army")) == {"T1"}
    assert objections(v.Checkpoint(id="post", place="A", party="army")) == ()  # not passed


def test_a_window_that_is_needed_must_be_open_all_the_way_at_once() -> None:
    # Both grants hold for exactly 1,010 s.
    assert objections(replace(CONVOY, window_needed_s=CLEAR - LEAVES)) == ()
    assert rules(replace(CONVOY, window_needed_s=CLEAR - LEAVES + 1)) == {"T1"}


def test_a_way_back_is_planned_or_a_reason_is_given() -> None:
    assert rules(replace(CONVOY, one_way="")) == {"G2"}


def test_a_notice_that_leaves_out_a_leg_is_an_objection() -> None:
    notice = v.Notice(id="n", movement="convoy", version=1, to="army", sent_at=500, legs=())
    assert rules(notice) == {"G2"}
    assert objections(replace(notice, version=2)) == ()


def test_linked_movements_pass_together_or_not_at_all() -> None:
    sister = replace(CONVOY, id="sister")
    link = v.Link(
        id="link",
        order=v.Order.TOGETHER,
        concerned=("army", "front"),
        movements=("convoy", "sister"),
    )
    yes = [
        said(f"yes-{one}", one, 1_000, v.Accept(id=f"a-{one}", party=one, of=("link",)))
        for one in link.concerned
    ]
    assert rules(sister, link, yes[0]) == {"A7"}
    assert objections(sister, link, *yes) == ()
    no = said("no", "front", 1_000, v.Reject(id="r", party="front", of=("link",)))
    assert rules(sister, link, *yes, no) == {"A7"}  # a tie counts as rejected
    assert rules(replace(sister, latest_at=CLEAR - 1), link, *yes) == {"A7"}
    assert rules(link, *yes) == {"A7"}  # the other movement is not known


WEST, EAST = Point(0, 0), Point(900_000, 0)  # 10 km
ADOPTED = v.AdoptedRoads(
    id="adopted",
    graph="import",
    graph_sha256="0" * 64,
    junctions=(v.Junction("j-a", WEST), v.Junction("j-b", EAST)),
    roads=(v.AdoptedRoad(id="road", a="j-a", b="j-b", length_dm=100_000, line=(WEST, EAST)),),
    joints=tuple(v.Joint(place=one, junction=f"j-{one.lower()}", distance_m=0) for one in "AB"),
)
BESIDE = Point(450_000, 100_000)  # 1.1 km north of the middle


def with_yard(at: Point | None) -> Network:
    return replace(NETWORK, places=(*NETWORK.places, Place("yard", at=at)))


@pytest.mark.parametrize(
    ("at", "apart", "objects"),
    [
        (BESIDE, (), True),
        (Point(450_000, 190_000), (), False),  # 2.1 km
        (None, (), True),
        (BESIDE, (v.Apart(place="yard", near=BESIDE),), False),
        (BESIDE, (v.Apart(place="yard", near=EAST),), True),
    ],
)
def test_a_post_that_was_never_looked_for_on_an_adopted_road_is_an_objection(
    at: Point | None, apart: tuple[v.Apart, ...], objects: bool
) -> None:
    roads = replace(ADOPTED, apart=apart)
    post = v.Checkpoint(id="post", place="yard", party="army", hold_max_s=0)
    ford = v.Crossing(id="ford", name="Ford", place="yard", sides=("army", "front"))
    assert objections(roads, network=with_yard(at)) == ()
    for one in (post, ford):
        assert rules(roads, one, network=with_yard(at)) == ({"A1"} if objects else set())


@pytest.mark.parametrize(
    ("note", "objects"),
    [
        ("adopted: 1 roads of an import, its makers, by the record {id}", False),
        ("adopted: 1 roads of an import, its makers, by the record another", True),
        ("adopted: 7 roads of another import, its makers", True),
        ("drawn by hand", False),
    ],
)
def test_a_post_beside_roads_that_a_record_brought_which_is_not_here_is_an_objection(
    note: str, objects: bool
) -> None:
    roads = replace(ADOPTED, apart=(v.Apart(place="yard", near=BESIDE),))
    post = v.Checkpoint(id="post", place="yard", party="army", hold_max_s=0)
    noted = replace(with_yard(BESIDE), notes=(note.format(id=roads.id),))
    # Of the adopted road the record is here; on the others of the way nobody has looked.
    bare = replace(roads, roads=(replace(roads.roads[0], id="elsewhere"),), apart=roads.apart)
    assert rules(bare, post, network=noted) == ({"A1"} if objects else set())


def test_what_reached_the_register_later_is_not_known() -> None:
    known = [(one, NOW + 1 if one is RESTRAINT else 0) for one in IN_ORDER]
    assert {one.rule for one in verify(known, NETWORK, "convoy", NOW)} == {"A1"}
    assert verify(known, NETWORK, "convoy", NOW, known_at=NOW + 1) == ()


def test_of_two_records_with_one_id_none_counts_and_repetition_changes_nothing() -> None:
    twice = [(one, 0) for one in (*IN_ORDER, *IN_ORDER)]
    assert verify(twice, NETWORK, "convoy", NOW) == ()
    other = [*twice, (replace(RESTRAINT, office="General Staff"), 0)]
    assert {one.rule for one in verify(other, NETWORK, "convoy", NOW)} == {"A1"}


def test_the_highest_known_version_is_judged() -> None:
    newer = replace(CONVOY, version=2, latest_at=CLEAR - 1)
    both = [(one, 0) for one in (*IN_ORDER, newer)]
    assert {one.rule for one in verify(both, NETWORK, "convoy", NOW)} == {"T1"}


def test_under_way_only_what_is_ahead_is_judged() -> None:
    left = v.Departure(id="left", movement="convoy", version=1, departed_at=LEAVES, by="leader")
    late = with_terms(windows=undertaking(start=LEAVES + 100).windows)
    assert rules(late, left, as_of=LEAVES + 99) == {"A1"}
    assert objections(late, left, as_of=LEAVES + 100) == ()
    # Nobody recorded that it left, so nobody knows where it is.
    assert rules(late, as_of=LEAVES + 100) == {"A1", "T1"}


def test_a_place_on_a_border_is_within_nothing() -> None:
    edge_of_x = Place("B", touched=frozenset({"x"}))
    places = (NETWORK.place("A"), edge_of_x)
    border = Network("border", places, NETWORK.edges, NETWORK.areas)
    assert rules(network=border) == {"A1", "A8"}


# Independence, and the campaign.


def test_the_verifier_imports_none_of_the_rooms_it_checks() -> None:
    allowed = {"safeconduct", "safeconduct.errors", "safeconduct.vocabulary"}
    allowed |= {"safeconduct.spacetime", "safeconduct.roads.network", "safeconduct.policy.rules"}
    for name in PARTS:
        tree = ast.parse((HERE / name).read_text())
        imported = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        imported |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        strangers = {one for one in imported if one.startswith("safeconduct")} - allowed
        assert not strangers, f"{name} imports {strangers}"


def test_each_part_stays_small_enough_to_be_read_in_one_sitting() -> None:
    for name in PARTS:
        assert len((HERE / name).read_text().splitlines()) <= 400, name
    assert len((HERE / "verifier.py").read_text().splitlines()) <= 300


def quiet(_: str) -> None:
    pass


def test_the_engine_never_says_go_where_the_verifier_objects() -> None:
    count = int(os.environ.get("SAFECONDUCT_COUNT", "150"))
    first = int(os.environ.get("SAFECONDUCT_SEED", "1")) * 1_000_000
    heard: list[str] = []
    told = campaign.run(range(first, first + count), heard.append)
    assert told["disagreements"] == 0, heard
    assert told["worlds"] == count


NOTHING: frozenset[str] = frozenset()
A_KEY = frozenset({"A1"})


def test_an_engine_that_always_says_go_is_found_out() -> None:
    told = campaign.run(range(20), quiet, lambda _: campaign.Opinion("go", NOTHING, NOTHING))
    assert told["disagreements"] == told["worlds"] - told["silent"] > 0


def test_an_engine_that_never_says_go_is_overcautious() -> None:
    told = campaign.run(range(20), quiet, lambda _: campaign.Opinion("no-go", A_KEY, A_KEY))
    assert (told["disagreements"], told["overcautious"]) == (0, told["silent"])
    assert told["silent"] > 0


@pytest.mark.parametrize(
    ("rule", "opinion", "is_unsafe"),
    [
        ("A1", campaign.Opinion("no-go", A_KEY, A_KEY), False),
        ("A1", campaign.Opinion("no-go", frozenset({"V1"}), frozenset({"V1"})), True),
        ("V1", campaign.Opinion("no-go", A_KEY, A_KEY), False),  # hidden, and counted as unnamed
        ("V1", campaign.Opinion("no-go", frozenset({"E6"}), frozenset({"E6"})), True),
        ("V1", campaign.Opinion("conditional", frozenset({"V1"}), NOTHING), True),
        ("V1", campaign.Opinion("conditional", frozenset({"V1"}), frozenset({"V1"})), True),
        ("V1", campaign.Opinion("no-go", frozenset({"V1"}), NOTHING), True),
    ],
)
def test_not_yet_due_is_no_answer_to_an_objection_of_a_further_rule(
    rule: str, opinion: campaign.Opinion, is_unsafe: bool
) -> None:
    objection = Objection(rule, NOW, "made up")
    compared = campaign.Compared(whole(1), opinion, (objection,))
    assert compared.is_unsafe is is_unsafe
    assert compared.is_unnamed is (rule == "V1" and rule not in opinion.failing)


def test_the_campaign_ends_in_one_line_of_json(capsys: pytest.CaptureFixture[str]) -> None:
    code = campaign.main(["--seed", "1", "--count", "2"])
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert '"worlds": 2' in out and '"seed": 1' in out
    assert code in (0, 1)

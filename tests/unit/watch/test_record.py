"""What became of a party's undertakings: kept, broken, unclear and the rest, one by one."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Assumption,
    Condition,
    ConditionKind,
    Confirm,
    Disown,
    Do,
    Form,
    IncidentState,
    Narrow,
    NoRecentUse,
    Reject,
    Result,
    Suspend,
    Telling,
    UndertakingKind,
    Withdraw,
)
from safeconduct.watch import Given, State, record
from tests.unit.watch.histories import (
    AFTER,
    LATER,
    NOON,
    check,
    departure,
    gate,
    kept,
    outcome,
    report,
    review,
    shelling,
    state,
)
from tests.worlds.two_towns import (
    GROUND,
    HOUR,
    MORTARS,
    NOW,
    binds,
    guarantee,
    may,
    said,
    undertaking,
    window,
)

DISMISSED, UNVERIFIED = IncidentState.DISMISSED, IncidentState.UNVERIFIED
VERIFIED = IncidentState.VERIFIED


# -- given


def test_how_a_word_was_given_is_told_by_its_strongest_statement():
    assert kept(LATER, "north-restraint").given is Given.WRITTEN
    oral = LATER.but("north-guarantees", form=Form.ORAL, noted=True, call_back=True)
    assert kept(oral, "north-restraint").given is Given.ORAL
    public = LATER.but("north-guarantees", form=Form.ANNOUNCEMENT)
    assert kept(public, "north-restraint").given is Given.ANNOUNCED
    again = said("north", may(5), Confirm(id="again", party="north", of=("north-restraint",)))
    assert kept(public.plus(again), "north-restraint").given is Given.WRITTEN


@pytest.mark.parametrize(
    "changes",
    [
        {"form": Form.RELAYED},
        {"telling": Telling.INFERRED},
        {"actor": "south"},
        {"form": Form.ORAL},
        {"to": ()},
    ],
    ids=["relayed", "inferred", "by another", "not noted", "to nobody humanitarian"],
)
def test_what_the_party_never_gave_is_left_aside_and_counted_beside(changes):
    told = record(LATER.but("north-guarantees", **changes).cover(), "north")
    assert told.undertakings == ()
    assert told.left_aside == ("north-passage", "north-restraint")


def test_the_word_of_one_who_binds_it_is_given():
    world = LATER.but("north-guarantees", actor="patron").plus(
        binds("patron", "north", "far-hills")
    )
    assert kept(world, "north-restraint").given is Given.WRITTEN


# -- kept


def test_a_restraint_is_kept_when_somebody_looked_and_nothing_is_known_against_it():
    one = kept(LATER.plus(check()), "north-restraint")
    assert one.state is State.KEPT and one.is_looked_at
    assert [found.record for found in one.evidence] == ["looked"]


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (may(6, 6) - 1, "not-tested"),  # a second before its time
        (may(6, 6), "kept"),
        (may(7, 18), "kept"),  # a day after its time, to the second
        (may(7, 18) + 1, "not-tested"),
    ],
)
def test_a_check_counts_while_it_stood_and_for_a_day_after(at, expected):
    assert state(LATER.plus(check(at))) == expected


def test_a_check_elsewhere_is_no_look():
    assert state(LATER.plus(check(NOON, "far-hills"))) == "not-tested"


def test_a_check_is_no_look_at_a_passage():
    assert state(LATER.plus(check()), "north-passage") == "not-tested"


def test_looking_for_the_use_of_a_means_is_a_look():
    quiet = NoRecentUse(
        id="quiet",
        party="north",
        means=frozenset({MORTARS}),
        areas=("north-bank",),
        during=Span(may(6), may(7)),
        by="duty officer",
    )
    assert state(LATER.plus(quiet)) == "kept"
    assert state(LATER.plus(quiet), "south-restraint") == "not-tested"


def test_a_facilitated_trip_is_a_look_at_everything_that_it_relied_on():
    world = LATER.plus(departure(), outcome(Result.FACILITATED))
    for act in ("north-restraint", "north-passage", "south-passage", "south-consent"):
        assert state(world, act) == "kept"
        assert kept(world, act).relied_on == ("relief-to-birch v1",)


def test_nothing_is_kept_before_its_time_is_over():
    assert state(LATER.plus(check()).at(NOON)) == "running"
    assert kept(LATER.at(NOW - 6 * HOUR), "north-restraint").why == "its time has not begun"


# -- broken


def test_a_verified_incident_of_the_party_by_a_means_it_gave_up_breaks_it():
    one = kept(LATER.plus(report(), review()), "north-restraint")
    assert one.state is State.BROKEN and one.is_looked_at
    assert [(e.record, e.statements) for e in one.evidence] == [("shelling", ("told-by-watch",))]


def test_it_is_broken_at_once_and_stays_so_although_somebody_saw_nothing():
    world = LATER.plus(report(state=VERIFIED)).at(NOON + HOUR)
    assert state(world) == "broken"
    assert state(LATER.plus(report(state=VERIFIED), check())) == "broken"


def test_fire_by_a_member_breaks_it():
    assert state(LATER.plus(report(attributed_to="wing"), review())) == "broken"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"attributed_to": "south"}, "not-tested"),
        ({"means": GROUND}, "broken"),
        ({"means": None}, "unclear"),
        ({"at": may(6, 18) - 1}, "broken"),  # its time ends with that second
        ({"at": may(6, 18)}, "not-tested"),
        ({"areas": ("far-hills",)}, "not-tested"),
        ({"areas": ("nowhere",)}, "unclear"),  # an area that no map shows may be anywhere
        ({"areas": ()}, "unclear"),
        ({"areas": ("north-bank", "nowhere")}, "unclear"),
        ({"attributed_to": ""}, "unclear"),
    ],
)
def test_only_its_own_fire_inside_its_areas_and_window_breaks_it(changes, expected):
    assert state(LATER.plus(report(**changes), review())) == expected


@pytest.mark.parametrize("by", ["south", "council", "paper", "wing", "envoy"])
def test_what_somebody_not_independent_tells_is_unclear_until_an_officer_verified_it(by):
    for told in (report(by, state=VERIFIED), report(by, alleged=True, state=VERIFIED)):
        assert state(LATER.plus(told)) == "unclear"
        assert not kept(LATER.plus(told), "north-restraint").is_looked_at
        assert state(LATER.plus(told, review())) == "broken"


def test_a_monitor_that_belongs_to_a_party_is_not_independent():
    world = LATER.but("watch", member_of=("south",)).plus(report(state=VERIFIED))
    assert state(world) == "unclear"


def test_an_adversary_cannot_turn_a_verified_incident_against_another():
    # The watch saw that nobody knows who fired; the south says under the same name who it was.
    world = LATER.plus(report(attributed_to=""), review())
    assert state(world) == "unclear"
    assert state(world.plus(report("south", alleged=True))) == "unclear"


def test_what_is_told_after_a_review_neither_undoes_it_nor_gains_by_it():
    verified = LATER.plus(report("south", alleged=True), review())
    assert state(verified) == "broken"
    denial = report("north", told_at=may(7) + 1, attributed_to="")
    assert state(verified.plus(denial)) == "broken"
    only_after = LATER.plus(report("south", alleged=True, told_at=may(7) + 1), review())
    assert state(only_after) == "unclear"


def test_those_who_differ_leave_it_unclear():
    world = LATER.plus(report(), report("relief", attributed_to=""), review())
    one = kept(world, "north-restraint")
    assert one.state is State.UNCLEAR
    assert "those who tell it do not agree" in one.evidence[0].why


def test_what_was_dismissed_counts_for_nothing():
    assert state(LATER.plus(report(state=VERIFIED), review(DISMISSED))) == "not-tested"
    # The latest review counts; two of one moment that differ settle nothing.
    later = review(VERIFIED, may(7, 1))
    assert state(LATER.plus(report(), review(DISMISSED), later)) == "broken"
    assert state(LATER.plus(report(), review(DISMISSED), review(VERIFIED))) == "unclear"
    assert state(LATER.plus(report(state=VERIFIED), review(UNVERIFIED))) == "unclear"


def test_a_review_by_nobody_or_before_anybody_told_verifies_nothing():
    assert state(LATER.plus(report(), review(by=""))) == "unclear"
    assert state(LATER.plus(report(told_at=NOON), review(at=NOON - 1))) == "unclear"


def test_fire_under_an_open_condition_leaves_it_unclear():
    condition = Condition(id="list", kind=ConditionKind.OPERATIONAL, on="relief", what="a list")
    world = LATER.given("north-restraint", conditions=(condition,)).plus(report(), review())
    one = kept(world, "north-restraint")
    assert one.state is State.UNCLEAR
    assert one.evidence[0].why == ("a condition of it is open",)
    handed = Do(id="handed", party="relief", of=("list",), what="sent", evidence="a copy")
    assert state(world.plus(said("relief", may(5), handed))) == "broken"


# -- the gate


def test_a_refusal_at_the_gate_told_by_who_was_there_breaks_passage_and_consent():
    world = LATER.plus(gate("relief"))
    assert state(world, "south-passage") == state(world, "south-consent") == "broken"
    assert state(world, "south-restraint") == "not-tested"


def test_a_refusal_at_the_gate_told_by_others_is_unclear():
    assert state(LATER.plus(gate("north", alleged=True)), "south-passage") == "unclear"
    assert state(LATER.plus(gate(), review(UNVERIFIED)), "south-passage") == "unclear"


def test_a_denied_trip_is_unclear_where_several_are_asked_and_breaks_where_one_is():
    denied = LATER.plus(departure(), outcome(Result.DENIED))
    one = kept(denied, "south-passage")
    assert one.state is State.UNCLEAR and one.relied_on == ("relief-to-birch v1",)
    assert one.evidence[0].why == ("others were asked for passage or consent there too",)
    alone = denied.but("north-garrison", controls=False)
    assert state(alone, "south-passage") == state(alone, "south-consent") == "broken"
    assert state(alone.without("left"), "south-passage") == "unclear"


@pytest.mark.parametrize("result", [Result.IMPEDED, Result.PARTIAL, Result.CONFISCATED])
def test_a_rough_trip_leaves_passage_unclear_and_is_a_look_at_restraint(result):
    world = LATER.plus(departure(), outcome(result))
    assert state(world, "south-passage") == "unclear"
    assert state(world, "north-restraint") == "kept"


def test_a_struck_column_leaves_every_restraint_there_unclear():
    world = LATER.plus(departure(), outcome(Result.STRUCK))
    assert state(world, "north-restraint") == state(world, "south-restraint") == "unclear"


def test_an_outcome_that_is_still_to_come_says_nothing():
    assert state(LATER.plus(outcome(Result.FACILITATED, AFTER + 1))) == "not-tested"


# -- unclear, not tested, withdrawn


def test_what_was_relied_on_and_nobody_looked_at_is_unclear():
    one = kept(LATER.plus(departure()), "north-restraint")
    assert one.state is State.UNCLEAR and not one.is_looked_at
    assert one.why == "it was relied on and nobody independent is known to have looked"
    assert state(LATER) == "not-tested"


@pytest.mark.parametrize(
    "act",
    [
        Withdraw(id="end", party="north", of=("north-restraint",)),
        Withdraw(id="end", party="north"),
        Suspend(id="end", party="north", what="truce over"),
        Reject(id="end", party="north", of=("north-restraint",)),
        Disown(id="end", party="north", of=("north-restraint",)),
        Narrow(id="end", party="north", of=("north-restraint",), areas=()),
    ],
    ids=lambda act: act.tag,
)
def test_what_its_own_act_ended_before_anybody_used_it_is_withdrawn_with_its_notice(act):
    one = kept(LATER.plus(said("north", may(5, 6), act)), "north-restraint")
    assert one.state is State.WITHDRAWN and one.ended_by is not None
    assert (one.ended_by.verb, one.ended_by.act) == (act.tag, "end")
    assert one.notice_s == 24 * HOUR  # its time was to begin on the 6th at six


def test_a_withdrawal_within_its_time_is_without_notice():
    act = Withdraw(id="end", party="north", of=("north-restraint",))
    one = kept(LATER.plus(said("north", NOON, act)), "north-restraint")
    assert (one.state, one.notice_s) == (State.WITHDRAWN, 0)


def test_what_another_says_of_its_withdrawal_ends_nothing():
    act = Withdraw(id="end", party="north", of=("north-restraint",))
    assert state(LATER.plus(said("south", may(5), act))) == "not-tested"


def test_nothing_is_taken_back_for_the_time_before_it_was_said():
    act = Withdraw(id="end", party="north", of=("north-restraint",), effective_at=may(6, 7))
    after_the_fire = said("north", NOON + 1, act)
    assert state(LATER.plus(report(), review(), after_the_fire)) == "broken"
    before_it = said("north", NOON, act)
    assert state(LATER.plus(report(), review(), before_it)) == "withdrawn"


def test_narrowing_counts_from_when_it_was_said():
    less = Narrow(id="less", party="north", of=("north-restraint",), areas=("south-bank",))
    assert state(LATER.plus(report(), review(), said("north", NOON + 1, less))) == "broken"
    # The banks share the bridge, so that fire on the one may have been fire on the other.
    assert state(LATER.plus(report(), review(), said("north", NOON, less))) == "unclear"


def test_a_suspended_word_stands_again_once_it_is_confirmed():
    world = LATER.plus(
        said("north", may(5), Suspend(id="pause", party="north", what="")),
        said("north", may(6, 10), Confirm(id="again", party="north", of=("north-restraint",))),
    )
    one = kept(world, "north-restraint")
    assert list(one.stood) == [Span(may(6, 10), may(6, 18))] and one.ended_by is None
    assert state(world.plus(report(), review())) == "broken"
    assert state(world.plus(report(at=may(6, 9)), review())) == "not-tested"


def test_a_word_without_a_time_runs_on_and_can_neither_be_kept_nor_broken():
    world = LATER.given("north-restraint", windows=(), unresolved="for a while")
    assert state(world) == "running"
    assert state(world.plus(report(), review())) == "unclear"


# -- deeds


def cleared(**changes):
    terms = undertaking(
        UndertakingKind.DEED, "north-bank", deed="clear the road", windows=(window(may(5), may(6)),)
    )
    return LATER.plus(said("north", may(4), guarantee("deed", "north", terms), id="promise"))


NOON_BEFORE = may(5, 12)


def done(by="watch", at=NOON_BEFORE, *, failed=False, evidence="pictures"):
    act = Do(id=f"d{at}", party="north", of=("deed",), what="r", evidence=evidence, failed=failed)
    return said(by, at, act)


def test_a_deed_is_kept_when_somebody_independent_saw_it_done():
    assert state(cleared().plus(done()), "deed") == "kept"
    assert state(cleared().plus(done()).at(may(5, 13)), "deed") == "kept"
    assert state(cleared().plus(done("north")), "deed") == "not-tested"
    assert state(cleared().plus(done(evidence="")), "deed") == "not-tested"


def test_a_deed_is_broken_when_it_was_seen_not_done_and_its_time_is_over():
    seen = cleared().plus(done(failed=True))
    assert state(seen, "deed") == "broken"
    assert state(seen.at(may(5, 13)), "deed") == "unclear"
    assert state(seen.plus(done(at=may(5, 20))), "deed") == "kept"


# -- what is ours


@pytest.mark.parametrize("ours", ["looked", "outcome", "relief-to-birch"])
def test_what_we_assumed_is_no_evidence_that_it_was_kept(ours):
    assumed = Assumption(id="a", rule="G4", what="", why="", supplies=(ours,))
    look = check() if ours == "looked" else outcome(Result.FACILITATED)
    world = LATER.plus(look)
    assert state(world) == "kept"
    assert state(world.plus(assumed)) != "kept"


def test_what_we_assumed_to_be_promised_is_left_aside():
    assumed = Assumption(id="a", rule="A1", what="", why="", supplies=("north-guarantees",))
    told = record(LATER.plus(assumed).cover(), "north")
    assert told.undertakings == () and len(told.left_aside) == 2


# -- counts


def test_the_counts_add_up_and_are_told_for_each_way_of_giving():
    oral = guarantee("later", "north", undertaking(UndertakingKind.PASSAGE, "north-bank"))
    world = LATER.plus(
        report(), review(), said("north", may(5), oral, form=Form.ANNOUNCEMENT), departure()
    )
    told = record(world.cover(), "north")
    counts = told.counts
    # The restraint is broken; two passages were relied on and nobody looked.
    assert (counts.given, counts.looked_at, counts.broken, counts.unclear) == (3, 1, 1, 2)
    by_given = {given.value: counts.given for given, counts in told.counts_by_given().items()}
    assert by_given == {"written": 2, "announced": 1}


def test_the_shelling_of_these_tests_is_unverified_until_somebody_verifies_it():
    assert shelling().state is UNVERIFIED
    assert state(LATER.plus(report())) == "unclear"

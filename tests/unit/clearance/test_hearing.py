"""Rule R1: whose word has come whole. Section 12 of docs/reference/semantics.md, clause by clause.

It is 07:30. Of what Birch wrote everything up to 06:00 has come, and six hours are allowed.
"""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance import Status
from safeconduct.situation import NOBODY_HEARD, REPLAYED, Heard
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Condition,
    ConditionKind,
    Consent,
    ConsentNeed,
    Departure,
    Impose,
    Link,
    Loosening,
    Order,
    PatientClearance,
    PermitState,
    Withdraw,
)
from tests.unit.clearance.heard_towns import HEARD, SIX, required
from tests.unit.clearance.test_links import LINK, OTHER, accept
from tests.unit.clearance.test_permits import NEED, permit
from tests.worlds.two_towns import (
    BANKS,
    CONSENT,
    ENVOY,
    HOUR,
    MONTH,
    MOVEMENT,
    NOW,
    PATRON,
    TOWNS,
    WING,
    binds,
    may,
    said,
    undertaking,
)

LAST = SIX + 6 * HOUR
"""The last second at which what came at six is fresh enough."""
STALE = may(5)


def codes(world):
    return {f.code for f in world.findings("R1") if f.status is Status.UNKNOWN}


def parties(world):
    return {f.party for f in world.findings("R1") if f.code == "NOT-HEARD"}


def is_met(world):
    return [f.status for f in world.findings("R1")] == [Status.MET]


def stale(*records, **changes):
    """Birch was last heard a day and a half ago, and these records are there too."""
    return HEARD.plus(*records).hearing_of("birch-1", complete_at=STALE, **changes)


# -- a word that has come, and one that has not


def test_a_word_that_came_in_time_lets_go():
    world = HEARD.plus(required())
    assert is_met(world)
    assert world.verdict() == "go"


def test_a_word_that_is_too_old_is_no_go_and_names_office_party_and_moment():
    (found,) = stale(required()).findings("R1")
    assert stale(required()).verdict() == "no-go"
    assert (found.code, found.party, found.level.value) == ("NOT-HEARD", "north", "HARD")
    assert "the office birch" in found.says and "The North" in found.says
    assert "complete up to 2030-05-05 00:00" in found.says
    assert "asks for it up to 2030-05-06 01:30" in found.says
    assert "exports after 2030-05-06 01:30" in found.remedy and "merge" in found.remedy
    assert found.statements == ("birch-on-the-north",)
    assert found.due_at == STALE + 6 * HOUR + 1


def test_the_word_is_fresh_up_to_the_last_second_that_is_allowed():
    world = HEARD.plus(required(fresh_within_s=NOW - SIX))
    assert is_met(world)
    assert codes(HEARD.plus(required(fresh_within_s=NOW - SIX - 1))) == {"NOT-HEARD"}


def test_a_go_ends_in_the_second_in_which_the_word_is_no_longer_fresh():
    world = HEARD.plus(required(fresh_within_s=NOW - SIX + 60))
    (found,) = world.findings("R1")
    assert found.holds_until == NOW + 61
    assert world.judged().expires == NOW + 61
    assert is_met(world.at(NOW + 60))
    assert codes(world.at(NOW + 61)) == {"NOT-HEARD"}


def test_who_never_said_how_much_it_wrote_is_not_heard():
    world = HEARD.plus(required()).hearing_of("birch-1", complete_at=None)
    assert "never said how much" in world.only("R1").says


@pytest.mark.parametrize("doubt", ["gapped", "forked", "withheld", "clock", "rolled-back",
                                   "root-doubted", "unknown-key", "bad-signature"])  # fmt: skip
def test_a_required_writer_of_whom_anything_is_doubted_is_not_heard(doubt):
    world = HEARD.plus(required(writer="birch-1"))
    assert is_met(world)
    assert doubt in world.hearing_of("birch-1", doubts={doubt}).only("R1").says


def test_what_is_to_be_done_depends_on_what_is_doubted():
    world = HEARD.plus(required())
    for doubt, words in (
        ("gapped", "Merge what the office birch exports after"),
        ("gapped", "If the doubt stays, ask that office what became of it."),
        ("withheld", "The export must leave nothing out: `register export --handling`."),
        ("stopped-here", "Merge what other offices have of what the office birch wrote, then say"),
    ):
        found = world.hearing_of("birch-1", doubts={doubt}).findings("R1")
        (office,) = (one for one in found if one.says.startswith("What the office birch"))
        assert words in office.remedy
    # A root goes on elsewhere, and nobody says how much of it is believed.
    root = world.hearing_of("birch-root", doubts={"stopped-here"}).only("R1")
    assert root.remedy.startswith("Merge what the office birch exports after")
    recorded = HEARD.hearing_of("birch-1", doubts={"stopped-here"}).only("R1")
    assert recorded.remedy == (
        "Merge what other offices have of what birch-1 of the office birch wrote, then say how "
        "much of it is believed: `safeconduct register keys revoke`."
    )


def test_a_writer_that_nobody_knows_is_not_heard():
    assert codes(HEARD.plus(required(writer="birch-9"))) == {"NOT-HEARD"}


def test_where_nobody_looked_who_was_heard_every_required_word_is_missing():
    world = replace(HEARD.plus(required()), hearing=NOBODY_HEARD)
    assert codes(world) == {"NOT-HEARD"}
    assert codes(TOWNS.plus(required())) == {"NOT-HEARD"}


def test_a_replay_has_no_writers():
    world = replace(stale(required()), hearing=REPLAYED)
    assert world.only("R1").status is Status.NOT_APPLICABLE
    assert world.verdict() == "go"


def test_each_party_and_writer_is_told_once_with_all_that_asks_for_it():
    world = stale(
        required("one"),
        required("two", fresh_within_s=HOUR),
        required("third", writer="birch-1", areas=("north-bank",)),
        required("south", party="south"),
    )
    told = [(f.party, f.statements) for f in world.findings("R1")]
    assert told == [
        ("north", ("one", "two")),
        ("north", ("third",)),
        ("south", ("south",)),
    ]


def test_it_is_due_from_the_first_day_of_planning_on():
    assert codes(stale(required()).at(may(6, 0))) == {"NOT-HEARD"}
    assert stale(required()).at(may(6, 0)).only("R1").status is Status.UNKNOWN


def test_under_way_a_word_that_goes_stale_stops_the_column_too():
    left = Departure(
        id="left", movement="relief-to-birch", version=1, departed_at=may(6, 9), by="leader"
    )
    world = HEARD.plus(required(), left).at(may(6, 9, 30))
    assert is_met(world)
    assert world.judged().expires == LAST + 1
    assert codes(world.at(LAST + 1)) == {"NOT-HEARD"}


def test_no_entry_loosens_it():
    loosening = Loosening(
        id="loose", rule="R1", profile="default", why="no network", by="head of office",
        decided_at=may(5), valid=MONTH,
    )  # fmt: skip
    world = stale(required(), loosening)
    assert world.verdict() == "no-go"
    assert "nobody's signature brings it" in world.judged().loosened[0].says


# -- which requirement counts


@pytest.mark.parametrize(
    "changes",
    [{"valid": Span(may(7), may(9))}, {"valid": Span(may(1), NOW)}, {"decided_at": NOW + 1}],
    ids=["not-yet-valid", "no-longer-valid", "not-decided-yet"],
)
def test_a_requirement_counts_while_it_is_decided_and_valid(changes):
    assert is_met(stale(required(**changes)))


def test_a_go_ends_when_a_further_requirement_begins():
    later = required(valid=Span(NOW + 600, may(9)))
    assert HEARD.plus(later).judged().expires == NOW + 600
    elsewhere = required(party="envoy", valid=Span(NOW + 600, may(9)))
    assert HEARD.plus(elsewhere).only("R1").holds_until is None


def replacing(**changes):
    fields = {"fresh_within_s": 48 * HOUR, "replaces": "birch-on-the-north", "why": "no network"}
    return required("looser", **(fields | {"decided_at": may(2)} | changes))


def test_what_was_replaced_asks_for_nothing_any_more():
    assert is_met(stale(required(), replacing()))
    ended = replacing(valid=Span(may(2), may(3)))
    assert is_met(stale(required(), ended)), "what was replaced does not come back"


@pytest.mark.parametrize(
    "changes",
    [
        {"party": "south"},
        {"valid": Span(NOW + 1, may(9))},
        {"decided_at": may(1)},
        {"decided_at": NOW + 1},
    ],
    ids=["another-party", "not-begun", "not-later", "not-decided"],
)
def test_it_is_replaced_only_by_a_later_one_of_its_party_that_has_begun(changes):
    assert codes(stale(required(), replacing(**changes))) == {"NOT-HEARD"}


def test_two_that_replace_each_other_both_count():
    one = required("one", replaces="two", why="a circle")
    two = required("two", replaces="one", why="a circle")
    assert stale(one, two).only("R1").statements == ("one", "two")


def test_a_requirement_of_areas_binds_where_a_key_of_the_party_is_asked():
    assert codes(stale(required(areas=("north-bank",)))) == {"NOT-HEARD"}
    assert is_met(stale(required(areas=("far-hills",))))
    assert codes(stale(required(areas=("nobody-knows-where",)))) == {"NOT-HEARD"}


# -- offices and followers

SECOND = Heard(writer="birch-2", office="birch", complete_at=SIX)


def test_every_device_of_a_required_office_has_to_be_heard():
    world = HEARD.plus(required())
    assert is_met(world.heard(SECOND))
    assert codes(world.heard(replace(SECOND, complete_at=STALE))) == {"NOT-HEARD"}
    doubted = replace(SECOND, doubts=frozenset({"gapped"}))
    assert "birch-2: it is in doubt (gapped)" in world.heard(doubted).only("R1").says


def test_an_office_of_which_no_device_may_write_is_not_heard():
    assert codes(HEARD.plus(required(office="nowhere"))) == {"NOT-HEARD"}
    none_left = HEARD.plus(required()).hearing_of("birch-1", doubts={"revoked"})
    assert codes(none_left) == {"NOT-HEARD"}


@pytest.mark.parametrize("doubt", ["gapped", "revoked"])
def test_the_root_of_a_required_office_is_without_doubt(doubt):
    assert codes(HEARD.plus(required()).hearing_of("birch-root", doubts={doubt})) == {"NOT-HEARD"}


def test_the_root_of_a_required_office_is_as_fresh_as_its_devices():
    world = HEARD.plus(required())
    assert is_met(world.hearing_of("birch-root", complete_at=NOW - 6 * HOUR))
    late = world.hearing_of("birch-root", complete_at=NOW - 6 * HOUR - 1)
    (found,) = late.findings("R1")
    assert late.verdict() == "no-go"
    assert "what its root birch-root says of its devices is complete up to" in found.says
    assert "exports after 2030-05-06 01:30" in found.remedy
    assert "where its root birch-root writes" in found.remedy
    assert is_met(late.plus(required(writer="birch-1", replaces="birch-on-the-north", why="a test",
                                     id="one-device", decided_at=may(2))))  # fmt: skip


def test_a_root_of_which_nobody_has_said_how_much_it_has_written_is_not_heard():
    (found,) = HEARD.plus(required()).hearing_of("birch-root", complete_at=None).findings("R1")
    assert "neither its root birch-root nor a device beside that has ever said" in found.says
    assert "it may have devices that are not known here" in found.says
    assert found.due_at is None


def test_a_go_ends_when_what_the_root_says_is_no_longer_fresh():
    world = HEARD.plus(required()).hearing_of("birch-root", complete_at=NOW - 6 * HOUR + 60)
    assert world.judged().expires == NOW + 61
    assert codes(world.at(NOW + 61)) == {"NOT-HEARD"}


def test_of_a_revoked_device_of_an_office_all_that_counts_must_have_come():
    world = HEARD.plus(required()).heard(SECOND)
    gone = world.hearing_of("birch-1", doubts={"revoked"}, complete_at=None)
    assert is_met(gone)
    assert codes(world.hearing_of("birch-1", doubts={"revoked", "gapped"})) == {"NOT-HEARD"}


def test_in_the_place_of_a_revoked_writer_those_are_heard_that_follow_it():
    world = HEARD.plus(required(writer="birch-1")).hearing_of(
        "birch-1", doubts={"revoked"}, complete_at=STALE
    )
    assert codes(world) == {"NOT-HEARD"}
    follower = replace(SECOND, follows="birch-1")
    assert is_met(world.heard(follower))
    assert world.heard(follower).only("R1").holds_until == LAST + 1
    assert codes(world.heard(replace(follower, complete_at=STALE))) == {"NOT-HEARD"}
    third = Heard(writer="birch-3", office="birch", complete_at=None, follows="birch-1")
    assert codes(world.heard(follower, third)) == {"NOT-HEARD"}, "each of those that follow"


def test_followers_of_followers_are_heard_likewise_and_nobody_through_itself():
    revoked = frozenset({"revoked"})
    second = replace(SECOND, follows="birch-1", doubts=revoked)
    third = Heard(writer="birch-3", office="birch", complete_at=SIX, follows="birch-2")
    world = HEARD.plus(required(writer="birch-1")).hearing_of("birch-1", doubts=revoked)
    assert is_met(world.heard(second, third))
    circle = world.hearing_of("birch-1", follows="birch-2", doubts=revoked).heard(second)
    assert codes(circle) == {"NOT-HEARD"}


# -- who recorded the words


@pytest.mark.parametrize(
    "doubt", ["gapped", "forked", "clock", "rolled-back", "root-doubted", "bad-signature"]
)
def test_who_recorded_a_word_of_a_concerned_party_must_not_be_in_doubt(doubt):
    found = HEARD.hearing_of("birch-1", doubts={doubt}).only("R1")
    assert (found.code, found.party) == ("NOT-HEARD", "north")
    assert "birch-1 of the office birch" in found.says and doubt in found.says
    assert found.statements == ("north-acknowledges", "north-guarantees")


@pytest.mark.parametrize("doubt", ["revoked", "withheld", "unknown-key"])
def test_what_a_recorder_left_out_that_counts_anyway_is_no_doubt(doubt):
    assert is_met(HEARD.hearing_of("birch-1", doubts={doubt}))


def test_who_recorded_a_word_need_not_be_fresh():
    assert is_met(HEARD.hearing_of("birch-1", complete_at=None))


def test_who_recorded_only_what_concerns_nobody_on_the_way_may_be_in_doubt():
    spoke = said("envoy", may(4), id="envoy-spoke")
    recorded = HEARD.hearing.recorded_by | {"envoy-spoke": frozenset({"birch-9"})}
    doubted = Heard(writer="birch-9", doubts=frozenset({"forked"}))
    world = HEARD.plus(ENVOY, spoke).heard(doubted)
    world = replace(world, hearing=replace(world.hearing, recorded_by=recorded))
    assert is_met(world)
    for_the_north = said("envoy", may(4), Withdraw(id="w", party="north", of=("x",)), id="for-it")
    recorded = recorded | {"for-it": frozenset({"birch-9"})}
    world = replace(world.plus(for_the_north), hearing=replace(world.hearing, recorded_by=recorded))
    assert parties(world) == {"north"}, "it carries an act of the north"


def test_a_recorder_of_whom_nothing_is_known_is_not_heard():
    writers = {id: one for id, one in HEARD.hearing.writers.items() if id != "birch-1"}
    world = replace(HEARD, hearing=replace(HEARD.hearing, writers=writers))
    assert parties(world) == {"north"}


# -- who recorded the papers


CLEARED = PatientClearance(
    id="cleared",
    movement=MOVEMENT,
    case="B-7",
    party="south",
    state=PermitState.GRANTED,
    stands_at=may(4),
)
DESK = TOWNS.record("notice-to-the-north")
PERMIT = permit(PermitState.GRANTED, PermitState.GRANTED)
PAPERS = pytest.mark.parametrize("paper", [PERMIT, CLEARED, DESK], ids=lambda one: one.tag)


def noted(paper, by="birch-1", *doubts):
    """Somebody recorded a paper; what he recorded besides is no word of a party."""
    hearing = replace(
        HEARD.hearing, recorded_by={}, noted_by={(paper.tag, paper.id): frozenset({by, "alder-1"})}
    )
    world = replace(HEARD.plus(NEED, PERMIT, CLEARED), hearing=hearing)
    return world.hearing_of("birch-1", doubts=doubts, complete_at=None)


@PAPERS
@pytest.mark.parametrize(
    "doubt", ["gapped", "forked", "clock", "rolled-back", "root-doubted", "bad-signature"]
)
def test_who_recorded_a_paper_that_is_needed_must_not_be_in_doubt(paper, doubt):
    found = noted(paper, "birch-1", doubt).only("R1")
    party = "north" if paper is DESK else "south"
    assert (found.code, found.party, found.statements) == ("NOT-HEARD", party, (paper.id,))
    assert "birch-1 of the office birch" in found.says
    assert f"it recorded a paper of this party, and it is in doubt ({doubt})" in found.says


@PAPERS
@pytest.mark.parametrize("doubt", ["revoked", "withheld", "unknown-key"])
def test_of_who_recorded_a_paper_the_same_is_no_doubt_as_of_who_recorded_a_word(paper, doubt):
    assert is_met(noted(paper, "birch-1", doubt))
    assert is_met(noted(paper))


@PAPERS
def test_of_who_recorded_a_paper_something_is_known(paper):
    assert "nothing else of it is known here" in noted(paper, "birch-9").only("R1").says


@pytest.mark.parametrize("paper", [PERMIT, CLEARED, DESK], ids=lambda one: one.tag)
def test_who_recorded_a_paper_that_nobody_needs_may_be_in_doubt(paper):
    world = noted(paper, "birch-1", "gapped")
    if paper is PERMIT:
        assert is_met(world.without(NEED.id))
    elif paper is CLEARED:
        assert is_met(world.but(CLEARED.id, movement="another"))
    else:
        assert is_met(world.but(DESK.id, areas=("far-hills",)))


# -- whom the movement concerns


def on(party, **changes):
    return required(f"on-{party}", party=party, **changes)


def test_who_has_no_key_on_the_way_is_no_concern():
    assert is_met(stale(on("patron"), PATRON))
    assert is_met(stale(on("wing", areas=("north-bank",)), replace(WING, member_of=())))


def test_who_binds_a_party_on_the_way_is_a_concern_where_that_one_has_a_key():
    bound = (PATRON, binds("patron", "north", *BANKS))
    assert parties(stale(on("patron"), *bound)) == {"patron"}
    assert parties(stale(on("patron", areas=("north-bank",)), *bound)) == {"patron"}
    assert is_met(stale(on("patron", areas=("far-hills",)), *bound))
    unevidenced = (PATRON, binds("patron", "north", *BANKS, evidence=""))
    assert is_met(stale(on("patron"), *unevidenced))


def test_who_belongs_to_a_party_on_the_way_can_disown_its_word_and_is_a_concern():
    assert parties(stale(on("wing"), WING)) == {"wing"}
    assert is_met(stale(on("wing", areas=("far-hills",)), WING))


def test_who_binds_a_binder_is_a_concern_wherever_that_is():
    chain = (PATRON, ENVOY, binds("patron", "north", *BANKS), binds("envoy", "patron", *BANKS))
    assert parties(stale(on("envoy", areas=("far-hills",)), *chain)) == {"envoy"}


def waiting_for(*awaits):
    """The north lets pass once somebody else moves."""
    return Condition(
        id="you-first",
        kind=ConditionKind.RECIPROCAL,
        on="envoy",
        what="the other side moves",
        order=Order.TOGETHER,
        awaits=awaits,
    )


ENVOY_GIVES = said("envoy", may(4), Withdraw(id="envoy-act", party="envoy", of=("x",)))


def test_whoever_a_condition_waits_for_is_a_concern_wherever_that_is():
    world = stale(on("envoy", areas=("far-hills",)), ENVOY, ENVOY_GIVES)
    assert is_met(world)
    in_words = world.given("north-passage", conditions=(waiting_for("envoy-act"),))
    assert parties(in_words) == {"envoy"}
    tied = Impose(
        id="tied", party="north", of=("north-passage",), condition=waiting_for("envoy-act")
    )
    assert parties(world.plus(said("north", may(4), tied))) == {"envoy"}


def test_whom_a_condition_waits_for_is_asked_wherever_that_is_though_it_has_a_key_elsewhere():
    far = required(party="south", writer="birch-1", areas=("far-hills",))
    assert is_met(stale(far))
    world = stale(far).given("north-passage", conditions=(waiting_for("south-passage"),))
    assert parties(world) == {"south"}
    assert parties(stale(far, LINK, accept("north"), accept("south"), OTHER)) == {"south"}


def test_whoever_is_concerned_by_a_link_that_a_condition_waits_for_is_a_concern():
    link = Link(id="exchange", order=Order.TOGETHER, concerned=("north", "envoy"))
    world = stale(on("envoy"), ENVOY, link).given(
        "north-passage", conditions=(waiting_for("exchange"),)
    )
    assert parties(world) == {"envoy"}


def test_whoever_is_concerned_by_a_link_of_the_movement_is_a_concern():
    link = replace(LINK, concerned=("north", "south", "envoy"))
    assert is_met(stale(on("envoy"), ENVOY))
    assert parties(stale(on("envoy"), ENVOY, link, OTHER)) == {"envoy"}


def test_a_linked_movement_whose_words_have_not_come_takes_this_one_with_it():
    elsewhere = replace(OTHER, id="staff-out")
    world = HEARD.plus(LINK, accept("north"), accept("south"), elsewhere)
    assert ("A7", "OTHER-LEG") not in world.failing()
    lost = world.plus(required()).hearing_of("birch-1", complete_at=STALE)
    assert ("A7", "OTHER-LEG") in lost.failing()


def test_a_go_ends_when_a_word_that_a_linked_movement_rests_on_is_too_old():
    # The staff leave at 12:55, so that only they are on the way once the patron's consent is asked.
    elsewhere = replace(OTHER, depart_at=may(6, 12, 55))
    needed = ConsentNeed(
        id="of-the-patron", areas=BANKS, holders=("patron",), valid=Span(may(6, 14, 5), may(7))
    )
    consents = Consent(
        id="patron-consents", party="patron", undertaking=undertaking(CONSENT, *BANKS)
    )
    world = HEARD.plus(
        *(LINK, accept("north"), accept("south"), elsewhere),
        *(PATRON, needed, said("patron", may(4, 11), consents)),
        on("patron", fresh_within_s=NOW - SIX + 60),
    )
    (found,) = world.findings("A7")
    assert (found.status, found.holds_until) == (Status.MET, NOW + 61)
    assert world.judged().expires == NOW + 61
    assert world.at(NOW + 60).verdict() == "go"
    assert ("A7", "OTHER-LEG") in world.at(NOW + 61).failing()


# -- the clock


def test_a_doubted_clock_is_no_go_whoever_was_heard():
    hearing = replace(HEARD.hearing, clock="it says noon, and its last entry says two.")
    world = replace(HEARD.plus(required()), hearing=hearing)
    (found,) = world.findings("R1")
    assert world.verdict() == "no-go"
    assert (found.code, found.party) == ("CLOCK-DOUBT", "")
    assert "it says noon, and its last entry says two." in found.says
    assert "Set the clock right" in found.remedy


# -- what adding does


def test_one_requirement_more_never_turns_no_go_into_go():
    for more in (required(), required(fresh_within_s=1), required(party="south", writer="birch-1")):
        for world in (HEARD, stale()):
            assert not (world.verdict() == "no-go" and world.plus(more).verdict() == "go")

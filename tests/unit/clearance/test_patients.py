"""Rule M1: a medical evacuation is judged patient by patient."""

from __future__ import annotations

import pytest

from safeconduct.clearance import Status
from safeconduct.policy import Level
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    Checkpoint,
    Convoy,
    Departure,
    PatientState,
    PermitState,
)
from tests.worlds.leaving import LEAVES, MEDEVAC, MOVEMENT, TRIP, cleared, medical, patient
from tests.worlds.two_towns import CLEAR, DAY, DEPART, may

CASE, CLEARS = "patient-B-7", "north-clears-B-7"
OPEN, REFUSED = PermitState.OPEN, PermitState.REFUSED
WITH_SECOND = MEDEVAC.plus(patient("B-8", rank=2), cleared("north", "B-8"), cleared("south", "B-8"))


def sick(**known):
    return MEDEVAC.but(CASE, **known)


def failing(code):
    return {("M1", code)}


# -- who is on the list


def test_a_list_of_another_movement_is_no_list():
    assert sick(movement="another").failing() == failing("NO-PATIENT-LIST")


@pytest.mark.parametrize(("second", "status"), [(-1, "not-yet-due"), (0, "unknown")])
def test_the_list_falls_due_in_the_very_second_a_day_before(second, status):
    assert medical().at(DEPART - DAY + second).only("M1").status.value == status


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"travels": False}, "Case B-8 is not on the list of this movement and stays."),
        ({"state": PatientState.REFUSED}, "Case B-8 refused to go and stays."),
        ({"state": PatientState.DIED}, "Case B-8 died while waiting."),
    ],
)
def test_who_stays_is_shown_and_stops_nobody(known, says):
    world = MEDEVAC.plus(patient("B-8", rank=2, consents=None, cleared_by=(), **known))
    met, stays = world.findings("M1")
    assert world.verdict() == "go"
    assert met.says == "Each case that travels has all that it needs: B-7."
    assert (stays.code, stays.level, stays.says) == ("PATIENT-STAYS", Level.WARN, says)


def test_who_must_say_what_becomes_of_a_case_that_stays_is_named():
    _, stays = MEDEVAC.plus(patient("B-8", travels=False)).findings("M1")
    assert stays.remedy == "Relief Office must say what becomes of case B-8."


@pytest.mark.parametrize(
    "known", [{"travels": False}, {"state": PatientState.REFUSED}, {"state": PatientState.DIED}]
)
def test_a_list_on_which_everybody_stays_moves_nobody(known):
    assert sick(**known).failing() == failing("NO-PATIENT-LIST")


def test_partial_approval_is_normal_once_it_is_recorded_who_stays():
    refused = WITH_SECOND.but("north-clears-B-8", state=REFUSED)
    assert refused.verdict() == "no-go"
    stays = patient("B-8", id="B-8-stays", rank=2, travels=False, stands_at=may(5))
    assert refused.plus(stays).verdict() == "go"


def test_every_case_is_named_with_what_it_lacks_by_rank():
    world = WITH_SECOND.but(CASE, rank=3, consents=False).but("patient-B-8", accepted=False)
    assert [finding.says[:9] for finding in world.findings("M1")] == ["Case B-8:", "Case B-7:"]


# -- consent and facility


@pytest.mark.parametrize(
    ("known", "code", "status"),
    [
        ({"consents": None}, "PATIENT-CONSENT", Status.UNKNOWN),
        ({"destination": " "}, "PATIENT-CONSENT", Status.UNKNOWN),
        ({"consents": False}, "PATIENT-CONSENT", Status.UNMET),
        ({"accepted": None}, "PATIENT-FACILITY", Status.UNKNOWN),
        ({"facility": ""}, "PATIENT-FACILITY", Status.UNKNOWN),
        ({"accepted": False}, "PATIENT-FACILITY", Status.UNMET),
        ({"accepted": False, "facility": ""}, "PATIENT-FACILITY", Status.UNMET),
    ],
)
def test_a_case_needs_consent_and_a_facility_that_are_named(known, code, status):
    world = sick(**known)
    finding = world.only("M1")
    assert (finding.code, finding.status) == (code, status)
    assert world.verdict() == "no-go"


def test_the_remedy_names_the_way_out_that_stops_no_other_case():
    assert sick(consents=None).only("M1").remedy == (
        "Ask the patient or the guardian, or record that case B-7 stays, so that the others can go."
    )


# -- clearances


@pytest.mark.parametrize(
    ("known", "status"),
    [
        ({"state": OPEN}, Status.UNKNOWN),
        ({"valid": None}, Status.UNKNOWN),
        ({"state": REFUSED}, Status.UNMET),
        ({"valid": Span(DEPART + 1, CLEAR)}, Status.UNMET),
        ({"valid": Span(DEPART, CLEAR - 1)}, Status.UNMET),
    ],
)
def test_each_party_clears_the_case_for_the_whole_trip(known, status):
    world = MEDEVAC.but(CLEARS, **known)
    finding = world.only("M1")
    assert (finding.code, finding.party, finding.status) == ("PATIENT-NOT-CLEARED", "north", status)


def test_a_clearance_may_end_in_the_very_second_the_trip_does():
    assert MEDEVAC.but(CLEARS, valid=TRIP).verdict() == "go"


@pytest.mark.parametrize("state", PermitState)
def test_a_clearance_tied_to_an_exchange_is_none(state):
    world = MEDEVAC.but(CLEARS, state=state, tied_to="the release of a prisoner.")
    assert world.failing() == failing("CLEARANCE-TIED")
    assert "ties its clearance to the release of a prisoner, which" in world.only("M1").says


def test_nobody_to_clear_a_case_is_a_doubt():
    world = sick(cleared_by=()).without(CLEARS, "south-clears-B-7")
    assert world.only("M1").status is Status.UNKNOWN
    assert world.failing() == failing("PATIENT-NOT-CLEARED")


def test_the_refusal_of_a_party_that_nobody_listed_counts_too():
    world = sick(cleared_by=("north",)).but("south-clears-B-7", state=REFUSED)
    assert world.only("M1").party == "south"
    assert world.verdict() == "no-go"


def test_a_clearance_of_another_case_or_movement_clears_nothing():
    for known in ({"case": "B-70"}, {"movement": "another"}):
        assert MEDEVAC.but(CLEARS, **known).failing() == failing("PATIENT-NOT-CLEARED")


# -- the latest record counts, and at a tie each does


@pytest.mark.parametrize(("second", "verdict"), [(-1, "go"), (0, "no-go"), (1, "no-go")])
def test_a_later_word_on_a_case_replaces_the_earlier_and_a_tie_goes_to_the_doubt(second, verdict):
    worse = patient(id="again", consents=False, stands_at=may(4, 9) + second)
    assert MEDEVAC.plus(worse).verdict() == verdict
    # The same the other way round: what was bad is mended by a later word only.
    better = patient(id="again", stands_at=may(4, 9) + second)
    mended = sick(consents=False).plus(better).verdict()
    assert mended == ("go" if second > 0 else "no-go")


@pytest.mark.parametrize(("second", "verdict"), [(-1, "go"), (0, "no-go"), (1, "no-go")])
def test_so_does_a_later_word_of_a_party(second, verdict):
    worse = cleared("north", id="again", state=OPEN, stands_at=may(4, 10) + second)
    assert MEDEVAC.plus(worse).verdict() == verdict


def test_at_a_tie_a_case_that_may_stay_is_not_sure_to_travel():
    tied = MEDEVAC.plus(patient(id="again", travels=False))
    assert tied.failing() == failing("NO-PATIENT-LIST")
    assert WITH_SECOND.plus(patient(id="again", travels=False)).verdict() == "go"


def test_what_stands_later_than_the_question_does_not_count():
    late = patient(id="again", consents=False, stands_at=may(6, 7, 31))
    assert MEDEVAC.plus(late).verdict() == "go"
    assert MEDEVAC.plus(late).at(may(6, 7, 31)).verdict() == "no-go"


# -- time, roles, seats


@pytest.mark.parametrize(("second", "verdict"), [(-1, "no-go"), (0, "go")])
def test_a_deadline_may_be_the_very_second_in_which_the_trip_ends(second, verdict):
    assert sick(deadline_at=CLEAR + second).verdict() == verdict


@pytest.mark.parametrize(("second", "verdict"), [(-1, "no-go"), (0, "go")])
def test_the_time_on_the_road_runs_from_the_first_to_the_last_moment_of_the_way_out(
    second, verdict
):
    # 11:40 to 13:02, with the longest hold at the bridge: 82 min.
    assert CLEAR - LEAVES == 82 * 60
    assert sick(max_transport_s=82 * 60 + second).verdict() == verdict


def test_a_longer_hold_makes_the_time_on_the_road_longer():
    post = Checkpoint(id="new", place="bridge", party="south", hold_min_s=0, hold_max_s=60)
    assert sick(max_transport_s=82 * 60).plus(post).failing() == failing("TRANSPORT-TOO-LONG")


def test_under_way_the_time_already_on_the_road_counts():
    left = Departure(id="left", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    world = sick(max_transport_s=82 * 60 - 1).plus(left).at(may(6, 12, 30))
    assert ("M1", "TRANSPORT-TOO-LONG") in world.failing()


@pytest.mark.parametrize("owner", ["north", "wing"])
def test_who_ranks_the_list_is_none_of_those_who_clear_it(owner):
    wing = Actor(id="wing", name="A wing", kind=ActorKind.POLITICAL, member_of=("north",))
    world = sick(list_owner=owner).plus(wing)
    assert world.failing() == failing("ROLES-NOT-APART")
    assert world.only("M1").party == "north"


@pytest.mark.parametrize(("seats", "verdict"), [(3, "no-go"), (4, "go")])
def test_all_who_travel_and_their_companions_have_a_seat(seats, verdict):
    convoy = Convoy(vehicles=10, column_m=1_000, passengers=seats)
    world = WITH_SECOND.but(MOVEMENT, convoy=convoy)
    assert world.verdict() == verdict
    if verdict == "no-go":
        assert world.only("M1").says == (
            "2 cases with their companions need 4 seats; the column has 3."
        )


def test_who_stays_needs_no_seat():
    convoy = Convoy(vehicles=10, column_m=1_000, passengers=2)
    stays = patient("B-8", travels=False, companions=30)
    assert MEDEVAC.plus(stays).but(MOVEMENT, convoy=convoy).verdict() == "go"


# -- under way


def test_nobody_has_travelled_before_a_departure():
    travelled = sick(state=PatientState.TRAVELLED)
    assert travelled.verdict() == "go"
    assert travelled.but(CLEARS, state=REFUSED).failing() == failing("PATIENT-NOT-CLEARED")


def test_who_has_travelled_is_asked_for_nothing_more():
    left = Departure(id="left", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    world = sick(state=PatientState.TRAVELLED, consents=None).plus(left).at(may(6, 12, 30))
    assert world.only("M1").status is Status.MET

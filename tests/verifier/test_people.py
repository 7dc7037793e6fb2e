"""People who leave: each rule objecting and not, to the second."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct import vocabulary as v
from safeconduct.spacetime import Span
from tests.verifier.some_papers import (
    AID,
    CARE,
    CIVILIAN,
    MAY_TRAVEL,
    MEDICAL,
    PATIENT,
    TERMS,
    UNSCREENED,
    WATCHED,
    against,
)
from tests.verifier.two_places import (
    ASSESSMENT,
    CLEAR,
    LEAVES,
    PRESENCE,
    said,
    undertaking,
    with_terms,
)

HOUR = 3600


# E1 to E5, E8 and E9.


@pytest.mark.parametrize(
    ("rule", "change"),
    [
        ("E1", {"voluntary": None}),
        ("E1", {"voluntary": False}),
        ("E1", {"forced_route": None}),
        ("E1", {"forced_route": True}),
        ("E2", {"own_choice": None}),
        ("E2", {"own_choice": False}),
        ("E2", {"acceptable_destination": False}),
        ("E2", {"held_by": ("army",)}),  # whose guns reach the road from outside
    ],
)
def test_terms_that_are_bad_or_unknown_object(rule: str, change: dict[str, Any]) -> None:
    assert against(replace(TERMS, **change), purpose=CIVILIAN) == {rule}
    assert against(replace(TERMS, **change), purpose=MEDICAL) == set()


def test_terms_speak_for_the_movers_they_name_and_bad_ones_for_all() -> None:
    fighters = replace(TERMS, movers=frozenset({v.Movers.FIGHTERS}))
    assert against(fighters, purpose=CIVILIAN) == {"E1", "E2"}
    bad = replace(fighters, id="bad", voluntary=False)
    assert against(bad, purpose=CIVILIAN) == {"E1"}
    assert against(replace(TERMS, held_by=("army", "council")), purpose=CIVILIAN) == set()
    inside = replace(PRESENCE, controls=True)
    passage = said(
        "said-pass",
        "army",
        1_000,
        v.Guarantee(id="p", party="army", undertaking=undertaking("passage")),
    )
    assert against(replace(TERMS, held_by=("army",)), inside, passage, purpose=CIVILIAN) == set()


@pytest.mark.parametrize("field", ["informed", "consents", "refusal_open", "stayers_protected"])
def test_every_question_about_consent_is_answered_yes(field: str) -> None:
    for answer in (None, False):
        assert against(replace(CARE, **{field: answer}), purpose=MEDICAL) == {"E3"}
    assert against(replace(CARE, **{field: False}), purpose=AID) == set()


@pytest.mark.parametrize(
    "field", ["together", "belongings", "no_distinction", "special_care", "services"]
)
def test_every_question_about_treatment_is_answered_yes(field: str) -> None:
    for answer in (None, False):
        assert against(replace(CARE, **{field: answer}), purpose=CIVILIAN) == {"E4"}
    half = replace(CARE, id="half", **{field: None})
    assert against(half, purpose=CIVILIAN) == set()  # another record says yes


def test_care_that_was_refused_objects_at_once_and_care_unknown_waits() -> None:
    early = LEAVES - 24 * HOUR - 1
    refused = replace(CARE, checked_at=early, informed=False, together=None)
    assert against(refused, purpose=MEDICAL, as_of=early) & {"E3", "E4"} == {"E3"}


@pytest.mark.parametrize(
    "watch",
    [
        replace(WATCHED, valid=Span(LEAVES, CLEAR - 1)),
        replace(WATCHED, valid=Span(LEAVES + 1, CLEAR)),
        replace(WATCHED, areas=("y",)),
        replace(WATCHED, monitor="army"),
        replace(WATCHED, monitor="nobody"),
    ],
)
def test_somebody_neutral_watches_the_whole_way_while_they_are_on_it(watch: v.Monitoring) -> None:
    assert against(watch, purpose=CIVILIAN, organisation="un") == {"E5"}
    assert against(watch, purpose=CIVILIAN, organisation="ngo") == set()


def test_monitors_who_are_not_neutral_object_at_once() -> None:
    early = LEAVES - 24 * HOUR - 1
    asked_of: dict[str, Any] = {"purpose": CIVILIAN, "organisation": "un", "as_of": early}
    assert "E5" in against(replace(WATCHED, monitor="army"), **asked_of)
    assert "E5" not in against(without=["watched"], **asked_of)
    assert "E5" not in against(replace(WATCHED, monitor="un"), **asked_of)


def test_where_somebody_neutral_falls_short_only_a_watch_by_others_there_and_then_is_bad() -> None:
    early = LEAVES - 24 * HOUR - 1
    asked_of: dict[str, Any] = {"purpose": CIVILIAN, "organisation": "un", "as_of": early}
    short = replace(WATCHED, valid=Span(LEAVES, CLEAR - 1))
    others = replace(WATCHED, id="others", monitor="army")
    assert "E5" in against(short, others, **asked_of)
    assert "E5" not in against(short, replace(others, areas=("y",)), **asked_of)
    for elsewhen in (Span(0, LEAVES), Span(CLEAR, CLEAR + 1)):
        assert "E5" not in against(short, replace(others, valid=elsewhen), **asked_of)


def test_a_destination_is_an_attackers_only_while_its_fire_reaches_the_way() -> None:
    held = replace(TERMS, held_by=("front",))
    guns = replace(PRESENCE, id="front-guns", party="front")
    assert "E2" in against(held, guns, purpose=CIVILIAN)
    assert "E2" in against(held, replace(guns, valid=Span(CLEAR - 1, 100_000)), purpose=CIVILIAN)
    for away in (
        replace(guns, areas=("y",)),
        replace(guns, valid=Span(CLEAR, 100_000)),
        replace(guns, means=frozenset({v.Means.CHECKPOINT})),
    ):
        assert "E2" not in against(held, away, purpose=CIVILIAN)
    gone = replace(ASSESSMENT, id="old", presences=("guns", "front-guns"))
    newer = replace(ASSESSMENT, supersedes=("old",))
    assert "E2" not in against(held, guns, gone, newer, purpose=CIVILIAN)


def test_every_seat_may_be_taken() -> None:
    assert against(replace(PATIENT, companions=3), purpose=MEDICAL) == set()  # four of four


SCREENED = replace(
    UNSCREENED,
    planned=True,
    party="army",
    guaranteed_in="free",
    independent="eyes",
    sign_off="head",
)
FREE = said(
    "said-free",
    "army",
    1_000,
    v.Guarantee(id="free", party="army", undertaking=undertaking("passage")),
)


def test_a_screening_is_guarded_by_a_guarantee_independent_eyes_and_a_sign_off() -> None:
    assert against(SCREENED, FREE, purpose=CIVILIAN) == set()
    for bad in (
        replace(SCREENED, guaranteed_in="grant-9"),
        replace(SCREENED, party="ministry"),
        replace(SCREENED, independent="army"),
        replace(SCREENED, independent="nobody"),
        replace(SCREENED, sign_off=""),
    ):
        assert against(bad, FREE, purpose=CIVILIAN) == {"E8"}
        assert against(bad, FREE, purpose=AID) == set()
    announced = replace(FREE, form=v.Form.ANNOUNCEMENT)
    assert against(SCREENED, announced, purpose=MEDICAL) == {"E8"}
    off = said("off", "army", 1_500, v.Withdraw(id="w", party="army", of=("free",)))
    assert "E8" in against(SCREENED, FREE, off, purpose=MEDICAL)  # its window is yet to come


def test_for_the_icrc_the_parties_agree_by_name_and_nobody_is_forced() -> None:
    asked_of: dict[str, Any] = {"purpose": CIVILIAN, "organisation": "icrc"}
    civilians = frozenset({v.Movers.CIVILIANS})
    assert against(with_terms(for_whom=civilians), **asked_of) == {"E9"}
    both = civilians | {v.Movers.HUMANITARIAN}
    assert against(with_terms(for_whom=both), **asked_of) == set()
    assert "E9" in against(replace(TERMS, forced_route=True), **asked_of)
    assert "E9" in against(without=["said-consent"], **asked_of)
    assert against(with_terms(for_whom=civilians), purpose=CIVILIAN) == set()
    # It waits for no phase.
    assert "E9" in against(with_terms(for_whom=civilians), **asked_of, as_of=2_000)


# M1.


@pytest.mark.parametrize(
    "case",
    [
        replace(PATIENT, consents=False),
        replace(PATIENT, consents=None),
        replace(PATIENT, facility=""),
        replace(PATIENT, accepted=None),
        replace(PATIENT, deadline_at=CLEAR - 1),
        replace(PATIENT, max_transport_s=CLEAR - LEAVES - 1),
        replace(PATIENT, list_owner="army"),
        replace(PATIENT, cleared_by=("army", "ministry")),
        replace(PATIENT, companions=4),  # five seats of four
        replace(PATIENT, travels=False),
        replace(PATIENT, state=v.PatientState.DIED),
    ],
)
def test_a_patient_travels_only_with_everything_in_order(case: v.Patient) -> None:
    assert against(case, purpose=MEDICAL) == {"M1"}
    assert against(case, purpose=CIVILIAN) == set()


@pytest.mark.parametrize(
    "clearance",
    [
        replace(MAY_TRAVEL, state=v.PermitState.OPEN),
        replace(MAY_TRAVEL, state=v.PermitState.REFUSED),
        replace(MAY_TRAVEL, valid=None),
        replace(MAY_TRAVEL, valid=Span(LEAVES, CLEAR - 1)),
        replace(MAY_TRAVEL, tied_to="an exchange"),
        replace(MAY_TRAVEL, case="case-2"),
    ],
)
def test_a_patient_is_cleared_for_the_whole_trip_and_in_exchange_for_nothing(
    clearance: v.PatientClearance,
) -> None:
    assert against(clearance, purpose=MEDICAL) == {"M1"}


def test_the_latest_word_on_a_case_counts_and_a_tie_is_a_doubt() -> None:
    for moment, objects in ((899, False), (900, True), (901, True)):
        refused = replace(PATIENT, id="no", consents=False, stands_at=moment)
        assert (against(refused, purpose=MEDICAL) == {"M1"}) is objects
        no = replace(MAY_TRAVEL, id="no", state=v.PermitState.REFUSED, stands_at=moment)
        assert (against(no, purpose=MEDICAL) == {"M1"}) is objects


def test_one_case_that_stays_holds_back_no_other() -> None:
    stays = replace(PATIENT, id="two", case="case-2", travels=False, consents=False)
    assert against(stays, purpose=MEDICAL) == set()


def test_a_refusal_objects_at_once_and_an_answer_that_is_due_waits() -> None:
    early = LEAVES - 24 * HOUR - 1
    case = replace(PATIENT, stands_at=early, cleared_by=())
    for field in ("consents", "accepted"):
        assert "M1" in against(replace(case, **{field: False}), purpose=MEDICAL, as_of=early)
        assert "M1" not in against(replace(case, **{field: None}), purpose=MEDICAL, as_of=early)

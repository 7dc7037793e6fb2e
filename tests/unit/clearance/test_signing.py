"""What a verdict bears: who has to sign for what, and what no signature makes of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.clearance.difference import changes
from safeconduct.clearance.signing import Signatories, check_decision, still_open, to_sign
from safeconduct.errors import DecisionRefused
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Choice,
    Decision,
    Instrument,
    InstrumentKind,
    NoRecentUse,
    Suspend,
)
from tests.worlds.two_towns import (
    BANKS,
    GROUND,
    MONTH,
    MORTARS,
    NOW,
    TOWNS,
    may,
    said,
)

GO, WITH_CONDITIONS, HOLD, NOT_GO, ABORT, RESUME = Choice
ONE = Signatories(role="head of office", person="N. Alder")
TWO = replace(ONE, second_role="security adviser", second_person="B. Birch")

GOES = TOWNS.judged()
# An open-ended word of 4 May is older than a day at departure: rule T5, level COND.
OPEN_ENDED = TOWNS.given("north-restraint", open_ended=True).judged()
WAITS = TOWNS.at(may(5, 8)).judged()
NO_GO = TOWNS.without("north-passage").judged()


def decided(choice: Choice, at: int = NOW, **more: object) -> Decision:
    fields = {"id": f"{choice.value}-{at}", "movement": "relief-to-birch", "version": 1}
    return Decision(choice=choice, by="head", decided_at=at, why="so", **(fields | more))


def refused(judgement, choice, who=TWO, **more):
    with pytest.raises(DecisionRefused) as caught:
        check_decision(judgement, choice, who, **({"why": "so", "decided_at": NOW} | more))
    return str(caught.value)


def borne(judgement, choice, who=TWO, **more):
    check_decision(judgement, choice, who, **({"why": "so", "decided_at": NOW} | more))


def test_a_go_is_borne_by_a_go_and_one_named_person():
    borne(GOES, GO, ONE)
    assert "Nobody is named who decides." in refused(GOES, GO, replace(ONE, person=" "))
    assert "gives no reason" in refused(GOES, GO, why=" ")


def test_a_go_that_ran_out_bears_nothing():
    assert GOES.expires is not None
    assert "ran out at 2030-05-06T08:00:00Z" in refused(GOES, GO, decided_at=GOES.expires)
    borne(GOES, GO, decided_at=GOES.expires - 1)


def test_a_conditional_is_no_go_and_the_message_names_what_to_sign():
    says = refused(OPEN_ENDED, GO)
    assert "The verdict is CONDITIONAL, not GO." in says
    assert "`go-with-conditions` with `--sign` for T5" in says


def test_every_open_finding_of_level_cond_has_to_be_signed_for():
    assert [finding.rule for finding in to_sign(OPEN_ENDED)] == ["T5"]
    assert "Nobody signs for rule T5. T5: " in refused(OPEN_ENDED, WITH_CONDITIONS)
    borne(OPEN_ENDED, WITH_CONDITIONS, signs=["T5"])


def test_nothing_is_signed_for_that_is_not_open():
    says = refused(OPEN_ENDED, WITH_CONDITIONS, signs=["T5", "A1"])
    assert "Nothing of rule A1 is there to be signed for. Sign only for what is open: T5." in says
    assert "Sign only for what is open: nothing is." in refused(GOES, GO, signs=["T5"])


def test_a_carried_risk_is_signed_for():
    judgement = _carried_risk().judged()
    assert judgement.verdict.value == "conditional"
    rules = {finding.rule for finding in to_sign(judgement)}
    assert rules
    assert "Nobody signs for" in refused(judgement, WITH_CONDITIONS)
    borne(judgement, WITH_CONDITIONS, signs=rules)


def _carried_risk():
    notified = Instrument(
        id="notified", party="north", means=frozenset({GROUND, MORTARS}), areas=BANKS,
        instrument=InstrumentKind.NOTIFICATION, valid=MONTH, reason="it never signs",
        risk_owner="head of office", mitigation="daylight only",
    )  # fmt: skip
    unused = NoRecentUse(
        id="unused", party="north", means=frozenset({GROUND, MORTARS}), areas=BANKS,
        during=Span(may(-5), NOW), by="duty officer",
    )  # fmt: skip
    return TOWNS.without("north-restraint").plus(notified, unused)


@pytest.mark.parametrize(
    "second", ["", "N. Alder", "n.  ALDER ", "\uff2e. Alder"], ids=["none", "same", "case", "wide"]
)
def test_one_person_does_not_sign_twice_by_spelling_the_name_otherwise(second):
    who = replace(TWO, second_person=second)
    says = refused(OPEN_ENDED, WITH_CONDITIONS, who, signs=["T5"])
    assert ("only one person is named" if not second else "the same person's") in says


def test_what_is_not_due_yet_cannot_be_signed_and_stays_a_condition():
    assert [finding.rule for finding in still_open(WAITS)] == ["G4", "V3", "X5", "X5"]
    assert to_sign(WAITS) == ()
    borne(WAITS, WITH_CONDITIONS, decided_at=may(5, 8))
    assert "only one person" in refused(WAITS, WITH_CONDITIONS, ONE, decided_at=may(5, 8))
    assert "Nothing of rule G4" in refused(
        WAITS, WITH_CONDITIONS, signs=["G4"], decided_at=may(5, 8)
    )


def test_going_against_a_no_go_is_an_act_of_its_own_by_two_people():
    assert "The verdict is NO-GO (" in refused(NO_GO, GO)
    assert "`--against-advice`, two named people, and why" in refused(NO_GO, GO)
    assert "takes two people" in refused(NO_GO, GO, ONE, against_advice=True)
    assert "no conditions that could be signed" in refused(
        NO_GO, WITH_CONDITIONS, against_advice=True
    )
    borne(NO_GO, GO, against_advice=True)


@pytest.mark.parametrize("judgement", [GOES, OPEN_ENDED], ids=["go", "conditional"])
def test_nobody_acts_against_an_advice_that_is_not_there(judgement):
    assert "going is not against it" in refused(
        judgement, WITH_CONDITIONS, against_advice=True, signs=["T5"]
    )


@pytest.mark.parametrize("choice", [HOLD, NOT_GO])
@pytest.mark.parametrize("judgement", [GOES, OPEN_ENDED, NO_GO], ids=["go", "cond", "no-go"])
def test_one_person_may_always_stay(judgement, choice):
    borne(judgement, choice, ONE)
    assert "nothing goes by it" in refused(judgement, choice, signs=["T5"])
    assert "against no advice" in refused(judgement, choice, against_advice=True)


def test_only_what_was_sent_is_aborted_and_only_what_stands_still_is_resumed():
    assert "Nothing has been decided yet." in refused(GOES, ABORT)
    assert "What stands is hold." in refused(GOES, ABORT, before=decided(HOLD))
    for going in (GO, WITH_CONDITIONS, RESUME):
        borne(NO_GO, ABORT, ONE, before=decided(going))
        assert f"What stands is {going.value}." in refused(GOES, RESUME, before=decided(going))
    for still in (ABORT, HOLD):
        borne(GOES, RESUME, ONE, before=decided(still))
    assert "What stands is not-go." in refused(GOES, RESUME, before=decided(NOT_GO))


def test_to_resume_asks_what_to_go_asks():
    held = decided(HOLD)
    assert "Nobody signs for rule T5" in refused(OPEN_ENDED, RESUME, before=held)
    borne(OPEN_ENDED, RESUME, signs=["T5"], before=held)
    assert "The verdict is NO-GO" in refused(NO_GO, RESUME, before=held)
    borne(NO_GO, RESUME, against_advice=True, before=held)


def test_what_changed_is_told_finding_by_finding():
    closed = Suspend(id="closed", party="north", what="the bank is closed")
    after = TOWNS.plus(said("north", may(6, 7), closed, id="late")).judged()
    told = changes(GOES, after)
    assert told[0] == "the verdict was GO and is NO-GO"
    assert any(line.startswith("rule A5 now unmet: ") for line in told)
    assert changes(GOES, GOES) == ()


def test_only_another_moment_is_no_change():
    assert changes(GOES, TOWNS.at(NOW + 60).judged()) == ()


def test_another_version_of_the_movement_is_a_change():
    told = changes(GOES, TOWNS.but("relief-to-birch", people_in_need=5).judged())
    assert len(told) == 1 and told[0].startswith("another movement: ")

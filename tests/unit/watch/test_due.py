"""What is due in the world of the two towns: each thing by its moment, and whom to call."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Answer,
    Choice,
    Decision,
    Departure,
    Depth,
    Instrument,
    InstrumentKind,
    NoRecentUse,
    Outcome,
    Result,
    Suspend,
)
from safeconduct.watch.due import due
from safeconduct.watch.item import Due, ToDo
from tests.unit.watch.office import (
    REPLY_DUE,
    agenda,
    ask,
    chase,
    contact,
    dockets,
    letter,
    reply,
    stands,
)
from tests.worlds.two_towns import (
    DAY,
    DEPART,
    GROUND,
    HOUR,
    MORTARS,
    MOVEMENT,
    TOWNS,
    Towns,
    may,
    said,
)

WITHOUT = TOWNS.without("north-passage").at(may(5, 8))


def items(towns: Towns, to_do: ToDo, within_s: int = DAY) -> list[Due]:
    return [one for one in agenda(towns, within_s).items if one.to_do is to_do]


def only(towns: Towns, to_do: ToDo, within_s: int = DAY, *, rule: str = "") -> Due:
    (found,) = (one for one in items(towns, to_do, within_s) if not rule or rule in one.rules)
    return found


def decided(choice: Choice, at: int) -> Decision:
    return Decision(
        id=f"{choice.value}-{at}",
        movement=MOVEMENT,
        version=1,
        choice=choice,
        by="head of office",
        decided_at=at,
        why="invented",
    )


# -- what a verdict waits for


def test_what_is_not_due_yet_is_told_with_the_moment_at_which_it_falls_due() -> None:
    towns = TOWNS.without("quiet-in-the-morning").at(may(5, 8))
    found = only(towns, ToDo.CHECK, rule="G4")
    assert (found.when, found.rules, found.movements) == (may(5, 9), ("G4",), (MOVEMENT,))
    assert not found.overdue


def test_what_was_due_and_is_not_done_stays_there_as_overdue() -> None:
    towns = TOWNS.without("quiet-in-the-morning").at(may(5, 12))
    found = only(towns, ToDo.CHECK, rule="G4")
    assert (found.when, found.overdue) == (may(5, 9), True)


def test_what_falls_due_later_is_left_out_until_the_look_reaches_that_far() -> None:
    towns = TOWNS.without("quiet-in-the-morning").at(may(4, 12))
    assert items(towns, ToDo.CHECK, 20 * HOUR) == []
    assert items(towns, ToDo.CHECK, 21 * HOUR) != []


def test_a_check_that_will_be_too_old_is_told_by_the_end_of_its_life() -> None:
    towns = TOWNS.but("quiet-in-the-morning", checked_at=may(5, 8, 30))
    found = only(towns, ToDo.CHECK, rule="G4")
    assert found.when == may(6, 8, 30, 1)
    assert found.what.startswith("Look again")


def test_the_look_at_the_gate_is_a_check_and_the_last_word_a_reconfirmation() -> None:
    towns = TOWNS.at(may(5, 8))
    assert {rule for one in items(towns, ToDo.CHECK) for rule in one.rules} >= {"V3"}
    assert {rule for one in items(towns, ToDo.RECONFIRM) for rule in one.rules} >= {"X5"}


def test_a_party_that_was_not_told_is_to_be_told_in_time() -> None:
    towns = TOWNS.without("notice-south", "south-received").at(may(3, 8))
    assert [one.when for one in items(towns, ToDo.SEND) if one.party == "south"] == [may(3, 9)]


def test_a_verdict_is_to_be_made_again_when_it_expires() -> None:
    found = only(TOWNS, ToDo.RECONFIRM)
    assert found.when == DEPART - HOUR
    assert "The verdict GO may be acted on until then" in found.what


def test_an_open_ended_word_is_to_be_reconfirmed_in_the_last_day() -> None:
    towns = TOWNS.given("north-passage", open_ended=True).at(may(5, 8))
    found = only(towns, ToDo.RECONFIRM, rule="T5")
    assert (found.when, found.party, found.rules) == (may(5, 9), "north", ("T5",))
    assert found.records == ("north-passage",)


def test_a_departure_that_nobody_recorded_is_overdue_from_its_moment_on() -> None:
    found = only(TOWNS.at(DEPART + HOUR), ToDo.RECORD)
    assert (found.when, found.overdue, found.rules) == (DEPART, True, ("T1",))


def test_of_a_movement_that_is_over_only_its_outcome_is_due() -> None:
    towns = TOWNS.at(may(6, 16))
    found = [one for one in agenda(towns).items if one.movements == (MOVEMENT,)]
    assert [(one.to_do, one.when) for one in found if one.to_do is not ToDo.RENEW] == [
        (ToDo.RECORD, may(6, 15))
    ]
    assert "No departure is recorded either." in found[0].what
    gone = Departure(id="d", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    assert "departure" not in only(towns.plus(gone), ToDo.RECORD).what


def test_a_trip_that_is_over_early_wants_its_outcome_by_the_planned_end() -> None:
    gone = Departure(id="d", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    towns = TOWNS.plus(gone).at(may(6, 13, 30))
    (found,) = [one for one in agenda(towns).items if one.movements == (MOVEMENT,)]
    assert (found.to_do, found.when, found.overdue) == (ToDo.RECORD, may(6, 15), False)


def test_a_key_that_is_lost_under_way_is_asked_for_at_once() -> None:
    gone = Departure(id="d", movement=MOVEMENT, version=1, departed_at=DEPART, by="leader")
    found = only(WITHOUT.plus(gone).at(may(6, 9, 5)), ToDo.ASK)
    assert found.overdue and found.party == "north"


def test_a_movement_with_an_outcome_waits_for_nothing() -> None:
    outcome = Outcome(
        id="o", movement=MOVEMENT, version=1, result=Result.CANCELLED, what="invented"
    )
    assert not [one for one in agenda(WITHOUT.plus(outcome)).items if one.to_do is not ToDo.RENEW]
    later = replace(outcome, at=may(5, 9))
    assert items(WITHOUT.plus(later), ToDo.ASK)
    other = replace(outcome, version=2)
    assert items(WITHOUT.plus(other), ToDo.ASK)


def test_somebody_decides_before_departure_and_not_to_go_closes_the_movement() -> None:
    assert only(TOWNS, ToDo.SIGN).when == DEPART
    go = TOWNS.plus(decided(Choice.GO, may(6, 7)))
    assert items(go, ToDo.SIGN) == []
    assert items(go, ToDo.RECONFIRM)
    not_go = WITHOUT.plus(decided(Choice.NOT_GO, may(5, 7)))
    assert items(not_go, ToDo.ASK) == []
    # A decision that is still to come decides nothing, and a later one replaces it.
    assert items(WITHOUT.plus(decided(Choice.NOT_GO, may(5, 9))), ToDo.ASK)
    both = [decided(Choice.NOT_GO, may(5, 6)), decided(Choice.HOLD, may(5, 7))]
    assert items(WITHOUT.plus(*both), ToDo.ASK)


def test_a_risk_that_somebody_must_carry_is_to_be_signed() -> None:
    instrument = Instrument(
        id="no-line",
        party="north",
        means=frozenset({GROUND}),
        areas=("north-bank",),
        instrument=InstrumentKind.UNREACHABLE,
        reason="no line",
        valid=Span(may(1), may(32)),
        risk_owner="head of office",
        mitigation="a wide berth",
        tried="called twice",
    )
    quiet = NoRecentUse(
        id="quiet",
        party="north",
        means=frozenset({GROUND}),
        areas=("north-bank",),
        during=Span(may(-3), may(6, 7)),
        by="analyst",
    )
    towns = TOWNS.given("north-restraint", means=frozenset({MORTARS})).plus(instrument, quiet)
    signed = [one for one in items(towns, ToDo.SIGN) if one.records]
    assert any("head of office" in one.what and "no-line" in one.records for one in signed)


# -- asks


def test_a_missing_key_that_nobody_asked_for_is_to_be_asked_for_before_preparation_begins() -> None:
    towns = WITHOUT.plus(contact("post", areas=("north-bank",), depth=Depth.UNIT))
    found = only(towns, ToDo.ASK)
    # Departure is on the 6th at 9, and loading and briefing take a day.
    assert (found.when, found.party, found.rules) == (may(5, 9), "north", ("A1",))
    assert found.what.startswith("Ask The North: passage over the way")
    assert found.call is not None and found.call.contact.id == "post"


def test_what_was_asked_is_to_be_chased_when_its_reply_is_due_and_not_asked_again() -> None:
    towns = WITHOUT.plus(ask(reply_due_at=may(5, 10)), chase(may(5, 7)))
    assert items(towns, ToDo.ASK) == []
    found = only(towns, ToDo.CHASE)
    assert (found.when, found.records, found.overdue) == (may(5, 10), ("ask",), False)
    assert "asked 23 h ago, chased once" in found.what
    assert only(towns.at(may(5, 11)), ToDo.CHASE).overdue


def test_an_ask_without_a_moment_for_the_reply_is_chased_by_the_deadline() -> None:
    assert only(WITHOUT.plus(ask(reply_due_at=None)), ToDo.CHASE).when == may(5, 9)


def test_an_ask_that_was_never_put_is_to_be_sent() -> None:
    found = only(WITHOUT.plus(ask(asked_at=None)), ToDo.SEND)
    assert (found.when, found.records) == (REPLY_DUE, ("ask",))


def test_what_was_granted_without_a_recorded_word_is_to_be_recorded() -> None:
    towns = WITHOUT.plus(ask(), reply(Answer.GRANTED, may(5, 7)))
    found = only(towns, ToDo.RECORD)
    assert (found.when, found.overdue) == (may(5, 7), True)
    assert "its word is not recorded" in found.what
    assert items(towns, ToDo.ASK) == []


def test_what_was_refused_is_to_be_asked_anew_and_the_refusal_told() -> None:
    found = only(WITHOUT.plus(ask(), reply(Answer.REFUSED, may(5, 7))), ToDo.ASK)
    assert found.what.endswith("It was asked, and the answer was refused.")


def test_a_granted_word_that_turns_no_key_is_to_be_asked_for_again() -> None:
    word = reply(Answer.GRANTED, may(5, 7), statement="north-guarantees")
    assert "the answer was granted" in only(WITHOUT.plus(ask(), word), ToDo.ASK).what


def test_a_word_that_was_given_and_taken_back_is_asked_for_anew_not_recorded_anew() -> None:
    over = said("north", may(5, 7), Suspend(id="over", party="north", what="the truce is over"))
    towns = TOWNS.at(may(5, 8)).plus(ask(), reply(Answer.GRANTED, may(4, 12)), over)
    assert items(towns, ToDo.RECORD) == []
    anew = [one for one in items(towns, ToDo.ASK) if "passage" in one.what]
    assert [one.what.endswith("the answer was granted.") for one in anew] == [True]
    # A word from before it was asked is no answer to it.
    later = TOWNS.at(may(5, 8)).plus(
        ask(asked_at=may(4, 11)), reply(Answer.GRANTED, may(4, 12)), over
    )
    assert "its word is not recorded" in only(later, ToDo.RECORD).what


def test_an_ask_whose_key_is_turned_wants_its_reply_noted() -> None:
    found = only(TOWNS.at(may(5, 8)).plus(ask()), ToDo.RECORD)
    assert "is on record: note the reply" in found.what


# -- permits


def test_a_permit_says_its_next_step_and_how_long_that_has_been_open() -> None:
    towns = WITHOUT.plus(letter(), stands(may(3, 8), ministry=may(3, 8), governor=None))
    found = only(towns, ToDo.PERMIT)
    assert (found.when, found.since) == (may(5, 9), may(3, 8))
    assert "Next step: governor, open for 2 days." in found.what


def test_a_step_that_lies_for_a_week_is_asked_after_long_before_the_deadline() -> None:
    towns = WITHOUT.but(MOVEMENT, depart_at=may(20, 9), latest_at=may(20, 15)).plus(
        letter(), stands(may(1), ministry=may(1), governor=None)
    )
    assert items(towns.at(may(7, 12)), ToDo.PERMIT, 11 * HOUR) == []
    assert only(towns.at(may(7, 12)), ToDo.PERMIT, 12 * HOUR).when == may(8)


# -- the whole


def test_what_is_due_comes_in_the_order_of_its_moments() -> None:
    moments = [one.when for one in agenda(WITHOUT.plus(ask(), letter())).items]
    assert moments == sorted(moments) and len(moments) >= 3


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_records_changes_nothing(seed: int) -> None:
    towns = WITHOUT.plus(ask(), ask("b"), letter(), contact("x"), contact("y"))
    records = list(towns.records)
    Random(seed).shuffle(records)
    shuffled = replace(towns, records=tuple([*records, records[0]]))
    found = list(dockets(shuffled))
    Random(seed).shuffle(found)
    assert due(shuffled.situation(), found, within_s=DAY) == agenda(towns)


def test_a_movement_that_cannot_be_judged_does_not_stop_the_others() -> None:
    lost = replace(TOWNS.movement(), id="lost", legs=(TOWNS.movement().legs[1],), profile="none")
    towns = TOWNS.without("quiet-in-the-morning")
    good = list(dockets(towns))
    broken = replace(good[0], movement=lost, bench=None)
    found = due(towns.situation(), [*good, broken], within_s=DAY)
    assert any(one.movements == (MOVEMENT,) and one.to_do is ToDo.CHECK for one in found.items)


def test_the_body_says_when_what_for_which_movement_of_whom_and_why() -> None:
    towns = WITHOUT.plus(ask(), contact("post", areas=("north-bank",)))
    body = agenda(towns).as_json()
    assert body["as_of"] == "2030-05-05T08:00:00Z"
    (chased,) = [one for one in body["due"] if one["to_do"] == "chase"]
    assert chased["when"] == "2030-05-05T09:00:00Z" and chased["overdue"] is False
    assert (chased["movements"], chased["party"]) == ([MOVEMENT], "north")
    assert chased["call"]["role"] == "role of post"
    assert (chased["rules"], chased["records"]) == (["A1"], ["ask"])


def test_nothing_is_due_in_a_world_without_movements_but_what_lapses() -> None:
    towns = TOWNS.without(MOVEMENT, "notice-north", "notice-south").at(may(9, 12))
    assert {one.to_do for one in agenda(towns).items} == {ToDo.RENEW}

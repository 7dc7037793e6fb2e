"""How an ask stands: open until a yes or a no, overdue from the moment the reply was due."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Answer, Reject, UndertakingKind
from safeconduct.watch.asking import AskStanding, AskState, ask_standing, ask_standings
from tests.unit.watch.office import ASKED, REPLY_DUE, ask, chase, contact, reply
from tests.worlds.two_towns import DAY, HOUR, TOWNS, Towns, may, said

WITHOUT = TOWNS.without("north-passage")


def standing(towns: Towns, id: str = "ask") -> AskStanding:
    judgement = towns.judged()
    return ask_standing(towns.situation(), towns.record(id), judgement)


def test_an_ask_is_open_until_its_reply_is_due_and_overdue_after_that() -> None:
    towns = WITHOUT.plus(ask())
    assert standing(towns.at(REPLY_DUE)).state is AskState.OPEN
    late = standing(towns.at(REPLY_DUE + HOUR))
    assert (late.state, late.overdue_s, late.open_s) == (AskState.OVERDUE, HOUR, DAY + HOUR)


def test_an_ask_without_a_moment_for_the_reply_is_never_overdue() -> None:
    towns = WITHOUT.plus(ask(reply_due_at=None))
    assert standing(towns).state is AskState.OPEN


def test_an_ask_that_was_never_put_is_not_sent() -> None:
    found = standing(WITHOUT.plus(ask(asked_at=None)))
    assert (found.state, found.open_s, found.overdue_s) == (AskState.NOT_SENT, None, 0)


def test_chases_are_counted_and_change_nothing_else() -> None:
    found = standing(WITHOUT.plus(ask(), chase(may(5, 12)), chase(may(5, 10))).at(may(5, 13)))
    assert [one.chased_at for one in found.chases] == [may(5, 10), may(5, 12)]
    assert found.state is AskState.OVERDUE


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Answer.GRANTED, AskState.GRANTED),
        (Answer.PARTLY, AskState.PARTLY),
        (Answer.REFUSED, AskState.REFUSED),
        (Answer.NO_ANSWER_YET, AskState.OVERDUE),
    ],
)
def test_only_yes_partly_and_no_are_answers(answer: Answer, state: AskState) -> None:
    found = standing(WITHOUT.plus(ask(), reply(answer, may(5, 8))).at(may(5, 12)))
    assert found.state is state
    assert bool(found.overdue_s) is (state is AskState.OVERDUE)


def test_not_yet_after_an_answer_does_not_open_the_ask_again() -> None:
    answers = [reply(Answer.GRANTED, may(4, 12)), reply(Answer.NO_ANSWER_YET, may(5))]
    assert standing(WITHOUT.plus(ask(), *answers)).state is AskState.GRANTED


def test_the_later_answer_holds_and_of_two_at_once_the_one_with_more_doubt() -> None:
    later = [reply(Answer.REFUSED, may(4, 12)), reply(Answer.GRANTED, may(5))]
    at_once = [reply(Answer.REFUSED, may(5)), reply(Answer.GRANTED, may(5))]
    assert standing(WITHOUT.plus(ask(), *later)).state is AskState.GRANTED
    assert standing(WITHOUT.plus(ask(), *at_once)).state is AskState.REFUSED


def test_a_reply_that_is_still_to_come_answers_nothing() -> None:
    towns = WITHOUT.plus(ask(), reply(Answer.GRANTED, may(7)))
    assert standing(towns).state is AskState.OVERDUE


def test_an_ask_is_linked_to_the_findings_of_its_kind_and_to_what_explains_them() -> None:
    south = ask("south", party="south")
    found = ask_standings(WITHOUT.plus(ask(), south).situation(), [WITHOUT.judged()])
    assert {one.ask.id: [(f.rule, f.code) for f in one.would_meet] for one in found} == {
        "ask": [("A1", "PASSAGE-MISSING")],
        "south": [],
    }
    # The restraint is there, so an ask for one would meet nothing.
    assert not standing(WITHOUT.plus(ask(kind=UndertakingKind.RESTRAINT))).would_meet


def test_a_notice_that_is_missing_is_not_met_by_an_ask() -> None:
    found = standing(WITHOUT.without("notice-north", "north-received").plus(ask()))
    assert "N4" not in {one.rule for one in found.would_meet}


def test_a_key_of_a_party_that_rejected_stays_linked_to_its_ask() -> None:
    no = said("north", may(5), Reject(id="no", party="north", of=("relief-to-birch",)))
    assert [f.code for f in standing(WITHOUT.plus(ask(), no)).would_meet] == ["REJECTED"]
    consent = standing(WITHOUT.plus(ask(kind=UndertakingKind.CONSENT), no))
    assert consent.would_meet == ()


def test_the_contact_that_was_asked_is_the_one_to_call() -> None:
    others = [contact("other"), contact("asked", areas=("south-bank",))]
    found = standing(WITHOUT.plus(ask(to="asked"), *others))
    assert found.call is not None and found.call.contact.id == "asked"


def test_asks_come_by_when_their_reply_is_due_and_those_without_a_moment_last() -> None:
    asks = [ask("b"), ask("a"), ask("never", reply_due_at=None), ask("soon", reply_due_at=ASKED)]
    found = ask_standings(WITHOUT.plus(*asks).situation())
    assert [one.ask.id for one in found] == ["soon", "a", "b", "never"]


def test_an_ask_is_known_only_once_it_was_put() -> None:
    assert ask_standings(WITHOUT.plus(ask()).at(ASKED - 1).situation()) == ()


def test_the_body_of_an_ask_says_how_it_stands() -> None:
    body = standing(WITHOUT.plus(ask(), chase(may(5, 10))).at(may(5, 12))).as_json()
    assert (body["state"], body["overdue_s"], len(body["chased"])) == ("overdue", 3 * HOUR, 1)
    assert body["reply_due"] == "2030-05-05T09:00:00Z"
    assert body["would_meet"] == [{"rule": "A1", "code": "PASSAGE-MISSING", "status": "unmet"}]

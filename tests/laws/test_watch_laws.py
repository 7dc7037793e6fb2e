"""What holds of asks and of what is due, whatever was recorded and in whatever order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safeconduct.situation import picture
from safeconduct.vocabulary import Answer, Chase, Reply
from safeconduct.watch.asking import AskState, ask_standing
from safeconduct.watch.due import Agenda, due
from tests.unit.register.writers import examples
from tests.unit.watch.office import ask, chase, dockets, reply
from tests.worlds.two_towns import DAY, HOUR, TOWNS, may

START = may(4, 9)
hours = st.integers(0, 60).map(lambda hour: START + hour * HOUR)
replies = st.lists(st.builds(reply, st.sampled_from(Answer), hours), max_size=4)
chases = st.lists(st.builds(chase, hours), max_size=3)

WITHOUT = TOWNS.without("north-passage")


def state(now: int, answers: list[Reply], calls: list[Chase]) -> AskState:
    records = (*TOWNS.records, ask(), *answers, *calls)
    situation = picture(records, as_of=now, known_at=now)
    return ask_standing(situation, ask()).state


@examples
@given(hours, replies, chases, st.builds(reply, st.sampled_from(Answer), hours))
def test_a_reply_never_makes_an_ask_overdue(now, answers, calls, more):
    before, after = state(now, answers, calls), state(now, [*answers, more], calls)
    assert before is AskState.OVERDUE or after is not AskState.OVERDUE


@examples
@given(hours, replies, chases)
def test_chasing_never_changes_how_an_ask_stands(now, answers, calls):
    assert state(now, answers, calls) is state(now, answers, [])


@examples
@given(hours, replies)
def test_an_answered_ask_is_never_open_again(now, answers):
    closed = {AskState.GRANTED, AskState.PARTLY, AskState.REFUSED}
    if state(now, answers, []) in closed:
        assert state(now + HOUR, answers, []) in closed


def agenda(now: int, records: tuple, within_s: int) -> Agenda:
    towns = type(WITHOUT)(records, WITHOUT.network, WITHOUT.policy, now)
    return due(towns.situation(), dockets(towns), within_s=within_s)


@examples
@given(hours, replies, st.randoms(use_true_random=False), st.integers(0, 3))
def test_what_is_due_is_sorted_and_does_not_depend_on_the_order_of_entries(
    now, answers, chance, days
):
    records = [*WITHOUT.records, ask(), *dict.fromkeys(answers)]
    found = agenda(now, tuple(records), days * DAY)
    chance.shuffle(records)
    assert agenda(now, (*records, records[0]), days * DAY) == found
    assert [one.when for one in found.items] == sorted(one.when for one in found.items)


@examples
@given(hours, replies, st.integers(0, 3), st.integers(0, 3))
def test_who_looks_further_ahead_sees_all_that_was_seen_before(now, answers, days, more):
    records = (*WITHOUT.records, ask(), *dict.fromkeys(answers))
    near, far = (agenda(now, records, d * DAY) for d in (days, days + more))
    assert set(near.items) <= set(far.items)


@examples
@given(hours, replies)
def test_a_thing_is_overdue_exactly_when_its_moment_has_passed(now, answers):
    records = (*WITHOUT.records, ask(), *dict.fromkeys(answers))
    for one in agenda(now, records, 3 * DAY).items:
        assert one.overdue is (one.when < now)

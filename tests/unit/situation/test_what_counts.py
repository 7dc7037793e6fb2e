"""Section 1: what is known, what had been said, and that order and repetition change nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.situation import picture
from safeconduct.vocabulary import (
    Announce,
    Answer,
    Confirm,
    Departure,
    Guarantee,
    Hazard,
    HazardCleared,
    IncidentCheck,
    Notice,
    Presence,
    Reject,
    Request,
    RoadReopened,
    Statement,
    WaitingPlace,
)
from tests.unit.watch.office import ask, chase, reply, tried
from tests.worlds.two_towns import MONTH, MOVEMENT, NOW, PASSAGE, TOWNS, may, said, undertaking


def as_of(now, *records):
    return picture(records, as_of=now, known_at=now)


def test_a_statement_counts_from_the_second_it_was_said():
    word = TOWNS.record("north-guarantees")
    assert as_of(word.said_at - 1, word).statements == ()
    assert as_of(word.said_at, word).statements == (word,)


@pytest.mark.parametrize(
    "record",
    [
        IncidentCheck(id="c", areas=("north-bank",), checked_at=NOW, by="officer"),
        HazardCleared(id="h", of="rubble", cleared_at=NOW, by="officer", evidence="photograph"),
        RoadReopened(id="r", of="snow", reopened_at=NOW, by="officer", evidence="photograph"),
        WaitingPlace(id="w", place="bridge", holds_m=900, by="x", checked_at=NOW, valid=MONTH),
        Notice(id="n", movement=MOVEMENT, version=1, to="north", sent_at=NOW, legs=("in",)),
        Departure(id="d", movement=MOVEMENT, version=1, departed_at=NOW, by="leader"),
        ask(asked_at=NOW),
        chase(NOW),
        reply(Answer.GRANTED, NOW),
        tried("liaison", NOW),
    ],
    ids=lambda record: record.tag,
)
def test_a_record_of_one_moment_counts_from_that_second(record):
    assert as_of(NOW - 1, record).facts(type(record)) == ()
    assert as_of(NOW, record).facts(type(record)) == (record,)


def test_a_fact_about_a_period_counts_as_soon_as_it_is_known():
    hazard = Hazard(id="rubble", hazard="rubble", areas=("north-bank",), from_at=NOW + 1)
    assert as_of(NOW, hazard).facts(Hazard) == (hazard,)


def test_the_highest_version_of_a_movement_is_the_one_that_is_judged():
    first = TOWNS.record(MOVEMENT)
    second = replace(first, version=2, title="Food only")
    tenth = replace(first, version=10, title="Seeds")
    assert as_of(NOW, tenth, first, second).movements == {MOVEMENT: tenth}


def test_an_id_with_two_contents_counts_for_nothing_and_is_named():
    one = TOWNS.record("north-garrison")
    other = replace(one, areas=("south-bank",))
    found = as_of(NOW, one, other, TOWNS.record("north-mortars"))
    assert [p.id for p in found.facts(Presence)] == ["north-mortars"]
    assert found.doubled == ("north-garrison",)


def test_a_statement_told_twice_in_two_ways_counts_for_nothing():
    word = TOWNS.record("north-guarantees")
    found = as_of(NOW, word, replace(word, paraphrase="another reading"))
    assert (found.statements, found.grants, found.doubled) == ((), (), ("north-guarantees",))


def test_order_and_repetition_change_nothing():
    there = TOWNS.records
    again = (*reversed(there), *there[3:], *there[::2])
    assert as_of(NOW, *again) == as_of(NOW, *there)


def test_statements_come_by_time_and_then_by_id():
    late, b, a = (said("north", may(4, h), id=i) for h, i in ((11, "x"), (10, "b"), (10, "a")))
    assert [s.id for s in as_of(NOW, late, b, a).statements] == ["a", "b", "x"]


def test_only_an_act_with_an_undertaking_is_a_grant_and_announcements_say_so():
    offer = undertaking(PASSAGE, "north-bank")
    acts = (
        Guarantee(id="given", party="north", undertaking=offer),
        Announce(id="announced", party="north", undertaking=offer),
        Confirm(id="confirmed", party="north", of=("given",)),
    )
    grants = as_of(NOW, said("north", may(4), *acts)).grants
    assert [(g.id, g.announced, g.at) for g in grants] == [
        ("given", False, may(4)),
        ("announced", True, may(4)),
    ]


def test_answers_are_found_by_what_they_name_oldest_first():
    later = said("north", may(5), Reject(id="no", party="north", of=("plan", "link")))
    first = said("south", may(4), Reject(id="never", party="south", of=("plan",)))
    found = as_of(NOW, later, first)
    assert [act.id for act, _ in found.answers("plan", Reject)] == ["never", "no"]
    assert [act.id for act, _ in found.answers("link", Reject)] == ["no"]
    assert found.answers("plan", Confirm) == ()


def test_acts_are_found_by_the_party_they_are_about_not_by_who_spoke():
    ask = Request(id="ask", party="relief", to=("north",), what="passage")
    found = as_of(NOW, said("envoy", may(4), ask))
    assert [act.id for act, _ in found.by_party("relief", Request)] == ["ask"]
    assert found.by_party("envoy", Request) == ()


def test_a_party_has_spoken_only_when_it_spoke_itself():
    for_it = said("envoy", may(4), Request(id="ask", party="north", to=("relief",), what="list"))
    assert as_of(NOW, for_it).spoken == {"envoy"}
    assert as_of(NOW, for_it, said("north", may(4), id="word")).spoken == {"envoy", "north"}


def test_no_record_at_all_is_an_empty_picture():
    found = as_of(NOW)
    assert (found.grants, found.incidents, found.facts(Statement)) == ((), (), ())
    assert dict(found.movements) == {}

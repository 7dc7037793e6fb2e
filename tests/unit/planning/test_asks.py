"""What is missing, asked of whom: granting all of it is enough, and leaving any one out is not."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from safeconduct.planning import plan
from safeconduct.spacetime import Span, Window
from safeconduct.vocabulary import (
    Condition,
    ConditionKind,
    Consent,
    Crossing,
    Disown,
    Form,
    Guarantee,
    Hazard,
    Incident,
    Link,
    Means,
    Order,
    Presence,
    Reject,
    Report,
    Specificity,
    Suspend,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.two_towns import (
    CLEAR_WITH_MARGIN,
    DEPART,
    GROUND,
    MONTH,
    MORTARS,
    TOWNS,
    may,
    notice,
    said,
    window,
)

GRANTS = ("north-restraint", "north-passage", "south-restraint", "south-passage", "south-consent")
ANSWERED = may(5, 9)  # exactly a day before: time to prepare, and late enough for rule X5


def plan_of(world):
    return plan(world.judged(), world.bench())


def answer(ask):
    """The party gives in writing, to the relief office, exactly what it was asked for."""
    given = Undertaking(
        kind=ask.kind,
        means=ask.means,
        areas=ask.areas,
        windows=tuple(Window(span, "UTC", ask.says) for span in ask.spans),
        purposes=ask.purposes,
        directions=ask.directions,
        for_whom=ask.for_whom,
        specificity=Specificity.MOVEMENT,
    )
    verb = Consent if ask.kind is UndertakingKind.CONSENT else Guarantee
    return said(ask.party, ANSWERED, verb(id=f"to-{ask.id}", party=ask.party, undertaking=given))


def answered(world, asks, *own_tasks):
    return world.plus(*map(answer, asks), *own_tasks)


def assert_exactly_enough(world, *own_tasks):
    """All asks and own tasks make GO; without any one of the asks it is none."""
    asks = plan_of(world).asks
    assert answered(world, asks, *own_tasks).verdict() == "go"
    for one in asks:
        rest = [ask for ask in asks if ask is not one]
        assert answered(world, rest, *own_tasks).verdict() != "go", one.says


def act(verb, party, **fields):
    return said(party, may(4, 20), verb(id=f"{party}-{verb.tag}", party=party, **fields))


def test_where_nothing_is_missing_nothing_is_asked():
    found = plan_of(TOWNS)
    assert (found.asks, found.own_tasks) == ((), ())
    assert found.judgement == TOWNS.judged().hash


@pytest.mark.parametrize(
    "gone",
    [gone for size in range(1, 6) for gone in combinations(GRANTS, size)],
    ids=lambda gone: "+".join(gone),
)
def test_whichever_words_are_missing_the_asks_are_exactly_enough(gone):
    assert_exactly_enough(TOWNS.without(*gone))


def test_there_is_one_ask_for_each_party_and_kind():
    found = plan_of(TOWNS.without("north-guarantees", "south-guarantees"))
    assert [(ask.party, ask.kind.value) for ask in found.asks] == [
        *(("north", "passage"), ("north", "restraint")),
        *(("south", "consent"), ("south", "passage"), ("south", "restraint")),
    ]


def test_an_ask_says_what_where_when_for_what_and_to_whom():
    (ask,) = plan_of(TOWNS.without("north-restraint")).asks
    assert ask.means == {GROUND, MORTARS}
    assert set(ask.areas) == {"north-bank", "south-bank"}
    assert ask.spans == (Span(DEPART, CLEAR_WITH_MARGIN),)
    assert ask.says == (
        "The North: restraint from ground fire and indirect fire over the way from Alder to Birch "
        "(5 stretches, 15.0 km), 2030-05-06 09:00 to 14:02 UTC (09:00Z to 14:02Z), for aid "
        "delivery in and out, without conditions that make relief a reward, said directly to "
        "Relief Office."
    )
    assert {"A1"} <= set(ask.meets)


def test_an_ask_covers_the_margin_and_no_more():
    (ask,) = plan_of(TOWNS.without("south-passage")).asks
    # Alder from 09:00 to 13:02, and the hour after it.
    assert ask.spans == (Span(DEPART, CLEAR_WITH_MARGIN),)
    short = TOWNS.given("north-restraint", windows=(window(may(6, 6), CLEAR_WITH_MARGIN - 1),))
    assert short.verdict() == "no-go"
    assert_exactly_enough(short)


@pytest.mark.parametrize(
    "spoiled",
    [
        TOWNS.given("north-passage", unresolved="soon"),
        TOWNS.given("north-restraint", areas=("south-bank",)),
        TOWNS.given("south-consent", windows=(window(may(6, 6), may(6, 12)),)),
        TOWNS.but("north-guarantees", form=Form.ANNOUNCEMENT),
        TOWNS.but("south-guarantees", actor="relief"),
        TOWNS.plus(act(Withdraw, "north")),
        TOWNS.plus(act(Suspend, "south", what="the truce is over")),
        TOWNS.plus(act(Reject, "north", of=("north-passage",))),
        TOWNS.plus(act(Disown, "south", of=("south-passage",))),
        TOWNS.given(
            "north-passage",
            conditions=(
                Condition(id="c", kind=ConditionKind.QUID_PRO_QUO, on="south", what="the bridge"),
            ),
        ),
    ],
    ids=[
        *("no time", "half the way", "half the day", "announced", "said by another"),
        *("withdrawn", "suspended", "rejected", "disowned", "tied"),
    ],
)
def test_whatever_spoiled_the_words_the_asks_are_exactly_enough(spoiled):
    assert_exactly_enough(spoiled)


def test_a_deadlock_is_asked_out_of_by_words_without_conditions():
    world = TOWNS
    for grant, on, other in (
        ("north-passage", "south", "south-passage"),
        ("south-passage", "north", "north-passage"),
    ):
        condition = Condition(
            id=f"{grant}-waits",
            kind=ConditionKind.RECIPROCAL,
            on=on,
            what="moves first",
            order=Order.AFTER,
            awaits=(other,),
        )
        world = world.given(grant, conditions=(condition,))
    assert ("A7", "DEADLOCK") in world.failing()
    assert_exactly_enough(world)


def test_own_tasks_are_told_and_finish_what_asks_cannot():
    world = TOWNS.without("north-passage", "both-banks", "quiet-in-the-morning", "notice-south")
    tasks = {(task.rule, task.code) for task in plan_of(world).own_tasks}
    assert {("A1", "NOT-ASSESSED"), ("G4", "NOT-CHECKED"), ("N4", "TOLD-UNKNOWN")} <= tasks
    done = [TOWNS.record(id) for id in ("both-banks", "quiet-in-the-morning", "notice-south")]
    assert_exactly_enough(world, *done)
    for one in done:
        rest = [record for record in done if record is not one]
        assert answered(world, plan_of(world).asks, *rest).verdict() != "go"


def test_a_hazard_is_ours_to_have_cleared():
    hazard = Hazard(id="rubble", hazard="rubble", areas=("north-bank",), from_at=may(5))
    found = plan_of(TOWNS.plus(hazard))
    assert found.asks == ()
    assert ("A1", "HAZARD") in {(task.rule, task.code) for task in found.own_tasks}


def test_a_group_that_was_never_asked_is_asked():
    band = Presence(
        id="band", party="band", areas=("north-bank",), means=frozenset({GROUND}), valid=MONTH
    )
    world = TOWNS.plus(band, notice("band", 1, may(4)))
    (ask,) = plan_of(world).asks
    assert (ask.party, ask.means) == ("band", {Means.GROUND_FIRE})
    assert_exactly_enough(world)


def test_fire_that_nobody_explained_is_asked_out_of_by_a_new_word():
    # On 4 May at 20:00: too old for rule G4 to hold the movement at 07:30 on 6 May, but it suspends
    # the restraint. What the north then gives anew, on 5 May, is said after the fire.
    shells = Incident(
        id="shells", what="shells fell", at=may(4, 20), means=MORTARS, areas=("north-bank",)
    )
    world = TOWNS.plus(said("relief", may(4, 21), Report(id="r", party="relief", incident=shells)))
    assert ("A5", "FIRE-UNEXPLAINED") in world.failing()
    assert_exactly_enough(world)


@pytest.mark.parametrize(
    ("record", "code"),
    [
        (
            Link(
                id="link",
                order=Order.TOGETHER,
                concerned=("north", "south"),
                movements=("relief-to-birch",),
            ),
            "LINK-NOT-ACCEPTED",
        ),
        (
            Crossing(id="crossing", name="the bridge", place="bridge", sides=("north", "south")),
            "CROSSING-SHUT",
        ),
    ],
    ids=["a link", "a crossing"],
)
def test_whatever_stands_in_the_way_is_asked_of_somebody_or_is_ours(record, code):
    world = TOWNS.plus(record)
    assert code in {found for _, found in world.failing()}
    plan = plan_of(world)
    assert plan.asks or code in {task.code for task in plan.own_tasks}


def test_the_plan_cites_the_judgement_and_is_the_same_every_time():
    world = TOWNS.without("north-guarantees")
    found = plan_of(world)
    assert found.judgement == world.judged().hash
    assert all(ask.id.startswith(f"ask-{found.judgement[:8]}-north-") for ask in found.asks)
    shuffled = replace(world, records=tuple(reversed(world.records)))
    assert plan_of(shuffled) == found


def test_without_a_bench_only_own_tasks_are_left():
    found = plan(TOWNS.judge(steps=1).judge("relief-to-birch"), None)
    assert found.asks == ()
    assert [(task.rule, task.code) for task in found.own_tasks] == [("A1", "STEP-BUDGET")]


def test_the_body_has_times_in_utc():
    body = plan_of(TOWNS.without("south-consent")).as_json()
    assert body["asks"][0]["spans"] == [
        {"from": "2030-05-06T09:00:00Z", "until": "2030-05-06T14:02:00Z"}
    ]
    assert body["asks"][0]["kind"] == "consent"
    assert {task["rule"] for task in body["own_tasks"]} <= {"T1", "T2", "X5"}

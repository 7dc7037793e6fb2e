"""Section 5: reciprocal conditions, by the least fixed point; links that all concerned accept."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import (
    Accept,
    Condition,
    ConditionKind,
    Do,
    Link,
    Order,
    Reject,
    Telling,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.two_towns import ENVOY, TOWNS, codes, guarantee, may, said

NORTH, SOUTH = "north-passage", "south-passage"
FIFTH = may(5)
TOGETHER, AFTER = Order.TOGETHER, Order.AFTER
LINK = Link(id="link", order=TOGETHER, concerned=("north", "south"))


def waits(world, grant, *awaits, order=TOGETHER, on="south"):
    """The grant now waits for these ids."""
    condition = Condition(
        id=f"{grant}-waits",
        kind=ConditionKind.RECIPROCAL,
        on=on,
        what="the other side moves",
        order=order,
        awaits=awaits,
    )
    return world.given(grant, conditions=(condition,))


def accept(party, at=FIFTH, actor=None, **strength):
    act = Accept(id=f"{party}-accepts-{at}", party=party, of=("link",))
    return said(actor or party, at, act, **strength)


def good(world, grant=NORTH):
    return world.standing(grant).is_good


def test_together_with_a_good_grant_is_satisfied():
    assert good(waits(TOWNS, NORTH, SOUTH))


def test_together_with_a_faulty_grant_is_not():
    faulty = waits(TOWNS, NORTH, SOUTH).given(SOUTH, unresolved="some day")
    assert codes(faulty.standing(NORTH)) == ["CONDITION-RECIPROCAL"]


def test_you_first_is_not_satisfied_by_a_promise():
    assert codes(waits(TOWNS, NORTH, SOUTH, order=AFTER).standing(NORTH)) == [
        "CONDITION-RECIPROCAL"
    ]


@pytest.mark.parametrize("order", [TOGETHER, AFTER])
def test_what_was_done_with_evidence_satisfies_either_order(order):
    deed = Undertaking(kind=UndertakingKind.DEED, deed="the road is cleared")
    world = waits(TOWNS, NORTH, "clear-it", order=order).plus(
        said("south", may(4), guarantee("clear-it", "south", deed))
    )
    act = Do(id="cleared", party="south", of=("clear-it",), what="cleared", evidence="photograph")
    assert not good(waits(TOWNS, NORTH, "clear-it", order=AFTER))
    assert good(world.plus(said("south", may(5), act)))


def test_a_deed_that_nobody_is_known_to_have_promised_satisfies_nobody():
    act = Do(id="cleared", party="south", of=("clear-it",), what="cleared", evidence="photograph")
    world = waits(TOWNS, NORTH, "clear-it").plus(said("south", FIFTH, act))
    assert codes(world.standing(NORTH)) == ["CONDITION-RECIPROCAL"]


def test_waiting_for_nothing_that_is_named_is_never_satisfied():
    assert not good(waits(TOWNS, NORTH))


def test_every_awaited_id_must_be_there():
    assert good(waits(TOWNS, NORTH, SOUTH, "south-restraint"))
    assert not good(waits(TOWNS, NORTH, SOUTH, "never-said"))


def test_a_reciprocal_condition_is_met_or_dropped_like_any_other():
    tied = waits(TOWNS, NORTH, "never-said")
    deed = Do(id="d", party="south", of=(f"{NORTH}-waits",), what="moved", evidence="seen")
    drop = Withdraw(id="w", party="north", of=(f"{NORTH}-waits",))
    assert good(tied.plus(said("south", may(5), deed)))
    assert good(tied.plus(said("north", may(5), drop)))


def test_what_is_satisfied_only_through_itself_is_not():
    assert not good(waits(TOWNS, NORTH, NORTH))
    both = waits(waits(TOWNS, NORTH, SOUTH), SOUTH, NORTH, on="north")
    assert not good(both, NORTH)
    assert not good(both, SOUTH)


def test_a_chain_that_ends_in_a_good_grant_is_satisfied_all_along():
    chain = waits(waits(TOWNS, NORTH, SOUTH), SOUTH, "south-restraint", on="south")
    assert good(chain, NORTH)
    assert good(chain, SOUTH)
    broken = chain.given("south-restraint", unresolved="some day")
    assert not good(broken, NORTH)


def test_a_circle_is_named_with_both_its_legs():
    both = waits(waits(TOWNS, NORTH, SOUTH), SOUTH, NORTH, on="north")
    (circle,) = both.cover().standings.reciprocity.deadlocks()
    assert {one.grant for one in circle} == {NORTH, SOUTH}


def test_waiting_for_one_that_waits_for_nobody_is_no_circle():
    first = waits(TOWNS, NORTH, SOUTH, order=AFTER)
    assert first.cover().standings.reciprocity.deadlocks() == ()


def test_a_circle_ends_when_all_concerned_accept_one_link():
    both = waits(waits(TOWNS, NORTH, "link"), SOUTH, "link", on="north").plus(LINK)
    assert not good(both)
    accepted = both.plus(accept("north"), accept("south"))
    assert good(accepted, NORTH)
    assert good(accepted, SOUTH)
    assert accepted.verdict() == "go"


@pytest.mark.parametrize("missing", ["north", "south"])
def test_a_link_is_accepted_only_by_all_it_concerns(missing):
    there = [accept(party) for party in ("north", "south") if party != missing]
    assert not good(waits(TOWNS, NORTH, "link").plus(LINK, *there))


@pytest.mark.parametrize(("of_link", "of_condition"), [(TOGETHER, AFTER), (AFTER, TOGETHER)])
def test_a_link_satisfies_only_together_and_together(of_link, of_condition):
    link = Link(id="link", order=of_link, concerned=("north", "south"))
    world = waits(TOWNS, NORTH, "link", order=of_condition)
    assert not good(world.plus(link, accept("north"), accept("south")))


def test_nobody_accepts_a_link_for_another():
    world = waits(TOWNS.plus(ENVOY, LINK), NORTH, "link")
    assert not good(world.plus(accept("north"), accept("south", actor="envoy")))
    inferred = accept("south", telling=Telling.INFERRED)
    assert not good(world.plus(accept("north"), inferred))


@pytest.mark.parametrize(
    ("at", "stands"),
    [(may(5) - 1, True), (may(5), False), (may(5) + 1, False)],
    ids=["a second before", "the same second", "a second after"],
)
@pytest.mark.parametrize(
    ("verb", "of"),
    [(Reject, "link"), (Withdraw, "link"), (Withdraw, f"south-accepts-{may(5)}")],
    ids=["rejects the link", "withdraws from the link", "withdraws its acceptance"],
)
def test_an_acceptance_ends_with_what_takes_it_back(verb, of, at, stands):
    world = waits(TOWNS, NORTH, "link").plus(LINK, accept("north"), accept("south"))
    assert good(world.plus(said("south", at, verb(id="back", party="south", of=(of,))))) is stands


def test_a_link_may_be_accepted_again_after_it_was_rejected():
    back = said("south", may(5, 1), Reject(id="back", party="south", of=("link",)))
    world = waits(TOWNS, NORTH, "link").plus(LINK, accept("north"), accept("south"), back)
    assert not good(world)
    assert good(world.plus(accept("south", may(5, 2))))


def test_a_link_that_concerns_nobody_is_accepted_by_nobody():
    assert not good(waits(TOWNS, NORTH, "link").plus(Link(id="link", order=TOGETHER, concerned=())))

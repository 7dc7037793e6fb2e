"""Section 5: when a condition is open, met, failed after it was met, or dropped."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Condition, ConditionKind, Do, Telling, Withdraw
from tests.worlds.two_towns import ENVOY, NOW, TOWNS, codes, may, said

WORD = "north-passage"
KINDS = (ConditionKind.OPERATIONAL, ConditionKind.QUID_PRO_QUO, ConditionKind.HARMFUL)
LIST = Condition(
    id="list", kind=ConditionKind.OPERATIONAL, on="relief", what="a list of the vehicles"
)


def tied(*conditions):
    return TOWNS.plus(ENVOY).given(WORD, conditions=conditions or (LIST,))


def done(at, evidence="receipt", failed=False, actor="relief", of=("list",), **strength):
    act = Do(id=f"do-{at}", party=actor, of=of, what="done", evidence=evidence, failed=failed)
    return said(actor, at, act, **strength)


def drop(at, actor="north", party="north", of=("list",), **strength):
    return said(actor, at, Withdraw(id=f"drop-{at}", party=party, of=of), **strength)


def is_open(*statements):
    return not tied().plus(*statements).standing(WORD).is_good


def test_a_condition_is_open_until_something_meets_it():
    assert is_open()
    assert codes(tied().standing(WORD)) == ["CONDITION-OPERATIONAL"]


def test_a_deed_with_evidence_meets_it():
    assert not is_open(done(may(5)))
    assert tied().plus(done(may(5))).verdict() == "go"


def test_a_deed_without_evidence_or_only_inferred_meets_nothing():
    assert is_open(done(may(5), evidence=""))
    assert is_open(done(may(5), telling=Telling.INFERRED))


def test_a_deed_for_another_condition_meets_nothing():
    assert is_open(done(may(5), of=("another-list",)))


def test_a_deed_is_met_from_the_second_it_was_told():
    world = tied().plus(done(may(6, 7)))
    assert not world.at(may(6, 6, 59, 59)).standing(WORD).is_good
    assert world.at(may(6, 7)).standing(WORD).is_good


@pytest.mark.parametrize(
    ("failed_at", "open_again"),
    [(may(5) - 1, False), (may(5), True), (may(5) + 1, True)],
    ids=["a second before", "the same second", "a second after"],
)
def test_a_failure_at_or_after_the_deed_undoes_it(failed_at, open_again):
    assert is_open(done(may(5)), done(failed_at, failed=True)) is open_again


def test_a_deed_done_again_after_it_failed_meets_it():
    assert not is_open(done(may(4)), done(may(5), failed=True), done(may(5, 1)))


def test_a_failure_alone_meets_nothing():
    assert is_open(done(may(5), failed=True))


@pytest.mark.parametrize("kind", KINDS)
def test_a_condition_of_any_kind_is_dropped_by_the_party_that_posed_it(kind):
    string = Condition(id="list", kind=kind, on="south", what="something")
    assert tied(string).plus(drop(may(5))).standing(WORD).is_good


def test_nobody_else_drops_a_condition():
    assert is_open(drop(may(5), actor="south", party="south"))
    assert is_open(drop(may(5), actor="relief", party="relief"))


def test_another_voice_does_not_drop_it_for_the_party():
    # Rule A3: what another says for the party waits for the party's own word.
    assert is_open(drop(may(5), actor="envoy"))


def test_what_was_only_inferred_drops_nothing():
    assert is_open(drop(may(5), telling=Telling.INFERRED))


@pytest.mark.parametrize(("effective_at", "dropped"), [(NOW, True), (NOW + 1, False)])
def test_a_condition_is_dropped_from_the_moment_that_takes_effect(effective_at, dropped):
    act = Withdraw(id="drop", party="north", of=("list",), effective_at=effective_at)
    assert is_open(said("north", may(5), act)) is not dropped


def test_withdrawing_another_condition_drops_nothing():
    assert is_open(drop(may(5), of=("another-list",)))


def test_each_condition_must_be_met():
    price = Condition(id="price", kind=ConditionKind.QUID_PRO_QUO, on="south", what="the bridge")
    world = tied(LIST, price)
    assert codes(world.standing(WORD)) == ["CONDITION-OPERATIONAL", "CONDITION-QUID-PRO-QUO"]
    assert codes(world.plus(done(may(5))).standing(WORD)) == ["CONDITION-QUID-PRO-QUO"]
    assert world.plus(done(may(5)), drop(may(5), of=("price",))).standing(WORD).is_good


def test_an_open_condition_is_named_in_the_finding():
    finding = next(f for f in tied().findings("A1") if f.party == "north")
    assert "hangs on a condition of ours that is still open" in finding.says
    assert "list" in finding.statements

"""Section 5: a grant must be told well to count; a limit counts however it was told."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import Spans
from safeconduct.vocabulary import Disown, Form, Narrow, Reject, Suspend, Telling, Withdraw
from tests.worlds.two_towns import ENVOY, PASSAGE, TOWNS, may, said, window

WORD = "north-passage"
NINE = may(6, 9)
UNTIL_NINE = Spans.one(may(6, 6), NINE)
TELLINGS = (
    {"telling": Telling.INFERRED},
    {"form": Form.ANNOUNCEMENT, "to": ()},
    {"form": Form.RELAYED},
    {"form": Form.ORAL, "noted": False},
    {"actor": "envoy"},
)
however_told = pytest.mark.parametrize("told", TELLINGS, ids=lambda told: next(iter(told)))


def passage(act, told):
    strength = {"actor": "north"} | told
    statement = said(strength.pop("actor"), NINE, act, **strength)
    return TOWNS.at(may(7)).plus(ENVOY, statement).turned(PASSAGE, "north")


@however_told
def test_a_withdrawal_counts_however_it_was_told(told):
    assert passage(Withdraw(id="end", party="north", of=(WORD,)), told) == UNTIL_NINE


@however_told
def test_a_suspension_counts_however_it_was_told(told):
    assert passage(Suspend(id="pause", party="north", what="the truce is over"), told) == UNTIL_NINE


@however_told
def test_a_narrowing_counts_however_it_was_told(told):
    narrow = Narrow(id="less", party="north", of=(WORD,), windows=(window(may(6, 6), NINE),))
    assert passage(narrow, told) == UNTIL_NINE


@however_told
@pytest.mark.parametrize("verb", [Reject, Disown])
def test_a_rejection_or_a_contradiction_counts_however_it_was_told(verb, told):
    assert not passage(verb(id="no", party="north", of=(WORD,)), told)

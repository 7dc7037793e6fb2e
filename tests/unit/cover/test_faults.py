"""Section 5, the table: each fault for which a grant covers nothing, and the word beside it."""

from __future__ import annotations

import pytest

from safeconduct.spacetime import NEVER, Spans
from safeconduct.vocabulary import (
    Announce,
    Condition,
    ConditionKind,
    Confirm,
    Disown,
    Do,
    Form,
    Impose,
    Order,
    Reject,
    Specificity,
    Telling,
)
from tests.worlds.two_town_papers import papers
from tests.worlds.two_towns import ENVOY, PASSAGE, SPOKEN, WHOLE_DAY, codes, guarantee, may, said

# The north's two words stand alone in one statement; its passage is the one looked at.
WORD, SPOKE = "north-passage", "north-guarantees"
STRICT = "written-and-unconditional"
ORAL = {"form": Form.ORAL, "noted": True, "call_back": True}


def faults(world, profile="default"):
    return codes(world.standing(WORD, profile))


def announced(**strength):
    """The passage of the north as an announcement, by nobody confirmed."""
    offer = Announce(id=WORD, party="north", undertaking=SPOKEN.act(WORD).undertaking)
    public = {"form": Form.ANNOUNCEMENT, "to": ()}
    return SPOKEN.without(WORD).plus(said("north", may(4), offer, **(public | strength)))


def tied(kind, **more):
    condition = Condition(id="string", kind=kind, on="south", what="something", **more)
    return SPOKEN.given(WORD, conditions=(condition,))


def test_a_grant_without_fault_covers_its_windows():
    standing = SPOKEN.standing(WORD)
    assert (standing.is_good, standing.faults) == (True, ())
    assert SPOKEN.turned(PASSAGE, "north") == Spans.of([WHOLE_DAY.span])


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"form": Form.ANNOUNCEMENT}, "ANNOUNCED-ONLY"),
        ({"form": Form.RELAYED}, "ANNOUNCED-ONLY"),
        ({"actor": "envoy"}, "SPOKEN-FOR"),
        ({"telling": Telling.INFERRED}, "INFERRED"),
        ({"to": ()}, "NOT-ADDRESSED"),
        ({"to": ("south", "envoy", "nobody-known")}, "NOT-ADDRESSED"),
        (ORAL | {"noted": False}, "NOT-NOTED"),
        (ORAL | {"call_back": False}, "NOT-NOTED"),
    ],
    ids=lambda value: value if isinstance(value, str) else next(iter(value)),
)
def test_a_word_whose_statement_does_not_vouch_for_it_covers_nothing(change, code):
    world = SPOKEN.plus(ENVOY).but(SPOKE, **change)
    assert faults(world) == [code]
    assert world.turned(PASSAGE, "north") == NEVER
    assert world.verdict() == "no-go"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"specificity": Specificity.GENERAL}, "GENERAL"),
        ({"unresolved": "some day soon"}, "TIME-UNRESOLVED"),
        ({"windows": ()}, "TIME-UNRESOLVED"),
        ({"areas": (), "unnamed_corridors": 2}, "NO-PLACE"),
        ({"areas": ()}, "NO-PLACE"),
    ],
)
def test_a_word_too_vague_covers_nothing(change, code):
    world = SPOKEN.given(WORD, **change)
    assert faults(world) == [code]
    assert world.turned(PASSAGE, "north") == NEVER


def test_an_announcement_that_nobody_confirmed_is_announced_only():
    assert faults(announced()) == ["ANNOUNCED-ONLY"]


def test_an_announcement_stays_one_even_if_it_is_made_in_writing_to_the_humanitarians():
    assert faults(announced(form=Form.WRITTEN, to=("relief",))) == ["ANNOUNCED-ONLY"]


def test_a_confirmation_that_fails_is_named_for_what_it_lacks():
    # It was said directly, so it is not "announced only": it only lacks note and call-back.
    confirm = Confirm(id="again", party="north", of=(WORD,))
    world = announced().plus(said("north", may(5), confirm, form=Form.ORAL))
    assert faults(world) == ["NOT-NOTED"]


def test_a_word_spoken_for_a_party_is_spoken_for_only_while_itself_said_nothing():
    # Every voucher must be another's for SPOKEN-FOR; here the party's own lacks the call-back.
    confirm = Confirm(id="again", party="north", of=(WORD,))
    world = SPOKEN.plus(ENVOY).but(SPOKE, actor="envoy")
    assert faults(world.plus(said("north", may(5), confirm, form=Form.ORAL))) == ["NOT-NOTED"]


def test_every_fault_of_a_word_is_named_at_once():
    world = SPOKEN.but(SPOKE, to=(), form=Form.ORAL).given(WORD, windows=(), areas=())
    assert set(faults(world)) == {"NOT-ADDRESSED", "NOT-NOTED", "TIME-UNRESOLVED", "NO-PLACE"}


def test_oral_words_count_when_noted_with_a_call_back():
    world = SPOKEN.but(SPOKE, **ORAL)
    assert faults(world) == []
    assert faults(world, STRICT) == ["NOT-WRITTEN"]
    assert world.plus(*papers()).verdict() == "go"
    assert world.plus(*papers()).under(STRICT).verdict() == "no-go"


def test_written_words_count_under_the_strict_profile():
    assert faults(SPOKEN, STRICT) == []
    assert SPOKEN.plus(*papers()).under(STRICT).verdict() == "go"


@pytest.mark.parametrize(
    ("kind", "code"),
    [
        (ConditionKind.OPERATIONAL, "CONDITION-OPERATIONAL"),
        (ConditionKind.QUID_PRO_QUO, "CONDITION-QUID-PRO-QUO"),
        (ConditionKind.HARMFUL, "CONDITION-HARMFUL"),
    ],
)
def test_an_open_condition_is_a_fault_of_its_kind(kind, code):
    assert faults(tied(kind)) == [code]
    assert tied(kind).verdict() == "no-go"


def test_the_strict_profile_takes_no_word_with_a_condition_even_a_met_one():
    world = tied(ConditionKind.OPERATIONAL)
    deed = Do(id="done", party="relief", of=("string",), what="done", evidence="receipt")
    met = world.plus(said("relief", may(5), deed))
    assert (faults(met), faults(met, STRICT)) == ([], ["CONDITION-WORDED"])
    assert faults(world, STRICT) == ["CONDITION-OPERATIONAL", "CONDITION-WORDED"]


@pytest.mark.parametrize("order", list(Order))
def test_an_open_reciprocal_condition_is_a_fault(order):
    assert faults(tied(ConditionKind.RECIPROCAL, order=order)) == ["CONDITION-RECIPROCAL"]


def test_a_condition_posed_afterwards_is_a_fault_too():
    condition = Condition(
        id="price", kind=ConditionKind.QUID_PRO_QUO, on="south", what="give up the bridge"
    )
    for party, expected in (("north", ["CONDITION-QUID-PRO-QUO"]), ("south", [])):
        act = Impose(id="tie", party=party, of=(WORD,), condition=condition)
        assert faults(SPOKEN.plus(said(party, may(5), act))) == expected


@pytest.mark.parametrize("at", [may(4, 10), may(5)], ids=["the same second", "later"])
def test_a_word_that_its_party_rejected_covers_nothing(at):
    reject = said("north", at, Reject(id="no", party="north", of=(WORD,)))
    assert faults(SPOKEN.plus(reject)) == ["REJECTED"]


def test_a_rejection_before_the_word_or_by_another_party_or_of_another_word_takes_nothing():
    before = said("north", may(4, 9, 59, 59), Reject(id="no", party="north", of=(WORD,)))
    south = said("south", may(5), Reject(id="never", party="south", of=(WORD,)))
    other = said("north", may(5), Reject(id="not-that", party="north", of=("north-restraint",)))
    for statement in (before, south, other):
        assert faults(SPOKEN.plus(statement)) == []


def test_a_word_that_its_party_disowned_is_contested():
    disown = said("north", may(5), Disown(id="disowned", party="north", of=(WORD,)))
    (fault,) = SPOKEN.plus(disown).standing(WORD).faults
    assert (fault.code, fault.acts) == ("CONTESTED", ("disowned",))


def test_a_fault_of_one_word_leaves_the_other_words_of_the_statement():
    world = SPOKEN.given(WORD, unresolved="some day")
    assert codes(world.standing("north-restraint")) == []


def test_a_grant_under_another_id_is_another_grant():
    spare = guarantee("spare", "north", SPOKEN.act(WORD).undertaking)
    world = SPOKEN.given(WORD, unresolved="some day").plus(said("north", may(5, 9), spare))
    assert world.plus(*papers()).verdict() == "go"

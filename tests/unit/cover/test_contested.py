"""Section 5: when a grant is contested within its party, and what ends that."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import Actor, ActorKind, Authority, Confirm, Deny, Disown, Form, Telling
from tests.worlds.two_towns import TOWNS, WING, codes, may, said

WORD = "north-passage"
NOON = may(5, 12)
STRANGER = Actor(id="stranger", name="A wing of the south", kind=ActorKind.POLITICAL)


def contested(*statements):
    return "CONTESTED" in codes(TOWNS.plus(WING, STRANGER, *statements).standing(WORD))


def disown(at=NOON, actor="wing", verb=Disown, party="wing"):
    return said(actor, at, verb(id=f"disown-{at}", party=party, of=(WORD,)))


def confirm(at, actor="north", **strength):
    act = Confirm(id=f"confirm-{at}", party="north", of=(WORD,))
    return said(actor, at, act, **strength)


@pytest.mark.parametrize("verb", [Disown, Deny])
def test_a_word_is_contested_when_the_party_or_a_member_of_it_takes_it_back(verb):
    assert contested(disown(verb=verb))
    assert contested(disown(verb=verb, actor="north", party="north"))


def test_it_is_contested_too_when_another_tells_that_a_member_took_it_back():
    assert contested(disown(actor="stranger", party="wing"))


def test_a_voice_from_outside_the_party_contests_nothing():
    assert not contested(disown(actor="south", party="south"))
    assert not contested(disown(actor="stranger", party="stranger"))


def test_another_word_of_the_party_is_not_contested():
    act = Disown(id="disowned", party="wing", of=("north-restraint",))
    assert not contested(said("wing", NOON, act))


def test_it_ends_when_the_commanding_authority_of_the_party_confirms_afterwards():
    assert not contested(disown(), confirm(NOON + 1))


@pytest.mark.parametrize("at", [NOON - 1, NOON], ids=["before", "the same second"])
def test_a_confirmation_before_or_at_the_contradiction_does_not_end_it(at):
    assert contested(disown(), confirm(at))


@pytest.mark.parametrize("authority", [Authority.SPEAKS_FOR, Authority.UNKNOWN])
def test_a_voice_that_does_not_command_does_not_end_it(authority):
    assert contested(disown(), confirm(NOON + 1, authority=authority))


def test_neither_a_member_nor_what_was_inferred_ends_it():
    assert contested(disown(), confirm(NOON + 1, actor="wing"))
    assert contested(disown(), confirm(NOON + 1, telling=Telling.INFERRED))


@pytest.mark.parametrize(
    "strength",
    [{"form": Form.ANNOUNCEMENT}, {"form": Form.ORAL}, {"to": ()}],
    ids=["in public", "by voice that nobody noted", "to nobody of the relief side"],
)
def test_only_a_word_that_counts_by_itself_ends_it(strength):
    assert contested(disown(), confirm(NOON + 1, **strength))


def test_each_contradiction_needs_a_confirmation_after_it():
    later = disown(may(5, 14))
    assert contested(disown(), confirm(may(5, 13)), later)
    assert not contested(disown(), later, confirm(may(5, 15)))


def test_a_contested_word_makes_no_go_under_rule_a4():
    world = TOWNS.plus(WING, disown())
    assert world.verdict() == "no-go"
    finding = world.only("A4")
    assert (finding.code, finding.party) == ("CONTESTED", "north")
    assert "Voices of The North contradict one another" in finding.says
    assert set(finding.statements) == {WORD, f"disown-{NOON}"}

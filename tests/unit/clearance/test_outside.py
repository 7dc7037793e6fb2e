"""Rule A9: groups outside the agreement, and those that nobody ever spoke to."""

from __future__ import annotations

import pytest

from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    NotTold,
    Position,
    Presence,
    Request,
    Welcome,
)
from tests.unit.watch.office import ask
from tests.worlds.two_towns import GROUND, MONTH, TOWNS, guarantee, may, notice, restraint, said

# A band in the hills: it can fire on the north bank, and nobody has an agreement with it.
BAND = Actor(id="band", name="The Band", kind=ActorKind.PARTY)
HILLS = Presence(
    id="hills", party="band", areas=("north-bank",), means=frozenset({GROUND}), valid=MONTH
)
REASON = NotTold(
    id="not-told", movement="relief-to-birch", party="band", reason="no contact", by="head"
)
WORLD = TOWNS.plus(BAND, HILLS, REASON)


def codes(*records):
    return {code for rule, code in WORLD.plus(*records).failing() if rule == "A9"}


def test_a_group_outside_the_agreement_is_a_party_like_any_other():
    assert ("A1", "RESTRAINT-MISSING") in WORLD.failing()
    assert WORLD.verdict() == "no-go"


def test_a_group_that_was_never_asked_is_named():
    finding = WORLD.only("A9")
    assert (finding.code, finding.party) == ("NEVER-ASKED", "band")
    assert finding.says == (
        "The Band can act on the way and is outside the agreement: nothing records that it was "
        "ever asked."
    )


@pytest.mark.parametrize(
    "reached",
    [
        notice("band", 1, may(4)),
        ask(party="band"),
        said("relief", may(4), Request(id="r", party="relief", to=("band",), what="hold fire")),
        said("relief", may(4), Position(id="p", party="relief", what="we stay out"), to=("band",)),
        said("band", may(4), Welcome(id="w", party="band")),
        said("north", may(4), guarantee("g", "band", restraint("north-bank", means=(GROUND,)))),
    ],
    ids=[
        "a notice",
        "an ask",
        "a request",
        "a statement to it",
        "its own words",
        "a grant in its name",
    ],
)
def test_a_group_that_something_reached_is_not_out_of_reach(reached):
    assert codes(reached) == set()
    assert WORLD.plus(reached).verdict() == "no-go"


@pytest.mark.parametrize("asked_at", [None, may(7)], ids=["never put", "to be put tomorrow"])
def test_an_ask_that_was_not_put_yet_reached_nobody(asked_at):
    assert codes(ask(party="band", asked_at=asked_at)) == {"NEVER-ASKED"}


def test_what_was_asked_of_others_reached_others():
    other = Request(id="r", party="relief", to=("north",), what="speak to the band")
    assert codes(said("relief", may(4), other)) == {"NEVER-ASKED"}


def test_a_group_whose_keys_are_turned_is_inside_the_agreement():
    word = guarantee("band-restraint", "band", restraint("north-bank", means=(GROUND,)))
    assert WORLD.plus(said("band", may(5, 9), word)).verdict() == "go"

"""The way that is left and the keys on it, seen through the rules that ask about them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct import vocabulary as v
from safeconduct.roads.network import Network, Place
from safeconduct.spacetime import Span
from tests.verifier.some_papers import (
    CIVILIAN,
    LOOKED,
    TOLD_ARMY,
    WATCHED,
    against,
    asked,
    movement,
)
from tests.verifier.two_places import (
    ALWAYS,
    CLEAR,
    IN_ORDER,
    LEAVES,
    NETWORK,
    NOW,
    PRESENCE,
    RESTRAINT,
    said,
    undertaking,
)
from tests.verifier.way import STRICTEST, profile_of

HOUR = 3600
FIRE = frozenset({v.Means.INDIRECT_FIRE})
LEFT = v.Departure(id="left", movement="convoy", version=1, departed_at=LEAVES, by="leader")
DEMAND = said(
    "said-demand",
    "army",
    2_000,
    v.Demand(id="demand", party="army", to=("un",), what="leave", deadline_at=CLEAR - 1),
)
DESK = v.Arrangement(
    id="desk", party="army", areas=("x",), lead_s=LEAVES - 500, valid=ALWAYS, zone="UTC"
)
STRANGER = replace(PRESENCE, id="new", party="front")


def instrument(kind: v.InstrumentKind) -> v.Instrument:
    return v.Instrument(
        id="instrument",
        party="army",
        means=FIRE,
        areas=("x",),
        instrument=kind,
        reason="no answer",
        valid=ALWAYS,
        risk_owner="head of office",
        mitigation="speed",
        tried="daily, by radio",
    )


UNUSED = v.NoRecentUse(
    id="unused", party="army", means=FIRE, areas=("x",), during=Span(-700_000, NOW), by="watch"
)


def test_without_a_policy_the_default_is_plain_and_every_other_profile_is_strict() -> None:
    assert profile_of(movement(), None) is STRICTEST
    plain = profile_of(replace(movement(), profile="default"), None)
    assert plain is not None and v.Form.ORAL in plain.forms and not plain.unconditional


def test_an_instrument_turns_a_key_without_a_word() -> None:
    silent = (replace(RESTRAINT, acts=()), instrument(v.InstrumentKind.UNREACHABLE), UNUSED)
    hurried = replace(movement(), preparation_s=LEAVES - 1_000)  # since the ministry's word
    assert against(*silent, hurried) == set()
    assert against(*silent, DEMAND) == {"X3"}  # no word of the army was said after it
    assert against(*silent, purpose=CIVILIAN, organisation="icrc") == {"E9"}
    assert "T2" in against(silent[0])


def test_a_consent_in_place_of_a_restraint_is_the_word_that_is_relied_on() -> None:
    yes = v.Consent(id="yes", party="army", undertaking=undertaking("consent"))
    consent = said("said-yes", "army", 3_000, yes)
    given = (replace(RESTRAINT, acts=()), instrument(v.InstrumentKind.CONSENT), consent)
    assert against(*given, DEMAND) == set()
    assert against(*given[:2], replace(consent, said_at=1_999), DEMAND) == {"X3"}
    ready = replace(movement(), preparation_s=LEAVES - 3_000)
    assert against(*given, ready) == set()
    assert against(*given, replace(ready, preparation_s=LEAVES - 2_999)) == {"T2"}
    old = replace(consent, said_at=LEAVES - 24 * HOUR - 1)
    assert against(*given[:2], old) == {"X5"}


@pytest.mark.parametrize(
    "change",
    [
        {"party": "front"},
        {"instrument": v.InstrumentKind.GUARANTEE},
        {"means": frozenset({v.Means.AIR_STRIKE})},
        {"valid": Span(0, LEAVES)},
        {"areas": ("y",)},
    ],
)
def test_a_consent_stands_for_a_restraint_only_where_the_instrument_says_so(
    change: dict[str, object],
) -> None:
    yes = v.Consent(id="yes", party="army", undertaking=undertaking("consent"))
    asked_for = replace(instrument(v.InstrumentKind.CONSENT), **change)
    silent = replace(RESTRAINT, acts=())
    assert "T2" in against(silent, asked_for, said("said-yes", "army", 3_000, yes))


def test_a_holder_whose_consent_is_replaced_is_still_told_but_says_nothing() -> None:
    basis = v.LegalBasis(
        id="basis",
        basis=v.BasisKind.RESOLUTION,
        areas=("x",),
        replaces=("ministry",),
        valid=ALWAYS,
        text="a resolution",
        purposes=frozenset({v.Purpose.ANY}),
    )
    assert against(basis, without=["said-consent"]) == set()
    assert against(basis, without=["said-consent", "to-ministry"]) == {"N4"}


def test_a_party_of_whom_a_key_is_asked_only_within_the_margin_is_told_too() -> None:
    later = replace(STRANGER, valid=Span(CLEAR, 100_000))
    assert against(later) == set()
    roomy = replace(movement(), margin_s=1, latest_at=CLEAR + 1)
    assert "N4" in against(later, roomy)
    assert "N4" not in against(replace(later, valid=Span(CLEAR + 1, 100_000)), roomy)


def test_each_party_is_asked_for_a_fresh_word_of_its_own() -> None:
    old = replace(RESTRAINT, said_at=LEAVES - 24 * HOUR - 1)
    known = {one.id: one for one in (*IN_ORDER, movement(), TOLD_ARMY, old)}
    whom = [one.what for one in asked(known.values()) if one.rule == "X5"]
    assert whom == ["army did not say it again"]


def test_a_word_is_to_be_said_again_only_in_the_last_hour() -> None:
    old = replace(RESTRAINT, said_at=LEAVES - 24 * HOUR - 1)
    assert "X5" in against(old, as_of=LEAVES - HOUR)
    assert "X5" not in against(old, as_of=LEAVES - HOUR - 1)


PART = Network(
    "part",
    (
        Place("A", touched=frozenset({"x", "y"}), within=frozenset({"x", "y"})),
        NETWORK.place("B"),
    ),
    NETWORK.edges,
    NETWORK.areas,
)


def test_under_way_what_lies_behind_is_not_asked_about() -> None:
    # A, the only place in y, is left at 10,010.
    desk = replace(DESK, areas=("y",))
    for as_of, asked_for in ((LEAVES + 9, {"T3"}), (LEAVES + 10, set())):
        assert against(desk, LEFT, as_of=as_of, network=PART) == asked_for
    assert against(desk, network=NETWORK) == set()


def test_under_way_what_is_ahead_is_watched_from_now_on() -> None:
    as_of = LEAVES + 100
    watch = replace(WATCHED, valid=Span(as_of, CLEAR))
    for starts, asked_for in ((as_of, set()), (as_of + 1, {"E5"})):
        late = replace(watch, valid=Span(starts, CLEAR))
        found = against(late, LEFT, as_of=as_of, purpose=CIVILIAN, organisation="un")
        assert found == asked_for


def test_an_area_that_nobody_can_place_touches_the_way() -> None:
    assert against(replace(DESK, areas=("nowhere",))) == {"T3"}


def test_a_place_that_a_check_leaves_out_is_not_looked_at() -> None:
    border = Network(
        "border",
        (NETWORK.place("A"), Place("B", touched=frozenset({"x", "y"}), within=frozenset({"y"}))),
        NETWORK.edges,
        NETWORK.areas,
    )
    assert "G4" in against(network=border)
    assert "G4" not in against(replace(LOOKED, areas=("x", "y")), network=border)

"""Section 7, rules A2 to A6 and T4: why a party's word, or its silence, turns no key."""

from __future__ import annotations

from dataclasses import replace

from safeconduct.vocabulary import (
    Condition,
    ConditionKind,
    Disown,
    Form,
    Suspend,
    Welcome,
    Withdraw,
)
from tests.worlds.two_towns import (
    BANKS,
    DEPART,
    ENVOY,
    PASSAGE,
    TOWNS,
    guarantee,
    may,
    said,
    undertaking,
    window,
)

SILENT = TOWNS.without("north-guarantees", "north-acknowledges", "north-calls")


def codes_of(world, rule):
    return {code for found, code in world.failing() if found == rule}


def test_a2_names_a_party_that_has_said_nothing_at_all():
    finding = SILENT.only("A2")
    assert (finding.code, finding.party) == ("SILENT", "north")
    assert "Silence is never consent." in finding.says


def test_a2_is_met_once_the_party_has_said_anything_even_kind_words():
    kind = said("north", may(5), Welcome(id="kind", party="north", what="the plan"))
    assert codes_of(SILENT.plus(kind), "A2") == set()
    assert SILENT.plus(kind).verdict() == "no-go"


def test_a2_does_not_take_what_was_said_later_or_by_others_for_its_own():
    later = said("north", may(6, 8), Welcome(id="kind", party="north"))
    other = said("envoy", may(5), Welcome(id="kind-too", party="north"))
    assert codes_of(SILENT.plus(ENVOY, later, other), "A2") == {"SILENT"}


def test_a2_has_nothing_against_a_silent_party_whose_keys_are_turned():
    world = TOWNS.without("north-acknowledges", "notice-to-the-north")
    assert codes_of(world, "A2") == set()


def test_a3_asks_for_the_own_confirmation_of_what_another_said():
    world = TOWNS.plus(ENVOY).but("north-guarantees", actor="envoy")
    finding = world.only("A3")
    assert (finding.code, finding.party) == ("SPOKEN-FOR", "north")
    assert "The North must confirm it itself" in finding.remedy


def test_a3_stands_although_the_party_gave_another_key_itself():
    # The restraint was said by the envoy alone; that the north gave passage does not confirm it.
    restraint = TOWNS.act("north-restraint")
    world = TOWNS.without("north-restraint").plus(ENVOY, said("envoy", may(4), restraint))
    assert codes_of(world, "A1") == {"RESTRAINT-MISSING"}
    assert codes_of(world, "A3") == {"SPOKEN-FOR"}


def test_a3_is_not_about_a_word_that_the_party_gave_itself_too():
    # Its own restraint was withdrawn: that is rule A5, not a confirmation that is wanting.
    again = replace(TOWNS.act("north-restraint"), id="relayed")
    gone = Withdraw(id="gone", party="north", of=("north-restraint",))
    world = TOWNS.plus(ENVOY, said("envoy", may(4), again), said("north", may(5), gone))
    assert codes_of(world, "A5") == {"WITHDRAWN"}
    assert codes_of(world, "A3") == set()


def test_a3_is_not_answered_by_an_own_word_that_had_ended_before_the_trip():
    # What the north gave for a trip on 4 May says nothing about what the envoy says for the 6th.
    restraint = TOWNS.act("north-restraint")
    past = replace(
        restraint,
        id="past",
        undertaking=replace(restraint.undertaking, windows=(window(may(4), may(5)),)),
    )
    world = TOWNS.without("north-restraint").plus(
        ENVOY, said("envoy", may(4), restraint), said("north", may(3), past)
    )
    assert codes_of(world, "A3") == {"SPOKEN-FOR"}


def test_a4_stands_while_voices_of_the_party_contradict_each_other():
    world = TOWNS.without("north-calls")
    disown = said("north", may(5), Disown(id="disowned", party="north", of=("north-passage",)))
    assert codes_of(world.plus(disown), "A4") == {"CONTESTED"}


def test_a4_has_nothing_against_a_contested_word_that_is_not_needed():
    spare = guarantee("spare", "north", undertaking(PASSAGE, *BANKS))
    disown = Disown(id="disowned", party="north", of=("spare",))
    world = TOWNS.plus(said("north", may(4), spare), said("north", may(5), disown))
    assert world.verdict() == "go"


def test_a4_does_not_blame_a_contested_word_of_another_kind():
    # Contested is a passage that nothing hangs on; the restraint was never given.
    spare = guarantee("spare", "north", undertaking(PASSAGE, *BANKS))
    disown = said("north", may(5), Disown(id="disowned", party="north", of=("spare",)))
    world = TOWNS.without("north-restraint").plus(said("north", may(4), spare), disown)
    assert codes_of(world, "A1") == {"RESTRAINT-MISSING"}
    assert codes_of(world, "A4") == set()


def test_a5_names_what_was_withdrawn_and_what_was_suspended():
    withdrawn = said("north", may(5), Withdraw(id="gone", party="north", of=("north-passage",)))
    suspended = said("south", may(5), Suspend(id="over", party="south", what="the truce is over"))
    world = TOWNS.plus(withdrawn, suspended)
    assert {(f.party, f.code) for f in world.findings("A5")} == {
        ("north", "WITHDRAWN"),
        ("south", "SUSPENDED"),
    }
    assert "gone" in next(f for f in world.findings("A5") if f.party == "north").statements


def test_a5_names_a_word_whose_window_has_ended():
    world = TOWNS.given("north-passage", windows=(window(may(5), DEPART),))
    assert codes_of(world, "A5") == {"WINDOW-ENDED"}


def test_a5_does_not_blame_an_old_word_of_another_kind():
    past = undertaking(PASSAGE, "north-bank", windows=(window(may(1), may(2)),))
    old = said("north", may(1), guarantee("old", "north", past))
    world = TOWNS.without("north-restraint").plus(old)
    assert codes_of(world, "A1") == {"RESTRAINT-MISSING"}
    assert codes_of(world, "A5") == set()


def test_a5_names_what_was_withdrawn_also_where_another_kind_is_missing_too():
    # The consent is missing and was never given; the restraint was given and withdrawn.
    gone = said("south", may(5), Withdraw(id="gone", party="south", of=("south-restraint",)))
    world = TOWNS.without("south-consent").plus(gone)
    assert codes_of(world, "A5") == {"WITHDRAWN"}


def test_a6_names_a_political_price():
    price = Condition(id="price", kind=ConditionKind.QUID_PRO_QUO, on="south", what="the bridge.")
    world = TOWNS.given("north-passage", conditions=(price,))
    finding = world.only("A6")
    assert (finding.code, finding.party) == ("CONDITION-QUID-PRO-QUO", "north")
    assert finding.says.endswith(": the bridge.")
    assert world.verdict() == "no-go"


def test_a6_names_a_price_tied_to_a_word_of_any_kind():
    price = Condition(id="price", kind=ConditionKind.HARMFUL, on="relief", what="a list of names")
    world = TOWNS.without("north-restraint").given("north-passage", conditions=(price,))
    assert codes_of(world, "A6") == {"CONDITION-HARMFUL"}


def test_a6_has_a_clause_of_a_deal_signed_off():
    world = TOWNS.but("relief-to-birch", deal="an exchange of prisoners")
    assert world.failing() == {("A6", "PART-OF-A-DEAL")}
    assert world.only("A6").level.value == "COND"
    assert world.verdict() == "conditional"
    assert world.judged().codes == ("SIGN-OFF",)


def test_t4_names_a_time_that_could_not_be_resolved():
    world = TOWNS.given("north-passage", unresolved="tomorrow morning")
    finding = world.only("T4")
    assert (finding.code, finding.party) == ("TIME-UNRESOLVED", "north")
    assert "tomorrow morning" in finding.says


def test_t4_names_a_word_that_gives_no_time_at_all():
    assert codes_of(TOWNS.given("north-passage", windows=()), "T4") == {"TIME-UNRESOLVED"}


def test_these_rules_are_silent_where_every_key_is_turned():
    # Each of these words would be faulty; none of them is needed.
    spare = guarantee("spare", "north", undertaking(PASSAGE, "north-bank", unresolved="soon"))
    also = guarantee("also", "north", undertaking(PASSAGE, "north-bank"))
    world = TOWNS.plus(
        ENVOY,
        said("north", may(4), spare),
        said("envoy", may(4), also, form=Form.RELAYED),
        said("north", may(5), Withdraw(id="gone", party="north", of=("also",))),
    )
    assert world.verdict() == "go"
    assert world.failing() == set()

"""What several statements tell of one word: counted once, limited by all, void if they differ."""

from __future__ import annotations

from dataclasses import replace

import pytest

from safeconduct.errors import WrongField
from safeconduct.situation import REPLAYED
from safeconduct.spacetime import NEVER, Spans
from safeconduct.vocabulary import (
    Confirm,
    Direction,
    Disown,
    Form,
    Movers,
    Narrow,
    Purpose,
    Reject,
    Suspend,
    Telling,
    Withdraw,
)
from tests.unit.clearance.heard_towns import HEARD
from tests.worlds.twice import same, told_again
from tests.worlds.two_towns import (
    DEPART,
    GROUND,
    HOUR,
    PASSAGE,
    RESTRAINT,
    SPOKEN,
    TOWNS,
    WHOLE_DAY,
    codes,
    guarantee,
    may,
    said,
    undertaking,
    window,
)

ONE, OTHER = "north-guarantees", "north-guarantees-desk"
WORD, TWIN = "north-passage", "north-passage-desk"
GIVEN, NINE = may(4, 10), may(6, 9)
ALL = Spans.of([WHOLE_DAY.span])
UNTIL_NINE = Spans.one(may(6, 6), NINE)
LINK = same(ONE, OTHER)


def twice(world=SPOKEN, **otherwise):
    """The two towns in which a desk recorded the word of the north as well, unlinked."""
    return world.plus(told_again(world.record(ONE), "desk", **otherwise))


def passage(world):
    return world.at(may(7)).turned(PASSAGE, "north")


def with_other(**terms):
    """Told twice and linked; the desk has the passage otherwise."""
    return twice().plus(LINK).given(TWIN, **terms)


def says(world, act=WORD):
    return [one.detail for one in world.standing(act).faults if one.code == "TOLD-DIFFERENTLY"]


# -- counted once, limited by all


def test_told_alike_it_counts_as_before():
    assert passage(twice().plus(LINK)) == ALL
    assert twice(TOWNS).plus(LINK).verdict() == "go"


@pytest.mark.parametrize(
    ("limit", "left"),
    [
        (Withdraw(id="x", party="north", of=(TWIN,)), UNTIL_NINE),
        (Reject(id="x", party="north", of=(TWIN,)), NEVER),
        (Disown(id="x", party="north", of=(TWIN,)), NEVER),
        (
            Narrow(id="x", party="north", of=(TWIN,), windows=(window(may(6, 6), may(6, 9)),)),
            UNTIL_NINE,
        ),
    ],
    ids=["withdraw", "reject", "disown", "narrow"],
)
def test_a_limit_that_names_one_telling_takes_from_all(limit, left):
    spoken = said("north", NINE, limit)
    assert passage(twice().plus(spoken)) == ALL  # unlinked, the other word stands by itself
    assert passage(twice().plus(spoken, LINK)) == left


def test_the_movement_does_not_go_on_the_twin_of_a_withdrawn_word():
    back = said("north", may(6, 7), Withdraw(id="back", party="north", of=(TWIN,)))
    assert twice(TOWNS).plus(back).verdict() == "go"
    assert twice(TOWNS).plus(back, LINK).verdict() == "no-go"


def test_links_that_share_a_statement_are_one():
    third = told_again(SPOKEN.record(ONE), "post")
    back = said("north", NINE, Withdraw(id="back", party="north", of=("north-passage-post",)))
    world = twice().plus(third, back)
    assert passage(world.plus(LINK, same(OTHER, third.id, id="also"))) == UNTIL_NINE


def test_a_telling_that_dates_the_word_later_does_not_save_it_from_what_came_between():
    # A paper without an hour has it said at the end of the day; the party suspended it before.
    later = twice(said_at=may(4, 23))
    pause = said("north", may(4, 12), Suspend(id="pause", party="north", what="the truce is over"))
    assert passage(later.plus(pause)) == ALL
    assert passage(later.plus(pause, LINK)) == NEVER
    again = said("north", may(5), Confirm(id="again", party="north", of=(WORD,)))
    assert passage(later.plus(pause, LINK, again)) == ALL


@pytest.mark.parametrize(
    "weaker",
    [{"to": ()}, {"form": Form.RELAYED}, {"telling": Telling.INFERRED}],
    ids=["to nobody", "relayed", "inferred"],
)
def test_one_good_telling_is_enough_and_two_half_good_ones_are_not(weaker):
    assert passage(twice(**weaker).plus(LINK)) == ALL
    halves = twice(**weaker).but(ONE, form=Form.ANNOUNCEMENT)
    assert passage(halves.plus(LINK)) == NEVER


@pytest.mark.parametrize(
    ("hours", "left"),
    [
        ((GIVEN - 1,), NEVER),
        ((GIVEN,), ALL),
        ((GIVEN - 1, GIVEN), ALL),
        ((GIVEN - 1, GIVEN - 2), NEVER),
    ],
    ids=["before", "after", "told by one as after", "told by both as before"],
)
def test_a_confirmation_vouches_by_its_own_hour_for_the_telling_that_it_names(hours, left):
    # The desk has the word itself an hour earlier: that lends the telling that is named no hour.
    public = twice(said_at=GIVEN - HOUR, form=Form.ANNOUNCEMENT).but(ONE, form=Form.ANNOUNCEMENT)
    calls = [
        said("north", at, Confirm(id=f"again-{n}", party="north", of=(WORD,)), id=f"calls-{n}")
        for n, at in enumerate(hours)
    ]
    links = [same(*(one.id for one in calls), id="calls")] if len(calls) > 1 else []
    assert passage(public.plus(LINK, *calls, *links)) == left
    assert not public.plus(LINK, *calls, *links).standing(TWIN).holds_ever


@pytest.mark.parametrize(("too_late_s", "fails"), [(0, False), (1, True)])
def test_the_time_to_prepare_begins_with_the_telling_that_counts(too_late_s, fails):
    # What was relayed at 10:00 gives nothing; the letter of 12:00 does.
    letter = GIVEN + 2 * HOUR
    world = twice(TOWNS, said_at=letter).but(ONE, form=Form.RELAYED).plus(LINK)
    needed = world.but("relief-to-birch", preparation_s=DEPART - letter + too_late_s)
    assert ("T2" in {rule for rule, _ in needed.failing()}) is fails


# -- told differently


@pytest.mark.parametrize(
    "terms",
    [
        {"windows": (window(may(6, 10), may(6, 18)),)},
        {"areas": ("north-bank", "south-bank")},
        {"unnamed_corridors": 8},
        {"purposes": frozenset({Purpose.FIGHTERS_LEAVING})},
        {"directions": frozenset({Direction.OUT})},
        {"for_whom": frozenset({Movers.CIVILIANS})},
        {"open_ended": True},
    ],
    ids=lambda terms: next(iter(terms)),
)
def test_tellings_that_differ_in_what_matters_cover_nothing(terms):
    world = with_other(**terms)
    assert passage(world) == NEVER
    assert (codes(world.standing(WORD)), codes(world.standing(TWIN))) == (
        ["TOLD-DIFFERENTLY"],
        ["TOLD-DIFFERENTLY"],
    )


def test_the_difference_is_named_with_both_values():
    (told,) = says(with_other(windows=(window(may(6, 10), may(6, 18)),), unnamed_corridors=8))
    assert told == (
        "north-passage and north-passage-desk differ in unnamed corridors 0 against 8; "
        "times 2030-05-06T06:00:00Z to 2030-05-06T18:00:00Z against "
        "2030-05-06T10:00:00Z to 2030-05-06T18:00:00Z"
    )


def test_what_one_telling_lacks_is_told_differently_and_the_rest_still_counts():
    world = twice().plus(LINK).without(TWIN)
    assert says(world) == ["north-passage is told by north-guarantees and not by " + OTHER]
    assert world.at(may(7)).turned(RESTRAINT, "north", GROUND) == ALL


def test_a_telling_that_is_not_known_leaves_the_others_in_doubt():
    assert passage(SPOKEN.plus(LINK)) == NEVER
    assert says(SPOKEN.plus(LINK)) == [f"{OTHER}, which tells the same as {ONE}, is not known"]


def test_what_the_party_says_afterwards_settles_it():
    anew = guarantee("anew", "north", undertaking(PASSAGE, "north-bank"))
    world = with_other(unnamed_corridors=8)
    again = said("north", may(5), Confirm(id="again", party="north", of=(WORD, TWIN)))
    assert passage(world.plus(again)) == NEVER  # it does not say which
    assert passage(world.plus(said("north", may(5), anew))) == ALL


def test_a_confirmation_that_is_told_differently_vouches_for_nothing():
    public = SPOKEN.but(ONE, form=Form.ANNOUNCEMENT)
    again = said("north", may(5), Confirm(id="again", party="north", of=(WORD,)), id="calls")
    other = told_again(again, "desk")
    link = same("calls", "calls-desk")
    assert passage(public.plus(again, other, link)) == ALL
    narrower = public.plus(again, other, link).but(
        "again-desk", windows=(window(may(6, 12), may(6, 18)),)
    )
    assert passage(narrower) == NEVER
    assert "TOLD-DIFFERENTLY" in codes(narrower.standing(WORD))


def test_rule_a4_names_the_party_the_acts_and_what_to_do():
    (found,) = (one for one in with_other_in_towns().findings("A4") if one.code)
    assert (found.code, found.party) == ("TOLD-DIFFERENTLY", "north")
    assert found.statements == (WORD, TWIN)
    assert "unnamed corridors 0 against 8" in found.says
    assert found.remedy.startswith("Ask The North directly what it undertakes")


def missing_one(*more):
    """The desk's telling is linked with this one by somebody who had it, and has not come here."""
    return HEARD.plus(LINK, *more)


def remedies(world):
    return [one.remedy for one in world.findings("A4") if one.code == "TOLD-DIFFERENTLY"]


def test_what_only_a_telling_that_has_not_come_leaves_in_doubt_a_merge_settles():
    (remedy,) = remedies(missing_one())
    assert remedy.startswith(f"Merge what the office exports that has {OTHER}, leaving nothing out")
    assert "`safeconduct register merge`. If it does not come by that, ask The North" in remedy


def test_what_is_told_otherwise_as_well_no_merge_settles():
    third = told_again(SPOKEN.record(ONE), "post")
    world = missing_one(third, same(ONE, third.id, id="also"))
    assert len(remedies(world)) == 1 and remedies(world)[0].startswith("Merge")
    differs = world.given("north-passage-post", unnamed_corridors=8)
    assert [one.split(" directly")[0] for one in remedies(differs)] == ["Ask The North"]


def test_into_a_replay_nothing_is_merged():
    replay = replace(missing_one(), hearing=REPLAYED)
    assert remedies(replay)[0].startswith("Ask The North directly")


def with_other_in_towns():
    return twice(TOWNS).plus(LINK).given(TWIN, unnamed_corridors=8)


def test_a_link_names_at_least_two_statements_each_once():
    for wrong in ((), (ONE,), (ONE, ONE)):
        with pytest.raises(WrongField, match="Name at least two statements that tell the same"):
            same(*wrong)

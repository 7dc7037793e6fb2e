"""Rules E3 to E9: how people who leave are told, treated, watched, and may come back."""

from __future__ import annotations

import pytest

from safeconduct.clearance import Status
from safeconduct.policy import Level, Organisation
from safeconduct.spacetime import Span
from safeconduct.vocabulary import (
    Actor,
    ActorKind,
    EvacuationTerms,
    Guarantee,
    Movers,
    Purpose,
    Specificity,
    Undertaking,
    UndertakingKind,
    Withdraw,
)
from tests.worlds.leaving import (
    EVACUATION,
    GRANTS,
    MEDEVAC,
    MOVEMENT,
    TOLD,
    TREATED,
    TRIP,
    WATCHERS,
    care,
    guarded,
    home,
    resort,
    screening,
    watch,
)
from tests.worlds.two_towns import (
    BANKS,
    CLEAR,
    DAY,
    DEPART,
    PASSAGE,
    may,
    said,
    undertaking,
    window,
)
from tests.worlds.two_towns import guarantee as given

UN, ICRC = Organisation.UN, Organisation.ICRC
JOINED = EVACUATION.of(UN).plus(WATCHERS)
AGREED = EVACUATION.of(ICRC)
UNGUARDED = ("E8", "SCREENING-UNGUARDED")


# -- E3 and E4


@pytest.mark.parametrize("name", [*TOLD, *TREATED])
@pytest.mark.parametrize("known", [None, False])
def test_each_line_of_the_care_counts(name, known):
    rule, unknown = ("E3", "NOT-INFORMED") if name in TOLD else ("E4", "CARE-UNKNOWN")
    code = unknown if known is None else "CARE-REFUSED"
    assert EVACUATION.but("care", **{name: known}).failing() == {(rule, code)}


def test_two_who_looked_may_each_say_a_part():
    parts = (dict.fromkeys(TREATED), dict.fromkeys(TOLD))
    world = EVACUATION.without("care")
    world = world.plus(*(care(id=f"care-{n}", **part) for n, part in enumerate(parts)))
    assert world.verdict() == "go"


def test_a_no_outweighs_a_yes_even_a_later_one():
    world = EVACUATION.but("care", together=False).plus(care(id="later", checked_at=may(6, 7)))
    assert world.failing() == {("E4", "CARE-REFUSED")}
    assert world.only("E4").says == "It is recorded that families are separated."


def test_what_lacks_is_told_in_one_sentence_and_what_is_bad_in_another():
    world = EVACUATION.but("care", informed=False, consents=None, refusal_open=None)
    bad, unknown = world.findings("E3")
    assert bad.says == (
        "It is recorded that people were not told beforehand of terms, destination and process."
    )
    assert unknown.says == (
        "Nobody has recorded that each person, or a guardian, has consented; and anybody may "
        "refuse to the last minute."
    )


def test_what_is_bad_does_not_wait_until_it_is_due():
    world = EVACUATION.but("care", informed=False, services=None).at(may(5, 8))
    assert ("E3", "CARE-REFUSED") in world.failing()
    assert ("E4", "CARE-UNKNOWN") in world.waiting()


@pytest.mark.parametrize(("second", "status"), [(-1, "not-yet-due"), (0, "unknown")])
def test_the_papers_fall_due_in_the_very_second_a_day_before(second, status):
    finding = EVACUATION.without("care").at(DEPART - DAY + second).only("E3")
    assert finding.status.value == status


# -- E5


@pytest.mark.parametrize("kind", [ActorKind.MONITOR, ActorKind.HUMANITARIAN])
def test_monitors_and_helpers_are_neutral(kind):
    watchers = Actor(id="watchers", name="The Watchers", kind=kind)
    assert EVACUATION.of(UN).plus(watchers, watch()).only("E5").status is Status.MET


@pytest.mark.parametrize(
    "watchers",
    [
        Actor(id="watchers", name="The Watchers", kind=ActorKind.OBSERVER),
        Actor(id="watchers", name="The Watchers", kind=ActorKind.MONITOR, member_of=("south",)),
        Actor(id="others", name="Others", kind=ActorKind.MONITOR),
    ],
)
def test_nobody_else_is_neutral_nor_who_belongs_to_a_party_or_is_unknown(watchers):
    finding = EVACUATION.of(UN).plus(watchers, watch()).only("E5")
    assert (finding.status, finding.code) == (Status.UNMET, "MONITOR-NOT-NEUTRAL")


@pytest.mark.parametrize(
    "valid", [Span(DEPART + 1, CLEAR), Span(DEPART, CLEAR - 1), Span(may(7), may(8))]
)
def test_one_second_without_monitors_is_one_too_many(valid):
    finding = JOINED.plus(watch(valid=valid)).only("E5")
    assert (finding.status, finding.code) == (Status.UNKNOWN, "NOT-MONITORED")


def test_monitors_may_take_turns():
    noon = may(6, 12)
    turns = watch(valid=Span(DEPART, noon)), watch(id="second", valid=Span(noon, CLEAR))
    assert JOINED.plus(*turns).only("E5").status is Status.MET
    late = watch(id="second", valid=Span(noon + 1, CLEAR))
    assert JOINED.plus(turns[0], late).only("E5").code == "NOT-MONITORED"


def test_the_stretch_and_the_time_without_monitors_are_named():
    finding = JOINED.plus(watch(areas=("south-bank",))).only("E5")
    assert {stretch.name for stretch in finding.place} == {"hill-road", "birch"}
    assert "on Hill road and Birch" in finding.says


def test_who_would_watch_instead_is_named():
    own = watch(id="own", monitor="north", areas=("north-bank",))
    finding = JOINED.plus(watch(areas=("south-bank",)), own).only("E5")
    assert "only The North would watch" in finding.says
    assert finding.statements == ("own",)


# -- E6 and E7


@pytest.mark.parametrize("name", ["tried", "result"])
def test_a_last_resort_says_what_was_tried_and_what_came_of_it(name):
    world = EVACUATION.but("resort", **{name: " "})
    assert world.failing() == {("E6", "LAST-RESORT-UNKNOWN")}
    assert world.verdict() == "conditional"
    assert world.plus(resort(id="again")).verdict() == "go"


@pytest.mark.parametrize(
    "known",
    [{"temporary": None}, {"papers_kept": None}, {"called_by": ""}, {"waiver_signed": None}],
)
def test_each_term_of_return_is_to_be_recorded(known):
    world = EVACUATION.but("home", **known)
    assert world.failing() == {("E7", "RETURN-UNKNOWN")}
    assert world.verdict() == "conditional"


@pytest.mark.parametrize("known", [{"temporary": False}, {"papers_kept": False}])
def test_a_closed_way_home_is_for_a_person_to_sign_whatever_another_says(known):
    world = EVACUATION.but("home", **known).plus(home(id="second"))
    assert world.failing() == {("E7", "RETURN-CLOSED")}
    assert world.verdict() == "conditional"


def test_nobody_can_sign_for_a_waiver():
    world = EVACUATION.plus(home(id="second", waiver_signed=True))
    finding = world.only("E7")
    assert (finding.code, finding.level) == ("WAIVER", Level.HARD)
    assert finding.statements == ("second",)
    assert world.verdict() == "no-go"


def test_a_waiver_stands_beside_what_else_is_wrong():
    world = EVACUATION.but("home", waiver_signed=True, temporary=False, called_by="")
    codes = [finding.code for finding in world.findings("E7")]
    assert codes == ["WAIVER", "RETURN-CLOSED", "RETURN-UNKNOWN"]


# -- E8


def screened(**known):
    return EVACUATION.without("screening").plus(guarded(**known))


def test_a_screening_under_all_its_guards_is_met_and_rests_on_the_guarantee():
    assert screened().verdict() == "go"
    assert screened().only("E8").statements == ("screening", "south-passage")


@pytest.mark.parametrize(
    ("known", "says"),
    [
        ({"sign_off": " "}, "the sign-off of a protection officer"),
        ({"independent": ""}, "somebody present who belongs to no party"),
        ({"independent": "north"}, "somebody present who belongs to no party"),
        ({"independent": "nobody-knows"}, "somebody present who belongs to no party"),
        ({"guaranteed_in": ""}, "a guarantee of its own"),
        ({"guaranteed_in": "nobody-said"}, "a guarantee of its own"),
        ({"guaranteed_in": "north-passage"}, "a guarantee of its own"),
        ({"party": ""}, "the name of the screening party"),
    ],
)
def test_each_guard_of_a_screening_is_needed_and_named(known, says):
    world = screened(**known)
    assert world.failing() == {UNGUARDED}
    assert says in world.only("E8").says
    assert says in world.only("E8").remedy


def test_a_member_of_a_party_is_not_independent():
    wing = Actor(id="wing", name="A wing", kind=ActorKind.HUMANITARIAN, member_of=("south",))
    assert screened(independent="wing").plus(wing).failing() == {UNGUARDED}


def test_one_unguarded_screening_among_others_is_enough():
    world = screened().plus(screening(id="none", party="north"), guarded(id="two", sign_off=""))
    assert world.failing() == {UNGUARDED}


def held_nobody(**changes):
    """The south's own word that it detains nobody, as a deed."""
    deed = {
        "kind": UndertakingKind.DEED,
        "areas": BANKS,
        "specificity": Specificity.AREA_AND_TIME,
    } | changes
    word = Guarantee(id="no-detention", party="south", undertaking=Undertaking(**deed))
    return screened(guaranteed_in="no-detention").plus(said("south", may(4, 12), word))


def test_a_guarantee_against_detention_may_be_a_deed_without_hours():
    assert held_nobody().verdict() == "go"


@pytest.mark.parametrize(
    "vague",
    [{"unresolved": "soon"}, {"specificity": Specificity.GENERAL}, {"areas": ()}],
    ids=["for soon", "in general", "for no place"],
)
def test_a_guarantee_against_detention_that_is_vague_guards_nobody(vague):
    assert held_nobody(**vague).failing() == {UNGUARDED}


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        (DEPART, CLEAR, "go"),
        (DEPART + 1, CLEAR, "no-go"),
        (DEPART, CLEAR - 1, "no-go"),
    ],
)
def test_a_guarantee_with_hours_holds_for_the_whole_trip(start, end, verdict):
    world = held_nobody(areas=("south-bank",), windows=(window(start, end),))
    assert world.verdict() == verdict


def test_a_guarantee_that_was_taken_back_guards_nobody():
    back = Withdraw(id="back", party="south", of=("no-detention",))
    for world in (held_nobody(), held_nobody(windows=(window(may(6), may(7)),))):
        assert world.plus(said("south", may(5), back)).failing() == {UNGUARDED}


def test_a_guarantee_in_public_guards_nobody():
    world = held_nobody()
    (statement,) = [r for r in world.records if r.id.endswith("no-detention")]
    assert world.but(statement.id, to=()).failing() == {UNGUARDED}


def test_the_sick_are_not_to_be_screened_either():
    world = MEDEVAC.but("screening", planned=True)
    assert world.failing() == {UNGUARDED}


# -- E9


def test_a_rule_of_one_organisation_is_not_for_another():
    for rule in ("E5", "E9"):
        finding = EVACUATION.only(rule)
        assert finding.status is Status.NOT_APPLICABLE
        assert "which this profile is not" in finding.says


def test_the_icrc_waits_for_every_key():
    finding = AGREED.without("north-passage").findings("E9")[0]
    assert (finding.code, finding.says) == (
        "PARTIES-NOT-AGREED",
        "Not every party on the way has agreed yet: The North.",
    )
    unassessed = AGREED.without("both-banks").findings("E9")[0]
    assert unassessed.says == "Not every party on the way has agreed yet."


def for_whom(*movers):
    world = AGREED
    for grant in GRANTS:
        world = world.given(grant, for_whom=frozenset(movers))
    return world


def test_each_party_names_all_who_leave_and_the_staff():
    assert for_whom(Movers.CIVILIANS, Movers.HUMANITARIAN).only("E9").status is Status.MET
    # The way in carries staff alone, so that leaving them out closes it; a word that is for the
    # civilians alone says nothing of who goes with them.
    codes = {f.code for f in for_whom(Movers.CIVILIANS).findings("E9")}
    assert codes == {"PARTIES-NOT-AGREED", "STAFF-NOT-NAMED"}


def test_two_words_that_each_name_half_do_not_make_one():
    world = AGREED
    for grant in ("north-restraint", "north-passage"):
        world = world.given(grant, for_whom=frozenset({Movers.HUMANITARIAN}))
    out = undertaking(
        PASSAGE,
        "north-bank",
        purposes=frozenset({Purpose.ANY}),
        for_whom=frozenset({Movers.CIVILIANS}),
    )
    restraint = world.act("north-restraint").undertaking
    alone = undertaking(
        UndertakingKind.RESTRAINT,
        *restraint.areas,
        means=restraint.means,
        purposes=frozenset({Purpose.ANY}),
        for_whom=frozenset({Movers.CIVILIANS}),
    )
    word = said("north", may(4, 10), given("out", "north", out), given("alone", "north", alone))
    finding = world.plus(word).only("E9")
    assert (finding.code, finding.party) == ("STAFF-NOT-NAMED", "north")
    assert finding.remedy == (
        "The North must give its word for evacuees and humanitarian staff alike."
    )


@pytest.mark.parametrize("known", [{"voluntary": False}, {"forced_route": True}])
def test_the_icrc_takes_part_in_no_forced_evacuation(known):
    forced = EvacuationTerms(id="forced", movement=MOVEMENT, **known)
    finding = MEDEVAC.of(ICRC).plus(forced).only("E9")
    assert (finding.status, finding.code) == (Status.UNMET, "NOT-VOLUNTARY")


def test_the_trip_is_the_one_of_the_plan():
    assert EVACUATION.bench().trip == TRIP

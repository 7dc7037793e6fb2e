"""Section 5: what makes a grant count, and what each voucher makes it cover."""

from __future__ import annotations

from safeconduct.spacetime import NEVER, Span, Spans
from safeconduct.vocabulary import Announce, Confirm, Form, Narrow
from tests.worlds.two_town_papers import papers
from tests.worlds.two_towns import (
    BANKS,
    ENVOY,
    MORTARS,
    PASSAGE,
    PATRON,
    RESTRAINT,
    SPOKEN,
    WHOLE_DAY,
    binds,
    codes,
    may,
    said,
    window,
)

WORD, SPOKE = "north-passage", "north-guarantees"
ALL = Spans.of([WHOLE_DAY.span])
NOON = window(may(6, 6), may(6, 12))


def confirm(at, actor="north", strength=None, **text):
    act = Confirm(id=f"confirm-{at}", party="north", of=(WORD,), **text)
    return said(actor, at, act, **(strength or {}))


def announced():
    offer = Announce(id=WORD, party="north", undertaking=SPOKEN.act(WORD).undertaking)
    public = said("north", may(4), offer, form=Form.ANNOUNCEMENT, to=())
    return SPOKEN.without(WORD).plus(public)


def relayed():
    """The envoy tells the relief office of both words of the north."""
    return SPOKEN.plus(ENVOY).but(SPOKE, actor="envoy", form=Form.RELAYED)


def passage(world, on="hill-road"):
    return world.turned(PASSAGE, "north", on=on)


def test_an_announcement_counts_once_the_party_confirms_it_directly():
    assert passage(announced()) == NEVER
    assert passage(announced().plus(confirm(may(5)))) == ALL
    assert announced().plus(confirm(may(5)), *papers()).verdict() == "go"


def test_a_second_announcement_confirms_nothing():
    again = confirm(may(5), strength={"form": Form.ANNOUNCEMENT})
    assert codes(announced().plus(again).standing(WORD)) == ["ANNOUNCED-ONLY"]


def test_what_another_said_for_a_party_counts_once_itself_confirms_it():
    assert passage(relayed()) == NEVER
    assert passage(relayed().plus(confirm(may(5)))) == ALL


def test_nobody_else_can_confirm_for_the_party():
    assert passage(relayed().plus(confirm(may(5), actor="envoy"))) == NEVER


def test_a_confirmation_of_another_party_confirms_nothing():
    act = Confirm(id="theirs", party="south", of=(WORD,))
    assert passage(relayed().plus(said("south", may(5), act))) == NEVER


def test_a_narrower_confirmation_of_a_relayed_word_is_what_holds():
    narrow = confirm(may(5), windows=(NOON,))
    assert passage(relayed().plus(narrow)) == Spans.of([NOON.span])


def test_a_wider_confirmation_does_not_widen_the_word():
    wide = confirm(may(5), windows=(window(may(5), may(9)),), areas=BANKS)
    world = relayed().plus(wide)
    assert passage(world) == ALL
    assert passage(world, on="bridge-road") == NEVER


def test_a_confirmation_for_another_place_covers_nothing_here():
    assert passage(relayed().plus(confirm(may(5), areas=("far-hills",)))) == NEVER


def test_several_good_vouchers_give_the_union_of_what_each_yields():
    early, late = window(may(6, 6), may(6, 9)), window(may(6, 11), may(6, 18))
    world = announced().plus(confirm(may(5), windows=(early,)), confirm(may(5, 1), windows=(late,)))
    assert passage(world) == Spans.of([early.span, late.span])


def test_two_confirmations_in_one_statement_give_the_union_too():
    early, late = window(may(6, 6), may(6, 9)), window(may(6, 11), may(6, 18))
    acts = (
        Confirm(id="morning", party="north", of=(WORD,), windows=(early,)),
        Confirm(id="evening", party="north", of=(WORD,), windows=(late,)),
    )
    world = announced().plus(said("north", may(5), *acts))
    assert passage(world) == Spans.of([early.span, late.span])


def test_the_narrower_text_holds_when_a_party_narrows_its_word():
    narrow = Narrow(id="narrow", party="north", of=(WORD,), windows=(NOON,))
    assert passage(SPOKEN.plus(said("north", may(5), narrow))) == Spans.of([NOON.span])
    away = Narrow(id="narrow", party="north", of=(WORD,), areas=("far-hills",))
    assert passage(SPOKEN.plus(said("north", may(5), away))) == NEVER


def test_narrowing_a_part_leaves_the_rest_as_it_was():
    narrow = Narrow(id="narrow", party="north", of=("north-restraint",), areas=("north-bank",))
    world = SPOKEN.plus(said("north", may(5), narrow))
    assert world.turned(RESTRAINT, "north", MORTARS, on="hill-road") == ALL
    assert world.turned(RESTRAINT, "north", MORTARS, on="bridge-road") == NEVER


def test_every_narrowing_holds_at_once():
    morning = Narrow(id="one", party="north", of=(WORD,), windows=(NOON,))
    from_ten = window(may(6, 10), may(6, 18))
    later = Narrow(id="two", party="north", of=(WORD,), windows=(from_ten,))
    world = SPOKEN.plus(said("north", may(5), morning), said("north", may(5, 1), later))
    assert passage(world) == Spans.one(may(6, 10), may(6, 12))


def test_nobody_narrows_the_word_of_another():
    narrow = Narrow(id="narrow", party="south", of=(WORD,), windows=(NOON,))
    assert passage(SPOKEN.plus(said("south", may(5), narrow))) == ALL


def bound(*relations, **strength):
    """The patron guarantees the passage in the name of the north."""
    return SPOKEN.plus(PATRON, *relations).but(SPOKE, actor="patron", **strength)


def test_a_binder_vouches_for_the_party_it_binds():
    assert passage(bound()) == NEVER
    assert passage(bound(binds("patron", "north", "north-bank"))) == ALL


def test_a_binder_vouches_only_in_the_areas_of_the_relation():
    world = bound(binds("patron", "north", "north-bank"))
    assert world.turned(RESTRAINT, "north", MORTARS, on="hill-road") == ALL
    assert world.turned(RESTRAINT, "north", MORTARS, on="bridge-road") == NEVER


def test_a_relation_that_names_no_area_vouches_nowhere():
    assert passage(bound(binds("patron", "north"))) == NEVER


def test_a_binder_vouches_only_while_the_relation_is_valid():
    brief = binds("patron", "north", "north-bank", valid=Span(may(1), may(6, 12)))
    assert passage(bound(brief)) == Spans.one(may(6, 6), may(6, 12))


def test_a_binder_without_evidence_vouches_for_nobody():
    rumour = binds("patron", "north", "north-bank", evidence="")
    assert codes(bound(rumour).standing(WORD)) == ["SPOKEN-FOR"]


def test_two_relations_of_one_binder_add_up():
    first = binds("patron", "north", "north-bank", id="first", valid=Span(may(1), may(6, 12)))
    second = binds("patron", "north", "north-bank", id="next", valid=Span(may(6, 12), may(9)))
    assert passage(bound(first, second)) == ALL


def test_a_binder_announces_as_little_as_the_party_itself():
    public = bound(binds("patron", "north", "north-bank"), form=Form.ANNOUNCEMENT)
    assert codes(public.standing(WORD)) == ["ANNOUNCED-ONLY"]


def test_the_bound_does_not_bind_its_binder():
    backwards = bound(binds("north", "patron", "north-bank"))
    assert codes(backwards.standing(WORD)) == ["SPOKEN-FOR"]

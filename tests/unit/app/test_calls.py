"""A call in a live register: one statement with its acts, one try, and what the word changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from safeconduct.app.assess import assess
from safeconduct.app.calls import Call, Called, record_call
from safeconduct.app.contacts import add_contact
from safeconduct.app.founding import init
from safeconduct.app.opening import open_register
from safeconduct.app.registers import record, replayed
from safeconduct.clearance import Verdict
from safeconduct.errors import RegisterError, SafeconductError, UnknownReference, WrongField
from safeconduct.vocabulary import (
    Authority,
    Confirm,
    DeclineToComment,
    Depth,
    Form,
    Reached,
    Reject,
    Statement,
    Suspend,
    Withdraw,
)
from tests.unit.app.folders import TWO_TOWNS, head
from tests.unit.app.offices import held

EVENING, NIGHT, MORNING = "2030-05-05T18:00:00Z", "2030-05-05T22:00:00Z", "2030-05-06T07:30:00Z"
BOTH = ("north-restraint", "north-passage")
LOST = ("The North: passage", "The North: restraint from ground fire and indirect fire")


def called(path: Path, at: str = EVENING, **changes: Any) -> Called:
    """A call with the liaison officer of the north, noted and read back, unless told other."""
    fields: dict[str, Any] = {
        "contact": "north-post",
        "said": "The brigade stands by its letter.",
        "by": "duty officer",
        "read_back": True,
        "at": at,
    }
    return record_call(str(path), Call(**(fields | changes)))


def last_statement(path: Path) -> Statement:
    found = held(path, Statement)[-1]
    assert isinstance(found, Statement)
    return found


def verdict(path: Path, at: str) -> Verdict:
    opened = open_register(str(path))
    try:
        return assess(opened, at=at).judgement.verdict
    finally:
        opened.close()


def test_a_call_is_one_statement_by_voice_with_the_strength_of_its_contact(office: Path) -> None:
    called(office, confirms=BOTH)
    said = last_statement(office)
    assert (said.actor, said.office, said.form) == ("north", "liaison officer", Form.ORAL)
    assert (said.to, said.noted, said.call_back) == (("relief",), True, True)
    assert (said.depth, said.authority) == (Depth.UNIT, Authority.SPEAKS_FOR)
    (act,) = said.acts
    assert isinstance(act, Confirm) and (act.party, act.of) == ("north", BOTH)
    (tried,) = held(office, Reached)
    assert (tried.contact, tried.reached, tried.by) == ("north-post", True, "duty officer")


def test_each_verb_of_a_call_is_an_act_of_its_own(office: Path) -> None:
    called(
        office,
        confirms=("north-restraint",),
        withdraws=("north-passage",),
        rejects=("relief-to-birch",),
        suspends="the road is closed",
        areas=("north-bank",),
    )
    acts = {type(act): act for act in last_statement(office).acts}
    assert acts.keys() == {Confirm, Reject, Withdraw, Suspend}
    assert acts[Suspend].areas == ("north-bank",)  # type: ignore[union-attr]  # of that class
    assert len({act.id for act in acts.values()}) == 4


def test_a_suspension_turns_keys_back_even_when_it_was_not_read_back(office: Path) -> None:
    assert verdict(office, MORNING) is Verdict.GO
    done = called(office, MORNING, suspends="the truce is over", read_back=False, by="")
    (effect,) = done.effects
    assert (effect.before, effect.after) == (Verdict.GO, Verdict.NO_GO)
    assert effect.lost == LOST and effect.changes
    assert done.counts_not == ()
    assert verdict(office, MORNING) is Verdict.NO_GO


def test_a_confirmation_that_was_read_back_turns_the_keys_again(office: Path) -> None:
    called(office, EVENING, suspends="the truce is over")
    done = called(office, MORNING, confirms=BOTH)
    (effect,) = done.effects
    assert (effect.turned, effect.after) == (LOST, Verdict.GO)
    assert done.counts_not == ()
    assert verdict(office, MORNING) is Verdict.GO


@pytest.mark.parametrize(
    ("strength", "says"),
    [
        ({"read_back": False}, "it was not read back (`--read-back`)."),
        ({"by": ""}, "it was not noted by a named role (`--by`)."),
        (
            {"read_back": False, "by": ""},
            "it was not noted by a named role (`--by`) and not read back (`--read-back`).",
        ),
    ],
    ids=["not-read-back", "not-noted", "neither"],
)
def test_a_confirmation_that_was_not_noted_or_not_read_back_counts_for_nothing_and_says_so(
    strength: dict[str, Any], says: str, office: Path
) -> None:
    called(office, EVENING, suspends="the truce is over")
    done = called(office, MORNING, confirms=BOTH, **strength)
    assert done.counts_not == (f"Under the profile default it counts for nothing: {says}",)
    (effect,) = done.effects
    assert not effect.changes and effect.missing == LOST


def test_an_answer_of_nobody_is_a_try_in_vain_and_no_statement(office: Path) -> None:
    before = held(office, Statement)
    done = called(office, said="", no_answer=True, read_back=False)
    assert done.statement is None and done.effects == ()
    assert held(office, Statement) == before
    (tried,) = held(office, Reached)
    assert not tried.reached


def test_silence_of_somebody_who_was_reached_is_kept_with_its_date(office: Path) -> None:
    called(office, said="The road of 6 May", silent=True)
    (act,) = last_statement(office).acts
    assert isinstance(act, DeclineToComment) and act.about == "The road of 6 May"


def test_what_was_said_without_any_act_is_kept_and_changes_nothing(office: Path) -> None:
    done = called(office, MORNING)
    assert last_statement(office).acts == ()
    assert not done.effects[0].changes


def test_a_word_in_part_turns_its_keys_in_part(wordless: Path) -> None:
    file = wordless.with_name("late.yaml")
    file.write_text(
        "zone: UTC\nstatements:\n  - id: radio\n    actor: north\n    said_at: 2030-05-05 12:00\n"
        "    form: announcement\n    telling: quoted\n    paraphrase: passage until noon\n"
        "    acts:\n      - is: announce\n        id: radio-passage\n        party: north\n"
        "        undertaking:\n          kind: passage\n          areas: [north-bank]\n"
        "          windows:\n            - {from: 2030-05-06 06:00, until: 2030-05-06 12:00,"
        " wording: until noon}\n          purposes: [aid-delivery]\n"
        "          directions: [in, out]\n"
        "          for_whom: [humanitarian]\n          specificity: area-and-time\n"
    )
    record(str(wordless), str(file))
    (effect,) = called(wordless, confirms=("radio-passage",)).effects
    assert effect.partly == ("The North: passage",) and effect.turned == ()


def test_a_party_that_binds_another_confirms_what_was_given_for_it(office: Path) -> None:
    file = office.with_name("binds.yaml")
    file.write_text(
        "zone: UTC\nbinds:\n  - {id: b, binder: south, bound: north, areas: [north-bank],"
        " valid: {from: 2030-05-01 00:00, until: 2030-06-01 00:00}, evidence: a treaty}\n"
    )
    record(str(office), str(file))
    called(office, contact="south-post", confirms=("north-passage", "south-passage"))
    acts = last_statement(office).acts
    assert [(act.party, act.of) for act in acts if isinstance(act, Confirm)] == [
        ("north", ("north-passage",)),
        ("south", ("south-passage",)),
    ]


def test_the_organisation_is_taken_from_the_movements_or_from_the_call(office: Path) -> None:
    called(office, movement="relief-to-birch")
    assert last_statement(office).to == ("relief",)
    called(office, to="relief")
    assert last_statement(office).to == ("relief",)


def test_a_call_before_any_movement_needs_to_be_told_to_whom_it_was_said(tmp_path: Path) -> None:
    path = tmp_path / "new.db"
    init(str(path))
    file = tmp_path / "actors.yaml"
    file.write_text(
        "actors:\n  - {id: north, name: The North, kind: party}\n"
        "  - {id: relief, name: Relief, kind: humanitarian}\n"
    )
    record(str(path), str(file))
    add_contact(str(path), "north-post", party="north", role="liaison officer")
    with pytest.raises(UnknownReference, match=r"no movement is recorded.*--to"):
        called(path)
    assert called(path, to="relief").effects == ()


REFUSALS: list[tuple[str, dict[str, Any], type[SafeconductError], str]] = [
    ("contact", {"contact": "x"}, UnknownReference, "Known: north-post, north-staff, south-post."),
    ("nothing-said", {"said": " "}, WrongField, "What was said is missing."),
    ("no-answer-and-words", {"no_answer": True, "confirms": BOTH}, WrongField, "Nobody answered"),
    ("silent-and-words", {"silent": True, "rejects": BOTH}, WrongField, "would say nothing"),
    ("area-alone", {"areas": ("north-bank",)}, WrongField, "nothing is suspended in them"),
    ("unknown-act", {"confirms": ("x",)}, UnknownReference,
     "It gave: north-passage, north-restraint."),
    ("statement-for-act", {"confirms": ("north-guarantees",)}, UnknownReference, "It gave:"),
    ("other-party", {"confirms": ("south-passage",)}, WrongField, "rule A3"),
    ("withdraws-of-another", {"withdraws": ("south-passage",)}, WrongField,
     "Only the party that gave it"),
    ("rejects-nothing", {"rejects": ("x",)}, UnknownReference, 'has the id "x"'),
    ("unknown-area", {"suspends": "x", "areas": ("nowhere",)}, UnknownReference, "nowhere"),
    ("movement", {"movement": "x"}, UnknownReference, "Known: relief-to-birch."),
    ("to", {"to": "x"}, UnknownReference, 'has the id "x"'),
    ("time", {"at": "dawn"}, SafeconductError, "'dawn'"),
    ("before-it-was-said", {"confirms": BOTH, "at": "2030-05-03T10:00:00Z"}, UnknownReference,
     "nothing that is recorded"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("changes", "kind", "says"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS]
)
def test_a_call_that_makes_no_sense_is_refused_and_nothing_written(
    changes: dict[str, Any], kind: type[SafeconductError], says: str, office: Path
) -> None:
    before = head(office)
    with pytest.raises(kind) as caught:
        called(office, **changes)
    assert says in str(caught.value) and caught.value.remedy
    assert head(office) == before


def test_a_contact_that_was_replaced_is_not_taken_for_the_one_who_spoke(office: Path) -> None:
    add_contact(
        str(office), "new-post", party="north", role="new liaison officer", replaces="north-post"
    )
    with pytest.raises(WrongField, match="`--with new-post`"):
        called(office)


def test_nothing_is_noted_in_a_replay(tmp_path: Path) -> None:
    path = tmp_path / "replay.db"
    replayed(str(path), str(TWO_TOWNS))
    before = head(path)
    with pytest.raises(RegisterError, match="is a replay"):
        called(path)
    assert head(path) == before

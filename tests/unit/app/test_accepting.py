"""Drafts that a person accepts: what they become, what they never become, and who answers."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from safeconduct.app.accepting import Acceptance, Signatures, as_file
from safeconduct.app.registers import record
from safeconduct.errors import DraftRefused, WrongField
from safeconduct.vocabulary import (
    ConditionKind,
    Do,
    DraftAccepted,
    Means,
    Reject,
    Report,
    SameStatement,
    Source,
    Statement,
    Telling,
    UndertakingKind,
)
from safeconduct.wire import Act, Draft, ReadCondition, Reading, ReadWindow
from tests.unit.app.drafted import TEXT, draft, field, offer, reading, rejection
from tests.unit.app.offices import everything, held, signed

NOW = 1_900_000_000
TWO = Signatures(by="Ada Reader", role="access officer", second="Bo Second")


def desk(read: Reading, signed: Signatures = TWO) -> Acceptance:
    return Acceptance(
        reading=read,
        source="wire-3-may",
        actors={"north", "south"},
        areas={"north-bank", "south-bank"},
        signed=signed,
        at=NOW,
    )


def into(office: Path, found: Acceptance) -> None:
    record(str(office), "the report", text=as_file(found.records(), "UTC"))


def statements(office: Path, found: Acceptance) -> list[Statement]:
    into(office, found)
    return [one for one in held(office, Statement) if one.id.startswith("wire-3-may")]


def test_an_offer_and_its_rejection_become_statements_that_are_linked(office: Path) -> None:
    found = desk(reading(offer(), rejection()))
    assert found.accept_all() == []
    told, answer = statements(office, found)
    assert (told.actor, told.form.value, told.telling) == (
        "north",
        "announcement",
        Telling.PARAPHRASED,
    )
    given = told.acts[0].undertaking  # type: ignore[union-attr]
    assert given is not None and given.kind is UndertakingKind.PASSAGE
    assert given.areas == ("north-bank",)
    assert given.windows[0].wording == "from 9 a.m. to 2 p.m. on May 4"
    assert given.windows[0].span.length_s == 5 * 3600
    assert isinstance(answer.acts[0], Reject) and answer.acts[0].of == (told.acts[0].id,)
    assert [one.id for one in held(office, Source)][-1] == "wire-3-may"


def test_a_grant_counts_from_the_end_of_the_day_and_a_limit_from_its_beginning(
    office: Path,
) -> None:
    found = desk(reading(offer(), rejection()))
    found.accept_all()
    told, answer = statements(office, found)
    assert told.said_at - answer.said_at == 86_400 - 1


def test_who_accepted_stands_on_record_without_their_names(office: Path) -> None:
    found = desk(reading(offer()))
    found.accept_all()
    into(office, found)
    (accepted,) = held(office, DraftAccepted)
    assert (accepted.by, accepted.second) == ("access officer", "reader of reports")
    assert accepted.report_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    words = [TEXT[one.start : one.end] for one in accepted.words]
    assert "will let aid trucks pass" in words and "The North" in words
    assert accepted.person.startswith("personal:")
    assert b"Ada Reader" not in signed(office) and b"Bo Second" not in signed(office)


@pytest.mark.parametrize("act", [Act.ANNOUNCE, Act.GUARANTEE, Act.CONSENT])
def test_a_grant_needs_a_second_person_or_a_call_back(act: Act) -> None:
    alone = Signatures(by="Ada Reader")
    granted = replace(offer(), act=field(act, "will let aid trucks pass"))
    with pytest.raises(DraftRefused, match=r"only Ada Reader answers.*--second.*--call-back"):
        desk(reading(granted), alone).accept(granted)
    desk(reading(granted), replace(alone, call_back="asked on 3 May")).accept(granted)
    desk(reading(granted), TWO).accept(granted)


def test_an_edit_cannot_make_a_grant_that_one_person_answers_for() -> None:
    found = desk(reading(offer(), rejection()), Signatures(by="Ada Reader"))
    edited = found.proposed(rejection()).record | {"acts": [{"is": "confirm", "party": "south"}]}
    with pytest.raises(DraftRefused, match="draft-2 is confirm"):
        found.accept(rejection(), edited)


def test_one_person_cannot_be_their_own_second(office: Path) -> None:
    found = desk(reading(offer()), replace(TWO, second=" ada  READER "))
    found.accept_all()
    with pytest.raises(WrongField, match="accepted twice by one person"):
        into(office, found)


@pytest.mark.parametrize("act", [one for one in Act if one is not Act.ESTIMATE])
def test_what_was_not_done_is_kept_as_told_whatever_the_act(act: Act) -> None:
    negated = replace(
        offer(negated=field(True, "did not guarantee")), act=field(act, "guarantee anything")
    )
    made = desk(reading(negated)).proposed(negated)
    assert made.record["acts"] == [{"is": "report", "party": "north", "what": "guarantee anything"}]
    assert made.kept_as_told and not made.is_grant
    assert "neither covers nor limits" in made.doubts[0]


def test_an_offer_that_names_no_means_or_nothing_at_all_covers_nothing(office: Path) -> None:
    silent = offer(kind=field(UndertakingKind.RESTRAINT, "will let"), means=())
    empty = replace(offer(kind=None), id="draft-2")
    found = desk(reading(silent, empty), Signatures(by="Ada Reader"))
    assert found.accept_all() == []
    acts = [one.acts[0] for one in statements(office, found)]
    assert all(isinstance(act, Report) for act in acts)
    named = replace(silent, means=(field(Means.AIR_STRIKE, "pass"),))
    assert found.proposed(named).record["acts"][0]["undertaking"]["means"] == ["air-strike"]


@pytest.mark.parametrize(
    "window",
    [
        ReadWindow(unresolved="no day is known"),
        ReadWindow(start=NOW, end=NOW + 60, zone="UTC", daily=True),
        ReadWindow(start=NOW, zone="UTC"),
        ReadWindow(start=NOW, until_event="until the last bus", zone="UTC"),
    ],
)
def test_a_time_that_is_not_whole_is_left_unresolved_and_covers_nothing(
    window: ReadWindow, office: Path
) -> None:
    told = offer(windows=(field(window, "from 9 a.m. to 2 p.m. on May 4"),))
    found = desk(reading(told))
    found.accept_all()
    (said,) = statements(office, found)
    given = said.acts[0].undertaking  # type: ignore[union-attr]
    assert given is not None and given.windows == ()
    assert given.unresolved == "from 9 a.m. to 2 p.m. on May 4"


def test_an_area_that_is_not_known_is_left_out_of_an_offer_and_widens_a_closure() -> None:
    nowhere = (field("Wadi", "the north bank"), field("north-bank", "the north bank"))
    offered = desk(reading()).proposed(offer(areas=nowhere))
    assert offered.record["acts"][0]["undertaking"]["areas"] == ["north-bank"]
    closing = draft(4, Act.SUSPEND, "close the road", "north", "The\nNorth".replace("\n", " "))
    everywhere = desk(reading()).proposed(replace(closing, areas=nowhere))
    assert everywhere.record["acts"][0]["areas"] == []
    assert any("counts everywhere" in doubt for doubt in everywhere.doubts)


@pytest.mark.parametrize("act", [Act.SUSPEND, Act.WITHDRAW])
def test_a_limit_counts_from_when_it_was_said_whatever_day_was_read(act: Act) -> None:
    made = desk(reading()).proposed(replace(offer(), act=field(act, "close the road")))
    assert "effective_at" not in made.record["acts"][0]
    assert any("counts from when it was said" in doubt for doubt in made.doubts)


def test_a_condition_stays_open_on_whoever_is_named_and_else_on_the_party(office: Path) -> None:
    string = ReadCondition(kind=ConditionKind.RECIPROCAL, on=field("south", "The South"))
    nobody = ReadCondition(kind=ConditionKind.HARMFUL)
    told = offer(conditions=(field(string, "rejected the offer"), field(nobody, "close the road")))
    found = desk(reading(told))
    found.accept_all()
    (said,) = statements(office, found)
    given = said.acts[0].undertaking  # type: ignore[union-attr]
    assert given is not None
    assert [(one.on, one.kind.value) for one in given.conditions] == [
        ("south", "reciprocal"),
        ("north", "harmful"),
    ]


@pytest.mark.parametrize("act", [Act.NARROW, Act.CONFIRM, Act.DISOWN, Act.CONDITION])
def test_an_act_about_nobody_knows_which_other_waits_for_a_person(act: Act) -> None:
    told = draft(1, act, "rejected", "north", "The North")
    found = desk(reading(told))
    (left,) = found.accept_all()
    assert "Which earlier act it is about must be said" in left[1]
    assert found.records() == {}


def test_somebody_whom_the_register_does_not_know_waits_for_a_person() -> None:
    told = draft(3, Act.POSITION, "guarantee anything", "valley", "The Valley")
    (left,) = desk(reading(told)).accept_all()
    assert '"The Valley" (valley) is no actor here' in left[1]


def test_what_the_writer_tells_is_said_by_the_outlet_where_that_is_an_actor(office: Path) -> None:
    told = draft(1, Act.REPORT, "rejected", "media", "The South")
    found = desk(reading(told))
    assert '"The South" (media) is no actor here' in found.proposed(told).open[0]
    found.outlet = "north"
    assert found.proposed(told).record["actor"] == "north"


def test_whom_nobody_knows_by_name_is_asked_in_words_alone(office: Path) -> None:
    everybody = (field("unknown", "The Valley"), field("north", "The North"))
    told = draft(1, Act.REQUEST, "rejected", "south", "The South", to=everybody)
    found = desk(reading(told))
    assert '"The Valley", who is asked, is no actor here.' in found.proposed(told).doubts
    assert found.accept_all() == []
    (said,) = statements(office, found)
    assert said.acts[0].to == ("north",)  # type: ignore[union-attr]


def test_without_a_day_of_publication_nothing_is_accepted_unedited(office: Path) -> None:
    found = desk(reading(rejection(), published=None))
    (left,) = found.accept_all()
    assert "day on which it was said is not known" in left[1]
    dated = found.proposed(rejection()).record | {"said_at": "2030-05-03"}
    found.accept(rejection(), dated)
    (said,) = statements(office, found)
    assert said.actor == "south"
    (accepted,) = held(office, DraftAccepted)
    assert accepted.edited


def test_a_deed_and_kind_words_are_never_acceptance(office: Path) -> None:
    deed = draft(1, Act.DO, "let aid trucks pass", "north", "The North")
    kind = draft(2, Act.WELCOME, "rejected", "south", "The South")
    yes = draft(3, Act.ACCEPT, "rejected", "south", "The South")
    found = desk(reading(deed, kind, yes), Signatures(by="Ada Reader"))
    assert found.accept_all() == []
    done, warm, nothing = (one.acts[0] for one in statements(office, found))
    assert isinstance(done, Do) and done.evidence == ""
    assert warm.tag == "welcome"
    assert nothing.tag == "report"  # it names nothing that was accepted


def test_told_before_both_stay_and_are_linked(office: Path) -> None:
    found = desk(reading(rejection()))
    found.accept(rejection(), same_as="north-guarantees")
    into(office, found)
    (same,) = held(office, SameStatement)
    assert set(same.statements) == {"north-guarantees", "wire-3-may-2"}


def test_a_report_that_was_accepted_once_is_not_accepted_again(office: Path) -> None:
    found = desk(reading(rejection()))
    found.accept_all()
    into(office, found)
    before = len(everything(office))
    with pytest.raises(WrongField, match="is used already"):
        into(office, found)
    assert len(everything(office)) == before


@pytest.mark.parametrize("field_name", ["areas", "windows", "conditions"])
def test_nothing_is_filled_in_that_the_report_does_not_state(field_name: str) -> None:
    made = desk(reading()).proposed(offer(**{field_name: ()}))
    given: dict[str, Any] = made.record["acts"][0]["undertaking"]
    assert field_name not in given
    # Area and time make it specific; conditions have no part in that.
    assert ("specificity" in given) is (field_name == "conditions")


def _every(act: Act) -> Draft:
    return replace(offer(of=(field("draft-1", "the offer"),)), act=field(act, "rejected"))


@pytest.mark.parametrize("act", list(Act))
def test_every_act_is_written_or_says_what_is_open(act: Act, office: Path) -> None:
    told = replace(_every(act), id="draft-2")
    found = desk(reading(offer(), told))
    found.accept(offer())
    if found.proposed(told).open:
        with pytest.raises(DraftRefused):
            found.accept(told)
        return
    found.accept(told)
    assert len(statements(office, found)) == 2

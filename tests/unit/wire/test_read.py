"""Who said what: acts, voices, negation, and what is never read as a grant."""

from __future__ import annotations

import time

import pytest

from safeconduct.vocabulary import Telling
from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import ConditionKind
from safeconduct.wire import Act, LeftOut, Report, Sureness
from safeconduct.wire.excerpt import Excerpt
from safeconduct.wire.read import read
from tests.unit.wire.reading import PUBLISHED, acts, lexicons, names, reading

GRANTS = {Act.GUARANTEE, Act.CONSENT, Act.ACCEPT}


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Russia declared a pause in Aleppo.", ["announce of russia"]),
        (
            "Russia and the Syrian army declared a pause.",
            ["announce of russia", "announce of syria-government"],
        ),
        ("Rebels turned the offer down.", ["reject of armed-opposition"]),
        ("The offer was rejected by the rebels.", ["reject of armed-opposition"]),
        (
            "Damascus has granted permission for aid to enter Madaya.",
            ["consent of syria-government"],
        ),
        (
            "The UN's Jan Egeland said Russia had accepted a 48-hour pause.",
            ["accept of un for russia"],
        ),
        ("The Syrian government has not replied.", ["not accept of syria-government"]),
        ("NATO expects the fleet to arrive.", ["forecast of nato"]),
        ("The Israeli army declined to comment.", ["decline-to-comment of israel"]),
        ("Ukraine accused Russia of shelling the route.", ["allege of ukraine"]),
        ("The UN welcomed the pause.", ["welcome of un"]),
        ("The Syrian army declared the ceasefire over.", ["suspend of syria-government"]),
    ],
)
def test_an_act_is_read_with_its_actor(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    "text",
    [
        "The UN welcomed Russia's offer and was happy with it.",
        "Russia did not guarantee passage.",
        "Nobody at the Syrian army guaranteed the passage of the convoy.",
        "If the rebels guaranteed passage, the convoy could go.",
        "Has Russia guaranteed the passage?",
        "Suppose Russia guaranteed the passage of the convoy.",
        "The UN asked Russia to guarantee the passage of the convoy.",
        "Both sides must agree to the truce, the UN said.",
        "The Syrian army may accept the plan.",
        "Russia agreed to discuss a pause.",
        "Fighters left the east of Aleppo by two corridors.",
        "The UN needs security guarantees from Russia.",
        "The club guaranteed themselves a place, said Russia's captain.",
        "Until the Syrian army agrees to the truce, Russia will wait.",
    ],
)
def test_nothing_is_granted_that_the_words_do_not_grant(text: str) -> None:
    drafts = reading(text).drafts
    assert [one for one in drafts if one.act.value in GRANTS and one.negated is None] == []


def test_a_denied_guarantee_is_a_guarantee_with_the_words_that_deny_it() -> None:
    [draft] = reading("Russia did not guarantee the passage of the convoy.").drafts
    assert draft.act.value is Act.GUARANTEE
    assert draft.negated is not None
    assert draft.negated.at[0].of("Russia did not guarantee the passage of the convoy.") == "not"


def test_a_person_keeps_office_and_side_where_later_only_the_name_stands() -> None:
    text = (
        '"Aid must never depend on a deal," U.N. spokesman Jens Laerke said. '
        "Laerke said it was too early to plan."
    )
    last = reading(text).drafts[-1]
    assert last.speaker is not None
    assert last.office is not None
    assert (last.speaker.value, last.office.value) == ("Jens Laerke", "U.N. spokesman")
    assert last.actor.value == "un"


def test_a_quotation_is_of_whom_the_sentence_after_it_names() -> None:
    text = '"We will not surrender. We refuse the offer," a spokesman for the Houthis said.'
    assert {draft.actor.value for draft in reading(text).drafts} == {"houthis"}
    assert {draft.telling.value for draft in reading(text).drafts} == {Telling.QUOTED}


@pytest.mark.parametrize(
    ("text", "telling"),
    [
        ("Russia said it would stop firing.", Telling.PARAPHRASED),
        ('"We refuse the offer," the Houthis said.', Telling.QUOTED),
        ("Russia told rebels to leave, signaling a moratorium on air strikes.", Telling.INFERRED),
        ("The UN convoy entered Madaya.", Telling.SAID),
    ],
)
def test_how_it_is_told_is_kept(text: str, telling: Telling) -> None:
    assert reading(text).drafts[-1].telling.value is telling


def test_an_assessment_says_what_is_lacking_and_of_what() -> None:
    drafts = reading("Russia declared a pause. The UN said it lacks security guarantees.").drafts
    assert drafts[1].result is not None
    assert drafts[1].lacks is not None
    assert (drafts[1].result.value, drafts[1].lacks.value) == (
        Usability.LACKS,
        "security guarantees",
    )
    assert [one.value for one in drafts[1].of] == ["draft-1"]


def test_a_condition_hangs_on_its_act() -> None:
    text = "The Syrian army guaranteed passage if the rebels hold their fire."
    [draft] = reading(text).drafts
    [condition] = draft.conditions
    assert condition.value.kind is ConditionKind.RECIPROCAL
    assert condition.value.on is not None
    assert condition.value.on.value == "armed-opposition"
    assert condition.at[0].of(text) == "if the rebels hold their fire"


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("The UN says there are 250,000-275,000 civilians.", 250_000, 275_000, "civilians"),
        ("More than 200 patients are waiting, the UN said.", 200, None, "patients"),
        ("The UN puts the number of fighters at about 8,000.", 8_000, 8_000, "fighters"),
    ],
)
def test_an_estimate_is_a_range(text: str, low: int, high: int | None, unit: str) -> None:
    [draft] = [one for one in reading(text).drafts if one.act.value is Act.ESTIMATE]
    assert draft.low is not None
    assert draft.unit is not None
    assert (draft.low.value, draft.high and draft.high.value, draft.unit.value) == (low, high, unit)


def test_every_field_stands_in_the_text_where_it_says() -> None:
    text = "Russia said rebels would be allowed to leave Aleppo by two corridors on Friday."
    [draft] = reading(text).drafts
    assert draft.corridors is not None
    assert (draft.corridors.value, draft.corridors.at[0].of(text)) == (2, "two corridors")
    assert [one.at[0].of(text) for one in draft.for_whom] == ["rebels"]


def test_what_is_not_sure_says_so_and_why() -> None:
    drafts = reading("Russia declared a pause. It rejected the plan.").drafts
    assert [one.sureness for one in drafts] == [Sureness.STATED, Sureness.LIKELY]
    assert "points back" in drafts[1].why


def test_a_part_that_is_left_out_is_not_read() -> None:
    text = "Russia declared a pause. Rebels rejected the offer."
    report = Report(
        text=text,
        left_out=(LeftOut(Excerpt(text.index("Rebels"), len(text)), "a repeat"),),
        published=PUBLISHED,
    )
    drafts = read(report, lexicons(), names()).drafts
    assert [one.act.value for one in drafts] == [Act.ANNOUNCE]


@pytest.mark.parametrize(
    "text",
    [
        "Ostrel United (invented) beat Port Halvern; the visitors opened corridor after corridor.",
        "The bank left its rate at 7 percent and said it would look at it again.",
    ],
)
def test_a_report_about_something_else_gives_nothing_and_says_so(text: str) -> None:
    found = reading(text)
    assert found.drafts == ()
    assert "Nothing was found" in found.notes[-1]


def test_without_a_day_of_publication_it_says_so() -> None:
    found = read(Report(text="Russia declared a pause on Friday."), lexicons(), names())
    assert "The day of publication is not known" in found.notes[0]


@pytest.mark.parametrize("text", ["", "   \n ", "…", "12345", '"""""""', "((((" * 50])
def test_a_text_of_no_words_is_read_without_complaint(text: str) -> None:
    assert reading(text).drafts == ()


def test_of_a_text_longer_than_a_book_the_beginning_is_read_and_a_note_says_so() -> None:
    found = reading("Russia declared a pause. " + "word " * 2_000_000)
    assert "only the first 300000 were read" in found.notes[0]
    assert [one.act.value for one in found.drafts] == [Act.ANNOUNCE]


def test_parts_that_are_left_out_may_overlap_and_stand_in_any_order() -> None:
    text = "aaa bbb ccc ddd. Russia declared a pause."
    cut = (LeftOut(Excerpt(4, 12), "x"), LeftOut(Excerpt(0, 6), "x"), LeftOut(Excerpt(8, 16), "x"))
    found = read(Report(text=text, left_out=cut, published=PUBLISHED), lexicons(), names())
    assert [one.act.value for one in found.drafts] == [Act.ANNOUNCE]


def test_a_page_without_a_full_stop_is_read_in_seconds() -> None:
    text = "Russia and the Syrian army said rebels would be allowed to leave and " * 1_000
    began = time.perf_counter()
    read(Report(text=text, published=PUBLISHED), lexicons(), names())
    assert time.perf_counter() - began < 15  # 70 kB; about a second where nothing is quadratic

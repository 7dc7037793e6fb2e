"""The scorer: what counts as right, on small reports made by hand (all places invented)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.reading.goldset import HELD_OUT, Gold, changed_since_held_out, gold_reports
from tests.reading.pairing import paired, same_name
from tests.reading.perfect import perfect as perfect_reader
from tests.reading.score import main
from tests.reading.scoring import Score, score

TEXT = (
    "Oakford (invented) - The northern band would stop firing from 8 a.m. to noon on 4 May, said "
    "its spokesman Orm Tal. The council did not guarantee the road to Lower Oakford. "
    "The relief office rejected the offer."
)


def act(is_: str, words: str, actor: str, **more: Any) -> dict[str, Any]:
    return {"is": is_, "words": words, "actor": actor, "telling": "paraphrased", **more}


ACTS = (
    act(
        "announce",
        "would stop firing",
        "northern-band",
        speaker="Orm Tal",
        office="spokesman",
        kind="restraint",
        windows=[
            {"from": "2019-05-04 08:00", "until": "2019-05-04 12:00", "words": "8 a.m. to noon"}
        ],
    ),
    act("guarantee", "did not guarantee", "council", negated=True, areas=["Lower Oakford"]),
    act("reject", "rejected the offer", "relief", of=[1]),
)


def gold(*acts: Mapping[str, Any], text: str = TEXT, **more: Any) -> Gold:
    head = {"name": "000", "half": "open", "language": "en", "published": "2019-05-03"}
    return Gold(**{**head, "zone": "Asia/Damascus", "text": text, "acts": acts, **more})


def field(value: Any, words: str, text: str = TEXT) -> dict[str, Any]:
    start = text.index(words)
    return {"value": value, "words": words, "at": [[start, start + len(words)]]}


def draft(number: int, act: str, words: str, actor: str, **more: Any) -> dict[str, Any]:
    text = more.pop("text", TEXT)
    return {
        "id": f"draft-{number}",
        "act": field(act, words, text),
        "actor": field(actor, words, text),
        "telling": field("paraphrased", words, text),
        **more,
    }


def perfect() -> list[dict[str, Any]]:
    window = {"start": "2019-05-04T05:00:00Z", "end": "2019-05-04T09:00:00Z"}  # summer: UTC+3
    return [
        draft(
            1,
            "announce",
            "would stop firing",
            "northern-band",
            speaker=field("Orm Tal", "Orm Tal"),
            office=field("spokesman", "spokesman"),
            kind=field("restraint", "stop firing"),
            windows=[field(window, "from 8 a.m. to noon on 4 May")],
        ),
        draft(
            2,
            "guarantee",
            "guarantee",
            "council",
            negated=field(True, "did not"),
            areas=[field("lower-oakford", "Lower Oakford")],
        ),
        draft(3, "reject", "rejected", "relief", of=[field("draft-1", "the offer")]),
    ]


def scored(*drafts: Mapping[str, Any], **more: Any) -> Score:
    return score([(gold(*ACTS, **more), {"drafts": drafts})])


def f1s(found: Score) -> dict[str, float | None]:
    return {name: count.f1 for name, count in found.per_field.items() if count.gold or count.read}


def test_a_perfect_reading_scores_1_everywhere() -> None:
    found = scored(*perfect())
    assert found.all_three.f1 == found.named.f1 == found.windows.f1 == 1.0
    assert {*f1s(found).values()} == {1.0}
    assert {"of", "areas", "negated", "kind", "office"} <= set(f1s(found))
    assert (found.invented, found.loose, found.lost_negations, found.misses) == ([], [], [], [])


def test_the_order_of_the_drafts_does_not_matter() -> None:
    assert scored(*reversed(perfect())).all_three.f1 == 1.0


def test_an_empty_reading_scores_0() -> None:
    found = scored()
    assert (found.all_three.f1, found.all_three.precision) == (0.0, None)
    assert found.windows.recall == 0.0
    assert [miss.what for miss in found.misses] == [
        "not read: announce of northern-band",
        "not read: guarantee of council",
        "not read: reject of relief",
    ]


def test_of_a_report_with_nothing_and_nothing_read_there_is_no_figure() -> None:
    found = score([(gold(), {"drafts": []})])
    assert found.all_three.f1 is None


def test_a_draft_too_many_costs_precision_alone() -> None:
    extra = draft(4, "welcome", "said", "northern-band")
    found = scored(*perfect(), extra)
    assert (found.all_three.precision, found.all_three.recall) == (3 / 4, 1.0)


def test_a_wrong_speaker_makes_the_act_wrong_and_costs_no_other_field() -> None:
    first, *others = perfect()
    first["speaker"] = field("Oakford", "Oakford")
    found = scored(first, *others)
    assert (found.all_three.right, found.named.right) == (2, 0)
    assert found.per_field["speaker"].right == 0
    assert found.per_field["actor"].f1 == 1.0
    assert "spoken by Oakford, not Orm Tal" in str(found.misses[0])


def test_a_speaker_that_is_left_out_is_wrong_and_one_nobody_named_too() -> None:
    first, second, third = perfect()
    second["speaker"] = first.pop("speaker")
    assert scored(first, second, third).all_three.right == 1


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jens Laerke", "Laerke", True),
        ("JENS LAERKE", "Jens Laérke", True),
        ("U.N. spokesman", "spokesman", True),
        ("Jens Laerke", "Jens Stoltenberg", False),
        ("Laerke", "Laerke who spoke for the office", False),
        ("", "Laerke", False),
    ],
)
def test_names_are_compared_folded_and_a_part_stands_for_the_whole(
    one: str, other: str, alike: bool
) -> None:
    assert same_name(one, other) is same_name(other, one) is alike


def test_a_wrong_actor_makes_the_act_wrong() -> None:
    first, *others = perfect()
    first["actor"] = field("southern-band", "northern band")
    found = scored(first, *others)
    assert (found.all_three.right, found.per_act["announce"].right) == (2, 1)
    assert found.per_field["actor"].right == 2


def test_an_offer_read_as_a_guarantee_is_invented() -> None:
    first, *others = perfect()
    first["act"]["value"] = "guarantee"
    found = scored(first, *others)
    assert [str(miss) for miss in found.invented] == [
        "000: invented guarantee of northern-band: 'would stop firing'"
    ]
    assert found.all_three.right == 2


def test_a_lost_negation_is_an_invented_grant_and_a_wrong_act() -> None:
    first, second, third = perfect()
    del second["negated"]
    found = scored(first, second, third)
    assert len(found.invented) == len(found.lost_negations) == 1
    assert (found.all_three.right, found.negation_aside.right) == (2, 3)


def test_a_lost_negation_is_invented_also_where_the_party_guaranteed_something_else() -> None:
    other = act("guarantee", "rejected the offer", "council")
    read = draft(2, "guarantee", "guarantee", "council")
    assert len(score([(gold(ACTS[1], other), {"drafts": [read]})]).invented) == 1


def test_a_grant_that_another_party_gave_is_invented() -> None:
    given = gold(act("consent", "would stop firing", "northern-band"))
    taken = draft(1, "consent", "would stop firing", "council")
    assert len(score([(given, {"drafts": [taken]})]).invented) == 1


def test_a_grant_read_for_another_is_that_partys() -> None:
    one = act("accept", "would stop firing", "northern-band", party="council")
    read = draft(1, "accept", "would stop firing", "northern-band")
    assert len(score([(gold(one), {"drafts": [read]})]).invented) == 1
    read["party"] = field("council", "council")
    assert score([(gold(one), {"drafts": [read]})]).invented == []


def test_a_grant_told_where_the_gold_has_none_of_this_party_is_loose() -> None:
    given = gold(act("consent", "would stop firing", "northern-band"))
    drafts = [
        draft(1, "consent", "would stop firing", "northern-band"),
        draft(2, "consent", "the offer", "northern-band"),
    ]
    found = score([(given, {"drafts": drafts})])
    assert (len(found.invented), len(found.loose)) == (0, 1)


def test_a_negated_grant_that_the_gold_does_not_have_is_not_invented() -> None:
    read = draft(1, "accept", "said", "northern-band", negated=field(True, "said"))
    assert scored(read).invented == []


def test_a_link_to_another_act_is_wrong() -> None:
    first, second, third = perfect()
    third["of"] = [field("draft-2", "the offer")]
    found = scored(first, second, third)
    assert (found.per_field["of"].right, found.per_field["of"].read) == (0, 1)


@pytest.mark.parametrize(
    "wrong",
    [
        {"start": "2019-05-04T08:00:00Z", "end": "2019-05-04T09:00:00Z"},
        {"start": "2019-05-04T05:00:00Z"},
        {"start": "2019-05-04T05:00:00Z", "end": "2019-05-04T09:00:00Z", "daily": True},
    ],
)
def test_a_window_counts_only_where_start_end_and_daily_are_exact(wrong: dict[str, Any]) -> None:
    first, *others = perfect()
    first["windows"][0]["value"] = wrong
    found = scored(first, *others)
    assert (found.windows.right, found.windows.read, found.windows.gold) == (0, 1, 1)


def test_a_window_in_the_draft_of_another_act_counts_anywhere_only() -> None:
    first, second, third = perfect()
    second["windows"] = first.pop("windows")
    found = scored(first, second, third)
    assert (found.windows.right, found.windows_anywhere.right) == (0, 1)


def test_a_window_that_nobody_could_resolve_is_no_stated_window() -> None:
    first, *others = perfect()
    first["windows"][0]["value"] = {"unresolved": "noon of which day"}
    found = scored(first, *others)
    assert (found.windows.read, found.windows.gold) == (0, 1)


def test_an_open_end_is_exact_only_as_an_open_end() -> None:
    one = act(
        "announce",
        "would stop firing",
        "northern-band",
        windows=[{"from": "2019-05-04 08:00", "until": None, "words": "8 a.m."}],
    )
    read = draft(1, "announce", "would stop firing", "northern-band")
    read["windows"] = [field({"start": "2019-05-04T05:00:00Z", "open_ended": True}, "8 a.m.")]
    assert score([(gold(one), {"drafts": [read]})]).windows.f1 == 1.0


@pytest.mark.parametrize(
    ("words", "hits"),
    [("Lower Oakford", 1), ("to Lower Oakford", 1), ("Oakford", 0), ("the road", 0)],
)
def test_an_area_is_the_same_where_most_of_its_words_are(words: str, hits: int) -> None:
    first, second, third = perfect()
    start = TEXT.index("Lower Oakford") + "Lower Oakford".find(words)
    second["areas"] = [field("lower-oakford", words)]
    if words == "Oakford":
        second["areas"][0]["at"] = [[start, start + len(words)]]
    assert scored(first, second, third).per_field["areas"].right == hits


TWICE = "The band offers calm. The band offers calm. The army and the band offer calm."


def test_words_that_stand_twice_may_be_meant_at_either_place() -> None:
    acts = (act("announce", "offers calm", "band"), act("announce", "offers calm", "band"))
    at = [TWICE.index("offers"), TWICE.rindex("offers")]
    drafts = [draft(n, "announce", "offers calm", "band", text=TWICE) for n in (1, 2)]
    for one, start in zip(drafts, at, strict=True):
        one["act"]["at"] = [[start, start + 11]]
    assert score([(gold(*acts, text=TWICE), {"drafts": drafts})]).all_three.f1 == 1.0


def test_two_parties_in_the_same_words_are_told_apart_by_their_ids() -> None:
    acts = (act("announce", "offer calm", "army"), act("announce", "offer calm", "band"))
    drafts = [
        draft(1, "announce", "offer calm", "band", text=TWICE),
        draft(2, "announce", "offer calm", "army", text=TWICE),
    ]
    assert paired(acts, drafts, TWICE) == {0: 1, 1: 0}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (("announce", "army"), ("announce", "band")),
        (("announce", "army"), ("welcome", "army")),
        (("announce", "unheard-of"), ("welcome", "unheard-of")),
    ],
)
def test_act_and_actor_weigh_more_than_closer_words(
    first: tuple[str, str], second: tuple[str, str]
) -> None:
    acts = (act("announce", "offer calm", "army"), act(second[0], "band offer calm", "band"))
    drafts = [
        draft(1, first[0], "band offer calm", first[1], text=TWICE),
        draft(2, second[0], "offer calm", second[1], text=TWICE),
    ]
    for one in drafts:  # so that neither is right in all three
        one["speaker"] = field("The band", "The band", TWICE)
    assert paired(acts, drafts, TWICE) == {0: 0, 1: 1}


def test_two_acts_of_one_party_in_the_same_words_are_told_apart_by_what_they_say() -> None:
    acts = (
        act("accept", "offer calm", "army", kind="restraint"),
        act("accept", "offer calm", "army", kind="passage"),
    )
    drafts = [
        draft(1, "accept", "offer calm", "army", kind=field("passage", "calm", TWICE), text=TWICE),
        draft(
            2, "accept", "offer calm", "army", kind=field("restraint", "calm", TWICE), text=TWICE
        ),
    ]
    assert score([(gold(*acts, text=TWICE), {"drafts": drafts})]).per_field["kind"].f1 == 1.0


def test_a_draft_elsewhere_in_the_text_is_not_paired_with_the_same_act() -> None:
    acts = (act("announce", "would stop firing", "northern-band"),)
    away = draft(1, "announce", "rejected", "northern-band")
    near = draft(1, "announce", "said", "northern-band")
    assert paired(acts, [away], TEXT) == {}
    assert paired(acts, [near], TEXT) == {0: 0}
    other = draft(1, "announce", "said", "council")
    assert paired(acts, [other], TEXT) == {}


def test_each_language_has_a_figure_of_its_own() -> None:
    found = score(
        [
            (gold(*ACTS), {"drafts": perfect()}),
            (gold(*ACTS, language="fr"), {"drafts": perfect()[:1]}),
        ]
    )
    assert found.per_language["en"].f1 == 1.0
    assert found.per_language["fr"].f1 == 2 * 1 / (1 + 3)
    assert found.all_three.f1 == 2 * 4 / (4 + 6)


def test_the_figures_tell_no_words_and_no_report() -> None:
    first, *others = perfect()
    first["act"]["value"] = "guarantee"
    shown = str(scored(first, *others).as_json())
    assert "000" not in shown
    assert "would stop firing" not in shown


@pytest.mark.parametrize("report", gold_reports(), ids=lambda gold: gold.name)
def test_who_reads_each_report_as_the_gold_does_scores_1(report: Gold) -> None:
    found = score([(report, perfect_reader(report))])
    figures = [found.all_three, found.windows, *found.per_field.values(), *found.per_act.values()]
    assert {count.f1 for count in figures} <= {1.0, None}
    assert (found.invented, found.loose, found.lost_negations, found.misses) == ([], [], [], [])


def nothing(gold: Gold) -> dict[str, Any]:
    return {"drafts": []}


@pytest.mark.parametrize("half", [["--half", HELD_OUT], []])
def test_the_misses_of_the_held_out_half_are_refused(
    half: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*half, "--misses"], nothing) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "held-out half are not shown" in told.err
    assert "--publish" in told.err


def test_the_table_shows_every_figure_and_the_misses_that_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--half", "open", "--language", "uk", "--misses"], nothing) == 0
    shown = capsys.readouterr().out
    assert "act + speaker + actor" in shown
    assert "invented grants: 0" in shown
    assert "025: not read: " in shown


def test_a_page_has_the_figures_and_lists_misses_only_where_they_are_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--half", HELD_OUT, "--markdown"], nothing) == 0
    figures = capsys.readouterr().out
    assert "| act, speaker and actor together | 0 | 0 |" in figures
    assert "not read" not in figures
    assert main(["--half", HELD_OUT, "--markdown", "--misses", "--publish"], nothing) == 0
    assert "\n**101**\n\n- not read: " in capsys.readouterr().out


def test_the_halves_hold_the_reports_of_the_index() -> None:
    names = {gold.name for gold in gold_reports(HELD_OUT)}
    assert len(names) == 44
    assert all(101 <= int(name) <= 160 for name in names)
    assert changed_since_held_out() == []

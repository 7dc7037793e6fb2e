"""One statement in several reports: proposed once, told differently side by side."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from safeconduct.vocabulary import Telling
from safeconduct.vocabulary.acts import Usability
from safeconduct.vocabulary.kinds import (
    ConditionKind,
    Direction,
    Means,
    Movers,
    Purpose,
    UndertakingKind,
)
from safeconduct.wire import (
    Act,
    Draft,
    Excerpt,
    Field,
    ReadCondition,
    Reading,
    ReadTime,
    ReadWindow,
    Report,
    Sureness,
)
from safeconduct.wire.across import Together, across
from safeconduct.wire.body import across_body

DAY = dt.date(2019, 5, 3)
NINE, TEN = 1_556_863_200, 1_556_866_800
SEVEN_PM, EIGHT_PM = NINE + 36_000, TEN + 36_000
TEXT = "OAKFORD (invented) - The army said that the band may leave by two roads."
OTHER = "RADIO OF OAKFORD (invented). Fighters get eight corridors, an officer told us. It rained."


def at(words: str, text: str) -> tuple[Excerpt, ...]:
    return (Excerpt(text.index(words), text.index(words) + len(words)),)


def reading(text: str = TEXT, *drafts: Draft, published: dt.date | None = DAY) -> Reading:
    return Reading(report=Report(text=text, published=published), drafts=drafts)


def draft(text: str = TEXT, words: str = "may leave", **more: Any) -> Draft:
    """An offer of passage by the army, said in one of the two texts."""
    words = words if words in text else "eight corridors"
    where = at(words, text)
    said = {
        "act": Act.ANNOUNCE,
        "telling": Telling.PARAPHRASED,
        "actor": "army",
        "kind": UndertakingKind.PASSAGE,
        "purposes": (Purpose.FIGHTERS_LEAVING,),
        **more,
    }
    number = said.pop("id", "draft-1")
    values = {
        name: tuple(Field(one, where) for one in value)
        if isinstance(value, tuple)
        else Field(value, where)
        for name, value in said.items()
        if value is not None
    }
    return Draft(id=number, why="by hand", sureness=Sureness.STATED, **values)


def together(first: Draft, second: Draft, **more: Any) -> tuple[Together, ...]:
    return across([reading(TEXT, first), reading(OTHER, second, **more)])


def window(start: int | None, end: int | None = None, **more: Any) -> tuple[ReadWindow, ...]:
    return (ReadWindow(start=start, end=end, **more),)


def test_what_two_reports_tell_is_proposed_once_with_both() -> None:
    (one,) = together(draft(corridors=2), draft(OTHER, corridors=2))
    assert [told.report for told in one.told] == [0, 1]
    assert one.conflicts == ()


def test_what_one_report_tells_stands_alone() -> None:
    found = together(draft(), draft(OTHER, actor="band"))
    assert [len(one.told) for one in found] == [1, 1]


def test_other_values_stand_side_by_side_with_the_reports_that_give_them() -> None:
    (one,) = across(
        [
            reading(TEXT, draft(corridors=2, windows=window(NINE, SEVEN_PM))),
            reading(OTHER, draft(OTHER, corridors=8, windows=window(TEN, EIGHT_PM))),
            reading(TEXT, draft(corridors=2, windows=window(NINE, SEVEN_PM))),
        ]
    )
    assert [conflict.field for conflict in one.conflicts] == ["windows", "corridors"]
    hours, corridors = one.conflicts
    assert [(v.fields[0].value.start, v.reports) for v in hours.versions] == [
        (NINE, (0, 2)),
        (TEN, (1,)),
    ]
    assert [(v.fields[0].value, v.reports) for v in corridors.versions] == [(2, (0, 2)), (8, (1,))]


def test_a_condition_that_only_one_report_tells_is_told_as_such() -> None:
    unarmed = ReadCondition(kind=ConditionKind.QUID_PRO_QUO)
    (one,) = together(draft(), draft(OTHER, conditions=(unarmed,)))
    (conflict,) = one.conflicts
    assert conflict.field == "conditions"
    assert [(len(v.fields), v.reports) for v in conflict.versions] == [(0, (0,)), (1, (1,))]


def test_a_report_that_is_silent_on_a_field_contradicts_nobody() -> None:
    (one,) = together(draft(corridors=2, windows=window(NINE, SEVEN_PM)), draft(OTHER))
    assert one.conflicts == ()
    assert one.fullest.report == 0


def test_a_time_that_was_not_resolved_contradicts_nobody() -> None:
    unread = (ReadWindow(unresolved="morning is no hour"),)
    (one,) = together(draft(windows=window(NINE, SEVEN_PM)), draft(OTHER, windows=unread))
    assert one.conflicts == ()


APART: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "negated": ({}, {"negated": True}),
    "actor": ({}, {"actor": "band"}),
    "party": ({}, {"party": "band"}),
    "act": ({}, {"act": Act.GUARANTEE}),
    "kind": ({}, {"kind": UndertakingKind.CONSENT}),
    "kind not told": ({}, {"kind": None}),
    "inferred": ({}, {"telling": Telling.INFERRED}),
    "speaker": ({"speaker": "Orm Tal"}, {"speaker": "Ute Holm"}),
    "quoted speaker": (
        {"speaker": "Orm Tal", "telling": Telling.QUOTED},
        {"speaker": "Ute Tal", "telling": Telling.QUOTED},
    ),
    "windows": (
        {"windows": window(NINE, SEVEN_PM)},
        {"windows": window(NINE + 86_400, SEVEN_PM + 86_400)},
    ),
    "windows that touch": (
        {"windows": window(NINE, TEN)},
        {"windows": window(TEN, SEVEN_PM)},
    ),
    "windows that touch, the later first": (
        {"windows": window(TEN, SEVEN_PM)},
        {"windows": window(NINE, TEN)},
    ),
    "purposes": ({}, {"purposes": (Purpose.AID_DELIVERY,)}),
    "directions": ({"directions": (Direction.OUT,)}, {"directions": (Direction.IN,)}),
    "people": ({"for_whom": (Movers.FIGHTERS,)}, {"for_whom": (Movers.CIVILIANS,)}),
    "means": ({"means": (Means.AIR_STRIKE,)}, {"means": (Means.GROUND_FIRE,)}),
    "known areas": ({"areas": ("oakford",)}, {"areas": ("oakford-west",)}),
    "deadlines": (
        {"deadline": ReadTime(day=DAY)},
        {"deadline": ReadTime(day=DAY + dt.timedelta(days=1))},
    ),
    "result": ({"result": Usability.LACKS}, {"result": Usability.NOT_USABLE}),
    "units": ({"low": 8, "unit": "fighters"}, {"low": 8, "unit": "civilians"}),
    "ranges": ({"low": 8, "high": 9}, {"low": 10, "high": 12}),
}


@pytest.mark.parametrize("why", APART)
def test_what_is_not_the_same_is_never_put_together(why: str) -> None:
    first, second = APART[why]
    assert len(together(draft(**first), draft(OTHER, **second))) == 2
    # The same pair without the difference is one: nothing else keeps them apart.
    assert len(together(draft(**first), draft(OTHER, **first))) == 1


def test_the_drafts_of_one_report_stay_apart() -> None:
    assert len(across([reading(TEXT, draft(), draft(id="draft-2"))])) == 2


def test_a_voice_that_nobody_names_is_neither_of_two_that_are_named() -> None:
    named = reading(TEXT, draft(speaker="Orm Tal"))
    silent = reading(OTHER, draft(OTHER))
    another = reading(TEXT, draft(speaker="Ute Holm"))
    assert [len(one.told) for one in across([named, silent, another])] == [1, 1, 1]


def test_it_is_the_one_that_more_speaks_for() -> None:
    said = {"windows": window(NINE, SEVEN_PM)}
    named = reading(TEXT, draft(speaker="Orm Tal", **said))
    silent = reading(OTHER, draft(OTHER, **said))
    another = reading(TEXT, draft(speaker="Ute Holm"))
    found = across([another, silent, named])
    assert [[told.report for told in one.told] for one in found] == [[0], [1, 2]]


def test_a_name_and_its_last_part_are_one_voice() -> None:
    assert len(together(draft(speaker="Orm Tal"), draft(OTHER, speaker="TAL"))) == 1


@pytest.mark.parametrize(
    ("published", "windows", "groups"),
    [
        (DAY + dt.timedelta(days=3), (), 1),
        (DAY + dt.timedelta(days=4), (), 2),
        (None, (), 2),
        # The same hours of the same day are one offer, whenever they are told.
        (DAY + dt.timedelta(days=40), window(NINE, SEVEN_PM), 1),
        (None, window(NINE, SEVEN_PM), 1),
    ],
)
def test_reports_of_other_days_tell_something_else_unless_the_hours_are_the_same(
    published: dt.date | None, windows: tuple[ReadWindow, ...], groups: int
) -> None:
    first, second = draft(windows=windows), draft(OTHER, windows=windows)
    assert len(together(first, second, published=published)) == groups


def test_without_anything_in_common_two_drafts_stay_two() -> None:
    bare = {"act": Act.POSITION, "kind": None, "purposes": ()}
    assert len(together(draft(**bare), draft(OTHER, **bare))) == 2


def test_the_same_sentence_is_the_same_statement() -> None:
    bare = {"act": Act.POSITION, "kind": None, "purposes": ()}
    again = reading(f"It rained. {TEXT}", draft(f"It rained. {TEXT}", **bare))
    assert len(across([reading(TEXT, draft(**bare)), again])) == 1


def test_answers_to_one_statement_are_one() -> None:
    refusal = {"act": Act.REJECT, "actor": "band", "kind": None, "purposes": (), "id": "draft-2"}
    first = reading(TEXT, draft(), draft(of=("draft-1",), **refusal))
    second = reading(OTHER, draft(OTHER), draft(OTHER, of=("draft-1",), **refusal))
    assert [len(one.told) for one in across([first, second])] == [2, 2]
    unlinked = reading(OTHER, draft(OTHER), draft(OTHER, **refusal))
    assert [len(one.told) for one in across([first, unlinked])] == [2, 1, 1]


def test_two_ranges_of_one_number_are_one_estimate_told_differently() -> None:
    estimate = {"act": Act.ESTIMATE, "kind": None, "purposes": (), "unit": "civilians"}
    first = draft(low=250, high=275, **estimate)
    (one,) = together(first, draft(OTHER, low=275, high=275, **estimate))
    assert [conflict.field for conflict in one.conflicts] == ["low"]


def test_the_body_names_report_and_draft_and_shows_every_version_with_its_words() -> None:
    readings = [reading(TEXT, draft(corridors=2)), reading(OTHER, draft(OTHER, corridors=8))]
    (shown,) = across_body(readings, across(readings))
    assert shown["told"] == [
        {"report": 0, "draft": "draft-1"},
        {"report": 1, "draft": "draft-1"},
    ]
    assert shown["propose"] == {"report": 0, "draft": "draft-1"}
    (conflict,) = shown["conflicts"]
    assert conflict["field"] == "corridors"
    told = [(v["reports"], v["values"][0]["value"]) for v in conflict["versions"]]
    assert told == [([0], 2), ([1], 8)]
    assert conflict["versions"][1]["values"][0]["words"] == "eight corridors"
    json.dumps(shown)

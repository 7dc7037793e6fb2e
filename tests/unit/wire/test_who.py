"""Whom a text means that names no country, who writes a report, and who is asked but silent."""

from __future__ import annotations

import pytest

from tests.unit.wire.reading import acts, reading


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        # Nothing tells which country's army it is, whatever the zone.
        ("The army rejected the plan for Qarim.", ["reject of army"]),
        ("The defence ministry rejected the plan for Qarim.", ["reject of government"]),
        # A place of the zone's country tells it.
        ("The army rejected the plan for Aleppo.", ["reject of syria-government"]),
        ("The rebels met. The army rejected their plan.", ["reject of army"]),
        ("Border troops rejected the plan.", ["reject of border-troops"]),
        ("Command A rejected the plan. Command B accepts it.", ["reject of command-a"]),
        ("DAMASCUS, March 5 - The plan was rejected by Russia.", ["reject of russia"]),
    ],
)
def test_an_organ_is_of_the_country_that_a_text_tells_of(text: str, drafts: list[str]) -> None:
    assert acts(text)[:1] == drafts


def test_a_situation_report_is_told_by_relief() -> None:
    head = "QARIM VALLEY: SITUATION REPORT NO. 4\n\n"
    text = "Access. Two bridges on the aid route were hit by mortar fire on Sunday."
    assert acts(head + text) == ["report of relief"]
    assert acts(text) == ["report of media"]


@pytest.mark.parametrize(
    "text",
    [
        "Neither the Russian army nor the rebels had responded by noon.",
        "Russia and the rebels were asked. Neither had replied.",
    ],
)
def test_who_has_not_answered_has_not_accepted(text: str) -> None:
    assert sorted(acts(text)) == ["not accept of armed-opposition", "not accept of russia"]


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Russia said it would suspend its air strikes for two days.", ["announce of russia"]),
        ("The Syrian army suspended the truce.", ["suspend of syria-government"]),
        ("Russia urged the rebels to leave the city.", ["demand of russia"]),
        ("The UN urged the rebels to let the convoy pass.", ["request of un"]),
    ],
)
def test_whose_act_it_is_tells_which_it_is(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


def test_a_number_in_words_is_read_whole() -> None:
    text = "The aid is for the east. About two hundred and seventy-five thousand people live there."
    (one,) = [one for one in reading(text).drafts if one.act.value.value == "estimate"]
    assert one.low is not None
    assert one.low.value == 275_000


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        (
            "Russia accepted the plan, and so did the rebels.",
            ["accept of armed-opposition", "accept of russia"],
        ),
        (
            "The rebels did not reply, nor did Damascus.",
            ["not accept of armed-opposition", "not accept of syria-government"],
        ),
        (
            "Russia, Ukraine and the rebels rejected the plan.",
            ["reject of armed-opposition", "reject of russia", "reject of ukraine"],
        ),
    ],
)
def test_each_of_a_list_does_it_and_who_does_so_too(text: str, drafts: list[str]) -> None:
    assert sorted(acts(text)) == drafts


def test_the_former_and_the_latter_are_two_who_were_named() -> None:
    text = "Damascus and the rebels were asked. The latter refused the offer."
    assert acts(text) == ["reject of armed-opposition"]
    text = "Damascus and the rebels were asked. The former refused the offer."
    assert acts(text) == ["reject of syria-government"]

"""Which act is read from plain turns of phrase: nouns, passives, pacts, silences, numbers."""

from __future__ import annotations

import pytest

from tests.unit.wire.reading import acts, reading

GRANTS = {"guarantee", "consent", "accept"}


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("The refusal of the rebels was plain.", ["reject of armed-opposition"]),
        ("The Russian ultimatum to the fighters ends at noon.", ["demand of russia"]),
        ("Damascus has withheld its approval for the convoy.", ["reject of syria-government"]),
        ("The permits have not been issued by Damascus.", ["not consent of syria-government"]),
        (
            "For want of Russia's consent the convoy stayed where it was.",
            ["not consent of russia"],
        ),
        ("The Syrian army has no objection to the convoy.", ["consent of syria-government"]),
    ],
)
def test_a_noun_with_its_owner_tells_an_act(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        (
            "Under the deal Russia and the Syrian army will stop their raids for two days.",
            ["accept of russia", "accept of syria-government"],
        ),
        (
            "Damascus and the rebels having agreed on terms, the buses left.",
            ["accept of syria-government", "accept of armed-opposition"],
        ),
        (
            "Russia and Ukraine met at noon. Each side blames the other.",
            ["allege of ukraine", "allege of russia"],
        ),
        (
            "Russia and the rebels, neither of which has replied, met.",
            ["not accept of russia", "not accept of armed-opposition"],
        ),
        (
            "Neither Russia nor the Syrian army said that food could come in.",
            ["not announce of russia", "not announce of syria-government"],
        ),
    ],
)
def test_what_several_do_is_an_act_of_each(text: str, drafts: list[str]) -> None:
    assert sorted(acts(text)) == sorted(drafts)


@pytest.mark.parametrize(
    ("text", "drafts"),
    [
        ("Syrian troops made the trucks turn round.", ["do of syria-government"]),
        ("The UN has called off its convoy.", ["not do of un"]),
        ("The buses will not be leaving, the UN said.", ["not do of un"]),
        ("The rebels are blamed for it.", ["allege of unknown"]),
    ],
)
def test_a_deed_is_of_who_did_it(text: str, drafts: list[str]) -> None:
    assert acts(text) == drafts


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("The UN puts the displaced at 31,000 to 34,000.", 31_000, 34_000),
        ("The UN said that five or six hundred patients were waiting.", 500, 600),
        ("The UN counts 200 and more patients.", 200, None),
    ],
)
def test_an_estimate_is_read_in_words_and_figures(
    text: str, low: int | None, high: int | None
) -> None:
    draft = reading(text).drafts[0]
    assert draft.act.value.value == "estimate"
    assert (draft.low and draft.low.value, draft.high and draft.high.value) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "Under the proposed deal Russia would stop its raids for two days.",
        "Russia would guarantee safe passage only on its own terms.",
        "Russia denied that it had agreed to a truce.",
        "The claim that Russia had accepted the plan was wrong.",
        "Had Russia accepted the plan, the convoy would have left.",
        "The convoy will leave when Russia gives its permission.",
        "Russia is about to approve the convoy.",
        "Russia should by now have approved the convoy.",
        "Nothing that Russia has said guarantees the safety of the convoy.",
        "Permission from Russia has still to be given for the convoy.",
        "The UN awaits Russia's approval of the list.",
    ],
)
def test_what_is_only_said_hoped_or_to_come_is_no_grant(text: str) -> None:
    given = [one for one in reading(text).drafts if one.negated is None]
    assert [one for one in given if one.act.value.value in GRANTS] == []


def test_what_nobody_will_do_is_promised() -> None:
    text = "Russia promised that nobody would be stopped on the road."
    assert acts(text) == ["guarantee of russia"]
    assert acts("Russia promised nothing.") == ["not guarantee of russia"]

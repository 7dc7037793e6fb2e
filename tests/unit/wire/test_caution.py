"""In doubt no grant is read, and what was given plainly still is."""

from __future__ import annotations

import pytest

from tests.unit.wire.reading import reading

GRANTS = ("guarantee", "consent", "accept")


def grants(text: str) -> list[str]:
    return [
        one.actor.value
        for one in reading(text).drafts
        if one.act.value.value in GRANTS and one.negated is None
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Russia guaranteed the safety of the convoy on Friday.",
        "The Syrian army approved the convoy to Madaya on Monday.",
        "Ukraine accepted the proposal of the ICRC.",
        "From: Russian Ministry of Defence\nTo: UN\n\nWe guarantee the safety of your convoy.",
    ],
)
def test_what_a_named_party_gave_is_a_grant(text: str) -> None:
    assert len(grants(text)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "Has Russia guaranteed the safety of the convoy?",
        "The UN asked that Russia guaranteed the safety of the convoy.",
        "Russia may have guaranteed the safety of the convoy.",
        "Suppose Russia guaranteed the safety of the convoy.",
        "Russia spoke on Monday. It guaranteed the safety of the convoy.",
        "Somebody guaranteed the safety of the convoy.",
        "The local authorities accepted the proposal of the ICRC.",
    ],
)
def test_what_was_asked_supposed_possible_or_told_of_a_pronoun_is_none(text: str) -> None:
    assert grants(text) == []


def test_what_will_be_let_through_is_a_public_offer_and_no_consent() -> None:
    (one,) = reading("Russia said it would let aid convoys enter Aleppo on Friday.").drafts
    assert one.act.value.value == "announce"
    assert one.kind is not None and one.kind.value.value == "passage"

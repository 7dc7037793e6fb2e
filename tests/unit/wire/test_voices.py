"""Who is meant and who speaks: names, common nouns, pronouns, appositions, talks and letters."""

from __future__ import annotations

import pytest

from tests.unit.wire.reading import reading

NOWHERE = "Etc/GMT-3"  # a zone of no state, so that no army is anybody's by the place


def voices(text: str, zone: str = NOWHERE) -> list[tuple[str, str, str | None]]:
    """The drafts of a text, each as its act, its actor and its speaker."""
    return [
        (one.act.value.value, one.actor.value, one.speaker.value if one.speaker else None)
        for one in reading(text, zone=zone).drafts
    ]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Lowland Council rejected the plan.", "lowland-council"),
        ("The Third Corps rejected the plan.", "third-corps"),
        ("The Council of the Two Valleys rejected the plan.", "council-of-the-two-valleys"),
        ("The Government of Tarn rejected the plan.", "tarn-government"),
        ("The Tarrow rejected the plan.", "tarrow"),
        ("The Sandal rebel group rejected the plan.", "sandal"),
        ("Sandal, a rebel group, rejected the plan.", "sandal"),
        ("NLK rejected the plan.", "nlk"),
        ("The garrison rejected the plan.", "garrison"),
        ("The foreign ministry in Baku rejected the plan.", "azerbaijan"),
        ("Harbour Relief welcomed the plan.", "harbour-relief"),
        ("Two aid workers welcomed the plan.", "relief"),
        ("Ruhl city council rejected the plan.", "ruhl-council"),
    ],
)
def test_a_party_is_known_by_its_name_or_by_its_word(text: str, actor: str) -> None:
    assert [found for _, found, _ in voices(text)] == [actor]


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("The Houthis stayed. The movement rejected the plan.", "houthis"),
        ("The Houthis stayed. The rebels rejected the plan.", "houthis"),
        ("The ICRC came. The organisation welcomed the plan.", "icrc"),
        ("Saudi Arabia wrote. The kingdom rejected the plan.", "saudi-arabia"),
        ("The Free Tarn Army came. The Tarn Army rejected the plan.", "free-tarn-army"),
        ("The Hill Front (HF) came. HF rejected the plan.", "hill-front"),
    ],
)
def test_a_shorter_word_points_back_to_whom_the_text_named(text: str, actor: str) -> None:
    assert voices(text)[-1][1] == actor


@pytest.mark.parametrize(
    ("text", "actor", "speaker"),
    [
        ("The rebels had rejected the plan, Jan Egeland said on Friday.", "un", "Jan Egeland"),
        ("The rebels, Jan Egeland said, had rejected the plan.", "un", "Jan Egeland"),
        ('"We reject the plan," said a UN spokesman in Bern, Ole Dahl.', "un", "Ole Dahl"),
        ("Captain Ede of the Hill Guard rejected the plan.", "hill-guard", "Ede"),
        ("The Hill Guard's Captain Ede rejected the plan.", "hill-guard", "Ede"),
        ("General Sabo, who commands the Hill Guard, rejected the plan.", "hill-guard", "Sabo"),
        ("The UN came. Its chief, Dr. Lina Sabo, rejected the plan.", "un", "Lina Sabo"),
        ("Ruhl's deputy mayor, Ivan Petro, rejected the plan.", "ruhl-council", "Ivan Petro"),
        ("A spokesman for the Hill Guard rejected the plan.", "hill-guard", None),
        ("An army spokesman, Ole Dahl, came. The army rejected the plan.", "army", None),
    ],
)  # fmt: skip
def test_a_speaker_keeps_his_side_and_an_office_alone_is_no_speaker(
    text: str, actor: str, speaker: str | None
) -> None:
    _, found, who = voices(text)[-1]
    assert (found, who) == (actor, speaker)


def test_labels_of_a_talk_are_who_speaks() -> None:
    text = (
        "Present: Lt. Haddon (Hill Guard), Mrs. Okoro (Harbour Relief)\n\n"
        "Okoro: We ask for a third day.\n\nHaddon: We reject that."
    )
    assert voices(text) == [
        ("request", "harbour-relief", "Okoro"),
        ("reject", "hill-guard", "Haddon"),
    ]


def test_a_statement_is_of_whom_its_head_names_and_of_who_signs_it() -> None:
    text = (
        "Statement by the Eastern Command\n\nWe reject the plan of the council. "
        "Our men were shelled at the bridge on Sunday.\n\nColonel Ismet Dar"
    )
    found = voices(text)
    assert ("reject", "eastern-command", "Ismet Dar") in found
    assert {(actor, speaker) for _, actor, speaker in found} == {("eastern-command", "Ismet Dar")}


def test_both_sides_are_the_two_parties_of_the_text_and_grant_nothing() -> None:
    text = "The Hill Guard met the Valley Front. Each side accused the other of shelling."
    told = {(act, actor) for act, actor, _ in voices(text)}
    assert told == {("allege", "hill-guard"), ("allege", "valley-front")}
    assert voices("The Hill Guard met the Valley Front. Both sides agreed to a truce.") == []


@pytest.mark.parametrize(
    "text",
    [
        "Turkey-backed factions came. The plan was read.",
        "The Tannery Gate rejected nothing.",
        "Back in March the plan was read.",
    ],
)
def test_what_is_no_party_says_nothing(text: str) -> None:
    assert {actor for _, actor, _ in voices(text)} <= {"media", "unknown"}

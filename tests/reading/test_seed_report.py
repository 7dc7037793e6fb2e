"""What must be read from the wire report of 4 November 2016, sentence by sentence."""

from __future__ import annotations

import pytest

from tests.reading.acceptance import accepted, beside
from tests.reading.pairing import same_name, value
from tests.reading.reader import reading_of
from tests.reading.scoring import GRANTS
from tests.reading.seed import Draft, Seed, said, seed
from tests.reading.seed import report as annotated
from tests.reading.test_acceptance import CASE, SINCE

ARMIES = ("russia", "syria-government")


@pytest.fixture
def report() -> Seed:
    return seed()


def offer(report: Seed, actor: str) -> Draft:
    """The one offer of a way out of one army."""
    (found,) = report.acts("announce", actor, kind="passage")
    return found


@pytest.mark.parametrize("actor", ARMIES)
def test_each_army_makes_one_offer_to_the_fighters(report: Seed, actor: str) -> None:
    found = offer(report, actor)
    assert said(found, "purposes") == {"fighters-leaving"}
    assert said(found, "directions") == {"out"}
    assert said(found, "for_whom") == {"fighters"}
    assert value(found, "telling") == "paraphrased"
    assert "negated" not in found


@pytest.mark.parametrize("actor", ARMIES)
def test_each_offer_is_from_nine_to_seven_local_time_of_the_fourth(
    report: Seed, actor: str
) -> None:
    (window,) = offer(report, actor)["windows"]
    assert window["value"]["start"] == "2016-11-04T07:00:00Z"
    assert window["value"]["end"] == "2016-11-04T17:00:00Z"
    assert not window["value"].get("daily")
    assert window["words"] in report.text


@pytest.mark.parametrize("actor", ARMIES)
def test_each_offer_is_by_two_corridors_that_nobody_names(report: Seed, actor: str) -> None:
    found = offer(report, actor)
    assert value(found, "corridors") == 2
    assert all("corridor" not in str(area) for area in said(found, "areas"))


@pytest.mark.parametrize("actor", ARMIES)
def test_each_army_demands_that_the_fighters_leave_by_an_evening_that_is_no_hour(
    report: Seed, actor: str
) -> None:
    (found,) = report.acts("demand", actor)
    assert said(found, "to") == {"armed-opposition"}
    deadline = found["deadline"]["value"]
    assert deadline["day"] == "2016-11-04"
    assert "at" not in deadline
    assert "evening" in deadline["unresolved"]


def test_the_moratorium_is_inferred_and_no_halt_of_air_strikes_is_told_otherwise(
    report: Seed,
) -> None:
    halts = [one for one in report.acts("announce") if "air-strike" in said(one, "means")]
    assert "russia" in {value(one, "actor") for one in halts}
    assert {value(one, "telling") for one in halts} == {"inferred"}
    assert {value(one, "kind") for one in halts} == {"restraint"}
    assert report.at("moratorium on air strikes", halts) == halts


def test_the_rejection_is_linked_to_both_offers(report: Seed) -> None:
    (found,) = report.acts("reject", "armed-opposition")
    offers = {offer(report, actor)["id"] for actor in ARMIES}
    demands = {one["id"] for one in report.acts("demand")}
    assert offers <= said(found, "of") <= offers | demands


@pytest.mark.parametrize(
    "words",
    [
        "does not have the needed security guarantees",
        "still do not have the security assurances",
    ],
)
def test_the_united_nations_assess_that_security_is_lacking(report: Seed, words: str) -> None:
    (found,) = report.at(words, report.acts("assess", "un", result="lacks"))
    assert value(found, "lacks").startswith("security")


@pytest.mark.parametrize(
    "words",
    [
        "cannot be contingent",
        "against the evacuation of civilians unless it was voluntary",
        "Our position remains the call for a complete nationwide cessation of hostilities",
    ],
)
def test_the_positions_are_positions(report: Seed, words: str) -> None:
    assert len(report.at(words, report.acts("position", "un"))) == 1


def test_the_three_requests_of_the_envoys_office_are_three(report: Seed) -> None:
    asked = report.acts("request", "un")
    found = [
        draft["id"]
        for words in ("must be revived", "must agree to ground", "elements must be isolated")
        for draft in report.at(words, asked)
    ]
    assert len(found) == len(set(found)) == 3
    (grounded,) = report.at("must agree to ground", asked)
    assert said(grounded, "to") == {"syria-government"}


@pytest.mark.parametrize("words", ["we are happy with that", "we welcome it"])
def test_kind_words_are_a_welcome_and_nothing_more(report: Seed, words: str) -> None:
    (found,) = report.at(words, report.drafts)
    assert value(found, "act") == "welcome"
    assert value(found, "actor") == "un"


def test_what_the_opposition_says_of_russia_is_an_allegation(report: Seed) -> None:
    (found,) = report.acts("allege")
    assert value(found, "actor") == "syrian-opposition"


def test_the_fleet_is_a_reported_fact_and_what_nato_expects_a_forecast(report: Seed) -> None:
    (fleet,) = report.at("is sailing toward Syrian waters", report.drafts)
    assert (value(fleet, "act"), value(fleet, "actor")) == ("report", "media")
    (expected,) = report.acts("forecast")
    assert value(expected, "actor") == "nato"


def test_both_numbers_of_people_are_ranges(report: Seed) -> None:
    found = {
        (value(one, "low"), value(one, "high"), value(one, "unit"))
        for one in report.acts("estimate", "un")
    }
    assert found == {(250_000, 275_000, "civilians"), (8_000, 8_000, "fighters")}


def test_the_spokesman_declines_to_comment(report: Seed) -> None:
    (found,) = report.acts("decline-to-comment", "un")
    assert same_name(str(value(found, "speaker")), "Jens Laerke")


def test_no_draft_makes_the_pause_a_word_for_aid(report: Seed) -> None:
    assert [one for act in GRANTS for one in report.acts(act)] == []
    for one in report.acts("announce"):
        assert not said(one, "purposes") & {"aid-delivery", "medical-supplies", "any"}
        assert not said(one, "directions") & {"in", "through", "any"}
        assert not said(one, "for_whom") & {"humanitarian", "state-relief", "anyone"}


def test_every_field_of_every_draft_stands_in_the_text(report: Seed) -> None:
    for draft in report.drafts:
        for name, found in draft.items():
            if name in ("id", "why", "sureness"):
                continue
            for field in found if isinstance(found, list) else [found]:
                words = " ... ".join(report.text[start:end] for start, end in field["at"])
                assert words == field["words"], f"{name} of {draft['id']}"


def test_what_is_read_leads_to_the_cases_answers_once_accepted() -> None:
    read = accepted(CASE, reading_of(annotated()), "reuters")
    found = list(beside(CASE, read, None, since=SINCE))
    assert len(found) == 4
    for one in found:
        assert one.read == one.by_hand

"""What is undertaken where, for whom and which way, and what is tied to it."""

from __future__ import annotations

import pytest

from safeconduct.wire.draft import Draft
from tests.unit.wire.reading import reading


def last(text: str) -> Draft:
    return reading(text).drafts[-1]


AREAS = {
    "Russia declared a pause in the rebel-held east of Aleppo.": ["rebel-held east of Aleppo"],
    "Russia said it would stop bombing parts of the north.": ["parts of the north"],
    "Russia guaranteed safe passage on the mill road.": ["mill road"],
    "Russia guaranteed safe passage from Marrun to Oddal by the mill road.": ["mill road"],
    "Russia said it would open the Quarry Gate.": ["Quarry Gate"],
    "Syria approved the crossing from Chad into West Darfur.": [
        "crossing from Chad into West Darfur"
    ],
    "Russia guaranteed safe passage between Belqar and the ferry.": [
        "between Belqar and the ferry"
    ],
    # Months and hours on the clocks of a capital are no places, nor is who stands at one.
    "Russia said it would stop firing from 9 a.m. in Kyiv on 5 November.": [],
    "Russia declared a pause in the city.": ["the city"],
}


@pytest.mark.parametrize(("text", "places"), AREAS.items())
def test_a_place_is_named_with_what_belongs_to_it(text: str, places: list[str]) -> None:
    assert [one.value for one in last(text).areas] == places


WAYS = {
    "Russia said civilians may leave Aleppo by six corridors.": ("out", "civilians"),
    "Syria approved the passage of trucks with food for 27,500 people to enter Douma.": (
        "in",
        "humanitarian",
    ),
    "Russia guaranteed the convoy safe passage to the ferry and back.": ("in out", "humanitarian"),
    # "Ruled out" and "into force" move nothing.
    "Russia said a pause would come into force on Saturday.": ("", ""),
}


@pytest.mark.parametrize(("text", "told"), WAYS.items())
def test_which_way_and_for_whom(text: str, told: tuple[str, str]) -> None:
    draft = last(text)
    ways = " ".join(one.value.value for one in draft.directions)
    assert (ways, " ".join(one.value.value for one in draft.for_whom)) == told


CONDITIONS = {
    "Russia said it would stop firing if the rebels do the same.": (
        "reciprocal",
        "if the rebels do the same",
    ),
    "Russia said it would stop firing once the rebels have left the road.": (
        "reciprocal",
        "once the rebels have left the road",
    ),
    "Syria allowed aid to enter Douma under known and agreed controls.": (
        "operational",
        "under known and agreed controls",
    ),
}


@pytest.mark.parametrize(("text", "told"), CONDITIONS.items())
def test_a_condition_has_its_kind_and_its_words(text: str, told: tuple[str, str]) -> None:
    report = reading(text)
    [condition] = report.drafts[-1].conditions
    words = " ".join(at.of(report.report.text) for at in condition.at)
    assert (condition.value.kind.value, words) == told


def test_what_one_asks_himself_is_no_condition() -> None:
    assert not last("Russia declared a pause, as if nobody had known.").conditions

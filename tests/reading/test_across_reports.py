"""The gold's reports of one episode: the statements that several of them tell."""

from __future__ import annotations

import pytest

from safeconduct.wire.across import Together, across
from tests.reading.goldset import OPEN, gold_reports
from tests.reading.perfect import perfect_reading
from tests.shared_material import shared_dir

SEED = "shared-seed-reuters-2016-11-04"


def statements(*names: str) -> list[tuple[Together, list[str]]]:
    """The statements of some reports, each with who tells it, as `report act actor`."""
    reports = {gold.name: gold for gold in gold_reports(OPEN)}
    found = across([perfect_reading(reports[name]) for name in names])
    return [
        (
            one,
            [
                f"{names[t.report]} {t.draft.act.value.value} {t.draft.actor.value}"
                for t in one.told
            ],
        )
        for one in found
    ]


def told_by(words: str, *names: str) -> tuple[Together, list[str]]:
    """The one statement in which some words of the first report stand, and who tells it."""
    (found,) = (
        (one, told)
        for one, told in statements(*names)
        if one.told[0].report == 0
        and words in [at.of(one.told[0].text.text) for at in one.told[0].draft.act.at]
    )
    return found


def test_the_offer_to_fighters_is_one_statement_of_three_reports() -> None:
    shared_dir()
    one, told = told_by("Fighters were offered two corridors", "001", "033", SEED)
    assert told == ["001 announce russia", "033 announce russia", f"{SEED} announce russia"]
    assert one.fullest.draft.windows  # the hours are not in the sentence of every report
    assert one.conflicts == ()


def test_the_offer_to_others_is_not_the_one_to_fighters() -> None:
    one, told = told_by(
        "six others were meant for civilians, the sick and the wounded", "001", "033"
    )
    assert told == ["001 announce russia", "033 announce russia"]
    assert {t.draft.corridors.value for t in one.told if t.draft.corridors} == {6}


def test_an_armys_own_terms_stand_beside_the_terms_as_another_tells_them() -> None:
    shared_dir()
    one, told = told_by("published its own call", "033", SEED)
    assert told == ["033 announce syria-government", f"{SEED} announce syria-government"]
    conditions = next(one for one in one.conflicts if one.field == "conditions")
    assert [(len(v.fields), v.reports) for v in conditions.versions] == [(2, (0,)), (0, (1,))]


def test_what_was_confirmed_and_what_was_not_stay_apart_in_every_language() -> None:
    found = [told for one, told in statements("017", "025") if len(told) > 1]
    assert ["017 confirm mariupol-council", "025 confirm mariupol-council"] in found
    for one, _ in statements("017", "025"):
        assert len({bool(t.draft.negated) for t in one.told}) == 1


@pytest.mark.parametrize(
    ("names", "times"),
    [(("017", "025"), 4), (("003", "013"), 1), (("027", "047"), 0)],
)
def test_only_what_is_told_alike_is_put_together(names: tuple[str, ...], times: int) -> None:
    assert sum(len(told) > 1 for _, told in statements(*names)) == times

"""What lapses is told ahead: an authorisation by two weeks, a short term in its last quarter."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from safeconduct.spacetime import OPEN_END, Span
from safeconduct.vocabulary import (
    Assessment,
    BasisKind,
    Crossing,
    CrossingOpen,
    Instrument,
    InstrumentKind,
    LegalBasis,
    Mines,
    Purpose,
    Record,
)
from safeconduct.watch.item import Due, ToDo
from tests.unit.watch.office import agenda
from tests.worlds.two_towns import (
    BANKS,
    CONSENT,
    DAY,
    GROUND,
    MOVEMENT,
    TOWNS,
    Towns,
    binds,
    guarantee,
    may,
    said,
    undertaking,
    window,
)

# Nothing of the two towns' own lapses here, so that only what a test adds is told.
LONG = Span(may(-400), may(400))
TIMELESS = (
    TOWNS.but("both-banks", valid=LONG)
    .but("north-garrison", valid=LONG)
    .but("north-mortars", valid=LONG)
    .but("south-garrison", valid=LONG)
)


def basis(start: int, end: int, id: str = "basis") -> LegalBasis:
    return LegalBasis(
        id=id,
        basis=BasisKind.AGREEMENT,
        areas=BANKS,
        replaces=("south",),
        valid=Span(start, end),
        text="an invented agreement",
        purposes=frozenset({Purpose.ANY}),
    )


def told(towns: Towns, within_s: int = DAY) -> list[Due]:
    return [one for one in agenda(towns, within_s).items if one.to_do is ToDo.RENEW]


def test_nothing_of_the_world_itself_lapses() -> None:
    assert told(TIMELESS) == []


@pytest.mark.parametrize(
    ("ends", "is_told"),
    # It is 6 May, 07:30; with the day looked ahead, two weeks' notice reaches to 21 May, 07:30.
    [(may(21, 7, 30), True), (may(21, 7, 31), False), (may(7), True)],
)
def test_a_standing_authorisation_is_told_two_weeks_ahead(ends: int, is_told: bool) -> None:
    found = told(TIMELESS.plus(basis(may(-300), ends)))
    assert [(one.when, one.rules, one.records) for one in found] == (
        [(ends, ("A8",), ("basis",))] if is_told else []
    )


def test_what_lapses_is_told_with_the_movements_that_need_it_and_is_not_overdue() -> None:
    (found,) = told(TIMELESS.plus(basis(may(-300), may(10))))
    assert (found.movements, found.overdue) == ((MOVEMENT,), False)
    assert "an invented agreement" in found.what and "lapses" in found.what


def test_what_has_lapsed_is_a_finding_and_no_warning_any_more() -> None:
    assert told(TIMELESS.plus(basis(may(-300), may(6, 7)))) == []


def test_a_short_term_is_told_in_its_last_quarter() -> None:
    # Twelve days until 9 May, 07:30: the last three begin on the 6th at 07:30.
    ends = may(9, 7, 30)
    assert told(TIMELESS.plus(basis(ends - 12 * DAY, ends)), 0) != []
    assert told(TIMELESS.plus(basis(ends - 12 * DAY + 60, ends)), 0) == []


def test_what_was_renewed_is_not_told() -> None:
    renewed = basis(may(9), may(200), "renewed")
    assert told(TIMELESS.plus(basis(may(-300), may(10)), renewed)) == []
    gap = basis(may(11), may(200), "too-late")
    assert [one.when for one in told(TIMELESS.plus(basis(may(-300), may(10)), gap))] == [may(10)]


def test_what_has_no_end_is_never_told() -> None:
    assert told(TIMELESS.plus(basis(may(-300), OPEN_END))) == []


def instrument(**changes: Any) -> Instrument:
    fields: dict[str, Any] = {
        "id": "i",
        "party": "north",
        "means": frozenset({GROUND}),
        "areas": ("north-bank",),
        "instrument": InstrumentKind.CONSENT,
        "reason": "invented",
        "valid": Span(may(-300), may(9)),
    }
    return Instrument(**(fields | changes))


CROSSING = Crossing(id="gate", name="The Gate", place="bridge", sides=("inner", "outer"))
OPENED = CrossingOpen(id="o", crossing="gate", side="inner", valid=Span(may(-300), may(15)))


@pytest.mark.parametrize(
    ("records", "when", "rule", "says"),
    [
        ((CROSSING, OPENED), may(15), "A8", "The Gate, side inner"),
        ((binds("south", "north", *BANKS, valid=Span(may(-300), may(9))),), may(9), "A1",
         "That The South binds The North"),
        ((instrument(),), may(9), "A9", "in the place of a guarantee"),
    ],
    ids=["crossing", "binds", "instrument"],
)  # fmt: skip
def test_crossings_relations_and_instruments_are_told_as_well(
    records: tuple[Record, ...], when: int, rule: str, says: str
) -> None:
    (found,) = told(TIMELESS.plus(*records))
    assert (found.when, found.rules, found.movements) == (when, (rule,), (MOVEMENT,))
    assert says in found.what


def consent(start: int, end: int) -> Record:
    given = undertaking(CONSENT, *BANKS, windows=(window(start, end),))
    return said("south", may(4), guarantee("standing", "south", given), id="s")


def test_a_standing_consent_is_told_a_week_ahead() -> None:
    found = told(TIMELESS.plus(consent(may(-100), may(13))))
    assert [(one.when, one.records) for one in found] == [(may(13), ("standing",))]


def test_a_consent_for_one_day_is_told_only_where_the_movement_may_outlast_it() -> None:
    assert told(TIMELESS.plus(consent(may(6, 6), may(6, 15)))) == []
    (found,) = told(TIMELESS.plus(consent(may(6, 6), may(6, 14))))
    assert found.when == may(6, 14)


def test_an_assessment_is_told_once_and_ends_where_a_presence_it_names_does() -> None:
    towns = TIMELESS.but("north-mortars", valid=Span(may(-300), may(8)))
    (found,) = told(towns)
    assert (found.when, found.records) == (may(8), ("both-banks",))
    assert "north-bank, south-bank" in found.what


def test_an_assessment_that_was_superseded_in_an_area_does_not_lapse_there() -> None:
    ending = TIMELESS.but("both-banks", valid=Span(may(-300), may(8)))
    newer = Assessment(
        id="newer",
        areas=("north-bank",),
        valid=Span(may(5), may(300)),
        presences=("north-garrison", "north-mortars"),
        mines=Mines.NONE_REPORTED,
        by="access officer",
        ground="invented",
        supersedes=("both-banks",),
    )
    (found,) = told(ending.plus(newer))
    assert "The assessment of south-bank lapses" in found.what


def test_a_clearance_is_told_a_day_before_it_runs_out() -> None:
    # The notice to the north went out on 4 May at noon.
    towns = TIMELESS.but("notice-to-the-north", clearance_lasts_s=3 * DAY)
    (found,) = told(towns)
    assert (found.when, found.rules, found.party) == (may(7, 12), ("T3",), "north")
    older = replace(TIMELESS.movement(), version=2)
    assert told(towns.plus(older)) == []

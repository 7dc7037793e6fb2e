"""What not going costs: people times days times figures with an origin, and no deaths."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from safeconduct.adapters.files.figuresfile import planning_figures
from safeconduct.app.assess import deadlines
from safeconduct.errors import WrongField
from safeconduct.planning.cost import CAVEAT, Deadline, Figure, Figures, cost
from safeconduct.policy import Origin
from safeconduct.vocabulary import Patient, PatientState, Urgency
from tests.worlds.two_towns import DAY, HOUR, NOW, TOWNS

FIGURES = planning_figures()
MOVEMENT = TOWNS.movement()


def amounts(movement, as_of=NOW):
    found = cost(movement, as_of, FIGURES).amounts
    return {one.figure.id: (one.low, one.planned, one.high, one.each_day) for one in found}


def test_it_is_people_times_days_times_what_a_person_needs_a_day():
    # 1,200 people; 41 whole days from noon on 25 March to 07:30 on 6 May are 49,200 days of a
    # person: times 7.5, 15 and 15 litres; times 1,900, 2,100 and 2,500 kcal.
    assert (cost(MOVEMENT, NOW, FIGURES).people, cost(MOVEMENT, NOW, FIGURES).days) == (1200, 41)
    assert amounts(MOVEMENT) == {
        "water": (369_000, 738_000, 738_000, 18_000),
        "food": (93_480_000, 103_320_000, 123_000_000, 2_520_000),
    }


def test_a_day_counts_when_it_is_over():
    assert MOVEMENT.last_delivery_at is not None
    for seconds, days in ((0, 0), (DAY - 1, 0), (DAY, 1)):
        assert cost(MOVEMENT, MOVEMENT.last_delivery_at + seconds, FIGURES).days == days


def test_a_part_of_a_litre_is_rounded_up():
    one = replace(MOVEMENT, people_in_need=1, last_delivery_at=NOW - DAY)
    assert amounts(one)["water"] == (8, 15, 15, 15)


def test_what_nobody_recorded_is_not_made_up():
    no_people = cost(replace(MOVEMENT, people_in_need=0), NOW, FIGURES)
    assert (no_people.amounts, no_people.days) == ((), 41)
    for last in (None, NOW + 1):
        undelivered = cost(replace(MOVEMENT, last_delivery_at=last), NOW, FIGURES)
        assert undelivered.days is None
        assert [one.planned for one in undelivered.amounts] == [0, 0]
        assert [one.each_day for one in undelivered.amounts] == [18_000, 2_520_000]
    nothing = cost(replace(MOVEMENT, people_in_need=0, last_delivery_at=None), NOW, FIGURES)
    assert not nothing.is_known


def test_patients_stand_in_the_order_of_their_deadlines_those_too_late_apart():
    dated = [Deadline(NOW + HOUR, "case 7"), Deadline(NOW, "case 3"), Deadline(NOW + 1, "case 9")]
    found = cost(MOVEMENT, NOW, FIGURES, [*dated, dated[0]])
    assert [one.case for one in found.waiting] == ["case 9", "case 7"]
    assert [one.case for one in found.passed] == ["case 3"]
    assert found.as_json()["patients_waiting"][0] == {
        "case": "case 9", "deadline": "2030-05-06T07:30:01Z",
    }  # fmt: skip


def test_every_figure_of_the_package_has_a_range_and_says_where_it_was_read():
    for figure in FIGURES.figures:
        assert figure.low_milli < figure.high_milli
        assert figure.sources and figure.origin is Origin.SEEN
    body = cost(MOVEMENT, NOW, FIGURES).as_json()
    assert all(one["sources"] and one["basis"] for one in body["not_delivered"])
    assert body["says"] == CAVEAT


def test_nothing_is_said_of_deaths():
    told = (str(cost(MOVEMENT, NOW, FIGURES).as_json()) + CAVEAT).lower()
    assert not re.search(r"\b(deaths?|die[sd]?|dead|dying|mortality|lives|kill)", told)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"low_milli": 16_000}, "runs from 16000 over 15000 to 15000"),
        ({"low_milli": 0}, "above 0"),
        ({"basis": " "}, "does not say where it comes from"),
    ],
)
def test_a_figure_without_order_or_origin_is_refused(change, says):
    water: Figure = FIGURES.figures[0]
    with pytest.raises(WrongField, match="Figure water") as caught:
        replace(water, **change)
    assert says in str(caught.value)


def test_a_figure_given_twice_is_refused():
    with pytest.raises(WrongField, match="Figure water is given twice"):
        Figures(figures=FIGURES.figures[:1] * 2)


def test_an_office_works_with_its_own_figures(tmp_path: Path):
    own = tmp_path / "figures.yaml"
    own.write_text(
        "figures:\n  - {id: flour, title: flour, unit: kg, low_milli: 300, planned_milli: 400,"
        " high_milli: 500, origin: ours, basis: our own ration}\n"
    )
    (flour,) = cost(MOVEMENT, NOW, planning_figures(str(own))).amounts
    assert (flour.planned, flour.figure.unit) == (19_680, "kg")  # 49,200 x 0.4
    own.write_text("figures:\n  - {id: flour, title: flour}\n")
    with pytest.raises(WrongField) as caught:
        planning_figures(str(own))
    assert (caught.value.file, caught.value.line) == (str(own), 2)


def patient(case, **changes):
    fields = {"movement": MOVEMENT.id, "stands_at": NOW, "deadline_at": NOW + HOUR}
    return Patient(
        id=f"list-{case}", case=case, list_owner="relief", rank=1, urgency=Urgency.URGENT,
        **(fields | changes),
    )  # fmt: skip


def test_patients_who_wait_for_the_movement_and_have_a_deadline_are_counted():
    world = TOWNS.plus(
        patient("A-7"),
        patient("A-8", movement="another"),
        patient("A-9", deadline_at=None),
        patient("A-10", state=PatientState.TRAVELLED),
    )
    assert list(deadlines(world.situation(), MOVEMENT)) == [Deadline(NOW + HOUR, "A-7")]

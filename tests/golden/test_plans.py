"""The plans of the real episodes: windows where there are some, or party and stretch in the way."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import pytest

from safeconduct.adapters.files.expected import PlanMoment
from safeconduct.app.opening import open_case
from safeconduct.app.plan import plan_movement
from safeconduct.spacetime import utc
from tests.golden.bundled import CASES, opened

WITH_PLANS = {
    "aleppo-2016-11-04-russian-pause",
    "aleppo-2016-09-castello-road",
    "mariupol-2022-03-05",
    "sudan-2024-adre",
}


def plans() -> Iterator[tuple[str, PlanMoment]]:
    """Every plan that a bundled case asks for."""
    for case in CASES:
        found = opened(case).case
        assert found is not None
        yield from ((case, moment) for moment in found.plans)


ALL = tuple(plans())


def planned(case: str, moment: PlanMoment) -> dict[str, Any]:
    """The plan at that moment, as every door shows it."""
    known = utc(moment.at if moment.known_at is None else moment.known_at)
    return plan_movement(opened(case), moment.movement, at=utc(moment.at), known_at=known).as_json()


@pytest.mark.parametrize("question", ALL, ids=lambda q: f"{q[0]}-{q[1].movement}-{utc(q[1].at)}")
def test_the_windows_are_these_and_party_and_stretch_are_named(
    question: tuple[str, PlanMoment],
) -> None:
    case, moment = question
    plan = planned(case, moment)
    assert {(w["leave_from"], w["leave_until"]) for w in plan["windows"]} == {
        (utc(one.first_at), utc(one.last_at)) for one in moment.departures
    }
    obstacles = [one for road in plan["blocked"] for one in road["obstacles"]]
    for wanted in moment.in_the_way:
        assert any(
            wanted.party in ("", one["party"])
            and wanted.code in ("", one["code"])
            and (not wanted.place or wanted.place in {spot["name"] for spot in one["place"]})
            for one in obstacles
        ), (wanted, [(o["party"], o["code"], [s["name"] for s in o["place"]]) for o in obstacles])
    circle = {one["party"] for road in plan["blocked"] for one in road["circle"]}
    assert circle == set(moment.circle)
    asked = {(one["party"], one["kind"]) for one in plan["asks"]}
    assert asked >= {(one.party, one.kind.value) for one in moment.asks}


def test_four_episodes_have_plans_some_with_a_window_and_some_with_none() -> None:
    assert {case for case, _ in ALL} == WITH_PLANS
    assert any(moment.departures for _, moment in ALL)
    assert any(moment.circle for _, moment in ALL)


def test_at_mariupol_what_russia_confirmed_is_in_the_way_only_where_it_ends() -> None:
    case = "mariupol-2022-03-05"
    moment = next(moment for name, moment in ALL if name == case)
    (road,) = planned(case, moment)["blocked"]
    of_russia = [
        {spot["name"] for spot in one["place"]}
        for one in road["obstacles"]
        if one["party"] == "russia" and "air strike" in one["says"]
    ]
    assert of_russia == [{"road-in-zaporizhzhia-region", "zaporizhzhia"}]


def test_at_adre_nobody_who_holds_the_ground_is_asked_for_passage_in_march() -> None:
    case = "sudan-2024-adre"
    moment = next(m for name, m in ALL if name == case and m.movement == "adre-convoy-march")
    asked = {(one["party"], one["kind"]) for one in planned(case, moment)["asks"]}
    assert ("rsf", "passage") not in asked


def test_a_plan_takes_under_a_second_and_a_half() -> None:
    """Of any bundled case at its first moment, the case read anew; the machine may be busy."""
    took = []
    for case, moment in ALL:
        start = time.process_time()
        plan_movement(open_case(case), moment.movement, at=utc(moment.at))
        took.append(time.process_time() - start)
    assert max(took) < 1.5

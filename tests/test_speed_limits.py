"""What is asked of the speed of roads: a figure that is missing, or at its limit, does not hold."""

from __future__ import annotations

from bench.limits import Line, lines


def named(figures: dict[str, object], name: str) -> Line:
    return next(line for line in lines(figures) if line.name == name)


def opening(seconds: float) -> Line:
    measured = {"roads": {"country": {"opening": {"median_s": seconds}}}}
    return named(measured, "opening the country")


def test_a_figure_under_its_limit_holds() -> None:
    assert opening(0.04).held


def test_what_must_be_under_its_limit_misses_at_the_limit() -> None:
    assert opening(0.05).missed == "opening the country: 0.05 s, asked under 0.05 s"
    assert not opening(0.05).held


def test_nothing_measured_is_nothing_held() -> None:
    assert not any(line.held for line in lines({}))
    assert "not measured" in named({}, "opening the country").missed


def test_a_rival_is_held_against_our_static_search() -> None:
    searches = {"static": {"to_floor": 0.8}, "networkx": {"to_floor": 16.0}}
    line = named(
        {"roads": {"porto": {"searches": searches}}}, "networkx to our static search, Porto"
    )
    assert (line.measured, line.held) == (20.0, True)  # 16 / 0.8


def test_a_rival_that_was_left_out_says_why() -> None:
    figures = {"roads": {"porto": {"missing": {"pgRouting": "no PostgreSQL answers"}}}}
    line = named(figures, "pgRouting to our static search, Porto")
    assert line.found == "not measured: no PostgreSQL answers"


def test_asks_where_no_list_helps_have_measured_nothing() -> None:
    name = "asks for a grid of 60 candidates, the slowest, the country"
    for lists, held in ((0, False), (3, True)):
        asked = {"country_60": {"worst_s": 8.0, "with_a_list": lists}}
        line = named({"asks": asked}, name)
        assert line.held is held
    assert "has a list" in named({"asks": {"country_60": {"worst_s": 8.0}}}, name).found
